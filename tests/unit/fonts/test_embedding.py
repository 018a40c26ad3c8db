"""Embedded subsets hold the right glyphs, widths and texts, the same in every document."""

import re
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageStat

import docgen.fonts
from docgen.fonts import FAMILIES, face
from docgen.fonts.faces import load
from docgen.fonts.printable import NO_BREAK_SPACES
from docgen.pdf import write_pdf
from docgen.typeset.pages import Page, Pages, TextPiece
from tests.sheets import paper

FACES = Path(docgen.fonts.__file__).parent / "faces"
REGULAR = "AtkinsonHyperlegibleNext-Regular"


def written(
    text: str,
    family: str = FAMILIES[0],
    size: float = 10,
    *,
    strong: bool = False,
    emphasis: bool = False,
) -> bytes:
    """A page of 600 by 200 points with one piece of text on a baseline 100 points down."""
    name = face(family, strong=strong, emphasis=emphasis).name
    piece = TextPiece(20, 100, 500, text, name, size, "#000000", None)
    document = paper(width=600, height=200)
    return write_pdf(Pages(document, (Page((piece,)),))).data


def shown(data: bytes) -> list[tuple[str, bytes]]:
    """What the page shows: stretches of character codes and the font resource of each."""
    font, stretches = "", []
    with pikepdf.open(BytesIO(data)) as pdf:
        for instruction in pikepdf.parse_content_stream(pdf.pages[0]):
            assert isinstance(instruction, pikepdf.ContentStreamInstruction)
            if str(instruction.operator) == "Tf":
                font = str(instruction.operands[0])
            if str(instruction.operator) == "Tj":
                stretches.append((font, bytes(instruction.operands[0])))
    return stretches


def to_unicode(font: pikepdf.Object) -> dict[int, str]:
    """A font's map from codes to text."""
    entries = re.findall(rb"<(\w\w)> <(\w+)>\n", font.ToUnicode.read_bytes().split(b"range", 2)[2])
    return {
        int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in entries
    }


@pytest.mark.parametrize("family", FAMILIES)
def test_every_printable_character_is_found_again(family: str) -> None:
    printable = load(family, strong=False, emphasis=False).advances
    text = "".join(sorted(printable))
    data = written(text, family)
    with pikepdf.open(BytesIO(data)) as pdf:
        fonts = pdf.pages[0].Resources.Font
        maps = {name: to_unicode(font) for name, font in fonts.items()}
    found = "".join(maps[font][code] for font, codes in shown(data) for code in codes)
    assert found == "".join(" " if char in NO_BREAK_SPACES else char for char in text)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("strong", [False, True])
@pytest.mark.parametrize("emphasis", [False, True])
def test_the_codes_of_ascii_are_its_own(family: str, strong: bool, emphasis: bool) -> None:
    ascii_text = bytes(range(0x20, 0x7F)).decode()
    data = written(ascii_text, family, strong=strong, emphasis=emphasis)
    assert shown(data) == [("/F1_0", ascii_text.encode())]
    with pikepdf.open(BytesIO(data)) as pdf:
        texts = to_unicode(pdf.pages[0].Resources.Font["/F1_0"])
    assert "".join(texts[code] for code in ascii_text.encode()) == ascii_text


@pytest.mark.parametrize("family", FAMILIES)
def test_widths_in_the_file_are_those_that_lines_were_measured_with(family: str) -> None:
    advances = load(family, strong=False, emphasis=False).advances
    data = written("".join(sorted(advances)), family)
    with pikepdf.open(BytesIO(data)) as pdf:
        for font in pdf.pages[0].Resources.Font.values():
            texts = to_unicode(font)
            first = int(font.FirstChar)
            widths = {code: float(font.Widths[code - first]) for code in texts}
            assert widths == {code: advances[text] for code, text in texts.items()}
            assert len(font.Widths) == int(font.LastChar) - first + 1 <= 224


@pytest.mark.parametrize("text", ["Hxg", "é’½", "Ωµ≥", "Žå₂"])
def test_glyphs_look_as_in_the_font_file(text: str) -> None:
    family = FAMILIES[1] if "₂" in text else FAMILIES[0]
    with pypdfium2.PdfDocument(written(text, family, size=60)) as pdf:
        seen = pdf[0].render(scale=2).to_pil().convert("L")
    folder = FACES / family.lower().replace(" ", "-")
    font = ImageFont.truetype(str(folder / f"{family.replace(' ', '')}-Regular.ttf"), 120)
    drawn = Image.new("L", seen.size, 255)
    own_glyphs = text.replace("µ", "μ")  # the file has one glyph for micro sign and mu
    ImageDraw.Draw(drawn).text((40, 200), own_glyphs, 0, font, anchor="ls", features=["-kern"])
    difference = ImageStat.Stat(ImageChops.difference(seen, drawn)).mean[0]
    ink = 255 - ImageStat.Stat(drawn).mean[0]
    assert difference < ink / 5


def test_the_first_subset_is_the_same_whatever_a_document_says() -> None:
    def font_file(text: str) -> bytes:
        with pikepdf.open(BytesIO(written(text))) as pdf:
            font = pdf.pages[0].Resources.Font["/F1_0"]
            return bytes(font.FontDescriptor.FontFile2.read_raw_bytes())

    assert font_file("abc") == font_file("’é and Ω")
    assert 5_000 < len(font_file("abc")) < 15_000


def test_characters_beyond_the_first_subset_follow_in_the_order_of_their_use() -> None:
    stretches = shown(written("aΩbπcΩπ\u00a0"))
    assert stretches == [
        ("/F1_0", b"a"),
        ("/F1_1", b"!"),
        ("/F1_0", b"b"),
        ("/F1_1", b'"'),
        ("/F1_0", b"c"),
        ("/F1_1", b'!"'),
        ("/F1_0", b" "),
    ]


def test_a_face_with_no_everyday_character_brings_only_what_it_shows() -> None:
    with pikepdf.open(BytesIO(written("Жж", FAMILIES[1]))) as pdf:
        [font] = pdf.pages[0].Resources.Font.values()
        assert to_unicode(font) == {0x20: " ", 0x21: "Ж", 0x22: "ж"}
        assert len(font.FontDescriptor.FontFile2.read_raw_bytes()) < 4_000


def test_subsets_name_themselves_after_what_they_hold() -> None:
    def names(text: str) -> list[str]:
        with pikepdf.open(BytesIO(written(text))) as pdf:
            return [str(font.BaseFont) for font in pdf.pages[0].Resources.Font.values()]

    [base] = names("a")
    assert re.fullmatch(rf"/[A-Z]{{6}}\+{REGULAR}", base)
    assert names("aΩ")[0] == names("aπ")[0] == base
    assert names("aΩ")[1] != names("aπ")[1]


def test_a_map_to_text_has_at_most_a_hundred_entries_a_block() -> None:
    printable = load(FAMILIES[1], strong=False, emphasis=False).advances
    with pikepdf.open(BytesIO(written("".join(sorted(printable)), FAMILIES[1]))) as pdf:
        for font in pdf.pages[0].Resources.Font.values():
            cmap = font.ToUnicode.read_bytes()
            blocks = re.findall(rb"(\d+) beginbfchar\n(.*?)endbfchar", cmap, re.DOTALL)
            assert blocks
            assert all(int(count) == body.count(b"\n") <= 100 for count, body in blocks)
