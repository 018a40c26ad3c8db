"""The font of fields to fill in: the letters of Windows-1252, under the codes that viewers expect.

What is typed, a viewer sets. It finds letters by the font's encoding, which the subsets of
``docgen.fonts.embedding`` do not have: their codes mean something within one file only.
"""

import struct
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, groupby
from typing import Any

from msgspec import Struct
from reportlab.pdfbase.ttfonts import (  # type: ignore[import-untyped]
    FF_NONSYMBOLIC,
    FF_SYMBOLIC,
    TTFontMaker,
)

from docgen.fonts.embedding import described, to_unicode, widths_of
from docgen.fonts.faces import load, reportlab_font
from docgen.fonts.streams import ObjectFile, deflated

_FIRST, _LAST = 0x20, 0xFF
_SAME_AS = {"\u00a0": " ", "\u00ad": "-"}
"""What codes A0 and AD show in PDF (ISO 32000-1, annex D.2, notes 3 and 4)."""
_LAST_POINT = 0xFFFF


def _characters() -> dict[int, str]:
    """The characters of Windows-1252 by their codes; five codes have none."""
    codes = range(_FIRST, _LAST + 1)
    decoded = {code: one for code in codes if (one := bytes([code]).decode("cp1252", "ignore"))}
    return {code: one for code, one in decoded.items() if one.isprintable() or one in _SAME_AS}


_CHARACTERS = _characters()
_NEEDED = {_SAME_AS.get(one, one) for one in _CHARACTERS.values()}


class FieldFace(Struct, frozen=True, eq=False):
    """A face that fields are typed in."""

    name: str
    widest: float
    """The advance of the widest letter, digit or sign of ASCII, as a part of the font's size."""


class _FieldFont(Struct, frozen=True):
    """What the font of fields puts into a file."""

    program: bytes
    to_unicode: bytes
    descriptor: str
    font: str
    """Dictionary entries that name no other object; likewise ``descriptor``."""


def field_face(families: Iterable[str], strong: bool, emphasis: bool) -> FieldFace:
    """The first face in a look that has every letter of a field; else that of the first family.

    Raises KeyError and DocgenError as ``faces.load`` does.
    """
    # One by one: to read a font costs more than to write a sheet.
    faces = (load(family, strong, emphasis) for family in families)
    first = next(faces)
    found = next((one for one in chain((first,), faces) if one.advances.keys() >= _NEEDED), first)
    ascii_only = (found.advances.get(chr(code), 0) for code in range(0x20, 0x7F))
    return FieldFace(found.face.name, max(ascii_only) / found.units_per_em)


def add_field_font(file: ObjectFile, face: FieldFace) -> str:
    """Puts the font of fields in a face into a file; returns how PDF refers to it."""
    font = _made_font(face.name)
    program = file.add_stream(font.program)
    unicode = file.add_stream(font.to_unicode)
    descriptor = file.add(f"<< {font.descriptor} /FontFile2 {program} >>")
    return file.add(f"<< {font.font} /ToUnicode {unicode} /FontDescriptor {descriptor} >>")


@lru_cache(maxsize=8)
def _made_font(name: str) -> _FieldFont:
    face = reportlab_font(name).face
    points = [ord(_SAME_AS.get(one, one)) for one in _CHARACTERS.values()]
    program = _with_unicode_map(face.makeSubset(points), list(map(ord, _CHARACTERS.values())))
    by_code = dict(zip(_CHARACTERS, points, strict=True))
    glyphs = [face.charToGlyph.get(by_code.get(code), 0) for code in range(_FIRST, _LAST + 1)]
    subset_name = f"FIELDS+{name}"
    flags = face.flags & ~FF_SYMBOLIC | FF_NONSYMBOLIC
    return _FieldFont(
        deflated(program, f"/Length1 {len(program)}"),
        deflated(to_unicode(_CHARACTERS)),
        described(subset_name, face, flags),
        f"/Type /Font /Subtype /TrueType /BaseFont /{subset_name} /Encoding /WinAnsiEncoding "
        f"/FirstChar {_FIRST} /LastChar {_LAST} /Widths [{widths_of(face, glyphs)}]",
    )


def _with_unicode_map(program: bytes, points: Sequence[int]) -> bytes:
    """A subset of ReportLab's, whose n-th glyph it knows by the code n, with a map from Unicode."""
    tables = dict(_tables(program))
    glyphs = struct.unpack_from(f">{len(points)}H", tables["cmap"], _GLYPHS_IN_CMAP)
    made: Any = TTFontMaker()
    for tag, data in tables.items():
        made.add(tag, data)
    made.add("cmap", _unicode_map(dict(zip(points, glyphs, strict=True))))
    stream: bytes = made.makeStream()
    return stream


_GLYPHS_IN_CMAP = 22
"""Where ReportLab's map lists its glyphs: after its header, one record and the head of format 6."""


def _tables(program: bytes) -> Iterable[tuple[str, bytes]]:
    (count,) = struct.unpack_from(">H", program, 4)
    for index in range(count):
        tag, _, offset, length = struct.unpack_from(">4sLLL", program, 12 + 16 * index)
        yield tag.decode("ascii"), program[offset : offset + length]


def _unicode_map(glyphs: dict[int, int]) -> bytes:
    """A ``cmap`` table for Windows and Unicode (3, 1) in format 4 (OpenType 1.9).

    Characters that follow each other make a stretch, and the table has columns of all stretches:
    their ends, their starts, zeros to add, and offsets; then the glyphs of all. An offset says how
    many bytes from its own place on the glyphs of its stretch begin. Of {65: 3, 66: 4, 97: 9} the
    stretches are 65-66, 97 and the one that must be last, 65535. Behind the first offset come two
    more, then the glyphs 3, 4, 9: its glyphs begin 3 words on, 6 bytes. Behind the second comes
    one more, and 3 and 4 are not its own: 4 words on, 8 bytes.

    What stands before the columns is for a binary search: twice the largest power of two that is
    no more than the number of stretches, its logarithm, and what is left of twice the number.
    """
    stretches = [
        [point for _, point in stretch]
        for _, stretch in groupby(enumerate(sorted(glyphs)), key=lambda one: one[1] - one[0])
    ]
    count = len(stretches) + 1
    starts = [*(stretch[0] for stretch in stretches), _LAST_POINT]
    ends = [*(stretch[-1] for stretch in stretches), _LAST_POINT]
    offsets: list[int] = []
    listed: list[int] = []
    for index, stretch in enumerate(stretches):
        offsets.append(2 * (count - index + len(listed)))
        listed += [glyphs[point] for point in stretch]
    power = count.bit_length() - 1
    search = (2 << power, power, 2 * count - (2 << power))
    body = [2 * count, *search, *ends, 0, *starts, *([0] * (count - 1)), 1, *offsets, 0, *listed]
    words = [4, 2 * (len(body) + 3), 0, *body]
    return struct.pack(f">HHHHL{len(words)}H", 0, 1, 3, 1, 12, *words)
