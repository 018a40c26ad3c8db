"""Bad input through the real command line: the message, exit code 1, no traceback, no file."""

from pathlib import Path

import pytest
from msgspec import Struct

from tests.commands import ROOT, run_docgen
from tests.pdf_text import is_printed, page_texts

RECORD = "data/records/77299.yaml"
SUMMARY = "layouts/clinician-summary.yaml"
SETTING = "  A hospital or a clinic that specializes in radiology."


class Case(Struct, frozen=True):
    """One edit to a sample file, and what docgen says of it; LINE is the edited line."""

    file: str
    find: str
    put: str
    message: str


CASES = {
    "bad YAML": Case(
        RECORD,
        'version: "1.0"',
        'version: "1.0',
        f"{RECORD}:LINE:12: error[unclosed-quote]: a quote is opened here and never closed\n"
        '  hint: close it; a double quote inside of double quotes is written \\", a single one '
        "inside of single quotes is written ''\n",
    ),
    "unknown key": Case(
        RECORD,
        "\npreparation: |",
        "\npreperation: |",
        f"{RECORD}:LINE:1: error[unknown-field]: 'preperation' is not a field of a procedure "
        "record\n"
        "  hint: did you mean 'preparation'?\n",
    ),
    "wrong type": Case(
        RECORD,
        "unlisted: true",
        "unlisted: perhaps",
        f"{RECORD}:LINE:11: error[wrong-type]: 'unlisted' must be yes or no\n"
        "  hint: write yes, no, true or false\n",
    ),
    "link with a foreign scheme": Case(
        RECORD,
        SETTING,
        "  A [hospital](javascript:alert).",
        f"{RECORD}:LINE:5: error[bad-link]: this link has the scheme 'javascript', which no sheet "
        "may open\n  hint: a link begins with one of https, http, mailto, tel, such as "
        "https://example.org\n",
    ),
    "control character": Case(
        RECORD,
        SETTING,
        "  A hos\x07pital.",
        f"{RECORD}:LINE:8: error[unprintable-character]: this cannot be printed: U+0007, a control "
        "character\n  hint: delete it, or write the character that is meant\n",
    ),
    "10 MB of text": Case(
        RECORD,
        SETTING,
        f"  {'word ' * 2_000_000}",
        f"{RECORD}:1:1: error[file-too-large]: this file is larger than 1 MB, the limit for one "
        "input file\n  hint: a record is a few kilobytes; split the file, or check that it is the "
        "right one\n",
    ),
    "character that no font has": Case(
        RECORD,
        SETTING,
        "  A 中 hospital.",
        f"{RECORD}:LINE:5: error[unprintable-character]: 'setting' has U+4E2D CJK UNIFIED "
        "IDEOGRAPH-4E2D: no font has it\n  hint: write it another way; the fonts here are "
        "Atkinson Hyperlegible Next, Noto Sans\n",
    ),
}


def _project(folder: Path, file: str, find: str, put: str) -> int:
    """Writes an edited sample into a folder, and gives the number of the edited line."""
    text = (ROOT / file).read_text("utf-8")
    assert text.count(find) == 1
    path = folder / file
    path.parent.mkdir(parents=True)
    path.write_text(text.replace(find, put), "utf-8")
    before = text[: text.index(find)] + find[: len(find) - len(find.lstrip("\n"))]
    return before.count("\n") + 1


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_bad_input_is_told(case: Case, tmp_path: Path) -> None:
    line = _project(tmp_path, case.file, case.find, case.put)
    run = run_docgen("render", "77299", cwd=tmp_path)
    assert run.stderr.decode() == case.message.replace("LINE", str(line))
    assert (run.returncode, run.stdout) == (1, b"")
    assert not (tmp_path / "output").exists()


def test_all_errors_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    line = _project(
        tmp_path, RECORD, "unlisted: true\nspecialty:", "unlisted: perhaps\nspeciality:"
    )
    stderr = run_docgen("render", "77299", cwd=tmp_path).stderr.decode()
    assert [line.split(": ")[0] for line in stderr.splitlines() if "error[" in line] == [
        f"{RECORD}:{line}:11",
        f"{RECORD}:{line + 1}:1",
    ]


def test_a_layout_is_checked_without_records(tmp_path: Path) -> None:
    _project(tmp_path, SUMMARY, "field: record.setting", "field: record.seting")
    run = run_docgen("layouts", "check", "clinician-summary", cwd=tmp_path)
    assert run.returncode == 1
    assert "error[unknown-field]: 'seting' is not a field of a record\n" in run.stderr.decode()
    assert run.stderr.decode().endswith("  hint: did you mean 'setting'?\n")


def test_a_bad_layout_does_not_stop_the_other(tmp_path: Path) -> None:
    _project(tmp_path, SUMMARY, "field: record.setting", "field: record.")
    run = run_docgen("render", "77299", cwd=tmp_path)
    assert run.returncode == 1
    assert run.stdout == b"output/cpt-77299-patient-handout.pdf\n"
    assert run.stderr.decode().startswith(f"{SUMMARY}:")
    assert "error[template-syntax]" in run.stderr.decode()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["77299", "--data", "nowhere"],
            "error[missing-folder]: there is no folder 'nowhere'\n"
            "  hint: check the path that --data or --layouts gives\n",
        ),
        (
            ["77299", "--organization", "sampel"],
            "error[missing-organization]: there is no organization 'sampel'\n"
            "  hint: did you mean 'sample'?\n",
        ),
        (
            ["77299", "--layout", "patient-handuot"],
            "error[missing-layout]: there is no layout 'patient-handuot'\n"
            "  hint: did you mean 'patient-handout'?\n",
        ),
        (
            ["77299", "--code-system", "ctp"],
            "error[unknown-code-system]: 'ctp' is not a code system\n  hint: did you mean 'cpt'?\n",
        ),
    ],
)
def test_bad_names_are_told(arguments: list[str], message: str, tmp_path: Path) -> None:
    run = run_docgen("render", *arguments, cwd=tmp_path)
    assert run.stderr.decode() == message
    assert (run.returncode, run.stdout) == (1, b"")


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("<b>&amp;</b> {{ x }} *y* ‹script›", "<b>&</b> {{ x }} y ‹script›"),
        ("{% raw %} <para>", "{% raw %} <para>"),
        ("Donaudampfschiff" * 40, "Donaudampfschiff" * 40),
    ],
)
def test_text_is_printed_and_never_obeyed(text: str, printed: str, tmp_path: Path) -> None:
    _project(tmp_path, RECORD, SETTING, f"  {text}")
    run = run_docgen("render", "77299", cwd=tmp_path)
    assert run.stderr == b""
    for path in (tmp_path / "output").iterdir():
        assert is_printed(printed, page_texts(path.read_bytes()))


def test_a_row_taller_than_a_page_is_printed_whole(tmp_path: Path) -> None:
    words = " ".join(f"word{number}" for number in range(4000))
    _project(tmp_path, RECORD, "difference: For one target", f"difference: {words} target")
    options = ("--layout", "clinician-summary", "--output", "-")
    run = run_docgen("render", "77299", *options, cwd=tmp_path)
    assert run.stderr == b""
    pages = page_texts(run.stdout)
    assert len(pages) > 2
    printed = " ".join(pages).split()
    assert [word for word in words.split() if word not in printed] == []
