"""``docgen organizations``: who hands sheets out, and whether all of it is right."""

from pathlib import Path

import click

from docgen.cli.new_files import make_files, schema_files
from docgen.cli.new_organization import check_id, organization_file
from docgen.cli.options import complete_organization, data_option, layouts_option, open_project
from docgen.cli.reporting import Reporter, json_text, print_result, reports_diagnostics
from docgen.diagnostics import DocgenError, refuse


@click.group()
def command() -> None:
    """Make, list, show and check organizations."""


@command.command("new")
@click.argument("id", metavar="ID")
@click.option(
    "--parent",
    metavar="ID",
    help="The organization that the new one is a part of.",
    shell_complete=complete_organization,
)
@layouts_option
@reports_diagnostics
def new_organization(
    reporter: Reporter, id: str, parent: str | None, layout_folders: tuple[Path, ...]
) -> None:
    """Make an organization to start from, in layouts/organizations/ID.

    Files that are there already are kept as they are.

    \b
      docgen organizations new riverside
      docgen organizations new riverside-north --parent riverside
    """
    check_id(id, "an organization")
    if parent == id:
        raise refuse(
            "organization-cycle",
            f"{id!r} cannot be a part of itself",
            hint="name the organization that it is a part of, or leave out --parent",
        )
    if parent:
        open_project(layout_folders=layout_folders).layouts.organization(parent)
    file = organization_file(id, parent)
    make_files(Path(), (file, *schema_files("organization", "layout")))
    print_result(f"\nNext: write your name and phone numbers into {file[0]}, then")
    print_result(f"  docgen organizations check {id}")
    print_result(f"  docgen render 77299 --organization {id}")


@command.command("list")
@layouts_option
@reports_diagnostics
def list_organizations(reporter: Reporter, layout_folders: tuple[Path, ...]) -> None:
    """Print every organization, one a line: its id and its name.

    With --format json, each line is an object.
    """
    library = open_project(layout_folders=layout_folders).layouts
    ids = library.organizations()
    widest = max((len(id) for id in ids), default=0)
    for id in ids:
        try:
            name = library.organization(id).organization.name.value
        except DocgenError as error:
            reporter.report(error)
            continue
        if reporter.as_json:
            print_result(json_text({"id": id, "name": name}))
        else:
            print_result(f"{id:<{widest}}  {name}")


@command.command("show")
@click.argument("id", metavar="ID", shell_complete=complete_organization)
@layouts_option
@reports_diagnostics
def show_organization(reporter: Reporter, id: str, layout_folders: tuple[Path, ...]) -> None:
    """Print what holds for an organization, and what it changes in layouts and records.

    What comes from a parent says so. docgen explain tells where each value of a layout comes from.
    """
    from docgen.cli.organization_text import organization_lines

    organization = open_project(layout_folders=layout_folders).layouts.organization(id)
    for line in organization_lines(organization):
        print_result(line)


@command.command("check")
@click.argument("ids", nargs=-1, metavar="[ID...]", shell_complete=complete_organization)
@data_option
@layouts_option
@reports_diagnostics
def check_organizations(
    reporter: Reporter,
    ids: tuple[str, ...],
    data: tuple[Path, ...],
    layout_folders: tuple[Path, ...],
) -> None:
    """Check all of an organization: its file, look, pictures, layouts and records.

    Layouts that it does not change are checked too, since its look and its paper hold for them.
    Without an ID, checks every organization.
    """
    from docgen.cli.organization_check import tell_problems_of_organization

    known = open_project(data, layout_folders).layouts.organizations()
    for id in ids or known:
        try:
            project = open_project(data, layout_folders, id)
        except DocgenError as error:
            reporter.report(error)
            print_result(f"{id}: cannot be used")
            continue
        print_result(f"{id}: {tell_problems_of_organization(project, reporter)}")
