"""The font of fields: every letter of Windows-1252, where viewers look for it."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import ImageFont

import docgen.fonts
from docgen.document import RuledLines
from docgen.fonts.faces import load
from docgen.fonts.field_font import field_face
from docgen.pdf import write_pdf
from docgen.typeset import typeset
from tests.sheets import paper

FACES = Path(docgen.fonts.__file__).parent / "faces"
WINDOWS_1252 = {
    code: bytes([code]).decode("cp1252")
    for code in range(0x20, 0x100)
    if code not in (0x7F, 0x81, 0x8D, 0x8F, 0x90, 0x9D)  # which mean nothing in it
}

DRAWN_AS = {"\u00ad": "-", "\u00b5": "\u03bc"}
"""A soft hyphen shows in PDF (annex D.2, note 4); of µ the face has the Greek letter only."""


@pytest.fixture(scope="module")
def field_font() -> Iterator[pikepdf.Object]:
    data = write_pdf(typeset(paper(RuledLines(1))), fillable=True).data
    with pikepdf.open(BytesIO(data)) as pdf:
        yield pdf.Root.AcroForm.DR.Font.FieldFont


def test_a_viewer_that_knows_the_encoding_knows_every_letter(field_font: pikepdf.Object) -> None:
    """ISO 32000-1, 9.6.6.4: a nonsymbolic font, whose codes the encoding turns into Unicode."""
    assert field_font.Encoding == "/WinAnsiEncoding"
    assert field_font.FontDescriptor.Flags == 1 << 5
    assert [int(field_font.FirstChar), int(field_font.LastChar)] == [0x20, 0xFF]


@pytest.mark.parametrize("size", [12, 48])
def test_its_program_draws_each_letter_as_the_face_does(
    field_font: pikepdf.Object, size: int
) -> None:
    """FreeType finds letters by their code points, as viewers do, and shares no code with us."""
    program = field_font.FontDescriptor.FontFile2.read_bytes()
    folder = FACES / "atkinson-hyperlegible-next"
    whole_file = BytesIO((folder / "AtkinsonHyperlegibleNext-Regular.ttf").read_bytes())
    # Simple layout: a soft hyphen is a letter like any other.
    whole, subset = (
        ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.BASIC)
        for file in (whole_file, BytesIO(program))
    )
    missing = bytes(subset.getmask("\uffff"))
    for letter in WINDOWS_1252.values():
        drawn = DRAWN_AS.get(letter, letter)
        assert subset.getbbox(letter) == whole.getbbox(drawn), letter
        if letter != "\u00b5":  # hinted as Latin here, and as Greek in the face
            assert bytes(subset.getmask(letter)) == bytes(whole.getmask(drawn)), letter
        assert bytes(subset.getmask(letter)) != missing, letter


def test_its_widths_are_those_of_the_face(field_font: pikepdf.Object) -> None:
    loaded = load("Atkinson Hyperlegible Next", False, False)
    widths = [float(width) for width in field_font.Widths]
    for code, letter in WINDOWS_1252.items():
        advance = loaded.advances[DRAWN_AS.get(letter, letter)]
        assert widths[code - 0x20] == pytest.approx(advance * 1000 / loaded.units_per_em, abs=0.01)


def test_a_face_that_lacks_letters_gives_way_to_one_that_has_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = load("Atkinson Hyperlegible Next", True, False)
    families = ("Atkinson Hyperlegible Next", "Noto Sans")
    assert field_face(families, True, False).name == "AtkinsonHyperlegibleNext-Bold"
    monkeypatch.delitem(first.advances, "ñ")
    assert field_face(families, True, False).name == "NotoSans-Bold"
    assert field_face(families[:1], True, False).name == "AtkinsonHyperlegibleNext-Bold"


def test_the_same_fields_are_the_same_bytes() -> None:
    one, other = (write_pdf(typeset(paper(RuledLines(2))), fillable=True).data for _ in range(2))
    assert one == other
