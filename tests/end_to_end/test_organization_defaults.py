"""What an organization wants of its sheets where nobody asks for anything else."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from docgen import Project, RenderOptions
from docgen.diagnostics import DocgenError
from tests.commands import run_docgen
from tests.sample_records import reviewed, take_over_samples

DUE = datetime(2027, 11, 20, tzinfo=UTC)
"""The day on which the review of the record 77299 is due."""
LATER = datetime(2027, 11, 21, tzinfo=UTC)


def _own(folder: Path, text: str) -> Path:
    take_over_samples(folder)
    file = folder / "layouts/organizations/own/organization.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(f"name: Sample Clinic\n{text}", "utf-8")
    return reviewed(folder, "77299")


def _project(folder: Path, text: str) -> Project:
    return Project.open(_own(folder, text), organization="own")


def test_its_layouts_are_rendered_where_none_are_named(tmp_path: Path) -> None:
    project = _project(tmp_path, "defaults: {layouts: [clinician-summary]}\n")
    assert [sheet.layout for sheet in project.render("77299")] == ["clinician-summary"]
    named = project.render("77299", ["patient-handout"])
    assert [sheet.layout for sheet in named] == ["patient-handout"]


def test_an_organization_that_names_no_layouts_has_the_base_layouts(tmp_path: Path) -> None:
    sheets = _project(tmp_path, "defaults: {large_print: false}\n").render("77299")
    assert [sheet.layout for sheet in sheets] == ["patient-handout", "clinician-summary"]


def test_the_command_renders_its_layouts_too(tmp_path: Path) -> None:
    folder = _own(tmp_path, "defaults: {layouts: [patient-handout]}\n")
    command = ("render", "77299", "--organization", "own")
    run = run_docgen(*command, cwd=folder)
    assert (run.stdout, run.returncode) == (b"output/cpt-77299-patient-handout.pdf\n", 0)
    assert run_docgen(*command, "--output", "-", cwd=folder).stdout.startswith(b"%PDF")


def test_an_unknown_layout_is_told_at_its_place(tmp_path: Path) -> None:
    with pytest.raises(DocgenError) as refused:
        _project(tmp_path, "defaults:\n  layouts: [patient-handout, clinician-sumary]\n")
    (found,) = refused.value.diagnostics
    assert (found.rule, found.hint) == ("missing-layout", "did you mean 'clinician-summary'?")
    assert found.span
    assert (found.span.line, found.span.column) == (3, 30)


@pytest.mark.parametrize("created", [None, DUE])
def test_a_record_is_not_overdue_without_a_date_nor_on_the_last_day(
    tmp_path: Path, created: datetime | None
) -> None:
    project = _project(tmp_path, "defaults: {overdue_records: refuse}\n")
    (sheet,) = project.render("77299", ["patient-handout"], options=RenderOptions(created=created))
    assert sheet.warnings == ()


@pytest.mark.parametrize("text", ["", "defaults: {overdue_records: warn}\n"])
def test_an_overdue_record_is_warned_of(tmp_path: Path, text: str) -> None:
    (sheet,) = _project(tmp_path, text).render(
        "77299", ["patient-handout"], options=RenderOptions(created=LATER)
    )
    (warning,) = sheet.warnings
    assert (warning.rule, warning.severity) == ("overdue-record", "warning")
    assert "was due on 2027-11-20, and the sheet is made on 2027-11-21" in warning.message
    assert warning.span
    assert warning.span.path.endswith("77299.yaml")


def test_an_overdue_record_is_refused_where_its_organization_says_so(tmp_path: Path) -> None:
    project = _project(tmp_path, "defaults: {overdue_records: refuse}\n")
    with pytest.raises(DocgenError, match=r"error\[overdue-record\]") as refused:
        project.render("77299", options=RenderOptions(created=LATER))
    assert len(refused.value.diagnostics) == 1, "told once, though two sheets are refused"
