"""Fields to fill in: lines to write on and boxes to tick, all of them empty (ISO 32000-1, 12.7)."""

from functools import lru_cache

from docgen.document import ListItem, StyleSheet
from docgen.fonts.streams import encoded
from docgen.pdf.canvas import PageCanvas
from docgen.pdf.packing import PackedFile
from docgen.pdf.strings import number, rectangle, text_string
from docgen.pdf.structure import ParentTree, StructureElement
from docgen.typeset import FieldArea

_FONT = "FieldFont"
_SET_IN = f"/{_FONT} 0 Tf 0 g"
"""Size 0: as high as the field, and smaller where what is typed is too long for it. A fixed size
prints only what fits, in every viewer, and only some of them stop whoever types."""
_DO_NOT_SCROLL = 1 << 23
"""Flag 24 (table 228): a viewer takes no letter that it could set in no size."""
_PADDING = 2.0
"""What viewers keep clear at either end of a field, in points."""
_LEAST_SIZE = 4.0
"""In points: PDFium sets nothing smaller, and cuts off what is too long for it."""
_LEAST_OF_BODY = 0.37
"""As a part of the body's size: so small only letters as wide as a W become. Usual ones, which are
half as wide, stay about twice as large."""
_NOTHING = b"/Tx BMC EMC"
_NO_TICK = b""
_TICK = ((2.2, 5.2), (4.3, 2.6), (7.8, 7.8))
"""The corners of the line that a tick is, in a square of ``_TICK_SIDE`` points."""
_TICK_SIDE = 10
_TICK_WIDTH = 1.3
_ROUND = 1
"""ReportLab's number for round ends of lines, and for round corners."""


class Form:
    """The fields of a document. Text is typed in the body's face, if that has all letters."""

    def __init__(self, file: PackedFile, parents: ParentTree, styles: StyleSheet) -> None:
        from docgen.fonts.field_font import field_face  # noqa: PLC0415 - most sheets have no form

        self._file = file
        self._parents = parents
        self._styles = styles
        self._fields: list[str] = []
        body = styles.text["body"]
        self._font = field_face((body.family, *styles.fallback), body.strong, body.emphasis)
        self._has_lines = False
        self._ticks: str | None = None

    def add(
        self, area: FieldArea, name: str, element: StructureElement, page: int, page_height: float
    ) -> str:
        """Adds the field of a place to write on; returns the reference of its annotation.

        ``name`` is what a screen reader says for it (ISO 14289-1, 7.18.1).
        """
        annotation = self._file.reserve()
        element.add_annotation(page, annotation)
        kind = self._box() if isinstance(area.node, ListItem) else self._line(area)
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

    def written(self) -> str:
        """The form's dictionary."""
        fields = f"/Fields [{' '.join(self._fields)}]"
        if not self._has_lines:
            return f"<< {fields} >>"
        from docgen.fonts.field_font import add_field_font  # noqa: PLC0415 - as above

        font = add_field_font(self._file, self._font)
        return f"<< {fields} /DR << /Font << /{_FONT} {font} >> >> /DA ({_SET_IN}) >>"

    def __len__(self) -> int:
        return len(self._fields)

    def _line(self, area: FieldArea) -> str:
        self._has_lines = True
        smallest = max(_LEAST_SIZE, _LEAST_OF_BODY * self._styles.text["body"].size)
        most = max(1, int((area.width - 2 * _PADDING) / (smallest * self._font.widest)))
        # Of its own: some programs write what is typed into the very stream that they find.
        appearance = self._appearance(_NOTHING, area.width, area.height)
        return f"/FT /Tx /Ff {_DO_NOT_SCROLL} /MaxLen {most} /AP << /N {appearance} >>"

    def _box(self) -> str:
        if self._ticks is None:
            yes, off = (
                self._appearance(one, _TICK_SIDE, _TICK_SIDE) for one in (_drawn_tick(), _NO_TICK)
            )
            self._ticks = f"/Yes {yes} /Off {off}"
        return f"/FT /Btn /V /Off /AS /Off /AP << /N << {self._ticks} >> >>"

    def _appearance(self, operators: bytes, width: float, height: float) -> str:
        """The reference of an appearance, which viewers fit into the field's rectangle."""
        box = " ".join(number(round(side * 100)) for side in (0, 0, width, height))
        entries = f"/Type /XObject /Subtype /Form /BBox [{box}] /Resources << >>"
        return self._file.add_stream(encoded(operators, entries))


@lru_cache(maxsize=1)
def _drawn_tick() -> bytes:
    canvas = PageCanvas()
    canvas.setStrokeGray(0)
    canvas.setLineWidth(_TICK_WIDTH)
    canvas.setLineCap(_ROUND)
    canvas.setLineJoin(_ROUND)
    start, *others = _TICK
    path = canvas.beginPath()
    path.moveTo(*start)
    for corner in others:
        path.lineTo(*corner)
    canvas.drawPath(path)
    return canvas.stream()
