"""How the bytes of a table are to be read as text."""

import codecs
import re
from typing import BinaryIO, ClassVar, Final, Self

from msgspec import Struct

from docgen.diagnostics import Findings, Span, did_you_mean, refuse
from docgen.signatures import kind_of
from docgen.source.structure import empty_file

_HEAD: Final = 65_536
_SAMPLE: Final = 65_536
"""Bytes that are looked at to tell encodings from each other."""
_MARKS: Final = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
_BLANK: Final = b" \t\r\n\0\xef\xbb\xbf\xff\xfe"
_ENCODINGS: Final = (
    *("utf-8", "utf-16", "utf-16-le", "utf-16-be"),
    *(f"windows-{page}" for page in range(1250, 1259)),
    *(f"iso-8859-{part}" for part in (*range(1, 12), 13, 14, 15, 16)),
    *("mac-roman", "cp437", "cp850", "shift_jis", "euc-jp", "gb18030", "big5", "euc-kr"),
)
_OF_SINGLE_BYTES: Final = ("windows-", "iso-", "mac-", "cp")
_BY_CODEC: Final = {codecs.lookup(name).name: name for name in _ENCODINGS}
_WESTERN: Final = "windows-1252"
_WESTERN_BYTES: Final = frozenset(
    {*range(0xC0, 0x100), *range(0x91, 0x98), 0x85, 0xA0, 0xAA, 0xAB, 0xB0, 0xB4, 0xBA, 0xBB}
    - {0xD7, 0xF7}
)
"""The letters of windows-1252 that ISO 8859-1 has as well, and its quotes and dashes. Other
bytes hint at another encoding: letters from 0x80 to 0x9f at one of old Macintoshes."""
_GUESSED: Final = ("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257",
                   "mac_roman", "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr")  # fmt: skip
_HINT: Final = "save it as CSV in UTF-8, or name its 'encoding' in the column map"


class Encoding(Struct, frozen=True):
    """How a file's bytes stand for characters, such as ``windows-1252`` or ``utf-8``."""

    called: ClassVar[str] = "encoding"

    name: str

    @classmethod
    def parse(cls, text: str) -> Self:
        try:
            known = _BY_CODEC.get(codecs.lookup(text.strip()).name)
        except (LookupError, ValueError):
            known = None
        if known is None:
            raise ValueError(
                "no encoding of this name is known here",
                did_you_mean(text.lower(), _ENCODINGS) or "the usual ones are utf-8, windows-1252",
            )
        return cls(known)

    @classmethod
    def json_schema(cls) -> dict[str, object]:
        return {"type": "string", "examples": list(_ENCODINGS)}

    @property
    def of_single_bytes(self) -> bool:
        """Whether every byte is a character."""
        return self.name.startswith(_OF_SINGLE_BYTES)


def encoding_of(file: BinaryIO, shown: str, named: Encoding | None, findings: Findings) -> str:
    """The encoding of a table: of its byte order mark, the one that was named, UTF-8, or the
    only one that its bytes make likely.

    A file in another encoding than Unicode is told as a warning, since its bytes alone cannot
    prove it. Raises DocgenError where the file is not text or several encodings are likely.
    """
    head = file.read(_HEAD)
    start = Span(shown, 1, 1)
    kind = kind_of(head)
    if kind:
        message = f"this is {kind.words}, not text"
        raise refuse("not-text", message, start, "save it as CSV in UTF-8")
    if not head.strip(_BLANK):
        raise empty_file(start)
    marked = next((name for mark, name in _MARKS.items() if head.startswith(mark)), None)
    if marked:
        return marked
    if named and not named.of_single_bytes:
        return named.name
    if not named and head.count(0) * 10 > len(head):
        return _wide(head, start)
    file.seek(0)
    sample = _Sample.of(file)
    return (
        _checked_name_of(named, sample, start, findings)
        if named
        else _narrow(sample, start, findings)
    )


def _wide(head: bytes, start: Span) -> str:
    """UTF-16 without a mark: of most characters of a table, one of the two bytes is 0."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > len(head) // 8 and odd > 4 * even:
        return "utf-16-le"
    if even > len(head) // 8 and even > 4 * odd:
        return "utf-16-be"
    raise refuse("not-text", "this is a file of bytes, not of text", start, "save it as CSV")


class _Sample(Struct):
    """The lines of a file that are not all ASCII: they alone tell encodings from each other."""

    is_utf8: bool = True
    any_utf8: bool = False
    lines: bytes = b""

    def __repr__(self) -> str:
        return "_Sample(…)"

    @classmethod
    def of(cls, file: BinaryIO) -> Self:
        """Reads a file to its end, a line at a time."""
        sample = cls()
        kept = bytearray()
        while line := file.readline(_SAMPLE):
            if line.isascii():
                continue
            if _is_utf8(line):
                sample.any_utf8 = True
                continue
            sample.is_utf8 = False
            if len(kept) < _SAMPLE:
                kept += line
        sample.lines = bytes(kept)
        return sample


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _checked_name_of(named: Encoding, sample: _Sample, start: Span, findings: Findings) -> str:
    """No text in an encoding of single bytes is UTF-8 by chance, all of it: letters would be lost.

    So is a file of a worklist's rejected rows, which goes by the map of that.
    """
    if not (sample.any_utf8 and sample.is_utf8):
        return named.name
    findings.warning(
        "assumed-encoding",
        f"this file is UTF-8, and is not read as {named.name}",
        start,
        "take 'encoding' out of the column map if all of its files are UTF-8",
    )
    return "utf-8"


def _narrow(sample: _Sample, start: Span, findings: Findings) -> str:
    """Where some lines are UTF-8, the others are damaged; what is all UTF-8 is that, surely."""
    if sample.is_utf8 or sample.any_utf8:
        return "utf-8"
    likely = [_WESTERN] if _is_western(sample.lines) else _likely(sample.lines)
    if len(likely) == 1:
        findings.warning(
            "assumed-encoding",
            f"this file is not UTF-8 and is read as {likely[0]}",
            start,
            f"if letters with accents come out wrong, {_HINT}",
        )
        return likely[0]
    perhaps = f"; it may be {', '.join(likely)}" if likely else ""
    message = f"this file is not UTF-8, and its letters do not tell what else it is{perhaps}"
    raise refuse("unknown-encoding", message, start, _HINT)


def _likely(lines: bytes) -> list[str]:
    """The encodings that lines may be in; one, where all of them read the same and well."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - most tables are UTF-8

    matches = from_bytes(lines, cp_isolation=list(_GUESSED))
    readings = {_BY_CODEC[codecs.lookup(match.encoding).name]: str(match) for match in matches}
    likely = [name for name, reading in readings.items() if _reads_well(reading)]
    return likely[:1] if len({readings[name] for name in likely}) == 1 else likely


def _is_western(lines: bytes) -> bool:
    """Whether lines are what programs in English or Spanish write, and most of Europe's.

    Words of theirs have a letter of ASCII each; words of Hebrew, Greek or Russian have none.
    """
    if not all(byte in _WESTERN_BYTES for byte in lines if not chr(byte).isascii()):
        return False
    words = _WORD.findall(lines.decode(_WESTERN))
    return all(any(map(str.isascii, word)) for word in words if len(word) > 1)


def _reads_well(text: str) -> bool:
    return all(char.isascii() or char.isalpha() or char in _MARKS_OF_TEXT for char in text)


_WORD: Final = re.compile(r"[^\W\d_]+")
_MARKS_OF_TEXT: Final = "\u00a0‘’“”–—…"
