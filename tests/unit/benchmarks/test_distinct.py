"""What the benchmarks set: records without a text in common."""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import msgspec

from benchmarks.distinct import MOST, distinct_records, distinct_visit
from docgen.records import record_json

WORDLESS = ("hcpcs", "cpt", "en", "patients", "both", "1.0", "SHP-PRV-011", "G0102", "84153")
"""Codes, kinds and numbers, which are nobody's prose."""


def texts(value: Any) -> Iterator[str]:
    match value:
        case dict():
            for inner in value.values():
                yield from texts(inner)
        case list():
            for inner in value:
                yield from texts(inner)
        case str() if value not in WORDLESS and not value[:4].isdigit():
            yield from (line for line in value.splitlines() if line)


def test_no_two_records_have_a_line_in_common() -> None:
    lines = Counter(
        line
        for record in distinct_records(MOST)
        for line in set(texts(msgspec.json.decode(record_json(record))))
    )
    assert len(lines) > 40 * MOST
    assert [line for line, count in lines.items() if count > 1] == []


def test_no_two_patients_have_a_value_in_common() -> None:
    visits = [distinct_visit(number) for number in range(MOST)]
    for one, other in combinations(visits, 2):
        assert one.patient_name != other.patient_name
        assert one.birth_date != other.birth_date
        assert one.appointment != other.appointment
        assert one.place != other.place
