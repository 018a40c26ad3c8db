"""What a line of progress says."""

from collections.abc import Iterable

import pytest

from docgen.batch.books.progress import Progress, duration
from docgen.diagnostics import Diagnostic


class Screen:
    """Keeps what it is to show."""

    def __init__(self) -> None:
        self.told: list[Diagnostic] = []
        self.shown = 0

    def tell(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.told += diagnostics

    def show(self, _: Progress) -> None:
        self.shown += 1


def progress(screen: Screen, rows: int | None, *, made: int, rejected: int) -> Progress:
    """A run that has read, made and rejected so many rows."""
    watched = Progress(screen.tell, screen.show, rows, began=1000.0)
    for _ in range(made + rejected):
        watched.read()
    for _ in range(made):
        watched.made()
    for number in range(rejected):
        watched.rejected([Diagnostic("unknown-code", f"row {number}")])
    return watched


@pytest.mark.parametrize(
    ("rows", "made", "rejected", "seconds", "line"),
    [
        (100, 0, 0, 0.5, "0 of about 100 packets"),
        (100, 40, 0, 1.0, "40 of about 100 packets"),
        (100, 40, 0, 4.0, "40 of about 100 packets, 10 a second, 6 s left"),
        (5000, 1190, 10, 4.0, "1,190 of about 5,000 packets, 300 a second, 13 s left, 10 rejected"),
        (100, 8, 2, 4.0, "8 of about 100 packets, 2.5 a second, 36 s left, 2 rejected"),
        (10, 20, 0, 4.0, "20 of about 20 packets, 5.0 a second, 1 s left"),
        (None, 40, 0, 4.0, "40 packets done, 40 rows read, 10 a second"),
        (None, 0, 0, 4.0, "0 packets done, 0 rows read"),
    ],
)
def test_a_line_says_how_far_how_fast_how_long(
    rows: int | None, made: int, rejected: int, seconds: float, line: str
) -> None:
    watched = progress(Screen(), rows, made=made, rejected=rejected)
    assert watched.line(1000.0 + seconds) == line


def test_only_the_first_rejected_rows_are_told() -> None:
    screen = Screen()
    watched = progress(screen, None, made=1, rejected=10_000)
    assert [told.message for told in screen.told] == [f"row {number}" for number in range(20)]
    assert watched.untold == 9_980
    assert screen.shown == 2 * 10_001


def test_only_the_first_warnings_are_told() -> None:
    screen = Screen()
    watched = Progress(screen.tell, screen.show, None)
    for number in range(15):
        names = (f"{number}a", f"{number}b")
        watched.told([Diagnostic("not-reviewed", name, severity="warning") for name in names])
    assert [told.message for told in screen.told][-2:] == ["9a", "9b"]
    assert len(screen.told) == 20
    assert watched.untold_warnings == 10
    assert watched.untold == 0


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.2, "1 s"),
        (45.4, "45 s"),
        (89.4, "89 s"),
        (90, "2 min"),
        (3569, "59 min"),
        (3570, "1 h 00 min"),
        (11_100, "3 h 05 min"),
    ],
)
def test_a_time_to_wait_is_told_in_few_digits(seconds: float, words: str) -> None:
    assert duration(seconds) == words


def test_a_run_that_goes_on_counts_what_was_done_before() -> None:
    watched = Progress(lambda _: None, lambda _: None, 100, before=30, began=1000.0)
    for _ in range(30):
        watched.read()
    for _ in range(10):
        watched.read()
        watched.made()
    assert watched.line(1005.0) == "40 of about 100 packets, 2.0 a second, 30 s left"
