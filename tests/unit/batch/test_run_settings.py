"""The name of a run follows from what it makes, not from where it is."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from docgen.batch.plan.settings import RunSettings

SETTINGS = RunSettings(file="day.csv", folder="/clinic", organization="sample")
DIGEST = "ab" * 32


@pytest.mark.parametrize(
    "change",
    [
        {"folder": "/elsewhere"},
        {"file": "other.csv"},
        {"file": None, "kept": True},
        {"column_map": "map.yaml"},
        {"data": ("more",)},
    ],
)
def test_places_do_not_change_the_id(change: dict[str, Any]) -> None:
    assert replace(SETTINGS, **change).run_id(DIGEST) == SETTINGS.run_id(DIGEST)


@pytest.mark.parametrize(
    "change",
    [
        {"organization": "other"},
        {"language": "es"},
        {"large_print": True},
        {"layouts": ("patient-handout",)},
        {"created": datetime(2026, 11, 23, tzinfo=UTC)},
        {"source": "codes"},
        {"incomplete": True},
    ],
)
def test_what_is_made_changes_the_id(change: dict[str, Any]) -> None:
    assert replace(SETTINGS, **change).run_id(DIGEST) != SETTINGS.run_id(DIGEST)


def test_what_was_asked_for_is_what_a_run_goes_on_with() -> None:
    asked = replace(SETTINGS, incomplete=True, form="fhir")
    assert msgspec.json.decode(msgspec.json.encode(asked), type=RunSettings) == asked


def test_the_worklist_changes_the_id() -> None:
    assert SETTINGS.run_id("cd" * 32) != SETTINGS.run_id(DIGEST)
    assert len(SETTINGS.run_id(DIGEST)) == 8
