"""``docgen layouts``: what layouts there are, and whether they are right."""

from collections.abc import Callable
from pathlib import Path

import click

from docgen.cli.options import layouts_option, open_project
from docgen.cli.reporting import Reporter, print_result, reports_diagnostics
from docgen.diagnostics import DocgenError


@click.group()
def command() -> None:
    """List and check layouts."""


@command.command("list")
@layouts_option
@reports_diagnostics
def list_layouts(reporter: Reporter, layout_folders: tuple[Path, ...]) -> None:
    """Print every layout, one a line: its name and its file."""
    files = open_project(layout_folders=layout_folders).layouts.list()
    widest = max((len(file.name) for file in files), default=0)
    for file in files:
        print_result(f"{file.name:<{widest}}  {file.path}")


@command.command("check")
@click.argument("names", nargs=-1, metavar="[NAME...]")
@layouts_option
@reports_diagnostics
def check_layouts(
    reporter: Reporter, names: tuple[str, ...], layout_folders: tuple[Path, ...]
) -> None:
    """Check layouts, their themes, images and expressions, without any record.

    Without a NAME, checks every layout, theme and organization.
    """
    project = open_project(layout_folders=layout_folders)
    layouts = names or tuple(file.name for file in project.layouts.list())
    checks: list[tuple[Callable[[str], object], str]]
    checks = [(project.layout, name) for name in layouts]
    if not names:
        checks += [(project.layouts.theme, name) for name in project.layouts.themes()]
        checks += [(project.layouts.organization, id) for id in project.layouts.organizations()]
    good = 0
    for check, name in checks:
        try:
            check(name)
            good += 1
        except DocgenError as error:
            reporter.report(error)
    print_result(f"{good} of {len(checks)} files are right")
