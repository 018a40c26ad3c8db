"""Everything of an organization, checked with what comes from elsewhere and is printed for it."""

from collections.abc import Iterator
from pathlib import Path

from docgen.cli.organization_text import record_files
from docgen.cli.reporting import Reporter
from docgen.code_systems import normalise_code
from docgen.diagnostics import Diagnostic, Findings
from docgen.project import Project
from docgen.proofs import problems_of_layout, problems_of_records
from docgen.records import RecordEntry
from docgen.source import display_path


def tell_problems_of_organization(project: Project, reporter: Reporter) -> str:
    """Tells all that is wrong with a project's organization, and counts what is right."""
    if project.organization:
        reporter.tell(project.organization.warnings)
    names = [file.name for file in project.layouts.list()]
    good = sum(reporter.judge(problems_of_layout(project, name)) for name in names)
    files = _own_record_files(project)
    wrong = tuple(_problems_of_own(project, files))
    reporter.judge(wrong)
    bad = {told.span.path for told in wrong if told.span and told.severity == "error"}
    right = sum(display_path(file) not in bad for file in files)
    records = f" and {right} of {len(files)} records" if files else ""
    return f"organization.yaml, {good} of {len(names)} layouts{records} are right"


def _own_record_files(project: Project) -> tuple[Path, ...]:
    folders = project.organization.folders if project.organization else ()
    return tuple(file for folder in folders for file in record_files(folder))


def _problems_of_own(project: Project, files: tuple[Path, ...]) -> Iterator[Diagnostic]:
    """What is wrong with the organization's own records and changes, and with their sheets."""
    own = {display_path(file) for file in files}
    if not own or project.organization is None:
        return
    languages = project.organization.offered
    for problem in project.records.check(languages):
        if problem.span and problem.span.path in own:
            yield problem
    entries = [entry for entry in project.records.list(Findings()) if _is_of(entry, files)]
    yield from problems_of_records(project, entries, languages)


def _is_of(entry: RecordEntry, files: tuple[Path, ...]) -> bool:
    """Whether a record is found, or changed, by one of some files, named CODE or SYSTEM-CODE."""
    names = {normalise_code(file.name.partition(".")[0]) for file in files}
    code = entry.code
    return not names.isdisjoint(map(normalise_code, (code, f"{entry.system.id}-{code}")))
