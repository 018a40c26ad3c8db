"""Changes that break a PDF, each with the words that tell of it: proof that a check can fail."""

import io
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Object, Pdf

from tests.tagged_sample import saved

Change = Callable[[Pdf], object]


class Faults:
    """A list of changes; ``fault`` takes a function up into it."""

    def __init__(self) -> None:
        self._changes: list[tuple[Change, str]] = []

    def fault(self, words: str) -> Callable[[Change], Change]:
        """Takes a change up with what is to be said of it."""

        def add(change: Change) -> Change:
            self._changes.append((change, words))
            return change

        return add

    def every(self) -> pytest.MarkDecorator:
        """Runs a test with every ``change`` and its ``words``."""
        names = [getattr(change, "__name__", "") for change, _ in self._changes]
        return pytest.mark.parametrize(("change", "words"), self._changes, ids=names)


def changed(data: bytes, change: Change) -> bytes:
    """A PDF after a change."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        return saved(pdf)


def rewrite(pdf: Pdf, old: str, new: str) -> None:
    """Changes what the first page's content says in one place."""
    contents = pdf.pages[0].obj.Contents
    lines = contents.read_bytes()
    assert lines.count(old.encode()) == 1
    contents.write(lines.replace(old.encode(), new.encode()))


def draw(pdf: Pdf, lines: str) -> None:
    """Puts more on the first page."""
    contents = pdf.pages[0].obj.Contents
    contents.write(contents.read_bytes() + lines.encode())


def rewrite_metadata(pdf: Pdf, old: bytes, new: bytes) -> None:
    """Changes what the metadata says in one place."""
    packet = pdf.Root.Metadata.read_bytes()
    assert packet.count(old) == 1
    pdf.Root.Metadata.write(packet.replace(old, new))


def marked_parents(pdf: Pdf) -> Object:
    """The elements that hold the first page's content, by its numbers."""
    return pdf.Root.StructTreeRoot.ParentTree.Nums[1]
