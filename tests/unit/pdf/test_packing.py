"""Files of one packer: every object is found by its number, in documents and in print files."""

import io
from collections.abc import Iterator
from hashlib import sha256

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.document import Block, Heading, PageBreak, TextRun
from docgen.fonts.streams import deflated
from docgen.pdf import packing
from docgen.pdf.packing import DOCUMENT, LARGE, PackedFile, Packing
from docgen.pdf.page_tree import PageTree
from tests.conformance import conformance_problems, syntax_problems
from tests.printed_packets import pdf_of
from tests.sheets import paper, text

BOTH = pytest.mark.parametrize("way", [DOCUMENT, LARGE])


def begun(way: Packing) -> tuple[io.BytesIO, PackedFile]:
    data = io.BytesIO()
    return data, PackedFile(data, way)


def ends(file: PackedFile, pages: int = 1) -> tuple[str, str]:
    """Catalog and information of a file with some blank pages."""
    tree = PageTree(file)
    for _ in range(pages):
        page = file.reserve()
        parent = tree.add(page)
        entries = f"/Parent {parent} 0 R /MediaBox [0 0 9 {page}] /Resources << >>"
        file.put(page, f"<< /Type /Page {entries} >>")
    return file.add(f"<< /Type /Catalog /Pages {tree.finish()} 0 R >>"), file.add("<< >>")


@pytest.mark.parametrize("at_once", [1, 3, 16_384])
@BOTH
def test_thousands_of_objects_are_found(
    way: Packing, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "_AT_ONCE", at_once)
    data, file = begun(way)
    later = file.reserve()
    plain = {file.reserve(): number for number in range(1300)}
    for reserved in reversed(plain):
        file.put(reserved, f"[{plain[reserved]}]")
    many = file.reserve(1200)
    file.put_all(many, [f"({number})" for number in range(1200)])
    streams = [file.add_stream(deflated(b"stream %d" % number)) for number in range(70)]
    file.put(later, "/Last")
    assert data.getvalue().count(b"/ObjStm") == 2500 // way.together  # not kept until the end
    digest = file.finish(*ends(file))

    assert syntax_problems(data.getvalue()) == []
    with pikepdf.open(data) as pdf:
        assert all(pdf.get_object(one, 0)[0] == number for one, number in plain.items())
        said = [str(pdf.get_object(many + number, 0)) for number in range(1200)]
        assert said == [str(number) for number in range(1200)]
        found = [pdf.get_object(int(one.split()[0]), 0).read_bytes() for one in streams]
        assert found == [b"stream %d" % number for number in range(70)]
        assert pdf.get_object(later, 0) == "/Last"
    assert digest == sha256(data.getvalue()).hexdigest()
    assert file.size == len(data.getvalue())


@BOTH
def test_each_ending_of_one_beginning_makes_a_file(way: Packing) -> None:
    data, file = begun(way)
    catalog, information = ends(file)
    first = file.reserve(2)
    beginning = file.beginning(catalog, information, later=2)

    for words in (b"Ana", b"a much longer name " * 40, b""):
        streams = [deflated(words), deflated(words[::-1])]
        end, digest = beginning.ended(streams)
        whole = data.getvalue() + end
        assert digest == sha256(whole).hexdigest()
        assert syntax_problems(whole) == []
        with pikepdf.open(io.BytesIO(whole)) as pdf:
            found = [pdf.get_object(number, 0).read_bytes() for number in (first, first + 1)]
        assert found == [words, words[::-1]]


def added(rows: bytes, above: bytes) -> Iterator[int]:
    """Byte by byte, as the standard says it."""
    size = len(above)
    for start in range(0, len(rows), size):
        row = rows[start : start + size]
        yield 2
        yield from ((one - other) % 256 for one, other in zip(row[1:], above[1:], strict=True))
        above = row


@settings(max_examples=200)
@given(st.lists(st.binary(min_size=7, max_size=7), max_size=20), st.integers(1, 5))
def test_rows_say_what_they_add_to_the_row_above(numbers: list[bytes], at_once: int) -> None:
    above, *rows = [b"\x00" + number for number in [bytes(7), *numbers]]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packing, "_AT_ONCE", at_once)
        pieces = packing._predicted(b"".join(rows), above)
        assert b"".join(pieces) == bytes(added(b"".join(rows), above))


@pytest.mark.parametrize("pages", [1, 64, 65, 64 * 64 + 1])
def test_pages_are_in_their_order_whatever_the_depth_of_the_tree(pages: int) -> None:
    data, file = begun(LARGE)
    file.finish(*ends(file, pages))

    assert syntax_problems(data.getvalue()) == []
    with pikepdf.open(data) as pdf:
        heights = [int(page.mediabox[3]) for page in pdf.pages]
        assert pdf.Root.Pages.Count == len(heights) == pages
        assert heights == sorted(heights)
        assert len(pdf.Root.Pages.Kids) <= 64


def test_a_document_of_many_pages_conforms() -> None:
    """More than the page tree takes on one level, and more objects than share a stream."""
    blocks: list[Block] = [Heading(1, (TextRun("Pages"),))]
    for number in range(131):
        blocks += [text(f"Page {number}"), PageBreak()]

    data = pdf_of(paper(*blocks[:-1]))

    assert conformance_problems(data) == []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.pages) == pdf.Root.Pages.Count == 131
        assert len(pdf.Root.Pages.Kids) < 130


def test_tags_are_in_streams_of_their_own() -> None:
    """Whoever gathers pages for a printer unpacks none of them."""
    data = pdf_of(paper(Heading(1, (TextRun("A heading"),)), text("Words")))

    with pikepdf.open(io.BytesIO(data)) as pdf:
        streams = [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]
        packed = [one.read_bytes() for one in streams if one.get("/Type") == "/ObjStm"]
    tags = [b"/S/P/" in one for one in packed]
    assert sorted(tags) == [False, True]
    assert [b"/Type /Page " in one for one in packed] == [not one for one in tags]
