"""Print files of a run: every packet that was made, once, in the order that was asked for."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from docgen.batch.books.progress import Progress
from docgen.batch.books.summary import finish
from docgen.batch.journal.journal import Journal
from docgen.batch.journal.print_files import PacketLine
from docgen.batch.make.executor import LocalExecutor
from docgen.batch.opening import new_run, resumed_run
from docgen.batch.plan.settings import PrintSettings, RunSettings
from docgen.batch.printing.gathering import gather_for_run, keep_settings
from docgen.batch.printing.reprint import reprint
from docgen.batch.printing.run_slips import RunSlips
from docgen.batch.runs.run import Run
from docgen.diagnostics import DocgenError, Findings
from tests.pdf_text import page_texts
from tests.sample_records import take_over_samples

WORKLIST = """\
patient_name,patient_id,appointment_time,provider,codes,clinic,copies
Ana Maria Testcase,1,2026-11-24 09:00,Dr. Wren Example,77299,North Clinic,1
Bo Sampleson,2,2026-11-24 08:30,Dr. Ash Example,77299,South Clinic,2
Cy Nobody,3,2026-11-24 10:00,Dr. Wren Example,no-such-code,North Clinic,1
Dora Dummy,4,2026-11-24 08:00,Dr. Wren Example,77299,North Clinic,1
Em Placeholder,5,2026-11-24 07:45,Dr. Ash Example,77299,,1
"""
"""Rows 2, 3, 5 and 6 become packets; row 4 is rejected."""
ORGANIZATION = "name: Sample Clinic\nslip_sheets: {initials: true}\n"


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a project whose run, in RUN, is at its end."""
    folder = tmp_path_factory.mktemp("project")
    take_over_samples(folder)
    (folder / "day.csv").write_text(WORKLIST, "utf-8")
    own = folder / "layouts" / "organizations" / "own" / "organization.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(ORGANIZATION, "utf-8")
    settings = RunSettings(file="day.csv", folder=str(folder), organization="own")
    with new_run(settings, folder / "RUN") as run:
        with LocalExecutor(run.documents, 1, 60.0) as workers:
            run.work(workers, Progress(lambda _: None, lambda _: None, None))
        finish(run)
    return folder


@pytest.fixture
def run(finished: Path) -> Iterator[Run]:
    with resumed_run(finished / "RUN") as opened:
        yield opened


def gathered(run: Run, **asked: object) -> dict[str, list[str]]:
    """The bookmarks of each print file, by its name."""
    keep_settings(run.journal, PrintSettings(**asked))  # type: ignore[arg-type]
    files = gather_for_run(run, findings := Findings())
    assert findings.diagnostics == ()
    return {file.path.name: _bookmarks(file.path) for file in files}


def _bookmarks(path: Path) -> list[str]:
    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        return [item.title for item in outline.root]


def packets(*rows: int) -> list[str]:
    return [f"Packet {row}" for row in rows]


def test_packets_come_in_the_order_of_the_worklist(run: Run) -> None:
    expected = packets(2, 3, 5, 6)
    assert gathered(run) == {"patients.pdf": expected, "clinicians.pdf": expected}


@pytest.mark.parametrize(
    ("sort", "rows"),
    [
        (("time",), (6, 5, 3, 2)),
        (("clinic",), (2, 5, 3, 6)),
        (("clinic", "time"), (5, 2, 3, 6)),
        (("provider", "time"), (6, 3, 5, 2)),
    ],
)
def test_packets_are_sorted(run: Run, sort: tuple[str, ...], rows: tuple[int, ...]) -> None:
    assert gathered(run, sort=sort)["patients.pdf"] == packets(*rows)


def test_each_clinic_has_files_of_its_own(run: Run) -> None:
    found = gathered(run, by_clinic=True, sort=("time",))

    patients = {name: marks for name, marks in found.items() if name.startswith("patients")}
    assert patients == {
        "patients-clinic-01.pdf": packets(5, 2),
        "patients-clinic-02.pdf": packets(3),
        "patients-no-clinic.pdf": packets(6),
    }


def test_files_of_an_earlier_order_are_taken_away(run: Run) -> None:
    gathered(run, by_clinic=True)
    kept = run.folder / "print" / "reprint-2-patients.pdf"
    kept.write_bytes(b"a reprint is no part of them")

    gathered(run)

    found = sorted(path.name for path in kept.parent.iterdir())
    assert found == ["clinicians.pdf", "patients.pdf", kept.name]
    listed = run.journal.connection.execute("SELECT file FROM print_files ORDER BY file")
    assert [name for (name,) in listed] == ["print/clinicians.pdf", "print/patients.pdf"]
    kept.unlink()


def test_slips_name_packets_and_initials_where_the_organization_asks(run: Run) -> None:
    gathered(run, slip_sheets=True)

    slips = [
        text
        for text in page_texts((run.folder / "print" / "patients.pdf").read_bytes())
        if "Take this sheet out" in text
    ]
    assert len(slips) == 4
    assert all("initials" in slip for slip in slips)
    for initials, slip in zip(("AMT", "BS", "DD", "EP"), slips, strict=True):
        assert initials in slip.split()
    assert not any(re.search("Testcase|Sampleson|Dummy|Placeholder", slip) for slip in slips)


def test_a_packet_that_is_not_made_keeps_print_files_from_being_made(
    finished: Path, tmp_path: Path
) -> None:
    """They would lack a packet, and nobody would see it."""
    copy = tmp_path / "RUN"
    shutil.copytree(finished / "RUN", copy)
    next((copy / "documents").rglob("000003-*.pdf")).unlink()

    with resumed_run(copy) as run, pytest.raises(DocgenError) as caught:
        gathered(run)

    [finding] = caught.value.diagnostics
    assert finding.rule == "run-not-done"
    assert finding.message == "not made yet: 1 packet of the run"


def test_no_print_file_is_replaced_where_any_cannot_be_made(run: Run) -> None:
    gathered(run)
    folder = run.folder / "print"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    document = next(run.documents.rglob("000006-2-*.pdf"))
    data = document.read_bytes()
    document.write_bytes(b"changed")
    try:
        with pytest.raises(DocgenError) as caught:
            gathered(run, sort=("time",), duplex=False)
    finally:
        document.write_bytes(data)

    assert [finding.rule for finding in caught.value.diagnostics] == ["changed-document"]
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_the_journal_knows_the_order_and_not_what_it_is_by(finished: Path) -> None:
    data = b"".join(path.read_bytes() for path in (finished / "RUN").glob("journal.sqlite*"))
    for word in (b"North", b"South", b"Wren", b"Ash Ex", b"2026-11-24", b"09:00", b"08:30"):
        assert word not in data


@pytest.fixture
def without_worklist(finished: Path, tmp_path: Path) -> Iterator[Run]:
    """The run in the evening: the worklist was deleted in the afternoon."""
    project = tmp_path / "project"
    shutil.copytree(finished, project)
    with Journal.open(project / "RUN") as journal:
        journal.set_meta("settings", journal.meta["settings"].replace(str(finished), str(project)))
    (project / "day.csv").unlink()
    with resumed_run(project / "RUN", rows=frozenset()) as opened:
        yield opened


def test_packets_are_sorted_and_split_without_the_worklist(without_worklist: Run) -> None:
    found = gathered(without_worklist, by_clinic=True, sort=("provider", "time"))
    assert found["patients-clinic-01.pdf"] == packets(5, 2)
    assert found["patients-clinic-02.pdf"] == packets(3)
    assert gathered(without_worklist, sort=("time",))["patients.pdf"] == packets(6, 5, 3, 2)


def test_slips_without_the_worklist_say_what_is_known(without_worklist: Run) -> None:
    keep_settings(without_worklist.journal, PrintSettings(slip_sheets=True))
    gather_for_run(without_worklist, findings := Findings())
    (told,) = findings.diagnostics
    assert (told.rule, told.severity) == ("slips-without-names", "warning")
    assert "there is no file" in told.message
    texts = page_texts((without_worklist.folder / "print/patients.pdf").read_bytes())
    slips = [text for text in texts if "Take this sheet out" in text]
    assert len(slips) == 4
    assert all("Documents" in slip and "Dr." not in slip for slip in slips)


def test_slips_of_a_worklist_that_is_read_otherwise_name_nobody(
    finished: Path, tmp_path: Path
) -> None:
    """Another docgen might number its rows otherwise: no row may get the names of another."""
    copy = tmp_path / "RUN"
    shutil.copytree(finished / "RUN", copy)
    with resumed_run(copy) as run:
        run.journal.connection.execute("UPDATE rows SET digest = x'00' WHERE row = 3")
        findings = Findings()
        slips = RunSlips(run, findings)
        assert [one.rule for one in findings.diagnostics] == ["slips-without-names"]
        slip = slips.maker("patients", 1, PacketLine(2, 0, 1), 1)(2)
        assert "Dr. Wren" not in page_texts(slip)[0]
        findings = Findings()
        slip = RunSlips(run, findings, {2}).maker("patients", 1, PacketLine(2, 0, 1), 1)(2)
        assert findings.diagnostics == ()
        assert "Dr. Wren" in page_texts(slip)[0]


def test_packets_of_a_run_that_was_not_read_to_its_end_are_not_in_its_order(
    finished: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "RUN"
    shutil.copytree(finished / "RUN", copy)
    with resumed_run(copy) as run:
        run.journal.connection.executescript(
            "DELETE FROM meta WHERE name = 'ranked'; DELETE FROM ranks;"
        )
    with resumed_run(copy, rows=frozenset({2, 3})) as run:
        keep_settings(run.journal, PrintSettings(sort=("time",)))
        with pytest.raises(DocgenError, match="run-not-done"):
            gather_for_run(run, Findings())
        (first, *_) = reprint(run, (2, 3), "reprint-2-3", findings := Findings())
        assert [one.rule for one in findings.diagnostics] == ["order-not-known"]
        assert _bookmarks(first.path) == packets(2, 3)
    with resumed_run(copy) as run:
        with LocalExecutor(run.documents, 1, 60.0) as workers:
            run.work(workers, Progress(lambda _: None, lambda _: None, None))
        assert gathered(run, sort=("time",))["patients.pdf"] == packets(6, 5, 3, 2)
