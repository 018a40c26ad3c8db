"""``docgen batch status``: what a run is at."""

from pathlib import Path

import click

from docgen.batch.books import INCOMPLETE, RunStatus, left_out_sentence, status_of
from docgen.cli.options import FOLDER
from docgen.cli.reporting import Reporter, json_text, print_result, reports_diagnostics
from docgen.diagnostics import counted


@click.command("status", no_args_is_help=True)
@click.argument("run", type=FOLDER)
@reports_diagnostics
def command(reporter: Reporter, *, run: Path) -> None:
    """Print how far the run in the folder RUN is, and how to go on with it.

    It only reads, so that it can be asked while the run is under way, and after a crash. With
    --format json, stdout gets one JSON object.

    \b
      docgen batch status output/run-0001
    """
    status = status_of(run)
    if reporter.as_json:
        print_result(json_text(status))
        return
    for line in _lines_of_status(status):
        print_result(line)


def _lines_of_status(status: RunStatus) -> list[str]:
    left_out = f", {left_out_sentence(status.left_out)}" if status.left_out else ""
    lines = [
        f"run {status.run} in {status.folder}: {status.condition}",
        f"{counted(status.packets, 'packet')} done, {status.rejected:,} rejected, "
        f"{status.under_way:,} {'under way' if status.condition == 'working' else 'left to make'}"
        f"{left_out}",
        f"{counted(status.documents, 'document')}, {counted(status.pages, 'page')}",
    ]
    lines += [
        f"{file.file}: {counted(file.packets, 'packet')}, {counted(file.pages, 'page')}"
        for file in status.print_files
    ]
    if status.incomplete:
        lines.append(INCOMPLETE)
    if status.resume:
        lines.append(f"go on with: {status.resume}")
    return lines
