"""The import as a whole: what becomes of files that are there, and of inputs that clash."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from docgen.code_systems import CPT, HCPCS
from docgen.diagnostics import DocgenError, Findings
from docgen.imports.codes_file import read_codes_file
from docgen.imports.importing import run_import
from docgen.imports.opening import inputs
from docgen.imports.planning import ImportOptions, Plan
from docgen.imports.record_files import UNKNOWN_AUTHOR
from docgen.records import RecordLibrary
from tests.saved_pages import SECTIONS, saved_page

PAGE = saved_page()
CHANGED = PAGE.replace("why the knee hurts", "why your knee hurts")


class Folder:
    """A folder with pages and records, in which imports run."""

    def __init__(self, folder: Path) -> None:
        self.pages = folder / "pages"
        self.records = folder / "data" / "records"
        self.pages.mkdir()
        self.options = ImportOptions(output=self.records, code="29870")
        self.rules: list[str] = []

    def save(self, text: str, name: str = "knee.txt") -> Path:
        path = self.pages / name
        path.write_text(text, "utf-8", newline="")
        return path

    def run(self, *paths: Path, **changes: object) -> tuple[Plan, ...]:
        findings = Findings()
        options = replace(self.options, **changes)
        plans = run_import(inputs(paths or [self.pages], None, findings), options, findings)
        self.rules = [one.rule for one in findings.diagnostics]
        return plans

    @property
    def record(self) -> Path:
        return self.records / "29870.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def _outcomes(plans: tuple[Plan, ...]) -> list[str]:
    return [made.outcome for plan in plans for made in plan.made]


def test_a_page_becomes_a_record_that_is_found_and_not_reviewed(folder: Folder) -> None:
    folder.save(PAGE)
    assert _outcomes(folder.run()) == ["new"]
    library = RecordLibrary([folder.records.parent])
    assert library.check() == ()
    record = library.find("29870", CPT)
    assert record.name.value == "Knee Arthroscopy"
    assert record.provenance.reviewed_on is None
    assert record.provenance.version.value == "imported"
    assert [author.value for author in record.provenance.authors] == [UNKNOWN_AUTHOR]
    assert folder.rules == []


def test_authors_are_those_that_are_named(folder: Folder) -> None:
    folder.save(PAGE)
    folder.run(authors=("Ada Example", "Bo Example"))
    record = RecordLibrary([folder.records.parent]).find("29870")
    assert [author.value for author in record.provenance.authors] == ["Ada Example", "Bo Example"]


def test_an_unchanged_record_is_not_even_touched(folder: Folder) -> None:
    folder.save(PAGE)
    folder.run()
    before = (folder.record.read_bytes(), folder.record.stat())
    folder.save(PAGE.replace("\n", "\r\n"))
    assert _outcomes(folder.run(update=True, force=True)) == ["unchanged"]
    after = (folder.record.read_bytes(), folder.record.stat())
    assert after[0] == before[0]
    assert (after[1].st_ino, after[1].st_mtime_ns) == (before[1].st_ino, before[1].st_mtime_ns)


def test_a_change_is_shown_and_needs_update(folder: Folder) -> None:
    folder.save(PAGE)
    folder.run()
    before = folder.record.read_bytes()
    folder.save(CHANGED)
    (plan,) = folder.run()
    assert _outcomes((plan,)) == ["refused"]
    assert folder.rules == ["record-changed"]
    assert "-  It finds out why the knee hurts." in plan.made[0].diff
    assert "+  It finds out why your knee hurts." in plan.made[0].diff
    assert folder.record.read_bytes() == before
    assert _outcomes(folder.run(update=True)) == ["changed"]
    assert b"why your knee" in folder.record.read_bytes()
    assert [path.name for path in folder.records.iterdir()] == ["29870.yaml"]


def _edit(path: Path) -> bytes:
    path.write_bytes(path.read_bytes().replace(b"from the inside", b"on a screen"))
    return path.read_bytes()


def test_an_edit_is_kept_where_the_page_says_nothing_new(folder: Folder) -> None:
    folder.save(PAGE)
    folder.run()
    edited = _edit(folder.record)
    assert _outcomes(folder.run(update=True)) == ["kept"]
    assert folder.rules == []
    assert folder.record.read_bytes() == edited


def test_an_edit_is_overwritten_by_force_only_and_kept_as_a_backup(folder: Folder) -> None:
    folder.save(PAGE)
    folder.run()
    edited = _edit(folder.record)
    folder.save(CHANGED)
    assert _outcomes(folder.run(update=True)) == ["refused"]
    assert folder.rules == ["edited-by-hand"]
    assert folder.record.read_bytes() == edited
    (plan,) = folder.run(force=True)
    backup = folder.records / "29870.yaml.bak-1"
    assert plan.made[0].backup == backup
    assert backup.read_bytes() == edited
    assert b"why your knee" in folder.record.read_bytes()
    _edit(folder.record)
    folder.run(force=True)
    assert (folder.records / "29870.yaml.bak-2").is_file()
    assert RecordLibrary([folder.records.parent]).check() == ()


def test_a_record_of_a_persons_own_is_not_overwritten(folder: Folder) -> None:
    folder.records.mkdir(parents=True)
    own = folder.records / "cpt-29870.yml"
    own.write_text("code: '29870'\ncode_system: cpt\n")
    folder.save(PAGE)
    assert _outcomes(folder.run()) == ["refused"]
    assert folder.rules == ["edited-by-hand"]
    folder.run(force=True)
    assert own.read_text().startswith("# Imported by docgen from knee.txt; sha256")
    assert (folder.records / "cpt-29870.yml.bak-1").read_text().startswith("code: '29870'")


def test_a_code_that_two_systems_share_gets_a_file_of_each(folder: Folder) -> None:
    folder.records.mkdir(parents=True)
    other = folder.record
    other.write_text("code: '29870'\ncode_system: local\ntitle: T\nname: N\n")
    folder.save(PAGE)
    (plan,) = folder.run()
    assert plan.made[0].path == folder.records / "cpt-29870.yaml"
    assert other.read_text().startswith("code: '29870'\ncode_system: local")


def test_two_pages_for_one_code_are_both_refused(folder: Folder) -> None:
    folder.save(PAGE, "a.txt")
    folder.save(CHANGED, "b.txt")
    findings = Findings()
    plans = run_import(inputs([folder.pages], None, findings), folder.options, findings)
    assert _outcomes(plans) == ["refused", "refused"]
    (told,) = findings.diagnostics
    assert told.rule == "two-for-one-code"
    assert "a.txt:3:1" in told.message
    assert str(told.span).endswith("b.txt:3:1")
    assert not folder.records.exists() or not list(folder.records.iterdir())


def test_a_refused_page_leaves_the_others_alone(folder: Folder) -> None:
    folder.save(PAGE)
    folder.save("Not a page at all.\n", "other.txt")
    assert [plan.refused for plan in folder.run()] == [False, True]
    assert folder.rules == ["not-a-page"]
    assert folder.record.is_file()


def test_a_dry_run_writes_nothing(folder: Folder) -> None:
    folder.save(PAGE)
    (plan,) = folder.run(dry_run=True)
    assert (plan.made[0].outcome, plan.made[0].path) == ("new", folder.record)
    assert not folder.records.parent.exists()


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"code": None}, "no-code"),
        ({"code": "2987"}, "bad-code"),
        ({"code_system": HCPCS}, "other-code-system"),
    ],
)
def test_a_code_that_is_not_told_or_not_right(
    folder: Folder, changes: dict[str, object], rule: str
) -> None:
    folder.save(PAGE)
    assert [plan.refused for plan in folder.run(**changes)] == [True]
    assert folder.rules == [rule]


def test_a_page_that_tells_another_code_is_refused(folder: Folder) -> None:
    folder.save(saved_page(system="CPT4 code 29871"))
    assert [plan.refused for plan in folder.run()] == [True]
    assert folder.rules == ["other-code"]


def test_a_table_gives_files_their_codes(folder: Folder, tmp_path: Path) -> None:
    folder.save(PAGE)
    folder.save(saved_page(system="Some code", title="Another"), "deep.txt")
    table = tmp_path / "codes.csv"
    table.write_text(
        "\ufefffile;code;code_system\nknee.txt;29870;\npages/deep.txt;X-1;local\nno.txt;1;local\n"
    )
    plans = folder.run(code=None, codes=read_codes_file(table))
    made = {made.code: made.code_system for plan in plans for made in plan.made}
    assert made == {"29870": "cpt", "X-1": "local"}
    assert sorted(folder.rules) == ["unknown-code-system", "unused-code"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('file,code\n"a.txt","1"\nb.txt,"2" x\n', ["3:7 text-after-quote"]),
        ('file,code\n"a.txt,1\nb.txt,2\n', ["2:1 unclosed-quote", "3:1 after-wrong-quote"]),
        ('file,code\n"a.txt,1\nb.txt",2\n', ["2:1 line-break"]),
        ('"file" x,code\na.txt,1\n', ["1:1 text-after-quote"]),
        ("file,code,file\na.txt,1,b.txt\n", ["1:1 duplicate-column"]),
        ("file,code\na.txt,1,2\n", ["2:1 wrong-cell-count"]),
        (f'file,code\na.txt,"{"1" * 140_000}"\n', ["2:1 cell-too-long"]),
    ],
)
def test_a_table_of_codes_that_is_wrong_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, told: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("codes.csv").write_text(text)
    with pytest.raises(DocgenError) as refused:
        read_codes_file(Path("codes.csv"))
    found = refused.value.diagnostics
    assert [f"{one.span.line}:{one.span.column} {one.rule}" for one in found if one.span] == told


def test_codes_are_told_by_their_lines(tmp_path: Path) -> None:
    """Blank lines and signs that only some take for line ends move no place."""
    table = tmp_path / "codes.csv"
    table.write_text('file,code,code_system\r\n\r\n"a\x0b.txt",1\r\nb.txt,2,cpt\r\n')
    findings = Findings()
    read_codes_file(table).tell_unused(findings)
    assert [one.span and one.span.line for one in findings.diagnostics] == [3, 4]


def test_what_a_page_said_beyond_its_fields_is_in_the_record(folder: Folder) -> None:
    folder.save(saved_page({**SECTIONS, "Coding Notes": "Report it *once*."}))
    folder.run()
    record = RecordLibrary([folder.records.parent]).find("29870")
    (kept,) = record.unplaced
    assert kept.heading
    assert (kept.heading.value, kept.text.value.strip()) == ("Coding Notes", "Report it *once*.")
