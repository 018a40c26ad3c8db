"""What a view shows: the sheet as it is now, or the last good one and what is wrong."""

import logging
from pathlib import Path

import pytest

from docgen import Project, RenderOptions
from docgen.preview import PreviewedCode, View
from docgen.preview.showing import Preview
from tests.previewing import LAYOUT, RECORD, change, make_project

HANDOUT = View("patient-handout")


@pytest.fixture
def subject(tmp_path: Path) -> PreviewedCode:
    return PreviewedCode(code="EXAMPLE-1", folder=make_project(tmp_path / "clinic"))


def _rendered(subject: PreviewedCode, view: View) -> bytes:
    assert view.layout
    options = RenderOptions(large_print=view.large_print)
    (sheet,) = Project.open(subject.folder).render("EXAMPLE-1", [view.layout], options=options)
    return sheet.data


def test_a_view_is_rendered_once_for_each_change(subject: PreviewedCode) -> None:
    preview = Preview(subject)
    first = preview.show(HANDOUT, 0)
    assert first.data == _rendered(subject, HANDOUT)
    change(subject.folder / RECORD, "title: Example visit", "title: Quite another visit")
    assert preview.show(HANDOUT, 0) is first
    second = preview.show(HANDOUT, 1)
    assert second.data == _rendered(subject, HANDOUT) != first.data
    assert preview.show(HANDOUT, 0) is second


def test_each_view_keeps_its_own_last_good_sheet(subject: PreviewedCode) -> None:
    preview = Preview(subject)
    large = View("patient-handout", large_print=True)
    good = {view: preview.show(view, 0) for view in (HANDOUT, large)}
    change(subject.folder / RECORD, "title: ", "titel: ")
    for view, before in good.items():
        after = preview.show(view, 1)
        assert (after.data, after.version, after.is_current) == (before.data, before.version, False)
        assert {found.rule for found in after.diagnostics} >= {"unknown-field"}
    assert good[HANDOUT].version != good[large].version


def test_the_layouts_are_those_of_now(subject: PreviewedCode) -> None:
    preview = Preview(subject)
    assert preview.show(HANDOUT, 0).layouts == ("clinician-summary", "patient-handout")
    own = (subject.folder / LAYOUT).with_stem("day-clinic")
    own.write_text((subject.folder / LAYOUT).read_text("utf-8"))
    assert preview.show(HANDOUT, 1).layouts == (
        *("clinician-summary", "day-clinic", "patient-handout"),
    )


def test_views_that_never_were_good_are_not_kept(subject: PreviewedCode) -> None:
    preview = Preview(subject)
    for number in range(3):
        shown = preview.show(View(f"nowhere-{number}"), 0)
        assert (shown.data, shown.diagnostics[0].rule) == (None, "missing-layout")
    preview.show(HANDOUT, 0)
    assert preview.kept == (HANDOUT,)


class Neither:
    """Neither yes nor no, which nothing in a file can be."""

    def __bool__(self) -> bool:
        raise RuntimeError("neither")


def test_a_bug_is_told_as_one_and_the_sheet_stays(
    subject: PreviewedCode, caplog: pytest.LogCaptureFixture
) -> None:
    preview = Preview(subject)
    good = preview.show(HANDOUT, 0)
    shown = preview.show(View("patient-handout", large_print=Neither()), 0)  # type: ignore[arg-type]
    assert [found.rule for found in shown.diagnostics] == ["bug"]
    (told,) = caplog.records
    assert (told.levelno, told.exc_info is None) == (logging.ERROR, False)
    assert preview.show(HANDOUT, 0) is good
