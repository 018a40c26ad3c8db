"""The parser of CommonMark, with places in its tokens and a rule for passages in other languages.

A passage is written as a link whose scheme is ``lang``: ``[pan de molde](lang:es)``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_PASSAGE_END = re.compile(r"\]\(\s*lang:([^()]*)\)", re.IGNORECASE)


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    """The parser, made once."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - listing records parses no prose

    # The parser drops what lies 20 levels deep; MAX_LIST_DEPTH refuses it long before, by name.
    made = MarkdownIt("commonmark", {"html": False, "maxNesting": 20})
    made.enable("table")
    made.disable(["html_block", "html_inline"])
    made.inline.ruler.before("link", "passage", _passage)
    for name in ("passage", "link", "autolink", "image", "backticks"):
        _note_places(made, name)
    # Link targets stay as they are written; check_link judges them.
    as_written: Any = {
        "normalizeLink": lambda url: url,
        "normalizeLinkText": lambda url: url,
        "validateLink": lambda _: True,
    }
    vars(made).update(as_written)
    return made


def _passage(state: Any, silent: bool) -> bool:
    """Unlike the text of a link, a passage may hold links."""
    if state.src[state.pos] != "[" or not _PASSAGE_END.search(state.src, state.pos):
        return False
    begin, most = state.pos + 1, state.posMax
    end = state.md.helpers.parseLinkLabel(state, state.pos)
    match = _PASSAGE_END.match(state.src, end, most) if end >= 0 else None
    if not match:
        return False
    if not silent:
        state.pos, state.posMax = begin, end
        state.push("passage_open", "", 1).meta["language"] = match[1]
        state.md.inline.tokenize(state)
        state.push("passage_close", "", -1)
        state.posMax = most
    state.pos = match.end()
    return True


def _note_places(made: MarkdownIt, name: str) -> None:
    """Makes a rule note in its token where in the line of text the token stands."""
    ruler = made.inline.ruler
    rule = next(rule.fn for rule in ruler.__rules__ if rule.name == name)

    def noting(state: Any, silent: bool) -> bool:
        place, count = state.pos, len(state.tokens)
        found = rule(state, silent)
        if found and not silent:
            new = next((token for token in state.tokens[count:] if token.type != "text"), None)
            if new:
                new.meta["place"] = place
        return found

    ruler.at(name, noting)
