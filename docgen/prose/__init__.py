"""Prose: CommonMark 0.31 as blocks of the document tree."""

from docgen.prose.lines import lines_run_together
from docgen.prose.links import WEB_SCHEMES, check_link
from docgen.prose.reading import MAX_CHARACTERS, MAX_LIST_DEPTH, Prose, parse_prose, parse_template

__all__ = [
    "MAX_CHARACTERS",
    "MAX_LIST_DEPTH",
    "WEB_SCHEMES",
    "Prose",
    "check_link",
    "lines_run_together",
    "parse_prose",
    "parse_template",
]
