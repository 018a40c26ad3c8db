"""What a run shows on the way: at a terminal, and where there is none."""

import os
import pty
import re
import subprocess
from pathlib import Path

import pytest

from tests.commands import DOCGEN, environment
from tests.runs import visits, write_worklist
from tests.sample_records import but_for_reviews, take_over_samples

ARGUMENTS = ("batch", "day.csv", "--organization", "sample", "--workers", "1", "-o", "run")


def at_a_terminal(folder: Path, *arguments: str, **settings: str) -> tuple[int, str]:
    """Runs docgen with its diagnostics at a terminal; its exit code, and what the terminal got."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*DOCGEN, *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        env=environment(**settings),
    ) as process:
        os.close(theirs)
        told = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # The other side is closed.
                break
            told += piece
    os.close(ours)
    return process.returncode, told.decode()


@pytest.fixture
def day(tmp_path: Path) -> Path:
    take_over_samples(tmp_path)
    write_worklist(tmp_path / "day.csv", [*visits(40), *visits(1, codes="00000")])
    return tmp_path


def test_a_terminal_shows_one_line_that_changes(day: Path) -> None:
    code, told = at_a_terminal(day, *ARGUMENTS, TERM="xterm", NO_COLOR="1")
    assert code == 3
    lines = re.findall(r"\r\x1b\[K([0-9]+) of about 41 packets", told)
    assert len(lines) >= 2
    assert lines == sorted(lines, key=int)
    # It makes way for what stays, and leaves nothing behind.
    assert "\r\x1b[Kday.csv:42:" in told or "\nday.csv:42:" in told
    ending = told.splitlines()
    assert "41 rows in = 40 packets done + 1 rejected" in ending[-3]
    assert "\x1b[3" not in told


def test_a_terminal_that_cannot_erase_gets_plain_lines(day: Path) -> None:
    _, told = at_a_terminal(day, *ARGUMENTS, TERM="dumb")
    assert "41 rows in" in told
    assert "\x1b[K" not in told


def test_a_quiet_run_shows_what_was_rejected_only(day: Path) -> None:
    _, shown = at_a_terminal(day, *ARGUMENTS, "--quiet", NO_COLOR="1", TERM="xterm")
    told = but_for_reviews(shown.replace("\r\n", "\n"))
    assert told.startswith("day.csv:42:")
    assert len(told.splitlines()) == 2
