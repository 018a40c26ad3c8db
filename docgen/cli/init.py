"""``docgen init``: a project to start from."""

import shlex
from collections.abc import Iterator
from pathlib import Path

import click

from docgen.cli.new_files import NewFile, make_files, scaffold_files, schema_files
from docgen.cli.new_organization import organization_file
from docgen.cli.options import FOLDER
from docgen.cli.reporting import Reporter, print_result, reports_diagnostics
from docgen.source import current_folder, real_path

ORGANIZATION = "my-clinic"


@click.command()
@click.argument("folder", metavar="DIR", type=FOLDER)
@reports_diagnostics
def command(reporter: Reporter, folder: Path) -> None:
    """Make a project in DIR: an example record, an organization, and folders for the rest.

    Files that are there already are kept as they are.
    """
    make_files(folder, _project())
    print_result("\nNext:")
    if real_path(folder) != current_folder():
        print_result(f"  cd {shlex.quote(str(folder))}")
    print_result(f"  docgen render EXAMPLE-1 --organization {ORGANIZATION}")


def _project() -> Iterator[NewFile]:
    yield from scaffold_files("project")
    yield organization_file(ORGANIZATION)
    yield from schema_files()
