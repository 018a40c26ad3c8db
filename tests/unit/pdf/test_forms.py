"""Fields to fill in: a viewer finds them, ticks them and types in them."""

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
    Run,
    Section,
    Signature,
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
    labels = tuple(Paragraph((Run(name),), "caption") for name in ("Signature", "Date\nand time"))
    data = fillable(
        Section("ask", (Heading(2, (Run("Questions"),)), RuledLines(2))),
        Paragraph((Run("My numbers"),), "label"),
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


def test_a_viewer_types_on_a_line(form_data: bytes) -> None:
    with viewer(form_data) as (form, page):
        assert ink(page, form_data, 1) == 0
        click(form, page, *middle_of(form_data, 1))
        for letter in "Hello":
            pdfium.FORM_OnChar(form, page, ord(letter), 0)
        pdfium.FORM_ForceToKillFocus(form)
        assert ink(page, form_data, 1) > 40
