"""Fields to fill in: lines to write on and boxes to tick, all of them empty (ISO 32000-1, 12.7)."""

from docgen.document import ListItem, StyleSheet
from docgen.fonts import face
from docgen.fonts.streams import encoded
from docgen.pdf.packing import PackedDocument
from docgen.pdf.strings import rectangle, text_string
from docgen.pdf.structure import Element, ParentTree
from docgen.typeset.pages import FieldArea

_NOTHING = b""
_TICK = b"0 g 0 G 1.3 w 1 J 1 j 2.2 5.2 m 4.3 2.6 l 7.8 7.8 l S"
_TICK_SIDE = 10


class Form:
    """The fields of a document. Text is typed in the body's face and size."""

    def __init__(self, file: PackedDocument, parents: ParentTree, styles: StyleSheet) -> None:
        self._file = file
        self._parents = parents
        body = styles.text["body"]
        self.face = face(body.family, body.strong, body.emphasis).name
        self._size = body.size
        self._fields: list[str] = []
        self._appearances: dict[bytes, str] = {}

    def add(
        self, area: FieldArea, name: str, element: Element, page: int, page_height: float
    ) -> str:
        """Adds the field of a place to write on; returns the reference of its annotation.

        ``name`` is what a screen reader says for it (ISO 14289-1, 7.18.1).
        """
        annotation = self._file.reserve()
        element.add_annotation(page, annotation)
        kind = self._box() if isinstance(area.node, ListItem) else self._line()
        self._file.put(
            annotation,
            f"<< /Type /Annot /Subtype /Widget /F 4 /P {page} 0 R "
            f"/Rect {rectangle(area, page_height)} "
            f"/T (field-{len(self._fields) + 1}) /TU {text_string(name)} {kind} "
            f"/StructParent {self._parents.add_annotation(element)} >>",
        )
        reference = f"{annotation} 0 R"
        self._fields.append(reference)
        return reference

    def written(self, fonts: str, font: str) -> str:
        """The form's dictionary: ``fonts`` is a reference, ``font`` a name in it."""
        fields = " ".join(self._fields)
        appearance = f"(/{font} {self._size:g} Tf 0 g)"
        return f"<< /Fields [{fields}] /DR << /Font {fonts} >> /DA {appearance} >>"

    def __len__(self) -> int:
        return len(self._fields)

    def _line(self) -> str:
        return f"/FT /Tx /AP << /N {self._appearance(_NOTHING)} >>"

    def _box(self) -> str:
        states = f"/Yes {self._appearance(_TICK)} /Off {self._appearance(_NOTHING)}"
        return f"/FT /Btn /V /Off /AS /Off /AP << /N << {states} >> >>"

    def _appearance(self, operators: bytes) -> str:
        """The reference of an appearance, which viewers fit into the field's rectangle."""
        if operators not in self._appearances:
            entries = f"/Type /XObject /Subtype /Form /BBox [0 0 {_TICK_SIDE} {_TICK_SIDE}]"
            stream = encoded(operators, f"{entries} /Resources << >>")
            self._appearances[operators] = self._file.add_stream(stream)
        return self._appearances[operators]
