"""The tests' own check of tagged PDFs finds each fault of marked content and annotations."""

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from tests.faults import Change, Faults, changed, draw, marked_parents, rewrite
from tests.pdf_structure import structure_problems
from tests.tagged_sample import element, tagged_sample

_FAULTS = Faults()
fault = _FAULTS.fault


def font(pdf: Pdf) -> Object:
    return pdf.pages[0].obj.Resources.Font.F1


@fault("page 1: f paints what is neither tagged nor")
def unmarked_path(pdf: Pdf) -> None:
    draw(pdf, "0 0 10 10 re f\n")


@fault("page 1: Tj paints what is neither tagged nor")
def unmarked_text(pdf: Pdf) -> None:
    rewrite(pdf, "/P <</MCID 12>> BDC", "/Span BMC")
    marked_parents(pdf)[12] = None


@fault("page 1: INLINE IMAGE paints what is neither tagged nor")
def unmarked_image(pdf: Pdf) -> None:
    draw(pdf, "BI /W 1 /H 1 /BPC 8 /CS /G ID x EI\n")


@fault("page 1: Do paints what is neither tagged nor")
def unmarked_form(pdf: Pdf) -> None:
    add_form(pdf, b"")
    draw(pdf, "/X1 Do\n")


def add_form(pdf: Pdf, content: bytes) -> None:
    box = Array([0, 0, 9, 9])
    form = pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=box)
    pdf.pages[0].obj.Resources.XObject = Dictionary(X1=form)


@fault("page 1: form /X1: tagged content 99 stands in a form")
def tagged_form(pdf: Pdf) -> None:
    add_form(pdf, b"/P <</MCID 99>> BDC EMC")
    draw(pdf, "/Span BMC /X1 Do EMC\n")


@fault("page 1: an artifact stands inside of tagged content")
def artifact_inside(pdf: Pdf) -> None:
    rewrite(pdf, "20 120 30 30 re f", "/Artifact BMC 20 120 30 30 re f EMC")


@fault("page 1: tagged content 10 stands inside of an artifact")
def tagged_inside(pdf: Pdf) -> None:
    rewrite(pdf, "/Figure <</MCID 10>> BDC", "/Artifact BMC /Figure <</MCID 10>> BDC")
    rewrite(pdf, "30 30 re f EMC", "30 30 re f EMC EMC")


@fault("page 1: tagged content 10 stands inside of other tagged content")
def tagged_in_tagged(pdf: Pdf) -> None:
    rewrite(pdf, "(noon) Tj ET EMC\n", "(noon) Tj ET\n")
    rewrite(pdf, "30 30 re f EMC", "30 30 re f EMC EMC")


@fault("page 1: two tagged contents have the number 9")
def same_number(pdf: Pdf) -> None:
    rewrite(pdf, "/MCID 10", "/MCID 9")


@fault("page 1: a marked content and a text object overlap")
def crossing_text_object(pdf: Pdf) -> None:
    rewrite(pdf, "(Title) Tj ET EMC", "(Title) Tj EMC ET")


@fault("page 1: a text object ends inside of a marked content that began in it")
def crossing_marked_content(pdf: Pdf) -> None:
    rewrite(pdf, "( here.) Tj EMC\nET", "( here.) Tj ET EMC")


@fault("page 1: 1 marked contents do not end")
def endless(pdf: Pdf) -> None:
    draw(pdf, "/Artifact BMC\n")


@fault("page 1: a marked content ends that did not begin")
def end_without_beginning(pdf: Pdf) -> None:
    draw(pdf, "EMC\n")


@fault("page 1: text is shown without a font")
def no_font(pdf: Pdf) -> None:
    rewrite(pdf, "BT /F1 16 Tf", "BT")


@fault("page 1: the parent tree does not know content 12")
def unknown_content(pdf: Pdf) -> None:
    del marked_parents(pdf)[12]


@fault("page 1: the parent tree knows content 12, which is not there")
def vanished_content(pdf: Pdf) -> None:
    rewrite(pdf, "/P <</MCID 12>> BDC", "/Artifact BMC")


@fault("holds content 10, which no page has")
def element_of_nothing(pdf: Pdf) -> None:
    rewrite(pdf, "/Figure <</MCID 10>> BDC", "/Artifact BMC")


@fault("page 1: content 1 is not held by the element it belongs to")
def other_owner(pdf: Pdf) -> None:
    marked_parents(pdf)[1] = element(pdf, "H1")


@fault("holds content 0, which another one holds")
def two_owners(pdf: Pdf) -> None:
    element(pdf, "Note").K.append(0)


@fault("page 1: Link belongs to no element")
def no_struct_parent(pdf: Pdf) -> None:
    del pdf.pages[0].obj.Annots[0].StructParent


@fault("page 1: Widget belongs to Link (object")
def wrong_struct_parent(pdf: Pdf) -> None:
    pdf.pages[0].obj.Annots[1].StructParent = 1


@fault("page 1: Link is not among the kids of Link (object")
def no_reference(pdf: Pdf) -> None:
    del element(pdf, "Link").K[1]


@fault("holds no annotation")
def form_without_field(pdf: Pdf) -> None:
    element(pdf, "Form").K = Array()


@fault("holds an annotation that no page has")
def annotation_taken_off(pdf: Pdf) -> None:
    del pdf.pages[0].obj.Annots[0]


@fault("page 1: Link has no Contents")
def no_description(pdf: Pdf) -> None:
    pdf.pages[0].obj.Annots[0].Contents = String(" ")


@fault("page 1: Widget has no TU")
def no_label(pdf: Pdf) -> None:
    del pdf.pages[0].obj.Annots[1].TU


@fault("page 1: Link is hidden or does not print")
def not_printed(pdf: Pdf) -> None:
    pdf.pages[0].obj.Annots[0].F = 0


@fault("page 1: Widget is hidden or does not print")
def hidden(pdf: Pdf) -> None:
    pdf.pages[0].obj.Annots[1].F = 6


@fault("page 1: tabs do not follow the structure")
def no_tab_order(pdf: Pdf) -> None:
    del pdf.pages[0].obj.Tabs


@fault("page 1: a font does not say which character its code 84 is")
def hole_in_unicode_map(pdf: Pdf) -> None:
    unicode = font(pdf).ToUnicode
    unicode.write(unicode.read_bytes().replace(b"<20> <7E> <0020>", b"<20> <53> <0020>"))


@_FAULTS.every()
def test_every_fault_is_found(change: Change, words: str) -> None:
    problems = structure_problems(changed(tagged_sample(), change))
    assert [problem for problem in problems if words in problem], problems
