"""What the YAML parser complains about, in words for people who do not know YAML."""

from typing import Any, NamedTuple

import yaml

from docgen.diagnostics import DocgenError, Span, refuse
from docgen.source.nodes import SourceText


class _Explanation(NamedTuple):
    sign: str
    message: str
    hint: str
    at_context: bool = False
    """Whether the place where the trouble began says more than the place where it showed."""


_INDENTATION = "lines that belong together start in the same column, indented by spaces"
_EXPLANATIONS = (
    _Explanation(
        "mapping values are not allowed",
        "a colon followed by a space cannot stand inside of a value",
        f"put the whole value in quotes; or, if a new field begins here, mind that {_INDENTATION}",
    ),
    _Explanation(
        "tab character",
        "a tab stands where only spaces may indent",
        "replace the tab by spaces",
    ),
    _Explanation(
        "unknown escape character",
        "a backslash in double quotes begins an escape, and this is none",
        "use single quotes, or write two backslashes for one",
    ),
    _Explanation(
        "did not find expected hexdecimal number",
        "this escape needs hexadecimal digits",
        "use single quotes, or write two backslashes for one",
    ),
    _Explanation(
        "block sequence entries are not allowed",
        "a list cannot begin on this line",
        "begin the list on a line of its own, or put the value in quotes",
    ),
    _Explanation(
        "could not find expected ':'",
        "this line is no 'name: value'",
        f"add a colon and a space after the name, or indent the line; {_INDENTATION}",
        at_context=True,
    ),
    _Explanation("',' or ']'", "this list in [ ] goes wrong or is never closed",
                 "close it with ], and put text with commas or brackets in quotes", True),
    _Explanation("',' or '}'", "these braces { } go wrong or are never closed",
                 "close them with }; text that begins with { must be in quotes", True),
    _Explanation("'-' indicator", "this line does not fit the list above it", _INDENTATION),
    _Explanation("<block end>", "this line does not fit the lines above it", _INDENTATION),
    _Explanation("expected key", "this line does not fit the lines above it",
                 _INDENTATION),
    _Explanation("alphabetic or numeric", "a value cannot begin with & or *",
                 "put the value in quotes", at_context=True),
)  # fmt: skip


def explain(error: yaml.YAMLError, source: SourceText) -> DocgenError:
    """A diagnostic for what keeps a file from being YAML."""
    problem = str(getattr(error, "problem", None) or error)
    context = str(getattr(error, "context", None) or "")
    mark: Any = getattr(error, "problem_mark", None)
    place = _place(mark, source)
    if "quoted scalar" in context and "escape" not in problem and "hexdecimal" not in problem:
        return refuse(
            "unclosed-quote",
            "a quote is opened here and never closed",
            _place(getattr(error, "context_mark", None), source),
            'close it; a double quote inside of double quotes is written \\", '
            "a single one inside of single quotes is written ''",
        )
    if "cannot start any token" in problem:
        return _bad_start(source, place)
    if "expected key" in problem and _follows_quote(source, place):
        return refuse(
            "bad-yaml",
            "text stands after a closing quote",
            place,
            "put quotes around the whole value; a quote inside of single quotes is written ''",
        )
    for explanation in _EXPLANATIONS:
        if explanation.sign in problem:
            if explanation.at_context and getattr(error, "context_mark", None):
                place = _place(error.context_mark, source)  # type: ignore[attr-defined]
            return refuse("bad-yaml", explanation.message, place, explanation.hint)
    return refuse("bad-yaml", f"this is not YAML: {problem}", place, _INDENTATION)


def _bad_start(source: SourceText, place: Span) -> DocgenError:
    line = source.lines[place.line - 1] if place.line <= len(source.lines) else ""
    char = line[place.column - 1 : place.column]
    if char == "\t":
        return refuse(
            "bad-yaml",
            "a tab stands where only spaces may indent",
            place,
            "replace the tab by spaces",
        )
    return refuse("bad-yaml", f"a value cannot begin with {char}", place, "put the value in quotes")


def _follows_quote(source: SourceText, place: Span) -> bool:
    before = source.lines[place.line - 1][: place.column - 1].rstrip()
    return before.endswith(("'", '"'))


def _place(mark: Any, source: SourceText) -> Span:
    if mark is None:
        return Span(source.path, 1, 1)
    return Span(source.path, mark.line + 1, mark.column + 1)
