"""Each field of a visit is defined once; what its definition does not say is refused at once."""

from datetime import time
from typing import Annotated

import pytest
from msgspec import Struct

from docgen.visits import Visit, VisitField, private_values, visit_fields
from docgen.worklist import Entry
from docgen.worklist.columns.fields import ALL, FIELDS, USUAL
from tests.definitions import marked, visit_definitions

FIELD = VisitField(called="the gate", about="Which gate.", fhir=None)


def test_every_field_is_defined_once() -> None:
    assert visit_definitions() == dict.fromkeys(FIELDS, 1)


def test_the_fields_are_those_of_the_models() -> None:
    own = [*visit_fields(Visit), *visit_fields(Entry)]
    assert {field.attribute for field in own} == set(marked("VisitField"))
    assert {field.column for field in own} == set(USUAL)
    assert {field.attribute for field in visit_fields(Visit)} == set(Visit.__struct_fields__)


def test_tables_are_written_in_the_order_that_they_always_had() -> None:
    """Rows that were rejected before are fed back: a patient's number stands behind the name."""
    assert (
        *("patient_name", "patient_id", "birth_date", "appointment_time", "location", "provider"),
        *("codes", "language", "large_print", "copies", "layouts", "clinic"),
    ) == USUAL


def test_a_field_is_private_unless_it_says_otherwise() -> None:
    assert FIELD.private
    public = {field.column for field in ALL if not field.private}
    assert public == {"codes", "language", "large_print", "copies", "layouts", "status"}


def test_all_that_a_visit_says_is_private() -> None:
    visit = Visit(patient_name="Ada Example", place="Room 2")
    assert list(private_values(visit)) == ["Ada Example", "Room 2"]


def test_a_type_of_no_kind_is_refused() -> None:
    class Odd(Struct):
        gate: Annotated[time | None, FIELD] = None

    with pytest.raises(TypeError, match="of what kind is 'gate'"):
        visit_fields(Odd)
