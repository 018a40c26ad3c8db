"""The words around what was found, cut out of the field that has most of it."""

from collections.abc import Mapping

from docgen.search.texts import Field, Snippet

BEGIN, END = "\ue000", "\ue001"
"""Marks around what was found: characters for private use, which no record may hold."""
WIDTH = 90
"""Characters of a snippet, without the marks of what was left out."""
_BEFORE = 30
"""Characters that stand before the first word found."""
_LESS_TELLING = ("similar_codes", "policies", "unplaced")
"""Fields that speak of other things as well: shown where no other has as much."""


def best_snippet(marked: Mapping[Field, str], words: int) -> Snippet | None:
    """The snippet of the field in which most different words were found, the first of them.

    ``marked`` are fields with what was found between ``BEGIN`` and ``END``, ``words`` is how many
    were asked for: more forms of them in one field tell no more.
    """
    best: tuple[int, bool] = (0, False)
    chosen: Field | None = None
    for field, text in marked.items():
        found = {part.partition(END)[0].lower() for part in text.split(BEGIN)[1:]}
        worth = (min(len(found), words), field not in _LESS_TELLING)
        if found and worth > best:
            best, chosen = worth, field
    return cut(chosen, marked[chosen]) if chosen else None


def cut(field: Field, marked: str) -> Snippet:
    """A few words of a field around those that were found first."""
    text, marks = _unmarked(marked)
    start = marks[0][0] if marks else 0
    begin = _word_begin(text, max(0, start - _BEFORE)) if len(text) > WIDTH else 0
    end = _word_end(text, begin + WIDTH)
    head, tail = "…" if begin else "", "…" if end < len(text) else ""
    moved = len(head) - begin
    kept = tuple(
        (one + moved, other + moved) for one, other in marks if begin <= one < other <= end
    )
    return Snippet(field, f"{head}{text[begin:end].rstrip()}{tail}", kept)


def _unmarked(marked: str) -> tuple[str, list[tuple[int, int]]]:
    text = ""
    marks: list[tuple[int, int]] = []
    first, *parts = marked.split(BEGIN)
    text = first
    for part in parts:
        found, _, rest = part.partition(END)
        marks.append((len(text), len(text) + len(found)))
        text += found + rest
    return text, marks


def _word_begin(text: str, at: int) -> int:
    """The beginning of the word at a place, or of the next."""
    if at == 0 or text[at - 1] == " ":
        return at
    space = text.find(" ", at)
    return at if space < 0 else space + 1


def _word_end(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    space = text.rfind(" ", 0, at + 1)
    return at if space <= 0 else space
