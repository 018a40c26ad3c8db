"""The text of a PDF, as a reader's search would find it."""

from itertools import pairwise

import pypdfium2  # type: ignore[import-untyped]

_HYPHEN_AT_LINE_END = "\ufffe"
"""What PDFium gives for a hyphen that ends a line."""


def page_texts(pdf: bytes) -> list[str]:
    """The text of each page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        texts = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return [text.replace(_HYPHEN_AT_LINE_END, "-") for text in texts]


def is_printed(text: str, pages: list[str]) -> bool:
    """Whether a text stands on a page, or begins on a page and ends on the next.

    White space does not count, so that line ends do not matter.
    """
    bare = [squeezed(page) for page in pages]
    if any(squeezed(text) in page for page in bare):
        return True
    words = text.split()
    splits = [
        (squeezed(" ".join(words[:at])), squeezed(" ".join(words[at:])))
        for at in range(1, len(words))
    ]
    return any(
        begin in page and end in following
        for page, following in pairwise(bare)
        for begin, end in splits
    )


def squeezed(text: str) -> str:
    """Text without any white space."""
    return "".join(text.split())
