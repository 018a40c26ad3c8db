"""Whatever stands in a file, reading it ends in rows or in a refusal, and no visit is lost."""

import copy
import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.diagnostics import DocgenError, Findings
from docgen.worklist.fhir.reading import open_fhir
from tests.fhir_bundles import (
    CPT,
    SNOMED,
    appointment,
    bundle,
    concept,
    order,
    participant,
    patient,
    procedure,
    without,
    zoned,
)

CHICAGO = zoned("America/Chicago")
SECRET = "Zyxwvut"
"""A part of each value that only the patient's own pages may show."""
DAY = bundle(
    patient(
        name=[{"use": "official", "family": SECRET, "given": ["Ada"]}],
        communication=[{"language": {"coding": [{"code": "es"}]}, "preferred": True}],
        link=[{"type": "seealso", "other": {"reference": "Patient/p2"}}],
        deceasedBoolean=False,
        active=True,
    ),
    order("o1", (SNOMED, "73761001"), (CPT, "45378")),
    order("o2", (SNOMED, "73761001")),
    procedure(basedOn=[{"reference": "ServiceRequest/o2"}]),
    {"resourceType": "Encounter", "id": "e1", "status": "planned",
     "appointment": [{"reference": "Appointment/a2"}]},
    procedure("x2", encounter={"reference": "Encounter/e1"}),
    {"resourceType": "Location", "id": "l1", "name": "Room 4"},
    {"resourceType": "PractitionerRole", "id": "r1", "practitioner": {"reference": "#d"},
     "contained": [{"resourceType": "Practitioner", "id": "d", "name": [{"text": "Dr. No"}]}]},
    appointment(
        "a1",
        basedOn=[{"reference": f"ServiceRequest/{one}"} for one in ("o1", "o2")],
        participant=[
            participant(one) for one in ("Patient/p1", "Location/l1", "PractitionerRole/r1")
        ],
    ),
    without(appointment("a2", serviceType=[concept((SNOMED, "1"))]), "basedOn"),
    appointment("a3", contained=[patient("c")], participant=[participant("#c")]),
)  # fmt: skip

anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["#", "#c", "Patient/p1", "Appointment/a1", "cancelled", "9999-12-31", "Z",
                       "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)  # fmt: skip


def paths(value: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to each value below another."""
    if isinstance(value, dict):
        items: list[tuple[Any, object]] = list(value.items())
    elif isinstance(value, list):
        items = list(enumerate(value))
    else:
        return []
    return [found for key, one in items for found in ((*path, key), *paths(one, (*path, key)))]


PATHS = [path for path in paths(DAY) if path[:1] == ("entry",) and len(path) > 1]


@st.composite
def mutated(draw: st.DrawFn) -> dict[str, Any]:
    """A good Bundle in which something was put in the place of something, or taken away."""
    day: dict[str, Any] = copy.deepcopy(DAY)
    for _ in range(draw(st.integers(1, 4))):
        *way, last = draw(st.sampled_from(PATHS))
        holder: Any = day
        try:
            for key in way:
                holder = holder[key]
            if draw(st.booleans()):
                holder[last] = draw(anything)
            elif isinstance(holder, dict):
                del holder[last]
        except (LookupError, TypeError):
            continue
    return day


def kind_of(entry: object) -> str | None:
    """What type of resource an entry holds; none where it cannot be told."""
    resource = entry.get("resource") if isinstance(entry, dict) else None
    kind = resource.get("resourceType") if isinstance(resource, dict) else None
    return kind if isinstance(kind, str) and kind else None


def is_visit(entry: object, day: dict[str, Any]) -> bool:
    """Whether an entry is a visit, or cannot be said to be none."""
    booked = any(kind_of(one) == "Appointment" for one in day["entry"])
    visits = ("Appointment",) if booked else ("ServiceRequest", "Procedure")
    return kind_of(entry) in (None, *visits)


@settings(max_examples=250, deadline=None)
@given(mutated(), st.booleans())
def test_every_appointment_is_a_row_or_left_out(day: dict[str, Any], in_zone: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "day.json")
        path.write_text(json.dumps(day))
        try:
            worklist = open_fhir(path, Findings(), CHICAGO if in_zone else None)
        except DocgenError:
            return  # such as NaN, which is no JSON
        found = list(worklist)

    accounted = len(found) + sum(worklist.left_out.values())
    assert accounted == sum(is_visit(entry, day) for entry in day["entry"])
    assert [one.number for one in found] == list(range(1, len(found) + 1))
    for one in found:
        assert (one.entry is None) == any(p.severity == "error" for p in one.problems)
        assert all(problem.span and SECRET not in str(problem) for problem in one.problems)
        assert len(one.cells) == len(worklist.columns)
        "".join(one.cells).encode()


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=30), st.integers(0, 3000), st.integers(0, 40), st.booleans())
def test_no_bytes_are_too_much(junk: bytes, at: int, gone: int, lines: bool) -> None:
    text = json.dumps(DAY).encode()
    if lines:
        text = b"".join(json.dumps(one["resource"]).encode() + b"\n" for one in DAY["entry"])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "day.json")
        path.write_bytes(text[:at] + junk + text[at + gone :])
        try:
            for one in open_fhir(path, Findings()):
                assert (one.entry is None) == any(p.severity == "error" for p in one.problems)
        except DocgenError as error:
            assert SECRET not in str(error)
