"""The guide "Make it yours", followed from top to bottom in an empty folder."""

from pathlib import Path

import pytest

from tests.commands import ROOT
from tests.walked_guide import Walk, steps, with_lines

GUIDE = (ROOT / "docs/make-it-yours.md").read_text("utf-8")


def test_a_newcomer_who_follows_the_guide_gets_what_it_shows(tmp_path: Path) -> None:
    walk = Walk(tmp_path)
    for step in steps(GUIDE):
        walk.take(step)


@pytest.mark.parametrize(
    "guide",
    [
        "```console\n$ echo one\ntwo\n```",
        "```console\n$ echo one; echo two\none\n```",
        "```console\n$ false\n```",
        "```console\n$ echo 'error[x]: it is refused'\n...error[x]...\n```",
        "```yaml\nno: file\n```",
        "```text\nnothing that a reader could do\n```",
        "<!-- printed: before anything was rendered -->",
    ],
)
def test_a_guide_that_is_not_true_is_found(guide: str, tmp_path: Path) -> None:
    walk = Walk(tmp_path)
    with pytest.raises(AssertionError, match=r"^(?:line \d+: )"):
        for step in steps(guide):
            walk.take(step)


def test_lines_take_the_place_of_the_same_key() -> None:
    file = "# note\na: 1\nb:\n  - c: |\n      two\n\n      lines\n#d: 5\ne: 6\n"
    assert with_lines(file, "b: 2\nf: 7\n") == "# note\na: 1\nb: 2\n#d: 5\ne: 6\nf: 7\n"
