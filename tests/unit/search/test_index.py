"""The index: what it takes up, and that it follows the files."""

import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from docgen.diagnostics import DocgenError, Findings
from docgen.records import RecordLibrary
from docgen.search.index import Index
from docgen.shipped import data_folder
from tests.commands import environment
from tests.indexed import code_table, codes, opened, record, write


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "docgen"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    write(folder / "records" / "A-1.yaml", record("A-1", "Sleep study", summary="All night."))
    return folder


def test_nothing_is_read_again_where_nothing_changed(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("docgen.search.scanning.SETTLED", 0)
    index = opened(data, data_folder())
    assert len(index) == 15
    assert opened(data, data_folder()).refresh() is False
    assert codes(index, "sleep study")[0] == "A-1"


def test_a_new_file_is_found_at_once(data: Path) -> None:
    index = opened(data)
    write(data / "records" / "deep" / "er" / "B-2.yaml", record("B-2", "Hearing test"), age=0)
    assert index.refresh()
    assert codes(index, "hearing") == ["B-2"]


def test_a_change_within_the_same_tick_is_seen(data: Path) -> None:
    path = write(data / "records" / "B-2.yaml", record("B-2", "Hearing test"), age=0)
    index = opened(data)
    before = path.stat()
    with path.open("r+") as file:
        file.write(path.read_text().replace("Hearing", "Smelling"[:7]))
    os.utime(path, ns=(before.st_mtime_ns, before.st_mtime_ns))
    index.refresh()
    assert codes(index, "hearing") == []
    assert codes(index, "smellin") == ["B-2"]


def test_a_change_in_place_is_found_where_people_search(data: Path) -> None:
    index = opened(data)
    path = data / "records" / "A-1.yaml"
    path.write_text(path.read_text().replace("Sleep", "Waking"))
    assert codes(index, "study") == ["A-1"]
    assert index.search("study").hits[0].title == "Waking study"


def test_deleted_and_renamed_files_are_followed(data: Path) -> None:
    write(data / "records" / "B-2.yaml", record("B-2", "Hearing test"))
    index = opened(data)
    (data / "records" / "A-1.yaml").unlink()
    (data / "records" / "B-2.yaml").rename(data / "records" / "b 2.yaml")
    index.refresh()
    assert codes(index, "sleep") == []
    hit = index.search("hearing").hits[0]
    assert hit.path == str(data / "records" / "b 2.yaml")


def test_a_folder_that_is_gone_takes_its_records_along(data: Path) -> None:
    moved = write(data / "records" / "more" / "B-2.yaml", record("B-2", "Hearing test"))
    index = opened(data)
    moved.unlink()
    moved.parent.rmdir()
    index.refresh()
    assert codes(index, "hearing") == []


def test_the_first_folder_wins_and_the_next_takes_its_place(tmp_path: Path, data: Path) -> None:
    above = tmp_path / "above"
    ours = write(above / "records" / "a1.yaml", record("A-1", "Our own sleep study"))
    index = opened(above, data)
    assert [hit.title for hit in index.search("A-1").hits] == ["Our own sleep study"]
    ours.unlink()
    index.refresh()
    assert [hit.title for hit in index.search("A-1").hits] == ["Sleep study"]


def test_a_record_wins_over_the_row_of_a_table(data: Path) -> None:
    code_table(data, {"A0100": "Ride in a test wagon", "A0200": "Test wagon, spare wheel"})
    file = write(data / "records" / "A0100.yaml", record("A0100", "Ride", "hcpcs"))
    index = opened(data)
    assert codes(index, "wagon") == ["A0200"]
    assert index.search("A0100").hits[0].title == "Ride"
    file.unlink()
    index.refresh()
    assert sorted(codes(index, "wagon")) == ["A0100", "A0200"]


def test_a_new_version_of_a_table_replaces_the_old_one(data: Path) -> None:
    code_table(data, {"A0100": "Ride in a test wagon"})
    index = opened(data)
    code_table(data, {"A0100": "Ride in a sample coach", "A0300": "Sample coach, lamp"})
    index.refresh()
    assert codes(index, "wagon") == []
    assert sorted(codes(index, "coach")) == ["A0100", "A0300"]


def test_what_an_organization_changes_is_found_as_it_says(tmp_path: Path, data: Path) -> None:
    own = tmp_path / "organizations" / "sample"
    change = "extends: A-1\ncode_system: local\nchange: {title: Night of measuring}\n"
    override = write(own / "records" / "A-1.yaml", change)
    index = opened(data, organization=own)
    assert codes(index, "night of measuring") == ["A-1"]
    assert index.search("A-1").hits[0].title == "Night of measuring"
    override.unlink()
    index.refresh()
    assert index.search("A-1").hits[0].title == "Sleep study"


def test_translations_lead_to_their_record(data: Path) -> None:
    spanish = "translation_of: A-1\nlanguage: es\ntitle: Estudio del sueño\n"
    write(data / "records" / "A-1.es.yaml", spanish)
    index = opened(data)
    hit = index.search("sueno").hits[0]
    assert (hit.code, hit.title, hit.language) == ("A-1", "Sleep study", "es")
    assert hit.snippet.text == "Estudio del sueño"
    assert index.text("local", "a1").fields["title"] == "Sleep study"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "content",
    [b"\x00\xff\xfe", b"", b"%PDF-1.7", b"- a\n- b\n", b"code: [\n", b"title: \xe9", b"a: &x b"],
    ids=["binary", "empty", "pdf", "list", "broken", "latin-1", "anchor"],
)
def test_broken_files_do_not_break_the_index(data: Path, content: bytes) -> None:
    (data / "records" / "broken.yaml").write_bytes(content)
    (data / "tables").mkdir()
    (data / "tables" / "broken.tsv").write_bytes(content)
    (data / "records" / "round").symlink_to(data / "records")
    assert codes(opened(data), "sleep") == ["A-1"]


@pytest.mark.parametrize(
    "name", ["records/A-2.yaml", "records/surgery", "tables/hcpcs.tsv", "records", "tables"]
)
def test_what_cannot_be_read_is_refused_and_comes_back(data: Path, name: str) -> None:
    """Left out in silence, it would give way to a sample of its code."""
    assert codes(opened(data), "sleep") == ["A-1"]
    path, aside = data / name, data / "aside"
    if path.exists():
        path.rename(aside)
    path.parent.mkdir(exist_ok=True)
    path.symlink_to(path.name)
    for _ in range(2):
        with pytest.raises(DocgenError, match=rf"{name}.*: error\[unreadable-"):
            opened(data)
    path.unlink()
    if aside.exists():
        aside.rename(path)
    assert codes(opened(data), "sleep") == ["A-1"]


def test_a_folder_that_is_linked_is_searched(tmp_path: Path, data: Path) -> None:
    share = tmp_path / "share"
    write(share / "B-1.yaml", record("B-1", "Knee surgery"))
    (data / "records" / "surgery").symlink_to(share)
    assert codes(opened(data), "knee surgery") == ["B-1"]
    write(share / "B-2.yaml", record("B-2", "Hip surgery"))
    assert codes(opened(data), "hip surgery") == ["B-2"]


def test_the_index_is_for_the_eyes_of_its_owner(data: Path, cache: Path) -> None:
    opened(data)
    assert stat.S_IMODE(cache.stat().st_mode) == 0o700
    files = sorted(cache.iterdir())
    assert [stat.S_IMODE(path.stat().st_mode) for path in files] == [0o600] * len(files)
    assert files


@pytest.mark.parametrize("damage", ["text", "cut", "holes", "values", "other tables"])
def test_a_damaged_index_is_made_anew_and_said_once(data: Path, cache: Path, damage: str) -> None:
    opened(data, data_folder()).close()
    (path,) = cache.glob("*.sqlite")
    content = path.read_bytes()
    match damage:
        case "text":
            path.write_bytes(b"this is no database, and longer than its head " * 9)
        case "cut":
            path.write_bytes(content[: len(content) // 2])
        case "holes":
            path.write_bytes(content[:4096] + bytes(len(content) - 4096))
        case "values":
            with sqlite3.connect(path) as changed:
                changed.execute("UPDATE checks SET at = 'long ago'")
        case "other tables":
            path.unlink()
            with sqlite3.connect(path) as other:
                other.execute("CREATE TABLE mine (a)")
    findings = Findings()
    index = Index.open(RecordLibrary((data, data_folder())), findings)
    assert codes(index, "sleep study")[0] == "A-1"
    assert len(index) == 15
    told = [one.rule for one in findings.diagnostics]
    assert told == ([] if damage == "other tables" else ["index-rebuilt"])


def test_without_a_place_the_index_is_in_memory_and_says_so(
    data: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.parent.write_text("a file where the folder should be")
    findings = Findings()
    index = Index.open(RecordLibrary((data,)), findings)
    assert codes(index, "sleep") == ["A-1"]
    (told,) = findings.diagnostics
    assert (told.rule, told.severity) == ("index-in-memory", "warning")
    assert "XDG_CACHE_HOME" in (told.hint or "")


def test_several_builders_at_once_agree(data: Path, cache: Path) -> None:
    code_table(data, {f"A{number:04d}": f"Ride {number}" for number in range(3000)})
    program = (
        "import sys; from pathlib import Path; from tests.indexed import opened, codes\n"
        "index = opened(Path(sys.argv[1])); print(len(index), codes(index, 'A2999'))"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(data)],
            stdout=subprocess.PIPE,
            env=environment(),
        )
        for _ in range(3)
    ]
    said = [process.communicate(timeout=60)[0] for process in started]
    assert said == [b"3001 ['A2999']\n"] * 3


def test_neighbours_and_words_of_a_code(data: Path) -> None:
    code_table(data, {"A0100": "Test wagon", "A0200": "Test coach", "A0300": "Test sledge"})
    index = opened(data)
    assert [text.code for text in index.neighbours("hcpcs", "A0200")] == ["A0100", "A0300"]
    assert [text.title for text in index.texts("hcpcs")] == [
        "Test wagon", "Test coach", "Test sledge",
    ]  # fmt: skip
    assert [text.code for text in index.like(["sledge", "coach"])] == ["A0200", "A0300"]
    assert index.frequencies(["test", "wagons", "gone"]) == {"test": 3, "wagons": 1, "gone": 0}
    assert index.text("hcpcs", "nowhere") is None
