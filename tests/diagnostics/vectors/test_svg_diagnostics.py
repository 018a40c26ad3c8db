"""Bad SVGs beside the messages they must give: ``NAME.svg`` and ``NAME.txt``."""

from pathlib import Path

import pytest

from docgen.diagnostics import Findings
from docgen.vectors import read_svg

FOLDER = Path(__file__).parent
CASES = sorted(path.stem for path in FOLDER.glob("*.svg"))


@pytest.mark.parametrize("name", CASES)
def test_a_bad_svg_gives_its_messages(name: str) -> None:
    findings = Findings()
    data = (FOLDER / f"{name}.svg").read_bytes()
    assert read_svg(data, f"{name}.svg", findings) is None
    told = "\n".join(map(str, findings.diagnostics))
    assert told == (FOLDER / f"{name}.txt").read_text(encoding="utf-8").rstrip("\n")
