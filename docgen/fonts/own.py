"""Families of one's own: font files that are added to those that the package carries."""

import struct
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from string import ascii_letters, digits
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from docgen.diagnostics import DocgenError, Findings, Span
from docgen.fonts.faces import (
    FAMILIES,
    Face,
    LoadedFace,
    drop_added_families,
    keep_family,
    register,
)
from docgen.fonts.opening import parse_font, read_font, telling_damage
from docgen.fonts.words import forget_words

Style = Literal["regular", "italic", "bold", "bold_italic"]

_NAMES: dict[Style, str] = {
    "regular": "Regular",
    "italic": "Italic",
    "bold": "Bold",
    "bold_italic": "BoldItalic",
}
_STAND_INS: dict[Style, Style] = {"italic": "regular", "bold_italic": "bold"}
_NEEDED = f" {ascii_letters}{digits}"
_LETTERS = tuple(map(ord, ascii_letters + digits))
_TALLEST = 1.25
"""Letters from top to bottom, as a multiple of the font's size: lines have little more room."""
_ODD = 0.35
"""How far the middle of a line may lie from that of its letters, as a multiple of the size."""
_AT_ONCE = 5_000


class _Added(Struct, frozen=True):
    """What a family was made from: its files by their styles, and what they held."""

    files: dict[Style, tuple[Path, Span]]
    digests: dict[Style, bytes]
    contents: dict[Style, bytes]

    @property
    def paths(self) -> dict[Style, Path]:
        return {style: path for style, (path, _) in self.files.items()}


_added: dict[str, _Added] = {}


def add_family(family: str, files: Mapping[Style, tuple[Path, Span]], findings: Findings) -> None:
    """Adds a family of TrueType files, each with the place that names it, for the whole process.

    ``regular`` and ``bold`` are needed: without bold, what must stand out would not. Italics that
    are not given print upright, with a warning. A family that was added from the same files stays
    as it is; files that have changed since are read anew; other files are refused, as is
    everything that ``read_font`` refuses. Findings with an error add nothing.
    """
    if not _may_add(family, files, findings):
        return
    contents: dict[Style, bytes] = {}
    for style, (path, span) in files.items():
        try:
            contents[style] = read_font(path, span)
        except DocgenError as error:
            findings.extend(error.diagnostics)
    if len(contents) < len(files):
        return
    added = _added_from(files, contents)
    _tell_stand_ins(family, files, findings)
    known = _added.get(family)
    if known and known.digests == added.digests:
        return
    if known and known.paths != added.paths:
        _refuse_other_files(family, files, known, findings)
        return
    if _keep_faces(family, added, findings):
        _added[family] = added
        if known:
            forget_words()


def carried_families() -> dict[str, dict[Style, bytes]]:
    """The contents of every family that was added, for a process that cannot read its files."""
    return {family: dict(added.contents) for family, added in _added.items()}


def add_carried(family: str, contents: Mapping[Style, bytes]) -> None:
    """Adds a family as ``carried_families`` of another process gives it.

    Raises DocgenError where the process has another family of that name.
    """
    name = Path(family)
    added = _added_from({style: (name, Span.whole_file(family)) for style in contents}, contents)
    known = _added.get(family)
    findings = Findings()
    if known is None and _keep_faces(family, added, findings):
        _added[family] = added
    elif known and known.digests != added.digests:
        _refuse_other_files(family, added.files, known, findings)
    findings.raise_if_any()


def forget_families() -> None:
    """Drops every family that was added, for a process that opens one project after another."""
    if _added:
        _added.clear()
        drop_added_families()
        forget_words()


def _added_from(
    files: Mapping[Style, tuple[Path, Span]], contents: Mapping[Style, bytes]
) -> _Added:
    digests = {style: sha256(data).digest() for style, data in contents.items()}
    return _Added(dict(files), digests, dict(contents))


def _may_add(family: str, files: Mapping[Style, tuple[Path, Span]], findings: Findings) -> bool:
    place = next((span for _, span in files.values()), None)
    if family in FAMILIES:
        findings.error(
            "font-family-taken",
            f"docgen carries a font family {family!r} of its own",
            place,
            f"give yours another name, such as 'Our {family}'",
        )
        return False
    lacking = [style for style in _NAMES if style not in files and style not in _STAND_INS]
    if lacking:
        findings.error(
            "font-style-missing",
            f"font family {family!r} has no {' and no '.join(lacking)} style",
            place,
            "; ".join(f"write '{style}: …' with the file of that style" for style in lacking)
            + "; without bold, what matters most would not stand out",
        )
    return not lacking


def _tell_stand_ins(
    family: str, files: Mapping[Style, tuple[Path, Span]], findings: Findings
) -> None:
    for style, stand_in in _STAND_INS.items():
        if style not in files:
            findings.warning(
                "font-style-missing",
                f"font family {family!r} has no {style} style: its {stand_in} is printed instead",
                files[stand_in][1],
                f"add '{style}: …' with the file of that style, if there is one",
            )


def _refuse_other_files(
    family: str, files: Mapping[Style, tuple[Path, Span]], known: _Added, findings: Findings
) -> None:
    here, there = files["regular"][1], known.files["regular"][1]
    findings.error(
        "font-family-taken",
        f"font family {family!r} is made of other files at {there}",
        here,
        "give one of the two families another name",
    )


def _keep_faces(family: str, added: _Added, findings: Findings) -> bool:
    """Opens the faces of a family and keeps them; False where findings tell why not."""
    faces: dict[Style, LoadedFace] = {}
    for style, data in added.contents.items():
        path, span = added.files[style]
        name = f"{_postscript_name(family)}-{_NAMES[style]}-{added.digests[style].hex()[:8]}"
        try:
            font = parse_font(name, data, path, span)
            with telling_damage(path.name, span):
                _check_outlines(font.face)
                if _has_letters(font.face, path, span, findings):
                    faces[style] = _with_true_metrics(register(name, font), font.face)
        except DocgenError as error:
            findings.extend(error.diagnostics)
    if len(faces) < len(added.contents):
        return False
    common = set.intersection(*(set(loaded.advances) for loaded in faces.values()))
    regular, italic, bold, bold_italic = (
        _restricted_to(common, faces.get(style) or faces[_STAND_INS[style]]) for style in _NAMES
    )
    keep_family(family, (regular, italic, bold, bold_italic))
    return True


def _postscript_name(family: str) -> str:
    """A name as PDF and PostScript take it; the digest that follows tells families apart."""
    return "".join(char for char in family if char.isascii() and char.isalnum()) or "Own"


def _check_outlines(face: Any) -> None:
    """Drops characters without a glyph. Raises errors of all kinds where a glyph cannot be
    embedded."""
    glyphs: dict[int, int] = face.charToGlyph
    for code in [code for code, glyph in glyphs.items() if not 0 < glyph < len(face.hmetrics)]:
        del glyphs[code]
    codes = list(glyphs)
    if sorted(face.glyphPos) != face.glyphPos:
        raise ValueError("glyphs overlap")  # ReportLab would not notice
    for start in range(0, len(codes), _AT_ONCE):
        face.makeSubset(codes[start : start + _AT_ONCE])


def _has_letters(face: Any, path: Path, span: Span, findings: Findings) -> bool:
    missing = [char for char in _NEEDED if ord(char) not in face.charToGlyph]
    if missing:
        findings.error(
            "font-characters",
            f"font {path.name!r} lacks {len(missing)} of the letters and digits that every sheet "
            f"needs, such as {missing[0]!r}",
            span,
            "use a font that has all of a to z, A to Z, 0 to 9 and the space",
        )
        return False
    top, bottom = _reach(face)
    if top + bottom > _TALLEST:
        findings.error(
            "font-too-tall",
            f"letters of font {path.name!r} are {top + bottom:.2f} times as tall as its size: "
            "lines would overlap",
            span,
            "use a font made for running text",
        )
        return False
    return True


def _reach(face: Any) -> tuple[float, float]:
    """How far letters and digits reach above and below the baseline, by their outlines."""
    outlines = face.get_table("glyf")
    boxes = [
        struct.unpack_from(">hhhh", outlines, face.glyphPos[glyph] + 2)
        for glyph in (face.charToGlyph[code] for code in _LETTERS)
        if face.glyphPos[glyph] < face.glyphPos[glyph + 1]
    ]
    top = max((box[3] for box in boxes), default=0)
    bottom = min((box[1] for box in boxes), default=0)
    return top / face.unitsPerEm, -bottom / face.unitsPerEm


def _with_true_metrics(loaded: LoadedFace, face: Any) -> LoadedFace:
    """Has its letters tell ascent and descent where the font's own would push them off a line."""
    top, bottom = _reach(face)
    told = loaded.face
    shift = (told.ascent - told.descent) - (top - bottom)
    if told.ascent >= top and told.descent >= bottom and abs(shift) <= _ODD:
        return loaded
    return replace(loaded, face=Face(told.name, top, bottom))


def _restricted_to(common: set[str], loaded: LoadedFace) -> LoadedFace:
    """The face with those characters that every style has: one style answers for its family."""
    advances = {char: width for char, width in loaded.advances.items() if char in common}
    return replace(loaded, advances=advances)
