"""An own check of tagged PDFs, beside the validator's: each of the two misses something.

``structure_problems`` gives a sentence for everything that is wrong with a file's catalog, marked
content, structure tree, annotations, fonts and attachments.
"""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, NumberTree, Object, Pdf, Stream

from tests.marked_content import Content, content_of
from tests.structure_rules import element_problems, name_of
from tests.structure_tree import Element, ObjectId, Tree

_PRINT = 1 << 2
_UNSEEN = 1 << 0 | 1 << 1 | 1 << 5
"""Flags of annotations: invisible, hidden, not to be viewed."""
_HOLDER = {"/Link": "Link", "/Widget": "Form"}
_RELATIONSHIPS = ("/Source", "/Data", "/Alternative", "/Supplement", "/Unspecified")


def structure_problems(data: bytes) -> list[str]:
    """Everything that is wrong, in sentences; empty for a good file."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        contents = {page.obj.objgen: content_of(page) for page in pdf.pages}
        tree = Tree(pdf)
        problems = [*_catalog(pdf), *tree.problems]
        problems += [
            f"page {number}: {problem}"
            for number, content in enumerate(contents.values(), 1)
            for problem in content.problems
        ]
        problems += element_problems(tree)
        problems += _fonts(pdf)
        problems += _attachments(pdf)
        if isinstance(pdf.Root.get("/StructTreeRoot"), Dictionary):
            parents = _parent_tree(pdf)
            problems += _marks(pdf, tree, contents, parents)
            problems += _annotations(pdf, tree, parents)
        return problems


def _catalog(pdf: Pdf) -> Iterator[str]:
    root = pdf.Root
    if not _entry(root, "/MarkInfo", "/Marked"):
        yield "the document is not marked as tagged"
    if not str(root.get("/Lang", "")):
        yield "the document names no language"
    if not _entry(root, "/ViewerPreferences", "/DisplayDocTitle"):
        yield "the title is not displayed"
    yield from _metadata(root.get("/Metadata"))
    profiles = [intent.get("/DestOutputProfile") for intent in root.get("/OutputIntents", Array())]
    if not [profile for profile in profiles if profile is not None and profile.get("/N") == 3]:
        yield "no output intent has a profile of three colours"


def _metadata(metadata: Object | None) -> Iterator[str]:
    if not isinstance(metadata, Stream):
        yield "there is no metadata"
        return
    if "/Filter" in metadata:
        yield "the metadata is compressed"
    with pikepdf.new() as bare:
        bare.Root.Metadata = bare.copy_foreign(metadata)
        packet = bare.open_metadata()
        if packet.get("{http://www.aiim.org/pdfua/ns/id/}part") != "1":
            yield "the metadata does not claim PDF/UA-1"
        if not str(packet.get("{http://purl.org/dc/elements/1.1/}title", "")).strip():
            yield "the metadata holds no title"


def _entry(owner: Object, *keys: str) -> Any:
    """A value some dictionaries down, or None where one is missing."""
    found: Any = owner
    for key in keys:
        if not isinstance(found, Dictionary | Stream) or key not in found:
            return None
        found = found[key]
    return found


def _parent_tree(pdf: Pdf) -> dict[int, Object]:
    parents = pdf.Root.StructTreeRoot.get("/ParentTree")
    return {} if parents is None else dict(NumberTree(parents).items())


def _marks(
    pdf: Pdf, tree: Tree, contents: dict[ObjectId, Content], parents: dict[int, Object]
) -> Iterator[str]:
    owners: dict[tuple[ObjectId, int], ObjectId] = {}
    for element in tree.walk():
        for mark in element.marks:
            if (mark.page, mark.number) in owners:
                yield f"{name_of(element)} holds content {mark.number}, which another one holds"
            owners[mark.page, mark.number] = element.id
            if mark.page not in contents or mark.number not in contents[mark.page].texts:
                yield f"{name_of(element)} holds content {mark.number}, which no page has"
    for number, page in enumerate(pdf.pages, 1):
        listed = parents.get(int(page.obj.get("/StructParents", -1)))
        entries = list(listed) if isinstance(listed, Array) else []
        marked = contents[page.obj.objgen].texts
        for mcid in marked:
            entry = entries[mcid] if mcid < len(entries) else None
            if not isinstance(entry, Dictionary):
                yield f"page {number}: the parent tree does not know content {mcid}"
            elif owners.get((page.obj.objgen, mcid)) != entry.objgen:
                yield f"page {number}: content {mcid} is not held by the element it belongs to"
        for mcid, entry in enumerate(entries):
            if isinstance(entry, Dictionary) and mcid not in marked:
                yield f"page {number}: the parent tree knows content {mcid}, which is not there"


def _annotations(pdf: Pdf, tree: Tree, parents: dict[int, Object]) -> Iterator[str]:
    elements = {element.id: element for element in tree.walk()}
    there: set[ObjectId] = set()
    for number, page in enumerate(pdf.pages, 1):
        annotations = list(page.obj.get("/Annots", Array()))
        if annotations and page.obj.get("/Tabs") != Name.S:
            yield f"page {number}: tabs do not follow the structure"
        for annotation in annotations:
            there.add(annotation.objgen)
            for problem in _annotation(annotation, elements, parents):
                yield f"page {number}: {str(annotation.Subtype)[1:]} {problem}"
    for element in elements.values():
        for reference in element.references:
            if reference.annotation not in there:
                yield f"{name_of(element)} holds an annotation that no page has"


def _annotation(
    annotation: Object, elements: dict[ObjectId, Element], parents: dict[int, Object]
) -> Iterator[str]:
    holder = parents.get(int(annotation.get("/StructParent", -1)))
    element = elements.get(holder.objgen) if isinstance(holder, Dictionary) else None
    if element is None:
        yield "belongs to no element"
    else:
        if element.role != _HOLDER.get(str(annotation.Subtype), "Annot"):
            yield f"belongs to {name_of(element)}"
        if annotation.objgen not in [reference.annotation for reference in element.references]:
            yield f"is not among the kids of {name_of(element)}"
    told = "/TU" if annotation.Subtype == Name.Widget else "/Contents"
    if not str(_inherited(annotation, told) or "").strip():
        yield f"has no {told[1:]}"
    flags = int(annotation.get("/F", 0))
    if not flags & _PRINT or flags & _UNSEEN:
        yield "is hidden or does not print"


def _inherited(field: Object, key: str) -> Object | None:
    while key not in field and "/Parent" in field:
        field = field.Parent
    return field.get(key)


def _fonts(pdf: Pdf) -> Iterator[str]:
    for found in pdf.objects:
        if not isinstance(found, Dictionary) or found.get("/Type") != Name.Font:
            continue
        if "/CIDSystemInfo" in found:
            continue
        name = str(found.get("/BaseFont", "a font")).lstrip("/")
        described = found.DescendantFonts[0] if "/DescendantFonts" in found else found
        if not isinstance(_entry(described, "/FontDescriptor", "/FontFile2"), Stream):
            yield f"{name} is not embedded as TrueType"
        if not isinstance(found.get("/ToUnicode"), Stream):
            yield f"{name} has no ToUnicode"


def _attachments(pdf: Pdf) -> Iterator[str]:
    for attached in pdf.Root.get("/AF", Array()):
        names = [str(attached.get(key, "")) for key in ("/F", "/UF")]
        name = names[0] or "an attached file"
        if not all(names):
            yield f"{name} lacks one of its names"
        if str(attached.get("/AFRelationship")) not in _RELATIONSHIPS:
            yield f"{name} does not say what it is to the document"
        for key in ("/F", "/UF"):
            if not isinstance(_entry(attached, "/EF", key), Stream):
                yield f"{name} has no content under {key[1:]}"
        if _entry(attached, "/EF", "/F", "/Subtype") is None:
            yield f"{name} does not say its type"
