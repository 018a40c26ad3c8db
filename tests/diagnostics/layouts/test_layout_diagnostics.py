"""Bad layouts beside the messages they must give: ``NAME.yaml`` and ``NAME.txt``."""

from pathlib import Path

import pytest

from docgen.diagnostics import DocgenError
from docgen.layouts import LayoutLibrary
from docgen.shipped import layouts_folder

FOLDER = Path(__file__).parent
CASES = sorted(path.stem for path in FOLDER.glob("*.yaml"))


@pytest.mark.parametrize("name", CASES)
def test_a_bad_layout_gives_its_messages(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER)
    library = LayoutLibrary([FOLDER, FOLDER / "bases", layouts_folder()])
    with pytest.raises(DocgenError) as refused:
        library.find(name)
    assert str(refused.value) == (FOLDER / f"{name}.txt").read_text(encoding="utf-8").rstrip("\n")
