"""The layouts that docgen ships keep the promises made to patients and clinicians."""

import re

import pytest

from docgen.layouts import LayoutLibrary, all_blocks, placed_blocks
from docgen.layouts.model import Block, SectionBlock
from docgen.shipped import layouts_folder

LIBRARY = LayoutLibrary([layouts_folder()])
NAMES = ("patient-handout", "clinician-summary")
PROSE_FIELDS = {
    "summary",
    "purpose",
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
    "patient_experience",
}


def source_of(name: str) -> str:
    return (layouts_folder() / f"{name}.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_they_load(name: str) -> None:
    assert LIBRARY.find(name).layout.id == name


def test_the_sample_organization_loads() -> None:
    organization = LIBRARY.organization("sample").organization
    assert organization.phones[0].label.value == "Nurse line"


def test_the_handout_prints_every_section_of_a_record_once() -> None:
    printed = re.findall(r"record\.(\w+)", source_of("patient-handout"))
    assert {field: printed.count(field) for field in PROSE_FIELDS} == dict.fromkeys(PROSE_FIELDS, 1)


def test_the_summary_prints_what_clinicians_work_from_once() -> None:
    fields = PROSE_FIELDS - {"summary", "purpose", "patient_experience"}
    printed = re.findall(r"record\.(\w+)", source_of("clinician-summary"))
    assert {field: printed.count(field) for field in fields} == dict.fromkeys(fields, 1)
    assert {"policies", "similar_codes", "further_sections", "unlisted"} <= set(printed)


@pytest.mark.parametrize("name", NAMES)
def test_the_record_is_dated_and_signed(name: str) -> None:
    printed = set(re.findall(r"record\.provenance\.(\w+)", source_of(name)))
    assert {"version", "reviewed_on", "review_due", "authors", "note"} <= printed


def test_the_handout_follows_the_patients_order() -> None:
    order = [
        "title",
        "at-a-glance",
        "what-and-why",
        "who-for",
        "getting-ready",
        "what-happens",
        "feels-like",
        "afterwards",
        "more",
        "call-for-help",
        "benefits",
        "risks",
        "other-choices",
        "questions",
        "whom-to-call",
        "not-consent",
        "sources",
        "provenance",
    ]
    layout = LIBRARY.find("patient-handout").layout
    ids = [block.id for block, _ in placed_blocks(layout.blocks)]
    assert [id for id in ids if id in order] == order


def test_getting_ready_can_be_ticked() -> None:
    blocks: dict[str, Block] = {
        block.id: block for block in all_blocks(LIBRARY.find("patient-handout").layout)
    }
    ready = blocks["getting-ready"]
    assert isinstance(ready, SectionBlock)
    assert ready.presentation == "checklist"


def test_the_handout_can_be_read_by_patients() -> None:
    loaded = LIBRARY.find("patient-handout")
    body = loaded.styles.text["body"]
    assert body.size >= 12
    assert body.leading >= 1.2 * body.size
    assert loaded.page.width - loaded.page.left - loaded.page.right <= 6.5 * 72 + 0.01
    used = {block.style for block in all_blocks(loaded.layout) if hasattr(block, "style")}
    small = {name for name, text in loaded.styles.text.items() if text.size < 9}
    assert not small & used


def test_the_cpt_notice_stands_only_beside_a_licensed_descriptor() -> None:
    assert "American Medical" not in source_of("patient-handout")
    layout = LIBRARY.find("clinician-summary").layout
    notices = [block for block in all_blocks(layout) if block.id == "cpt-notice"]
    assert [notice.when and notice.when.value for notice in notices] == [
        "record.licensed_descriptor"
    ]
