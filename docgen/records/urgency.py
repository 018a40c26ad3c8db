"""What a record tells patients on when to call for help, and whether it may say nothing of it."""

from typing import Final

from docgen.diagnostics import Findings, quoted
from docgen.records.groups import FurtherSection
from docgen.records.record import ProcedureRecord

NO_URGENT_SECTION: Final = "no-urgent-section"
_ADD = (
    "add a further section for patients with the title When to call for help, or with "
    "'urgent: yes'; where there is nothing to tell, say why under 'without: {urgent: …}'"
)


def urgent_sections(record: ProcedureRecord) -> tuple[FurtherSection, ...]:
    """The sections of a record that tell patients when to call for help."""
    return tuple(
        section
        for section in record.further_sections
        if section.urgent and section.audience != "clinicians"
    )


def lacks_urgency(record: ProcedureRecord) -> bool:
    """Whether a record says neither when to call for help, nor why patients need no word of it."""
    reason = record.without.urgent if record.without else None
    return reason is None and not urgent_sections(record)


def check_urgency(record: ProcedureRecord, findings: Findings) -> None:
    """Tells of a record that says nothing on when to call for help, nor why.

    One that was reviewed is refused for it: its handout would be taken for complete. A draft is
    warned of, since its handout says that nobody has reviewed it, and has lines to write on.
    """
    if not lacks_urgency(record):
        return
    message = "this record does not tell patients when to call for help"
    if record.provenance.reviewed_on:
        findings.error(NO_URGENT_SECTION, message, record.span, _ADD)
    else:
        message += "; its handout has lines to write it on"
        findings.warning(NO_URGENT_SECTION, message, record.span, _ADD)


def check_waiver(record: ProcedureRecord, findings: Findings) -> None:
    """Tells of a record that gives a reason for saying nothing, and says something."""
    sections = urgent_sections(record)
    if record.without and record.without.urgent and sections:
        findings.error(
            "contradiction",
            "this says why patients are told nothing on when to call for help, but "
            f"{quoted(sections[0].title.value)} tells them",
            record.without.urgent.span,
            "keep one of them",
        )
