"""Days that do not go well: nothing is lost, nothing twice, nothing mixed up, and it adds up."""

import resource
import shutil
import subprocess
from pathlib import Path
from random import Random
from typing import NamedTuple
from unicodedata import normalize

import pytest
from PIL import Image

from tests.commands import DOCGEN, ROOT, environment
from tests.pdf_text import page_texts, squeezed
from tests.runs import (
    COLUMNS,
    assert_adds_up,
    batch,
    contents,
    manifest,
    rejected,
    summary,
    visit,
    visits,
    write_worklist,
)

SAMPLE = ("--organization", "sample", "--workers", "1")
DAY = ("day.csv", "--organization", "own", "--workers", "1", "--print-file")
OWN = """\
name: Sample Bay
logo: {file: logo.png, alt: Sample Bay}
phones: [{label: Nurse line, number: 555-555-0100}]
"""
"""An organization with a logo that makes its documents larger than a journal."""

PRINTED = (
    "Аня Пример",
    "Αγγελική Δείγμα",
    "Zoë Žižková-Übermuster",
    "Nguyễn Thị Mẫu",
    "İstanbul Ĳssel Straße ẞ",
    "e\u0301lan Combined",
    "ʻOkina Sample",
    "Sample\u00a0Hard",
    "<b>O'Neil & *Sons*</b> {{ 7*7 }} ${HOME} %s",
    "{% raw %} [link](http://sample.example) `code` \\textbf{x} #heading",
    "../../etc/passwd",
    "=cmd|' /C calc'!A0",
    "A" * 300,
    "Sample " * 42 + "End",
)
REFUSED = (
    "名前 見本",
    "なまえ みほん",
    "견본 이름",
    "اسم مثال",
    "שם לדוגמה",
    "नमूना नाम",
    "নমুনা নাম",
    "மாதிரி பெயர்",
    "ตัวอย่าง ชื่อ",
    "ຊື່ ຕົວຢ່າງ",
    "Անի Օրինակ",
    "ნიმუში სახელი",
    "ናሙና ስም",
    "ᐊᑎᖅ",
    "ᏣᎳᎩ",
    "ᠮᠣᠩᠭᠣᠯ",
    "𝕊ample Letters",
    "Sample \u202eelpmaS\u202c",
    "Sample \u200fMark",
    "Sample 🩺 Emoji",
    "Sample 👨\u200d👩\u200d👧 Family",
)


class Names(NamedTuple):
    """A run over names of all kinds: those that can be printed and the others, in turns."""

    run: Path
    told: str
    by_row: dict[int, str]


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Names:
    folder = tmp_path_factory.mktemp("names")
    listed = sorted(PRINTED + REFUSED, key=lambda name: name[-1])
    lines = [visit(number, patient_name=name) for number, name in enumerate(listed)]
    write_worklist(folder / "day.csv", lines)
    result = batch(folder, "day.csv", *SAMPLE, "-o", "run")
    assert result.returncode == 3
    return Names(folder / "run", result.stderr.decode(), dict(enumerate(listed, 2)))


def test_names_are_printed_as_they_are_or_refused(names: Names) -> None:
    assert_adds_up(names.run)
    done = {line["row"] for line in manifest(names.run) if line["state"] == "done"}
    assert {names.by_row[row] for row in done} == set(PRINTED)
    # What comes back is what came in, letter by letter.
    assert [row["patient_name"] for row in rejected(names.run)] == [
        name for name in names.by_row.values() if name in REFUSED
    ]


def test_each_name_is_on_the_sheets_of_its_patient_and_on_no_other(names: Names) -> None:
    bare = {row: squeezed(normalize("NFC", name)) for row, name in names.by_row.items()}
    for line in manifest(names.run):
        if line["state"] != "done":
            continue
        data = (names.run / "documents" / line["file"]).read_bytes()
        text = "".join(squeezed(page) for page in page_texts(data))
        assert [row for row, name in bare.items() if name in text] == [line["row"]]


def test_names_are_not_told(names: Names) -> None:
    assert "Traceback" not in names.told
    assert "unprintable-character" in names.told
    assert not [name for name in names.by_row.values() if name in names.told]


def test_a_record_that_no_font_prints_costs_its_own_packets(tmp_path: Path) -> None:
    records = tmp_path / "data" / "records"
    records.mkdir(parents=True)
    text = (ROOT / "data/records/45378.yaml").read_text("utf-8")
    (records / "45378.yaml").write_text(text.replace("title: ", "title: 大腸 ", 1), "utf-8")
    codes = ("77299", "45378", "77299;45378", "70551")
    lines = [visit(number, codes=codes[number % 4]) for number in range(8)]
    write_worklist(tmp_path / "day.csv", lines)
    result = batch(tmp_path, "day.csv", *SAMPLE, "-o", "run")
    assert result.returncode == 3
    assert_adds_up(tmp_path / "run")
    assert summary(tmp_path / "run")["rejected_by_rule"] == {"unprintable-character": 4}
    assert [row["patient_id"] for row in rejected(tmp_path / "run")] == [
        line["patient_id"] for line in lines if "45378" in line["codes"]
    ]
    assert "data/records/45378.yaml:5:8: error[unprintable-character]" in result.stderr.decode()
    assert {line["code"] for line in manifest(tmp_path / "run") if line["state"] == "done"} == {
        "77299",
        "70551",
    }


def test_ten_thousand_rejected_rows(tmp_path: Path) -> None:
    lines = [*visits(1), *visits(10_000, codes="00000"), visit(10_001)]
    write_worklist(tmp_path / "day.csv", lines)
    result = batch(tmp_path, "day.csv", *SAMPLE, "-o", "run")
    assert result.returncode == 3
    told = result.stderr.decode()
    assert told.count("error[unknown-code]") == 20
    assert "and 9,980 more in run/rejected.csv" in told
    assert "10,002 rows in = 2 packets done + 10,000 rejected" in told
    assert_adds_up(tmp_path / "run")
    back = rejected(tmp_path / "run")
    assert all("no record of this code" in row.pop("docgen_reason") for row in back)
    assert back == [{**dict.fromkeys(COLUMNS, ""), **line} for line in lines[1:-1]]


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three visits and their run, with print files, where there was room."""
    folder = tmp_path_factory.mktemp("day")
    own = folder / "layouts/organizations/own"
    own.mkdir(parents=True)
    (own / "organization.yaml").write_text(OWN, "utf-8")
    noise = Random(1).randbytes(600 * 200)
    Image.frombytes("L", (600, 200), noise).save(own / "logo.png")
    write_worklist(folder / "day.csv", visits(3))
    assert batch(folder, *DAY, "-o", "undisturbed").returncode == 0
    return folder


@pytest.mark.parametrize("full_at", ["journal", "document", "print-file"])
def test_a_full_disk_stops_the_run_and_it_goes_on_later(day: Path, full_at: str) -> None:
    """A limit on the size of files stands for it, which is reached at one of three moments."""
    undisturbed, run = day / "undisturbed", day / f"full-at-{full_at}"
    largest = max(line["bytes"] for line in manifest(undisturbed))
    printed = max(path.stat().st_size for path in (undisturbed / "print").iterdir())
    begun = (undisturbed / "journal.sqlite").stat().st_size
    assert 8192 < begun < largest - 1 < printed - 1
    limit = {"journal": 8192, "document": largest - 1, "print-file": printed - 1}[full_at]
    arguments = (*DAY, "-o", run.name)
    result = subprocess.run(
        [*DOCGEN, "batch", *arguments],
        cwd=day,
        env=environment(),
        capture_output=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    told = result.stderr.decode()
    assert result.returncode == 1, told
    assert "error[output-full]" in told
    assert "Traceback" not in told
    assert not list(run.rglob("*.part"))
    assert run.exists() == (full_at != "journal")
    again = ("--resume", run.name) if run.exists() else arguments
    assert batch(day, *again).returncode == 0
    assert_adds_up(run)
    assert contents(run) == contents(undisturbed)
    for path in (undisturbed / "print").iterdir():
        assert (run / "print" / path.name).read_bytes() == path.read_bytes()
    shutil.rmtree(run)
