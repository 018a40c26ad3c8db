"""``docgen batch --then-print``: a day that is made and printed by one command, with a real CUPS
server and a real IPP printer, whatever single rows were rejected for."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from docgen.batch.journal.journal import JOURNAL
from tests.commands import Ended, invoke_docgen
from tests.print_server import PrintShop, await_that, needs_cups, print_shop
from tests.runs import visit, visits, write_worklist
from tests.sample_records import take_over_samples

pytestmark = needs_cups

USUAL = ("--organization", "sample", "--workers", "1", "--quiet")
NOBODY_KNOWS = "00000"


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


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    take_over_samples(tmp_path)
    write_worklist(tmp_path / "whole.csv", visits(2))
    write_worklist(tmp_path / "partly.csv", [visit(0), visit(1, codes=NOBODY_KNOWS)])
    write_worklist(tmp_path / "hopeless.csv", [visit(0, codes=NOBODY_KNOWS)])
    write_worklist(tmp_path / "nobody.csv", [])
    return tmp_path


def batch(shop: PrintShop, folder: Path, *arguments: str) -> Ended:
    return invoke_docgen(
        "batch", *arguments, cwd=folder, CUPS_SERVER=shop.address, HOME=str(folder)
    )


def states(run: Path) -> list[tuple[str, str]]:
    """File and state of every job in the journal, oldest first."""
    connection = sqlite3.connect(run / JOURNAL)
    try:
        return connection.execute("SELECT file, state FROM jobs ORDER BY id").fetchall()
    finally:
        connection.close()


@pytest.mark.parametrize(("worklist", "code"), [("whole.csv", 0), ("partly.csv", 3)])
def test_a_day_is_printed_although_rows_were_rejected(
    shop: PrintShop, folder: Path, worklist: str, code: int
) -> None:
    done = batch(shop, folder, worklist, *USUAL, "--then-print", shop.QUEUE)
    assert done.returncode == code
    run = folder / "output/run-0001"
    assert states(run) == [("patients.pdf", "done"), ("clinicians.pdf", "done")]
    sent = {path.read_bytes() for path in shop.printed}
    assert len(sent) == len(shop.printed) == 2
    assert b"patients.pdf: sent to front-desk as job" in done.stdout
    assert (b"error[" in done.stderr) == (code == 3)


@pytest.mark.parametrize(("worklist", "code"), [("hopeless.csv", 1), ("nobody.csv", 0)])
def test_nothing_is_printed_where_nothing_was_made(
    shop: PrintShop, folder: Path, worklist: str, code: int
) -> None:
    done = batch(shop, folder, worklist, *USUAL, "--then-print", shop.QUEUE)
    assert done.returncode == code
    assert shop.printed == []


def test_it_is_printed_as_was_asked_for(shop: PrintShop, folder: Path) -> None:
    asked = ("--audience", "patients", "--copies", "2", "--sides", "two-sided-short-edge")
    done = batch(shop, folder, "whole.csv", *USUAL, "--then-print", shop.QUEUE, *asked)
    assert done.returncode == 0
    assert states(folder / "output/run-0001") == [("patients.pdf", "done")]
    assert shop.asked["IPP_COPIES"] == "2"
    assert shop.asked["IPP_SIDES"] == "two-sided-short-edge"


def test_packets_never_share_a_sheet(shop: PrintShop, folder: Path) -> None:
    one_sided = ("--single-sided", "--then-print", shop.QUEUE, "--sides", "two-sided-long-edge")
    done = batch(shop, folder, "whole.csv", *USUAL, *one_sided)
    assert done.returncode == 1
    assert b"error[packets-share-sheets]" in done.stderr
    assert (shop.printed, states(folder / "output/run-0001")) == ([], [])


def test_what_was_printed_is_not_printed_again_by_a_resume(shop: PrintShop, folder: Path) -> None:
    first = batch(shop, folder, "partly.csv", *USUAL, "--then-print", shop.QUEUE)
    assert first.returncode == 3
    resumed = ("--resume", "output/run-0001", "--quiet", "--then-print", shop.QUEUE)
    again = batch(shop, folder, *resumed)
    assert again.returncode == 1
    assert b"error[sent-before]" in again.stderr
    assert len(shop.printed) == 2


def test_a_run_without_print_files_gets_them_when_it_is_gone_on_with(
    shop: PrintShop, folder: Path
) -> None:
    assert batch(shop, folder, "whole.csv", *USUAL).returncode == 0
    resumed = ("--resume", "output/run-0001", "--quiet", "--then-print", shop.QUEUE)
    assert batch(shop, folder, *resumed).returncode == 0
    assert len(shop.printed) == 2


def test_a_resume_gathers_as_the_run_began(shop: PrintShop, folder: Path) -> None:
    began = batch(shop, folder, "whole.csv", *USUAL, "--print-file", "--split", "clinic")
    assert began.returncode == 0
    resumed = ("--resume", "output/run-0001", "--quiet", "--then-print", shop.QUEUE)
    assert batch(shop, folder, *resumed).returncode == 0
    assert [name for name, _ in states(folder / "output/run-0001")] == [
        "patients-clinic-01.pdf",
        "patients-clinic-02.pdf",
        "clinicians-clinic-01.pdf",
        "clinicians-clinic-02.pdf",
    ]


def test_a_printer_that_nobody_knows_is_told_before_anything_is_made(
    shop: PrintShop, folder: Path
) -> None:
    done = batch(shop, folder, "whole.csv", *USUAL, "--then-print", "back-desk")
    assert done.returncode == 1
    assert b"back-desk" in done.stderr
    assert not (folder / "output").exists()


def test_a_server_that_does_not_answer_costs_no_packet(shop: PrintShop, folder: Path) -> None:
    nowhere = ("--then-print", shop.QUEUE, "--server", "127.0.0.1:1")
    done = batch(shop, folder, "whole.csv", *USUAL, *nowhere)
    assert done.returncode == 1
    assert b"error[server-unreachable]" in done.stderr
    assert json.loads((folder / "output/run-0001/summary.json").read_text())["packets"] == 2


def test_what_is_not_known_to_be_printed_is_a_refusal_although_the_rest_was(folder: Path) -> None:
    with print_shop() as shop:
        shop.behaves(
            'while [ -n "$(ls {folder}/printed)" ] && [ ! -e {folder}/go ]; do sleep 0.1; done\n'
            'cp "$1" {folder}/printed/'
        )
        asked = ("--then-print", shop.QUEUE, "--wait", "3")
        done = batch(shop, folder, "whole.csv", *USUAL, *asked)
        assert done.returncode == 3
        assert b"error[job-not-ended]" in done.stderr
        assert states(folder / "output/run-0001")[0] == ("patients.pdf", "done")
        assert len(shop.printed) == 1
        (shop.folder / "go").touch()
        await_that(lambda: len(shop.printed) == 2)


def test_stdout_gets_objects_alone_with_format_json(shop: PrintShop, folder: Path) -> None:
    done = batch(shop, folder, "partly.csv", *USUAL, "--then-print", shop.QUEUE, "--format", "json")
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert told[0]["packets"] == 1
    assert {one["event"] for one in told[1:]} >= {"plan", "sent", "state"}


@pytest.mark.parametrize("option", ["--sides=one-sided", "--copies=2", "--staple", "--wait=3"])
def test_options_of_printing_need_a_printer(folder: Path, option: str) -> None:
    done = invoke_docgen("batch", "whole.csv", option, cwd=folder)
    assert done.returncode == 2
    assert f"{option.partition('=')[0]} needs --then-print." in done.stderr.decode()
    assert not (folder / "output").exists()
