"""Faces embedded in a document as TrueType subsets of at most 223 characters each.

A face's first subset is the same in every document, so that it is built and compressed once a
process; characters beyond it go into further subsets in the order of their first use.
"""

from codecs import charmap_build, charmap_encode
from collections.abc import Callable, Iterable
from hashlib import sha256
from io import BytesIO
from itertools import groupby
from operator import itemgetter
from typing import Any

from msgspec import Struct
from reportlab.pdfbase.ttfonts import (  # type: ignore[import-untyped]
    FF_NONSYMBOLIC,
    FF_SYMBOLIC,
    TTFont,
)

from docgen.fonts.faces import reportlab_name
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


Encoder = Callable[[str], list[tuple[int, str]]]
"""Gives a text as ``EmbeddedFont.splitString`` does."""


class OutsideSubsetsError(Exception):
    """A character is in none of the subsets that are the same in every file."""


class EmbeddedFont(TTFont):  # type: ignore[misc]
    """A face as ReportLab's canvases take it, by its ``fontName``.

    A font of ReportLab's gives each document subsets of its own, which are made anew. This one
    tells canvases the codes of its fixed first subset, and puts that into a file as it was made.
    What it knows of a document goes with the document.
    """

    def __init__(self, name: str, file: BytesIO) -> None:
        super().__init__(reportlab_name(name), file, shapable=False)
        self._name = name
        # Fonts of one PostScript name are one font to ReportLab, whatever their files hold.
        self.face.name = self.fontName.encode("ascii")
        self._base: _Base | None = None

    def splitString(  # noqa: N802 - ReportLab calls it so, and the next one
        self, text: str, doc: Any, encoding: str = "utf-8"
    ) -> list[tuple[int, str]]:
        """The text as stretches of one subset each: the subset's number and the codes there.

        Codes stand as the characters of Latin-1 with the same numbers. Raises ValueError for a
        character that the face lacks, OutsideSubsetsError for one that no document has yet whose
        fonts are written.
        """
        try:
            subsets: _SubsetsInDocument = doc.docgen_subsets[self._name]
        except (AttributeError, KeyError):
            subsets = self._begun(doc)
        return subsets.split(text)

    def encoder(self, doc: Any) -> Encoder:
        """What ``splitString`` does for a document that has drawn with it."""
        subsets: _SubsetsInDocument = doc.docgen_subsets[self._name]
        return subsets.split

    def getSubsetInternalName(self, subset: int, doc: Any) -> str:  # noqa: N802
        """The name of a subset in the resources of a document's pages, as operators write it."""
        return f"/{doc.docgen_subsets[self._name].resource}_{subset}"

    def add_to(self, file: ObjectFile, doc: Any) -> list[str]:
        """Puts the subsets that a document used into a file; no others come after that.

        Returns entries of a dictionary of fonts.
        """
        subsets: _SubsetsInDocument = doc.docgen_subsets[self._name]
        subsets.frozen = True
        return [
            f"{self.getSubsetInternalName(number, doc)} "
            f"{_add_font(file, _subset(self._name, self.face, characters))}"
            for number, characters in subsets.used()
        ]

    def _begun(self, doc: Any) -> "_SubsetsInDocument":
        if self._base is None:
            self._base = _base_of(self.face.charToGlyph)
        if any(font.state[doc].frozen for font in doc.delayedFonts):
            raise OutsideSubsetsError
        # As ReportLab's own fonts do it, so that its documents save this one as well.
        doc.delayedFonts.append(self)
        resource = f"F{len(doc.delayedFonts)}"
        doc.fontMapping[self.fontName] = f"/{resource}"
        subsets = self.state[doc] = _SubsetsInDocument(self._name, resource, self._base, self.face)
        # Once more besides ``state``, which takes five times as long to look into.
        vars(doc).setdefault("docgen_subsets", {})[self._name] = subsets
        return subsets


class _SubsetsInDocument:
    """The subsets of a face in one document. ``resource`` begins the names that pages use."""

    def __init__(self, name: str, resource: str, base: _Base, face: Any) -> None:
        self.resource = resource
        self.frozen = False
        self._name = name
        self._glyphs: dict[int, int] = face.charToGlyph
        self._base = base
        self._base_used = False
        self._further: dict[str, int] = {}

    def split(self, text: str) -> list[tuple[int, str]]:
        """The text as ``EmbeddedFont.splitString`` gives it."""
        if self._base.has_ascii and text.isascii() and text.isprintable():
            self._base_used = True
            return [(0, text)]
        try:
            codes, _ = charmap_encode(text, "strict", self._base.encoding)
        except UnicodeEncodeError:
            return self._split_by_character(text)
        self._base_used = True
        return [(0, codes.decode("latin-1"))]

    def used(self) -> list[tuple[int, str]]:
        """The numbers and characters of the subsets that were used."""
        return [(0, self._base.characters)] * self._base_used + self._further_subsets()

    @property
    def subsets(self) -> list[list[int]]:
        """The code points of every subset by their codes, as ReportLab's documents save them."""
        further = [characters for _, characters in self._further_subsets()]
        return [_points(characters) for characters in (self._base.characters, *further)]

    def _further_subsets(self) -> list[tuple[int, str]]:
        further = "".join(self._further)
        return [
            (1 + start // _FURTHER, " " + further[start : start + _FURTHER])
            for start in range(0, len(further), _FURTHER)
        ]

    def _split_by_character(self, text: str) -> list[tuple[int, str]]:
        if self.frozen:
            raise OutsideSubsetsError
        places = [self._subset_and_code(character) for character in text]
        return [
            (number, "".join(chr(code) for _, code in stretch))
            for number, stretch in groupby(places, key=itemgetter(0))
        ]

    def _subset_and_code(self, character: str) -> tuple[int, int]:
        """The number of a character's subset and its code there."""
        character = " " if character in NO_BREAK_SPACES else character
        code = self._base.codes.get(character)
        if code is not None:
            self._base_used = True
            return 0, code
        if ord(character) not in self._glyphs:
            raise ValueError(f"{self._name} has no U+{ord(character):04X}")
        place = self._further.setdefault(character, len(self._further))
        return 1 + place // _FURTHER, _CODES[1 + place % _FURTHER]


def _base_of(glyphs: dict[int, int]) -> _Base:
    characters = "".join(character for character in _BASE if ord(character) in glyphs)
    codes = dict(zip(characters, _CODES, strict=False))
    table = [_UNDEFINED] * 256
    for character, code in codes.items():
        table[code] = character
    return _Base(characters, codes, charmap_build("".join(table)), characters.startswith(_ASCII))


def _points(characters: str) -> list[int]:
    """The code points of a subset by their codes, 0 where a code has none."""
    by_code = dict(zip(_CODES, characters, strict=False))
    return [ord(by_code.get(code, "\0")) for code in range(max(by_code) + 1)]


def _subset(name: str, face: Any, characters: str) -> _Subset:
    key = (name, characters)
    if key not in _subsets:
        if len(_subsets) >= _SUBSETS_KEPT:
            _subsets.clear()
        _subsets[key] = _build(name, face, characters)
    return _subsets[key]


def _build(name: str, face: Any, characters: str) -> _Subset:
    points = _points(characters)
    font_file = face.makeSubset(points)
    glyphs = [face.charToGlyph.get(point, 0) for point in points[_FIRST_CODE:]]
    digest = sha256(f"{name}{characters}".encode()).digest()
    tag = "".join(chr(ord("A") + byte % 26) for byte in digest[:6])
    subset_name = f"{tag}+{name}"
    return _Subset(
        deflated(font_file, f"/Length1 {len(font_file)}"),
        deflated(to_unicode(dict(zip(_CODES, characters, strict=False)))),
        described(subset_name, face, face.flags & ~FF_NONSYMBOLIC | FF_SYMBOLIC),
        f"/Type /Font /Subtype /TrueType /BaseFont /{subset_name} "
        f"/FirstChar {_FIRST_CODE} /LastChar {len(points) - 1} /Widths [{widths_of(face, glyphs)}]",
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
