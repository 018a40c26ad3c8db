"""What people type into a sheet, in the viewers that they have, is what its pages show."""

from collections.abc import Iterator
from functools import partial
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest

from docgen.project import Project, RenderOptions
from tests.viewers import (
    Fill,
    Line,
    fill_in_mupdf,
    fill_in_poppler,
    needs_mupdf,
    needs_pdf_js,
    needs_poppler,
    pdf_js,
)

SHORT = "Señora Núñez: 5 µg ½ €"
LONG = "¿Puede doler mañana, o el día después de la prueba?"


@pytest.fixture(scope="module")
def sheet() -> bytes:
    [made] = Project.open().render(
        "45378", ["patient-handout"], options=RenderOptions(fillable=True)
    )
    return made.data


@pytest.fixture(
    params=[
        pytest.param("poppler", marks=needs_poppler),
        pytest.param("MuPDF", marks=needs_mupdf),
        pytest.param("pdf.js", marks=needs_pdf_js),
    ]
)
def fill(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Fill]:
    match request.param:
        case "poppler":
            yield partial(fill_in_poppler, tmp_path)
        case "MuPDF":
            yield partial(fill_in_mupdf, tmp_path)
        case _:
            with pdf_js() as fill:
                yield fill


def lines_of(data: bytes) -> list[Line]:
    with pikepdf.open(BytesIO(data)) as pdf:
        fields = [field for field in pdf.Root.AcroForm.Fields if field.FT == "/Tx"]
        return [Line(str(field.T), str(field.TU)) for field in fields]


def answers_of(data: bytes) -> list[str]:
    """What the lines of a file show, as PDFium prints them: the text within each rectangle."""
    answers = []
    with pypdfium2.PdfDocument(data) as pdf, pikepdf.open(BytesIO(data)) as file:
        pdf.init_forms()
        for index, objects in enumerate(file.pages):
            boxes = [one.Rect for one in objects.get("/Annots", ()) if one.get("/FT") == "/Tx"]
            pdf[index].flatten()
            text = pdf[index].get_textpage()
            answers += [text.get_text_bounded(*map(float, box)).strip() for box in boxes]
    return answers


def test_every_viewer_shows_what_was_typed_into_it(fill: Fill, sheet: bytes) -> None:
    line, *others = lines_of(sheet)
    assert answers_of(fill(sheet, line, SHORT)) == [SHORT, *[""] * len(others)]


def test_a_long_answer_is_shown_whole(fill: Fill, sheet: bytes) -> None:
    _, line, *_ = lines_of(sheet)
    assert answers_of(fill(sheet, line, LONG))[:2] == ["", LONG]


@needs_pdf_js
def test_who_types_is_stopped_where_the_line_is_full(sheet: bytes) -> None:
    with pdf_js() as fill:
        answer, *_ = answers_of(fill(sheet, lines_of(sheet)[0], "W" * 200))
    assert 0 < len(answer) < 200
    assert set(answer) == {"W"}
