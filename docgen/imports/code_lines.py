"""The line of a page that names its code system, and codes as pages write them."""

import re
from typing import NamedTuple

from docgen.code_systems import PUBLISHED, CodeSystem, is_well_formed, normalise_code, system_named

_LINE = re.compile(
    r"(?P<system>[\w][\w\-®™ ]{1,32}?)\s+codes?\b"
    r"[\s:#]*(?P<last>[0-9A-Za-z][\w.-]*)?",
    re.IGNORECASE,
)


class CodeLine(NamedTuple):
    """What a line such as ``CPT4 code`` says."""

    system: CodeSystem | None
    """None where docgen does not know it."""
    named: str
    """The code system as the page calls it."""
    code: str | None


def code_line(text: str) -> CodeLine | None:
    """What a line says of the code system, or None where it is not such a line."""
    match = _LINE.fullmatch(text.strip())
    if match is None:
        return None
    named, code = match["system"], match["last"]
    first, _, rest = named.partition(" ")
    if code is None and system_named(named) is None and system_named(rest):
        named, code = rest, first
    system = system_named(named)
    if code and (system is None or not is_well_formed(code.upper(), system)):
        return None
    return CodeLine(system, named, code.upper() if code else None)


def systems_of(code: str) -> list[CodeSystem]:
    """The code systems, local codes left out, whose form a code has; it must hold a digit."""
    if not any(char.isdigit() for char in code) or code != normalise_code(code):
        return []
    return [one for one in PUBLISHED if is_well_formed(code, one)]
