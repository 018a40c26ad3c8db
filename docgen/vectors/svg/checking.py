"""An SVG held against the lists of what is drawn; all that is wrong is told at its place."""

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from docgen.diagnostics import Findings, did_you_mean
from docgen.vectors.svg.allowed import (
    EDITORS,
    ELEMENTS,
    NOT_INHERITED,
    PROPERTIES,
    SHAPES,
    SILENT,
    WITHOUT_EFFECT,
    hint_for_attribute,
    hint_for_element,
    is_silent_attribute,
    is_silent_property,
)
from docgen.vectors.svg.styles import StyleRule, StyleSheetReader
from docgen.vectors.svg.tree import SVG, XLINK, XML, Place, SvgAttribute, SvgElement, SvgFile
from docgen.vectors.svg.values import BadValueError, Spelled

_MOST_TOLD: Final = 20
"""What is wrong with a picture is mostly one thing, a hundred times."""
_XML_NOTES: Final = frozenset({"space", "lang", "id"})
_PICTURE_ONLY: Final = "a picture is checked before it is drawn: what is on no list is refused"


class CheckedElement(Struct, eq=False):
    """An element of which all is allowed, its values spelled as svglib is told."""

    name: str
    at: int
    id: str | None
    classes: frozenset[str]
    own: dict[str, str]
    """Attributes that are no properties."""
    written: dict[str, str]
    """Properties as attributes, which any style wins over."""
    styled: dict[str, str]
    """Properties of its ``style``, which win over style sheets."""
    children: list["CheckedElement"]
    places: dict[str, int]
    """Where the values of its attributes stand."""


class CheckedPicture(Struct, eq=False):
    """A picture of which all is allowed."""

    root: CheckedElement
    rules: list[StyleRule]
    named: dict[str, CheckedElement]


class _EnoughToldError(Exception):
    """There is no use in telling more."""


def checked(file: SvgFile, root: SvgElement, findings: Findings) -> CheckedPicture | None:
    """The picture of a file; None where findings tell what is wrong with it."""
    told = len(findings)
    checker = _Checker(file, findings)
    try:
        picture = checker.picture(root)
    except _EnoughToldError:
        return None
    return picture if len(findings) == told else None


class _Checker:
    def __init__(self, file: SvgFile, findings: Findings) -> None:
        self._file = file
        self._findings = findings
        self._told = 0
        self._sheet_lines: list[int] = []
        self._styles = StyleSheetReader(self._declared, self._tell_in_sheet)
        self._named: dict[str, CheckedElement] = {}

    def picture(self, root: SvgElement) -> CheckedPicture | None:
        if (root.space, root.name) != (SVG, "svg"):
            hint = f'an SVG begins with <svg xmlns="{SVG}">: export it again'
            self._tell(f"this is no SVG: its first element is <{root.name}>", root.at, hint)
            return None
        found = self._element(root, within=None)
        assert found is not None  # the root is no note
        return CheckedPicture(found, self._styles.rules(), self._named)

    def _element(self, element: SvgElement, within: str | None) -> CheckedElement | None:
        """An element, or None where it draws nothing."""
        if element.space in EDITORS or (element.space == SVG and element.name in SILENT):
            return None
        if not self._may_stand(element, within):
            self._tell(f"<{element.name}> is not drawn", element.at, hint_for_element(element.name))
            return None
        checked = self._with_attributes(element)
        if element.name == "style":
            self._read_sheet(element)
            return None
        for _, text in element.texts:
            if text.strip():
                self._tell(
                    f"text in <{element.name}> is not drawn", element.at, hint_for_element("text")
                )
                break
        children = (self._element(child, element.name) for child in element.children)
        checked.children = [child for child in children if child]
        self._name(checked)
        return checked

    def _may_stand(self, element: SvgElement, within: str | None) -> bool:
        if element.space != SVG or element.name not in ELEMENTS:
            return False
        if element.name == "svg":
            return within is None
        return within not in SHAPES and within not in {"use", "style"}

    def _name(self, element: CheckedElement) -> None:
        if element.id is None:
            return
        if element.id in self._named:
            self._tell(f"the id {element.id!r} stands here again", element.at, "give each its own")
        self._named[element.id] = element

    def _with_attributes(self, element: SvgElement) -> CheckedElement:
        made = CheckedElement(element.name, element.at, None, frozenset(), {}, {}, {}, [], {})
        for attribute in element.attributes:
            if self._is_note(attribute):
                continue
            if attribute.space not in ("", XLINK) or (attribute.space and attribute.name != "href"):
                self._tell_attribute(element, attribute)
                continue
            made.places[attribute.name] = attribute.place.at
            self._attribute(element, attribute, made)
        return made

    def _is_note(self, attribute: SvgAttribute) -> bool:
        if attribute.space == XML:
            return attribute.name in _XML_NOTES
        return attribute.space in EDITORS

    def _attribute(
        self, element: SvgElement, attribute: SvgAttribute, made: CheckedElement
    ) -> None:
        name, value = attribute.name, attribute.value
        own = ELEMENTS[element.name]
        if name == "id":
            made.id = value
        elif name == "class":
            made.classes = frozenset(value.split())
        elif name == "style":
            with_place = self._sheet_lines
            self._sheet_lines = _line_places(self._file, [(attribute.place, value)])
            made.styled = self._styles.declarations(value)
            self._sheet_lines = with_place
        elif name in own:
            spelled = self._spelled(own[name], name, value, attribute.place)
            if spelled is not None:
                made.own[name] = spelled
        elif is_silent_attribute(name):
            return
        elif name in PROPERTIES or name in WITHOUT_EFFECT or is_silent_property(name):
            declared = self._property(name, value, attribute.place.at)
            if declared is not None:
                made.written[name] = declared
        else:
            self._tell_attribute(element, attribute)

    def _tell_attribute(self, element: SvgElement, attribute: SvgAttribute) -> None:
        name = attribute.name
        known = () if attribute.space or name.startswith("on") else _known_attributes(element)
        self._tell(
            f"the attribute {name!r} of <{element.name}> is not read",
            attribute.name_at,
            did_you_mean(name, known) or hint_for_attribute(name),
        )

    def _spelled(self, spell: Spelled, name: str, value: str, place: Place) -> str | None:
        try:
            return spell(value.strip())
        except BadValueError as error:
            self._tell(f"{name!r}: {error}", place.at, error.hint)
            return None

    def _property(self, name: str, value: str, at: int) -> str | None:
        """How a property is spelled, or None where it says nothing."""
        if is_silent_property(name):
            return None
        if value == "inherit" and name in PROPERTIES and name not in NOT_INHERITED:
            return value
        spell = PROPERTIES.get(name) or WITHOUT_EFFECT.get(name)
        if spell is None:
            near = did_you_mean(name, PROPERTIES)
            self._tell(f"the property {name!r} is not drawn", at, near or hint_for_attribute(name))
            return None
        spelled = self._spelled(spell, name, value, Place(at))
        return spelled if name in PROPERTIES else None

    def _declared(self, name: str, value: str, line: int, column: int) -> tuple[str, str] | None:
        spelled = self._property(name, value, self._in_sheet(line, column))
        return None if spelled is None else (name, spelled)

    def _read_sheet(self, element: SvgElement) -> None:
        self._sheet_lines = _line_places(self._file, element.texts)
        self._styles.read("".join(text for _, text in element.texts))

    def _tell_in_sheet(self, message: str, hint: str, line: int, column: int) -> None:
        self._tell(message, self._in_sheet(line, column), hint)

    def _in_sheet(self, line: int, column: int) -> int:
        starts = self._sheet_lines
        return starts[min(line, len(starts)) - 1] + column - 1

    def _tell(self, message: str, at: int, hint: str | None) -> None:
        self._told += 1
        place = self._file.span(min(at, len(self._file.text)))
        if self._told > _MOST_TOLD:
            message = "more of this SVG is not drawn than can be told here"
            self._findings.error("svg-not-allowed", message, place, _PICTURE_ONLY)
            raise _EnoughToldError
        self._findings.error("svg-not-allowed", message, place, hint)


def _known_attributes(element: SvgElement) -> tuple[str, ...]:
    return (*ELEMENTS[element.name], *PROPERTIES)


def _line_places(file: SvgFile, texts: list[tuple[Place, str]]) -> list[int]:
    """Where each line of a text begins that stands in several stretches of a file."""
    return list(_starts(texts)) or [0]


def _starts(texts: list[tuple[Place, str]]) -> Iterator[int]:
    fresh = True
    for place, text in texts:
        if fresh:
            yield place.at
        fresh = False
        for index, character in enumerate(text):
            if character == "\n":
                yield place.at + index + 1
