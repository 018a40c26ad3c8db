"""``docgen explain``: which file and line each value of a layout comes from."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docgen.cli.options import (
    complete_layout,
    layouts_option,
    open_project,
    organization_option,
)
from docgen.cli.reporting import Reporter, json_text, print_result, reports_diagnostics
from docgen.diagnostics import DocgenError, Span

if TYPE_CHECKING:
    from docgen.layouts.explanation import Earlier, Origin

_WIDEST_PATH = 44
_WIDEST_VALUE = 48


@click.command()
@click.argument("layout", metavar="LAYOUT", shell_complete=complete_layout)
@click.argument("block", metavar="[BLOCK]", required=False)
@organization_option("As this organization has the layout.")
@click.option("--theme", is_flag=True, help="Tell of the layout's theme instead.")
@layouts_option
@reports_diagnostics
def command(
    reporter: Reporter,
    *,
    layout: str,
    block: str | None,
    organization: str | None,
    theme: bool,
    layout_folders: tuple[Path, ...],
) -> None:
    """Print where each value of a LAYOUT comes from, and what it replaced.

    With the id of a BLOCK or fact, print only what concerns it. With --format json, each line is an
    object.

    \b
      docgen explain patient-handout --organization riverside
      docgen explain patient-handout getting-ready --organization riverside
      docgen explain patient-handout --theme --organization riverside
    """
    if theme and block:
        raise click.UsageError("a theme has no blocks. Leave out --theme, or BLOCK.")
    from docgen.layouts.explanation import origins

    library = open_project(layout_folders=layout_folders, organization=organization).layouts
    found = library.merged(layout)
    if found.problems:
        reporter.report(DocgenError(found.problems))
    if theme:
        changed = library.merged_theme_of(found)
        told = tuple(origins(changed.node, changed.history))
    else:
        told = tuple(origins(found.node, found.history, block))
    for line in map(_json, told) if reporter.as_json else _aligned_rows(told):
        print_result(line)


def _aligned_rows(told: Sequence["Origin"]) -> Iterator[str]:
    rows = [
        (origin.path, _act_or_value(origin), _file_and_line(origin.span), _before(origin))
        for origin in told
    ]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
    path, said = min(widths[0], _WIDEST_PATH), min(widths[1], _WIDEST_VALUE)
    for row in rows:
        line = f"{row[0]:<{path}}  {row[1]:<{said}}  {row[2]:<{widths[2]}}  {row[3]}"
        yield line.rstrip()


def _act_or_value(origin: "Origin") -> str:
    if origin.act:
        return origin.act
    return "taken out" if origin.value is None else f"= {_short(origin.value)}"


def _before(origin: "Origin") -> str:
    word = "was" if origin.act == "removed" else "replaced"
    return ", ".join(f"{word} {_earlier(earlier)}" for earlier in origin.replaced)


def _earlier(earlier: "Earlier") -> str:
    at = f"at {_file_and_line(earlier.span)}"
    return at if earlier.value is None else f"{_short(earlier.value)!r} {at}"


def _short(value: str) -> str:
    line = " ".join(value.split())
    most = _WIDEST_VALUE - 2
    return line if len(line) <= most else f"{line[: most - 1]}…"


def _file_and_line(span: Span) -> str:
    return f"{span.path}:{span.line}"


def _json(origin: "Origin") -> str:
    fields = {
        "path": origin.path,
        "act": origin.act,
        "value": origin.value,
        "file": origin.span.path,
        "line": origin.span.line,
        "replaced": [
            {"value": earlier.value, "file": earlier.span.path, "line": earlier.span.line}
            for earlier in origin.replaced
        ],
    }
    return json_text(fields)
