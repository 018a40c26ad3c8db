"""The faces of all families, loaded and registered with ReportLab on first use."""

from pathlib import Path
from typing import Any

from msgspec import Struct

from docgen.fonts.printable import NO_BREAK_SPACES, SAME_GLYPH, reason_against

FAMILIES = ("Atkinson Hyperlegible Next", "Noto Sans")
"""The families that the package carries; ``families`` has those that were added as well."""

_FOLDER = Path(__file__).parent / "faces"
_STYLES = ("Regular", "Italic", "Bold", "BoldItalic")
_NOT_IN_EVERY_STYLE = frozenset("\u10fb\u20c0\u2183")
"""Noto Sans lacks these in italics; leaving them out lets one style answer for its family."""


class Face(Struct, frozen=True, eq=False):
    """One font file. ``name`` is unique; lengths are multiples of the font's size."""

    name: str
    ascent: float
    descent: float
    """Positive below the baseline."""


class LoadedFace(Struct, frozen=True, eq=False):
    """A face with the advance widths of the characters that it prints right."""

    face: Face
    advances: dict[str, int]
    """In font units, ``units_per_em`` of which are the font's size."""
    units_per_em: int


Styles = tuple[LoadedFace, LoadedFace, LoadedFace, LoadedFace]
"""The faces of a family: regular, italic, bold, bold italic."""

_loaded: dict[tuple[str, bool, bool], LoadedFace] = {}
_fonts: dict[str, Any] = {}


def families() -> tuple[str, ...]:
    """The families that a style may name: those that the package carries, then the added ones."""
    return tuple(dict.fromkeys((*FAMILIES, *(family for family, _, _ in _loaded))))


def face(family: str, strong: bool, emphasis: bool) -> Face:
    """The face of a family in a look; KeyError for a family that is not among ``families``.

    Raises DocgenError where its file in the installation is damaged.
    """
    return load(family, strong, emphasis).face


def load(family: str, strong: bool, emphasis: bool) -> LoadedFace:
    """The face of a family in a look, read from its file the first time.

    Raises KeyError for a family that is not among ``families``, and DocgenError where its file in
    the installation is damaged.
    """
    key = (family, bool(strong), bool(emphasis))
    if key not in _loaded:
        if family not in FAMILIES:
            raise KeyError(family)
        _loaded[key] = _carried_face(family, _STYLES[2 * key[1] + key[2]])
    return _loaded[key]


def keep_family(family: str, styles: Styles) -> None:
    """Makes the faces of a family those given, whatever they were."""
    for index, loaded in enumerate(styles):
        _loaded[family, index > 1, bool(index % 2)] = loaded


def drop_added_families() -> None:
    """Keeps the families that the package carries only."""
    for key in [key for key in _loaded if key[0] not in FAMILIES]:
        del _loaded[key]


def reportlab_font(name: str) -> Any:
    """The registered ReportLab font of a face; KeyError where no text has used the face yet."""
    return _fonts[name]


def reportlab_name(name: str) -> str:
    """What ReportLab calls a face: no name that a program which uses docgen gives a font."""
    return f"docgen-{name}"


def any_reportlab_name() -> str | None:
    """What ReportLab calls some face or other; None where no text has used any yet."""
    return next(map(reportlab_name, _fonts), None)


def register(name: str, font: Any) -> LoadedFace:
    """Makes an opened font known to ReportLab as that of a face, and measures its characters."""
    from reportlab.pdfbase.pdfmetrics import registerFont  # type: ignore[import-untyped]  # noqa: PLC0415 - costs 85 ms

    glyphs: dict[int, int] = font.face.charToGlyph
    for character, same in SAME_GLYPH.items():
        if ord(same) in glyphs:
            glyphs.setdefault(ord(character), glyphs[ord(same)])
    if name not in _fonts:  # the same file may be opened twice, and documents know the first
        registerFont(font)
        _fonts[name] = font
    return LoadedFace(
        Face(name, font.face.ascent / 1000, -font.face.descent / 1000),
        _advances(glyphs, font.face.hmetrics),
        font.face.unitsPerEm,
    )


def _carried_face(family: str, style: str) -> LoadedFace:
    from docgen.fonts.opening import open_font  # noqa: PLC0415

    name = f"{family.replace(' ', '')}-{style}"
    folder = _FOLDER / family.lower().replace(" ", "-")
    return register(name, open_font(name, folder / f"{name}.ttf"))


def _advances(glyphs: dict[int, int], metrics: list[tuple[int, int]]) -> dict[str, int]:
    advances = {
        chr(code): int(metrics[glyph][0])
        for code, glyph in glyphs.items()
        if chr(code) not in _NOT_IN_EVERY_STYLE and reason_against(chr(code)) is None
    }
    return advances | dict.fromkeys(NO_BREAK_SPACES, advances[" "])
