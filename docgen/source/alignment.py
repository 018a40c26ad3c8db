"""Finds the characters of a scalar's value in the text that it was written as.

Quotes, escapes and folded lines make a value differ from its text, but never reorder it: both are
walked side by side. Characters that are not white space are found exactly; white space that folding
made or removed is found next to them.
"""

_BLANK = " \t\n\r"
_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f",
    "r": "\r", "e": "\x1b", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
_HIGH_SURROGATES = range(0xD800, 0xDC00)
_HEX = {"x": 2, "u": 4, "U": 8}


def positions(raw: str, style: str, value: str) -> list[int]:
    """The index in ``raw`` of each character of ``value``; ``raw`` includes quotes or header."""
    if style == "double":
        return _walk_escaped(raw, value, folds=True)
    if style == "json":
        return _walk_escaped(raw, value, folds=False)
    if style == "single":
        return _walk(raw, value, 1, quoted=True)
    if style in ("folded", "literal"):
        return _walk(raw, value, _after_header(raw), quoted=False)
    return _walk(raw, value, 0, quoted=False)


def _after_header(raw: str) -> int:
    """Where the lines of a block scalar begin, after ``|`` or ``>`` and a comment."""
    ends = [index for index in (raw.find("\n"), raw.find("\r")) if index >= 0]
    return min(ends) + 1 if ends else len(raw)


def _walk(raw: str, value: str, begin: int, *, quoted: bool) -> list[int]:
    """Walks a value without escapes: plain, in single quotes, or in a block.

    The value ``it's so`` may stand in single quotes, in a text that is folded, as::

        'it''s
          so'

    Its apostrophe is found at 3 and two characters are passed, since it is written twice. The
    blank is found at 6, the end of the line; the two blanks of the indent, which folding removed,
    are passed when the ``s`` at 9 is looked for.
    """
    found: list[int] = []
    place = begin
    last = max(len(raw) - 1, 0)
    for char in value:
        if char not in _BLANK:
            place = _skip_blank(raw, place)
            found.append(min(place, last))
            place += 2 if quoted and char == "'" else 1
            continue
        found.append(min(place, last))
        if place < len(raw) and raw[place] in _BLANK:
            place += 1
    return found


def _walk_escaped(raw: str, value: str, *, folds: bool) -> list[int]:
    """Walks a value in double quotes, whose escapes stand for one character each.

    ``café au lait`` may be written over two lines as::

        "caf\\u00e9 \\
           au lait"

    The ``é`` is found at 4, where its escape begins, and the six characters of that are passed.
    The blank after it is found at 10. Then comes a backslash that takes away the end of its line
    with the indent below: no character of the value stands for it, so that before the ``a`` of
    ``au`` all of it is passed up to 16. JSON knows no folding (``folds``), so that what stands
    there is never passed: a blank of its text is a blank of its value.
    """
    found: list[int] = []
    place = 1
    last = max(len(raw) - 1, 0)
    for char in value:
        if folds:
            place = _skip_to(raw, place, char)
        found.append(min(place, last))
        if raw.startswith("\\", place):
            width = _escape(raw, place)[1]
            # JSON's line ends are read as "\n": \r\n is one of them.
            place += 4 if char == "\n" and raw.startswith("\\r\\n", place) else width
        elif place < len(raw) and (char not in _BLANK or raw[place] in _BLANK):
            place += 1
    return found


def _skip_to(raw: str, place: int, char: str) -> int:
    """Passes what folding removed before a character: blanks, and breaks that are escaped.

    Where a blank is looked for, the first blank will do: which of them folding kept, nobody can
    tell, and their places lie side by side. Where a letter is looked for, escapes that stand for
    blanks (``\\t``, ``\\n``) are passed as well, since a blank of the value may have been found
    before them.
    """
    while place < len(raw):
        if raw[place] == "\\" and raw[place + 1 : place + 2] in ("\n", "\r"):
            place = _skip_blank(raw, place + 1)
        elif char in _BLANK:
            return place
        elif raw[place] in _BLANK:
            place += 1
        elif raw[place] == "\\" and _escape(raw, place)[0] in _BLANK and char not in _BLANK:
            place += _escape(raw, place)[1]
        else:
            return place
    return place


def _skip_blank(raw: str, place: int) -> int:
    while place < len(raw) and raw[place] in _BLANK:
        place += 1
    return place


def _escape(raw: str, place: int) -> tuple[str, int]:
    """What the escape at a place stands for, and how long it is."""
    letter = raw[place + 1 : place + 2]
    width = _HEX.get(letter)
    if width is None:
        return _ESCAPES.get(letter, letter), 2
    code = int(raw[place + 2 : place + 2 + width], 16)
    if code in _HIGH_SURROGATES and raw.startswith("\\u", place + 6):
        low = int(raw[place + 8 : place + 12], 16)
        return chr(0x10000 + ((code & 0x3FF) << 10) + (low & 0x3FF)), 12
    return chr(code), 2 + width
