"""Whether a record may still be trusted on the day on which it is printed."""

from datetime import date

from docgen.diagnostics import Findings
from docgen.records.record import ProcedureRecord


def check_review(
    record: ProcedureRecord, day: date, findings: Findings, *, refused: bool = False
) -> None:
    """Tells that a record's review was due before a day: it is ``refused`` for it, or warned of."""
    due = record.provenance.review_due
    if day <= due:
        return
    tell = findings.error if refused else findings.warning
    tell(
        "overdue-record",
        f"the review of this record was due on {due}, and the sheet is made on {day}",
        record.provenance.span,
        "have it reviewed, then write the days into 'reviewed_on' and 'review_due'",
    )
