"""The sheets of code 77299 are set and tagged as they were when a person last read them."""

import pytest

from tests.golden.sheets import FOLDER, GOLDENS


@pytest.mark.parametrize("name", GOLDENS)
def test_sheets_are_as_they_were_read(name: str) -> None:
    made, layout = GOLDENS[name]
    assert made(layout) == (FOLDER / name).read_text("utf-8")
