"""What the elements of a structure tree must be to each other (ISO 32000-1, 14.8; ISO 14289-1, 7).

Each rule takes elements and gives a sentence for each that breaks it.
"""

from collections import Counter
from collections.abc import Iterator

from tests.structure_tree import Element, Tree

_ROLES = """
    Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H1 H2 H3 H4
    H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code
    Link Annot Ruby Warichu Figure Formula Form
"""
_STANDARD = frozenset(_ROLES.split())
_HEADINGS = tuple(f"H{level}" for level in range(1, 7))
_MAY_BE_EMPTY = frozenset({"TD", "TH"})
_PARENTS = {
    "LI": {"L"},
    "LBody": {"LI"},
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
}
_KIDS = {
    "L": {"LI", "L", "Caption"},
    "LI": {"Lbl", "LBody"},
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "TR": {"TH", "TD"},
}


def element_problems(tree: Tree) -> Iterator[str]:
    """Everything that is wrong with the elements of a tree."""
    if [top.role for top in tree.tops] != ["Document"]:
        yield "the root does not hold a Document and nothing else"
    yield from _headings(tree)
    yield from _notes(tree)
    for element in tree.walk():
        yield from _kinship(element)
        yield from _what_it_needs(element)
        if element.role == "Table":
            yield from _table(element)
        if element.role == "L":
            yield from _list(element)


def name_of(element: Element) -> str:
    """An element as sentences name it."""
    return f"{element.role} (object {element.id[0]})"


def _headings(tree: Tree) -> Iterator[str]:
    before = 0
    for element in tree.walk():
        if element.role not in _HEADINGS:
            continue
        level = int(element.role[1])
        if level > before + 1:
            yield f"{name_of(element)} follows a heading of level {before}"
        before = level
    if not before:
        yield "there is no heading"


def _notes(tree: Tree) -> Iterator[str]:
    ids = Counter(element.text("/ID") for element in tree.walk() if element.role == "Note")
    if ids[""]:
        yield "a Note has no ID"
    yield from (f"two Notes have the ID {id}" for id, count in ids.items() if id and count > 1)


def _kinship(element: Element) -> Iterator[str]:
    if element.role not in _STANDARD:
        yield f"{name_of(element)} is no standard role"
    if not element.kids and element.role not in _MAY_BE_EMPTY:
        yield f"{name_of(element)} is empty"
    allowed = _KIDS.get(element.role)
    for kid in element.elements:
        if element.role not in _PARENTS.get(kid.role, {element.role}):
            yield f"{name_of(kid)} stands in {element.role}"
        if allowed is not None and kid.role not in allowed:
            yield f"{name_of(element)} holds {kid.role}"
    if allowed is not None and len(element.elements) < len(element.kids):
        yield f"{name_of(element)} holds content of its own"


def _what_it_needs(element: Element) -> Iterator[str]:
    if element.role == "Figure":
        if not element.text("/Alt").strip():
            yield f"{name_of(element)} has no Alt"
        if element.attribute("/Layout", "/BBox") is None:
            yield f"{name_of(element)} has no BBox"
    if element.role == "TH" and str(element.attribute("/Table", "/Scope")) not in (
        "/Row",
        "/Column",
        "/Both",
    ):
        yield f"{name_of(element)} has no Scope"
    if element.role in ("Link", "Form") and not element.references:
        yield f"{name_of(element)} holds no annotation"


def _list(element: Element) -> Iterator[str]:
    labelled = any(kid.role == "Lbl" for item in element.elements for kid in item.elements)
    if labelled and element.attribute("/List", "/ListNumbering") is None:
        yield f"{name_of(element)} has labels and no ListNumbering"
    for item in element.elements:
        roles = [kid.role for kid in item.elements]
        if item.role == "LI" and roles not in (["Lbl", "LBody"], ["LBody"]):
            yield f"{name_of(item)} is not a label and a text"


def _table(table: Element) -> Iterator[str]:
    rows = [row for part in table.elements for row in _rows(part)]
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        column = 0
        for cell in row.elements:
            while (number, column) in taken:
                column += 1
            places = {
                (number + down, column + across)
                for down in range(cell.span("/RowSpan"))
                for across in range(cell.span("/ColSpan"))
            }
            if places & taken:
                yield f"{name_of(cell)} takes the place of another cell"
            taken |= places
    widths = Counter(row for row, _ in taken)
    if len(set(widths.values())) > 1:
        yield f"{name_of(table)} has rows that are not equally long"
    if widths and max(widths) >= len(rows):
        yield f"{name_of(table)} has a cell that goes beyond its last row"


def _rows(part: Element) -> list[Element]:
    return [part] if part.role == "TR" else [row for row in part.elements if row.role == "TR"]
