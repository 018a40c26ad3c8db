"""Which rows a range of rows means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.batch.printing.reprint import reprint_stem, row_numbers


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("7", (7,)),
        ("2-4", (2, 3, 4)),
        ("9, 2-4,3", (2, 3, 4, 9)),
        ("5-5", (5,)),
    ],
)
def test_ranges_are_rows(text: str, rows: tuple[int, ...]) -> None:
    assert row_numbers(text) == rows


@pytest.mark.parametrize("text", ["", "a", "1-", "-1", "3-2", "1,,2", "1-2-3", "٣", "1-999999999"])
def test_what_is_no_range_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"row|ends|long"):
        row_numbers(text)


@given(st.sets(st.integers(0, 5000), min_size=1))
def test_any_rows_can_be_named(rows: set[int]) -> None:
    assert row_numbers(",".join(map(str, rows))) == tuple(sorted(rows))


def test_the_name_of_a_reprint_is_a_file_name() -> None:
    assert reprint_stem("120-180, 200") == "reprint-120-180_200"
    assert len(reprint_stem(",".join(map(str, range(1000))))) <= 80


def test_two_reprints_never_share_a_name() -> None:
    """Of many rows, as of those that came out of the printer crumpled, the last ones count too."""
    many = ",".join(map(str, range(100, 160)))
    names = {reprint_stem(f"{many},{last}") for last in range(200, 300)}
    assert len(names) == 100
    assert reprint_stem(f"{many}, 7") == reprint_stem(f"{many},7")
    assert all(len(name) <= 68 for name in names)
