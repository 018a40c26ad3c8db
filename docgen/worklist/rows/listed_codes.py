"""The procedure codes of a cell."""

import re
from typing import Final

from docgen.code_systems import (
    CODE_SYSTEMS,
    LOCAL,
    MAX_LOCAL_LENGTH,
    PUBLISHED,
    is_well_formed,
    system_named,
)
from docgen.worklist.entries import ListedCode
from docgen.worklist.values.refusals import RefusedError

USUAL_SEPARATORS: Final = re.compile(r"[;,|\s]+")
_PREFIXED: Final = re.compile(r"(?P<system>[^:]*):(?P<code>.*)")
_DIGIT: Final = re.compile("[0-9]")
_OWN: Final = re.compile("(?=.*[0-9])(?=.*[A-Z])[A-Z0-9][A-Z0-9._/-]*")


def listed_codes(text: str, separator: str | None, system: str | None) -> tuple[ListedCode, ...]:
    """The codes of a cell in their order, each with the code system that stands before it.

    ``separator`` is what separates them, None for the usual; ``system`` is of those that do not
    name one. Raises RefusedError.
    """
    if separator is not None:
        parts = [part.strip() for part in text.split(separator)]
        return _some([_item(part, system) for part in parts if part])
    return _some(_in_turn([part for part in USUAL_SEPARATORS.split(text) if part], system))


def _some(codes: list[ListedCode]) -> tuple[ListedCode, ...]:
    if codes:
        return tuple(codes)
    raise RefusedError("missing-value", "names no code", "write the codes of the procedures")


def _in_turn(parts: list[str], system: str | None) -> list[ListedCode]:
    """Words as they come: the name of a system holds for the code after it."""
    codes, named = [], None
    for part in parts:
        known = _system(part.removesuffix(":"))
        if known and named is None:
            named = known
        elif named:
            codes.append(_likely_code(part, named))
            named = None
        else:
            codes.append(_item(part, system))
    if named:
        raise RefusedError(
            "bad-code", f"ends with the code system {named}, without a code", "write its code"
        )
    return codes


def _item(part: str, system: str | None) -> ListedCode:
    """A code that may have its code system before it, after which a colon or a blank stands."""
    prefixed = _PREFIXED.fullmatch(part)
    if prefixed:
        return _likely_code(prefixed["code"].strip(), _known_system(prefixed["system"]))
    first, _, rest = part.partition(" ")
    named = _system(first) if rest else None
    return _likely_code(rest.strip(), named) if named else _likely_code(part, system)


def _system(word: str) -> str | None:
    system = system_named(word)
    return system.id if system else None


def _known_system(word: str) -> str:
    known = _system(word)
    if known:
        return known
    raise RefusedError(
        "unknown-code-system",
        "names a code system that is not known",
        f"write one of {', '.join(CODE_SYSTEMS)} before the colon",
    )


def looks_like_code(text: str) -> bool:
    """Whether a text has the form of a code; a local one may have others where it is named so."""
    plain = text.upper()
    if len(text) > MAX_LOCAL_LENGTH or not _DIGIT.search(plain):
        return False
    is_published = any(is_well_formed(plain, system) for system in PUBLISHED)
    return is_published or _OWN.fullmatch(plain) is not None


def _likely_code(code: str, system: str | None) -> ListedCode:
    """What does not look like a code is not repeated: it may be a cell of another column."""
    is_own = 0 < len(code) <= MAX_LOCAL_LENGTH and system == LOCAL.id and code.isprintable()
    if not (is_own or looks_like_code(code)):
        raise RefusedError(
            "bad-code",
            "holds something that does not look like a code",
            "codes are such as 77299, G0121 or 0DTJ4ZZ; a spreadsheet may have taken zeros from "
            "their beginning; write 'local:' before a code of your own of digits or letters alone",
        )
    return ListedCode(code, system)
