"""What the values of an SVG may say, and how svglib is told: every number by itself, every colour
as ``#rrggbb``, every length in the picture's own units."""

import re
from collections.abc import Callable, Iterator
from math import isfinite
from typing import Final

EXPORT: Final = "export it again as plain SVG, or save the picture as PNG"


class BadValueError(Exception):
    """What is wrong with a value, and perhaps what to do."""

    def __init__(self, message: str, hint: str = EXPORT) -> None:
        super().__init__(message)
        self.hint = hint


Spelled = Callable[[str], str]
"""How a value is spelled for svglib. Raises BadValueError."""

_LONGEST_COLOUR: Final = 100
MOST_STEPS: Final = 50_000
"""Steps of one path."""

_NUMBER: Final = r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
_NUMBER_ALONE: Final = re.compile(_NUMBER)
_LENGTH: Final = re.compile(rf"({_NUMBER})([a-zA-Z%]*)")
_NEXT_NUMBER: Final = re.compile(rf"\s*,?\s*({_NUMBER})")
_NEXT_FLAG: Final = re.compile(r"\s*,?\s*([01])")
_NEXT_COMMAND: Final = re.compile(r"\s*([A-Za-z])")
_END: Final = re.compile(r"\s*\Z")
_LINK: Final = re.compile(r"url\(\s*(['\"]?)#([^'\"()\s]+)\1\s*\)")
_TRANSFORM: Final = re.compile(r"\s*,?\s*([A-Za-z]+)\s*\(([^()]*)\)")
_UNITS: Final = {
    "": 1.0,
    "px": 1.0,
    "in": 96.0,
    "cm": 96.0 / 2.54,
    "mm": 96.0 / 25.4,
    "pt": 96.0 / 72.0,
    "pc": 16.0,
}
"""Pixels of a unit, of which an inch has 96 (CSS Values 3, 5.2)."""
_ARGUMENTS: Final = {
    "matrix": (6,),
    "translate": (1, 2),
    "scale": (1, 2),
    "rotate": (1, 3),
    "skewX": (1,),
    "skewY": (1,),
}
_STEPS: Final = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "t": 2, "a": 7, "z": 0}
"""How many numbers a step of a path takes."""
_FLAGS_OF_ARC: Final = (3, 4)


def number(text: str) -> str:
    """A plain number."""
    if not _NUMBER_ALONE.fullmatch(text):
        raise BadValueError(f"{text!r} is not a number", "write a number such as 1.5")
    return text


def number_from_1(text: str) -> str:
    """A number that is 1 or more."""
    if float(number(text)) < 1:
        raise BadValueError(f"{text!r} is less than 1", "write 1 or more")
    return text


def pixels(text: str) -> float:
    """A length in pixels, 96 of which are an inch."""
    match = _LENGTH.fullmatch(text)
    if match is None:
        raise BadValueError(
            f"{text!r} is not a length", "write a number, in the picture's own units"
        )
    if match[2] not in _UNITS:
        raise BadValueError(
            f"the unit {match[2]!r} depends on what is around the picture",
            "write px, pt, mm, cm, in, or a number alone",
        )
    value = float(match[1]) * _UNITS[match[2]]
    if not isfinite(value):
        raise BadValueError(f"{text!r} is too large")
    return value


def length(text: str) -> str:
    """A length in the picture's own units."""
    return _spelled(pixels(text))


def size(text: str) -> str:
    """A length that is not below 0."""
    if pixels(text) < 0:
        raise BadValueError(f"{text!r} is less than nothing", "write 0 or more")
    return length(text)


def lengths(text: str) -> str:
    """The lengths of dashes, or none."""
    if text == "none":
        return text
    parts = [size(part) for part in re.split(r"[\s,]+", text)]
    # SVG 1.1, 11.4: dashes without any length are a solid line; PDF has no such array.
    return ",".join(parts) if any(float(part) for part in parts) else "none"


def colour(text: str) -> str:
    """A colour as ``#rrggbb``, none, or currentColor."""
    if text in ("none", "currentColor"):
        return text
    from tinycss2.color3 import RGBA, parse_color  # noqa: PLC0415 - only SVGs pay for it

    if text.lower().startswith("url("):
        raise BadValueError(
            "a gradient or pattern as a colour is not drawn",
            "give it one colour: a printer without colours shows gradients as dots",
        )
    found = parse_color(text) if len(text) <= _LONGEST_COLOUR else None
    if text.lower() == "currentcolor":
        return "currentColor"
    if not isinstance(found, RGBA) or not all(map(isfinite, found)):
        raise BadValueError(f"{text[:40]!r} is not a colour that is known", 'write it as "#rrggbb"')
    if found.alpha != 1:
        raise BadValueError(
            f"{text!r} is transparent", "give it the colour that it has on white paper"
        )
    parts = (min(max(part, 0.0), 1.0) for part in found[:3])
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def plain_colour(text: str) -> str:
    """The colour that currentColor stands for."""
    found = colour(text)
    if not found.startswith("#"):
        raise BadValueError(f"{text!r} is not a colour here", 'write it as "#rrggbb"')
    return found


def link(text: str) -> str:
    """``url(#name)`` of the same file, or none."""
    if text == "none":
        return text
    match = _LINK.fullmatch(text)
    if match is None:
        raise BadValueError(f"{text!r} does not name a part of this file", "write url(#name)")
    return match[2]


def target(text: str) -> str:
    """``#name``, a part of the same file."""
    if not re.fullmatch(r"#[^\s#]+", text):
        raise BadValueError(
            "only parts of this file can be used again, by #name", "copy it into the file"
        )
    return text[1:]


def points(text: str) -> str:
    """Coordinates of corners."""
    found = list(_spelled_numbers(text))
    if len(found) % 2:
        raise BadValueError(f"these are {len(found)} numbers, and points take two each")
    return " ".join(found)


def numbers(text: str, count: int) -> tuple[float, ...]:
    """So many numbers."""
    found = tuple(map(float, _spelled_numbers(text)))
    if len(found) != count:
        raise BadValueError(f"{text!r} is not {count} numbers", f"write {count} numbers")
    return found


def transform(text: str) -> str:
    """One transformation after the other."""
    at, spelled = 0, []
    while not _END.match(text, at):
        match = _TRANSFORM.match(text, at)
        if match is None:
            raise BadValueError(f"{_shown(text, at)} is not a transformation")
        arguments = list(_spelled_numbers(match[2]))
        if len(arguments) not in _ARGUMENTS.get(match[1], ()):
            known = ", ".join(_ARGUMENTS)
            raise BadValueError(
                f"{match[0].strip()!r} is not a transformation", f"there is {known}"
            )
        spelled.append(f"{match[1]}({' '.join(arguments)})")
        at = match.end()
    return " ".join(spelled)


def path(text: str) -> str:
    """The steps of a path (SVG 1.1, 8.3.9), each with a letter of its own."""
    steps: list[str] = []
    at = 0
    while not (steps and _END.match(text, at)):
        match = _NEXT_COMMAND.match(text, at)
        if match is None:
            raise BadValueError(_unread(text, at))
        letter, at = match[1], match.end()
        count = _STEPS.get(letter.lower())
        if count is None:
            raise BadValueError(f"{letter!r} is no step of a path (character {at})")
        if not steps and letter not in "Mm":
            raise BadValueError("a path begins with a move, M or m")
        if steps and steps[-1] in "Zz" and letter not in "MmZz":
            raise BadValueError(
                f"the path goes on after 'z' without a move (character {at})",
                "begin the next part with M or m",
            )
        first = True
        while first or (count and _NEXT_NUMBER.match(text, at)):
            arguments, at = _arguments(text, at, letter, count)
            steps.append(" ".join((letter, *arguments)))
            if len(steps) > MOST_STEPS:
                raise BadValueError(f"it has more than {MOST_STEPS:,} steps", "simplify the path")
            # After a move, further points are lines.
            letter = {"m": "l", "M": "L"}.get(letter, letter)
            first = False
    return " ".join(steps)


def _arguments(text: str, at: int, letter: str, count: int) -> tuple[list[str], int]:
    found: list[str] = []
    for index in range(count):
        is_flag = letter in "aA" and index in _FLAGS_OF_ARC
        match = (_NEXT_FLAG if is_flag else _NEXT_NUMBER).match(text, at)
        if match is None:
            raise BadValueError(f"{letter!r} takes {count} numbers; {_unread(text, at)}")
        found.append(match[1])
        at = match.end()
    return found, at


def _unread(text: str, at: int) -> str:
    if _END.match(text, at):
        return "the path ends too early"
    return f"{_shown(text, at)} cannot be read (character {at + 1})"


def _shown(text: str, at: int) -> str:
    return repr(text[at : at + 40].strip()[:20])


def _spelled_numbers(text: str) -> Iterator[str]:
    at = 0
    while not _END.match(text, at):
        match = _NEXT_NUMBER.match(text, at)
        if match is None:
            raise BadValueError(f"{_shown(text, at)} is not a number")
        yield match[1]
        at = match.end()


def _spelled(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")
