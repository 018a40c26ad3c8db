"""Inputs that cannot be used and disks that cannot be written: told, and nothing half-written."""

import errno
import fcntl
import os
import threading
import zipfile
from pathlib import Path

import pytest

from docgen.delivery.together import NewFile, write_all
from docgen.diagnostics import DocgenError, Findings
from docgen.imports.importing import run_import, sole_import
from docgen.imports.opening import MAX_BYTES, inputs
from docgen.imports.planning import ImportOptions
from tests.saved_pages import saved_page


def _told(output: Path, *paths: Path) -> list[tuple[str, str]]:
    """The rule of each finding, and the name of the file that it is about."""
    findings = Findings()
    options = ImportOptions(output=output, code="29870")
    run_import(inputs(paths, None, findings), options, findings)
    return [
        (one.rule, Path(one.span.path).name if one.span else "") for one in findings.diagnostics
    ]


def _zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("page.txt", saved_page())


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "not-text"),
        (b"\x89PNG\r\n\x1a\n\0\0", "not-text"),
        (b"\x7fELF\x02\x01\x01\0", "not-text"),
        (saved_page().encode().replace(b"knee", b"kn\0ee"), "not-text"),
        (b"\x1f\x8b\x08\0", "archive"),
        (b"", "empty-file"),
        (b"\n \r\n", "empty-file"),
        (saved_page().encode() + b"\xe9", "not-utf-8"),
    ],
)
def test_files_that_are_no_text(tmp_path: Path, data: bytes, rule: str) -> None:
    page = tmp_path / "page.txt"
    page.write_bytes(data)
    assert _told(tmp_path / "records", page) == [(rule, "page.txt")]
    assert not (tmp_path / "records" / "29870.yaml").exists()


def test_an_archive_is_named_as_such(tmp_path: Path) -> None:
    _zip(tmp_path / "pages.zip")
    (tmp_path / "pages.zip").rename(tmp_path / "page.txt")
    assert _told(tmp_path / "records", tmp_path / "page.txt") == [("archive", "page.txt")]


def test_a_file_beyond_the_limit_is_not_read(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_bytes(b"x")
    os.truncate(page, MAX_BYTES + 1)
    assert _told(tmp_path / "records", page) == [("file-too-large", "page.txt")]


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "page.txt")
    assert _told(tmp_path / "records", tmp_path / "page.txt") == [("not-a-file", "page.txt")]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert _told(tmp_path / "records", tmp_path / "no.txt") == [("missing-file", "no.txt")]


def test_a_folder_is_walked_once_whatever_its_name_and_links(tmp_path: Path) -> None:
    folder = tmp_path / "x.txt"
    folder.mkdir()
    (folder / "page.txt").write_text(saved_page())
    (folder / "again").symlink_to(folder)
    (folder / "same.txt").symlink_to(folder / "page.txt")
    (folder / "nowhere.txt").symlink_to(tmp_path / "nowhere")
    (folder / "picture.svg").write_text("<svg/>")
    (folder / ".hidden.txt").write_text("hidden")
    assert sorted(_told(tmp_path / "records", folder)) == [
        ("dangling-link", "nowhere.txt"),
        ("left-out", "picture.svg"),
        ("walked-already", "again"),
    ]
    assert (tmp_path / "records" / "29870.yaml").is_file()


def test_a_second_import_at_the_same_time_is_refused(tmp_path: Path) -> None:
    with sole_import(tmp_path / "records"):
        with pytest.raises(DocgenError) as error, sole_import(tmp_path / "records"):
            pass
        assert [one.rule for one in error.value.diagnostics] == ["import-busy"]
    with sole_import(tmp_path / "records"):
        pass
    assert list((tmp_path / "records").iterdir()) == []


def test_of_two_imports_at_once_one_has_the_lock(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(saved_page())
    descriptor = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    refused: list[str] = []

    def run() -> None:
        try:
            _told(tmp_path, tmp_path / "page.txt")
        except DocgenError as error:
            refused.extend(one.rule for one in error.diagnostics)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(10)
    os.close(descriptor)
    assert refused == ["import-busy"]
    assert not (tmp_path / "29870.yaml").exists()


def _new(folder: Path) -> list[NewFile]:
    (folder / "b.yaml").write_text("old b")
    (folder / "b.yaml").chmod(0o640)
    return [
        NewFile(folder / "a.yaml", b"new a"),
        NewFile(folder / "b.yaml", b"new b", folder / "b.yaml.bak-1"),
        NewFile(folder / "c.yaml", b"new c"),
    ]


def _content(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}


def test_all_files_are_written_and_permissions_stay(tmp_path: Path) -> None:
    write_all(_new(tmp_path))
    assert _content(tmp_path) == {
        "a.yaml": "new a",
        "b.yaml": "new b",
        "b.yaml.bak-1": "old b",
        "c.yaml": "new c",
    }
    assert (tmp_path / "b.yaml").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("failing", ["a.yaml", "b.yaml", "c.yaml"])
@pytest.mark.parametrize("step", ["write", "rename"])
def test_a_failure_at_any_file_leaves_all_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str, step: str
) -> None:
    files = _new(tmp_path)
    full = OSError(errno.ENOSPC, "No space left on device")
    if step == "write":
        real = os.fsync

        def fsync(descriptor: int) -> None:
            if failing in str(Path(f"/proc/self/fd/{descriptor}").readlink()):
                raise full
            real(descriptor)

        monkeypatch.setattr(os, "fsync", fsync)
    else:
        move = os.replace

        def rename(part: Path, target: Path) -> None:
            if target.name == failing and part.suffix == ".part":
                raise full
            move(part, target)

        monkeypatch.setattr(os, "replace", rename)
    with pytest.raises(DocgenError) as error:
        write_all(files)
    assert [one.rule for one in error.value.diagnostics] == ["output-full"]
    assert _content(tmp_path) == {"b.yaml": "old b"}


def test_nothing_is_made_for_inputs_that_are_all_refused(tmp_path: Path) -> None:
    assert _told(tmp_path / "data" / "records", tmp_path / "no.txt")
    assert not (tmp_path / "data").exists()


def test_what_a_killed_import_left_behind_is_cleared_away(tmp_path: Path) -> None:
    for name in (".29870.yaml.4711.part", ".29870.yaml.4711.old", "29870.yaml", ".keep"):
        (tmp_path / name).write_text("x")
    with sole_import(tmp_path):
        pass
    assert sorted(path.name for path in tmp_path.iterdir()) == [".keep", "29870.yaml"]


def test_a_disk_without_links_keeps_backups_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def link(_: Path, __: Path) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", link)
    write_all(_new(tmp_path))
    assert _content(tmp_path)["b.yaml.bak-1"] == "old b"
    assert len(_content(tmp_path)) == 4


def test_an_output_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(saved_page())
    (tmp_path / "records").write_text("a file")
    with pytest.raises(DocgenError) as error:
        _told(tmp_path / "records", tmp_path / "page.txt")
    assert [one.rule for one in error.value.diagnostics] == ["output-not-folder"]
