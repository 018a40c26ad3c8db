"""What a web page or a timed job asks of docgen: the same safeguards as on the command line."""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from docgen import (
    Diagnostic,
    DocgenError,
    PrintObserver,
    PrintSettings,
    PrintWish,
    Project,
    RunObserver,
    RunStoppedError,
    Visit,
    Work,
)
from tests.commands import environment, invoke_docgen
from tests.pdf_text import page_texts
from tests.print_server import PrintShop, needs_cups, print_shop
from tests.runs import manifest, visit, visits, write_worklist
from tests.sample_records import take_over_samples

QUIET = ("--workers", "1", "--quiet")
ONE = Work(workers=1)
NOBODY_KNOWS = "00000"
TABLE = """\
# docgen code table 2
# code_system: hcpcs
# version: 2026-01
# authors: Sample Authority
# language: en
# source: made-up.txt
# sha256: 00
# rows: 1
G0999\tMade-up visit\t\t2020-01-01\t2021-12-31
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project beside the folder in which somebody works."""
    take_over_samples(tmp_path / "clinic")
    return tmp_path / "clinic"


@pytest.fixture
def project(folder: Path) -> Project:
    return Project.open(folder, organization="sample")


class Listener(RunObserver):
    """Takes down what it is told."""

    def __init__(self) -> None:
        self.runs: list[Path] = []
        self.rules: list[str] = []

    def begun(self, folder: Path, run: str) -> None:
        self.runs.append(folder)

    def told(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.rules += [told.rule for told in diagnostics if told.severity == "error"]


def refusal(error: pytest.ExceptionInfo[DocgenError]) -> Diagnostic:
    told = next(told for told in error.value.diagnostics if told.severity == "error")
    assert told.hint
    return told


def test_a_run_is_that_of_the_command_line(project: Project, folder: Path, tmp_path: Path) -> None:
    """The project lies elsewhere than the current folder, and its run goes below the project."""
    worklist = write_worklist(tmp_path / "day.csv", [*visits(3), visit(3, codes=NOBODY_KNOWS)])
    seen = Listener()
    result = project.run(worklist, work=ONE, observer=seen)
    assert (seen.runs, seen.rules) == ([folder / "output/run-0001"], ["unknown-code"])
    assert (result.folder, result.is_whole) == (folder / "output/run-0001", False)
    assert (result.summary.packets, result.summary.rejected) == (3, 1)
    done = invoke_docgen(
        "batch", str(worklist), "--organization", "sample", *QUIET, "-o", "other", cwd=folder
    )
    assert done.returncode == 3
    assert manifest(folder / "other") == manifest(result.folder)
    assert manifest(result.folder)


def test_a_run_that_stopped_can_be_gone_on_with(project: Project, tmp_path: Path) -> None:
    worklist = write_worklist(tmp_path / "day.csv", visits(2))
    with pytest.raises(DocgenError) as error:
        project.run(tmp_path / "nowhere.csv", work=ONE)
    assert refusal(error).rule == "missing-file"
    first = project.run(worklist, work=ONE)
    (first.folder / "print").write_text("in the way", "utf-8")
    with pytest.raises(RunStoppedError) as stopped:
        project.resume(first.folder, work=Work(workers=1, gathered=PrintSettings()))
    assert stopped.value.folder == first.folder
    assert str(first.folder) in stopped.value.resume
    (first.folder / "print").unlink()
    resumed = project.resume(first.folder, work=ONE)
    assert [file.path.name for file in resumed.print_files] == ["patients.pdf", "clinicians.pdf"]
    assert project.status(first.folder).condition == "done"


def test_a_packet_is_byte_by_byte_that_of_a_run(project: Project, tmp_path: Path) -> None:
    codes = "77299;45378"
    made = datetime(2026, 11, 1, tzinfo=UTC)
    row = visit(4, codes=codes, large_print="yes", language="es")
    result = project.run(write_worklist(tmp_path / "day.csv", [row]), work=ONE, created=made)
    assert result.is_whole
    documents = [
        (result.folder / "documents" / line["file"]).read_bytes()
        for line in manifest(result.folder)
    ]
    packet = project.packet(
        Visit(
            patient_name=row["patient_name"],
            birth_date=date.fromisoformat(row["birth_date"]),
            appointment=datetime.fromisoformat(row["appointment_time"]),
            place=row["location"],
            provider=row["provider"],
        ),
        codes.split(";"),
        large_print=True,
        language="es",
        created=made,
    )
    assert [sheet.data for sheet in packet.sheets] == documents
    assert len(documents) == 4


def test_packets_of_two_patients_do_not_mix(project: Project, tmp_path: Path) -> None:
    for name, other in (("Ada Example", "Bo Specimen"), ("Bo Specimen", "Ada Example")):
        packet = project.packet(Visit(patient_name=name), "77299")
        path = packet.sheets[0].save(tmp_path)
        text = " ".join(page_texts(path.read_bytes()))
        assert name in text
        assert other not in text
        assert "Example" not in path.name
        assert name not in repr(packet)


def test_no_packet_is_made_of_samples_that_nobody_let_in(tmp_path: Path) -> None:
    with pytest.raises(DocgenError) as error:
        Project.open(tmp_path).packet(Visit(patient_name="Ada Example"), "77299")
    assert refusal(error).rule == "sample-record"


@pytest.mark.parametrize(
    ("wanted", "rule"),
    [
        ({"visit": Visit(patient_name=" ")}, "no-patient-name"),
        ({"codes": []}, "no-codes"),
        ({"codes": [77299]}, "code-not-text"),
        ({"codes": ["77299", NOBODY_KNOWS]}, "unknown-code"),
        ({"codes": "snomed:77299"}, "unknown-code-system"),
        ({"language": "Ada Example"}, "bad-language"),
        ({"layouts": "nowhere"}, "unknown-layout"),
        ({"visit": Visit(patient_name="Ada \U00012345")}, "unprintable-character"),
        (
            {
                "visit": Visit(
                    patient_name="Ada Example", appointment=datetime(2026, 11, 24, 9, tzinfo=UTC)
                )
            },
            "appointment-with-time-zone",
        ),
    ],
)
def test_a_packet_is_refused_as_a_row_is(
    project: Project, wanted: dict[str, object], rule: str
) -> None:
    asked = {"visit": Visit(patient_name="Ada Specimen"), "codes": "77299", **wanted}
    with pytest.raises(DocgenError) as error:
        project.packet(**asked)  # type: ignore[arg-type]
    assert refusal(error).rule == rule
    assert "Ada S" not in str(error.value)
    assert "\U00012345" not in str(error.value)


def fields(**further: object) -> dict[str, object]:
    """A record in memory, as a feed would have it."""
    return {
        "code": "PLAN-1",
        "code_system": "local",
        "language": "en",
        "title": "Planning visit",
        "name": "Planning visit",
        "provenance": {
            "version": "1",
            "authors": ["A. Example"],
            "reviewed_on": date(2026, 11, 2),
            "review_due": "2027-11-02",
        },
        **further,
    }


def test_a_record_in_memory_is_that_of_its_file(project: Project, folder: Path) -> None:
    said = fields(
        summary="It is *planned*.",
        procedure_description="1. Sit down.\n2. Talk.",
        risks="None is known.",
        translations={"es": {"title": "Visita de plan"}},
    )
    text = json.dumps(said, default=str)
    (folder / "data/records/PLAN-1.json").write_text(text, "utf-8")
    of_file = Project.open(folder, organization="sample").record("PLAN-1")
    in_memory = project.record_in_memory(said)
    layout = "clinician-summary"
    sheets = [project.render_record(record, layout) for record in (of_file, in_memory)]
    assert sheets[0].data == sheets[1].data
    assert project.record_in_memory(said).translated_into == of_file.translated_into


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        (fields(titel="A slip"), "unknown-field"),
        ({"code": "PLAN-1"}, "missing-field"),
        (fields(code="7729"), None),
        (fields(code="7729", code_system="cpt"), "bad-code"),
        ("77299", "not-a-record"),
        (fields(title=object()), "not-a-record"),
        (fields(title="\ud800"), "not-a-record"),
    ],
)
def test_a_record_in_memory_is_checked_as_a_file_is(
    project: Project, said: object, rule: str | None
) -> None:
    if rule is None:
        assert project.record_in_memory(said).code == "7729"  # type: ignore[arg-type]
        return
    with pytest.raises(DocgenError) as error:
        project.record_in_memory(said)  # type: ignore[arg-type]
    assert error.value.diagnostics[0].rule == rule


def test_days_of_a_code_in_memory_come_from_the_tables(folder: Path) -> None:
    (folder / "data/tables").mkdir()
    (folder / "data/tables/hcpcs.tsv").write_text(TABLE, "utf-8")
    project = Project.open(folder)
    record = project.record_in_memory(fields(code="G0999", code_system="hcpcs"))
    assert record.code_days is not None
    assert record.code_days.ends == date(2021, 12, 31)


def test_search_says_why_nothing_was_found(project: Project) -> None:
    found = project.search("xyzzyqq")
    assert (found.hits, [told.rule for told in found.nothing]) == ((), ["nothing-found"])
    with pytest.raises(DocgenError) as error:
        project.search("?!")
    assert refusal(error).rule == "no-words"
    with pytest.raises(DocgenError) as error:
        project.search("planning", code_system="snomed")
    assert refusal(error).rule == "unknown-code-system"


def test_an_import_goes_into_the_project(project: Project, folder: Path, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text("code,code_system,title,summary\nPLAN-2,local,Planning,It is.\n", "utf-8")
    bad.write_text("code,code_system,title,summary\n7730,cpt,Planning,It is.\n", "utf-8")
    report = project.import_records([bad, good])
    assert [plan.refused for plan in report.plans] == [True, False]
    assert report.has_made
    assert {told.rule for told in report.told if told.severity == "error"} == {"bad-code"}
    assert Project.open(folder).record("PLAN-2").title.value == "Planning"


@needs_cups
class TestPrinting:
    @pytest.fixture
    def shop(self) -> Iterator[PrintShop]:
        with print_shop() as shop:
            shop.hands_over()
            yield shop

    def test_a_day_is_printed_once(self, project: Project, shop: PrintShop, tmp_path: Path) -> None:
        rows = [visit(0), visit(1, codes=NOBODY_KNOWS)]
        result = project.run(
            write_worklist(tmp_path / "day.csv", rows), work=Work(workers=1, prints=True)
        )
        wish = PrintWish(printer=shop.QUEUE, server=shop.address)
        plans = project.print_plans(result.folder, wish)
        assert [plan.sheets for plan in plans] == [file.sheets for file in result.print_files]
        assert shop.printed == []
        report = project.print(result.folder, wish)
        assert (report.refused, len(report.printed), len(shop.printed)) == ((), 2, 2)
        with pytest.raises(DocgenError) as error:
            project.print(result.folder, wish)
        assert refusal(error).rule == "sent-before"
        assert len(shop.printed) == 2

    def test_what_goes_wrong_on_the_way_is_in_the_report(
        self, project: Project, shop: PrintShop, tmp_path: Path
    ) -> None:
        class LosesIts(PrintObserver):
            """Takes the printer away when all was sent."""

            def told(self, warnings: Iterable[Diagnostic]) -> None:
                shop.kill_cups()

        result = project.run(
            write_worklist(tmp_path / "day.csv", visits(1)), work=Work(workers=1, prints=True)
        )
        wish = PrintWish(printer=shop.QUEUE, server=shop.address, media="a4")
        report = project.print(result.folder, wish, observer=LosesIts())
        assert report.printed == ()
        assert [told.rule for told in report.refused] == ["server-unreachable"]
        assert {told.rule for told in report.warnings} == {"paper-differs"}


def test_importing_docgen_imports_nothing_else_of_it(tmp_path: Path) -> None:
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, docgen\n"
            "print(sorted(name for name in sys.modules if name.startswith('docgen')))",
        ],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        check=True,
    ).stdout.decode()
    assert told == "['docgen', 'docgen.version']\n"


def test_rendering_imports_no_run_no_printer_and_no_import(tmp_path: Path) -> None:
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys\nfrom docgen import Project\n"
            "Project.open('.').render('77299')\n"
            "rooms = set('batch printing printers imports preview proofs worklist'.split())\n"
            "print(sorted(rooms & {name.split('.')[1] for name in sys.modules "
            "if name.startswith('docgen.')}))",
        ],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        check=True,
    ).stdout.decode()
    assert told == "[]\n"
