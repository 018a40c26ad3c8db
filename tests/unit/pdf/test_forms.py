"""Fields to fill in: a viewer finds them, ticks them and types in them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]
import pytest

from docgen.document import (
    Document,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    RuledLines,
    Section,
    Signature,
    TextRun,
)
from docgen.pdf import write_pdf
from docgen.typeset import typeset
from tests.sheets import paper, text


def fillable(*blocks: Any) -> bytes:
    return write_pdf(typeset(paper(*blocks)), fillable=True).data


def checklist(*items: str) -> ListBlock:
    return ListBlock("check", tuple(ListItem((text(item),)) for item in items), label="Box to tick")


def names_of(data: bytes) -> list[str]:
    """What a screen reader says for each field, in order."""
    with pikepdf.open(BytesIO(data)) as pdf:
        return [str(field.TU) for field in pdf.Root.AcroForm.Fields]


def test_every_field_is_named_after_what_it_asks_for() -> None:
    labels = tuple(
        Paragraph((TextRun(name),), "caption") for name in ("Signature", "Date\nand time")
    )
    data = fillable(
        Section("ask", (Heading(2, (TextRun("Questions"),)), RuledLines(2))),
        Paragraph((TextRun("My numbers"),), "label"),
        RuledLines(1),
        checklist("Consent given", "Interpreter offered"),
        Signature(labels),
    )
    assert names_of(data) == [
        "Questions 1/2",
        "Questions 2/2",
        "My numbers",
        "Consent given",
        "Interpreter offered",
        "Signature",
        "Date and time",
    ]


def test_lines_without_a_heading_are_named_after_the_document() -> None:
    document: Document = paper(RuledLines(1))
    assert names_of(write_pdf(typeset(document), fillable=True).data) == [document.title]


def test_fields_are_empty_and_named_apart() -> None:
    with pikepdf.open(BytesIO(fillable(checklist("a", "b"), RuledLines(3)))) as pdf:
        fields = list(pdf.Root.AcroForm.Fields)
        assert [str(field.FT) for field in fields] == ["/Btn"] * 2 + ["/Tx"] * 3
        assert [str(field.get("/V", "nothing")) for field in fields] == ["/Off"] * 2 + [
            "nothing"
        ] * 3
        assert len({str(field.T) for field in fields}) == 5
        assert "/NeedAppearances" not in pdf.Root.AcroForm


def test_without_asking_for_it_a_sheet_has_no_fields() -> None:
    data = write_pdf(typeset(paper(checklist("a"), RuledLines(2)))).data
    with pikepdf.open(BytesIO(data)) as pdf:
        assert "/AcroForm" not in pdf.Root
        assert "/Annots" not in pdf.pages[0]


@contextmanager
def viewer(data: bytes) -> Iterator[tuple[Any, Any]]:
    """The form and the first page of a document, as a viewer holds them."""
    with pypdfium2.PdfDocument(data) as pdf:
        pdf.init_forms()
        form = pdf.formenv
        page = pdf[0]
        pdfium.FORM_OnAfterLoadPage(page, form)
        yield form, page


def click(form: Any, page: Any, x: float, y: float) -> None:
    for act in (pdfium.FORM_OnLButtonDown, pdfium.FORM_OnLButtonUp):
        act(form, page, 0, x, y)


def middle_of(data: bytes, index: int) -> tuple[float, float]:
    with pikepdf.open(BytesIO(data)) as pdf:
        left, bottom, right, top = (float(side) for side in pdf.pages[0].Annots[index].Rect)
        return (left + right) / 2, (bottom + top) / 2


def ink(page: Any, data: bytes, index: int) -> int:
    """How many dark pixels a field shows."""
    scale = 4
    with pikepdf.open(BytesIO(data)) as file:
        left, bottom, right, top = (float(side) for side in file.pages[0].Annots[index].Rect)
    picture = page.render(scale=scale, may_draw_forms=True).to_pil().convert("L")
    height = page.get_height()
    box = (left + 1.5, height - top + 1.5, right - 1.5, height - bottom - 1.5)
    inside = picture.crop(tuple(round(side * scale) for side in box))
    return sum(inside.histogram()[:100])


@pytest.fixture
def form_data() -> bytes:
    return fillable(checklist("Consent given"), RuledLines(1))


def test_a_viewer_ticks_a_box_and_takes_the_tick_away(form_data: bytes) -> None:
    with viewer(form_data) as (form, page):
        assert ink(page, form_data, 0) == 0
        click(form, page, *middle_of(form_data, 0))
        assert ink(page, form_data, 0) > 20
        click(form, page, *middle_of(form_data, 0))
        assert ink(page, form_data, 0) == 0


def type_in(form: Any, page: Any, data: bytes, index: int, text: str) -> None:
    """Types into a field and leaves it."""
    click(form, page, *middle_of(data, index))
    for letter in text:
        pdfium.FORM_OnChar(form, page, ord(letter), 0)
    pdfium.FORM_ForceToKillFocus(form)


def filled(data: bytes, texts: dict[int, str]) -> bytes:
    """The file that a viewer saves after somebody typed into some fields of the first page."""
    with pypdfium2.PdfDocument(data) as pdf:
        pdf.init_forms()
        page = pdf[0]
        pdfium.FORM_OnAfterLoadPage(page, pdf.formenv)
        for index, typed in texts.items():
            type_in(pdf.formenv, page, data, index, typed)
        saved = BytesIO()
        pdf.save(saved)
    return saved.getvalue()


def shown(data: bytes) -> str:
    """The text of the first page and of its fields."""
    with pypdfium2.PdfDocument(data) as pdf:
        pdf.init_forms()
        page = pdf[0]
        page.flatten()
        return str(pdf[0].get_textpage().get_text_range()).strip()


def values_of(data: bytes) -> list[str]:
    with pikepdf.open(BytesIO(data)) as pdf:
        return [str(field.get("/V", "")) for field in pdf.Root.AcroForm.Fields]


def sizes_of(data: bytes) -> list[float]:
    """How large what was typed is set, for each field."""
    with pikepdf.open(BytesIO(data)) as pdf:
        drawn = [field.AP.N.read_bytes() for field in pdf.Root.AcroForm.Fields]
    found = [re.search(rb"/FieldFont ([\d.]+) Tf", one) for one in drawn]
    return [float(one[1]) if one else 0.0 for one in found]


def test_a_viewer_types_on_a_line(form_data: bytes) -> None:
    with viewer(form_data) as (form, page):
        assert ink(page, form_data, 1) == 0
        type_in(form, page, form_data, 1, "Hello")
        assert ink(page, form_data, 1) > 40


@pytest.mark.parametrize(
    "typed",
    [
        "Señora Núñez: 5 µg ½ €",
        "¿Puede doler mañana?",
        bytes(range(0xC0, 0xE0)).decode("cp1252"),
        bytes(range(0xE0, 0x100)).decode("cp1252"),
        "Š š Ž ž Œ œ Ÿ “quoted” – ‘so’ … ™ §",
    ],
)
def test_what_is_typed_is_what_the_page_shows(typed: str) -> None:
    """It was read by the codes of a subset, which gave "SeĚora NťĚez"."""
    saved = filled(fillable(RuledLines(2)), {0: typed})
    assert shown(saved).split() == typed.split()
    assert values_of(saved) == [typed, ""]


def test_each_line_shows_its_own_answer_in_the_bodys_face() -> None:
    saved = filled(fillable(RuledLines(2)), {0: "One", 1: "Two"})
    assert shown(saved).split() == ["One", "Two"]
    with pikepdf.open(BytesIO(saved)) as pdf:
        drawn = [field.AP.N for field in pdf.Root.AcroForm.Fields]
        assert drawn[0].objgen != drawn[1].objgen
        font = drawn[0].Resources.Font.FieldFont
        assert str(font.BaseFont).endswith("+AtkinsonHyperlegibleNext-Regular")


def test_no_two_lines_share_the_stream_that_is_written_anew() -> None:
    """Programs such as qpdf write what is typed into the stream that they find."""
    with pikepdf.open(BytesIO(fillable(RuledLines(3)))) as pdf:
        streams = [field.AP.N for field in pdf.Root.AcroForm.Fields]
        assert len({stream.objgen for stream in streams}) == 3
        for field, stream in zip(pdf.Root.AcroForm.Fields, streams, strict=True):
            left, bottom, right, top = map(float, field.Rect)
            assert list(map(float, stream.BBox)) == pytest.approx(
                [0, 0, right - left, top - bottom]
            )


def test_a_short_answer_is_about_as_large_as_the_body() -> None:
    document = paper(RuledLines(1))
    body = document.styles.text["body"].size
    [size] = sizes_of(filled(write_pdf(typeset(document), fillable=True).data, {0: "Yes"}))
    assert 0.85 * body <= size <= 1.15 * body


def test_a_long_answer_shrinks_and_is_shown_whole() -> None:
    data = fillable(RuledLines(1))
    typed = "Does it hurt, may I eat before it?"
    saved = filled(data, {0: typed})
    assert shown(saved).split() == typed.split()
    assert sizes_of(saved)[0] < sizes_of(filled(data, {0: "Yes"}))[0]


@pytest.mark.parametrize("letter", ["n", "W", "i"])
def test_a_line_takes_no_more_than_it_can_show(letter: str) -> None:
    data = fillable(RuledLines(1))
    saved = filled(data, {0: letter * 1000})
    [taken] = values_of(saved)
    assert 0 < len(taken) < 1000
    assert shown(saved) == taken
    with pypdfium2.PdfDocument(saved) as pdf:
        pdf.init_forms()
        pdf[0].flatten()
        letters = pdf[0].get_textpage()
        right = max(letters.get_charbox(index)[2] for index in range(letters.count_chars()))
    with pikepdf.open(BytesIO(saved)) as pdf:
        assert right <= float(pdf.pages[0].Annots[0].Rect[2])


def test_boxes_alone_bring_no_font() -> None:
    with pikepdf.open(BytesIO(fillable(checklist("a", "b")))) as pdf:
        assert "/DR" not in pdf.Root.AcroForm
