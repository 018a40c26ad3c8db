"""Leaves of layouts and themes: lengths, colours, paper sizes, column widths."""

import re
from typing import Any, ClassVar, Self

from msgspec import Struct

from docgen.document import ByContent, Fixed, Share, Width

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""What can be an id, and the name of a file or folder everywhere."""

_POINTS_PER_UNIT = {"in": 72.0, "mm": 72.0 / 25.4, "cm": 72.0 / 2.54, "pt": 1.0}
_LENGTH = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?(in|mm|cm|pt)")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_SPELT_UNITS = {
    '"': "in", "”": "in", "″": "in", "inch": "in", "inches": "in", "in.": "in", "ins": "in",
    "millimeter": "mm", "millimeters": "mm", "millimetre": "mm", "millimetres": "mm", "mm.": "mm",
    "centimeter": "cm", "centimeters": "cm", "centimetre": "cm", "centimetres": "cm", "cm.": "cm",
    "pts": "pt", "point": "pt", "points": "pt", "pt.": "pt",
}  # fmt: skip
_QUANTITY = re.compile(r"([0-9]*[.,]?[0-9]+)\s*(\D*?)")
_SHORT_COLOUR = re.compile(r"#?([0-9a-fA-F])([0-9a-fA-F])([0-9a-fA-F])")
_BARE_COLOUR = re.compile(r"(?:0x)?([0-9a-fA-F]{6})")
_RGB = re.compile(r"rgb\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\s*\)")
_NAMED_COLOURS = {
    "black": "#000000", "white": "#ffffff", "gray": "#808080", "grey": "#808080",
    "silver": "#c0c0c0", "red": "#ff0000", "maroon": "#800000", "green": "#008000",
    "blue": "#0000ff", "navy": "#000080", "teal": "#008080", "purple": "#800080",
    "orange": "#ffa500", "yellow": "#ffff00", "olive": "#808000", "brown": "#a52a2a",
}  # fmt: skip
"""Names that people write first, as CSS Color 4 defines them."""

_PAPERS = {
    "letter": (612.0, 792.0),
    "legal": (612.0, 1008.0),
    "half-letter": (396.0, 612.0),
    "a4": (210 * 72 / 25.4, 297 * 72 / 25.4),
    "a5": (148 * 72 / 25.4, 210 * 72 / 25.4),
}


class Length(Struct, frozen=True):
    """A length in points (1/72 inch), written with its unit: ``0.75in``, ``18mm``, ``54pt``."""

    called: ClassVar[str] = "length"

    points: float

    @classmethod
    def parse(cls, text: str) -> Self:
        match = _LENGTH.fullmatch(text)
        if match is None:
            raise ValueError(f"{text!r} is not a length", _length_hint(text))
        return cls(float(match[1]) * _POINTS_PER_UNIT[match[2]])

    @classmethod
    def json_schema(cls) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^(?:{_LENGTH.pattern})$"}


class Multiple(Struct, frozen=True):
    """A positive multiple of the body size: ``1.25`` is a quarter larger than the body."""

    called: ClassVar[str] = "multiple of the body size"

    factor: float

    @classmethod
    def parse(cls, text: str) -> Self:
        if _NUMBER.fullmatch(text) is None or float(text) == 0:
            raise ValueError(
                f"{text!r} is not a multiple of the body size",
                _percent_hint(text) or "write a number above 0, such as 1.25",
            )
        return cls(float(text))

    @classmethod
    def json_schema(cls) -> dict[str, Any]:
        return {"type": "number", "exclusiveMinimum": 0}


class Lines(Struct, frozen=True):
    """A vertical measure in lines of the body, in halves, so that the baseline grid holds."""

    called: ClassVar[str] = "number of lines"

    count: float

    @classmethod
    def parse(cls, text: str) -> Self:
        if _NUMBER.fullmatch(text) is None or float(text) * 2 % 1:
            raise ValueError(
                f"{text!r} is not a number of lines", "write 0 or a multiple of 0.5, such as 1.5"
            )
        return cls(float(text))

    @classmethod
    def json_schema(cls) -> dict[str, Any]:
        return {"type": "number", "minimum": 0, "multipleOf": 0.5}


class Points(Struct, frozen=True):
    """A size of type in points, a number above 0."""

    called: ClassVar[str] = "size in points"

    value: float

    @classmethod
    def parse(cls, text: str) -> Self:
        if _NUMBER.fullmatch(text) is None or float(text) == 0:
            raise ValueError(
                f"{text!r} is not a size in points",
                _points_hint(text) or "write a number such as 12",
            )
        return cls(float(text))

    @classmethod
    def json_schema(cls) -> dict[str, Any]:
        return {"type": "number", "exclusiveMinimum": 0}


class Colour(Struct, frozen=True):
    """A colour in sRGB, written ``"#rrggbb"``."""

    called: ClassVar[str] = "colour"

    code: str

    @classmethod
    def parse(cls, text: str) -> Self:
        if _COLOUR.fullmatch(text) is None:
            code = _colour_meant(text)
            hint = f'write "{code}"' if code else 'write six hexadecimal digits, such as "#1b4f72"'
            raise ValueError(f"{text!r} is not a colour", hint)
        return cls(text.lower())

    @classmethod
    def json_schema(cls) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{_COLOUR.pattern}$"}


class ColumnWidth(Struct, frozen=True):
    """The width of a column: a length, a share of what is left (``1``, ``2``), or ``content``."""

    called: ClassVar[str] = "column width"

    width: Width

    @classmethod
    def parse(cls, text: str) -> Self:
        if text == "content":
            return cls(ByContent())
        if _NUMBER.fullmatch(text) is not None and float(text) > 0:
            return cls(Share(float(text)))
        if _LENGTH.fullmatch(text) is not None and Length.parse(text).points > 0:
            return cls(Fixed(Length.parse(text).points))
        raise ValueError(
            f"{text!r} is not a column width",
            "write a length such as 2in, a share such as 1, or content",
        )

    @classmethod
    def json_schema(cls) -> dict[str, Any]:
        return {
            "anyOf": [
                {"const": "content"},
                {"type": "number", "exclusiveMinimum": 0},
                {"type": "string", "pattern": f"^(?:{_LENGTH.pattern})$"},
            ]
        }


class PaperSize(Struct, frozen=True):
    """Paper in points, upright: a name such as ``letter``, or ``WIDTH x HEIGHT`` with units."""

    called: ClassVar[str] = "paper size"

    width: float
    height: float

    @classmethod
    def parse(cls, text: str) -> Self:
        if text in _PAPERS:
            return cls(*_PAPERS[text])
        sides = [side.strip() for side in text.split("x")]
        if len(sides) == 2 and all(_LENGTH.fullmatch(side) for side in sides):  # noqa: PLR2004
            return cls(Length.parse(sides[0]).points, Length.parse(sides[1]).points)
        raise ValueError(
            f"{text!r} is not a paper size",
            _paper_hint(text)
            or f"write one of {', '.join(_PAPERS)}, or a width and a height such as 5.5in x 8.5in",
        )

    @classmethod
    def json_schema(cls) -> dict[str, Any]:
        sides = rf"^{_LENGTH.pattern} *x *{_LENGTH.pattern}$"
        return {"anyOf": [{"enum": list(_PAPERS)}, {"type": "string", "pattern": sides}]}


def _length_hint(text: str) -> str:
    number, unit = _quantity(text)
    if number and unit in _POINTS_PER_UNIT:
        return f"write {number}{unit}"
    if number and not unit:
        return f"write its unit, such as {number}in or {number}mm; in, mm, cm and pt are known"
    return "write a number and in, mm, cm or pt, such as 0.75in"


def _percent_hint(text: str) -> str | None:
    number, unit = _quantity(text)
    if not number or unit not in ("%", ""):
        return None
    return f"write {float(number) / (100 if unit else 1):g}" if float(number) else None


def _points_hint(text: str) -> str | None:
    number, unit = _quantity(text)
    return f"write {number}, without a unit" if float(number or 0) and unit in ("pt", "") else None


def _quantity(text: str) -> tuple[str, str]:
    """A number and its unit as they are meant; empty where nothing is."""
    match = _QUANTITY.fullmatch(text.strip().lower())
    if match is None:
        return "", ""
    unit = match[2].strip()
    return f"{float(match[1].replace(',', '.')):g}", _SPELT_UNITS.get(unit, unit)


def _paper_hint(text: str) -> str | None:
    name = "-".join(text.lower().split())
    for known in (name, name.replace("-", "")):
        if known in _PAPERS:
            return f"write {known}"
    sides = [_quantity(side) for side in re.split("[x×]", text.lower())]
    units = {unit for _, unit in sides if unit}
    if len(sides) != 2 or not all(number for number, _ in sides) or len(units) > 1:  # noqa: PLR2004
        return None
    unit = units.pop() if units else "in"
    if unit not in _POINTS_PER_UNIT:
        return None
    return "write " + " x ".join(f"{number}{unit}" for number, _ in sides)


def _colour_meant(text: str) -> str | None:
    """The code of a colour that is written in another way."""
    written = text.strip(" \"'“”‘’").lower()
    if _COLOUR.fullmatch(written):
        return written
    if written in _NAMED_COLOURS:
        return _NAMED_COLOURS[written]
    if match := _SHORT_COLOUR.fullmatch(written):
        return "#" + "".join(digit * 2 for digit in match.groups())
    if match := _BARE_COLOUR.fullmatch(written):
        return f"#{match[1]}"
    if match := _RGB.fullmatch(written):
        parts = [int(part) for part in match.groups()]
        return "#" + "".join(f"{part:02x}" for part in parts) if max(parts) < 256 else None  # noqa: PLR2004
    return None
