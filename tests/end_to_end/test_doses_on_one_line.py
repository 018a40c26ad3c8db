"""Doses on finished sheets: each stands on one line, as a PDF reader finds the lines.

Every dose comes in paragraphs of growing length, so that the end of a line meets each of its
places once.
"""

import json
from itertools import cycle
from pathlib import Path

import pytest

from tests.commands import invoke_docgen
from tests.pdf_text import page_texts

ENGLISH = (
    "1 ½ tablets",
    "2 1/2 tsp",
    "10 000 IU",
    "5 mg/mL",
    "≥ 5 mmol/L",
    "12 U",
    "3 drops",
    "5 – 10 mg",
    "160 mg / 5 mL",
    "38.5 °C",
    "7 p.m.",
)
SPANISH = (
    "1 ½ comprimidos",
    "3 gotas",
    "10 000 UI",
    "2 cucharaditas",
    "5 %",
    "7 a. m.",
    "500 mg/24 h",
)


@pytest.mark.parametrize(
    ("language", "doses", "words"),
    [("en", ENGLISH, "take with water then"), ("es", SPANISH, "tome con agua luego")],
)
@pytest.mark.parametrize("options", [(), ("--large-print",)], ids=["usual", "large print"])
def test_doses_stand_on_one_line(
    tmp_path: Path, language: str, doses: tuple[str, ...], words: str, options: tuple[str, ...]
) -> None:
    _write_record(tmp_path, language, doses, words)
    run = invoke_docgen(
        "render", "X1", "--layout", "patient-handout", "--language", language,
        "--fallback-language", language, *options, cwd=tmp_path,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr.decode()
    (path,) = tmp_path.glob("output/*.pdf")
    lines = [line for page in page_texts(path.read_bytes()) for line in page.splitlines()]
    assert len(lines) > 2 * _PARAGRAPHS
    for dose in doses:
        whole = sum(line.count(f"({dose})") for line in lines)
        assert whole == _PARAGRAPHS, dose
    # Lines end all over the doses' surroundings, so the law was put to the test.
    assert len({line.rstrip()[-2:] for line in lines}) > 12


_PARAGRAPHS = 40


def _write_record(folder: Path, language: str, doses: tuple[str, ...], words: str) -> None:
    """A record that says each dose in every paragraph, behind ever more letters."""
    paragraphs = []
    for number in range(_PARAGRAPHS):
        pads = cycle(words.split())
        said = " ".join(f"{next(pads)} ({dose})" for dose in doses)
        # A dose may be in two looks.
        said = said.replace("(10 000", "(**10 000**", number % 2)
        paragraphs.append(f"{'n' * (number + 1)} {said}.")
    record = {
        "code": "X1",
        "code_system": "local",
        "language": language,
        "title": "Doses",
        "name": "Doses",
        "summary": "\n\n".join(paragraphs),
        "purpose": "Purpose.",
        "procedure_description": "Steps.",
        "risks": "Risks.",
        "further_sections": [
            {"title": "Help", "audience": "patients", "urgent": True, "text": "Call us."}
        ],
        "provenance": {"version": "1.0", "authors": ["Ada Sample"]},
    }
    records = folder / "data" / "records"
    records.mkdir(parents=True)
    (records / "X1.json").write_text(json.dumps(record), "utf-8")
