"""Good inputs made bad: a few random changes, of bytes, words, lines and places within a text.

All draw on one ``Random``, so that the same number makes the same input on every machine.
"""

import re
from collections.abc import Callable, Sequence
from random import Random

MOST_BYTES = 400_000
"""What an input has at most: far below the limits of readers, which have tests of their own."""

_WORD = re.compile(rb"[\w.-]+")
_NUMBER = re.compile(rb"[0-9]+")
ODD = (
    *("\0", "\x1b[31m", "\x7f", "\x85", "\u2028", "\ufeff", "\u202e", "\u200b", "\ufffd", "\ue000"),
    *("\U0001f600", "\U0010ffff", "e\u0301", "\u0e01\u0e33", "\u0634\u0631\u062d", "\u4e2d", "ǆ"),
    *("İ", "ß", "ﬁ", "½", "٣", "²", "\u00ad", "\u00a0", "\t", "\r", "\r\n", "\n\n", "\\", '"', "'"),
    *("{{", "}}", "{%", "{{ record.title }}", "[a](lang:es)", "](", "**", "`", "<b>", "&amp;", "$"),
    *(
        "- ",
        "* ",
        "1. ",
        "# ",
        "| ",
        ": ",
        "? ",
        "&a ",
        "*a",
        "!!",
        "---\n",
        "...\n",
        "%YAML 1.1\n",
    ),
    *("null", "~", "yes", "NaN", "Infinity", "=1+1", "@", "../", "C:\\", "/dev/null", "%s", "%n"),
)
NUMBERS = (
    *(
        "-1",
        "0",
        "00",
        "1e309",
        "1e-400",
        "0.1",
        "255",
        "256",
        "32768",
        "65535",
        "65536",
        "1048577",
    ),
    *("2147483648", "4294967295", "9" * 20, "9" * 400, "1.7976931348623157e308", "0x10", "1_000"),
    *("9999-12-31", "0000-00-00", "2026-02-30", "12/31/1899", "24:00", "23:59:60"),
)
_NESTING = (b"[", b"{", b'{"a":', b"- ", b"(", b"> ", b"((", b"[[", b"{a: ", b"  ", b"<a>", b"not ")
_DEEPEST = 300

Mutation = Callable[[bytearray, Random], None]


def mutated(sample: bytes, others: Sequence[bytes], chance: Random) -> bytes:
    """A sample after some changes; pieces of ``others`` may get into it."""
    data = bytearray(sample)
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 5, 12))):
        if chance.random() < 1 / 60:
            _swell(data, chance)
        elif chance.random() < 1 / 12:
            _splice(data, chance.choice(others), chance)
        else:
            chance.choice(_MUTATIONS)(data, chance)
    return bytes(data[:MOST_BYTES])


def _splice(data: bytearray, other: bytes, chance: Random) -> None:
    begin, end = _piece(other, chance)
    at = _place(data, chance)
    data[at:at] = other[begin:end]


def _piece(data: bytes | bytearray, chance: Random) -> tuple[int, int]:
    """A stretch, mostly a short one."""
    begin = _place(data, chance)
    return begin, begin + chance.choice((1, 2, 4, 8, 40, 300, len(data)))


def _place(data: bytes | bytearray, chance: Random) -> int:
    return chance.randint(0, len(data))


def _flip(data: bytearray, chance: Random) -> None:
    if data:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _set(data: bytearray, chance: Random) -> None:
    if data:
        data[chance.randrange(len(data))] = chance.choice((0, 1, 0x20, 0x7F, 0x80, 0xFF, 0xC3))


def _fill(data: bytearray, chance: Random) -> None:
    begin, end = _piece(data, chance)
    count = min(end, len(data)) - begin
    data[begin : begin + count] = bytes([chance.choice((0, 0xFF, 0x41))]) * count


def _cut(data: bytearray, chance: Random) -> None:
    del data[_place(data, chance) :]


def _delete(data: bytearray, chance: Random) -> None:
    begin, end = _piece(data, chance)
    del data[begin:end]


def _double(data: bytearray, chance: Random) -> None:
    begin, end = _piece(data, chance)
    data[begin:begin] = data[begin:end] * chance.choice((1, 1, 2, 20))


def _move(data: bytearray, chance: Random) -> None:
    begin, end = _piece(data, chance)
    piece = data[begin:end]
    del data[begin:end]
    at = _place(data, chance)
    data[at:at] = piece


def _junk(data: bytearray, chance: Random) -> None:
    at = _place(data, chance)
    data[at:at] = chance.randbytes(chance.randint(1, 12))


def _odd(data: bytearray, chance: Random) -> None:
    at = _place(data, chance)
    data[at:at] = chance.choice(ODD).encode() * chance.choice((1, 1, 1, 3, 200))


def _number(data: bytearray, chance: Random) -> None:
    found = list(_NUMBER.finditer(data))
    if found:
        begin, end = chance.choice(found).span()
        data[begin:end] = chance.choice(NUMBERS).encode()


def _word(data: bytearray, chance: Random) -> None:
    """One word in the place of another, or something odd in it."""
    found = list(_WORD.finditer(data))
    if found:
        begin, end = chance.choice(found).span()
        other = bytes(chance.choice(found)[0])
        data[begin:end] = chance.choice((other, b"", chance.choice(ODD).encode(), other * 50))


def _line(data: bytearray, chance: Random) -> None:
    """A line taken away, said twice, moved, or pushed to the right."""
    lines = data.splitlines(keepends=True)
    if not lines:
        return
    at = chance.randrange(len(lines))
    line = lines.pop(at)
    kind = chance.randrange(4)
    if kind == 1:
        lines[at:at] = [line, line]
    elif kind == 2:
        lines.insert(chance.randint(0, len(lines)), line)
    elif kind == 3:
        lines.insert(at, bytearray(b" " * chance.randint(1, 4)) + line)
    data[:] = b"".join(lines)


def _swell(data: bytearray, chance: Random) -> None:
    """A line, or a few characters, over and over: what is told of each must not take for ever."""
    lines = data.splitlines(keepends=True)
    at = chance.randrange(len(lines)) if lines else 0
    piece = lines[at] if lines and chance.random() < 3 / 4 else b"%c," % chance.randrange(33, 127)
    place = sum(map(len, lines[:at]))
    data[place:place] = piece * (MOST_BYTES // 2 // max(len(piece), 1))


def _nest(data: bytearray, chance: Random) -> None:
    at = _place(data, chance)
    data[at:at] = chance.choice(_NESTING) * chance.choice((2, 30, _DEEPEST))


_MUTATIONS: Sequence[Mutation] = (
    *(_flip, _set, _fill, _cut, _delete, _double, _move, _junk),
    *(_odd, _odd, _number, _word, _word, _line, _line, _nest),
)
