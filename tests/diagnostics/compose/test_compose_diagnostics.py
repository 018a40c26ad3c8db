"""Bad layout texts, and texts that a record cannot fill, beside the messages they must give."""

from pathlib import Path

import pytest

from docgen.compose import compile_layout, compose
from docgen.diagnostics import DocgenError
from docgen.layouts import LayoutLibrary
from docgen.records import RecordLibrary
from docgen.shipped import layouts_folder

FOLDER = Path(__file__).parent
CASES = sorted(path.stem for path in FOLDER.glob("*.yaml"))


@pytest.mark.parametrize("name", CASES)
def test_a_bad_text_gives_its_messages(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER)
    layout = LayoutLibrary([Path(), layouts_folder()]).find(name)
    record = RecordLibrary([Path()]).find("T1")
    with pytest.raises(DocgenError) as refused:
        compose(compile_layout(layout), record)
    assert str(refused.value) == (FOLDER / f"{name}.txt").read_text(encoding="utf-8").rstrip("\n")
