"""Records of which no two have a text in common, made from a sample record.

Words of three to nine letters are exchanged for others as long, each record's for words of its
own places in the vocabulary of all sample records: the sheets stay as long, their lines do not stay
the same. Single words come back, as they do in the records of a clinic.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import yaml

from docgen import Project
from docgen.document import Visit

if TYPE_CHECKING:
    from docgen.records import ProcedureRecord

RECORDS = Path(__file__).resolve().parent.parent / "data/records"
SAMPLE = RECORDS / "G0103.yaml"
"""A record whose handout takes two pages from every contestant, with room for a code."""
MOST = 72
"""How many records differ in each text: there are so many words of nine letters."""

_WORD = re.compile(r"(?<![\w./-])[A-Za-z]{3,9}(?!\.?[\w/-])")
_KEPT = frozenset({"code_system", "language", "audience", "effective"})
"""What is not prose: replacing its words would make another kind of record."""


def distinct_records(count: int) -> list["ProcedureRecord"]:
    """So many records, each under a code of its own."""
    if count > MOST:
        raise ValueError(f"only {MOST} records have no text in common")
    with TemporaryDirectory() as folder:
        records = Path(folder, "records")
        records.mkdir()
        for number in range(count):
            content = _varied(_sample(), number) | {"code": _code(number)}
            # JSON is YAML.
            (records / f"{_code(number)}.yaml").write_text(json.dumps(content), "utf-8")
        project = Project.open(folder, data=[folder])
        return [project.record(_code(number)) for number in range(count)]


def distinct_visit(number: int) -> Visit:
    """A patient of whom no other has the name, the birthday or the hour."""
    return Visit(
        patient_name=f"{_exchanged('Sample', number)} {_exchanged('Person', number)}",
        birth_date=date(1950, 1, 1) + timedelta(days=97 * number),
        appointment=datetime(2026, 11, 24, 8, tzinfo=UTC).replace(tzinfo=None)
        + timedelta(minutes=10 * number),
        place=f"Clinic {_exchanged('example', number)}, room {number + 1}",
    )


def _code(number: int) -> str:
    return f"G{1000 + number}"


@lru_cache(maxsize=1)
def _sample() -> dict[str, Any]:
    # Every scalar as it is written: dates and versions are to stay what they are.
    content: dict[str, Any] = yaml.load(SAMPLE.read_text("utf-8"), yaml.BaseLoader)
    del content["unlisted"]
    for section in content["further_sections"]:
        section["urgent"] = True
    return content


def _varied(value: Any, number: int) -> Any:
    match value:
        case str() if value.startswith("https:"):
            return f"{value}?{number}"
        case str():
            return _WORD.sub(lambda word: _exchanged(word[0], number), value)
        case Mapping():
            return {
                key: inner if key in _KEPT else _varied(inner, number)
                for key, inner in value.items()
            }
        case Sequence():
            return [_varied(inner, number) for inner in value]
        case _:
            return value


def _exchanged(word: str, number: int) -> str:
    words = _vocabulary()[len(word)]
    # Some words of the sample stand in it with a capital only.
    at = words.get(word.lower(), 0)
    other = list(words)[(at + number) % len(words)]
    return other.capitalize() if word[0].isupper() else other


@lru_cache(maxsize=1)
def _vocabulary() -> dict[int, dict[str, int]]:
    """The words of all sample records in English, by length, each with its place."""
    english = [path for path in sorted(RECORDS.glob("*.yaml")) if path.suffixes == [".yaml"]]
    found = {
        word
        for path in english
        for word in _WORD.findall(path.read_text("utf-8"))
        if word.islower()
    }
    return {
        length: {
            word: place
            for place, word in enumerate(sorted(word for word in found if len(word) == length))
        }
        for length in range(3, 10)
    }
