"""Worklists of JSON Lines: an object a line."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from pathlib import Path
from typing import Any, Final

from docgen.columns import ColumnsOfFields, plain_heading
from docgen.diagnostics import Diagnostic, DocgenError, ErrorRule, Findings, Span, quoted
from docgen.source import MappingNode, read_text
from docgen.source.lines import LONGEST, TextLine, TextLines
from docgen.source.table_rows import damage_to_letters
from docgen.worklist.columns.column_map import LISTED, NAME, WorklistMap, refuse_idle
from docgen.worklist.columns.fields import FIELDS, USUAL, USUAL_HEADINGS
from docgen.worklist.columns.matching import match_columns
from docgen.worklist.columns.status_columns import (
    may_be_status,
    tell_unread_status,
    tells_status,
    told_by,
)
from docgen.worklist.entries import Entry, LeftOut, WorklistRow, rows_to_print
from docgen.worklist.rows.reading import RowReader
from docgen.worklist.tables.text_files import open_worklist_text
from docgen.worklist.values.refusals import RefusedError

_MOST_KEYS: Final = 100
"""Unknown keys beyond those of the first object that are told of, each once, and kept."""
_NO_COLUMN: Final = -1
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


class _Object(tuple[tuple[str, Any], ...]):
    """The keys and values of an object, a key that comes twice among them."""

    __slots__ = ()


class _BadLineError(Exception):
    """A line that cannot be read; the column is that of the fault."""

    def __init__(self, rule: ErrorRule, message: str, hint: str, column: int = 1) -> None:
        super().__init__(rule)
        self.rule = rule
        self.message = message
        self.hint = hint
        self.column = column


class JsonLinesWorklist:
    """Objects, read as a stream. Their rejected rows make a table that can be fed back.

    Its columns are the fields, or the keys that the column map names for them, what else the first
    object has, and, as rows are read, what else others have. The cells of a row end with its last.
    """

    left_out: Mapping[str, int]
    incomplete = False

    def __init__(
        self,
        path: Path,
        shown: str,
        encoding: str,
        columns: ColumnsOfFields,
        column_map: WorklistMap | None,
    ) -> None:
        self.columns = columns.headings
        self._path = path
        self._shown = shown
        self._encoding = encoding
        self._ignored = column_map.ignored if column_map else frozenset()
        self._indexes = _indexes_of_keys(columns, self._ignored)
        self._width = len(columns.headings)
        self._read_columns = {one for found in columns.indexes.values() for one in found}
        self._joints = _joints(columns, column_map)
        self._reader = RowReader(columns, column_map)
        self.left_out = {}

    def __iter__(self) -> Iterator[WorklistRow]:
        left_out: Counter[str] = Counter()
        self.left_out = left_out
        return rows_to_print(self._rows_of_file(), left_out)

    def _rows_of_file(self) -> Iterator[WorklistRow | LeftOut]:
        told: set[int] = set()
        with open_worklist_text(self._path, self._encoding) as text:
            lines = TextLines(text)
            while (line := lines.next()) is not None:
                if line.text.strip():
                    yield self._row_of_line(line, told)

    def _row_of_line(self, line: TextLine, told: set[int]) -> WorklistRow | LeftOut:
        """A line that cannot be read has all its text in the first cell, so that feeding it back
        cannot make a row of it before it was corrected."""
        try:
            pairs = _object(line)
            keys = self._keys(pairs, line)
            cells = self._cells(keys, pairs, line)
        except _BadLineError as bad:
            span = Span(self._shown, line.number, bad.column)
            problem = Diagnostic(bad.rule, bad.message, span, bad.hint)
            cells = (_storable(line.text), *("",) * (self._width - 1))
            return self._row(line, cells, None, (problem,))
        read = self._reader.read(cells, lambda index: self._place_of_value(line, keys.get(index)))
        if isinstance(read, LeftOut):
            return read
        entry, problems = read
        return self._row(line, cells, entry, (*problems, *self._unknown(pairs, line, told)))

    def _row(
        self,
        line: TextLine,
        cells: tuple[str, ...],
        entry: Entry | None,
        problems: tuple[Diagnostic, ...],
    ) -> WorklistRow:
        span = Span(self._shown, line.number, 1)
        return WorklistRow(
            number=line.number, cells=cells, entry=entry, span=span, problems=problems
        )

    def _place_of_value(self, line: TextLine, key: str | None) -> Span:
        return Span(self._shown, line.number, _column_of(key, line.text))

    def _keys(self, pairs: _Object, line: TextLine) -> dict[int, str]:
        """The key of each column; neither of two for the same may win in silence."""
        keys: dict[int, str] = {}
        for key, _ in pairs:
            index = self._index(key)
            if index is None:
                continue
            if index in keys:
                message = self._twice(index, keys[index], key, line)
                column = _column_of(key, line.text)
                raise _BadLineError("duplicate-key", message, "keep one of them", column)
            keys[index] = key
        return keys

    def _index(self, key: str) -> int | None:
        """The column of a key, a new one where it comes for the first time; None for too many."""
        name = plain_heading(key)
        index = self._indexes.get(name)
        if index is None and len(self.columns) - self._width < _MOST_KEYS:
            index = self._indexes[name] = len(self.columns)
            self.columns = (*self.columns, key)
        return index

    def _twice(self, index: int, first: str, second: str, line: TextLine) -> str:
        """Keys are repeated only where they are known: any other may be a patient's name."""
        if index not in self._read_columns:
            return f"this key and {_key_called(first, line)} are for the same"
        return f"{quoted(first)} and {quoted(second)} are for the same"

    def _cells(self, keys: dict[int, str], pairs: _Object, line: TextLine) -> tuple[str, ...]:
        cells = [""] * max(self._width, 1 + max(keys, default=0))
        for key, value in pairs:
            index = self._indexes.get(plain_heading(key))
            if index is None:
                continue
            try:
                cells[index] = _storable(self._cell(index, value))
            except RefusedError as refusal:
                message = f"{quoted(key)} {refusal.sentence}"
                column = _column_of(key, line.text)
                raise _BadLineError(refusal.rule, message, refusal.hint, column) from None
        return tuple(cells)

    def _cell(self, index: int, value: object) -> str:
        """What is not read may be anything; it is kept as JSON. Raises RefusedError."""
        if index not in self._read_columns and isinstance(value, list | tuple):
            return json.dumps(value, ensure_ascii=False)
        return _cell(value, self._joints.get(index))

    def _unknown(self, pairs: _Object, line: TextLine, told: set[int]) -> Iterator[Diagnostic]:
        """Warnings of keys that no object above has, and that no field needs."""
        for key, _ in pairs:
            name = plain_heading(key)
            index = self._indexes.get(name, _NO_COLUMN)
            if index in told or 0 <= index < self._width or name in self._ignored:
                continue
            told.add(index)
            kept = ", nor are more keys kept" if index == _NO_COLUMN else ""
            message = f"this key is not read, here and further on{kept}"
            hint = f"if it is needed, say in {NAME}.yaml what it is"
            span = Span(self._shown, line.number, _column_of(key, line.text))
            yield Diagnostic("unknown-column", message, span, hint, "warning")


class _Keys:
    """Where the first object has the keys that serve as headings."""

    def __init__(self, headings: list[str], line: TextLine | None, shown: str) -> None:
        self._headings = headings
        self._line = line or TextLine(1, "")
        self._shown = shown

    def span(self, index: int) -> Span:
        column = _column_of(self._headings[index], self._line.text)
        return Span(self._shown, self._line.number, column)

    def called(self, index: int) -> str:
        return _key_called(self._headings[index], self._line)


def open_json_lines(
    path: Path, shown: str, encoding: str, column_map: WorklistMap | None, findings: Findings
) -> JsonLinesWorklist:
    """JSON Lines. Raises DocgenError where the first line is the beginning of something else."""
    refuse_idle(column_map, "JSON Lines", ("delimiter",))
    with open_worklist_text(path, encoding) as text:
        lines = TextLines(text)
        first = lines.next()
        while first is not None and not first.text.strip():
            first = lines.next()
    headings = [heading for field in FIELDS for heading in _headings(field, column_map)]
    known = {plain_heading(heading) for heading in headings}
    ignored = column_map.ignored if column_map else frozenset()
    for key in _keys_of(first):
        name = plain_heading(key)
        if name not in known and (name in ignored or not _is_usual(name, headings, ignored)):
            known.add(name)
            headings.append(key)
    columns = match_columns(headings, _Keys(headings, first, shown), column_map, findings)
    _tell_unread_statuses(path, shown, encoding, column_map, findings)
    findings.raise_if_any()
    assert columns is not None  # else there were findings
    return JsonLinesWorklist(path, shown, encoding, columns, column_map)


def _tell_unread_statuses(
    path: Path, shown: str, encoding: str, column_map: WorklistMap | None, findings: Findings
) -> None:
    """Tells of keys that seem to be a status, wherever in the file: some objects may lack them."""
    told_by_map = told_by(column_map)
    told: set[str] = set()
    harmless: set[str] = set()
    with open_worklist_text(path, encoding) as text:
        lines = TextLines(text)
        while (line := lines.next()) is not None and len(told) < _MOST_KEYS:
            written = {key for key, colon in _STRINGS.findall(line.text) if colon}
            if written <= harmless:
                continue
            keys = set(map(_unescaped, written)) - told
            suspects = {key for key in keys if may_be_status(key, told_by_map)}
            if not suspects and len(harmless) < _MOST_KEYS:
                harmless |= written
            for key in _telling(line, suspects) if suspects else ():
                told.add(key)
                place = Span(shown, line.number, _column_of(key, line.text))
                tell_unread_status(key, _key_called(key, line), place, line.number, findings)


_STRINGS: Final = re.compile(r'[^"]*+(?:"((?:[^"\\]++|\\.)*+)"([ \t]*:)?|.*)', re.DOTALL)
"""The strings of a line of JSON, one after the other; a key, however deep it stands, has a colon.

Parsing each line twice would take as long again as reading the file. What follows a quote that is
not closed is one match, so that no place is looked at twice.
"""


def _unescaped(key: str) -> str:
    if "\\" not in key:
        return key
    try:
        return _storable(json.loads(f'"{key}"'))
    except json.JSONDecodeError:
        return key


def _telling(line: TextLine, suspects: Set[str]) -> list[str]:
    """Those of some keys under which the object of a line says a status."""
    try:
        pairs = [(_storable(name), value) for name, value in _object(line)]
    except _BadLineError:
        return []
    return [
        key
        for key, value in pairs
        if key in suspects and any(tells_status(key, text) for text in _texts(value))
    ]


def _texts(value: object) -> Iterator[str]:
    """All that a value says, however deeply it is nested."""
    values = [value]
    while values:
        inner = values.pop()
        if isinstance(inner, _Object):
            values += (member for _, member in inner)
        elif isinstance(inner, list):
            values += inner
        else:
            yield _cell(inner, None)


def _headings(field: str, column_map: WorklistMap | None) -> tuple[str, ...]:
    """The keys of a field: the map's, or its own name."""
    mapped = column_map.headings(field) if column_map else ()
    own = (field,) if field in USUAL else ()
    return tuple(heading.value for heading in mapped) or own


def _keys_of(line: TextLine | None) -> list[str]:
    try:
        return [key for key, _ in _object(line)] if line else []
    except _BadLineError:
        return []


def _is_usual(name: str, headings: list[str], ignored: Set[str]) -> bool:
    """Whether a key is a usual heading of a field that goes by its own name."""
    return any(
        name == plain_heading(usual)
        for field, usuals in USUAL_HEADINGS.items()
        if field in headings and plain_heading(field) not in ignored
        for usual in usuals
    )


def _indexes_of_keys(columns: ColumnsOfFields, ignored: Set[str]) -> dict[str, int]:
    """The column of each key that is known, by the key as keys are compared."""
    indexes = {plain_heading(heading): index for index, heading in enumerate(columns.headings)}
    for field, usuals in USUAL_HEADINGS.items():
        index = indexes.get(plain_heading(field))
        if index is not None and columns.indexes.get(field) == (index,):
            names = {plain_heading(usual) for usual in usuals}
            indexes |= dict.fromkeys(names - ignored, index)
    return indexes


def _joints(columns: ColumnsOfFields, column_map: WorklistMap | None) -> dict[int, str]:
    """What the items of a list are joined by to make the cell of a column that may hold one."""
    joints: dict[int, str] = {}
    for field in (one.column for one in LISTED):
        separator = column_map.separator(field) if column_map else None
        joints |= dict.fromkeys(columns.indexes.get(field, ()), separator or "; ")
    return joints


def _object(line: TextLine) -> _Object:
    """What a line says. Numbers stay as they are written."""
    if line.too_long:
        message = f"this line has more than {LONGEST:,} characters"
        raise _BadLineError("line-too-long", message, "is it a row of this file?")
    fault = damage_to_letters(line.text)
    if fault:
        raise _BadLineError(fault.rule, fault.message, fault.hint, fault.offset + 1)
    hint = "write one object a line, in braces, with keys and texts in double quotes"
    try:
        value = _DECODER.decode(line.text)
    except json.JSONDecodeError as error:
        message = "this line is not JSON from here on"
        raise _BadLineError("bad-json", message, hint, error.colno) from None
    except (RecursionError, _NoNumberError):
        raise _BadLineError("bad-json", "this line is not JSON that a row needs", hint) from None
    if not isinstance(value, _Object):
        raise _BadLineError("bad-json", "this line is JSON, but no object", hint)
    return value


class _NoNumberError(Exception):
    """NaN and Infinity, which JSON does not know."""


def _refuse_constant(_: str) -> None:
    raise _NoNumberError


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_Object, parse_int=str, parse_float=str, parse_constant=_refuse_constant
)


def _cell(value: object, joint: str | None) -> str:
    """A value as a table would hold it. Raises RefusedError."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    if joint and isinstance(value, list) and all(isinstance(item, str) for item in value):
        return joint.join(value)
    kind = "a list" if isinstance(value, list) else "an object"
    wanted = "a text or a list of texts" if joint else "a text, a number, true or false"
    raise RefusedError("wrong-type", f"is {kind} of values that are not read", f"write {wanted}")


def _storable(text: str) -> str:
    """A text that files can hold: half characters, which only escapes can write, are none."""
    return _SURROGATE.sub("\ufffd", text)


def _key_called(key: str, line: TextLine) -> str:
    """How a sentence names a key that it may not repeat."""
    return f"the key at character {_column_of(key, line.text)}"


def _column_of(key: str | None, text: str) -> int:
    """The column of a key, of the last that is the same; or 1 where it is not there."""
    if key is None:
        return 1
    written = re.findall(f"{re.escape(json.dumps(key, ensure_ascii=False))}[ \t]*:", text)
    if len(written) == 1:
        return text.index(written[0]) + 1
    try:
        node = read_text(text, "line.json")
    except DocgenError:
        return text.rindex(written[-1]) + 1 if written else 1
    keys = node.entries if isinstance(node, MappingNode) else ()
    return next((name.span.column for name, _ in keys if name.value == key), 1)
