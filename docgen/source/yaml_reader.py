"""YAML to positioned nodes, event by event, so that depth and size stay bounded.

Only what a person writes by hand is read: mappings, lists and text. Anchors, aliases, tags and more
than one document are refused.
"""

from collections.abc import Iterator
from typing import Any, cast

import yaml

from docgen.diagnostics import DocgenError, Findings, Span, refuse
from docgen.source.characters import refuse_unprintable_value
from docgen.source.nodes import MappingNode, Node, Scalar, SequenceNode, SourceText, Style
from docgen.source.slips import check_key, check_plain
from docgen.source.structure import MAX_DEPTH, empty_file, refuse_duplicate, too_deep
from docgen.source.yaml_problems import explain_yaml_error

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_STYLES: dict[str | None, Style] = {
    "'": "single", '"': "double", "|": "literal", ">": "folded",
}  # fmt: skip


def read_yaml(source: SourceText) -> Node:
    """Reads one YAML document. Raises DocgenError."""
    reader = _Reader(source)
    try:
        node = reader.read()
    except yaml.YAMLError as error:
        reader.findings.extend(explain_yaml_error(error, source).diagnostics)
        raise DocgenError(reader.findings.diagnostics) from None
    reader.findings.raise_if_any()
    return node


class _Reader:
    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.findings = Findings()
        self._events = cast(Iterator[Any], yaml.parse(source.text, Loader=_LOADER))

    def read(self) -> Node:
        event = next(self._events)
        while not isinstance(event, yaml.NodeEvent | yaml.StreamEndEvent):
            event = next(self._events)
        if isinstance(event, yaml.StreamEndEvent):
            raise empty_file(Span(self.source.path, 1, 1))
        node = self._node(event, 0)
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                raise self._refuse_second_document(event)
        return node

    def _node(self, event: Any, depth: int) -> Node:
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        span = self._span(event)
        if isinstance(event, yaml.AliasEvent):
            self._refuse_mark("*", span)
            return Scalar(span, str(event.anchor))
        self._check_properties(event, span)
        if depth == MAX_DEPTH:
            raise too_deep(span)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(span, depth)
        return self._mapping(span, depth)

    def _scalar(self, event: Any) -> Scalar:
        span = self._span(event)
        self._check_properties(event, span)
        style = _STYLES.get(event.style, "plain")
        start, end = event.start_mark.index, event.end_mark.index
        value = str(event.value).replace("\r\n", "\n").replace("\r", "\n")
        scalar = Scalar(span, value, style == "plain", style, self.source, start, end)
        if style == "double":
            refuse_unprintable_value(scalar, self.findings)
        if style == "plain":
            check_plain(scalar, self.findings)
        return scalar

    def _sequence(self, span: Span, depth: int) -> SequenceNode:
        items = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        return SequenceNode(span, tuple(items))

    def _mapping(self, span: Span, depth: int) -> MappingNode:
        entries: dict[str, tuple[Scalar, Node]] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            value = self._node(next(self._events), depth + 1)
            if not isinstance(key, Scalar) or key.absent:
                self._refuse_key(key)
            elif key.value in entries:
                refuse_duplicate(key, entries[key.value][0], self.findings)
            elif check_key(key, self.findings):
                entries[key.value] = (key, value)
        return MappingNode(span, tuple(entries.values()))

    def _refuse_key(self, key: Node) -> None:
        if isinstance(key, MappingNode) and self._is_expression(key):
            self.findings.error(
                "bad-key",
                "text that begins with {{ must be in quotes",
                key.span,
                'write it as "{{ … }}"',
            )
            return
        self.findings.error(
            "bad-key",
            "a name must stand before this colon"
            if isinstance(key, Scalar)
            else "a name belongs here, not a list or a group of values",
            key.span,
            "write 'name: value'; text that begins with { or [ must be in quotes",
        )

    def _is_expression(self, inner: MappingNode) -> bool:
        return self.source.lines[inner.span.line - 1][: inner.span.column].endswith("{{")

    def _check_properties(self, event: Any, span: Span) -> None:
        if event.anchor is not None:
            self._refuse_mark("&", span)
        if event.tag is not None:
            self._refuse_mark("!", span)

    def _refuse_mark(self, mark: str, span: Span) -> None:
        self.findings.error(
            "yaml-reference",
            f"a value cannot begin with {mark} here: YAML's anchors, aliases and tags are not read",
            span,
            "write the value itself here, or put text that begins so in quotes",
        )

    def _refuse_second_document(self, event: Any) -> DocgenError:
        return refuse(
            "several-documents",
            "a second document begins here; a file holds only one",
            self._span(event),
            "delete the line '---', or move what follows into a file of its own",
        )

    def _span(self, event: Any) -> Span:
        mark = event.start_mark
        return Span(self.source.path, mark.line + 1, mark.column + 1)
