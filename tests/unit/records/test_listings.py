"""Where the files of a code are, in large folders and small ones, and what is near a code."""

from pathlib import Path

import pytest

from docgen.diagnostics import DocgenError, Findings
from docgen.records import RecordLibrary, listings
from docgen.records.near_codes import near_codes
from tests.indexed import code_table, record
from tests.translated import read_in


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "docgen"


@pytest.fixture
def large(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that counts as large, and as having been so for long."""
    monkeypatch.setattr(listings, "SMALL", 5)
    monkeypatch.setattr(listings, "SETTLED", 0)
    for number in range(9):
        _write(tmp_path / "data" / "records" / str(number % 2) / f"t-{number}.yaml", f"T-{number}")
    return tmp_path / "data"


def _write(path: Path, code: str, title: str = "A test") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(record(code, title))


def _title(data: Path, code: str) -> str:
    return RecordLibrary((data,)).find(code).title.value


def test_a_large_folder_is_read_once(large: Path, cache: Path) -> None:
    assert _title(large, "t7") == "A test"
    (kept,) = cache.iterdir()
    before = kept.stat()
    assert _title(large, "T-3") == "A test"
    assert kept.stat().st_ino == before.st_ino
    assert before.st_mode & 0o777 == 0o600


def test_a_file_added_a_moment_ago_is_found(large: Path, cache: Path) -> None:
    assert _title(large, "T-1") == "A test"
    _write(large / "records" / "0" / "T-90.yaml", "T-90", "New")
    _write(large / "records" / "deep" / "est" / "t_91.yml", "T-91", "New and deep")
    assert _title(large, "T-90") == "New"
    assert _title(large, "T-91") == "New and deep"
    (large / "records" / "deep" / "est" / "t_91.yml").unlink()
    with pytest.raises(DocgenError) as raised:
        RecordLibrary((large,)).find("T-91")
    assert "known codes like it: T90, T1" in (raised.value.diagnostics[0].hint or "")


def test_what_may_still_change_unseen_is_not_kept(
    large: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listings, "SETTLED", 60_000_000_000)
    assert _title(large, "T-1") == "A test"
    assert not cache.exists()


@pytest.mark.parametrize("damage", [b"", b"docgen listing 1 zz\n", b"\xff" * 99, None])
def test_a_damaged_list_is_made_anew(large: Path, cache: Path, damage: bytes | None) -> None:
    _title(large, "T-1")
    (kept,) = cache.iterdir()
    right = kept.read_bytes()
    kept.write_bytes(right.replace(b"T7\t", b"T8\t") if damage is None else damage)
    assert _title(large, "T-7") == "A test"
    assert kept.read_bytes() == right


def test_names_of_any_kind_and_translations_are_found(large: Path, cache: Path) -> None:
    odd = large / "records" / "a\nb\\n\t" / "local-x \\\n1.yaml"
    _write(odd, "X-1", "Odd")
    for _ in range(2):
        library = RecordLibrary((large,))
        assert library.find("X1").sources == (odd,)
    beside = odd.with_name("local-x \\\n1.es.yaml")
    raro = "translation_of: X-1\nlanguage: es\ntitle: Raro\nname: Raro\n"
    beside.write_text(read_in(odd.read_text(), raro))
    for _ in range(2):
        spoken = RecordLibrary((large,)).find("X1").in_language("es", Findings())
        assert spoken.title.value == "Raro"


def test_large_and_small_folders_give_the_same(
    large: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(large / "records" / "0" / "cpt-12345.yaml", "12345")
    found = [RecordLibrary((large,)) for _ in range(2)]
    for library in found:
        library.find("T-1")
    monkeypatch.setattr(listings, "SMALL", 1000)
    small = RecordLibrary((large,))
    for code in ("T1", "T8", "12345", "1", "", "T"):
        assert {library._files.of_code(code) for library in found} == {small._files.of_code(code)}
    assert found[0]._files.codes == small._files.codes


def test_no_place_for_a_cache_is_no_matter(large: Path, cache: Path) -> None:
    cache.parent.write_text("in the way")
    assert _title(large, "T-4") == "A test"


@pytest.mark.parametrize(
    ("code", "near"),
    [
        ("77929", ("77299",)),
        ("7729", ("77299",)),
        ("772999", ("77299",)),
        ("O1234", ("01234",)),
        ("45379", ("45378",)),
        ("453", ("45378", "45380", "45385")),
        ("45999", ()),
        ("", ()),
        ("ZZZZZ", ()),
    ],
)
def test_codes_near_to_what_was_typed(code: str, near: tuple[str, ...]) -> None:
    known = ["01234", "45378", "45380", "45385", "45390", "77299"]
    assert near_codes(code, known) == near


def test_codes_of_tables_are_suggested(tmp_path: Path) -> None:
    code_table(tmp_path, {"A0425": "Ride", "A0426": "Ride"})
    with pytest.raises(DocgenError) as raised:
        RecordLibrary((tmp_path,)).find("A0452")
    assert "known codes like it: A0425" in (raised.value.diagnostics[0].hint or "")


@pytest.mark.parametrize("folder", ["records", "records/deep", "tables"])
def test_a_folder_that_cannot_be_read_is_refused(
    large: Path, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether its list was kept before, or it is small and read each time."""
    assert _title(large, "T-1") == "A test"
    path = large / folder
    if path.exists():
        path.rename(large / "aside")
    path.symlink_to(path.name)
    for small in (5, 1000):
        monkeypatch.setattr(listings, "SMALL", small)
        for ask in (lambda: _title(large, "T-1"), RecordLibrary((large,)).check):
            with pytest.raises(DocgenError, match=rf"data/{folder}: error\[unreadable-"):
                ask()


@pytest.mark.parametrize("small", [5, 1000])
def test_folders_that_are_linked_are_read(
    large: Path, tmp_path: Path, small: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listings, "SMALL", small)
    _write(tmp_path / "share" / "surgery" / "S-1.yaml", "S-1", "Shared")
    (large / "records" / "surgery").symlink_to(tmp_path / "share" / "surgery")
    (large / "records" / "again").symlink_to(large / "records")
    for _ in range(2):
        assert _title(large, "S-1") == "Shared"
    (tmp_path / "share" / "surgery").rename(tmp_path / "share" / "moved")
    for _ in range(2):
        with pytest.raises(DocgenError, match=r"records/surgery: error\[dangling-link\]"):
            _title(large, "T-1")


def test_a_text_that_is_no_code_is_like_none() -> None:
    """Each slip of it would be a text as long as it."""
    assert near_codes("D" * 100_000, ("D0001",)) == ()
