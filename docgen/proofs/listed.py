"""Titles of code tables and policies of health plans: whether sheets can print them."""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from docgen.diagnostics import Diagnostic, DocgenError, Findings
from docgen.proofs.probe import whole_record
from docgen.proofs.sheets import problems_of_sheet
from docgen.records import CodeTable, ProcedureRecord, record_of
from docgen.sheets import BASE_LAYOUTS, PLAIN, SheetMaker


def problems_of_tables(project: SheetMaker) -> tuple[Diagnostic, ...]:
    """What stands against the sheets of codes that have nothing but a title in a table.

    Of 80,000 titles, those are set that have a sign which none before has, beyond ASCII.
    """
    findings = Findings()
    for _, table in project.records.tables.all(Findings()):
        for record in _records_with_new_signs(table):
            findings.extend(_problems_on_sheets(project, record))
    return findings.diagnostics


def problems_of_policies(project: SheetMaker) -> tuple[Diagnostic, ...]:
    """What stands against the sheets that list the policies of health plans."""
    policies = tuple(one.as_in_a_record() for one in project.policies.list(Findings()))
    paths = {policy.span.path for policy in policies}
    found = (
        _problems_on_sheets(project, replace(whole_record(), policies=policies)) if policies else ()
    )
    return tuple(told for told in found if told.span and told.span.path in paths)


def _records_with_new_signs(table: CodeTable) -> Iterator[ProcedureRecord]:
    met: set[str] = set()
    try:
        for row in table:
            strange = {sign for sign in row.title if not sign.isascii()} - met
            if strange:
                met |= strange
                yield record_of(table.node(row))
    except DocgenError:
        return  # a damaged table: whoever checks it tells


def _problems_on_sheets(project: SheetMaker, record: ProcedureRecord) -> Iterable[Diagnostic]:
    alone = replace(record, find_similar=False)
    layouts = dict.fromkeys((*project.default_layouts, *BASE_LAYOUTS))
    for layout in layouts:
        try:
            loaded = project.layout(layout).loaded
        except DocgenError:
            continue  # whoever checks the layout tells
        if loaded.layout.audience == "clinicians":
            yield from problems_of_sheet(project, alone, layout, PLAIN)
