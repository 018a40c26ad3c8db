"""What goes wrong while printing: at the printer, at the server, at docgen itself."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import DOCGEN, environment
from tests.end_to_end.test_print import docgen_print, states
from tests.print_server import PRINTS, PrintShop, await_that, needs_cups, print_shop
from tests.printable_run import printable_run

pytestmark = needs_cups

FILE = "patients-001.pdf"
SLOWLY = f"while [ ! -e {{folder}}/go ]; do sleep 0.1; done; {PRINTS}"


@pytest.fixture
def shop() -> Iterator[PrintShop]:
    with print_shop() as shop:
        yield shop


def lets_go(shop: PrintShop) -> None:
    """Lets a slow printer print."""
    (shop.folder / "go").touch()


def start_print(shop: PrintShop, folder: Path, *arguments: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [*DOCGEN, "print", *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(CUPS_SERVER=shop.address),
    )


def await_line(process: "subprocess.Popen[bytes]", words: bytes) -> None:
    assert process.stdout
    for line in process.stdout:
        if words in line:
            return
    raise AssertionError(f"it never said {words!r}")


def test_a_server_killed_mid_job_leaves_what_became_of_it_unknown(
    shop: PrintShop, tmp_path: Path
) -> None:
    run = printable_run(tmp_path)
    shop.behaves(SLOWLY)
    process = start_print(shop, tmp_path, "run", "--printer", shop.QUEUE, "--yes")
    await_line(process, b"printing")
    shop.kill_cups()
    lets_go(shop)  # The server waits for many seconds before it asks a busy printer again.
    _, told = process.communicate(timeout=30)
    assert process.returncode == 1
    assert b"error[server-unreachable]" in told
    assert states(run) == [(FILE, "unknown")]

    down = docgen_print(shop, tmp_path, "run", "--again", "--yes")
    assert down.returncode == 1
    assert b"warning[server-unreachable]" in down.stderr
    assert b"error[perhaps-printed]" in down.stderr
    assert b"--again --twice" in down.stderr

    shop.forget_jobs()
    shop.start_cups()
    shop.hands_over()
    lost = docgen_print(shop, tmp_path, "run", "--again", "--yes")
    assert lost.returncode == 1
    assert b"warning[job-lost]" in lost.stderr
    assert states(run) == [(FILE, "unknown")]

    shop.behaves()
    wanted = docgen_print(shop, tmp_path, "run", "--again", "--twice", "--yes")
    assert wanted.returncode == 0
    assert states(run) == [(FILE, "unknown"), (FILE, "done")]


def test_a_server_that_comes_back_with_its_memory_says_how_the_job_ended(
    shop: PrintShop, tmp_path: Path
) -> None:
    shop.hands_over()
    run = printable_run(tmp_path)
    shop.run("cupsdisable", shop.QUEUE)
    docgen_print(shop, tmp_path, "run", "--printer", shop.QUEUE, "--yes", "--wait", "0")
    assert states(run) == [(FILE, "waiting")]
    # The server writes down what it knows of its jobs a moment after it has changed.
    await_that(lambda: bool(list((shop.folder / "cups" / "spool").glob("c0*"))))
    shop.kill_cups()
    assert b"warning[server-unreachable]" in docgen_print(shop, tmp_path, "run", "--status").stderr
    assert states(run) == [(FILE, "waiting")]
    shop.start_cups()
    shop.run("cupsenable", shop.QUEUE)
    await_that(lambda: bool(shop.printed))
    await_that(lambda: b": done" in docgen_print(shop, tmp_path, "run", "--status").stdout)
    assert states(run) == [(FILE, "done")]
    assert len(shop.printed) == 1


def test_a_job_with_the_number_of_another_is_not_taken_for_it(
    shop: PrintShop, tmp_path: Path
) -> None:
    """A server that lost its memory counts from 1 again."""
    shop.hands_over()
    run = printable_run(tmp_path)
    shop.run("cupsdisable", shop.QUEUE)
    docgen_print(shop, tmp_path, "run", "--printer", shop.QUEUE, "--yes", "--wait", "0")
    shop.kill_cups()
    shop.forget_jobs()
    shop.start_cups()
    other = printable_run(tmp_path / "other") / "print" / FILE
    assert "front-desk-1 " in shop.run("lp", "-d", shop.QUEUE, str(other))
    shop.run("cupsenable", shop.QUEUE)
    await_that(lambda: bool(shop.printed))
    told = docgen_print(shop, tmp_path, "run", "--status")
    assert b"warning[job-lost]" in told.stderr
    assert states(run) == [(FILE, "unknown")]


def test_a_stopped_printer_is_told_and_its_job_is_not_sent_again(
    shop: PrintShop, tmp_path: Path
) -> None:
    shop.hands_over()
    run = printable_run(tmp_path)
    shop.run("cupsdisable", "-r", "Tray 2 is open", shop.QUEUE)
    done = docgen_print(shop, tmp_path, "run", "--printer", shop.QUEUE, "--yes", "--wait", "0.5")
    assert done.returncode == 1
    assert b"warning[printer-stopped]" in done.stderr
    assert b"error[job-not-ended]" in done.stderr
    assert b"docgen print run --status" in done.stderr
    assert states(run) == [(FILE, "waiting")]
    again = docgen_print(shop, tmp_path, "run", "--again", "--yes")
    assert again.returncode == 1
    assert b"error[job-under-way]: patients-001.pdf is still under way" in again.stderr
    assert states(run) == [(FILE, "waiting")]

    shop.run("cancel", f"{shop.QUEUE}-1")
    shop.run("cupsenable", shop.QUEUE)
    sent = docgen_print(shop, tmp_path, "run", "--again", "--yes")
    assert sent.returncode == 0
    assert states(run) == [(FILE, "cancelled"), (FILE, "done")]


def test_an_empty_tray_is_told_while_it_is_empty(shop: PrintShop, tmp_path: Path) -> None:
    printable_run(tmp_path)
    shop.behaves('echo "STATE: +media-empty-error" >&2; ' + SLOWLY)
    process = start_print(shop, tmp_path, "run", "--printer", shop.QUEUE, "--yes")
    await_line(process, b"media-empty")
    shop.behaves()
    lets_go(shop)
    told, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    assert told.endswith(b" done\n")


def test_a_queue_that_is_closed_takes_nothing(shop: PrintShop, tmp_path: Path) -> None:
    run = printable_run(tmp_path)
    shop.run("cupsreject", shop.QUEUE)
    done = docgen_print(shop, tmp_path, "run", "--printer", shop.QUEUE, "--yes")
    assert done.returncode == 1
    assert b"error[printer-not-accepting]" in done.stderr
    assert states(run) == []


def test_a_server_that_is_down_is_told(shop: PrintShop, tmp_path: Path) -> None:
    run = printable_run(tmp_path)
    shop.kill_cups()
    done = docgen_print(shop, tmp_path, "run", "--printer", shop.QUEUE, "--yes")
    assert done.returncode == 1
    assert b"error[server-unreachable]" in done.stderr
    assert states(run) == []


def test_whoever_stops_following_is_told_how_to_look_again(shop: PrintShop, tmp_path: Path) -> None:
    run = printable_run(tmp_path)
    shop.behaves(SLOWLY)
    process = start_print(shop, tmp_path, "run", "--printer", shop.QUEUE, "--yes")
    await_line(process, b"printing")
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"warning[no-longer-followed]: what was sent goes on at the printer" in told
    assert b"docgen print run --status" in told
    assert states(run) == [(FILE, "printing")]
    lets_go(shop)
    await_that(lambda: b": done" in docgen_print(shop, tmp_path, "run", "--status").stdout)
    assert len(shop.printed) == 1


_KILLED = """
import os, signal, sys
from pathlib import Path
import docgen.printing.sending as printing
from docgen.cli import main

def dies(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

point = sys.argv.pop(1)
if point == "before its number":
    printing.create_job = dies
elif point == "before its document":
    printing.send_document = dies
else:
    sent = printing.send_document
    def send_document(*arguments):
        sent(*arguments)
        dies()
    printing.send_document = send_document
main()
"""


@pytest.mark.parametrize(
    ("point", "kept", "then"),
    [
        ("before its number", "planned", ["planned", "done"]),
        ("before its document", "sending", ["failed", "done"]),
        ("after its document", "sending", ["done"]),
    ],
)
def test_docgen_killed_while_sending_neither_loses_nor_doubles_a_file(
    shop: PrintShop, tmp_path: Path, point: str, kept: str, then: list[str]
) -> None:
    shop.hands_over()
    run = printable_run(tmp_path)
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED, point, "print", "run", "--printer", shop.QUEUE, "--yes"],
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=30,
        check=False,
        env=environment(CUPS_SERVER=shop.address),
    )
    assert killed.returncode == -signal.SIGKILL
    assert states(run) == [(FILE, kept)]
    if point == "after its document":
        await_that(lambda: b": done" in docgen_print(shop, tmp_path, "run", "--status").stdout)
    again = docgen_print(shop, tmp_path, "run", "--again", "--yes")
    assert again.returncode == 0
    assert states(run) == [(FILE, state) for state in then]
    await_that(lambda: bool(shop.printed))
    assert len(shop.printed) == 1


def test_two_who_print_the_same_run_print_it_once(shop: PrintShop, tmp_path: Path) -> None:
    shop.hands_over()
    run = printable_run(tmp_path)
    arguments = ("run", "--printer", shop.QUEUE, "--yes")
    both = [start_print(shop, tmp_path, *arguments) for _ in range(2)]
    for one in both:
        one.communicate(timeout=30)
    assert sorted(one.returncode for one in both) == [0, 1]
    assert states(run) == [(FILE, "done")]
    await_that(lambda: bool(shop.printed))
    assert len(shop.printed) == 1


def test_a_terminal_is_asked_before_anything_is_sent(shop: PrintShop, tmp_path: Path) -> None:
    shop.hands_over()
    run = printable_run(tmp_path, packets=1, pages=2)
    for answer, code, kept in ((b"n\n", 0, []), (b"y\n", 0, [(FILE, "done")])):
        asking, terminal = os.openpty()
        process = subprocess.Popen(
            [*DOCGEN, "print", "run", "--printer", shop.QUEUE],
            cwd=tmp_path,
            stdin=terminal,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(CUPS_SERVER=shop.address),
        )
        os.write(asking, answer)
        _, told = process.communicate(timeout=30)
        os.close(asking)
        os.close(terminal)
        assert b"Print 1 sheet? [y/N]" in told
        assert process.returncode == code
        assert states(run) == kept
