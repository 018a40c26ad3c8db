"""A code list never takes many codes away from a table unasked. All codes are made up."""

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.commands import Ended, invoke_docgen
from tests.unit.imports.test_code_lists import hcpcs

TABLE = Path("data/tables/hcpcs.tsv")


def codes(first: int, count: int) -> list[str]:
    return [f"V{number:04}" for number in range(first, first + count)]


class Folder:
    """A folder with a table of 100 codes, in which lists are imported."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / TABLE
        self.run("all.txt", codes(1, 100))
        assert len(self.codes) == 100

    def run(self, name: str, wanted: Iterable[str], *options: str, **ended: str) -> Ended:
        """Imports a list of codes, some of which have a last day."""
        lines = (hcpcs(one, "3", f"Made-up act {one}", ended=ended.get(one, "")) for one in wanted)
        (self.folder / name).write_text("".join(f"{line}\n" for line in lines))
        return self.load(name, *options)

    def load(self, *arguments: str) -> Ended:
        return invoke_docgen("records", "import", *arguments, cwd=self.folder)

    @property
    def codes(self) -> list[str]:
        """The codes of the table, read without docgen."""
        lines = self.path.read_text().splitlines()
        return [line.split("\t")[0] for line in lines if not line.startswith("#")]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


MESSAGE = """\
part.txt:1:1: error[table-shrinks]: 3 of the 100 codes of data/tables/hcpcs.tsv are not in this \
list: V0098 (line 106), V0099 (line 107), V0100 (line 108)
  hint: fetch the whole list; if these codes are to go, use --shrink: a backup is kept
"""


@pytest.mark.parametrize(
    "options", [("--update",), ("--force",), ("--update", "--force"), ("--update", "--dry-run")]
)
def test_more_than_two_percent_are_refused_whatever_else_is_asked_for(
    folder: Folder, options: tuple[str, ...]
) -> None:
    before = folder.path.read_bytes()
    done = folder.run("part.txt", codes(1, 97), *options)
    assert done.returncode == 1
    assert MESSAGE in done.stderr.decode()
    assert done.stdout.decode().splitlines()[-2].startswith("refused")
    assert folder.path.read_bytes() == before
    assert [path.name for path in folder.path.parent.iterdir()] == ["hcpcs.tsv"]


def test_two_percent_may_go_and_are_told(folder: Folder) -> None:
    done = folder.run("next.txt", codes(1, 98), "--update")
    assert done.returncode == 0
    assert (
        "next.txt:1:1: warning[codes-gone]: 2 of the 100 codes of data/tables/hcpcs.tsv are not "
        "in this list: V0099 (line 107), V0100 (line 108)\n"
    ) in done.stderr.decode()
    assert folder.codes == codes(1, 98)


def test_what_is_asked_for_is_done_and_what_was_there_kept(folder: Folder) -> None:
    before = folder.path.read_bytes()
    assert folder.run("part.txt", codes(1, 40), "--shrink").returncode == 1, "--update is needed"
    done = folder.run("part.txt", codes(1, 40), "--shrink", "--update")
    assert done.returncode == 0
    assert (
        "warning[codes-gone]: 60 of the 100 codes of data/tables/hcpcs.tsv are not in this list: "
        "V0041 (line 49), V0042 (line 50), V0043 (line 51) and 57 more\n"
    ) in done.stderr.decode()
    assert folder.codes == codes(1, 40)
    assert (folder.path.parent / "hcpcs.tsv.bak-1").read_bytes() == before


def test_codes_that_a_list_merely_ends_are_not_gone(folder: Folder) -> None:
    ended = dict.fromkeys(codes(1, 30), "20261231")
    done = folder.run("next.txt", codes(1, 100), "--update", **ended)
    assert done.returncode == 0
    assert b"codes-gone" not in done.stderr
    later = folder.run("later.txt", codes(31, 70), "--update")
    assert later.returncode == 0, "a code that had ended may leave the list"
    assert b"codes-gone" not in later.stderr
    assert folder.codes == codes(31, 70)


def test_the_share_is_that_of_the_codes_without_a_last_day(folder: Folder) -> None:
    ended = dict.fromkeys(codes(1, 50), "20261231")
    folder.run("next.txt", codes(1, 100), "--update", **ended)
    done = folder.run("later.txt", codes(1, 98), "--update", **ended)
    assert done.returncode == 1
    assert (
        "2 of the 50 codes of data/tables/hcpcs.tsv that have no last day are not in this list"
    ) in done.stderr.decode()


def test_two_halves_in_one_run_are_both_refused_and_so_is_the_second_alone(folder: Folder) -> None:
    folder.run("a.txt", codes(1, 50), "--dry-run")
    folder.run("b.txt", codes(51, 50), "--dry-run")
    before = folder.path.read_bytes()
    both = folder.load("a.txt", "b.txt", "--update", "--force", "--shrink")
    assert both.returncode == 1
    assert b"this makes the table hcpcs, and so does a.txt:1:1" in both.stderr
    assert folder.load("b.txt", "--update").returncode == 1
    assert folder.path.read_bytes() == before


def test_a_cut_list_is_told_together_with_what_it_would_take_away(folder: Folder) -> None:
    text = "".join(f"{hcpcs(one, '3', 'Made-up act')}\n" for one in codes(1, 60))
    (folder.folder / "cut.txt").write_text(text[:-200])
    done = folder.load("cut.txt", "--update", "--format", "json")
    assert done.returncode == 1
    told = [json.loads(line) for line in done.stderr.splitlines()]
    assert [
        (one["rule"], one["path"], one["line"]) for one in told if one["severity"] == "error"
    ] == [
        ("table-shrinks", "cut.txt", 1),
        ("partial-list", "cut.txt", 60),
    ]


def test_a_damaged_table_can_be_made_anew(folder: Folder) -> None:
    data = folder.path.read_bytes()
    folder.path.write_bytes(data[: len(data) // 2])
    assert folder.load("all.txt", "--update").returncode == 0
    assert folder.path.read_bytes() == data


def test_the_same_list_once_more_is_not_touched(folder: Folder) -> None:
    done = folder.load("all.txt")
    assert (done.returncode, b"unchanged" in done.stdout) == (0, True)
