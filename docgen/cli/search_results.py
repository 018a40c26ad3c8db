"""What was found, as a table for people, as CSV and as JSON Lines."""

import csv
import io
import os
import shutil
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import click

from docgen.cli.reporting import json_text
from docgen.code_systems import CODE_SYSTEMS
from docgen.diagnostics import visible
from docgen.search import SEARCHED_FIELDS, Days, Hit, SearchResult, Snippet
from docgen.source import display_path

_COLUMNS = (
    "code_system", "code", "title", "specialty", "match", "found_in", "snippet", "language", "path",
    "begins", "ends",
)  # fmt: skip
_GAP = "  "


def json_lines(result: SearchResult, days: Days) -> Iterator[str]:
    """One object for each code; places of what was found count characters of the snippet."""
    for hit in result.hits:
        fields = dict(zip(_COLUMNS, (*_cells(hit), *_days(hit, days)), strict=True))
        yield json_text({**fields, "found": hit.snippet.marks})


def csv_lines(result: SearchResult, days: Days) -> Iterator[str]:
    """A heading and one row for each code (RFC 4180); nothing where there is none."""
    rows = [(*_cells(hit), *(day or "" for day in _days(hit, days))) for hit in result.hits]
    for row in [_COLUMNS, *rows] if rows else ():
        line = io.StringIO()
        csv.writer(line, lineterminator="").writerow(row)
        yield line.getvalue()


def table_lines(result: SearchResult, days: Days) -> Iterator[str]:
    """A row for each code, which says when the code begins or ends, and a line below it for what
    was found elsewhere than in its title."""
    if not result.hits:
        return
    bold = not os.environ.get("NO_COLOR")
    systems = [CODE_SYSTEMS[hit.code_system].name for hit in result.hits]
    widths = (_width("System", systems), _width("Code", [hit.code for hit in result.hits]))
    width = shutil.get_terminal_size().columns
    yield _row("System", "Code", widths) + "Title"
    for hit, system in zip(result.hits, systems, strict=True):
        indent = _row("", "", widths)
        room = max(20, width - len(indent))
        said = str(days.get((hit.code_system, hit.code), ""))
        named = f" ({said})" if said else ""
        yield (_row(system, hit.code, widths) + _title(hit, room - len(named), bold=bold) + named)
        if hit.snippet.field != "title":
            label = f"{SEARCHED_FIELDS[hit.snippet.field]}: "
            yield indent + label + _marked(hit.snippet, room - len(label), bold=bold)


def _cells(hit: Hit) -> tuple[str, ...]:
    return (
        hit.code_system,
        hit.code,
        hit.title,
        hit.specialty,
        hit.match,
        hit.snippet.field,
        hit.snippet.text,
        hit.language,
        display_path(Path(hit.path)),
    )


def _days(hit: Hit, days: Days) -> tuple[date | None, date | None]:
    known = days.get((hit.code_system, hit.code))
    return (known.begins, known.ends) if known else (None, None)


def _width(heading: str, values: Iterable[str]) -> int:
    return max(len(heading), *map(len, values))


def _row(system: str, code: str, widths: tuple[int, int]) -> str:
    return f"{system:<{widths[0]}}{_GAP}{code:<{widths[1]}}{_GAP}"


def _title(hit: Hit, room: int, *, bold: bool) -> str:
    marks = hit.snippet.marks if hit.snippet.text == hit.title else ()
    return _marked(Snippet("title", hit.title, marks), room, bold=bold)


def _marked(snippet: Snippet, room: int, *, bold: bool) -> str:
    """A snippet in as many characters as there are, with what was found in bold."""
    cut = len(snippet.text) > room
    end = max(1, room - 1) if cut else len(snippet.text)
    text, at = "", 0
    for start, stop in snippet.marks if bold else ():
        if start < end:
            found = visible(snippet.text[start : min(stop, end)])
            text += visible(snippet.text[at:start]) + click.style(found, bold=True)
            at = min(stop, end)
    return text + visible(snippet.text[at:end]) + ("…" if cut else "")
