"""Codes of which nothing but a title is on file: what is printed of them, and what is refused."""

from pathlib import Path

import pytest

from docgen import Project
from docgen.diagnostics import DocgenError
from docgen.project import RenderOptions
from tests.conformance import conformance_problems
from tests.pdf_text import page_texts
from tests.runs import assert_adds_up, batch, manifest, rejected, visit, write_worklist

TABLE = """\
# docgen code table 1
# code_system: hcpcs
# version: 2026-01
# authors: Sample Authority
# language: en
# source: made-up.txt
# sha256: 00
# rows: 2
A0010\tMade-up ride, per made-up mile\tRide\t2027-12-31
B0001\tMade-up meal\t\t
"""
SPANISH = RenderOptions(language="es")
REFUSED = "there is only a title for HCPCS A0010"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    table = tmp_path / "data/tables/hcpcs.tsv"
    table.parent.mkdir(parents=True)
    table.write_text(TABLE)
    return tmp_path


def test_the_summary_prints_code_and_title_and_says_that_there_is_no_more(folder: Path) -> None:
    (sheet,) = Project.open(folder).render("a0010", ["clinician-summary"])
    text = " ".join(" ".join(page_texts(sheet.data)).split())
    assert "Made-up ride, per made-up mile" in text
    assert "A0010 HCPCS" in text
    assert "2026-01, not reviewed" in text
    assert "Only the code and its title are on file." in text
    assert "The last day of the code A0010 is 2027-12-31." in text
    assert "Risks and complications" not in text
    assert sheet.page_count == 1
    assert conformance_problems(sheet.data) == []


def test_the_handout_is_refused_with_one_reason(folder: Path) -> None:
    with pytest.raises(DocgenError) as refused:
        Project.open(folder).render("A0010", ["patient-handout"])
    (told,) = refused.value.diagnostics
    assert (told.rule, told.message) == ("no-sections", REFUSED)
    assert str(told.span) == "data/tables/hcpcs.tsv:9:1"


def test_it_is_the_only_reason_in_another_language_too(folder: Path) -> None:
    with pytest.raises(DocgenError) as refused:
        Project.open(folder).render(
            "A0010", ["patient-handout"], None, RenderOptions(language="es")
        )
    assert [told.message for told in refused.value.diagnostics] == [REFUSED]


def test_a_summary_in_spanish_needs_a_record(folder: Path) -> None:
    with pytest.raises(DocgenError) as refused:
        Project.open(folder).render("A0010", ["clinician-summary"], None, SPANISH)
    (told,) = refused.value.diagnostics
    assert told.hint
    assert told.hint.startswith("write a record with a translation, or print it in another")


def test_a_layout_that_requires_more_is_told_once_that_there_is_none(folder: Path) -> None:
    (folder / "layouts").mkdir()
    (folder / "layouts/full.yaml").write_text(
        "id: full\nextends: clinician-summary\n"
        "insert:\n  - blocks:\n"
        "      - {id: all, type: section, heading: A, field: record.summary, required: true}\n"
        "      - {id: more, type: section, heading: B, field: record.risks, required: true}\n"
    )
    with pytest.raises(DocgenError) as refused:
        Project.open(folder).render("A0010", ["full"])
    assert [told.message for told in refused.value.diagnostics] == [REFUSED]


def test_a_record_file_without_sections_is_treated_alike(folder: Path) -> None:
    (folder / "data/records").mkdir()
    (folder / "data/records/99001.yaml").write_text(
        "code: '99001'\ncode_system: cpt\ntitle: T\nname: n\n"
        "provenance: {version: '1', authors: [Ada Sample]}\n"
    )
    project = Project.open(folder)
    assert project.record("99001").title_only
    with pytest.raises(DocgenError, match="there is only a title for CPT 99001"):
        project.render("99001", ["patient-handout"])


def test_a_batch_rejects_the_row_for_it(folder: Path) -> None:
    lines = [visit(1, codes="45378"), visit(2, codes="A0010"), visit(3, codes="45378;B0001")]
    write_worklist(folder / "day.csv", lines)
    result = batch(folder, "day.csv", "--workers", "1", "--quiet")
    run = folder / "output/run-0001"
    assert result.returncode == 3
    assert_adds_up(run)
    assert [line["docgen_reason"] for line in rejected(run)] == [
        f"day.csv:3:1: hcpcs.tsv:9:1: {REFUSED} (write a record of it, or import one)",
        "day.csv:4:1: hcpcs.tsv:10:1: there is only a title for HCPCS B0001 "
        "(write a record of it, or import one)",
    ]
    assert [line["code"] for line in manifest(run) if line["state"] == "done"] == ["45378"] * 2


def test_a_batch_of_summaries_prints_it(folder: Path) -> None:
    write_worklist(folder / "day.csv", [visit(1, codes="A0010", layouts="clinician-summary")])
    result = batch(folder, "day.csv", "--workers", "1", "--quiet")
    assert result.returncode == 0, result.stderr
    (line,) = manifest(folder / "output/run-0001")
    assert (line["code"], line["record_version"]) == ("A0010", "2026-01")
