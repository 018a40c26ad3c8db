"""Bad records beside the messages they must give: ``NAME.yaml`` and ``NAME.txt``."""

from pathlib import Path

import pytest

from docgen.diagnostics import DocgenError
from docgen.records import read_record

FOLDER = Path(__file__).parent
CASES = sorted(path.stem for path in FOLDER.glob("*.yaml"))


@pytest.mark.parametrize("name", CASES)
def test_a_bad_record_gives_its_messages(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER)
    with pytest.raises(DocgenError) as refused:
        read_record(Path(f"{name}.yaml"))
    assert str(refused.value) == (FOLDER / f"{name}.txt").read_text(encoding="utf-8").rstrip("\n")
