"""Contrast against values that WCAG 2.1 and its tools publish."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.layouts.contrast import contrast, least_contrast
from docgen.layouts.leaves import Colour

colours = st.integers(0, 0xFFFFFF).map(lambda number: Colour(f"#{number:06x}"))


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.478),
        ("#767676", "#ffffff", 4.542),
        ("#ff0000", "#ffffff", 3.998),
        ("#0000ff", "#ffffff", 8.592),
    ],
)
def test_known_ratios(one: str, other: str, ratio: float) -> None:
    assert contrast(Colour(one), Colour(other)) == pytest.approx(ratio, abs=0.001)


@given(colours, colours)
def test_contrast_is_symmetric_and_between_1_and_21(one: Colour, other: Colour) -> None:
    ratio = contrast(one, other)
    assert ratio == contrast(other, one)
    assert 1.0 <= ratio <= 21.0


@pytest.mark.parametrize(
    ("size", "strong", "least"),
    [(17.9, False, 4.5), (18, False, 3.0), (13.9, True, 4.5), (14, True, 3.0), (14, False, 4.5)],
)
def test_large_text_may_be_paler(size: float, strong: bool, least: float) -> None:
    assert least_contrast(size, strong) == least
