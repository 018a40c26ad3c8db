"""A record, a visit and an organization with a value in every field, to prove layouts with."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from docgen.code_systems import LOCAL, CodeSystem
from docgen.diagnostics import Findings
from docgen.layouts import Organization
from docgen.prose import Prose
from docgen.records import CodeDays, ProcedureRecord
from docgen.source import Language, Shape, TextNode, bind, fields_of, read_text
from docgen.visits import Kind, Visit, visit_fields

PATH = "a record for proof.json"
"""What spans of the probe name in the place of a file; its ending says that it is JSON."""
_CODE = "0000000"
"""As long as the codes of ICD-10-PCS are."""
_DAY = "2026-01-01"
_LEFT_OUT = frozenset({"translations", "without", "theme", "page", "fonts", "logo", "letterhead"})
"""What says nothing on a sheet by itself, or stands against something else of the probe."""
_LEAVES: Mapping[Any, Any] = {
    TextNode: "Words",
    Prose: "Some words.",
    str: "Words",
    bool: True,
    int: 1,
    float: 1,
    date: _DAY,
    CodeSystem: LOCAL.id,
    Language: "en",
}
_SPECIAL = {
    "code": _CODE,
    "url": "https://example.org/",
    "website": "https://example.org/",
    "phones.number": "(555) 555-0100",
}
"""By the end of a field's path."""
_SECTIONS = tuple(
    {"title": title, "audience": audience, "urgent": urgent, "text": f"{title}."}
    for title, audience, urgent in (
        ("Call for help at once", "patients", True),
        ("To everybody", "both", False),
        ("To clinicians", "clinicians", False),
    )
)

Model = TypeVar("Model", bound=Struct)

_OF_VISITS: Mapping[Kind | None, Any] = {
    "text": "A text",
    "identifier": "A-1",
    "day": date(1950, 1, 1),
    "moment": datetime(2026, 1, 1, 9, 0),
}
VISIT = Visit(**{field.attribute: _OF_VISITS[field.kind] for field in visit_fields(Visit)})
"""A visit with a value in each of its fields."""


@lru_cache(maxsize=1)
def whole_record() -> ProcedureRecord:
    """A reviewed record that says something in each of its fields, to everybody it can tell."""
    record = _bound(ProcedureRecord, further_sections=_SECTIONS)
    day = date.fromisoformat(_DAY)
    days = CodeDays(begins=day, ends=day, span=record.span)
    return replace(record, language=None, find_similar=False, code_days=days)


@lru_cache(maxsize=1)
def draft_record() -> ProcedureRecord:
    """The same, changed by an organization, not reviewed, and silent on when to call for help."""
    whole = whole_record()
    provenance = replace(whole.provenance, reviewed_on=None, review_due=None)
    return replace(
        whole, further_sections=(), provenance=provenance, adapted_by=("An organization",)
    )


@lru_cache(maxsize=1)
def whole_organization() -> Organization:
    """An organization that says something in each of its fields that sheets may print."""
    return _bound(Organization)


def _bound(model: type[Model], **said: Any) -> Model:
    text = json.dumps({**_filled(model, ""), **said})
    findings = Findings()
    bound = bind(read_text(text, PATH), model, findings)
    findings.raise_if_any()
    assert bound is not None  # else there were findings
    return bound


def _filled(model: type[Struct], path: str) -> dict[str, Any]:
    return {
        key: _value(field.shape, f"{path}.{key}")
        for key, field in fields_of(model).items()
        if key not in _LEFT_OUT
    }


def _value(shape: Shape, path: str) -> Any:
    for end, special in _SPECIAL.items():
        if path.endswith(f".{end}"):
            return special
    if shape.items:
        return [_value(shape.items, path)]
    if shape.models:
        return _filled(shape.models[0], path)
    leaf = shape.leaves[0]
    if shape.limits and shape.limits.ge is not None:
        return shape.limits.ge
    return leaf[0] if isinstance(leaf, tuple) else _LEAVES[leaf]
