"""Every sample record in large print: the same content in the same order, on calmer pages."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec
import pytest
import yaml

from docgen import BASE_LAYOUTS
from docgen.compose import compile_layout, compose
from docgen.document import Document, Heading, TableCell
from docgen.layouts import LayoutLibrary
from docgen.records import RecordLibrary
from docgen.typeset import Page, Pages, TextPiece, typeset
from tests.commands import ROOT
from tests.sample_records import RECORDS

LAYOUTS = LayoutLibrary([ROOT / "layouts"])

every_record = pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
both_layouts = pytest.mark.parametrize("layout", BASE_LAYOUTS)


@cache
def _pages(path: Path, layout: str, *, large_print: bool) -> Pages:
    said = yaml.safe_load(path.read_text("utf-8"))
    record = RecordLibrary([ROOT / "data"]).find(said["code"], said["code_system"])
    compiled = compile_layout(LAYOUTS.find(layout, large_print))
    return typeset(compose(compiled, record, LAYOUTS.organization("sample")))


def _nodes(value: object) -> Iterator[object]:
    """All nodes of a tree, each before what stands in it, in reading order."""
    if isinstance(value, tuple):
        for inner in value:
            yield from _nodes(inner)
    if isinstance(value, msgspec.Struct):
        yield value
        for field in value.__struct_fields__:
            yield from _nodes(getattr(value, field))


def _places(document: Document) -> dict[int, int]:
    return {id(node): place for place, node in enumerate(_nodes(document.blocks))}


def _said(pages: Pages) -> dict[int, str]:
    """By the place of each node in the tree, in the order of the pages: what it says."""
    places = _places(pages.document)
    said: dict[int, str] = {}
    for page in pages.pages:
        for piece in _pieces(page):
            if piece.node is not None:
                place = places[id(piece.node)]
                said[place] = said.get(place, "") + piece.text
    return said


def _pieces(page: Page) -> list[TextPiece]:
    return [item for item in page.marks if isinstance(item, TextPiece)]


def _in_cells(document: Document) -> set[int]:
    """The places of all that stands in tables, whose rows read as records in large print."""
    places = _places(document)
    cells = (node for node in _nodes(document.blocks) if isinstance(node, TableCell))
    return {places[id(inner)] for cell in cells for inner in _nodes(cell)}


@every_record
@both_layouts
def test_the_tree_is_the_same(path: Path, layout: str) -> None:
    normal = _pages(path, layout, large_print=False).document
    large = _pages(path, layout, large_print=True).document
    assert repr(large.blocks) == repr(normal.blocks)
    assert repr((large.header, large.footer)) == repr((normal.header, normal.footer))
    assert large.styles != normal.styles


@every_record
@both_layouts
def test_every_node_says_the_same_and_is_read_in_the_order_of_the_tree(
    path: Path, layout: str
) -> None:
    pages = _pages(path, layout, large_print=True)
    large = _said(pages)
    assert len(large) > 20
    assert large == _said(_pages(path, layout, large_print=False))
    in_cells = _in_cells(pages.document)
    order = [place for place in large if place not in in_cells]
    assert order == sorted(order)


@every_record
@both_layouts
def test_nothing_is_cut_and_no_line_is_small_or_long(path: Path, layout: str) -> None:
    pages = _pages(path, layout, large_print=True)
    assert pages.warnings == ()
    left = pages.document.page.left
    for page in pages.pages:
        assert min(piece.size for piece in _pieces(page)) >= 18
        assert min(piece.x for piece in _pieces(page)) >= left
        assert max(piece.x + piece.width for piece in _pieces(page)) <= left + 432 + 0.01


@every_record
@both_layouts
def test_no_two_texts_share_a_line(path: Path, layout: str) -> None:
    for page in _pages(path, layout, large_print=True).pages:
        lines: dict[float, set[int]] = {}
        for piece in _pieces(page):
            if piece.part == "content":
                lines.setdefault(piece.baseline, set()).add(id(piece.node))
        assert [owners for owners in lines.values() if len(owners) > 1] == []


@every_record
@both_layouts
def test_no_page_ends_with_a_heading(path: Path, layout: str) -> None:
    for page in _pages(path, layout, large_print=True).pages:
        owners = [getattr(item, "node", None) for item in page.items]
        assert not isinstance([owner for owner in owners if owner][-1], Heading)


@every_record
@both_layouts
def test_page_numbers_are_as_large_as_the_text(path: Path, layout: str) -> None:
    pages = _pages(path, layout, large_print=True)
    for number, page in enumerate(pages.pages, start=1):
        last = [item for item in page.footer if isinstance(item, TextPiece)][-1]
        assert (last.text, last.size) == (f"Page {number} of {len(pages.pages)}", 18)
        assert last.x == pages.document.page.left
