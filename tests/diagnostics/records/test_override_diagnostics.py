"""Bad changes of records beside the messages that they must give."""

from pathlib import Path

import pytest

from docgen.diagnostics import DocgenError
from docgen.records import OrganizationRecords, RecordLibrary
from tests.translated import read_changes

RECORD = """\
code: "77299"
code_system: cpt
language: en
title: A plan
name: Planning
risks: Few.
further_sections:
  - {title: Parking, text: Lot B.}
provenance:
  version: 1.0
  authors: [Ada Sample]
  reviewed_on: 2026-01-01
  review_due: 2027-01-01
"""
HEAD = 'extends: "77299"\ncode_system: cpt\n'
FILE = "clinic/records/77299.yaml"

DIGEST = "0123456789abcdef"
PARKING = (
    "insert:\n  - section:\n      title: {en: Parking 2, es: Estacionamiento 2}\n"
    "      text: Lot B.\n"
)
ACCEPT = "docgen translations accept 77299 --language es --organization clinic"

CASES = {
    "a digest of a text that is in one language": (
        f'{HEAD}change: {{risks: Several.}}\nmade_from: {{es: {{change.risks: "{DIGEST}"}}}}\n',
        f"{FILE}:4:18: error[unknown-text]: 'change.risks' is not translated here, but has a "
        "digest\n  hint: take the line out, or mend its name",
    ),
    "an unknown field": (
        f"{HEAD}change: {{preperation: Come early.}}\n",
        f"{FILE}:3:10: error[unknown-field]: 'preperation' is not a field of a record\n"
        "  hint: did you mean 'preparation'?",
    ),
    "an unknown verb": (
        f"{HEAD}removed: [risks]\n",
        f"{FILE}:3:1: error[unknown-field]: 'removed' is not a field of a record override\n"
        "  hint: did you mean 'remove'?",
    ),
    "the code itself": (
        f"{HEAD}change: {{language: es}}\n",
        f"{FILE}:3:10: error[unknown-field]: 'language' cannot be changed: it belongs to the "
        "record itself\n"
        "  hint: write a record of your own, without 'extends'; texts in other languages stand "
        "under their tags, as in preparation: {en: …, es: …}",
    ),
    "a section's title in the place of a field": (
        f"{HEAD}change: {{Parking: Lot C.}}\n",
        f"{FILE}:3:10: error[unknown-field]: 'Parking' is not a field of a record\n"
        "  hint: a section of its own is changed by removing it and inserting another",
    ),
    "what a record needs": (
        f"{HEAD}change: {{title: }}\nremove: [name]\n",
        f"{FILE}:3:10: error[required-field]: a record needs its 'title'\n"
        "  hint: give another one\n"
        f"{FILE}:4:10: error[required-field]: a record needs its 'name'\n"
        "  hint: give another one",
    ),
    "a section that is not there": (
        f"{HEAD}remove: [Parkin]\n",
        f"{FILE}:3:10: error[unknown-section]: 'Parkin' is neither a field that the record has "
        "nor the title of one of its sections\n"
        "  hint: did you mean 'Parking'?",
    ),
    "a place that is not there": (
        f"{HEAD}insert: [{{after: Garage, section: {{title: Food, text: None.}}}}]\n",
        f"{FILE}:3:18: error[unknown-section]: the record has no further section 'Garage'\n"
        "  hint: it has Parking",
    ),
    "a section without text": (
        f"{HEAD}insert: [{{section: {{title: Food}}}}]\n",
        f"{FILE}:3:20: error[missing-field]: 'text' is missing: a further section needs it\n"
        "  hint: write 'text: …'. The section's text.",
    ),
    "a value of the wrong type": (
        f"{HEAD}change: {{unlisted: perhaps}}\n",
        f"{FILE}:3:20: error[wrong-type]: 'unlisted' must be yes or no\n"
        "  hint: write yes, no, true or false",
    ),
    "a language that there is not": (
        f"{HEAD}change: {{risks: {{en: Few., spanish: Pocos.}}}}\n",
        f"{FILE}:3:28: error[bad-language]: 'spanish' is not a language tag\n"
        "  hint: write one such as en or es-MX",
    ),
    "another code than in its name": (
        HEAD.replace("77299", "77263"),
        f"{FILE}:1:10: error[misnamed-record]: this record is of CPT 77263, but its file is named "
        "'77299.yaml'\n"
        "  hint: rename the file to 77263.yaml; a record is found by its file's name: CODE.yaml, "
        "or SYSTEM-CODE.yaml",
    ),
    "who adapted it": (
        f"{HEAD}change: {{adapted_by: [Us]}}\n",
        f"{FILE}:3:10: error[unknown-field]: 'adapted_by' is not a field of a record\n"
        "  hint: its fields are title, name, licensed_descriptor, unlisted, specialty, summary, "
        "purpose, indications, preparation, procedure_description, duration, setting, personnel, "
        "risks, benefits, recovery, alternatives, patient_experience, further_sections, without, "
        "policies, similar_codes, find_similar, not_similar, same_handout_as, unplaced, provenance",
    ),
}


def write(file: str, text: str) -> None:
    path = Path(file)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RecordLibrary:
    monkeypatch.chdir(tmp_path)
    write("data/records/77299.yaml", RECORD)
    return RecordLibrary([Path("data")], [OrganizationRecords(Path("clinic"), "Sample Clinic")])


def refusal(library: RecordLibrary, code: str = "77299") -> str:
    with pytest.raises(DocgenError) as refused:
        library.find(code)
    return str(refused.value)


@pytest.mark.parametrize("case", CASES)
def test_a_bad_change_gives_its_message(case: str, library: RecordLibrary) -> None:
    text, expected = CASES[case]
    write(FILE, text)
    assert refusal(library) == expected
    assert "\n".join(map(str, library.check())) == expected


UNLIKE = {
    "nothing of where it comes from": (
        f"{HEAD}{PARKING}",
        f"{FILE}:5:34: error[untraced-translation]: nothing says from which texts this "
        f"translation was made\n  hint: read it beside its source, then: {ACCEPT} --all",
    ),
    "another wording": (
        f'{HEAD}{PARKING}made_from: {{es: {{"insert[0].section.title": "{DIGEST}"}}}}\n',
        f"{FILE}:5:34: error[stale-translation]: 'insert[0].section.title' was translated from "
        "another English (en) text than there is now\n"
        f"  hint: read {FILE}:5:19, mend it here, then: {ACCEPT} 'insert[0].section.title'",
    ),
    "another number": (
        read_changes(f"{HEAD}{PARKING}".replace("miento 2", "miento 3")),
        f"{FILE}:5:50: error[other-numbers]: 'insert[0].section.title' says '3' in es, but '2' in "
        f"en\n  hint: mend it, or, where it is right so: {ACCEPT} --difference "
        "'insert[0].section.title'",
    ),
}


@pytest.mark.parametrize("case", UNLIKE)
def test_a_translated_change_that_is_none_gives_its_message(
    case: str, library: RecordLibrary
) -> None:
    """An English sheet does not hang on it."""
    text, expected = UNLIKE[case]
    write(FILE, text)
    assert library.find("77299").adapted_by == ("Sample Clinic",)
    assert "\n".join(map(str, library.check())) == expected


def test_a_change_of_no_record(library: RecordLibrary) -> None:
    write("clinic/records/77298.yaml", HEAD.replace("77299", "77298"))
    expected = (
        "clinic/records/77298.yaml:1:10: error[unknown-code]: there is no record of CPT 77298 "
        "that could be changed\n"
        "  hint: did you mean '77299'?"
    )
    assert refusal(library, "77298") == expected
    assert "\n".join(map(str, library.check())) == expected


def test_a_change_among_records_of_no_organization(library: RecordLibrary) -> None:
    write("data/records/cpt-77299.yaml", HEAD)
    assert refusal(library) == (
        "data/records/cpt-77299.yaml:1:10: error[misplaced-override]: only an organization "
        "changes a record, and this file is not among its records\n"
        "  hint: move it into organizations/ID/records/, or write the whole record here"
    )


def test_two_changes_of_one_record_in_one_organization(library: RecordLibrary) -> None:
    write(FILE, HEAD)
    write("clinic/records/cpt-77299.yaml", HEAD)
    assert refusal(library) == (
        "clinic/records/cpt-77299.yaml:1:1: error[duplicate-record]: CPT 77299 has a record "
        "already: clinic/records/77299.yaml\n"
        "  hint: keep one of the two files"
    )


def test_a_record_file_does_not_say_who_adapted_it(library: RecordLibrary) -> None:
    write("data/records/77299.yaml", f"{RECORD}adapted_by: [Us]\n")
    assert "'adapted_by' is not a field of a record" in refusal(library)
