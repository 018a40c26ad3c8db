"""Faces embedded in a document as TrueType subsets of at most 223 characters each.

A face's first subset is the same in every document, so that it is built and compressed once a
process; characters beyond it go into further subsets in the order of their first use.
"""

from codecs import charmap_build, charmap_encode
from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from typing import Any

from msgspec import Struct
from reportlab.pdfbase.ttfonts import (  # type: ignore[import-untyped]
    FF_NONSYMBOLIC,
    FF_SYMBOLIC,
)

from docgen.fonts.faces import reportlab_font
from docgen.fonts.printable import NO_BREAK_SPACES
from docgen.fonts.streams import ObjectFile, deflated

_ASCII = "".join(map(chr, range(0x20, 0x7F)))
_ENGLISH_AND_SPANISH = "áéíóúüñÁÉÍÓÚÜÑ¿¡ªº" + "‘’“”–—…•·×÷±≤≥≈−°µ½¼¾®©™§†‡"
_OTHER_LATIN_1 = "ÀÂÃÄÅÆÇÈÊËÌÎÏÐÒÔÕÖØÙÛÝÞßàâãäåæçèêëìîïðòôõöøùûýþÿ"
_POLISH_AND_CZECH = "ĄąĆćĘęŁłŃńŚśŹźŻżČčĎďĚěŇňŘřŠšŤťŮůŽž"
_BASE = _ASCII + _ENGLISH_AND_SPANISH + _OTHER_LATIN_1 + _POLISH_AND_CZECH
"""Texts in English and Spanish with the signs of medical writing, and people's names: 13 KB a face.

A name with a letter beyond it has its sheet laid out anew: the letters for names take 3 KB a face.
Where a face has all of ASCII, its printable characters are their own codes.
"""

_CODES = (*range(0x20, 0x7F), *range(0x80, 0x100))
"""Character codes in use; 0 is the missing glyph, and control codes trouble some readers."""

_FIRST_CODE = _CODES[0]
_FURTHER = len(_CODES) - 1
"""How many characters a further subset adds; its first code is a space, as in the first subset."""
_UNDEFINED = "\ufffe"
"""What stands for a code without a character in Python's tables of encodings."""
_CMAP_BLOCK = 100
"""The most entries that a block of a ToUnicode map may have."""
_SUBSETS_KEPT = 200

_bases: dict[str, "_Base"] = {}
_subsets: dict[tuple[str, str], "_Subset"] = {}


class _Base(Struct, frozen=True):
    """The first subset of a face: its characters in the order of ``_CODES``."""

    characters: str
    codes: dict[str, int]
    encoding: Any
    """``codes`` as Python's fast encoder wants them."""
    has_ascii: bool


class _Subset(Struct, frozen=True):
    """What a subset puts into a file."""

    font_file: bytes
    to_unicode: bytes
    descriptor: str
    font: str
    """Dictionary entries that name no other object; likewise ``descriptor``."""


class EmbeddedFace:
    """A face in one document. ``resource`` begins the names under which pages find its subsets."""

    def __init__(self, name: str, resource: str) -> None:
        self._name = name
        self._resource = resource
        self._base_resource = f"{resource}_0"
        self._face = reportlab_font(name).face
        self._base = _base_of(name, self._face.charToGlyph)
        self._base_used = False
        self._further: dict[str, int] = {}

    def encode(self, text: str) -> Sequence[tuple[str, str]]:
        """The text as stretches of one subset each, with the subset's name.

        Character codes stand as the characters of Latin-1 with the same numbers.
        """
        if self._base.has_ascii and text.isascii() and text.isprintable():
            # The usual text, once more than in ``encode_base``: pages have a hundred.
            self._base_used = True
            return ((self._base_resource, text),)
        encoded = self.encode_base(text)
        if encoded is None:
            return self._encode_by_character(text)
        self._base_used = True
        return (encoded,)

    def encode_base(self, text: str) -> tuple[str, str] | None:
        """The first subset's name and the text in its codes; None where it lacks a character.

        Nothing is added to the document.
        """
        if self._base.has_ascii and text.isascii() and text.isprintable():
            return self._base_resource, text
        try:
            codes, _ = charmap_encode(text, "strict", self._base.encoding)
        except UnicodeEncodeError:
            return None
        return self._base_resource, codes.decode("latin-1")

    def add_to(self, file: ObjectFile) -> list[str]:
        """Puts the subsets that were used into a file; returns entries of a dictionary of fonts."""
        subsets = [(0, self._base.characters)] if self._base_used else []
        further = "".join(self._further)
        subsets += [
            (1 + start // _FURTHER, " " + further[start : start + _FURTHER])
            for start in range(0, len(further), _FURTHER)
        ]
        fonts = (
            (number, _add_font(file, _subset(self._name, self._face, characters)))
            for number, characters in subsets
        )
        return [f"/{self._resource}_{number} {reference}" for number, reference in fonts]

    def _encode_by_character(self, text: str) -> Sequence[tuple[str, str]]:
        places = [self._subset_and_code(character) for character in text]
        return [
            (f"{self._resource}_{number}", "".join(chr(code) for _, code in stretch))
            for number, stretch in groupby(places, key=itemgetter(0))
        ]

    def _subset_and_code(self, character: str) -> tuple[int, int]:
        """The number of a character's subset and its code there."""
        character = " " if character in NO_BREAK_SPACES else character
        code = self._base.codes.get(character)
        if code is not None:
            self._base_used = True
            return 0, code
        if ord(character) not in self._face.charToGlyph:
            raise ValueError(f"{self._name} has no U+{ord(character):04X}")
        place = self._further.setdefault(character, len(self._further))
        return 1 + place // _FURTHER, _CODES[1 + place % _FURTHER]


def _base_of(name: str, glyphs: dict[int, int]) -> _Base:
    if name not in _bases:
        characters = "".join(character for character in _BASE if ord(character) in glyphs)
        codes = dict(zip(characters, _CODES, strict=False))
        table = [_UNDEFINED] * 256
        for character, code in codes.items():
            table[code] = character
        _bases[name] = _Base(
            characters, codes, charmap_build("".join(table)), characters.startswith(_ASCII)
        )
    return _bases[name]


def _subset(name: str, face: Any, characters: str) -> _Subset:
    key = (name, characters)
    if key not in _subsets:
        if len(_subsets) >= _SUBSETS_KEPT:
            _subsets.clear()
        _subsets[key] = _build(name, face, characters)
    return _subsets[key]


def _build(name: str, face: Any, characters: str) -> _Subset:
    by_code = dict(zip(_CODES, characters, strict=False))
    last = max(by_code)
    points = [ord(by_code[code]) if code in by_code else 0 for code in range(last + 1)]
    font_file = face.makeSubset(points)
    glyphs = [face.charToGlyph.get(point, 0) for point in points[_FIRST_CODE:]]
    digest = sha256(f"{name}{characters}".encode()).digest()
    tag = "".join(chr(ord("A") + byte % 26) for byte in digest[:6])
    subset_name = f"{tag}+{name}"
    return _Subset(
        deflated(font_file, f"/Length1 {len(font_file)}"),
        deflated(to_unicode(by_code)),
        described(subset_name, face, face.flags & ~FF_NONSYMBOLIC | FF_SYMBOLIC),
        f"/Type /Font /Subtype /TrueType /BaseFont /{subset_name} "
        f"/FirstChar {_FIRST_CODE} /LastChar {last} /Widths [{widths_of(face, glyphs)}]",
    )


def to_unicode(by_code: dict[int, str]) -> bytes:
    """The map from codes back to text (ISO 32000-1, 9.10.3)."""
    entries = [
        f"<{code:02X}> <{character.encode('utf-16-be').hex().upper()}>"
        for code, character in by_code.items()
    ]
    blocks = [
        "\n".join([f"{len(block)} beginbfchar", *block, "endbfchar"])
        for block in (
            entries[start : start + _CMAP_BLOCK] for start in range(0, len(entries), _CMAP_BLOCK)
        )
    ]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
            *blocks,
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    ).encode()


def widths_of(face: Any, glyphs: Iterable[int]) -> str:
    """The advances of a face's glyphs, in thousandths of the font's size."""
    per_mille = 1000 / face.unitsPerEm
    return " ".join(f"{face.hmetrics[glyph][0] * per_mille:g}" for glyph in glyphs)


def described(name: str, face: Any, flags: int) -> str:
    """The entries of a font descriptor but for the file (ISO 32000-1, 9.8)."""
    box = " ".join(f"{side:g}" for side in face.bbox)
    return (
        f"/Type /FontDescriptor /FontName /{name} /Flags {flags} /FontBBox [{box}] "
        f"/ItalicAngle {face.italicAngle:g} /Ascent {face.ascent:g} /Descent {face.descent:g} "
        f"/CapHeight {face.capHeight:g} /StemV {face.stemV:g}"
    )


def _add_font(file: ObjectFile, subset: _Subset) -> str:
    program = file.add_stream(subset.font_file)
    to_unicode = file.add_stream(subset.to_unicode)
    descriptor = file.add(f"<< {subset.descriptor} /FontFile2 {program} >>")
    return file.add(f"<< {subset.font} /ToUnicode {to_unicode} /FontDescriptor {descriptor} >>")
