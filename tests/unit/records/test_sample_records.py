"""The sample records that come with docgen."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from docgen.document import ListBlock, Paragraph
from docgen.records import RecordLibrary, read_record, record_schema, urgent_sections
from docgen.shipped import data_folder
from tests.sample_records import RECORDS


def test_every_sample_record_is_right() -> None:
    assert RecordLibrary([data_folder()]).check() == ()


def test_the_sample_records_span_three_systems() -> None:
    entries = RecordLibrary([data_folder()]).list()
    assert len(entries) >= 12
    assert {entry.system.id for entry in entries} >= {"cpt", "hcpcs", "icd-10-pcs"}


def test_no_sample_record_claims_a_review_or_lacks_when_to_call_for_help() -> None:
    for path in RECORDS:
        record = read_record(path)
        assert (record.provenance.reviewed_on, record.provenance.review_due) == (None, None)
        assert urgent_sections(record), path


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_editors_accept_the_sample_records(path: Path) -> None:
    # Dates become text as in JSON, which the schema is written for.
    content: Any = json.loads(json.dumps(yaml.safe_load(path.read_text("utf-8")), default=str))
    assert [
        error.message for error in Draft202012Validator(record_schema()).iter_errors(content)
    ] == []


def test_a_record_says_what_its_file_says() -> None:
    record = read_record(data_folder() / "records/77299.yaml")
    assert (record.code, record.code_system.name, record.unlisted) == ("77299", "CPT", True)
    assert str(record.title) == "Radiation treatment planning, special case"
    assert record.policies[0].effective == date(2026, 1, 1)
    assert [code.code for code in record.similar_codes][:3] == ["77261", "77262", "77263"]
    assert [section.audience for section in record.further_sections] == ["patients", "clinicians"]
    sections = {id: prose for id, _, prose in record.sections()}
    assert len(sections) == 13
    steps = sections["procedure_description"].blocks[0]
    assert isinstance(steps, ListBlock)
    assert (steps.kind, len(steps.items)) == ("ordered", 6)
    assert isinstance(sections["duration"].blocks[0], Paragraph)
