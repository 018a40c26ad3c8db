"""What holds for the structure of every input file, whatever its format."""

from docgen.diagnostics import DocgenError, Findings, Span, quoted, refuse
from docgen.source.nodes import Scalar

MAX_DEPTH = 40


def refuse_duplicate(key: Scalar, first: Scalar, findings: Findings) -> None:
    """A name that comes twice: neither value may win in silence."""
    findings.error(
        "duplicate-key",
        f"{quoted(key.value)} is here a second time; the first is on line {first.span.line}",
        key.span,
        "keep one of them",
    )


def too_deep(span: Span) -> DocgenError:
    """The error for values within values without end."""
    return refuse(
        "too-deep",
        f"values are nested more than {MAX_DEPTH} levels deep here",
        span,
        "no file needs that; look for brackets that are never closed",
    )


def empty_file(span: Span) -> DocgenError:
    """The error for a file that says nothing."""
    return refuse(
        "empty-file", "this file is empty", span, "is it the right file, and was it saved?"
    )
