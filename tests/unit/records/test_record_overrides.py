"""What organizations change of records for their own patients."""

import json
from pathlib import Path

import pytest

from docgen.diagnostics import DocgenError, Findings
from docgen.records import (
    OrganizationRecords,
    ProcedureRecord,
    RecordLibrary,
    record_json,
)
from docgen.records.overriding import override_schema
from tests.translated import made_from, read_changes

TEXT = """\
code: "77299"
code_system: cpt
language: en
title: A plan
name: Planning
preparation: Eat as usual.
risks: Few.
alternatives: None.
further_sections:
  - {title: When to call for help, audience: patients, text: Call.}
  - {title: Notes, audience: clinicians, text: A note.}
provenance:
  version: 1.0
  authors: [Ada Sample]
  reviewed_on: 2026-01-01
  review_due: 2027-01-01
"""
SPANISH = """\
    title: Un plan
    name: Planificación
    preparation: Coma como siempre.
    risks: Pocos.
    alternatives: Ninguna.
    further_sections:
      - {title: Cuándo pedir ayuda, audience: patients, text: Llame.}
      - {title: Notas, audience: clinicians, text: Una nota.}
"""
RECORD = f"{TEXT}translations:\n  es:\n{SPANISH}{made_from(TEXT, SPANISH, 4)}"
HEAD = 'extends: "77299"\ncode_system: cpt\n'


class Chain:
    """A record, and a clinic in a hospital that change it."""

    def __init__(self, clinic_language: str | None = None) -> None:
        self.clinic_language = clinic_language
        self.write("data", RECORD)

    def write(self, folder: str, text: str, name: str = "77299.yaml") -> None:
        path = Path(folder, "records", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(read_changes(text) if text.startswith(HEAD) else text, encoding="utf-8")

    def library(self) -> RecordLibrary:
        hospital = OrganizationRecords(Path("hospital"), "Sample Hospital")
        clinic = OrganizationRecords(Path("clinic"), "Sample Clinic", self.clinic_language)
        return RecordLibrary([Path("data")], [hospital, clinic])

    def record(self, tag: str | None = None) -> ProcedureRecord:
        record = self.library().find("77299")
        if tag is None:
            return record
        findings = Findings()
        spoken = record.in_language(tag, findings)
        findings.raise_if_any()
        return spoken

    def refusal(self, tag: str) -> str:
        with pytest.raises(DocgenError) as refused:
            self.record(tag)
        return str(refused.value)


@pytest.fixture
def chain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Chain:
    monkeypatch.chdir(tmp_path)
    return Chain()


def titles(record: ProcedureRecord) -> list[str]:
    return [section.title.value for section in record.further_sections]


def test_a_record_that_nobody_changes_is_adapted_by_nobody(chain: Chain) -> None:
    record = chain.record()
    assert record.adapted_by == ()
    assert "adapted_by" not in json.loads(record_json(record))


def test_fields_change_go_and_come(chain: Chain) -> None:
    change = (
        "change:\n  preparation: Come early.\n  risks:\n  recovery: Rest.\n"
        "  provenance: {review_due: 2028-01-01}\n"
    )
    chain.write("clinic", f"{HEAD}{change}remove: [alternatives, Notes]\nnote: Ours.\n")
    record = chain.record()
    sections = {id: str(prose) for id, _, prose in record.sections()}
    assert sections == {"preparation": "Come early.", "recovery": "Rest."}
    assert titles(record) == ["When to call for help"]
    provenance = record.provenance
    assert str(provenance.version) == "1.0"
    assert provenance.review_due is not None
    assert provenance.review_due.year == 2028
    assert record.adapted_by == ("Sample Clinic",)
    assert record.adaptation_notes == ("Ours.",)
    assert [path.parts[0] for path in record.sources] == ["data", "clinic"]


def test_the_attachment_says_who_adapted_the_record(chain: Chain) -> None:
    chain.write("clinic", f"{HEAD}change: {{risks: Fewer.}}\nnote: Ours.\n")
    written = json.loads(record_json(chain.record()))
    assert (written["risks"], written["adapted_by"]) == ("Fewer.", ["Sample Clinic"])
    assert "Ours." not in json.dumps(written)


def test_sections_are_inserted_where_they_are_wanted(chain: Chain) -> None:
    inserted = (
        "insert:\n"
        "  - {after: When to call for help, section: {title: Parking, text: Lot B.}}\n"
        "  - {section: {title: Food, audience: patients, text: None.}}\n"
    )
    chain.write("clinic", HEAD + inserted)
    record = chain.record()
    assert titles(record) == ["When to call for help", "Parking", "Notes", "Food"]
    assert [section.audience for section in record.further_sections] == [
        "patients", "both", "clinicians", "patients"
    ]  # fmt: skip


def test_the_clinic_changes_what_the_hospital_changed(chain: Chain) -> None:
    parking = "insert:\n  - {section: {title: Parking, text: Lot B.}}\n"
    chain.write(
        "hospital", f"{HEAD}change: {{risks: Hospital., preparation: Hospital.}}\n{parking}"
    )
    chain.write("clinic", f"{HEAD}change: {{risks: Clinic.}}\nremove: [Parking]\n")
    record = chain.record()
    assert (str(record.risks), str(record.preparation)) == ("Clinic.", "Hospital.")
    assert titles(record) == ["When to call for help", "Notes"]
    assert record.adapted_by == ("Sample Hospital", "Sample Clinic")


def test_a_whole_record_of_an_organization_is_a_record_of_its_own(chain: Chain) -> None:
    chain.write("data", f"{HEAD}", "nothing.txt")
    chain.write("clinic", RECORD.replace("A plan", "Our plan"))
    chain.write("hospital", f"{HEAD}change: {{risks: Hospital.}}\n")
    record = chain.record()
    assert (str(record.title), str(record.risks)) == ("Our plan", "Few.")
    assert record.adapted_by == ()


def test_a_parents_own_record_is_changed_below_it(chain: Chain) -> None:
    chain.write("hospital", RECORD.replace("A plan", "Hospital plan"))
    chain.write("clinic", f"{HEAD}change: {{risks: Clinic.}}\n")
    record = chain.record()
    assert (str(record.title), str(record.risks)) == ("Hospital plan", "Clinic.")
    assert record.adapted_by == ("Sample Clinic",)


def test_a_changed_text_does_not_keep_its_old_translation(chain: Chain) -> None:
    chain.write("clinic", f"{HEAD}change: {{preparation: Come early.}}\n")
    assert chain.refusal("es") == (
        "clinic/records/77299.yaml:3:23: error[missing-translation]: 'preparation' has no Spanish "
        "(es) translation, only en\n"
        "  hint: translate it, or print it in another language with --fallback-language en"
    )
    assert str(chain.record("en").preparation) == "Come early."


def test_changes_are_given_in_every_language(chain: Chain) -> None:
    chain.write(
        "clinic",
        f"{HEAD}change: {{preparation: {{en: Come early., es: Venga temprano.}}}}\n"
        "insert:\n"
        "  - section: {title: {en: Parking, es: Estacionamiento}, text: {en: B., es: Lote B.}}\n"
        "remove: [Notes]\n",
    )
    english, spanish = chain.record("en"), chain.record("es")
    assert (str(english.preparation), str(spanish.preparation)) == (
        "Come early.",
        "Venga temprano.",
    )
    assert titles(english) == ["When to call for help", "Parking"]
    assert titles(spanish) == ["Cuándo pedir ayuda", "Estacionamiento"]
    assert [section.urgent for section in spanish.further_sections] == [True, False]
    assert spanish.adapted_by == ("Sample Clinic",)
    assert chain.library().check() == ()


def test_plain_texts_are_in_the_organizations_language(chain: Chain) -> None:
    chain.clinic_language = "es"
    chain.write("clinic", f"{HEAD}change: {{preparation: Venga temprano.}}\n")
    assert str(chain.record("es").preparation) == "Venga temprano."
    assert "'preparation' has no English (en) translation, only es" in chain.refusal("en")
    shown = chain.record()
    assert str(shown.preparation) == "Venga temprano."
    assert shown.preparation is not None
    assert shown.preparation.text.language == "es"


def test_the_check_reads_overrides(chain: Chain) -> None:
    chain.write("hospital", f"{HEAD}remove: [nothing]\n")
    chain.write("clinic", f"{HEAD}change: {{risks: 1}}\n")
    assert [found.rule for found in chain.library().check()] == ["unknown-section"]


def test_the_list_names_a_changed_record_once(chain: Chain) -> None:
    chain.write("clinic", f"{HEAD}change: {{risks: Fewer.}}\n")
    entries = chain.library().list()
    assert [(entry.code, entry.title) for entry in entries] == [("77299", "A plan")]


def test_the_schema_knows_every_field_that_can_change() -> None:
    fields = override_schema()["$defs"]["Changes"]["properties"]
    assert {"preparation", "further_sections", "provenance"} <= fields.keys()
    assert not {"code", "code_system", "language", "translations"} & fields.keys()
