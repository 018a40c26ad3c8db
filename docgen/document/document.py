"""A whole document and the page that it is set on."""

from datetime import date

from msgspec import Struct

from docgen.diagnostics import Diagnostic
from docgen.document.blocks import Block
from docgen.document.style import StyleSheet


class PageSetup(Struct, frozen=True):
    """Paper and margins in points."""

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float
    letterhead: float = 0.0
    """Height that stays empty on the first page, from the top of pre-printed paper."""


class Furniture(Struct, frozen=True, eq=False):
    """What repeats at the head or foot of pages: one for the first page, one for later pages."""

    first: tuple[Block, ...] = ()
    later: tuple[Block, ...] = ()


class Attachment(Struct, frozen=True):
    """A file that a document carries with it: the source that it was made from."""

    name: str
    media_type: str
    description: str
    data: bytes
    modified: date | None
    """Day of the source's last review, where it had one."""


class Document(Struct, frozen=True, eq=False):
    """One record in one layout, filled: everything that the page will say, and how it looks."""

    title: str
    language: str
    subject: str
    author: str
    page: PageSetup
    styles: StyleSheet
    header: Furniture
    footer: Furniture
    blocks: tuple[Block, ...]
    attachment: Attachment | None = None
    warnings: tuple[Diagnostic, ...] = ()
    """What it says, but perhaps not as its author wishes."""
