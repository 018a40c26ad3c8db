"""What the YAML parser complains about, in words for people who do not know YAML."""

from typing import Any, NamedTuple

import yaml

from docgen.diagnostics import Diagnostic, DocgenError, Span, refuse
from docgen.source.nodes import SourceText
from docgen.source.slips import (
    Slip,
    slip_near,
    stands_below_block_mark,
    tabs,
    too_deep_for_its_place,
)


class _Explanation(NamedTuple):
    sign: str
    message: str
    hint: str
    at_context: bool = False
    """Whether the place where the trouble began says more than the place where it showed."""


_INDENTATION = "lines that belong together start in the same column, indented by spaces"
_COLON = "mapping values are not allowed"
_NO_COLON = "could not find expected ':'"
_EXPLANATIONS = (
    _Explanation(
        _COLON,
        "a colon followed by a space cannot stand inside of a value",
        f"put the whole value in quotes; or, if a new field begins here, mind that {_INDENTATION}",
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
        _NO_COLON,
        "this line is no 'name: value'",
        f"add a colon and a space after the name, or indent the line; {_INDENTATION}",
        at_context=True,
    ),
    _Explanation("',' or ']'", "this list in [ ] goes wrong or is never closed",
                 "close it with ], and put text with commas or brackets in quotes", True),
    _Explanation("',' or '}'", "these braces { } go wrong or are never closed",
                 "close them with }; text that begins with { must be in quotes", True),
    _Explanation("mapping keys are not allowed", "a value cannot begin with ?",
                 "put the value in quotes"),
    _Explanation("expected comment or line break", "after | or > no text may stand on this line",
                 "begin the text on the next line, or put text that begins so in quotes"),
    _Explanation("'-' indicator", "this line does not fit the list above it", _INDENTATION),
    _Explanation("<block end>", "this line does not fit the lines above it", _INDENTATION),
    _Explanation("expected key", "this line does not fit the lines above it",
                 _INDENTATION),
    _Explanation("alphabetic or numeric", "a value cannot begin with & or *",
                 "put the value in quotes", at_context=True),
)  # fmt: skip


def explain_yaml_error(error: yaml.YAMLError, source: SourceText) -> DocgenError:
    """What keeps a file from being YAML; more than one diagnostic where one slip comes often."""
    problem = str(getattr(error, "problem", None) or error)
    context = str(getattr(error, "context", None) or "")
    place = _span_of_mark(getattr(error, "problem_mark", None), source)
    began = _span_of_mark(getattr(error, "context_mark", None), source)
    if "quoted scalar" in context and "escape" not in problem and "hexdecimal" not in problem:
        return _unclosed(source, began)
    if "cannot start any token" in problem or "tab character" in problem:
        return _bad_start(source, place)
    slips = _slips(problem, source, place, began)
    if slips:
        return _refused(slips)
    if "expected key" in problem and _follows_quote(source, place):
        return refuse(
            "bad-yaml",
            "text stands after a closing quote",
            place,
            "put quotes around the whole value, and close those of the lines above; "
            "a quote inside of single quotes is written ''",
        )
    for explanation in _EXPLANATIONS:
        if explanation.sign in problem:
            place = began if explanation.at_context else place
            return refuse("bad-yaml", explanation.message, place, explanation.hint)
    return refuse("bad-yaml", f"this is not YAML: {problem}", place, _INDENTATION)


def _slips(problem: str, source: SourceText, place: Span, began: Span) -> list[Slip]:
    """What a hand slipped with where the parser stumbled; the parser itself only knows that."""
    if _COLON in problem:
        slip = slip_near(source, place.line) or too_deep_for_its_place(source, place)
    elif _NO_COLON in problem and stands_below_block_mark(source, began.line):
        slip = Slip(
            "bad-yaml",
            "text below a | or > must be indented",
            "indent each of its lines by two spaces more than the field's name",
            began,
        )
    elif _NO_COLON in problem:
        slip = slip_near(source, began.line)
    else:
        slip = slip_near(source, place.line) if "',' or" not in problem else None
    return [slip] if slip else []


def _refused(slips: list[Slip]) -> DocgenError:
    return DocgenError(
        [Diagnostic(slip.rule, slip.message, slip.place, slip.hint) for slip in slips]
    )


def _unclosed(source: SourceText, began: Span) -> DocgenError:
    rest = source.lines[began.line - 1][began.column :]
    if rest.rstrip().endswith(("”", "’", "“", "‘")):
        quote = source.lines[began.line - 1][began.column - 1]
        return refuse(
            "unclosed-quote",
            f"a straight quote is opened here, and {rest.rstrip()[-1]} does not close it",
            began,
            f"close it with {quote} as well",
        )
    return refuse(
        "unclosed-quote",
        "a quote is opened here and never closed",
        began,
        'close it; a double quote inside of double quotes is written \\", '
        "a single one inside of single quotes is written ''",
    )


def _bad_start(source: SourceText, place: Span) -> DocgenError:
    line = source.lines[place.line - 1] if place.line <= len(source.lines) else ""
    char = line[place.column - 1 : place.column]
    slips = tabs(source)
    if slips and (char == "\t" or "\t" in line[: place.column]):
        return _refused(slips)
    return refuse("bad-yaml", f"a value cannot begin with {char}", place, "put the value in quotes")


def _follows_quote(source: SourceText, place: Span) -> bool:
    before = source.lines[place.line - 1][: place.column - 1].rstrip()
    return before.endswith(("'", '"'))


def _span_of_mark(mark: Any, source: SourceText) -> Span:
    if mark is None:
        return Span(source.path, 1, 1)
    return Span(source.path, mark.line + 1, mark.column + 1)
