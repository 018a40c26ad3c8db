"""Options that several commands share: where a project's files are."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from docgen.code_systems import ids_in_words
from docgen.diagnostics import DocgenError
from docgen.project import Project

C = TypeVar("C", bound=Callable[..., Any])

FOLDER = click.Path(path_type=Path, readable=False)
"""Whether it can be read is told by whoever reads it, with what to do."""


def data_option(command: C) -> C:
    """``--data``: more folders of records."""
    return click.option(
        "--data",
        metavar="PATH",
        multiple=True,
        type=FOLDER,
        help="Also look for records in PATH/records, before the project's own data/records.",
    )(command)


def layouts_option(command: C) -> C:
    """``--layouts``: more folders of layouts."""
    return click.option(
        "--layouts",
        "layout_folders",
        metavar="PATH",
        multiple=True,
        type=FOLDER,
        help="Also look for layouts, themes and organizations in PATH, before the project's own.",
    )(command)


def code_system_option(command: C) -> C:
    """``--code-system``: which system a code is of."""
    return click.option(
        "--code-system",
        metavar="SYSTEM",
        help=f"{ids_in_words()}; needed where two systems share a code.",
    )(command)


def organization_option(help: str, *, required: bool = False) -> Callable[[C], C]:
    """``--organization``: whose files count above all others; ``help`` says what for."""

    def option(command: C) -> C:
        return click.option(
            "--organization",
            metavar="ID",
            required=required,
            help=help,
            shell_complete=complete_organization,
        )(command)

    return option


def language_options(command: C) -> C:
    """``--language`` and ``--fallback-language``: in which languages sheets are."""
    fallback = click.option(
        "--fallback-language",
        metavar="TAG",
        callback=language_option,
        help="Print what has no translation in this language, marked as such, with a note to the "
        "reader. Without it, such sheets are refused.",
    )
    language = click.option(
        "--language",
        metavar="TAG",
        callback=language_option,
        help="Make the sheets in this language, such as es. Their file names end in its tag.  "
        "[default: the organization's, else the layout's]",
    )
    return language(fallback(command))


def language_option(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """The tag of a language (BCP 47) that an option names, as it is usually written."""
    if value is None:
        return None
    from docgen.source import Language

    try:
        return Language.parse(value).tag
    except ValueError as error:
        message, hint = error.args
        raise click.BadParameter(f"{message}; {hint}.") from None


def complete_organization(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The ids of organizations that begin as what was typed, for shells that complete."""
    known = _known(ctx, lambda project: project.layouts.organizations())
    return [id for id in known if id.startswith(incomplete)]


def complete_layout(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The names of layouts that begin as what was typed, for shells that complete."""
    known = _known(ctx, lambda project: [file.name for file in project.layouts.list()])
    return [name for name in known if name.startswith(incomplete)]


def _known(ctx: click.Context, ask: Callable[[Project], Sequence[str]]) -> Sequence[str]:
    """Names in a project; none where it cannot be read, which whoever runs the command is told."""
    try:
        return ask(open_project(layout_folders=ctx.params.get("layout_folders") or ()))
    except DocgenError:
        return ()


def open_project(
    data: tuple[Path, ...] = (),
    layout_folders: tuple[Path, ...] = (),
    organization: str | None = None,
) -> Project:
    """The project of the current folder."""
    return Project.open(".", data=data, layouts=layout_folders, organization=organization)
