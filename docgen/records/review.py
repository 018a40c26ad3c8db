"""Whether a record may be trusted on the day on which it is printed."""

from datetime import date

from docgen.diagnostics import Findings
from docgen.records.record import ProcedureRecord


def check_review(
    record: ProcedureRecord, day: date | None, findings: Findings, *, refused: bool = False
) -> None:
    """Tells that a record was never reviewed, or that its review was due before a day.

    It is ``refused`` for it, or warned of. Without a day, no review is overdue.
    """
    due = record.provenance.review_due
    if due is not None and (day is None or day <= due):
        return
    tell = findings.error if refused else findings.warning
    if due is None:
        tell(
            "not-reviewed",
            "no clinician has reviewed this record yet",
            record.provenance.span,
            "have it reviewed, then write the days as 'reviewed_on' and 'review_due'",
        )
    else:
        tell(
            "overdue-record",
            f"the review of this record was due on {due}, and the sheet is made on {day}",
            record.provenance.span,
            "have it reviewed, then write the days into 'reviewed_on' and 'review_due'",
        )
