"""``docgen print`` with a real CUPS server and a real IPP printer."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from docgen.batch.journal.journal import JOURNAL
from docgen.printfiles.measuring import packet_starts
from tests.commands import Ended, invoke_docgen, run_docgen
from tests.print_server import PrintShop, await_that, needs_cups, print_shop
from tests.printable_run import RUN_ID, blank_pdf, printable_run
from tests.sample_records import take_over_samples

pytestmark = needs_cups


@pytest.fixture(scope="module")
def open_shop() -> Iterator[PrintShop]:
    with print_shop() as shop:
        yield shop


@pytest.fixture
def shop(open_shop: PrintShop) -> PrintShop:
    """The shop as it is on a good day."""
    open_shop.behaves()
    open_shop.hands_over()
    for file in open_shop.printed:
        file.unlink()
    return open_shop


def docgen_print(shop: PrintShop, folder: Path, *arguments: str) -> Ended:
    """Runs the command in a folder."""
    return invoke_docgen(
        "print", *arguments, cwd=folder, CUPS_SERVER=shop.address, HOME=str(folder)
    )


def states(run: Path) -> list[tuple[str, str]]:
    """File and state of every job in the journal, oldest first."""
    connection = sqlite3.connect(run / JOURNAL)
    try:
        return connection.execute("SELECT file, state FROM jobs ORDER BY id").fetchall()
    finally:
        connection.close()


def test_a_dry_run_shows_what_would_be_sent_and_sends_nothing(
    shop: PrintShop, tmp_path: Path
) -> None:
    run = printable_run(tmp_path, packets=2, pages=4)
    done = docgen_print(shop, tmp_path, "run", "--printer", shop.QUEUE, "--dry-run")
    assert done.returncode == 0
    assert done.stdout.decode().splitlines() == [
        f"Printer front-desk (Sheets, Front desk) at {shop.address}: idle",
        "  run/print/patients-001.pdf: 2 packets, 4 pages, 2 sheets of paper",
        "    1 copy; on both sides, turned at the long edge; paper na_letter_8.5x11in; "
        "not stapled; all pages; at full size",
    ]
    assert (done.stderr, states(run), shop.printed) == (b"", [], [])


def test_nothing_is_sent_where_nobody_can_be_asked(shop: PrintShop, tmp_path: Path) -> None:
    run = printable_run(tmp_path)
    done = docgen_print(shop, tmp_path, "run", "--printer", shop.QUEUE)
    assert done.returncode == 1
    assert b"error[not-agreed]" in done.stderr
    assert b"--yes sends without asking" in done.stderr
    assert (states(run), shop.printed) == ([], [])


def test_a_run_is_printed_and_its_jobs_are_kept(shop: PrintShop, tmp_path: Path) -> None:
    run = printable_run(tmp_path, ("patients-001.pdf", "patients-002.pdf", "clinicians-001.pdf"))
    done = docgen_print(
        shop, tmp_path, "run", "--printer", "Front-Desk", "--audience", "patients", "--yes"
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert states(run) == [("patients-001.pdf", "done"), ("patients-002.pdf", "done")]
    assert len(shop.printed) == 2
    told = docgen_print(shop, tmp_path, "run", "--status")
    assert [line.split(": ", 1)[0] for line in told.stdout.decode().splitlines()] == [
        "patients-001.pdf",
        "patients-002.pdf",
        "clinicians-001.pdf",
    ]
    assert told.stdout.count(b" on front-desk: done") == 2
    assert told.stdout.endswith(b"clinicians-001.pdf: not sent\n")

    once_more = docgen_print(
        shop, tmp_path, "run/print/patients-001.pdf", "--printer", shop.QUEUE, "--yes"
    )
    assert once_more.returncode == 1
    assert b"error[sent-before]: patients-001.pdf was sent before" in once_more.stderr
    again = docgen_print(shop, tmp_path, "run", "--again", "--yes")
    assert (again.returncode, again.stdout) == (0, b"Nothing is to be sent: no job failed.\n")
    assert len(shop.printed) == 2


def test_the_server_is_told_how_to_print_and_nothing_of_where_the_file_was(
    shop: PrintShop, tmp_path: Path
) -> None:
    folder = tmp_path / "Doe, Jane 1960-01-02"
    folder.mkdir()
    printable_run(folder, pages=6)
    named = blank_pdf(folder / "Doe-Jane.pdf")
    options = ("--range", "1-2,5-6", "--copies", "2", "--media", "A4")
    sent = docgen_print(
        shop, folder, "run/print/patients-001.pdf", "--printer", shop.QUEUE, "--yes", *options
    )
    assert sent.returncode == 0
    assert b"warning[paper-differs]" in sent.stderr
    asked = shop.asked
    assert docgen_print(shop, folder, str(named), "--printer", shop.QUEUE, "--yes").returncode == 0

    with pikepdf.open(shop.printed[0]) as printed:
        assert len(printed.pages) == 4
    assert asked["IPP_JOB_NAME"] == f"docgen {RUN_ID} patients-001"
    assert (asked["IPP_COPIES"], asked["IPP_SIDES"]) == ("2", "two-sided-long-edge")
    assert asked["IPP_MULTIPLE_DOCUMENT_HANDLING"] == "separate-documents-collated-copies"
    assert "{x-dimension=21000 y-dimension=29700}" in asked["IPP_MEDIA_COL"]
    everything = b"".join(
        path.read_bytes() for path in (shop.folder / "cups").rglob("*") if path.is_file()
    )
    assert b"docgen " in everything
    assert b"Doe" not in everything


def test_what_failed_is_sent_again_and_nothing_else(shop: PrintShop, tmp_path: Path) -> None:
    run = printable_run(tmp_path, ("patients-001.pdf", "patients-002.pdf"))
    one, two = (f"run/print/patients-00{number}.pdf" for number in (1, 2))
    assert docgen_print(shop, tmp_path, one, "--printer", shop.QUEUE, "--yes").returncode == 0
    shop.loses_its_printer()
    done = docgen_print(
        shop, tmp_path, two, "--printer", shop.QUEUE, "--yes", "--copies", "2", "--format", "json"
    )
    assert done.returncode == 1
    (error,) = (json.loads(line) for line in done.stderr.splitlines())
    assert error["rule"] == "job-failed"
    assert "patients-002.pdf" in error["message"]
    assert "The printer is not responding." in error["message"]
    assert "--again" in error["hint"]
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert [event["event"] for event in events[:3]] == ["plan", "sent", "state"]
    assert (events[0]["sheets"], events[-1]["state"]) == (4, "failed")
    assert states(run) == [("patients-001.pdf", "done"), ("patients-002.pdf", "failed")]

    shop.hands_over()
    again = docgen_print(shop, tmp_path, "run", "--again", "--yes")
    assert (again.returncode, again.stderr) == (0, b"")
    assert b"2 copies" in again.stdout
    assert b"patients-001" not in again.stdout
    assert states(run)[2:] == [("patients-002.pdf", "done")]


def test_a_job_without_a_run_is_told_on_the_terminal(shop: PrintShop, tmp_path: Path) -> None:
    blank_pdf(tmp_path / "sheet.pdf")
    done = docgen_print(shop, tmp_path, "sheet.pdf", "--printer", shop.QUEUE, "--yes")
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1].endswith(b" done")
    assert len(shop.printed) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["sheet.pdf"]
    status = docgen_print(shop, tmp_path, "sheet.pdf", "--status")
    assert b"error[not-of-a-run]" in status.stderr


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (
            ("run", "--printer", "frontdesk"),
            "knows no printer 'frontdesk'",
            "did you mean 'front-desk'?",
        ),
        (
            ("run", "--printer", "x"),
            "knows no printer 'x'",
            "it knows front-desk",
        ),
        (("run",), "not said on which printer", "--printer NAME"),
        (
            ("run", "--printer", "front-desk", "--media", "a3"),
            "cannot take paper 'iso_a3_297x420mm'",
            "iso_a4_210x297mm",
        ),
        (
            ("run", "--printer", "front-desk", "--staple"),
            "patients-001.pdf holds 2 packets, and a printer staples a file as one",
            "--split 1",
        ),
        (("run", "--printer", "front-desk", "--range", "5"), "has 4 pages", "correct --range"),
        (("small.pdf", "--printer", "front-desk"), "no paper of the size", "148 × 210 mm"),
        (("run/print/patients-002.pdf", "--printer", "front-desk"), "no such print file", "-001"),
        (("gone.pdf", "--printer", "front-desk"), "cannot read", "gone.pdf"),
        (("text.pdf", "--printer", "front-desk"), "not a PDF", "text.pdf"),
        (("secret.pdf", "--printer", "front-desk"), "opens with a password", "secret.pdf"),
    ],
)
def test_what_stands_against_printing_is_told(
    shop: PrintShop, tmp_path: Path, arguments: tuple[str, ...], message: str, hint: str
) -> None:
    run = printable_run(tmp_path)
    blank_pdf(tmp_path / "small.pdf", size=(420, 595))
    (tmp_path / "text.pdf").write_text("Not a PDF")
    with pikepdf.open(blank_pdf(tmp_path / "plain.pdf")) as pdf:
        pdf.save(tmp_path / "secret.pdf", encryption=pikepdf.Encryption(owner="o", user="u"))
    done = docgen_print(shop, tmp_path, *arguments, "--yes")
    told = done.stderr.decode()
    assert done.returncode == 1
    assert message in told
    assert hint in told
    assert "Traceback" not in told
    assert (states(run), shop.printed) == ([], [])


def test_two_patients_never_share_a_sheet(shop: PrintShop, tmp_path: Path) -> None:
    printable_run(tmp_path, duplex=False)
    arguments = ("run", "--printer", shop.QUEUE, "--dry-run")
    usual = docgen_print(shop, tmp_path, *arguments)
    assert usual.returncode == 0
    assert b"on one side of the paper" in usual.stdout
    asked = docgen_print(shop, tmp_path, *arguments, "--sides", "two-sided-long-edge")
    assert asked.returncode == 1
    assert b"error[packets-share-sheets]" in asked.stderr


def test_blank_backs_are_told_where_one_side_is_printed(shop: PrintShop, tmp_path: Path) -> None:
    printable_run(tmp_path)
    done = docgen_print(
        shop, tmp_path, "run", "--printer", shop.QUEUE, "--dry-run", "--sides", "one-sided"
    )
    assert done.returncode == 0
    assert b"warning[blank-backs]" in done.stderr
    assert b"4 sheets of paper" in done.stdout


def test_a_server_with_a_certificate_of_nobody_is_not_trusted(
    shop: PrintShop, tmp_path: Path
) -> None:
    printable_run(tmp_path)
    done = docgen_print(
        shop, tmp_path, "run", "--printer", shop.QUEUE, "--server", shop.printer_address
    )
    assert done.returncode == 1
    assert b"error[server-not-trusted]" in done.stderr
    assert b"self-signed certificate" in done.stderr


def test_a_print_file_that_was_changed_is_not_printed(shop: PrintShop, tmp_path: Path) -> None:
    run = printable_run(tmp_path)
    with (run / "print" / "patients-001.pdf").open("ab") as file:
        file.write(b"%")
    done = docgen_print(shop, tmp_path, "run", "--printer", shop.QUEUE, "--yes")
    assert done.returncode == 1
    assert b"error[print-file-changed]" in done.stderr
    assert b"docgen batch assemble" in done.stderr
    assert (states(run), shop.printed) == ([], [])


def test_a_run_without_print_files_says_how_to_make_them(shop: PrintShop, tmp_path: Path) -> None:
    printable_run(tmp_path, names=())
    done = docgen_print(shop, tmp_path, "run", "--printer", shop.QUEUE, "--yes")
    assert done.returncode == 1
    assert b"has no print files yet" in done.stderr
    assert b"docgen batch assemble run" in done.stderr


def test_what_batch_makes_is_printed_and_a_reprint_of_it_as_well(
    shop: PrintShop, tmp_path: Path
) -> None:
    (tmp_path / "day.csv").write_text("patient_name,codes\nAda Sample,77299\nBen Sample,77299\n")
    take_over_samples(tmp_path)
    made = run_docgen("batch", "day.csv", "-o", "day", "--print-file", cwd=tmp_path)
    assert made.returncode == 0
    run = tmp_path / "day"
    done = docgen_print(
        shop, tmp_path, "day", "--printer", shop.QUEUE, "--audience", "patients", "--yes"
    )
    assert done.returncode == 0
    assert states(run) == [("patients.pdf", "done")]
    await_that(lambda: len(shop.printed) == 1)
    with pikepdf.open(run / "print" / "patients.pdf") as file:
        pages = len(file.pages)
    with pikepdf.open(shop.printed[0]) as printed:
        assert len(printed.pages) == pages

    assert run_docgen("batch", "reprint", "day", "--rows", "3", cwd=tmp_path).returncode == 0
    (reprint,) = (run / "print").glob("reprint*patients*")
    assert packet_starts(run / "print" / "patients.pdf") == (1, pages // 2 + 1)
    shop.loses_its_printer()
    arguments = (str(reprint.relative_to(tmp_path)), "--printer", shop.QUEUE, "--yes")
    assert docgen_print(shop, tmp_path, *arguments).returncode == 1
    shop.hands_over()
    assert docgen_print(shop, tmp_path, "day", "--again", "--yes").returncode == 0
    assert states(run)[1:] == [(reprint.name, "failed"), (reprint.name, "done")]

    await_that(lambda: len(shop.printed) == 2)
    told = b"".join(p.read_bytes() for p in (shop.folder / "cups").rglob("*") if p.is_file())
    assert b"Sample" not in told + (run / JOURNAL).read_bytes()
