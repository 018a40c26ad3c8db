"""The texts of a model whose lines run together where they are printed."""

from collections.abc import Collection, Iterator, Mapping

from msgspec import Struct

from docgen.diagnostics import Diagnostic, Findings
from docgen.prose.reading import Prose
from docgen.source import TextNode, tell_joined_lines


def lines_run_together(model: Struct, unprinted: Collection[str] = ()) -> tuple[Diagnostic, ...]:
    """What is to be told of the lines of all texts of a model.

    ``unprinted`` names fields whose texts no sheet prints, or not as they stand. Errors in prose
    were told when it was read.
    """
    findings = Findings()
    for text in _printed_texts(model, unprinted):
        if isinstance(text, Prose):
            findings.extend(text.warnings)
        else:
            tell_joined_lines(text, findings)
    return findings.diagnostics


def _printed_texts(value: object, unprinted: Collection[str]) -> Iterator[TextNode | Prose]:
    if isinstance(value, TextNode | Prose):
        yield value
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            if name not in unprinted:
                yield from _printed_texts(getattr(value, name), unprinted)
    elif isinstance(value, tuple):
        for item in value:
            yield from _printed_texts(item, unprinted)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _printed_texts(item, unprinted)
