"""Opening a worklist, whatever its form."""

import codecs
import re
from pathlib import Path
from typing import Final, Literal

from docgen.diagnostics import Findings, Span, refuse
from docgen.opening import open_file
from docgen.source import display_path, is_file, is_there
from docgen.worklist.columns.column_map import find_column_map, read_column_map
from docgen.worklist.entries import Worklist
from docgen.worklist.tables.text_files import encoding_of_worklist, open_worklist_text

Form = Literal["csv", "jsonl", "fhir"]

_HEAD: Final = 65_536
"""Characters, or bytes, that tell the form of a worklist."""
_RESOURCE: Final = re.compile(rb'"resourceType"\s*:')
_NAMESPACE: Final = b"http://hl7.org/fhir"


def open_worklist(
    path: Path,
    findings: Findings,
    column_map: Path | None = None,
    form: Form | None = None,
    *,
    incomplete: bool = False,
) -> Worklist:
    """A worklist whose rows can be read as a stream; its form is told by what it holds.

    ``column_map`` names a file that says how worklists of a system are to be read; without one,
    ``worklist-map.yaml`` beside the worklist does, if there is one. ``incomplete`` takes a file as
    well that says itself that it is not the whole day.
    Findings get the warnings. Raises DocgenError where the worklist as a whole cannot be used.
    """
    shown = display_path(path)
    if is_there(path) and not is_file(path):
        raise refuse(
            "unreadable-file",
            f"the worklist {str(path)!r} is not a file that can be read more than once",
            hint="name a file, or pipe the worklist into docgen and name it -",
        )
    found = column_map or find_column_map(path)
    mapped = read_column_map(found) if found else None
    if form == "fhir" or (form is None and _is_fhir(path)):
        from docgen.worklist.fhir.reading import open_fhir  # noqa: PLC0415 - most worklists are tables

        return open_fhir(path, findings, mapped, incomplete=incomplete)
    encoding = encoding_of_worklist(path, shown, mapped.encoding if mapped else None, findings)
    form = form or _form(path, shown, encoding)
    if form == "jsonl":
        from docgen.worklist.tables.json_lines import open_json_lines  # noqa: PLC0415 - the same

        return open_json_lines(path, shown, encoding, mapped, findings)
    from docgen.worklist.tables.text_tables import open_table  # noqa: PLC0415 - nor are all of them tables

    return open_table(path, shown, encoding, mapped, findings)


def _is_fhir(path: Path) -> bool:
    """Whether a file is FHIR, in JSON or in XML; what cannot be read is told of elsewhere."""
    try:
        with open_file(path) as stream:
            head = stream.read(_HEAD).removeprefix(codecs.BOM_UTF8).lstrip()
    except OSError:
        return False
    if head.startswith(b"<"):
        return _NAMESPACE in head
    return head.startswith((b"{", b"[")) and _RESOURCE.search(head) is not None


def _form(path: Path, shown: str, encoding: str) -> Form:
    with open_worklist_text(path, encoding) as text:
        head = text.read(_HEAD).lstrip()
    if not head.startswith(("{", "[")):
        return "csv"
    if head.startswith("[") or not head.split("\n", 1)[0].strip("{ \t"):
        raise refuse(
            "not-json-lines",
            "this is JSON, but not an object on each line",
            Span(shown, 1, 1),
            "write one object a line, without brackets around all and commas between",
        )
    return "jsonl"
