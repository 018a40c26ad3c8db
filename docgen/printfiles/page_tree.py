"""The pages of a print file as a balanced tree, written while pages come."""

from msgspec import Struct

from docgen.printfiles.streaming import StreamedPdf

_KIDS = 64


class _Node(Struct, eq=False):
    number: int
    kids: list[int]
    pages: int = 0


class PageTree:
    """Grows from its leaves: a node is written once it is full, and its parent takes it up."""

    def __init__(self, pdf: StreamedPdf) -> None:
        self._pdf = pdf
        self._open: list[_Node] = []
        """The node of each level that is still growing, leaves first."""

    def add(self, page: int) -> int:
        """Takes up the next page by its number; returns the number of its parent."""
        return self._take_up(0, page, 1)

    def finish(self) -> int:
        """Writes what is still growing; returns the number of the root."""
        level = 0
        while level < len(self._open) - 1:  # closing may make the tree grow
            self._close(level)
            level += 1
        root = self._open[-1]
        self._put(root, b"")
        return root.number

    def _take_up(self, level: int, kid: int, pages: int) -> int:
        if level == len(self._open):
            self._open.append(_Node(self._pdf.reserve(), []))
        if len(self._open[level].kids) == _KIDS:
            self._close(level)
            self._open[level] = _Node(self._pdf.reserve(), [])
        node = self._open[level]
        node.kids.append(kid)
        node.pages += pages
        return node.number

    def _close(self, level: int) -> None:
        node = self._open[level]
        parent = self._take_up(level + 1, node.number, node.pages)
        self._put(node, b"/Parent %d 0 R" % parent)

    def _put(self, node: _Node, parent: bytes) -> None:
        kids = b" ".join(b"%d 0 R" % kid for kid in node.kids)
        entries = b"/Type/Pages%b/Count %d/Kids[%b]" % (parent, node.pages, kids)
        self._pdf.put(node.number, b"<<%b>>" % entries)
