"""Which records are set for proof, in which languages, and what is told of policies and tables."""

from pathlib import Path

import pytest

from docgen.cli import record_check
from tests.commands import ROOT, Ended, invoke_docgen
from tests.sample_records import RECORDS

RECORD = """\
code: T1
code_system: local
language: en
title: A test
name: a test
summary: A test.
purpose: To test.
procedure_description: |
  1. It is done.
risks: None.
further_sections:
  - {title: When to call for help, audience: patients, text: Call us.}
provenance: {version: "1", authors: [Ada Sample]}
"""
FILE = Path("data/records/T1.yaml")
WHOLE = f"{len(RECORDS) + 1} records are right"


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(FILE, RECORD)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def check(*arguments: str) -> Ended:
    return invoke_docgen("records", "check", *arguments, cwd=Path.cwd())


def test_records_and_their_sheets_are_right() -> None:
    ended = check()
    assert (ended.returncode, ended.stdout.decode(), ended.stderr) == (0, f"{WHOLE}\n", b"")


@pytest.mark.parametrize(
    ("find", "put", "place"),
    [
        ("title: A test", "title: A 中 test", "4:10"),
        ("purpose: To test.", "purpose: To 中 test.", "7:13"),
        ("text: Call us.", "text: Call 中.", "12:67"),
        ("authors: [Ada Sample]", "authors: [Ada 中]", "13:42"),
    ],
)
def test_a_letter_that_no_font_has_is_told_at_its_own_place(
    find: str, put: str, place: str
) -> None:
    write(FILE, RECORD.replace(find, put))
    ended = check()
    assert ended.returncode == 1
    told = ended.stderr.decode()
    assert f"{FILE}:{place}: error[unprintable-character]" in told
    assert told.count("error[") == 1, "once, though two sheets are refused for it"
    rendered = invoke_docgen("render", "T1", cwd=Path.cwd())
    assert f"{FILE}:{place}: error[unprintable-character]" in rendered.stderr.decode()


def test_a_translation_is_set_too() -> None:
    translation = (
        "translation_of: T1\nlanguage: es\ntitle: Una prueba\nname: una prueba\nsummary: A.\n"
        "purpose: A.\nprocedure_description: |\n  1. A 中.\nrisks: A.\nfurther_sections:\n"
        "  - {title: Cuándo, audience: patients, text: Llame.}\n"
    )
    place = FILE.with_suffix(".es.yaml")
    accept = ("translations", "accept", "T1", "--language", "es", "--all")
    for text, refused in ((translation.replace("A 中.", "A."), False), (translation, True)):
        write(place, text)
        assert invoke_docgen(*accept, cwd=Path.cwd()).returncode == 0
        ended = check()
        assert ended.returncode == int(refused)
        told = f"{place}:8:8: error[unprintable-character]" in ended.stderr.decode()
        assert told is refused


def test_a_language_that_no_layout_has_words_in_is_set_around_english_ones() -> None:
    write(FILE, RECORD.replace("language: en", "language: fr"))
    assert check().returncode == 0
    write(FILE, RECORD.replace("language: en", "language: fr").replace("risks: None", "risks: 中"))
    assert f"{FILE}:10:8: error[unprintable-character]" in check().stderr.decode()


def test_what_a_handout_needs_is_told_of_a_record_that_lacks_it() -> None:
    write(FILE, RECORD.replace("risks: None.\n", ""))
    told = check().stderr.decode()
    assert f"{FILE}:1:1: error[required-block]: this record has no 'risks'" in told


def test_a_code_that_shares_a_handout_needs_none_of_its_own() -> None:
    shares = "same_handout_as: {code_system: cpt, code: '45378'}\n"
    write(FILE, RECORD.replace("summary: A test.\n", shares))
    assert check().returncode == 0


def test_of_a_title_alone_only_a_warning_is_told() -> None:
    write(FILE, f"{RECORD.partition('summary')[0]}{RECORD[RECORD.index('provenance') :]}")
    ended = check()
    assert ended.returncode == 0
    assert ended.stderr.decode().startswith(f"{FILE}:1:1: warning[no-sections]: there is only")


def test_the_layouts_of_other_folders_are_set(tmp_path: Path) -> None:
    other = tmp_path / "more/patient-handout.yaml"
    line = "insert: [{blocks: [{id: a, type: text, text: '{{ record.specialty }}'}]}]\n"
    write(other, f"id: patient-handout\nextends: patient-handout\n{line}")
    assert check().returncode == 0
    assert (
        "more/patient-handout.yaml:3:50: error[empty-value]"
        in check("--layouts", "more").stderr.decode()
    )


def test_a_large_library_is_set_only_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_check, "MOST", 3)
    write(FILE, RECORD.replace("risks: None", "risks: 中"))
    ended = check()
    assert ended.returncode == 0
    assert ended.stdout.decode() == (
        f"{WHOLE}, but for their sheets, which were not set: --sheets sets those of a large "
        "library too\n"
    )
    assert check("--sheets").returncode == 1
    monkeypatch.setattr(record_check, "MOST", 1000)
    assert check("--no-sheets").returncode == 0


def test_an_organization_that_refuses_drafts_is_told_of_them() -> None:
    own = Path("layouts/organizations/own/organization.yaml")
    write(own, "name: Own\nlanguage: en\ndefaults: {overdue_records: refuse}\n")
    assert f"{FILE}:13:13: error[not-reviewed]" in check("--organization", "own").stderr.decode()


def test_titles_of_tables_are_looked_at() -> None:
    table = (ROOT / "tests/end_to_end/test_title_only.py").read_text("utf-8")
    text = table.partition('TABLE = """\\\n')[2].partition('"""')[0].replace("\\t", "\t")
    write(Path("data/tables/hcpcs.tsv"), text)
    assert check().returncode == 0
    write(Path("data/tables/hcpcs.tsv"), text.replace("Made-up meal", "Made-up 中"))
    ended = check()
    assert ended.returncode == 1
    assert "data/tables/hcpcs.tsv:10:1: error[unprintable-character]" in ended.stderr.decode()


def test_policies_are_looked_at() -> None:
    policy = "payer: A plan\ntitle: A 中 policy\ncodes: {local: [T1]}\n"
    write(Path("data/policies/one.yaml"), policy)
    ended = invoke_docgen("policies", "check", cwd=Path.cwd())
    assert ended.returncode == 1
    assert "data/policies/one.yaml:2:10: error[unprintable-character]" in ended.stderr.decode()
    assert check().returncode == 1, "the summary of the code that it covers is refused for it"


def test_sheets_and_readability_do_not_go_together() -> None:
    ended = check("--readability", "--sheets")
    assert (ended.returncode, b"leave out --sheets" in ended.stderr) == (2, True)
