"""What a layout prints hangs on codes and on the wording that was translated, in any language."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docgen.document import Document
from docgen.project import Project, RenderOptions
from tests.translated import read_changes, read_in
from tests.unit.compose.test_languages import spoken

RECORD = """\
code: T1
code_system: local
language: en
title: A bowel exam
name: Bowel exam
specialty: Gastroenterology
summary: Short.
further_sections:
  - {title: Notes, audience: clinicians, text: A note.}
  - {title: At home, audience: patients, text: Rest.}
policies:
  - {payer: Sample Plan, title: Exams}
similar_codes:
  - {code_system: local, code: T2, title: A scan}
provenance: {version: 1, authors: [Ada Sample], reviewed_on: 2026-06-01, review_due: 2028-06-01}
"""
SPANISH = """\
translation_of: T1
language: es
title: Un examen del intestino
name: Examen del intestino
specialty: Gastroenterología
summary: Corto.
further_sections:
  - {title: Notas, audience: clinicians, text: Una nota.}
  - {title: En casa, audience: patients, text: Descanse.}
policies:
  - {payer: Plan de muestra, title: Exámenes}
similar_codes:
  - {code: T2, title: Un escaneo}
"""
ORGANIZATION = """\
name: Clinic
language: en
phones:
  - {label: {en: Nurse line, es: Enfermería}, number: 555-0100,
     hours: {en: All day, es: Todo el día}}
  - {label: {es: Recepción, en: Front desk}, number: 555-0101}
"""
LAYOUT = """\
id: rules
title: "{{ record.title }}"
description: A layout for tests.
audience: clinicians
language: en
theme: base
page: {size: letter, margins: {top: 1in, right: 1in, bottom: 1in, left: 1in}}
blocks:
  - {id: title, type: title, text: "{{ record.title }}"}
"""
LANGUAGES = ("en", "es")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write(tmp_path)
    return tmp_path


def write(folder: Path) -> None:
    for name, text in {
        "data/records/T1.yaml": RECORD,
        "data/records/T1.es.yaml": read_in(RECORD, SPANISH),
        "layouts/organizations/clinic/organization.yaml": ORGANIZATION,
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")


def document(folder: Path, blocks: str, language: str, fallback: str | None = None) -> Document:
    (folder / "layouts/rules.yaml").write_text(LAYOUT + blocks, "utf-8")
    project = Project.open(folder, organization="clinic")
    options = RenderOptions(language=language, fallback_language=fallback)
    return project.compose(project.record("T1"), "rules", options)


def said(found: Document) -> list[str]:
    """The texts below the title."""
    return [text for text, _ in spoken(found)][1:]


def printed(folder: Path, blocks: str) -> dict[str, list[str]]:
    return {tag: said(document(folder, blocks, tag)) for tag in LANGUAGES}


HOLDING = [
    'record.specialty == "Gastroenterology"',
    'record.specialty != "Gastroenterología"',
    "'Gastro' in record.specialty and 'logy' in record.specialty",
    'record.specialty in ["Radiology", "Gastroenterology"]',
    'record.specialty not in ["Gastroenterología"]',
    'record.specialty | lower == "gastroenterology"',
    'not record.specialty == "Gastroenterología"',
    "record.title ~ '!' == 'A bowel exam!'",
    "(record.specialty if record.title == 'A bowel exam' else '') == 'Gastroenterology'",
    "(record.specialty or 'x') == 'Gastroenterology'",
    "(record.further_sections | first).title == 'Notes'",
    "(organization.phones | last).label == 'Front desk'",
    "(organization.phones | first).hours == 'All day'",
    "record.provenance.reviewed_on | date == 'June 1, 2026'",
    "record.code == 'T1'",
    "record.summary",
]


@pytest.mark.parametrize("condition", HOLDING)
def test_a_condition_holds_in_every_language(condition: str, folder: Path) -> None:
    quoted = condition.replace("'", "''")
    block = f"  - {{id: it, type: text, when: '{quoted}', text: \"1\"}}\n"
    assert printed(folder, block) == {"en": ["1"], "es": ["1"]}


@pytest.mark.parametrize(
    ("expression", "english", "spanish"),
    [
        ("record.title if record.specialty == 'Gastroenterology' else '0'",
         "A bowel exam", "Un examen del intestino"),
        ("record.title if record.specialty == 'Gastroenterología' else record.name",
         "Bowel exam", "Examen del intestino"),
        ("(record.specialty or record.title) | upper", "GASTROENTEROLOGY", "GASTROENTEROLOGÍA"),
        ("record.name if record.title == 'A bowel exam' and record.code == 'T1' else '0'",
         "Bowel exam", "Examen del intestino"),
    ],
)  # fmt: skip
def test_what_is_chosen_is_printed_in_the_language_of_the_sheet(
    expression: str, english: str, spanish: str, folder: Path
) -> None:
    block = f'  - {{id: it, type: text, text: "{{{{ {expression} }}}}"}}\n'
    assert printed(folder, block) == {"en": [english], "es": [spanish]}


def test_items_are_chosen_by_what_was_translated(folder: Path) -> None:
    block = (
        "  - id: it\n    type: text\n    for_each: one in record.further_sections\n"
        "    when: one.title == 'At home'\n    text: '{{ one.title }}'\n"
    )
    assert printed(folder, block) == {"en": ["At home"], "es": ["En casa"]}


def test_the_list_to_go_through_is_chosen_by_what_was_translated(folder: Path) -> None:
    block = (
        "  - id: it\n    type: text\n"
        "    for_each: >-\n"
        "      one in record.further_sections if record.specialty == 'Gastroenterology'\n"
        "      else record.further_sections\n"
        "    when: (record.similar_codes | first).title == 'A scan'\n"
        "    text: '{{ one.title }}'\n"
    )
    assert printed(folder, block) == {"en": ["Notes", "At home"], "es": ["Notas", "En casa"]}


def test_phones_are_chosen_by_what_was_translated(folder: Path) -> None:
    block = (
        "  - id: it\n    type: text\n    for_each: phone in organization.phones\n"
        "    when: phone.label == 'Nurse line'\n    text: '{{ phone.label }}'\n"
    )
    assert printed(folder, block) == {"en": ["Nurse line"], "es": ["Enfermería"]}


def test_cells_are_chosen_by_what_was_translated(folder: Path) -> None:
    text = "{{ one.title if one.payer == 'Sample Plan' else '0' }}"
    block = (
        "  - id: it\n    type: table\n    rows: one in record.policies\n    columns:\n"
        f'      - {{heading: "1", text: "{text}"}}\n'
    )
    assert printed(folder, block) == {"en": ["Exams"], "es": ["Exámenes"]}


def test_what_falls_back_is_chosen_like_what_is_translated(folder: Path) -> None:
    """The specialty is not translated any more, and the rule holds as before."""
    record = RECORD.replace("specialty: Gastroenterology", "specialty: Radiology")
    (folder / "data/records/T1.yaml").write_text(record, "utf-8")
    block = (
        "  - {id: it, type: text, when: record.specialty == 'Radiology', "
        "text: '{{ record.specialty }}'}\n"
    )
    found = document(folder, block, "es", "en")
    assert said(found)[-1] == "Radiology"


def test_an_organizations_own_words_are_the_source_where_it_changed_them(folder: Path) -> None:
    change = (
        "extends: T1\ncode_system: local\n"
        "change: {specialty: {es: Medicina digestiva, en: Digestive care}}\n"
    )
    own = folder / "layouts/organizations/clinic/records/T1.yaml"
    own.parent.mkdir()
    own.write_text(read_changes(change), "utf-8")
    block = (
        "  - {id: it, type: text, when: record.specialty == 'Digestive care', "
        "text: '{{ record.specialty }}'}\n"
    )
    assert printed(folder, block) == {"en": ["Digestive care"], "es": ["Medicina digestiva"]}


def test_a_policy_that_is_translated_is_not_joined_once_more(folder: Path) -> None:
    policy = "payer: Sample Plan\ntitle: Exams\nlanguage: en\ncodes: {local: [T1]}\n"
    (folder / "data/policies").mkdir()
    (folder / "data/policies/exams.yaml").write_text(policy, "utf-8")
    block = (
        "  - id: it\n    type: text\n    for_each: one in record.policies\n"
        "    text: '{{ one.title }}'\n"
    )
    assert printed(folder, block) == {"en": ["Exams"], "es": ["Exámenes"]}


FIELDS = [
    "record.title", "record.specialty", "record.name", "(record.further_sections | first).title",
    "(record.similar_codes | last).title", "(organization.phones | first).hours",
    "(organization.phones | first).label", "record.code", "organization.name",
]  # fmt: skip
WORDS = [
    "A bowel exam", "Un examen del intestino", "Gastroenterology", "Gastroenterología", "Notes",
    "Notas", "A scan", "All day", "Todo el día", "Nurse line", "Enfermería", "T1", "Clinic", "a",
]  # fmt: skip
COMPARED = st.builds(
    "{0} {1} '{2}'".format, st.sampled_from(FIELDS), st.sampled_from(["==", "!="]),
    st.sampled_from(WORDS),
) | st.builds("'{0}' in {1}".format, st.sampled_from(WORDS), st.sampled_from(FIELDS))  # fmt: skip
CONDITIONS = st.recursive(
    COMPARED | st.sampled_from(FIELDS),
    lambda inner: (
        st.builds("({0} {1} {2})".format, inner, st.sampled_from(["and", "or"]), inner)
        | st.builds("(not {0})".format, inner)
        | st.builds("({0} if {1} else {2})".format, COMPARED, inner, COMPARED)
    ),
    max_leaves=6,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(conditions=st.lists(CONDITIONS, min_size=8, max_size=8))
def test_no_condition_hangs_on_the_language(
    conditions: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("project")
    write(folder)
    blocks = "".join(
        f'  - {{id: it-{number}, type: text, when: "{condition}", text: "{number}"}}\n'
        for number, condition in enumerate(conditions)
    )
    found = printed(folder, blocks)
    assert found["en"] == found["es"]
