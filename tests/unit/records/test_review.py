"""Whether a record may be trusted: reviewed, overdue, or never reviewed."""

from datetime import date

import pytest

from docgen.diagnostics import DocgenError, Findings
from docgen.records import check_review
from docgen.records.reading import record_of
from docgen.records.record import ProcedureRecord
from docgen.source import read_text

RECORD = """\
code: T-1
code_system: local
title: A test
name: a test
provenance:
  version: 1.0
  authors: [Ada Sample]
"""
REVIEWED = RECORD + "  reviewed_on: 2026-01-01\n  review_due: 2027-01-01\n"


def record(text: str) -> ProcedureRecord:
    return record_of(read_text(text, "T-1.yaml"))


def told(text: str, day: date | None, *, refused: bool = False) -> list[tuple[str, str, str]]:
    findings = Findings()
    check_review(record(text), day, findings, refused=refused)
    return [(one.severity, one.rule, str(one.span)) for one in findings.diagnostics]


def test_a_record_is_trusted_to_the_day_of_its_next_review() -> None:
    assert told(REVIEWED, date(2027, 1, 1)) == []
    assert told(REVIEWED, date(2027, 1, 2)) == [("warning", "overdue-record", "T-1.yaml:6:3")]
    assert told(REVIEWED, None) == []


def test_a_record_that_nobody_reviewed_is_told_whatever_the_day() -> None:
    expected = [("warning", "not-reviewed", "T-1.yaml:6:3")]
    assert told(RECORD, None) == told(RECORD, date(2026, 1, 1)) == expected


def test_an_organization_may_refuse_what_is_not_reviewed() -> None:
    assert told(RECORD, None, refused=True) == [("error", "not-reviewed", "T-1.yaml:6:3")]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("reviewed_on: 2026-01-01", "'reviewed_on' is there, but 'review_due' is not"),
        ("review_due: 2026-01-01", "'review_due' is there, but 'reviewed_on' is not"),
    ],
)
def test_one_date_of_a_review_needs_the_other(line: str, message: str) -> None:
    with pytest.raises(DocgenError) as refused:
        record(f"{RECORD}  {line}\n")
    (only,) = refused.value.diagnostics
    assert (only.rule, only.message) == ("bad-review-date", message)
    assert only.span is not None
    assert only.span.line == 8
