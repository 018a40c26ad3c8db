"""Numbers in the place of clinics, providers and times: their order, and nothing else."""

from datetime import date, datetime

from docgen.batch.plan.ordering import Numbering, RowNumbers
from docgen.document import Visit
from docgen.worklist import Entry


def entry(
    clinic: str | None, provider: str | None = None, time: date | datetime | None = None
) -> Entry:
    visit = Visit(patient_name="Ada Example", provider=provider, appointment=time)
    return Entry(visit=visit, codes=(), clinic=clinic)


ROWS = (
    entry("South", "Dr. Wren", datetime(2026, 11, 24, 9)),
    entry("North", None, date(2026, 11, 24)),
    None,
    entry(None, "Dr. Ash", datetime(2026, 11, 24, 8, 30)),
    entry("north", "Dr. Wren", datetime(2026, 11, 23, 17)),
    entry("South", "Dr. Ash", datetime(2026, 11, 24, 9)),
)


def test_values_are_numbered_as_they_come_and_ranked_as_they_follow() -> None:
    numbering = Numbering()
    found = [numbering.of(one) for one in ROWS]
    assert found == [
        RowNumbers(1, 1, 1),
        RowNumbers(2, None, 2),
        RowNumbers(),
        RowNumbers(None, 2, 3),
        RowNumbers(3, 1, 4),
        RowNumbers(1, 2, 1),
    ]
    ranks = {(one.key, one.number): one.rank for one in numbering.ranks()}
    # North, South, north: by their characters. The day whose hour is not known comes first.
    assert [ranks["clinic", number] for number in (2, 1, 3)] == [0, 1, 2]
    assert [ranks["provider", number] for number in (2, 1)] == [0, 1]
    assert [ranks["time", number] for number in (4, 2, 3, 1)] == [0, 1, 2, 3]
    assert len(ranks) == 9


def test_a_run_that_is_gone_on_with_has_the_same_numbers() -> None:
    before = Numbering()
    for one in ROWS[:3]:
        before.of(one)
    assert [Numbering().of(one) for one in ROWS[:1]] == [before.of(one) for one in ROWS[:1]]
    again, once = Numbering(), Numbering()
    assert [again.of(one) for one in ROWS] == [once.of(one) for one in ROWS]
    assert [again.of(one) for one in ROWS] == [once.of(one) for one in ROWS]
    assert list(again.ranks()) == list(once.ranks())
