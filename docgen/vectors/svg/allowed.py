"""What an SVG may hold: each element, attribute and property that svglib draws as SVG says.

What is on no list here is refused. A test draws whatever is on one, and compares the picture with
that of another reader of SVG.
"""

from collections.abc import Mapping
from typing import Final

from docgen.vectors.svg import values
from docgen.vectors.svg.values import BadValueError, Spelled


def _one_of(*choices: str) -> Spelled:
    def spelled(text: str) -> str:
        if text not in choices:
            raise BadValueError(f"{text[:40]!r} is not drawn", f"write {' or '.join(choices)}")
        return text

    return spelled


def _opaque(text: str) -> str:
    part = text.removesuffix("%")
    if float(values.number(part)) != (100 if part != text else 1):
        raise BadValueError(
            "what shines through is not drawn", "give it the colour that it has on white paper"
        )
    return "1"


def _nothing(text: str) -> str:
    if float(values.length(text)):
        raise BadValueError(f"{text!r} is not drawn", "write 0")
    return "0"


def _anything(text: str) -> str:
    return text


SHAPES: Final[Mapping[str, Mapping[str, Spelled]]] = {
    "path": {"d": values.path},
    "rect": {
        "x": values.length,
        "y": values.length,
        "width": values.size,
        "height": values.size,
        "rx": values.size,
        "ry": values.size,
    },
    "circle": {"cx": values.length, "cy": values.length, "r": values.size},
    "ellipse": {
        "cx": values.length,
        "cy": values.length,
        "rx": values.size,
        "ry": values.size,
    },
    "line": {
        "x1": values.length,
        "y1": values.length,
        "x2": values.length,
        "y2": values.length,
    },
    "polyline": {"points": values.points},
    "polygon": {"points": values.points},
}
"""Elements that draw, with the attributes that say where."""
_MOVED: Final[Mapping[str, Spelled]] = {"transform": values.transform}
ELEMENTS: Final[Mapping[str, Mapping[str, Spelled]]] = {
    **{name: {**where, **_MOVED} for name, where in SHAPES.items()},
    "svg": {
        "width": _anything,
        "height": _anything,
        "viewBox": _anything,
        "preserveAspectRatio": _one_of("xMidYMid", "xMidYMid meet"),
        "version": _anything,
        "baseProfile": _anything,
        "x": _nothing,
        "y": _nothing,
    },
    "g": _MOVED,
    "defs": {},
    "use": {**_MOVED, "x": values.length, "y": values.length, "href": values.target},
    "clipPath": {"clipPathUnits": _one_of("userSpaceOnUse")},
    "style": {"type": _one_of("text/css")},
}
"""Elements that are read, with the attributes of their own."""
SILENT: Final = frozenset({"title", "desc", "metadata"})
"""Elements that draw nothing, whatever is in them."""

PROPERTIES: Final[Mapping[str, Spelled]] = {
    "clip-path": values.link,
    "clip-rule": _one_of("nonzero", "evenodd"),
    "color": values.plain_colour,
    "display": _one_of("inline", "block", "none"),
    "fill": values.colour,
    "fill-rule": _one_of("nonzero", "evenodd"),
    "stroke": values.colour,
    "stroke-dasharray": values.lengths,
    "stroke-linecap": _one_of("butt", "round", "square"),
    "stroke-linejoin": _one_of("miter", "round", "bevel"),
    "stroke-miterlimit": values.number_from_1,
    "stroke-width": values.size,
    "visibility": _one_of("visible", "hidden"),
}
"""Properties that decide how something looks, in attributes, in ``style`` or in a style sheet."""
NOT_INHERITED: Final = frozenset({"clip-path", "display"})
INITIAL: Final[Mapping[str, str]] = {
    "clip-rule": "nonzero",
    "color": "#000000",
    "fill": "#000000",
    "fill-rule": "nonzero",
    "stroke": "none",
    "stroke-dasharray": "none",
    "stroke-linecap": "butt",
    "stroke-linejoin": "miter",
    "stroke-miterlimit": "4",
    "stroke-width": "1",
    "visibility": "visible",
}
"""The inherited ones, as they are where nobody says anything (SVG 1.1, 11 and 14)."""

WITHOUT_EFFECT: Final[Mapping[str, Spelled]] = {
    "color-interpolation": _one_of("sRGB", "auto"),
    "fill-opacity": _opaque,
    "filter": _one_of("none"),
    "isolation": _one_of("auto", "isolate"),
    "marker": _one_of("none"),
    "marker-end": _one_of("none"),
    "marker-mid": _one_of("none"),
    "marker-start": _one_of("none"),
    "mask": _one_of("none"),
    "mix-blend-mode": _one_of("normal"),
    "opacity": _opaque,
    "paint-order": _one_of("normal", "fill markers stroke", "markers fill stroke"),
    "stroke-dashoffset": _nothing,
    "stroke-opacity": _opaque,
    "vector-effect": _one_of("none"),
}
"""Properties that programs write, with the values by which they change nothing."""
_OF_TEXT: Final = (
    "baseline-shift",
    "direction",
    "dominant-baseline",
    "font",
    "inline-size",
    "letter-spacing",
    "line-height",
    "shape-inside",
    "shape-padding",
    "text-",
    "unicode-bidi",
    "white-space",
    "word-spacing",
    "writing-mode",
    "-inkscape-",
)
_OF_SCREENS: Final = frozenset(
    {
        "color-interpolation-filters",
        "color-rendering",
        "cursor",
        "enable-background",
        "image-rendering",
        "overflow",
        "pointer-events",
        "shape-rendering",
        "solid-color",
        "solid-opacity",
        "stop-color",
        "stop-opacity",
    }
)
"""``overflow`` is of inner pictures and of the whole, which ends at its edges."""

EDITORS: Final = frozenset(
    {
        "http://www.inkscape.org/namespaces/inkscape",
        "http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd",
        "http://www.serif.com/",
        "http://www.bohemiancoding.com/sketch/ns",
    }
)
"""Namespaces in which drawing programs keep what is theirs; no viewer draws anything of it."""
_NOTES: Final = frozenset({"id", "class", "role", "lang"})

_OUTLINES: Final = (
    "turn it into outlines: Path > Object to Path in Inkscape, Type > Create Outlines in "
    "Illustrator"
)
_ONE_COLOUR: Final = "give what it colours one colour"
_STILL: Final = "take it out: paper does not move"
_HINTS: Final[Mapping[str, str]] = {
    "text": _OUTLINES,
    "tspan": _OUTLINES,
    "textPath": _OUTLINES,
    "flowRoot": _OUTLINES,
    "image": "place the picture itself, as PNG or JPEG, in a block of its own",
    "linearGradient": _ONE_COLOUR,
    "radialGradient": _ONE_COLOUR,
    "pattern": _ONE_COLOUR,
    "script": "take it out: nothing of a picture is run",
    "foreignObject": "draw it with paths",
    "symbol": "make it a group (g) in defs",
    "svg": "make it a group (g)",
    "switch": "keep the one version that is to be seen",
    "a": "make it a group (g); a link stands in a text",
    "mask": "cut the shapes by one another: Path > Intersection in Inkscape",
    "filter": "take the effect off, or save the picture as PNG",
    "marker": "turn the arrow heads into paths",
    "animate": _STILL,
    "animateTransform": _STILL,
    "animateMotion": _STILL,
    "set": _STILL,
}


def is_silent_attribute(name: str) -> bool:
    """Whether an attribute says something to people and programs, and nothing of the look."""
    return name in _NOTES or name.startswith(("aria-", "data-"))


def is_silent_property(name: str) -> bool:
    """Whether a property is of text, which is in no SVG here, or of screens."""
    return name in _OF_SCREENS or name.startswith(_OF_TEXT)


def hint_for_element(name: str) -> str:
    """What to do about an element that is not drawn."""
    drawn = ", ".join(SHAPES)
    return _HINTS.get(name, f"what is drawn is {drawn}, g, use and clipPath")


def hint_for_attribute(name: str) -> str:
    """What to do about an attribute that is not read."""
    if name.startswith("on"):
        return "take it out: nothing of a picture is run"
    return "take it out, or save the file as plain SVG"
