"""The tests' own check of tagged PDFs finds each fault of catalog, elements, fonts, attachments."""

import page
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from tests.faults import Change, Faults, changed, rewrite_metadata
from tests.pdf_structure import structure_problems
from tests.tagged_sample import element, saved, tagged_sample

_FAULTS = Faults()
fault = _FAULTS.fault


def attributes(pdf: Pdf, role: str) -> Object:
    return element(pdf, role).A


def font(pdf: Pdf) -> Object:
    return pdf.pages[0].obj.Resources.Font.F1


@fault("the document is not marked as tagged")
def not_marked(pdf: Pdf) -> None:
    del pdf.Root.MarkInfo.Marked


@fault("the document names no language")
def no_language(pdf: Pdf) -> None:
    del pdf.Root.Lang


@fault("the title is not displayed")
def no_title_bar(pdf: Pdf) -> None:
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


@fault("there is no metadata")
def no_metadata(pdf: Pdf) -> None:
    del pdf.Root.Metadata


@fault("the metadata does not claim PDF/UA-1")
def no_claim(pdf: Pdf) -> None:
    rewrite_metadata(pdf, b"<pdfuaid:part>1</pdfuaid:part>", b"")


@fault("the metadata holds no title")
def no_title(pdf: Pdf) -> None:
    rewrite_metadata(pdf, b">Sample<", b"> <")


@fault("no output intent has a profile of three colours")
def no_intent(pdf: Pdf) -> None:
    del pdf.Root.OutputIntents


@fault("the document has no structure tree")
def no_tree(pdf: Pdf) -> None:
    del pdf.Root.StructTreeRoot


@fault("the root does not hold a Document and nothing else")
def no_document(pdf: Pdf) -> None:
    element(pdf, "Document").S = Name.Sect


@fault("does not name TR (object")
def wrong_parent(pdf: Pdf) -> None:
    element(pdf, "TD").P = element(pdf, "Table")


@fault("stands in the tree twice")
def twice(pdf: Pdf) -> None:
    element(pdf, "Document").K.append(element(pdf, "Note"))


@fault("holds something that is no kid")
def odd_kid(pdf: Pdf) -> None:
    element(pdf, "P").K.append(String("?"))


@fault("is no object of its own")
def direct_element(pdf: Pdf) -> None:
    document = element(pdf, "Document")
    document.K.append(Dictionary(Type=Name.StructElem, S=Name.P, P=document))


@fault("is no standard role")
def odd_role(pdf: Pdf) -> None:
    element(pdf, "Note").S = Name.Remark


@fault("is empty")
def empty_element(pdf: Pdf) -> None:
    document = element(pdf, "Document")
    empty = Dictionary(Type=Name.StructElem, S=Name.P, P=document)
    document.K.append(pdf.make_indirect(empty))


@fault("holds P")
def paragraph_in_a_list(pdf: Pdf) -> None:
    element(pdf, "LI").S = Name.P


@fault("stands in Div")
def row_without_table(pdf: Pdf) -> None:
    element(pdf, "Table").S = Name.Div


@fault("holds content of its own")
def content_between_rows(pdf: Pdf) -> None:
    element(pdf, "Table").K.append(element(pdf, "TD").K[0])


@fault("is not a label and a text")
def label_after_text(pdf: Pdf) -> None:
    item = element(pdf, "LI")
    item.K = Array([item.K[1], item.K[0]])


@fault("has labels and no ListNumbering")
def no_numbering(pdf: Pdf) -> None:
    del element(pdf, "L").A


@fault("has no Alt")
def no_alternative(pdf: Pdf) -> None:
    del element(pdf, "Figure").Alt


@fault("has no BBox")
def no_box(pdf: Pdf) -> None:
    del attributes(pdf, "Figure").BBox


@fault("has no Scope")
def no_scope(pdf: Pdf) -> None:
    del attributes(pdf, "TH").Scope


@fault("has rows that are not equally long")
def wide_cell(pdf: Pdf) -> None:
    element(pdf, "TD").A = Dictionary(O=Name.Table, ColSpan=2)


@fault("has a cell that goes beyond its last row")
def tall_cell(pdf: Pdf) -> None:
    element(pdf, "TD").A = Dictionary(O=Name.Table, RowSpan=2)


@fault("takes the place of another cell")
def overlapping_cells(pdf: Pdf) -> None:
    head, row = element(pdf, "Table").K
    head.K[1].A.RowSpan = 2
    row.K[0].A = Dictionary(O=Name.Table, ColSpan=2)


@fault("follows a heading of level 0")
def no_first_level(pdf: Pdf) -> None:
    element(pdf, "H1").S = Name.H2


@fault("follows a heading of level 1")
def skipped_level(pdf: Pdf) -> None:
    element(pdf, "Note").S = Name.H3


@fault("there is no heading")
def no_heading(pdf: Pdf) -> None:
    element(pdf, "H1").S = Name.P


@fault("a Note has no ID")
def no_id(pdf: Pdf) -> None:
    del element(pdf, "Note").ID


@fault("two Notes have the ID note-1")
def same_id(pdf: Pdf) -> None:
    heading = element(pdf, "H1")
    heading.S, heading.ID = Name.Note, String("note-1")


@fault("is not embedded as TrueType")
def no_font_file(pdf: Pdf) -> None:
    del font(pdf).FontDescriptor.FontFile2


@fault("has no ToUnicode")
def no_unicode_map(pdf: Pdf) -> None:
    del font(pdf).ToUnicode


@fault("record.json lacks one of its names")
def nameless_attachment(pdf: Pdf) -> None:
    del pdf.Root.AF[0].UF


@fault("record.json does not say what it is to the document")
def unrelated_attachment(pdf: Pdf) -> None:
    del pdf.Root.AF[0].AFRelationship


@fault("record.json has no content under UF")
def half_an_attachment(pdf: Pdf) -> None:
    del pdf.Root.AF[0].EF.UF


@fault("record.json does not say its type")
def untyped_attachment(pdf: Pdf) -> None:
    del pdf.Root.AF[0].EF.F.Subtype


def test_the_sample_is_without_fault() -> None:
    assert structure_problems(tagged_sample()) == []
    for profile in ("ua1", "3a"):
        assert page.validate_pdf_bytes(tagged_sample(), profile=profile).failures == []


def test_a_copy_without_change_is_without_fault() -> None:
    assert structure_problems(changed(tagged_sample(), saved)) == []


@_FAULTS.every()
def test_every_fault_is_found(change: Change, words: str) -> None:
    problems = structure_problems(changed(tagged_sample(), change))
    assert [problem for problem in problems if words in problem], problems


def test_a_filter_of_the_metadata_is_found() -> None:
    """qpdf takes such filters away when it saves, so the bytes are changed."""
    data = tagged_sample().replace(b"/Subtype /XML", b"/Filter [   ]")
    assert structure_problems(data) == ["the metadata is compressed"]
