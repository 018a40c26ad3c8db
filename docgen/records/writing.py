"""A record written as JSON: what its file says, in a form that any program reads."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import Any

import msgspec
from msgspec import Struct

from docgen.code_systems import CodeSystem, normalise_code
from docgen.prose import Prose
from docgen.records.record import ProcedureRecord
from docgen.records.translations import TRANSLATIONS
from docgen.source import Language, Shape, TextNode, fields_of

Writer = Callable[[Any], Any]

_AS_IT_IS = frozenset({str, int, float, bool, date})
_LEAVES: dict[Any, Writer] = {
    TextNode: attrgetter("value"),
    Prose: attrgetter("text.value"),
    CodeSystem: attrgetter("id"),
    Language: attrgetter("tag"),
}


def record_json(record: ProcedureRecord) -> bytes:
    """A record as JSON (RFC 8259, UTF-8) with the keys of a record file, which it can serve as.

    Keys without a value are left out, defaults are spelled, prose is the CommonMark that its
    author wrote. A record in another language than its own is written in that language, as it is
    printed, and without its translations. One that organizations changed names them as
    ``adapted_by``, and what a code table says of the days of its code is ``code_days``; neither may
    a record file say: take them out to make a record file of it. Nothing else is in it: no paths,
    no patient.
    """
    written = _written_fields(ProcedureRecord, record)
    if record.adapted_by:
        written["adapted_by"] = record.adapted_by
    if record.code_days:
        days = {"begins": record.code_days.begins, "ends": record.code_days.ends}
        written["code_days"] = {name: day for name, day in days.items() if day}
    return msgspec.json.encode(written)


def record_file_name(record: ProcedureRecord) -> str:
    """``cpt-77299.json``: a name by which a folder of records finds the record again."""
    return f"{record.code_system.id}-{normalise_code(record.code)}.json"


def _written_fields(model: type[Struct], value: Struct) -> dict[str, Any]:
    written: dict[str, Any] = {}
    for key, name, write in _writers_of(model):
        content = getattr(value, name)
        if content is not None and content != ():
            written[key] = content if write is None else write(content)
    return written


@lru_cache(maxsize=32)
def _writers_of(model: type[Struct]) -> tuple[tuple[str, str, Writer | None], ...]:
    """Key, attribute and writer of each field; without a writer, a value is written as it is."""
    return tuple(
        (key, field.name, _writer(field.shape))
        for key, field in fields_of(model).items()
        if key != TRANSLATIONS
    )


def _writer(shape: Shape) -> Writer | None:
    if shape.items:
        write = _writer(shape.items)
        return (lambda items: [write(item) for item in items]) if write else None
    if shape.models:
        (model,) = shape.models
        return lambda value: _written_fields(model, value)
    (leaf,) = shape.leaves
    return None if isinstance(leaf, tuple) or leaf in _AS_IT_IS else _LEAVES[leaf]
