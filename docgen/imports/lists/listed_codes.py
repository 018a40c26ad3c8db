"""The records of a code list, made into the code table that docgen looks codes up in."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from msgspec import Struct

from docgen.code_systems import CodeSystem, is_well_formed
from docgen.diagnostics import Diagnostic, Findings, Span, quoted
from docgen.imports.drafts import ImportSource, TableDraft
from docgen.imports.lists.code_lists import ListEntry
from docgen.imports.lists.whole_lists import ends_early
from docgen.records import TABLE_MAGIC
from docgen.source import has_unprintable

AUTHORS: Final = "Centers for Medicare & Medicaid Services"

_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905
_VERSION: Final = re.compile(rf"(20\d\d)(?:[ _-]?({'|'.join(_MONTHS)}))?", re.IGNORECASE)
_DAYS: Final = ("%Y%m%d", "%Y-%m-%d", "%m/%d/%Y")
_AS_DAY: Final = "write it as 20261231"
_BY: Final = "\t"


_STEP: Final = 100
"""What the records of one title are numbered by (HCPCS record layout, sequence number)."""


class _Code(Struct):
    entry: ListEntry
    titles: list[str]
    number: int
    """That of the last record of its title."""


def table_of(
    source: ImportSource,
    system: CodeSystem,
    entries: Iterable[ListEntry],
    findings: Findings,
    doubts: Iterable[Diagnostic] = (),
) -> TableDraft:
    """The table of the codes of a list; what cannot be taken, findings tell."""
    codes: dict[str, _Code] = {}
    left_out: dict[str, str] = {}
    for entry in entries:
        if entry.left_out:
            left_out[entry.code] = entry.left_out
        elif entry.continues:
            _continue(entry, codes, findings)
        else:
            _add_code(entry, system, codes, findings)
    start = Span(source.shown, 1, 1)
    if not codes:
        findings.error("no-codes", "this list has no code that can be taken", start, None)
    rows = [_table_row(code, codes[code], findings) for code in sorted(codes)]
    ended = sum(1 for row in rows if not row.endswith(_BY))
    version = _version(source)
    return TableDraft(
        source=start,
        name=system.id,
        content=_table_head(source, system, version, len(rows))
        + "".join(f"{row}\n" for row in rows),
        codes=len(rows),
        doubts=tuple(doubts),
        notes=(
            *_notes(Counter(left_out.values()), ended, version, start),
            *filter(None, [ends_early(codes, system, source.shown)]),
        ),
    )


def _add_code(
    entry: ListEntry, system: CodeSystem, codes: dict[str, _Code], findings: Findings
) -> None:
    if not is_well_formed(entry.code, system):
        message = f"{quoted(entry.code)} does not have the form that {system.name} asks for"
        findings.error("bad-code", message, entry.place, f"a code is {system.form}")
    elif entry.code in codes:
        first = codes[entry.code].entry.place
        message = f"the code {entry.code} is here a second time; the first is on line {first.line}"
        findings.error("duplicate-code", message, entry.place, "keep one of them")
    else:
        codes[entry.code] = _Code(entry, [entry.title], entry.number)


def _continue(entry: ListEntry, codes: dict[str, _Code], findings: Findings) -> None:
    """A title goes on right below its beginning."""
    last = next(reversed(codes), None)
    if entry.code != last:
        message = f"the title of {quoted(entry.code)} goes on here, but does not begin above"
        findings.error("damaged-list", message, entry.place, "was the list sorted or cut?")
        return
    code = codes[last]
    if entry.number and entry.number != code.number + _STEP:
        message = f"part of the title of {quoted(entry.code)} is missing before this line"
        findings.error("damaged-list", message, entry.place, "was a line lost? Fetch the list anew")
    code.number = entry.number
    code.titles.append(entry.title)


def _table_row(code: str, said: _Code, findings: Findings) -> str:
    title = _on_one_line(" ".join(said.titles))
    short = _on_one_line(said.entry.short)
    place = said.entry.place
    if not title and not short:
        findings.error("missing-title", f"the code {code} has no title", place, "write one")
    if has_unprintable(title + short):
        message = f"the title of {code} has a character that cannot be printed"
        findings.error("unprintable-character", message, place, "was a letter lost?")
    days = _first_day(said.entry, findings), _last_day(said.entry, findings)
    if title in ("", short):
        return _BY.join((code, short, "", *days))
    return _BY.join((code, title, short, *days))


def _on_one_line(text: str) -> str:
    """A text on one line, without tabs."""
    return " ".join(text.split())


def _first_day(entry: ListEntry, findings: Findings) -> str:
    day = _iso_day(entry.begins)
    if day is None:
        message = f"{quoted(entry.begins)} is no day on which the code {entry.code} could begin"
        findings.warning("bad-date", message, entry.place, "it is imported without a first day")
    return day or ""


def _last_day(entry: ListEntry, findings: Findings) -> str:
    day = _iso_day(entry.ended)
    if day is None:
        message = f"{quoted(entry.ended)} is no day on which the code {entry.code} could end"
        findings.error("bad-date", message, entry.place, _AS_DAY)
    return day or ""


def _iso_day(text: str) -> str | None:
    """A day as year-month-day; empty where a list says none, None where it is no day."""
    if not text:
        return ""
    for form in _DAYS:
        try:
            return datetime.strptime(text, form).date().isoformat()
        except ValueError:
            continue
    return None


def _version(source: ImportSource) -> str | None:
    """Year and month that the name of a file tells, such as HCPC2026_JAN_ANWEB.txt."""
    said = _VERSION.search(source.name)
    if said is None:
        return None
    year, month = said.groups()
    return f"{year}-{_MONTHS.index(month.lower()) + 1:02d}" if month else str(year)


def _table_head(source: ImportSource, system: CodeSystem, version: str | None, rows: int) -> str:
    digest = hashlib.sha256(source.data).hexdigest()
    head = {
        "code_system": system.id,
        "version": version or digest[:8],
        "authors": AUTHORS,
        "language": "en",
        "source": _on_one_line(source.name),
        "sha256": digest,
        "rows": rows,
    }
    return f"{TABLE_MAGIC}\n" + "".join(f"# {name}: {value}\n" for name, value in head.items())


def _notes(
    left_out: Counter[str], ended: int, version: str | None, start: Span
) -> Iterable[Diagnostic]:
    for kind, count in sorted(left_out.items()):
        message = f"left out: {count:,} {kind}"
        yield Diagnostic("left-out", message, start, None, "warning")
    if ended:
        message = f"{ended:,} of the codes have a day on which they end; it is kept with them"
        yield Diagnostic("ended-codes", message, start, None, "warning")
    if version is None:
        message = "the file's name tells no year, so that its digest stands for the version"
        hint = "give the file the name that it was published under"
        yield Diagnostic("unknown-version", message, start, hint, "warning")
