"""A drawing made by its function, and held to what may stand on a page."""

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, Protocol

from msgspec import Struct
from msgspec.structs import replace

from docgen.diagnostics import DocgenError, ErrorRule, Findings, quoted, refuse
from docgen.document import PaintedText, StyleSheet, VectorMark, VectorSource
from docgen.drawings.given import DrawingTheme, DrawingValue
from docgen.source import TextNode

if TYPE_CHECKING:
    from docgen.drawings.packages import DrawingFunction

_NEAR: Final = 0.01
"""Points that a line may reach out of its box by rounding."""


def check_drawing(name: TextNode, findings: Findings, *, has_values: bool) -> None:
    """Tells at the name where no function of it can be called, with values or without."""
    from docgen.drawings.packages import drawing_function  # noqa: PLC0415 - few layouts have one

    try:
        drawing_function(name.value, name.span, has_values=has_values)
    except DocgenError as error:
        findings.extend(error.diagnostics)


class Painted(Protocol):
    """A colour of a palette."""

    @property
    def code(self) -> str:
        """``#rrggbb``."""


class DrawingRoom(Struct, frozen=True, eq=False):
    """What the drawings of one sheet are made with."""

    record: Callable[[], bytes]
    """Gives the record as JSON, as it is attached to the sheet."""
    styles: StyleSheet
    palette: Mapping[str, Painted]
    paper: str
    """The name of a colour of the palette."""
    width: float
    """Of a line of text, in points."""
    language: str

    def made(
        self,
        name: TextNode,
        width: float | None,
        values: tuple[DrawingValue, ...],
        findings: Findings,
    ) -> VectorSource | None:
        """The picture that a drawing function makes in a width, or in that of the text.

        None, and a finding at the name, for whatever cannot be printed.
        """
        try:
            return _Making(self, name, min(width or self.width, self.width), values).picture()
        except DocgenError as error:
            findings.extend(error.diagnostics)
            return None


class _Making:
    def __init__(
        self,
        room: DrawingRoom,
        name: TextNode,
        width: float,
        values: tuple[DrawingValue, ...],
    ) -> None:
        self._room = room
        self._name = name
        self._width = width
        self._values = values
        self._faces = _faces(room.styles)

    def picture(self) -> VectorSource:
        from docgen.drawings.packages import drawing_function  # noqa: PLC0415 - costs 15 ms

        function = drawing_function(
            self._name.value, self._name.span, has_values=bool(self._values)
        )
        picture = self._drawn(function)
        if self._drawn(function) != picture:
            raise self.refuse_at(
                "drawing-fails",
                f"{function} is another one each time that it is made",
                "it may depend on nothing but what it is given: no clock, no chance",
            )
        picture = replace(
            picture, marks=tuple(self._spelled(mark, function) for mark in picture.marks)
        )
        self._check_box(picture, function)
        return picture

    def _drawn(self, function: "DrawingFunction") -> VectorSource:
        from docgen.vectors import UndrawableError, recorded  # noqa: PLC0415 - costs 150 ms

        given: dict[str, Any] = {"values": self._values} if self._values else {}
        record = json.loads(self._room.record())
        try:
            drawing = function.call(record, self._width, self._theme(), **given)
        except (Exception, SystemExit) as error:  # whatever a package raises
            raise self._raised(function, error) from error
        try:
            return recorded(drawing, faces=self._faces)
        except UndrawableError as error:
            raise self.refuse_at(
                "drawing-fails", f"{function} cannot be printed: {error}", "ask who made it"
            ) from error
        except (Exception, SystemExit) as error:  # a widget is code of the package as well
            raise self._raised(function, error) from error

    def _raised(self, function: "DrawingFunction", error: BaseException) -> DocgenError:
        from docgen.drawings.packages import described  # noqa: PLC0415

        return self.refuse_at(
            "drawing-raises",
            f"{function} raises {described(error)}",
            "check the values that it is given, or ask who made it",
        )

    def _spelled(self, mark: VectorMark, function: "DrawingFunction") -> VectorMark:
        """A text as it is printed, of which the font has every character."""
        if not isinstance(mark, PaintedText):
            return mark
        from docgen.fonts import UnprintableCharacter, words_in_faces  # noqa: PLC0415

        try:
            glyphs = words_in_faces((mark.family,), mark.strong, mark.emphasis)[mark.text]
        except UnprintableCharacter as error:
            raise self.refuse_at(
                "unprintable-character",
                f"{function} has the text {quoted(mark.text)} with {error.describe()}: "
                f"{error.reason}",
                "write it another way",
            ) from error
        return replace(mark, text="".join(part.text for part in glyphs))

    def _check_box(self, picture: VectorSource, function: "DrawingFunction") -> None:
        from docgen.vectors import extent_of  # noqa: PLC0415

        if picture.width > self._width + _NEAR:
            raise self.refuse_at(
                "drawing-fails",
                f"{function} is {picture.width:g} points wide, and has {self._width:g}",
                "it may be as wide as it is told, and no wider",
            )
        seen = extent_of(picture, _measured)
        if seen is None:
            raise self.refuse_at("drawing-fails", f"{function} draws nothing", "ask who made it")
        left, bottom, right, top = seen
        over = {
            "left": -left,
            "right": right - picture.width,
            "bottom": -bottom,
            "top": top - picture.height,
        }
        side = max(over, key=lambda name: over[name])
        if over[side] > _NEAR:
            raise self.refuse_at(
                "drawing-fails",
                f"{function} reaches {over[side]:.2f} points out of its box at the {side}",
                f"its box goes from 0 to {picture.width:g} across and to {picture.height:g} up; "
                "of a line, half of its width counts as well",
            )

    def _theme(self) -> DrawingTheme:
        from reportlab.lib.colors import HexColor  # type: ignore[import-untyped]  # noqa: PLC0415

        room, body = self._room, self._room.styles.text["body"]
        names = {look: name for name, look in self._faces.items()}
        heading = room.styles.text["heading-2"]
        colours = {name: HexColor(colour.code) for name, colour in room.palette.items()}
        return DrawingTheme(
            font=names[body.family, False, False],
            bold_font=names[body.family, True, False],
            italic_font=names[body.family, False, True],
            heading_font=names[heading.family, heading.strong, heading.emphasis],
            size=body.size,
            leading=body.leading,
            ink=HexColor(body.colour),
            accent=HexColor(heading.colour),
            rule=HexColor(room.styles.rule_colour),
            paper=colours[room.paper],
            colours=colours,
            language=room.language,
        )

    def refuse_at(self, rule: ErrorRule, message: str, hint: str) -> DocgenError:
        return refuse(rule, message, self._name.span, hint)


def _faces(styles: StyleSheet) -> dict[str, tuple[str, bool, bool]]:
    """The looks of running text and of headings by the names that ReportLab knows them by."""
    from docgen.fonts import face, reportlab_name  # noqa: PLC0415

    body, heading = styles.text["body"].family, styles.text["heading-2"].family
    looks = [
        (family, strong, emphasis)
        for family in dict.fromkeys((body, heading))
        for strong in (False, True)
        for emphasis in (False, True)
    ]
    return {reportlab_name(face(*look).name): look for look in looks}


def _measured(text: PaintedText) -> tuple[float, float, float]:
    from docgen.fonts import face, words_in_faces  # noqa: PLC0415

    set_in = face(text.family, text.strong, text.emphasis)
    glyphs = words_in_faces((text.family,), text.strong, text.emphasis)[text.text]
    width = sum(part.width for part in glyphs) * text.size
    return width, set_in.descent * text.size, set_in.ascent * text.size
