"""What comes from elsewhere never moves a terminal's cursor, nor turns its text round."""

import json
import os
import pty
import subprocess
import unicodedata
from pathlib import Path

import pytest

from tests.commands import DOCGEN, environment, invoke_docgen
from tests.misbehaving_server import ipp, misbehaving, printer
from tests.printable_run import blank_pdf
from tests.runs import visits, write_worklist

EVIL = "\x1b[2J\x1b]0;owned\x07\x9b31m\x08\r\u202edesk\u2066\u200f\x7f\u2028"
SHOWN = r"\u001b[2J\u001b]0;owned\u0007\u009b31m"
_SECONDS = 60


def on_a_terminal(folder: Path, *arguments: str) -> str:
    """What docgen writes to a terminal."""
    ours, its = pty.openpty()
    try:
        started = subprocess.Popen(
            [*DOCGEN, *arguments],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=its,
            stderr=its,
            env=environment(NO_COLOR="1", TERM="xterm", HOME=str(folder)),
        )
    finally:
        os.close(its)
    data = b""
    try:
        while block := os.read(ours, 65536):
            data += block
    except OSError:
        pass  # Linux says so where the other end is closed.
    finally:
        os.close(ours)
        started.wait(_SECONDS)
    return data.decode().replace("\r\n", "\n")


def acted_on(text: str) -> set[str]:
    """The characters of a text that a terminal would act on, but for the ends of lines."""
    return {
        one
        for one in text
        if one != "\n"
        and (
            unicodedata.category(one) in ("Cc", "Zl", "Zp")
            or unicodedata.bidirectional(one)
            in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
            or one in "\u200e\u200f\u061c"
        )
    }


@pytest.mark.parametrize("name", ["desk", "zzz"])
def test_a_printers_words_are_shown_and_not_obeyed(tmp_path: Path, name: str) -> None:
    blank_pdf(tmp_path / "one.pdf")
    told = printer(
        "desk" if name == "desk" else EVIL,
        "ipp://127.0.0.1/printers/desk",
        state=5,
        printer_info=EVIL,
        printer_location=EVIL,
    )
    with misbehaving(ipp(told)) as server:
        asked = ("print", "one.pdf", "--printer", name, "--server", str(server), "--dry-run")
        text = on_a_terminal(tmp_path, *asked)
        as_json = on_a_terminal(tmp_path, *asked, "--format", "json")
    assert SHOWN in text
    assert acted_on(text) == set()
    assert acted_on(as_json) == set()
    for line in as_json.splitlines():
        json.loads(line)


def test_words_of_a_refusal_are_shown_and_not_obeyed(tmp_path: Path) -> None:
    blank_pdf(tmp_path / "one.pdf")
    refusal = b"\x02\x00\x05\x00\x00\x00\x00\x01\x01\x41\x00\x0estatus-message"
    words = EVIL.encode()
    body = refusal + len(words).to_bytes(2, "big") + words + b"\x03"
    with misbehaving(ipp(body)) as server:
        asked = ("print", "one.pdf", "--printer", "desk", "--server", str(server), "--dry-run")
        text = on_a_terminal(tmp_path, *asked)
    assert "error[print-server-refused]" in text
    assert SHOWN in text
    assert acted_on(text) == set()


@pytest.mark.parametrize(
    "arguments",
    [
        ("batch", "\x1b[2J\u202eday.csv", "-o", "\x1b[2Jrun"),
        ("batch", "headings.csv", "-o", "run"),
        ("batch", "values.csv", "-o", "run"),
        ("batch", "status", "\x1b[2Jfolder"),
        ("render", "--record", "\x1b[2J\u202erecord.yaml"),
        ("render", "\x1b[2J\u202e77299"),
        ("validate", "\x1b[2J\u202e.pdf"),
        ("search", "\x1b[2J\u202eplanning", "colonoscpy"),
        ("explain", "\x1b[2J\u202epatient-handout"),
        ("records", "check", "--data", "data"),
    ],
)
@pytest.mark.parametrize("format", ["text", "json"])
def test_words_of_files_and_their_names_are_shown_and_not_obeyed(
    tmp_path: Path, arguments: tuple[str, ...], format: str
) -> None:
    lines = visits(1, codes="77299", language="\x1b[2J\u202e")
    write_worklist(tmp_path / "\x1b[2J\u202eday.csv", lines)
    write_worklist(tmp_path / "values.csv", lines)
    (tmp_path / "headings.csv").write_text("patient\x1b[2J\u202e\x9b,codes\nA,77299\n", "utf-8")
    (tmp_path / "\x1b[2Jfolder").mkdir()
    (tmp_path / "\x1b[2J\u202erecord.yaml").write_text("code: 7\n", "utf-8")
    (tmp_path / "\x1b[2J\u202e.pdf").write_bytes(b"%PDF-")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "\x1b[2J\u202e.yaml").write_text('"\\e[2J\\u202e": 7\n', "utf-8")
    told_as = ("--format", "json") if format == "json" else ()
    done = invoke_docgen(*arguments, *told_as, cwd=tmp_path)
    for told in (done.stdout, done.stderr):
        assert acted_on(told.decode()) == set()
