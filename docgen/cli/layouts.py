"""``docgen layouts``: what layouts there are, making one's own, and whether they are right."""

from collections.abc import Callable, Iterator
from pathlib import Path

import click

from docgen.cli.new_files import make_files, schema_files
from docgen.cli.new_layout import layout_file
from docgen.cli.new_organization import check_layout_id, own_folder
from docgen.cli.options import (
    complete_layout,
    layouts_option,
    open_project,
    organization_option,
)
from docgen.cli.reporting import Reporter, print_result, reports_diagnostics
from docgen.diagnostics import Diagnostic, DocgenError
from docgen.project import Project

Check = Callable[[str], tuple[Diagnostic, ...]]
"""Reads a file by its name and gives its warnings. Raises DocgenError with what is wrong."""

_whose = organization_option("Take layouts as this organization has them.")


@click.group()
def command() -> None:
    """List, make and check layouts."""


@command.command("list")
@_whose
@layouts_option
@reports_diagnostics
def list_layouts(
    reporter: Reporter, organization: str | None, layout_folders: tuple[Path, ...]
) -> None:
    """Print every layout, one a line: its name and its file."""
    project = open_project(layout_folders=layout_folders, organization=organization)
    files = project.layouts.list()
    widest = max((len(file.name) for file in files), default=0)
    for file in files:
        print_result(f"{file.name:<{widest}}  {file.path}")


@command.command("new")
@click.argument("name", metavar="NAME")
@organization_option("The organization that it is a layout of.", required=True)
@click.option(
    "--from",
    "base",
    metavar="NAME",
    help="The layout that it changes.  [default: the one of the same name]",
    shell_complete=complete_layout,
)
@layouts_option
@reports_diagnostics
def new_layout(
    reporter: Reporter,
    name: str,
    organization: str,
    base: str | None,
    layout_folders: tuple[Path, ...],
) -> None:
    """Make a layout of an organization that starts from another layout and changes it.

    It changes nothing until you write in it; its examples name the blocks of its base. A file that
    is there already is kept as it is.

    \b
      docgen layouts new patient-handout --organization riverside
      docgen layouts new day-clinic --organization riverside --from patient-handout
    """
    check_layout_id(name)
    project = open_project(layout_folders=layout_folders, organization=organization)
    layout = project.layouts.find(base or name).layout
    folder = own_folder(project.layouts.organization(organization))
    make_files(folder, [layout_file(name, organization, layout)])
    make_files(folder.parents[2], schema_files("layout"))
    print_result(f"\nNext: write your changes into {folder / name}.yaml, then")
    print_result(f"  docgen organizations check {organization}")
    print_result(f"  docgen render 77299 --organization {organization} --layout {name}")


@command.command("check")
@click.argument("names", nargs=-1, metavar="[NAME...]", shell_complete=complete_layout)
@_whose
@layouts_option
@reports_diagnostics
def check_layouts(
    reporter: Reporter,
    names: tuple[str, ...],
    organization: str | None,
    layout_folders: tuple[Path, ...],
) -> None:
    """Check layouts, their themes, images and expressions, without any record of yours.

    Each is printed for proof with a record made up for it, so that what every sheet would be
    refused for is told here: letters that no font has, columns without room, nothing on when to
    call for help.

    Without a NAME, checks every layout, theme and organization, and the layouts that organizations
    have of their own.
    """
    from docgen.proofs import problems_of_layout

    project = open_project(layout_folders=layout_folders, organization=organization)
    layouts = names or tuple(file.name for file in project.layouts.list())
    proven = [(project, name) for name in layouts]
    others: list[tuple[Check, str]] = []
    if not names:
        others += [(_check_of_theme(project), name) for name in project.layouts.themes()]
    if not names and not organization:
        check_own = _check_of_organization(project)
        others += [(check_own, id) for id in project.layouts.organizations()]
        proven += _of_organizations(project, layout_folders)
    good = sum(reporter.judge(problems_of_layout(own, name)) for own, name in proven)
    for check, name in others:
        try:
            reporter.tell(check(name))
            good += 1
        except DocgenError as error:
            reporter.report(error)
    print_result(f"{good} of {len(proven) + len(others)} files are right")


def _check_of_theme(project: Project) -> Check:
    def check(name: str) -> tuple[Diagnostic, ...]:
        project.layouts.theme(name)
        return ()

    return check


def _check_of_organization(project: Project) -> Check:
    return lambda id: project.layouts.organization(id).warnings


def _of_organizations(
    project: Project, layout_folders: tuple[Path, ...]
) -> Iterator[tuple[Project, str]]:
    """The layouts in the folders of organizations that can be used themselves."""
    for id in project.layouts.organizations():
        try:
            own = open_project(layout_folders=layout_folders, organization=id)
        except DocgenError:
            continue
        if own.organization:
            folder = own.organization.folders[-1]
            for file in own.layouts.list():
                if file.root == folder:
                    yield own, file.name
