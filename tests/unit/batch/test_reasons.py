"""What a worker says of a packet that it could not make: nothing of its visit."""

from datetime import date, datetime
from typing import Any, get_args, get_type_hints

import pytest

from docgen.batch.make.worker import _told
from docgen.diagnostics import Span, refuse
from docgen.document import Visit

_MADE_UP: dict[type, Any] = {
    str: "Quimby Ng",
    datetime: datetime(1951, 2, 14, 9, 35),
    date: date(1951, 2, 14),
}
"""A value of each type that a field of a visit may have: a new one has to be thought of here."""
SILENT = "a value of the visit cannot be printed right"


def _value(field: str) -> Any:
    hint = get_type_hints(Visit)[field]
    kinds = get_args(hint) or (hint,)
    return next(_MADE_UP[kind] for kind in kinds if kind is not type(None))


def _visit(**values: Any) -> Visit:
    return Visit(**{"patient_name": "Nobody", **values})


@pytest.mark.parametrize("field", Visit.__struct_fields__)
def test_a_value_of_any_field_is_kept_back(field: str) -> None:
    """Those of tomorrow as well: they are taken from the model."""
    value = _value(field)
    visit = _visit(**{field: value})
    for text in (str(value), str(value).upper(), str(value).split()[0]):
        error = refuse("no-room", f"the text '{text}…' stands in the way", Span("sheet.yaml", 3, 1))
        assert _told(error, visit) == ("no-room", SILENT)


@pytest.mark.parametrize("text", ["ng", "NG.", "(Quimby)", "Quimbys", "the 14"])
def test_short_words_are_kept_back_where_they_are_words(text: str) -> None:
    visit = _visit(patient_name="Quimby Ng", birth_date=date(1951, 2, 14))
    assert _told(refuse("no-room", f"no room for {text}"), visit) == ("no-room", SILENT)


def test_what_says_nothing_of_the_visit_is_told() -> None:
    visit = _visit(patient_name="Quimby Ng", place="Room 2")
    error = refuse("no-room", "nothing is left for printing", Span("sheet.yaml", 3, 1))
    assert _told(error, visit) == ("no-room", "nothing is left for printing (sheet.yaml:3:1)")
    assert _told(error, None) == _told(error, visit)


def test_no_visit_shows_a_value() -> None:
    every = {field: _value(field) for field in Visit.__struct_fields__}
    assert repr(Visit(**every)) == str(Visit(**every)) == "Visit(…)"
