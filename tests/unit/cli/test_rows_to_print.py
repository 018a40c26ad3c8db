"""Which rows a range of rows means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.cli.batch_reprint import parsed_rows


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
    assert parsed_rows(text) == rows


@pytest.mark.parametrize("text", ["", "a", "1-", "-1", "3-2", "1,,2", "1-2-3", "٣", "1-999999999"])
def test_what_is_no_range_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"row|ends|long"):
        parsed_rows(text)


@given(st.sets(st.integers(0, 5000), min_size=1))
def test_any_rows_can_be_named(rows: set[int]) -> None:
    assert parsed_rows(",".join(map(str, rows))) == tuple(sorted(rows))
