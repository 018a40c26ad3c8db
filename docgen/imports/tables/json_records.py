"""Records in JSON: one object, a list of them, or one on each line (JSON Lines).

Keys are those of record files, or those that a column map or usage gives. What is under a key of
a record file has its form, sections in CommonMark; texts under other keys are plain.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, Final, TypeVar

from msgspec.structs import asdict, replace

from docgen.code_systems import ids_in_words, system_named
from docgen.columns import plain_heading
from docgen.diagnostics import Diagnostic, DocgenError, Findings, Span, did_you_mean, quoted, refuse
from docgen.imports.drafts import Draft, DraftSection, DraftUnplaced
from docgen.imports.mojibake import MOJIBAKE, mojibake_message
from docgen.imports.tables.cells import cell_prose, list_prose
from docgen.imports.tables.column_map import FIELDS, OWN, PLAIN, TELLING_APART, ImportMap
from docgen.imports.tables.columns import VOCABULARY
from docgen.records import SECTION_TITLES, ProcedureRecord, record_of
from docgen.source import MappingNode as Object
from docgen.source import Node, Scalar, SequenceNode, SourceText, fields_of, read_text

_KEYS: Final = tuple(fields_of(ProcedureRecord))
_LONGEST: Final = 1_000_000
"""Characters of a line of JSON Lines."""


_BEGINNING: Final = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\]{])")

T = TypeVar("T", DraftSection, DraftUnplaced)


def is_json(text: str) -> bool:
    """Whether a text begins as JSON does that could hold records."""
    return _BEGINNING.match(text) is not None


def json_drafts(
    text: str, shown: str, column_map: ImportMap | None, findings: Findings
) -> Iterator[Draft]:
    """A draft for each object; of those that cannot be used, findings tell.

    Raises DocgenError for a text whose letters were garbled by a wrong encoding, and for one that
    is neither JSON nor lines of it.
    """
    _refuse_mojibake(text, shown)
    told: set[str] = set()
    for node, moved in _objects(text, shown, findings):
        if not isinstance(node, Object):
            findings.error("wrong-type", "a record belongs here, in braces", moved(node.span), None)
            continue
        own = Findings()
        draft = _Reader(node, column_map, own, told).draft()
        findings.extend(_at(one, moved) for one in own.diagnostics)
        if draft:
            yield replace(draft, source=moved(draft.source))


def _objects(
    text: str, shown: str, findings: Findings
) -> Iterator[tuple[Node, Callable[[Span], Span]]]:
    """The objects of a file, and what moves a place in each to its place in the file."""
    if not _is_lines(text):
        node = read_text(text, _json_name(shown))
        back = _moved(shown, 0)
        for item in node.items if isinstance(node, SequenceNode) else (node,):
            yield item, back
        return
    for number, line in enumerate(text.split("\n")):
        if not line.strip():
            continue
        moved = _moved(shown, number)
        if len(line) > _LONGEST:
            message = f"this line has more than {_LONGEST:,} characters"
            findings.error("line-too-long", message, moved(Span(shown, 1, 1)), "is it a record?")
            continue
        try:
            yield read_text(line, _json_name(shown)), moved
        except DocgenError as error:
            findings.extend(
                replace(one, span=one.span and moved(one.span)) for one in error.diagnostics
            )


def _refuse_mojibake(text: str, shown: str) -> None:
    found = MOJIBAKE.search(text)
    if found:
        raise refuse(
            "mojibake",
            mojibake_message(found),
            SourceText(shown, text).span(found.start()),
            "export the records once more, as UTF-8",
        )


def _is_lines(text: str) -> bool:
    first = text.lstrip().split("\n", 1)[0].strip()
    return first.startswith("{") and first.endswith("}") and "\n" in text.strip()


def _json_name(shown: str) -> str:
    """A name by which a text is read as JSON, whatever its file is called."""
    return shown if shown.lower().endswith(".json") else f"{shown}.json"


def _moved(shown: str, lines: int) -> Callable[[Span], Span]:
    return lambda span: Span(shown, span.line + lines, span.column)


def _at(told: Diagnostic, moved: Callable[[Span], Span]) -> Diagnostic:
    return replace(told, span=moved(told.span)) if told.span else told


class _Reader:
    """Reads one object."""

    def __init__(
        self,
        node: Object,
        column_map: ImportMap | None,
        findings: Findings,
        told: set[str],
    ) -> None:
        self._node = node
        self._map = column_map
        self._findings = findings
        self._told = told
        self._mapped = {
            plain_heading(one.heading): one.field
            for one in (column_map.asked if column_map else ())
            if one.field != OWN
        }
        self._further = {
            plain_heading(heading): (
                column.heading.value if column.heading else heading,
                column.audience,
            )
            for heading, column in (column_map.further.items() if column_map else ())
        }
        self._values: dict[str, Any] = {}
        self._keys: dict[str, Scalar] = {}
        self._record: list[tuple[Scalar, Node]] = []
        self._sections: dict[str, str] = {}
        self._own_sections: list[DraftSection] = []
        self._unplaced: list[DraftUnplaced] = []
        self._said: list[str] = []
        """What has not the form of a record file already: that is taken over as it is."""
        self._furniture: list[str] = []
        self._other: dict[str, object] = {}

    def draft(self) -> Draft | None:
        for key, value in self._node.entries:
            if not (isinstance(value, Scalar) and value.absent):
                self._read_entry(key, value)
        if "title" not in self._values:
            self._findings.error(
                "missing-value",
                "this record has no title",
                self._node.span,
                "give it one, or say in a map (--map) under which key it is",
            )
        system = self._system()
        self._check_as_record(system)
        if any(one.severity == "error" for one in self._findings.diagnostics):
            return None
        return Draft(
            source=self._node.span,
            said="\n".join(self._said),
            furniture=tuple(self._furniture),
            code=self._values.get("code"),
            code_system=system,
            title=self._values["title"],
            name=self._values.get("name"),
            language=self._values.get("language") or self._own_language(),
            specialty=self._values.get("specialty"),
            unlisted=self._other.pop("unlisted", None) is True,
            sections={id: self._sections[id] for id in SECTION_TITLES if id in self._sections},
            further_sections=self._beside("further_sections", self._own_sections),
            unplaced=self._beside("unplaced", self._unplaced),
            authors=self._authors(),
            other_fields=self._other,
        )

    def _beside(self, field: str, made: list[T]) -> tuple[T, ...]:
        """What was made for a field; where the object has the field too, it is added there."""
        given = self._other.get(field)
        if not isinstance(given, list):
            return tuple(made)
        given += [
            {key: value for key, value in asdict(one).items() if value is not None} for one in made
        ]
        return ()

    def _authors(self) -> tuple[str, ...]:
        """Authors under a key of their own; a whole provenance beside it gets them as well, since
        it takes the place of the one that the import would write."""
        named: tuple[str, ...] = self._values.get("authors", ())
        provenance = self._other.get("provenance")
        if named and isinstance(provenance, dict):
            given = provenance.setdefault("authors", [])
            if isinstance(given, list):
                given += [author for author in named if author not in given]
        return named

    def _field(self, key: Scalar) -> str | None:
        """The field that a key is for: a map's, a record file's, or the usual one."""
        mapped = self._mapped.get(plain_heading(key.value))
        if mapped or plain_heading(key.value) in self._further:
            return mapped
        return key.value if key.value in _KEYS else VOCABULARY.field_under(key.value)

    def _read_entry(self, key: Scalar, value: Node) -> None:
        further = self._further.get(plain_heading(key.value))
        field = self._field(key)
        if further:
            title, audience = further
            text = self._prose(None, value)
            self._own_sections.append(DraftSection(title=title, text=text, audience=audience))
        elif field is None:
            self._leave(key, value)
        elif field in self._keys:
            first = self._keys[field]
            message = f"{quoted(first.value)} and {quoted(key.value)} are both for '{field}'"
            self._findings.error("duplicate-key", message, key.span, "keep one of them")
        else:
            self._keys[field] = key
            self._put_in_field(field, key, value)

    def _put_in_field(self, field: str, key: Scalar, value: Node) -> None:
        if field in SECTION_TITLES:
            if key.value == field and isinstance(value, Scalar):
                self._record.append((key, value))
                self._sections[field] = value.value
            else:
                self._sections[field] = self._prose(field, value)
        elif field in PLAIN:
            if isinstance(value, Scalar):
                self._values[field] = " ".join(value.value.split())
                self._said.append(value.value)
                if field in TELLING_APART:
                    self._furniture.append(value.value)
            else:
                message = f"{quoted(key.value)} is {_json_type(value)}, and should be a text"
                self._findings.error("wrong-type", message, value.span, "write a text")
        elif field in FIELDS:
            self._values[field] = tuple(" ".join(leaf.split()) for leaf in _leaves(value))
            self._said += _leaves(value)
        else:
            self._record.append((key, value))
            self._other[field] = _value_in_record(value)

    def _prose(self, field: str | None, value: Node) -> str:
        """Plain text, or a list of plain texts, as CommonMark."""
        leaves = list(_leaves(value))
        self._said += leaves
        if isinstance(value, SequenceNode):
            return list_prose(leaves)
        said = cell_prose(leaves, self._map.separator(field) if self._map and field else None)
        self._furniture += said.signs
        return said.text

    def _leave(self, key: Scalar, value: Node) -> None:
        """What no field is made for stays with the record; it is told once."""
        self._said += _leaves(value)
        lines = tuple(_lines_of_value(value, ""))
        if lines:
            self._unplaced.append(DraftUnplaced(text="\n".join(lines), heading=key.value))
        if plain_heading(key.value) in self._told:
            return
        self._told.add(plain_heading(key.value))
        self._findings.warning(
            "unknown-column",
            f"{quoted(key.value)} is no field of a record; it is kept under 'unplaced', here and "
            "further on",
            key.span,
            did_you_mean(key.value, _KEYS) or "say in a map (--map) what it is",
        )

    def _system(self) -> str | None:
        named = self._values.get("code_system")
        key = self._keys.get("code_system")
        if not named or key is None:
            return self._map.code_system.id if self._map and self._map.code_system else None
        system = system_named(named)
        if system is None:
            message = f"{quoted(named)} is not a code system"
            hint = f"write {ids_in_words()}"
            self._findings.error("unknown-code-system", message, key.span, hint)
        return system.id if system else None

    def _own_language(self) -> str | None:
        return self._map.language.tag if self._map and self._map.language else None

    def _check_as_record(self, system: str | None) -> None:
        """Holds what has the form of a record file against it, at its places in this file."""
        span = self._node.span
        code, title = self._values.get("code"), self._values.get("title")
        if not (system and code and title):
            return
        said: dict[str, Node] = {key.value: value for key, value in self._record}
        name = self._values.get("name") or title
        for key, text in {
            "code": code,
            "code_system": system,
            "title": title,
            "name": name,
        }.items():
            said[key] = Scalar(span, text, plain=False)
        said.setdefault("provenance", _STAND_IN)
        entries = tuple((Scalar(value.span, key), value) for key, value in said.items())
        try:
            record_of(Object(span, entries))
        except DocgenError as error:
            self._findings.extend(error.diagnostics)


def _scalar(text: str) -> Scalar:
    return Scalar(Span("", 0, 0), text, plain=False)


_STAND_IN: Final = Object(
    Span("", 0, 0),
    (
        (_scalar("version"), _scalar("1")),
        (_scalar("authors"), SequenceNode(Span("", 0, 0), (_scalar("x"),))),
    ),
)
"""A record may come without provenance: the import writes one."""


def _json_type(value: Node) -> str:
    return "a list" if isinstance(value, SequenceNode) else "an object"


def _value_in_record(value: Node) -> object:
    """A value as a record file would say it."""
    if isinstance(value, Object):
        return {key.value: _value_in_record(inner) for key, inner in value.entries}
    if isinstance(value, SequenceNode):
        return [_value_in_record(item) for item in value.items]
    if value.plain and value.value in ("true", "false"):
        return value.value == "true"
    if value.plain and value.value.isdigit() and str(int(value.value)) == value.value:
        return int(value.value)
    return value.value


def _leaves(value: Node) -> Iterator[str]:
    """Every text and number in a value."""
    if isinstance(value, Object):
        for _, inner in value.entries:
            yield from _leaves(inner)
    elif isinstance(value, SequenceNode):
        for item in value.items:
            yield from _leaves(item)
    elif value.value.strip():
        yield value.value


def _lines_of_value(value: Node, name: str) -> Iterator[str]:
    """A value in lines of plain text, each with the keys that it stands under."""
    if isinstance(value, Object):
        for key, inner in value.entries:
            yield from _lines_of_value(inner, f"{name}{key.value}: ")
    elif isinstance(value, SequenceNode):
        for item in value.items:
            yield from _lines_of_value(item, name)
    elif value.value.strip():
        yield f"{name}{value.value}"
