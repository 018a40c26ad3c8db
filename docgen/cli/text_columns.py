"""A text beside its translation, in the columns of a terminal or as JSON."""

import shutil
from collections.abc import Iterator
from itertools import zip_longest
from unicodedata import combining, east_asian_width

from docgen.cli.reporting import json_text, print_result
from docgen.records import TextPair
from docgen.records.agreement import Standing, digests, disagreements, standing
from docgen.records.parts import TextPart, parts_of_both

STANDINGS: dict[Standing, str] = {
    "current": "current",
    "stale": "its source has changed since",
    "untraced": "nothing says that anybody has read it beside its source",
    "differs": "it has other parts or numbers than its source",
}

_GAP = "   "
_WIDEST = 78
"""Of a column: longer lines are hard to follow."""
_NARROWEST = 24


def print_pair(pair: TextPair, *, as_json: bool) -> None:
    """Prints a text beside its translation, and what speaks against it."""
    differences = [one.message for one in disagreements(pair)]
    if as_json:
        fields = {
            "text": pair.name,
            "standing": standing(pair),
            "source_language": pair.source_tag,
            "source": pair.source.value,
            "source_digest": digests(pair)[0],
            "language": pair.tag,
            "translation": pair.translation.value,
            "differences": differences,
        }
        print_result(json_text(fields))
        return
    print_result(f"{pair.name}: {STANDINGS[standing(pair)]}")
    for left, right in _rows_side_by_side(pair):
        for line in _side_by_side(left, right):
            print_result(f"  {line}".rstrip())
    for difference in differences:
        print_result(f"  ! {difference}")
    print_result("")


def _rows_side_by_side(pair: TextPair) -> Iterator[tuple[str, str]]:
    """What is to be read side by side: paragraphs, and items of lists."""
    both = parts_of_both(pair.source, pair.translation, name=pair.name, is_prose=pair.is_prose)
    if both is None:
        yield pair.source.value, pair.translation.value
        return
    texts = ([_part(part) for part in divided.parts] for divided in both)
    yield from zip_longest(*texts, fillvalue="")


def _part(part: TextPart) -> str:
    return f"{'- ' if part.is_item else ''}{part.text.strip()}"


def _side_by_side(left: str, right: str) -> Iterator[str]:
    """The lines of two texts beside each other, each text in the lines that it has or wrapped."""
    room = (shutil.get_terminal_size((120, 24)).columns - len(_GAP)) // 2
    width = min(max(room, _NARROWEST), _WIDEST)
    for one, other in zip_longest(_wrapped(left, width), _wrapped(right, width), fillvalue=""):
        yield f"{one}{' ' * (width - _columns_taken(one))}{_GAP}{other}".rstrip()


def _wrapped(text: str, width: int) -> Iterator[str]:
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if line and _columns_taken(longer) > width:
            yield line
            longer = f"  {word}" if text.startswith("- ") else word
        line = longer
    yield line


def _columns_taken(text: str) -> int:
    """How many columns of a terminal a text takes: Chinese characters are two wide."""
    wide = sum(1 for char in text if east_asian_width(char) in "WF")
    return len(text) + wide - sum(1 for char in text if combining(char))
