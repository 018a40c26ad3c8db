"""Every sample record in both layouts: sound PDFs that hold every sentence of the record.

The two sheets hold it together. The handout has what patients read: every section. The summary has
the sections that clinicians work from, and the tables of policies and similar codes.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from markdown_it import MarkdownIt

from docgen import BASE_LAYOUTS, Project, RenderedSheet
from docgen.records import SECTION_TITLES
from docgen.records.groups import Audience
from tests.commands import ROOT
from tests.conformance import syntax_problems
from tests.pdf_text import is_printed, page_texts
from tests.sample_records import RECORDS

HANDOUT, SUMMARY = BASE_LAYOUTS
ON_BOTH = (
    "indications",
    "preparation",
    "procedure_description",
    "duration",
    "setting",
    "personnel",
    "risks",
    "benefits",
    "recovery",
    "alternatives",
)
SECTIONS = {HANDOUT: ("summary", "purpose", "patient_experience", *ON_BOTH), SUMMARY: ON_BOTH}
"""By layout: the sections that its sheet prints."""
AUDIENCES = {HANDOUT: ("patients", "both"), SUMMARY: ("clinicians", "both")}

every_record = pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
both_layouts = pytest.mark.parametrize("layout", BASE_LAYOUTS)


@cache
def _project() -> Project:
    return Project.open(ROOT, organization="sample")


@cache
def _sheet(path: Path, layout: str) -> RenderedSheet:
    record = yaml.safe_load(path.read_text("utf-8"))
    return _project().render(record["code"], [layout], record["code_system"])[0]


def _sentences(prose: str) -> Iterator[str]:
    """The paragraphs of CommonMark text as a reader sees them, without their marks."""
    for token in MarkdownIt("commonmark", {"html": False}).parse(prose):
        if token.type == "inline":
            yield "".join(child.content or " " for child in token.children or ())


def _expected(record: dict[str, Any], layout: str) -> Iterator[str]:
    """All that one sheet of a record must say."""
    yield record["title"]
    yield record["name"]
    for section in SECTIONS[layout]:
        yield from _sentences(record.get(section, ""))
    for further in record.get("further_sections", ()):
        if further.get("audience", "both") in AUDIENCES[layout]:
            yield further["title"]
            yield from _sentences(further["text"])
    yield from record["provenance"]["authors"]
    yield record["provenance"]["note"]
    if layout == HANDOUT:
        for source in record["provenance"]["sources"]:
            yield from (source["title"], source["publisher"])
        return
    yield record["specialty"]
    for policy in record.get("policies", ()):
        yield from (str(value) for value in policy.values())
    for similar in record.get("similar_codes", ()):
        yield from (similar["code"], similar["title"], similar["difference"])


def test_there_are_samples_of_three_code_systems() -> None:
    systems = {yaml.safe_load(path.read_text("utf-8"))["code_system"] for path in RECORDS}
    assert len(RECORDS) >= 12
    assert systems >= {"cpt", "hcpcs", "icd-10-pcs"}


def test_the_two_sheets_share_out_every_section() -> None:
    assert {*SECTIONS[HANDOUT], *SECTIONS[SUMMARY]} == set(SECTION_TITLES)
    assert {*AUDIENCES[HANDOUT], *AUDIENCES[SUMMARY]} == set(get_args(Audience))


@every_record
@both_layouts
def test_every_sentence_is_printed(path: Path, layout: str) -> None:
    record = yaml.safe_load(path.read_text("utf-8"))
    pages = page_texts(_sheet(path, layout).data)
    expected = list(_expected(record, layout))
    assert len(expected) > 20
    assert [words for words in expected if not is_printed(words, pages)] == []


@every_record
@both_layouts
def test_qpdf_finds_no_fault(path: Path, layout: str) -> None:
    assert syntax_problems(_sheet(path, layout).data) == []


@every_record
@both_layouts
def test_same_record_gives_same_bytes(path: Path, layout: str) -> None:
    record = yaml.safe_load(path.read_text("utf-8"))
    again = Project.open(ROOT, organization="sample")
    sheets = again.render(record["code"], [layout], record["code_system"])
    assert sheets[0].data == _sheet(path, layout).data


def test_sample_of_77299_takes_two_pages_and_one() -> None:
    path = ROOT / "data/records/77299.yaml"
    assert [_sheet(path, layout).page_count for layout in BASE_LAYOUTS] == [2, 1]
