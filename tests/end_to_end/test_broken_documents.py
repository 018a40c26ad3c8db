"""Real sheets, broken on purpose: the judges of conformance must find every break.

Each break says who finds it: no judge finds all.
"""

import re
from functools import cache

import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from docgen import BASE_LAYOUTS, Project
from docgen.project import RenderOptions
from tests.commands import ROOT
from tests.conformance import conformance_problems
from tests.faults import Change, Faults, changed, draw, marked_parents, rewrite_metadata
from tests.structure_tree import Element, Tree

HANDOUT, SUMMARY = BASE_LAYOUTS
BOTH = "structure and validator"
VALIDATOR = "validator"
STRUCTURE = "structure"

_OF_SUMMARY = Faults()
"""Its sheet has fields, tables, a bar code and steps."""
_OF_HANDOUT = Faults()
"""Its sheet has links, on its last page."""
summary = _OF_SUMMARY.fault
handout = _OF_HANDOUT.fault


@cache
def sheet(layout: str) -> bytes:
    project = Project.open(ROOT, organization="sample")
    record = project.record("77299", "cpt")
    return project.render_record(record, layout, RenderOptions(fillable=True)).data


def finders(data: bytes) -> str:
    """Who finds something wrong with a file."""
    judges = {problem.partition(":")[0] for problem in conformance_problems(data)}
    return " and ".join(sorted(judges))


def element(pdf: Pdf, role: str) -> Element:
    """The first element of a role."""
    return next(found for found in Tree(pdf).walk() if found.role == role)


def annotation(pdf: Pdf, subtype: str) -> Object:
    """The first annotation of a kind."""
    found = (each for page in pdf.pages for each in page.obj.get("/Annots", Array()))
    return next(each for each in found if each.Subtype == f"/{subtype}")


def font(pdf: Pdf) -> Object:
    """The first font of the first page."""
    return next(iter(pdf.pages[0].obj.Resources.Font.values()))


def unmark(pdf: Pdf, begin: bytes) -> None:
    """Takes the first marks of a kind off the first page, and leaves what they marked."""
    contents = pdf.pages[0].obj.Contents
    bare, times = re.subn(
        begin + rb"\s(.*?)\sEMC\s", rb" \1 ", contents.read_bytes(), count=1, flags=re.DOTALL
    )
    assert times == 1
    contents.write(bare)


@summary(BOTH)
def no_structure_tree(pdf: Pdf) -> None:
    del pdf.Root.StructTreeRoot


@summary(BOTH)
def not_marked_as_tagged(pdf: Pdf) -> None:
    del pdf.Root.MarkInfo


@summary(BOTH)
def no_parent_tree(pdf: Pdf) -> None:
    del pdf.Root.StructTreeRoot.ParentTree


@summary(STRUCTURE)
def content_that_no_element_holds(pdf: Pdf) -> None:
    del element(pdf, "H1").object.K


@summary(STRUCTURE)
def content_that_the_parent_tree_does_not_know(pdf: Pdf) -> None:
    del marked_parents(pdf)[-1]


@summary(STRUCTURE)
def content_that_belongs_elsewhere(pdf: Pdf) -> None:
    parents = marked_parents(pdf)
    parents[0], parents[1] = parents[1], parents[0]


@summary(BOTH)
def text_without_mark(pdf: Pdf) -> None:
    unmark(pdf, rb"/H1 <</MCID 0>> BDC")


@summary(BOTH)
def decoration_without_mark(pdf: Pdf) -> None:
    unmark(pdf, rb"/Artifact BMC")


@summary(BOTH)
def a_line_more(pdf: Pdf) -> None:
    draw(pdf, "\n0 0 m 100 100 l S\n")


@summary(BOTH)
def no_alternative_text(pdf: Pdf) -> None:
    del element(pdf, "Figure").object.Alt


@summary(STRUCTURE)
def no_box_of_a_figure(pdf: Pdf) -> None:
    del element(pdf, "Figure").object.A


@summary(BOTH)
def skipped_heading(pdf: Pdf) -> None:
    element(pdf, "H2").object.S = Name.H3


@summary(BOTH)
def header_without_scope(pdf: Pdf) -> None:
    for found in Tree(pdf).walk():
        if found.role == "TH":
            del found.object.A


@summary(BOTH)
def a_cell_too_wide(pdf: Pdf) -> None:
    element(pdf, "TD").object.A = Dictionary(O=Name.Table, ColSpan=2)


@summary(BOTH)
def item_out_of_its_list(pdf: Pdf) -> None:
    element(pdf, "L").object.S = Name.Sect


@summary(STRUCTURE)
def list_of_unknown_labels(pdf: Pdf) -> None:
    del element(pdf, "L").object.A


@summary(STRUCTURE)
def wrong_parent(pdf: Pdf) -> None:
    element(pdf, "TD").object.P = element(pdf, "H1").object


@summary(BOTH)
def unknown_role(pdf: Pdf) -> None:
    element(pdf, "Caption").object.S = Name.Remark


@summary(STRUCTURE)
def empty_element(pdf: Pdf) -> None:
    document = element(pdf, "Document").object
    empty = Dictionary(Type=Name.StructElem, S=Name.P, P=document)
    document.K.append(pdf.make_indirect(empty))


@summary(BOTH)
def no_language(pdf: Pdf) -> None:
    del pdf.Root.Lang


@summary(BOTH)
def title_not_displayed(pdf: Pdf) -> None:
    del pdf.Root.ViewerPreferences


@summary(BOTH)
def no_metadata(pdf: Pdf) -> None:
    del pdf.Root.Metadata


@summary(BOTH)
def no_claim_of_accessibility(pdf: Pdf) -> None:
    rewrite_metadata(pdf, b' pdfuaid:part="1"', b"")


@summary(VALIDATOR)
def no_claim_of_archive(pdf: Pdf) -> None:
    rewrite_metadata(pdf, b' pdfaid:part="3"', b"")


@summary(BOTH)
def no_colours(pdf: Pdf) -> None:
    del pdf.Root.OutputIntents


@summary(BOTH)
def no_unicode(pdf: Pdf) -> None:
    del font(pdf).ToUnicode


@summary(BOTH)
def no_font_file(pdf: Pdf) -> None:
    del font(pdf).FontDescriptor.FontFile2


@summary(VALIDATOR)
def wrong_widths(pdf: Pdf) -> None:
    font(pdf).Widths = Array([1] * len(font(pdf).Widths))


@summary(BOTH)
def field_of_no_element(pdf: Pdf) -> None:
    del annotation(pdf, "Widget").StructParent


@summary(BOTH)
def element_without_its_field(pdf: Pdf) -> None:
    element(pdf, "Form").object.K = Array()


@summary(BOTH)
def field_without_label(pdf: Pdf) -> None:
    del annotation(pdf, "Widget").TU


@summary(BOTH)
def attachment_of_no_kind(pdf: Pdf) -> None:
    del pdf.Root.AF[0].AFRelationship


@handout(BOTH)
def link_of_no_element(pdf: Pdf) -> None:
    del annotation(pdf, "Link").StructParent


@handout(BOTH)
def link_without_words(pdf: Pdf) -> None:
    annotation(pdf, "Link").Contents = String("")


@handout(STRUCTURE)
def element_without_its_link(pdf: Pdf) -> None:
    held = element(pdf, "Link").object
    held.K = Array([kid for kid in held.K if not isinstance(kid, Dictionary)])


@handout(BOTH)
def link_that_is_no_link(pdf: Pdf) -> None:
    element(pdf, "Link").object.S = Name.Span


@handout(BOTH)
def link_that_does_not_print(pdf: Pdf) -> None:
    annotation(pdf, "Link").F = 0


@handout(BOTH)
def tabs_out_of_order(pdf: Pdf) -> None:
    for page in pdf.pages:
        if "/Tabs" in page.obj:
            del page.obj.Tabs


@pytest.mark.parametrize("layout", BASE_LAYOUTS)
def test_the_sheet_itself_is_whole(layout: str) -> None:
    assert finders(changed(sheet(layout), lambda pdf: None)) == ""


@_OF_SUMMARY.every()
def test_every_break_of_a_summary_is_found(change: Change, words: str) -> None:
    assert finders(changed(sheet(SUMMARY), change)) == words


@_OF_HANDOUT.every()
def test_every_break_of_a_handout_is_found(change: Change, words: str) -> None:
    assert finders(changed(sheet(HANDOUT), change)) == words
