"""All records of a project, checked with the sheets that are made of them."""

from docgen.cli.reporting import Reporter
from docgen.diagnostics import Findings
from docgen.project import Project

MOST = 1_000
"""Records whose sheets are set without being asked for: of more, that takes minutes."""


def tell_problems_of_records(
    project: Project, reporter: Reporter, sheets: bool | None
) -> str | None:
    """Tells all that is wrong with records, tables and sheets; or what is right, if all is."""
    from docgen.proofs import problems_of_records, problems_of_tables

    languages = project.organization.offered if project.organization else None
    is_right = reporter.judge(project.records.check(languages))
    is_right = reporter.judge(problems_of_tables(project)) and is_right
    entries = project.records.list(Findings())
    proven = len(entries) <= MOST if sheets is None else sheets
    if proven:
        is_right = reporter.judge(problems_of_records(project, entries, languages)) and is_right
    if not is_right:
        return None
    tables = sum(1 for _ in project.records.tables.all(Findings()))
    beside = f" and {tables} code table{'' if tables == 1 else 's'}" if tables else ""
    return f"{len(entries)} records{beside} are right{'' if proven else _UNPROVEN}"


_UNPROVEN = ", but for their sheets, which were not set: --sheets sets those of a large library too"
