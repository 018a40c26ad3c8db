"""A record written as JSON and read again is the same record."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from docgen.diagnostics import Span
from docgen.prose import Prose
from docgen.records import (
    SECTION_TITLES,
    ProcedureRecord,
    RecordLibrary,
    read_record,
    record_file_name,
    record_json,
)
from docgen.records.reading import record_of
from docgen.source import Positioned, TextNode, fields_of, read_text
from tests.sample_records import RECORDS

MINIMAL = """\
code: t-1
code_system: local
title: "A \\"test\\" of\\r\\nlines"
name: Größe
provenance:
  version: 1.10
  authors: [Ann Sample]
  reviewed_on: 2026-06-01
  review_due: 2028-06-01
"""


def plainly(value: object) -> object:
    """All that a value says, without the places where it was written."""
    if isinstance(value, TextNode):
        return value.value
    if isinstance(value, Prose):
        return (value.text.value, plainly(value.blocks))
    if isinstance(value, tuple):
        return [plainly(item) for item in value]
    if isinstance(value, Struct):
        unwritten = value.unwritten if isinstance(value, Positioned) else frozenset()
        contents = {name: getattr(value, name) for name in value.__struct_fields__}
        return {
            name: plainly(content)
            for name, content in contents.items()
            if name not in unwritten and not isinstance(content, Span)
        }
    return value


def read_json(data: bytes) -> ProcedureRecord:
    return record_of(read_text(data.decode(), "in.json"))


def minimal(**more: Any) -> ProcedureRecord:
    """The smallest record, with more of its fields, given as JSON would hold them."""
    text = MINIMAL + "".join(
        f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in more.items()
    )
    return record_of(read_text(text, "in.yaml"))


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_a_sample_is_the_same_after_a_round_trip(path: Path, tmp_path: Path) -> None:
    record = read_record(path)
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / record_file_name(record)).write_bytes(record_json(record))
    again = RecordLibrary([tmp_path]).find(record.code)
    assert plainly(again) == plainly(record)
    assert record_json(again) == record_json(record)


def test_the_json_has_the_keys_of_a_record_file_and_no_blanks() -> None:
    assert record_json(minimal(policies=[{"payer": "A", "title": "B", "effective": "2026-01-02"}]))\
        .decode() == (
        '{"code":"t-1","code_system":"local","title":"A \\"test\\" of\\nlines","name":"Größe",'
        '"unlisted":false,"policies":[{"payer":"A","title":"B","effective":"2026-01-02"}],'
        '"provenance":{"version":"1.10","authors":["Ann Sample"],"reviewed_on":"2026-06-01",'
        '"review_due":"2028-06-01"}}'
    )  # fmt: skip


def test_every_field_that_a_record_can_have_is_written() -> None:
    day = "2026-02-03"
    one = {"title": "T", "publisher": "P", "url": "https://a.example", "accessed": day}
    content: dict[str, Any] = {
        "code": "77299",
        "code_system": "cpt",
        "language": "es-MX",
        "title": "T",
        "name": "N",
        "licensed_descriptor": {"text": "Made up", "copyright_year": 2026},
        "unlisted": True,
        "specialty": "S",
        **{section: f"- *{section}*\n- b\n" for section in SECTION_TITLES},
        "further_sections": [{"title": "T", "audience": "clinicians", "urgent": True, "text": "a"}],
        "without": {"urgent": "R"},
        "policies": [
            {
                "payer": "P",
                "title": "T",
                "number": "007",
                "url": "https://a.example",
                "effective": day,
                "review_due": day,
                "expires": day,
            }
        ],
        "similar_codes": [
            {
                "code_system": "hcpcs",
                "code": "G0121",
                "title": "T",
                "difference": "D",
                "found": "text",
            }
        ],
        "find_similar": False,
        "not_similar": [{"code_system": "cpt", "code": "45378"}],
        "same_handout_as": {"code_system": "cpt", "code": "45378"},
        "unplaced": [{"heading": "H", "text": "T"}],
        "provenance": {
            "version": "1",
            "authors": ["A", "B"],
            "sources": [one],
            "reviewed_on": day,
            "review_due": day,
            "note": "N",
        },
    }
    assert content.keys() | {"translations"} == fields_of(ProcedureRecord).keys()
    record = read_json(json.dumps(content).encode())
    written = json.loads(record_json(record))
    assert {key: written.get(key) for key in content} == content
    assert record.provenance.sources[0].accessed == date(2026, 2, 3)


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn", "Zl", "Zp"))
    | st.sampled_from("\t\n\"\\'/:#&<>{}[]"),
    min_size=1,
).filter(lambda text: text.strip() and "\ufeff" not in text and "\ufffd" not in text)


@given(title=TEXTS, specialty=TEXTS, author=TEXTS)
def test_any_text_survives(title: str, specialty: str, author: str) -> None:
    content = {
        **json.loads(record_json(minimal())),
        "title": title,
        "specialty": specialty,
        "provenance": {
            "version": "1",
            "authors": [author],
            "reviewed_on": "2026-06-01",
            "review_due": "2026-06-01",
        },
    }
    record = read_json(json.dumps(content).encode())
    assert (str(record.title), str(record.specialty)) == (title, specialty)
    assert plainly(read_json(record_json(record))) == plainly(record)
    assert json.loads(record_json(record)) == content


WORDS = st.lists(st.sampled_from(["dose", "**2** mg", "*now*", "\\*", '"q"', "ß", "🩺", "<b>"]))


@given(paragraphs=st.lists(WORDS.filter(bool), min_size=1))
def test_prose_survives_as_it_was_written(paragraphs: list[list[str]]) -> None:
    prose = "\n\n".join(" ".join(words) for words in paragraphs) + "\n"
    record = minimal(risks=prose)
    assert json.loads(record_json(record))["risks"] == prose
    assert plainly(read_json(record_json(record))) == plainly(record)


@pytest.mark.parametrize(
    ("code", "name"), [("RAD-12", "local-RAD12.json"), ("a/b ü", "local-ABÜ.json")]
)
def test_the_name_finds_a_code_in_any_writing(code: str, name: str, tmp_path: Path) -> None:
    text = MINIMAL.replace("t-1", code)
    record = record_of(read_text(text, "in.yaml"))
    assert record_file_name(record) == name
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / name).write_bytes(record_json(record))
    assert RecordLibrary([tmp_path]).find(code).code == code
