"""Plain values written as YAML in the look of the records that come with docgen."""

import re
from collections.abc import Iterator, Mapping, Sequence

_PLAIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ(](?:[^\s:#{}\[\]`]|[ ](?! |$)|:(?=//))*", re.ASCII)
_SPECIAL = frozenset(("yes", "no", "on", "off", "true", "false", "null", "y", "n"))
_QUOTES = "“”„‟«»‘’‚‛"
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_STEP = 2
BLOCK_KEYS = frozenset(("text",))
"""Keys whose values are texts of a paragraph or more, besides those named by the caller."""


def yaml_lines(
    fields: Mapping[str, object], blocks: frozenset[str], indent: int = 0
) -> Iterator[str]:
    """The lines of named values. Texts under ``blocks`` become literal blocks.

    Values are texts, booleans, lists and further named values.
    """
    margin = " " * indent
    for key, value in fields.items():
        yield from _lines_of_entry(f"{margin}{key}:", key, value, blocks, indent)


def _lines_of_entry(
    head: str, key: str, value: object, blocks: frozenset[str], indent: int
) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield head
        yield from yaml_lines(value, blocks, indent + _STEP)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        yield head
        for item in value:
            yield from _item(item, key, blocks, indent + _STEP)
    elif isinstance(value, bool):
        yield f"{head} {'true' if value else 'false'}"
    elif isinstance(value, str) and key in blocks and _fits_block(value):
        yield f"{head} |"
        margin = " " * (indent + _STEP)
        yield from (f"{margin}{line}" if line else "" for line in value.split("\n"))
    else:
        yield f"{head} {scalar(str(value), key)}"


def _item(item: object, key: str, blocks: frozenset[str], indent: int) -> Iterator[str]:
    margin = " " * indent
    if not isinstance(item, Mapping):
        yield f"{margin}- {scalar(str(item), key)}"
        return
    first, *rest = yaml_lines(item, blocks, indent + _STEP)
    yield f"{margin}- {first.lstrip()}"
    yield from rest


def _fits_block(text: str) -> bool:
    """Whether a literal block gives a text back as it is."""
    return bool(text) and text == text.strip() and "\t" not in text


def scalar(text: str, key: str = "") -> str:
    """A text on one line: without quotes where any program reads it as this text."""
    if key in ("effective", "accessed", "reviewed_on", "review_due") and _DAY.fullmatch(text):
        return text
    plain = _PLAIN.fullmatch(text) and text[0] not in _QUOTES and key != "code"
    if plain and text.casefold() not in _SPECIAL:
        return text
    return '"' + "".join(_ESCAPES.get(char, char) for char in text) + '"'
