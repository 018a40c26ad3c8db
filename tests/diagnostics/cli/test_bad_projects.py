"""Bad input through the real command line: the message, exit code 1, no traceback, no file."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from msgspec import Struct
from PIL import Image

from tests.commands import run_docgen
from tests.pdf_text import is_printed, page_texts

RECORD = "data/records/T1.yaml"
LAYOUT = "layouts/sheet.yaml"
FILES = {
    RECORD: """\
code: T1
code_system: local
title: A procedure for tests
name: a test
unlisted: no
specialty: Testing
procedure_description: |
  1. It begins and ends.
setting: |
  In a clinic.
risks: |
  None that anyone knows.
purpose: |
  To see what happens.
without: {urgent: Nothing is done to anybody.}
summary: |
  A test in short.
similar_codes:
  - {code_system: local, code: T2, title: Another test, difference: It is longer}
provenance:
  version: "1"
  authors: [Ann Sample]
  reviewed_on: 2026-06-01
  review_due: 2028-06-01
""",
    LAYOUT: """\
id: sheet
title: "{{ record.title }}"
description: A sheet for tests.
audience: patients
language: en
theme: base
page: {size: letter, margins: {top: 1in, right: 1in, bottom: 1in, left: 1in}}
blocks:
  - {id: head, type: title, text: "{{ record.title }}"}
  - {id: where, type: section, heading: Where, field: record.setting}
  - {id: picture, type: image, file: art/plan.png, alt: A plan}
  - {id: lines, type: ruled-lines, count: 2, safety: phones}
  - id: codes
    type: table
    rows: similar in record.similar_codes
    columns: [{heading: Code, text: "{{ similar.code }}"}]
""",
}


class Case(Struct, frozen=True):
    """One edit to a good file, and what docgen says of it; LINE is the edited line."""

    file: str
    find: str
    put: str
    message: str


CASES = {
    "bad YAML": Case(
        RECORD,
        'version: "1"',
        'version: "1',
        f"{RECORD}:LINE:12: error[unclosed-quote]: a quote is opened here and never closed\n"
        '  hint: close it; a double quote inside of double quotes is written \\", a single one '
        "inside of single quotes is written ''\n",
    ),
    "unknown key": Case(
        RECORD,
        "risks: |",
        "riskz: |",
        f"{RECORD}:LINE:1: error[unknown-field]: 'riskz' is not a field of a record\n"
        "  hint: did you mean 'risks'?\n",
    ),
    "wrong type": Case(
        RECORD,
        "unlisted: no",
        "unlisted: perhaps",
        f"{RECORD}:LINE:11: error[wrong-type]: 'unlisted' must be yes or no\n"
        "  hint: write yes, no, true or false\n",
    ),
    "link with a foreign scheme": Case(
        RECORD,
        "In a clinic.",
        "In a [clinic](javascript:alert).",
        f"{RECORD}:LINE:8: error[bad-link]: this link has the scheme 'javascript', which no sheet "
        "may open\n  hint: a link begins with one of https, http, mailto, tel, such as "
        "https://example.org\n",
    ),
    "control character": Case(
        RECORD,
        "In a clinic.",
        "In a cli\x07nic.",
        f"{RECORD}:LINE:11: error[unprintable-character]: this cannot be printed: U+0007, a "
        "control character\n  hint: delete it, or write the character that is meant\n",
    ),
    "10 MB of text": Case(
        RECORD,
        "In a clinic.",
        "word " * 2_000_000,
        f"{RECORD}:1:1: error[file-too-large]: this file is larger than 1 MB, the limit for one "
        "input file\n  hint: a record is a few kilobytes; split the file, or check that it is the "
        "right one\n",
    ),
    "character that no font has": Case(
        RECORD,
        "In a clinic.",
        "In a 中 clinic.",
        f"{RECORD}:LINE:8: error[unprintable-character]: 'setting' has U+4E2D CJK UNIFIED "
        "IDEOGRAPH-4E2D: no font has it\n  hint: write it another way; the fonts here are "
        "Atkinson Hyperlegible Next, Noto Sans\n",
    ),
    "unknown field in an expression": Case(
        LAYOUT,
        "field: record.setting",
        "field: record.seting",
        f"{LAYOUT}:LINE:62: error[unknown-field]: 'seting' is not a field of a record\n"
        "  hint: did you mean 'setting'?\n",
    ),
    "template syntax error": Case(
        LAYOUT,
        "field: record.setting",
        "field: record.",
        f"{LAYOUT}:LINE:61: error[template-syntax]: the expression cannot be read: expected name "
        "or number\n  hint: an expression names fields, as in record.title; it may use and, or, "
        "not, in, comparisons, A if B else C, ~ to join texts, and filters\n",
    ),
    "number beyond its bounds": Case(
        LAYOUT,
        "count: 2",
        "count: 41",
        f"{LAYOUT}:LINE:43: error[out-of-range]: 'blocks[3].count' is 41, which is too large\n"
        "  hint: write a number from 1 to 40\n",
    ),
    "image that is not there": Case(
        LAYOUT,
        "art/plan.png",
        "art/plan.pgn",
        f"{LAYOUT}:LINE:38: error[image-missing]: there is no image 'art/plan.pgn'\n"
        "  hint: did you mean 'plan.png'?\n",
    ),
    "image in a folder that is not there": Case(
        LAYOUT,
        "art/plan.png",
        "plan/plan.png",
        f"{LAYOUT}:LINE:38: error[image-missing]: there is no image 'plan/plan.png'\n"
        "  hint: its path counts from the folder 'layouts'\n",
    ),
    "image that is none": Case(
        LAYOUT,
        "art/plan.png",
        "sheet.yaml",
        f"{LAYOUT}:LINE:38: error[image-format]: 'sheet.yaml' is not an image\n"
        "  hint: use a PNG, JPEG or SVG file\n",
    ),
    "image outside of the folder": Case(
        LAYOUT,
        "art/plan.png",
        "../plan.png",
        f"{LAYOUT}:LINE:38: error[image-outside-project]: image '../plan.png' lies outside of the "
        "folder 'layouts'\n  hint: copy it into that folder\n",
    ),
    "image that is huge": Case(
        LAYOUT,
        "art/plan.png",
        "art/huge.png",
        f"{LAYOUT}:LINE:38: error[image-too-large]: image 'huge.png' has more than 40 million "
        "pixels\n  hint: scale it down: 300 pixels an inch are enough for print\n",
    ),
}


def _png(width: int, height: int) -> bytes:
    file = BytesIO()
    Image.new("1", (width, height)).save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder in which everything is right."""
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(text, "utf-8")
    art = tmp_path / "layouts/art"
    art.mkdir()
    (art / "plan.png").write_bytes(_png(30, 20))
    (art / "huge.png").write_bytes(_png(10_001, 10_000))
    return tmp_path


def _edit(project: Path, file: str, find: str, put: str) -> int:
    """Edits one place of a file, and gives the number of its line."""
    text = (project / file).read_text("utf-8")
    assert text.count(find) == 1
    (project / file).write_text(text.replace(find, put), "utf-8")
    return text[: text.index(find)].count("\n") + 1


def test_the_unedited_project_is_right(project: Path) -> None:
    run = run_docgen("render", "T1", "--layout", "sheet", cwd=project)
    assert (run.stderr, run.returncode) == (b"", 0)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_bad_input_is_told(case: Case, project: Path) -> None:
    line = _edit(project, case.file, case.find, case.put)
    run = run_docgen("render", "T1", "--layout", "sheet", cwd=project)
    assert run.stderr.decode() == case.message.replace("LINE", str(line))
    assert (run.returncode, run.stdout) == (1, b"")
    assert not (project / "output").exists()


def _places(stderr: bytes) -> list[str]:
    return [line.split(": ")[0] for line in stderr.decode().splitlines() if "error[" in line]


def test_all_errors_of_a_record_are_told_at_once(project: Path) -> None:
    unlisted = _edit(project, RECORD, "unlisted: no", "unlisted: perhaps")
    specialty = _edit(project, RECORD, "specialty:", "speciality:")
    setting = _edit(project, RECORD, "In a clinic.", "In <a> [clinic](ftp://example.org).")
    similar = _edit(project, RECORD, "code: T2", "code: T1")
    due = _edit(project, RECORD, "2028-06-01", "2018-06-01")
    for command in (("render", "T1"), ("records", "check")):
        run = run_docgen(*command, cwd=project)
        assert run.returncode == 1
        assert _places(run.stderr) == [
            f"{RECORD}:{unlisted}:11",
            f"{RECORD}:{specialty}:1",
            f"{RECORD}:{setting}:10",
            f"{RECORD}:{similar}:5",
            f"{RECORD}:{due}:15",
        ]


def test_all_errors_of_a_layout_are_told_at_once(project: Path) -> None:
    """A layout's own fields, its images and its expressions, with no record read."""
    title = _edit(project, LAYOUT, 'text: "{{ record.title }}"}', 'text: "{{ record.titel }}"}')
    field = _edit(project, LAYOUT, "heading: Where,", "heading: Where, presentaton: steps,")
    setting = _edit(project, LAYOUT, "field: record.setting", "field: record.seting")
    count = _edit(project, LAYOUT, "count: 2", "count: many")
    code = _edit(project, LAYOUT, "{{ similar.code }}", "{{ similar.cod }}")
    for command in (("render", "T1", "--layout", "sheet"), ("layouts", "check", "sheet")):
        run = run_docgen(*command, cwd=project)
        assert run.returncode == 1
        assert _places(run.stderr) == [
            f"{LAYOUT}:{title}:46",
            f"{LAYOUT}:{field}:48",
            f"{LAYOUT}:{setting}:82",
            f"{LAYOUT}:{count}:43",
            f"{LAYOUT}:{code}:49",
        ]


def test_a_bad_layout_does_not_stop_the_other(project: Path) -> None:
    _edit(project, LAYOUT, "field: record.setting", "field: record.")
    layouts = ("--layout", "sheet", "--layout", "patient-handout")
    run = run_docgen("render", "T1", *layouts, cwd=project)
    assert run.returncode == 3
    assert run.stdout == b"output/local-t1-patient-handout.pdf\n"
    assert run.stderr.decode().startswith(f"{LAYOUT}:")
    assert "error[template-syntax]" in run.stderr.decode()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["T3"],
            "error[unknown-code]: there is no record of the code 'T3'\n  hint: ",
        ),
        (
            ["T1", "--data", "nowhere"],
            "error[missing-folder]: there is no folder 'nowhere'\n"
            "  hint: check the path that --data gives\n",
        ),
        (
            ["T1", "--organization", "sampel"],
            "error[missing-organization]: there is no organization 'sampel'\n"
            "  hint: did you mean 'sample'?\n",
        ),
        (
            ["T1", "--layout", "patient-handuot"],
            "error[missing-layout]: there is no layout 'patient-handuot'\n"
            "  hint: did you mean 'patient-handout'?\n",
        ),
        (
            ["T1", "--code-system", "locale"],
            "error[unknown-code-system]: 'locale' is not a code system\n"
            "  hint: did you mean 'local'?\n",
        ),
    ],
)
def test_bad_names_are_told(arguments: list[str], message: str, project: Path) -> None:
    run = run_docgen("render", *arguments, cwd=project)
    assert run.stderr.decode().startswith(message)
    assert (run.returncode, run.stdout) == (1, b"")
    assert not (project / "output").exists()


def test_a_long_word_is_printed_whole_with_a_warning(project: Path) -> None:
    word = "Donaudampfschiff" * 40
    line = _edit(project, RECORD, "In a clinic.", word)
    run = run_docgen("render", "T1", "--layout", "sheet", cwd=project)
    assert run.returncode == 0
    assert run.stderr.decode() == (
        f"{RECORD}:{line}:3: warning[long-word]: a word is wider than its line of 468 points and "
        "was cut\n  hint: put a space, or a hyphen, where it may be divided\n"
    )
    assert is_printed(word, page_texts((project / "output/local-t1-sheet.pdf").read_bytes()))
    quiet = run_docgen("render", "T1", "--layout", "sheet", "--output", "-", cwd=project)
    assert (quiet.returncode, quiet.stderr) == (0, run.stderr)


def test_a_row_taller_than_a_page_is_printed_whole(project: Path) -> None:
    words = [f"word{number}" for number in range(4000)]
    _edit(project, RECORD, "It is longer", f"{' '.join(words)}")
    options = ("--layout", "clinician-summary", "--output", "-")
    run = run_docgen("render", "T1", *options, cwd=project)
    assert run.returncode == 0
    assert re.search(
        rb"^\S+clinician-summary\.yaml:\d+:\d+: warning\[tall-row\]: .+\n  hint: .+\n",
        run.stderr,
        re.MULTILINE,
    )
    pages = page_texts(run.stdout)
    assert len(pages) > 2
    printed = " ".join(pages).split()
    assert [word for word in words if word not in printed] == []
