"""What diagnostics and results show of characters that a terminal acts on."""

import json
import sys

import pytest

from docgen.cli.reporting import Reporter, print_note, print_result
from docgen.diagnostics import Diagnostic, Span, quoted, visible, visible_lines

EVIL = "a\x1b[31m\x00\x85\x9b\u202eb\u2066\u200f\u061c\u2029\udcff\r"
PLAIN = r"a\u001b[31m\u0000\u0085\u009b\u202eb\u2066\u200f\u061c\u2029\udcff\u000d"
HARMLESS = "Núñez 10\u00a0mg 名前 👨\u200d👩 soft\u00adhyphen Tiếng Việt"


def test_what_a_terminal_acts_on_is_spelled_out() -> None:
    assert visible(EVIL) == PLAIN
    assert visible("a\nb\tc") == r"a\u000ab\u0009c"
    assert visible_lines("a\nb\tc\r") == "a\nb\tc\\u000d"


def test_all_else_stays() -> None:
    assert visible(HARMLESS) == visible_lines(HARMLESS) == HARMLESS


def test_a_quoted_word_is_one_plain_line() -> None:
    assert quoted("two\nlines\x1b[2J") == r"'two lines\u001b[2J'"
    assert len(quoted("\x1b" * 1000)) < 70


@pytest.mark.parametrize("as_json", [False, True])
def test_each_part_of_a_diagnostic_is_plain(
    capsys: pytest.CaptureFixture[str], *, as_json: bool
) -> None:
    evil = EVIL.replace("\udcff", "")
    told = Diagnostic("bad-text", evil, Span(evil, 1, 1), evil)
    Reporter(as_json=as_json).tell([told])
    line = capsys.readouterr().err
    assert line.replace("\n", "").isprintable()
    if as_json:
        read = json.loads(line)
        assert (read["message"], read["path"], read["hint"]) == (evil, evil, evil)
    else:
        assert line.count(PLAIN.replace(r"\udcff", "")) == 3


@pytest.mark.parametrize("is_terminal", [True, False])
def test_results_and_notes_are_plain(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *, is_terminal: bool
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: is_terminal)
    print_result(EVIL.replace("\udcff", ""))
    print_note(EVIL)
    assert capsys.readouterr() == (PLAIN.replace(r"\udcff", "") + "\n", f"{PLAIN}\n")
