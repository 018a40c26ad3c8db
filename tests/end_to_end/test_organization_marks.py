"""Sheets of an organization with a logo, standing texts, or pre-printed paper."""

from pathlib import Path
from shutil import copy

import pytest

from docgen import BASE_LAYOUTS, Project, RenderOptions
from docgen.document import Figure
from docgen.typeset import Box, LinkArea, PageItem, Pages, PlacedCode, PlacedImage, TextPiece
from tests.commands import ROOT
from tests.conformance import conformance_problems
from tests.pdf_text import page_texts

LETTERHEAD = 2 * 72.0
OWN = """\
name: Sample Bay
logo: {file: logo.png, alt: "Sample Bay: a lantern"}
phones: [{label: Nurse line, number: 555-555-0100}]
texts:
  disclaimer: This sheet cannot know all of you.
  whom_to_call: Call early rather than late.
  feedback: Tell us what to say better.
"""

both_layouts = pytest.mark.parametrize("layout", BASE_LAYOUTS)
both_sizes = pytest.mark.parametrize("large_print", [False, True])


def _project(folder: Path, more: str = "") -> Project:
    own = folder / "layouts/organizations/own"
    own.mkdir(parents=True)
    copy(ROOT / "layouts/organizations/lantern-bay-cancer-center/logo.png", own)
    (own / "organization.yaml").write_text(OWN + more, "utf-8")
    return Project.open(folder, organization="own")


def _pages(project: Project, layout: str, *, large_print: bool) -> Pages:
    options = RenderOptions(large_print=large_print)
    return project.typeset(project.compose(project.record("77299"), layout, options))


def _top(item: PageItem) -> float:
    """How high an item reaches, in points from the top of the paper."""
    match item:
        case TextPiece():
            return item.baseline - item.size
        case Box() | PlacedImage() | PlacedCode() | LinkArea():
            return item.y
    return float("inf")


@both_layouts
@both_sizes
def test_nothing_is_printed_on_a_letterhead(tmp_path: Path, layout: str, large_print: bool) -> None:
    project = _project(tmp_path, "letterhead: {height: 2in}\n")
    pages = _pages(project, layout, large_print=large_print).pages
    assert LETTERHEAD <= min(map(_top, pages[0].marks)) < LETTERHEAD + 24
    assert not [item for item in pages[0].marks if isinstance(item, PlacedImage)]
    assert all(min(map(_top, page.marks)) < LETTERHEAD / 2 for page in pages[1:])


@both_layouts
@both_sizes
def test_the_logo_heads_the_first_page(tmp_path: Path, layout: str, large_print: bool) -> None:
    pages = _pages(_project(tmp_path), layout, large_print=large_print).pages
    (logo,) = [item for page in pages for item in page.marks if isinstance(item, PlacedImage)]
    assert logo in pages[0].items
    assert isinstance(logo.node, Figure)
    assert logo.node.alt == "Sample Bay: a lantern"
    assert logo.height <= 0.6 * 72 + 0.01
    assert logo.y < LETTERHEAD


@pytest.mark.parametrize("more", ["", "letterhead: {height: 2in}\n"])
@both_sizes
def test_such_sheets_conform(tmp_path: Path, more: str, large_print: bool) -> None:
    options = RenderOptions(large_print=large_print)
    for sheet in _project(tmp_path, more).render("77299", options=options):
        assert conformance_problems(sheet.data) == []


def test_standing_texts_stand_where_they_belong(tmp_path: Path) -> None:
    handout, summary = (
        " ".join(" ".join(page_texts(sheet.data)).split())
        for sheet in _project(tmp_path).render("77299")
    )
    order = [
        "Whom to call",
        "Call early rather than late.",
        "Nurse line: 555-555-0100",
        "This is not a consent form.",
        "This sheet cannot know all of you.",
        "Tell us what to say better.",
    ]
    places = [handout.index(words) for words in order]
    assert places == sorted(places)
    assert summary.index("not a consent form.") < summary.index(
        "This sheet cannot know all of you."
    )


@pytest.mark.parametrize(("more", "name"), [("", "Sample Bay."), ("short_name: Bay\n", "Bay.")])
def test_the_foot_of_a_sheet_has_the_short_name(tmp_path: Path, more: str, name: str) -> None:
    for sheet in _project(tmp_path, more).render("77299"):
        lines = page_texts(sheet.data)[0].splitlines()
        assert any(line.startswith(name) for line in lines)
