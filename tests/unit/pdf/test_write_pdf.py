"""A PDF holds what the pages say, where they say it, and nothing that readers may lack."""

import os
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest

from docgen.document import Heading, Link, Paragraph, TextRun
from docgen.fonts import FAMILIES, set_word
from docgen.pdf import RenderedPdf, write_pdf
from docgen.typeset.pages import Box, LinkArea, PageItem, Pages, TextPiece

FACE = "AtkinsonHyperlegibleNext-Regular"
MakePages = Callable[..., Pages]
ReadText = Callable[..., str]


def pieces(
    text: str,
    x: float = 10,
    baseline: float = 50,
    node: Heading | None = None,
    strong: bool = False,
) -> list[PageItem]:
    """Text of 12 points in the faces that it needs."""
    placed: list[PageItem] = []
    for glyphs in set_word(text, FAMILIES, strong, False):
        width = glyphs.width * 12
        name = glyphs.face.name
        placed.append(TextPiece(x, baseline, width, glyphs.text, name, 12, "#000000", node))
        x += width
    return placed


def linked(href: str) -> list[PageItem]:
    """A link 100 points wide, 20 from the top of the page."""
    link = Link(href)
    node = Paragraph((TextRun("Read "), TextRun("more\nthere", link=link)))
    text = TextPiece(10.5, 30, 100, "more there", FACE, 12, "#000000", node, link)
    return [text, LinkArea(10.5, 20, 100, 12, link, node)]


def opened(rendered: RenderedPdf) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(rendered.data))


def fonts_in(rendered: RenderedPdf) -> list[str]:
    with opened(rendered) as pdf:
        return sorted(
            str(item.BaseFont)[len("/ABCDEF+") :]
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font"
        )


def test_text_is_found_in_the_order_and_with_the_spaces_of_the_pages(
    pages_of: MakePages, text_of: ReadText
) -> None:
    left = [*pieces("below ", baseline=80), *pieces("left", baseline=100)]
    right = pieces("right (and) \\ up", x=150, baseline=50)
    rendered = write_pdf(pages_of([*left, *right], pieces("next page")))
    assert text_of(rendered.data).split() == ["below", "left", "right", "(and)", "\\", "up"]
    assert text_of(rendered.data, 1) == "next page"
    assert rendered.page_count == 2


def test_text_stands_on_its_baseline_from_the_top_left(pages_of: MakePages) -> None:
    rendered = write_pdf(pages_of([*pieces("H", x=20.126, baseline=50.004), *pieces("H", 30, 60)]))
    with opened(rendered) as pdf:
        places = [
            tuple(float(str(operand)) for operand in instruction.operands[-2:])
            for instruction in pikepdf.parse_content_stream(pdf.pages[0], "Tm")
            if isinstance(instruction, pikepdf.ContentStreamInstruction)
        ]
    # the page is 200 high, and places are rounded to hundredths; a text object begins at 0, 0
    assert places == [(0, 0), (20.13, 150.0), (30, 140)]


def test_text_of_every_printable_kind_survives(pages_of: MakePages, text_of: ReadText) -> None:
    text = "Zoë’s 5 µg – ≥ 3 °C ½ ñ ₂ Ελληνικά Русский Việt non\u2011stop"
    rendered = write_pdf(pages_of(pieces(text)))
    assert text_of(rendered.data) == text


def test_no_break_spaces_are_found_as_spaces(pages_of: MakePages, text_of: ReadText) -> None:
    rendered = write_pdf(pages_of(pieces("10\u00a0mg and 5\u202f%")))
    assert text_of(rendered.data) == "10 mg and 5 %"


def test_the_same_pages_give_the_same_bytes(pages_of: MakePages) -> None:
    first = write_pdf(varied(pages_of)).data
    write_pdf(pages_of(pieces("Ωж and other text in between", strong=True)))
    assert write_pdf(varied(pages_of)).data == first


def test_the_same_document_gives_the_same_bytes_in_every_process() -> None:
    script = """
import sys
from docgen.pdf import write_pdf
from docgen.typeset import typeset
from tests.sheets import paper, text
document = paper(text("Zoë’s Ω and ж, " * 20), text("Another heading", "heading-1"))
sys.stdout.buffer.write(write_pdf(typeset(document)).data)
"""
    written = [
        subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            check=True,
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
        ).stdout
        for seed in ("1", "2")
    ]
    assert written[0] == written[1]
    assert written[0].startswith(b"%PDF-1.7")


def varied(pages_of: MakePages) -> Pages:
    heading = Heading(1, (TextRun("A heading"),))
    return pages_of(
        [
            *pieces("A heading", node=heading, strong=True),
            *pieces("Ω ₂ ж"),
            *linked("https://example.org"),
        ],
        [Box(10, 10, 20, 20, fill="#336699", radius=3)],
    )


@pytest.mark.parametrize("text", ["other", "Ω"])
def test_other_pages_have_another_id(pages_of: MakePages, text: str) -> None:
    def identity(pages: Pages) -> bytes:
        with opened(write_pdf(pages)) as pdf:
            return bytes(pdf.trailer.ID[0])

    identities = [
        identity(pages_of(pieces("text"))),
        identity(pages_of(pieces(text))),
        identity(pages_of(pieces("text"), title="Another")),
        identity(pages_of(linked("https://example.org/1"))),
        identity(pages_of(linked("https://example.org/2"))),
    ]
    assert len(set(identities)) == len(identities)


def test_only_the_faces_in_use_are_in_the_file_and_all_of_them_are_embedded(
    pages_of: MakePages,
) -> None:
    rendered = write_pdf(pages_of([*pieces("plain"), *pieces("strong", strong=True)]))
    assert fonts_in(rendered) == [
        "AtkinsonHyperlegibleNext-Bold",
        "AtkinsonHyperlegibleNext-Regular",
    ]
    with opened(rendered) as pdf:
        for font in pdf.pages[0].Resources.Font.values():
            assert font.FontDescriptor.FontFile2.read_bytes()[:4] == b"\x00\x01\x00\x00"
    assert b"Helvetica" not in rendered.data


def test_a_page_without_text_has_no_font(pages_of: MakePages) -> None:
    rendered = write_pdf(pages_of([Box(10, 10, 20, 20, fill="#336699")], []))
    assert fonts_in(rendered) == []
    assert rendered.page_count == 2
    assert b"Helvetica" not in rendered.data


def test_files_are_sound(pages_of: MakePages) -> None:
    with opened(write_pdf(varied(pages_of))) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert [[float(side) for side in page.mediabox] for page in pdf.pages] == [
            [0, 0, 300, 200],
            [0, 0, 300, 200],
        ]


@pytest.mark.parametrize("title", ["Plain", "A (b) \\ c)(", "Zoë 中 🙂", "line\nbreak", "þÿ"])
def test_the_file_describes_itself(pages_of: MakePages, title: str) -> None:
    with opened(write_pdf(pages_of([], title=title, language="es-MX"))) as pdf:
        information = {key: str(value) for key, value in pdf.docinfo.items()}
        assert information == {
            "/Title": title,
            "/Author": "An author",
            "/Subject": "A subject",
            "/Producer": "docgen",
        }
        assert str(pdf.Root.Lang) == "es-MX"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


@pytest.mark.parametrize(
    ("href", "written"),
    [
        ("https://example.org/a?b=c&d=%20#e", "https://example.org/a?b=c&d=%20#e"),
        ("tel:+1-555-0100", "tel:+1-555-0100"),
        (
            "https://example.org/(a)) >> /S /JavaScript \\",
            "https://example.org/(a))%20%3E%3E%20/S%20/JavaScript%20%5C",
        ),
        ("https://example.org/ü", "https://example.org/%C3%BC"),
        ("https://example.org/\r\n", "https://example.org/%0D%0A"),
    ],
)
def test_links_open_their_target_and_nothing_else(
    pages_of: MakePages, href: str, written: str
) -> None:
    rendered = write_pdf(pages_of(linked(href)))
    with opened(rendered) as pdf:
        [annotation] = pdf.pages[0].Annots
        assert dict(annotation.A) == {
            "/S": pikepdf.Name("/URI"),
            "/URI": pikepdf.String(written),
        }
        assert [float(corner) for corner in annotation.Rect] == [10.5, 168, 110.5, 180]
        assert annotation.Subtype == "/Link"
        assert annotation.F == 4
        assert str(annotation.Contents) == "more there"
        assert pdf.check_pdf_syntax() == []


def test_headings_are_bookmarks_nested_by_level(pages_of: MakePages) -> None:
    levels = [("Title (a) é", 1), ("Part", 2), ("Deep", 4), ("Part two", 2), ("Next", 1)]
    headings = [Heading(level, (TextRun(title),)) for title, level in levels]
    rows = [
        pieces(title, baseline=40 + 20 * at, node=headings[at]) * 2
        for at, (title, _) in enumerate(levels)
    ]
    body = TextPiece(10, 190, 20, "body", FACE, 12, "#000000", Paragraph((TextRun("body"),)))
    rendered = write_pdf(pages_of([], [*(piece for row in rows for piece in row), body]))
    with opened(rendered) as pdf, pdf.open_outline() as outline:
        [title, next_one] = outline.root
        assert (title.title, next_one.title) == ("Title (a) é", "Next")
        [part, part_two] = title.children
        assert (part.title, part_two.title) == ("Part", "Part two")
        assert [child.title for child in part.children] == ["Deep"]
        destination = part.destination
        assert isinstance(destination, pikepdf.Array)
        assert destination[0].objgen == pdf.pages[1].obj.objgen
        assert [destination[1], float(destination[3])] == ["/XYZ", 200 - 60 + 12]
        assert pdf.Root.Outlines.Count == 5
        assert pdf.Root.Outlines.First.Count == 3


def test_five_hundred_pages_are_written(pages_of: MakePages) -> None:
    rendered = write_pdf(pages_of(*[pieces(f"page {number}") for number in range(500)]))
    with opened(rendered) as pdf:
        assert len(pdf.pages) == 500
    assert fonts_in(rendered) == ["AtkinsonHyperlegibleNext-Regular"]
    assert len(rendered.data) < 500 * 1000


def test_a_missing_glyph_is_never_written(pages_of: MakePages) -> None:
    piece = TextPiece(10, 50, 12, "a中", FACE, 12, "#000000", None)
    with pytest.raises(ValueError, match="has no U\\+4E2D"):
        write_pdf(pages_of([piece]))
