"""The pages of a file as a balanced tree, written while pages come (ISO 32000-1, 7.7.3.2)."""

from msgspec import Struct

from docgen.pdf.packing import PackedFile

_KIDS = 64
"""Of a node, at most: readers find one of many pages by few nodes."""


class _Node(Struct, eq=False):
    number: int
    kids: list[int]
    pages: int = 0


class PageTree:
    """Grows from its leaves: a node is written once it is full, and its parent takes it up."""

    def __init__(self, file: PackedFile) -> None:
        self._file = file
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
        self._put(root, "")
        return root.number

    def _take_up(self, level: int, kid: int, pages: int) -> int:
        if level == len(self._open):
            self._open.append(_Node(self._file.reserve(), []))
        if len(self._open[level].kids) == _KIDS:
            self._close(level)
            self._open[level] = _Node(self._file.reserve(), [])
        node = self._open[level]
        node.kids.append(kid)
        node.pages += pages
        return node.number

    def _close(self, level: int) -> None:
        node = self._open[level]
        parent = self._take_up(level + 1, node.number, node.pages)
        self._put(node, f" /Parent {parent} 0 R")

    def _put(self, node: _Node, parent: str) -> None:
        kids = " ".join([f"{kid} 0 R" for kid in node.kids])
        entries = f"/Type /Pages{parent} /Count {node.pages} /Kids [{kids}]"
        self._file.put(node.number, f"<< {entries} >>")
