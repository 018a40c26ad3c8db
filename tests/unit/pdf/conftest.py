"""Small documents set by hand, and eyes to see what became of them."""

from collections.abc import Callable, Iterator

import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image

from docgen.document import Block, Document, Furniture, PageSetup
from docgen.typeset.pages import Page, PageItem, Pages
from tests.sheets import plain_sheet

WIDTH, HEIGHT = 300, 200


def _blocks(items: list[PageItem]) -> Iterator[Block]:
    """The nodes that some items belong to: whatever is drawn stands in the document's tree."""
    for item in items:
        node = getattr(item, "node", None)
        if node is not None:
            yield node


@pytest.fixture
def pages_of() -> Callable[..., Pages]:
    """Makes pages 300 points wide and 200 high, each from a list of items."""

    def pages_of(*pages: list[PageItem], title: str = "Sample", language: str = "en-US") -> Pages:
        document = Document(
            title=title,
            language=language,
            subject="A subject",
            author="An author",
            page=PageSetup(WIDTH, HEIGHT, 10, 10, 10, 10),
            styles=plain_sheet(),
            header=Furniture(),
            footer=Furniture(),
            blocks=tuple(dict.fromkeys(block for page in pages for block in _blocks(page))),
        )
        return Pages(document, tuple(Page(tuple(items)) for items in pages))

    return pages_of


@pytest.fixture
def picture_of() -> Callable[..., Image.Image]:
    """Renders a page of a PDF."""

    def picture_of(data: bytes, page: int = 0, scale: float = 1) -> Image.Image:
        with pypdfium2.PdfDocument(data) as pdf:
            picture: Image.Image = pdf[page].render(scale=scale).to_pil()
            return picture.convert("RGB")

    return picture_of


@pytest.fixture
def text_of() -> Callable[..., str]:
    """Extracts the text of a page of a PDF."""

    def text_of(data: bytes, page: int = 0) -> str:
        with pypdfium2.PdfDocument(data) as pdf:
            text: str = pdf[page].get_textpage().get_text_range()
            return text

    return text_of
