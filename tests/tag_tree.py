"""The structure tree of a PDF as text: what a screen reader gets to know, for golden files."""

import io
from collections.abc import Iterator
from itertools import groupby

import pikepdf
from pikepdf import Object

from tests.marked_content import content_of
from tests.structure_tree import Element, Mark, ObjectId, Reference, Tree

_ATTRIBUTES = (
    ("/Table", "/Scope"),
    ("/Table", "/ColSpan"),
    ("/Table", "/RowSpan"),
    ("/List", "/ListNumbering"),
)


def tag_tree(data: bytes) -> str:
    """One line an element: role, attributes, and its text where it holds nothing but text.

    Text is quoted; ``->`` is followed by where a link leads, or by the label of a field.
    """
    with pikepdf.open(io.BytesIO(data)) as pdf:
        texts = {page.obj.objgen: content_of(page).texts for page in pdf.pages}
        lines = [line for top in Tree(pdf).tops for line in _lines(top, texts, pdf, depth=0)]
    return "".join(f"{line}\n" for line in lines)


def _lines(
    element: Element, texts: dict[ObjectId, dict[int, str]], pdf: pikepdf.Pdf, depth: int
) -> Iterator[str]:
    indent = "  " * depth
    head = f"{indent}{element.role}{_attributes(element)}"
    parts = list(_parts(element, texts, pdf))
    if not element.elements:
        yield " ".join([head, *(part for part in parts if isinstance(part, str))])
        return
    yield head
    for part in parts:
        if isinstance(part, Element):
            yield from _lines(part, texts, pdf, depth + 1)
        else:
            yield f"{indent}  {part}"


def _parts(
    element: Element, texts: dict[ObjectId, dict[int, str]], pdf: pikepdf.Pdf
) -> Iterator[Element | str]:
    """Kids, neighbouring marks as one quoted text."""
    for kind, kids in groupby(element.kids, type):
        if kind is Mark:
            marks = [kid for kid in kids if isinstance(kid, Mark)]
            text = "".join(texts[mark.page][mark.number] for mark in marks)
            yield f'"{text}"' if text else "(drawn)"
            continue
        for kid in kids:
            if isinstance(kid, Element):
                yield kid
            elif isinstance(kid, Reference):
                yield f"-> {_target(pdf.get_object(*kid.annotation))}"


def _attributes(element: Element) -> str:
    said = [f"{key[1:]}={element.text(key)!r}" for key in ("/Lang", "/Alt") if element.text(key)]
    for owner, key in _ATTRIBUTES:
        value = element.attribute(owner, key)
        if value is not None:
            said.append(f"{key[1:]}={str(value).lstrip('/')}")
    return "".join(f" {entry}" for entry in said)


def _target(annotation: Object) -> str:
    if "/TU" in annotation:
        return f"{str(annotation.FT).lstrip('/')} {str(annotation.TU)!r}"
    action = annotation.get("/A")
    return str(action.URI) if action is not None and "/URI" in action else "a place in the document"
