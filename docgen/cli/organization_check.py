"""Everything of an organization, checked with what comes from elsewhere and is printed for it."""

from collections.abc import Iterator
from pathlib import Path

from docgen.cli.organization_text import record_files
from docgen.cli.reporting import Reporter
from docgen.diagnostics import Diagnostic, DocgenError
from docgen.project import Project, RenderOptions
from docgen.prose import lines_run_together
from docgen.source import display_path


def check_organization(project: Project, reporter: Reporter) -> str:
    """Tells all that is wrong with a project's organization, and counts what is right."""
    if project.organization:
        reporter.tell(project.organization.warnings)
    names = [file.name for file in project.layouts.list()]
    good = sum(_is_right(project, name, reporter) for name in names)
    files = _records(project)
    told = tuple(_problems(project, files))
    wrong = tuple(problem for problem in told if problem.severity == "error")
    if wrong:
        reporter.report(DocgenError(told))
    reporter.tell(told)
    bad = {problem.span.path for problem in wrong if problem.span}
    records = f" and {len(files) - len(bad)} of {len(files)} records" if files else ""
    return f"organization.yaml, {good} of {len(names)} layouts{records} are right"


def _is_right(project: Project, name: str, reporter: Reporter) -> bool:
    """Whether a layout is right in every language that the organization offers."""
    right = True
    for tag in offered_languages(project) or (None,):
        try:
            layout = project.layout(name, RenderOptions(language=tag))
        except DocgenError as error:
            reporter.report(error)
            right = False
        else:
            reporter.tell(layout.warnings)
            organization = layout.loaded.organization
            if organization:
                reporter.tell(lines_run_together(organization.organization))
    return right


def offered_languages(project: Project) -> tuple[str, ...]:
    """The languages that the organization offers, if it says so."""
    offered = project.organization.organization.languages if project.organization else ()
    return tuple(language.tag for language in offered)


def _records(project: Project) -> tuple[Path, ...]:
    folders = project.organization.folders if project.organization else ()
    return tuple(file for folder in folders for file in record_files(folder))


def _problems(project: Project, files: tuple[Path, ...]) -> Iterator[Diagnostic]:
    own = {display_path(file) for file in files}
    for problem in project.records.check(offered_languages(project)) if own else ():
        if problem.span and problem.span.path in own:
            yield problem
