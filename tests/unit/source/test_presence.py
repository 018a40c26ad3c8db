"""What is there, what is not, and what cannot be told: the three are never mixed up.

Link loops, names that are too long and files in the place of folders keep root from reading as well
as anybody else; permissions are tried in ``tests/end_to_end/test_unreadable.py``.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from docgen.diagnostics import DocgenError
from docgen.source import (
    display_path,
    entries,
    files_below,
    is_file,
    is_folder,
    is_there,
    read_file,
    real_path,
    status_of,
)
from docgen.source.presence import TooManyEntriesError, walk

YAML = (".yaml",)


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def rule(ask: Callable[[Path], object], path: Path) -> tuple[str, str]:
    """The rule by which a question is refused, and the place."""
    with pytest.raises(DocgenError) as refused:
        ask(path)
    (told,) = refused.value.diagnostics
    assert told.span
    return told.rule, told.span.path


def walked(path: Path) -> list[str]:
    return [str(file) for file in files_below(path, YAML)]


def loop(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(path.name)
    return path


ASKING = (status_of, is_there, is_file, is_folder, entries, walked)


@pytest.mark.parametrize("path", ["none", "none/below", "/none/below"])
def test_what_is_not_there_is_not_there(path: str) -> None:
    for ask in (status_of, is_there, is_file, is_folder, entries, walked):
        assert not ask(Path(path))


def test_a_file_a_folder_and_a_pipe_are_told_apart() -> None:
    Path("file").touch()
    Path("folder").mkdir()
    os.mkfifo("pipe")
    assert [is_file(Path(name)) for name in ("file", "folder", "pipe")] == [True, False, False]
    assert [is_folder(Path(name)) for name in ("file", "folder", "pipe")] == [False, True, False]
    assert all(is_there(Path(name)) for name in ("file", "folder", "pipe"))


@pytest.mark.parametrize("ask", ASKING)
def test_a_link_loop_is_refused(ask: Callable[[Path], object]) -> None:
    path = loop(Path("data/records"))
    folder = "unreadable-folder" if ask in (entries, walked) else "unreadable-file"
    assert rule(ask, path) == (folder, "data/records")
    assert rule(ask, path / "below") == (folder, "data/records/below")


@pytest.mark.parametrize("ask", ASKING)
def test_a_link_to_nothing_is_refused_wherever_it_stands(ask: Callable[[Path], object]) -> None:
    """As ``data`` is where the share that it leads to is not mounted."""
    Path("data").symlink_to("/nowhere/share")
    for path in ("data", "data/records", "data/records/77299.yaml"):
        assert rule(ask, Path(path)) == ("dangling-link", "data")
        assert rule(ask, Path(path).absolute()) == ("dangling-link", "data")


@pytest.mark.parametrize("ask", ASKING)
def test_a_link_that_leads_somewhere_hides_nothing(ask: Callable[[Path], object]) -> None:
    Path("share").mkdir()
    Path("data").symlink_to("share")
    assert not ask(Path("data/records"))


@pytest.mark.parametrize("ask", ASKING)
def test_a_name_that_is_too_long_is_refused(ask: Callable[[Path], object]) -> None:
    found, _ = rule(ask, Path("n" * 300))
    assert found in ("unreadable-file", "unreadable-folder")


@pytest.mark.parametrize("ask", [entries, walked])
def test_a_file_where_a_folder_belongs_is_refused(ask: Callable[[Path], object]) -> None:
    Path("data").touch()
    assert rule(ask, Path("data")) == ("unreadable-folder", "data")
    assert rule(ask, Path("data/records")) == ("unreadable-folder", "data/records")


@pytest.mark.parametrize("ask", ASKING)
def test_nothing_is_told_of_a_folder_that_was_taken_away(
    ask: Callable[[Path], object], tmp_path: Path
) -> None:
    """Below a current folder that is gone, everything would seem not to be there."""
    (tmp_path / "gone").mkdir()
    os.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    with pytest.raises(DocgenError, match=r"error\[no-current-folder\]"):
        ask(Path("data"))
    assert display_path(Path("data")) == "data"
    assert not ask(tmp_path / "none")


def test_a_walk_goes_in_order_leaves_out_what_is_hidden_and_looks_for_suffixes() -> None:
    for name in ("b.yaml", "a.YAML", "c.txt", ".d.yaml", "in/e.yaml", ".no/f.yaml", "an/g.yaml"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).touch()
    assert walked(Path()) == ["a.YAML", "b.yaml", "an/g.yaml", "in/e.yaml"]


def test_links_are_followed_and_each_folder_is_read_once() -> None:
    for name in ("share/surgery/a.yaml", "records/b.yaml"):
        Path(name).parent.mkdir(parents=True)
        Path(name).touch()
    Path("records/surgery").symlink_to("../share/surgery")
    Path("records/again").symlink_to("../share")
    Path("records/round").symlink_to(".")
    Path("share/surgery/back").symlink_to("../../records")
    Path("records/c.yaml").symlink_to("../share/surgery/a.yaml")
    assert walked(Path("records")) == [
        "records/b.yaml",
        "records/c.yaml",
        "records/again/surgery/a.yaml",
    ]


@pytest.mark.parametrize("make", [loop, lambda path: path.symlink_to("/nowhere")])
def test_a_link_that_may_stand_for_a_folder_is_refused(make: Callable[[Path], object]) -> None:
    """It may be the share with the records of a department."""
    Path("records").mkdir()
    make(Path("records/surgery"))
    found, place = rule(walked, Path("records"))
    assert (found in ("unreadable-file", "dangling-link"), place) == (True, "records/surgery")


@pytest.mark.parametrize("make", [loop, lambda path: path.symlink_to("/nowhere")])
def test_a_link_of_a_files_name_is_found_and_its_reader_is_told(
    make: Callable[[Path], object],
) -> None:
    Path("records").mkdir()
    make(Path("records/77299.yaml"))
    assert walked(Path("records")) == ["records/77299.yaml"]
    found, place = rule(read_file, Path("records/77299.yaml"))
    assert (found in ("unreadable-file", "dangling-link"), place) == (True, "records/77299.yaml")


def test_a_folder_that_is_too_deep_to_be_read_is_refused() -> None:
    """Longer paths than the system takes: a folder that is there, and that nobody can list."""
    here = os.open(".", os.O_RDONLY)
    try:
        for _ in range(20):
            Path("d" * 250).mkdir()
            os.chdir("d" * 250)
    finally:
        os.fchdir(here)
        os.close(here)
    found, place = rule(walked, Path("d" * 250))
    assert (found, len(place) > 4000) == ("unreadable-folder", True)


def test_a_walk_ends_where_there_is_more_than_was_asked_for() -> None:
    Path("in").mkdir()
    for number in range(5):
        Path(f"in/{number}.yaml").touch()
    assert len(list(files_below(Path(), YAML, most=6))) == 5
    with pytest.raises(TooManyEntriesError):
        list(walk(Path(), YAML, most=5))


def test_the_real_path_of_a_loop_is_a_path() -> None:
    path = loop(Path("loop"))
    assert real_path(path).name == "loop"
