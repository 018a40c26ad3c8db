"""A checked SVG as svglib is given it: nothing but shapes with all of their look, groups, clips.

Styles are resolved and what is used again is written out, so that svglib has to know neither
cascade nor references: of both it has its own ideas (a colour that ``currentColor`` stands for is
taken from the parent, a display in a style sheet is not seen).
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from lxml import etree
from msgspec import Struct

from docgen.diagnostics import Findings
from docgen.vectors.svg import values
from docgen.vectors.svg.allowed import INITIAL, NOT_INHERITED, SHAPES
from docgen.vectors.svg.checking import CheckedElement, CheckedPicture
from docgen.vectors.svg.tree import SVG, SvgFile
from docgen.vectors.svg.values import EXPORT, BadValueError

MOST_SHAPES: Final = 10_000
"""Shapes with all that is used again."""
LEAST_SIDE: Final = 0.1
LARGEST_SIDE: Final = 10_000.0
"""Of a picture, in pixels."""
_NEAR: Final = 1e-9

Look = Mapping[str, str]


class PictureForSvglib(Struct, frozen=True, eq=False):
    """What svglib draws, and what it does not look at: how far sharp corners reach, by shape."""

    root: Any
    miter_limits: dict[str, float]


class _ViewPort(Struct, frozen=True):
    width: float
    height: float
    scale: float
    right: float
    down: float


class _RefusedError(Exception):
    """Findings say why."""


def written_out(
    file: SvgFile, picture: CheckedPicture, findings: Findings
) -> PictureForSvglib | None:
    """A picture with everything said where it is drawn; None where findings say why not."""
    try:
        return _Writer(file, picture, findings).written()
    except _RefusedError:
        return None


class _Writer:
    def __init__(self, file: SvgFile, picture: CheckedPicture, findings: Findings) -> None:
        self._file = file
        self._picture = picture
        self._findings = findings
        self._count = 0
        self._using: list[str] = []
        self._clips: dict[str, Any] = {}
        self._miter_limits: dict[str, float] = {}

    def written(self) -> PictureForSvglib:
        top = self._picture.root
        port = self._view_port(top)
        size = {"width": f"{port.width:.6f}", "height": f"{port.height:.6f}"}
        root = etree.Element(f"{{{SVG}}}svg", size, nsmap={None: SVG})
        defs = etree.SubElement(root, f"{{{SVG}}}defs")
        moved = f"translate({port.right:.9f} {port.down:.9f}) scale({port.scale:.9f})"
        group = etree.SubElement(root, f"{{{SVG}}}g", {"transform": moved})
        look, own = self._look(top, INITIAL)
        if own.get("display") != "none":
            self._clip(top, own, group)
            self._children(top, look, group)
        defs.extend(self._clips.values())
        return PictureForSvglib(root, self._miter_limits)

    def _children(self, holder: CheckedElement, look: Look, into: Any) -> None:
        for child in holder.children:
            self._element(child, look, into)

    def _element(self, element: CheckedElement, around: Look, into: Any) -> None:
        if element.name in {"defs", "clipPath"}:
            return
        look, own = self._look(element, around)
        if own.get("display") == "none":
            return
        if element.name in SHAPES:
            self._write_shape(element, look, own, into)
            return
        group = etree.SubElement(into, f"{{{SVG}}}g", self._moved(element))
        self._clip(element, own, group)
        if element.name == "use":
            self._use(element, look, group)
        else:
            self._children(element, look, group)

    def _use(self, element: CheckedElement, look: Look, into: Any) -> None:
        name = element.own.get("href", "")
        target = self._picture.named.get(name)
        if target is None or target.name not in {*SHAPES, "g", "use"}:
            raise self._refusal_at(
                f"there is no shape or group {name!r} that could be used again",
                element,
                "href",
                _USED,
            )
        if name in self._using:
            raise self._refusal_at(
                f"{name!r} uses itself", element, "href", "take one of the two out"
            )
        self._using.append(name)
        self._element(target, look, into)
        self._using.pop()

    def _write_shape(self, element: CheckedElement, look: Look, own: Look, into: Any) -> None:
        made = self._made(element)
        if made is None or look["visibility"] == "hidden":
            return
        self._count += 1
        if self._count > MOST_SHAPES:
            message = f"with all that is used again, it has more than {MOST_SHAPES:,} shapes"
            raise self._refusal_at(message, element, rule="svg-too-large")
        shown = {name: value for name, value in look.items() if name not in _FOR_US}
        for paint in ("fill", "stroke"):
            if shown[paint] == "currentColor":
                shown[paint] = look["color"]
        id = f"s{self._count}"
        self._miter_limits[id] = float(look["stroke-miterlimit"])
        for name, value in {**shown, "id": id}.items():
            made.set(name, value)
        self._clip(element, own, made)
        into.append(made)

    def _made(self, element: CheckedElement) -> Any:
        """The shape alone; None where it is nothing to be seen (SVG 1.1, 9)."""
        own = element.own
        match element.name:
            case "rect":
                if not _sides(own, "width", "height"):
                    return None
                corners = _round_rectangle(own)
                name = "path" if corners else "rect"
                where = {"d": corners} if corners else _attributes_but(own, "rx", "ry", "transform")
            case "circle" | "ellipse":
                radii = ("r",) if element.name == "circle" else ("rx", "ry")
                if not _sides(own, *radii):
                    return None
                name, where = element.name, _attributes_but(own, "transform")
            case "path" | "polyline" | "polygon":
                key = "d" if element.name == "path" else "points"
                if not own.get(key):
                    return None
                name, where = element.name, {key: own[key]}
            case _:
                name, where = element.name, _attributes_but(own, "transform")
        return etree.Element(f"{{{SVG}}}{name}", {**where, **self._moved(element)})

    def _moved(self, element: CheckedElement) -> dict[str, str]:
        transform = element.own.get("transform", "")
        if element.name == "use":
            right, down = element.own.get("x", "0"), element.own.get("y", "0")
            transform = f"{transform} translate({right} {down})".strip()
        return {"transform": transform} if transform else {}

    def _clip(self, element: CheckedElement, own: Look, into: Any) -> None:
        name = own.get("clip-path", "none")
        if name == "none":
            return
        if element.name == "use":
            message = "what is used again cannot be clipped here"
            raise self._refusal_at(message, element, "clip-path", "clip a group around it")
        target = self._picture.named.get(name)
        if target is None or target.name != "clipPath":
            raise self._refusal_at(f"there is no clipPath {name!r}", element, "clip-path")
        if name not in self._clips:
            self._clips[name] = self._clip_path(target, len(self._clips))
        into.set("clip-path", f"url(#{self._clips[name].get('id')})")

    def _clip_path(self, target: CheckedElement, number: int) -> Any:
        look, own = self._look(target, INITIAL)
        shapes = [child for child in target.children if child.name in SHAPES]
        if len(shapes) != 1 or len(target.children) != 1 or own:
            message = "a clipPath is read that holds one shape, and no more"
            raise self._refusal_at(message, target, hint="join its shapes into one path")
        shape = shapes[0]
        look, own = self._look(shape, look)
        made = self._made(shape)
        if made is None or own or look["visibility"] == "hidden" or shape.name in _OPEN:
            raise self._refusal_at("this cannot clip anything", shape, hint=_CLIPPING)
        if shape.name == "path":
            made.set("d", _closed(made.get("d")))
        made.set("clip-rule", look["clip-rule"])
        clip = etree.Element(f"{{{SVG}}}clipPath", {"id": f"c{number}"})
        clip.append(made)
        return clip

    def _look(self, element: CheckedElement, around: Look) -> tuple[dict[str, str], Look]:
        """The look that an element gives on to those in it, and what is its own alone."""
        said = dict(element.written)
        for rule in self._picture.rules:
            if rule.selector.fits(element.name, element.id, element.classes):
                said.update(rule.declared)
        said.update(element.styled)
        look = {**around}
        look.update(
            (name, value)
            for name, value in said.items()
            if value != "inherit" and name not in NOT_INHERITED
        )
        own = {name: said[name] for name in NOT_INHERITED if name in said}
        return look, own

    def _view_port(self, root: CheckedElement) -> _ViewPort:
        """How large the picture is, and how its units lie in it (SVG 1.1, 7.7 and 7.8)."""
        box = self._view_box(root)
        width, height = self._side(root, "width"), self._side(root, "height")
        if box is None:
            if width is None or height is None:
                raise self._refusal_at("this SVG does not say how large it is", root, hint=_SIZE)
            return _ViewPort(width, height, 1.0, 0.0, 0.0)
        left, top, across, down = box
        if width is None and height is None:
            width, height = across, down
        elif width is None:
            width = (height or 0.0) * across / down
        elif height is None:
            height = width * down / across
        assert width is not None
        assert height is not None
        for side in (width, height):
            if not LEAST_SIDE <= side <= LARGEST_SIDE:
                raise self._refusal_at(f"a side of this SVG is {side:g} pixels", root, hint=_SIZE)
        scale = min(width / across, height / down)
        right = (width - across * scale) / 2 - left * scale
        return _ViewPort(width, height, scale, right, (height - down * scale) / 2 - top * scale)

    def _side(self, root: CheckedElement, name: str) -> float | None:
        text = root.own.get(name, "100%").strip()
        if text in ("100%", "auto"):
            return None
        try:
            side = values.pixels(text)
        except BadValueError as error:
            raise self._refusal_at(f"{name!r}: {error}", root, name, error.hint) from None
        if not LEAST_SIDE <= side <= LARGEST_SIDE:
            raise self._refusal_at(f"{name!r}: {text} is {side:g} pixels", root, name, _SIZE)
        return side

    def _view_box(self, root: CheckedElement) -> tuple[float, ...] | None:
        text = root.own.get("viewBox")
        if text is None:
            return None
        try:
            box = values.numbers(text, 4)
        except BadValueError as error:
            raise self._refusal_at(f"'viewBox': {error}", root, "viewBox", error.hint) from None
        if box[2] < _NEAR or box[3] < _NEAR:
            raise self._refusal_at(f"'viewBox': {text} has no size", root, "viewBox", _SIZE)
        return box

    def _refusal_at(
        self,
        message: str,
        element: CheckedElement,
        attribute: str = "",
        hint: str = EXPORT,
        rule: Any = "svg-not-allowed",
    ) -> _RefusedError:
        at = element.places.get(attribute, element.at)
        self._findings.error(rule, message, self._file.span(at), hint)
        return _RefusedError()


_FOR_US: Final = frozenset({"color", "visibility", "clip-rule", "stroke-miterlimit"})
_OPEN: Final = frozenset({"line", "polyline"})
_CLIPPING: Final = "clip with a path, rect, circle, ellipse or polygon that is seen"
_USED: Final = "name the id of a shape or a group of this file"
_SIZE: Final = (
    f"give it a viewBox, or width and height of {LEAST_SIDE:g} to {LARGEST_SIDE:g} pixels"
)


def _sides(own: Look, *names: str) -> bool:
    return all(float(own.get(name, "0")) > 0 for name in names)


def _attributes_but(own: Look, *names: str) -> dict[str, str]:
    return {name: value for name, value in own.items() if name not in names}


def _round_rectangle(own: Look) -> str | None:
    """The path of a rectangle with round corners (SVG 1.1, 9.2); ReportLab knows one radius."""
    rx, ry = own.get("rx", own.get("ry", "0")), own.get("ry", own.get("rx", "0"))
    x, y = float(own.get("x", "0")), float(own.get("y", "0"))
    width, height = float(own["width"]), float(own["height"])
    across, down = min(float(rx), width / 2), min(float(ry), height / 2)
    if not across or not down:
        return None
    right, bottom = x + width, y + height
    arc = f"A {across} {down} 0 0 1"
    return (
        f"M {x + across} {y} L {right - across} {y} {arc} {right} {y + down} "
        f"L {right} {bottom - down} {arc} {right - across} {bottom} "
        f"L {x + across} {bottom} {arc} {x} {bottom - down} "
        f"L {x} {y + down} {arc} {x + across} {y} Z"
    )


def _closed(path: str) -> str:
    """A path all of whose parts are closed, as a clip reads them in any case."""
    return " ".join(_with_ends(path.split(" ")))


def _with_ends(words: list[str]) -> Iterator[str]:
    last = "Z"
    for word in words:
        if word in ("M", "m") and last not in "Zz":
            yield "Z"
        yield word
        last = word if word.isalpha() else last
    if last not in "Zz":
        yield "Z"
