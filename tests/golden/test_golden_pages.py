"""The sheets of code 77299 are set, mark by mark, as they were when a person last read them."""

import pytest

from tests.golden.sheets import GOLDENS, dumped


@pytest.mark.parametrize("layout", GOLDENS)
def test_pages_are_set_as_they_were_read(layout: str) -> None:
    assert dumped(layout) == GOLDENS[layout].read_text("utf-8")
