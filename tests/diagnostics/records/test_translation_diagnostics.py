"""Bad translations beside the messages that they must give."""

from pathlib import Path

import pytest

from docgen.diagnostics import DocgenError, Findings
from docgen.records import RecordLibrary
from tests.translated import digest_of, read_in

RECORD = """\
code: "77299"
code_system: cpt
language: en
title: A plan
name: Planning
further_sections:
  - {title: Notes, audience: clinicians, text: A note.}
similar_codes:
  - {code_system: cpt, code: "77261", title: Another plan, difference: Smaller.}
provenance:
  version: 1.0
  authors: [Ada Sample]
  reviewed_on: 2026-01-01
  review_due: 2027-01-01
"""
HEAD = 'translation_of: "77299"\nlanguage: es\n'
SECTIONS = "further_sections:\n  - {title: Notas, audience: clinicians, text: Una nota.}\n"
CODES = 'similar_codes:\n  - {code: "77261", title: Otro plan, difference: Menor.}\n'
WHOLE = f"{HEAD}title: Un plan\nname: Planificación\n{SECTIONS}{CODES}"
ES = "data/records/77299.es.yaml"

FILES = {
    "an unknown field": (
        f"{WHOLE}titel: Un plan\n",
        f"{ES}:9:1: error[unknown-field]: 'titel' is not a field of a translation file\n"
        "  hint: did you mean 'title'?",
    ),
    "a list where text belongs": (
        f"{WHOLE}risks: [Pocos]\n",
        f"{ES}:9:8: error[wrong-type]: 'risks' must be text, but this is a list\n"
        "  hint: text that begins with [ must be in quotes; for a list within a text, write '|' "
        "first",
    ),
    "a text that the record does not have": (
        f"{WHOLE}risks: Pocos.\n",
        f"{ES}:9:1: error[extra-translation]: 'risks' is translated here, but the record does not "
        "have it\n"
        "  hint: write it into the record, data/records/77299.yaml, or take it out here",
    ),
    "a note that the record does not have": (
        f"{WHOLE}provenance: {{note: De muestra}}\n",
        f"{ES}:9:13: error[extra-translation]: a note is translated here, but the record does not "
        "have one\n"
        "  hint: write it into the record, data/records/77299.yaml, or take it out here",
    ),
    "a section too many": (
        WHOLE.replace(SECTIONS, f"{SECTIONS}  - {{title: Más, text: Más.}}\n"),
        f"{ES}:5:1: error[uneven-translation]: 'further_sections' has 2 here and 1 in the record: "
        "texts would change places\n"
        "  hint: translate all 1, in the order of the record",
    ),
    "a section for others": (
        WHOLE.replace("audience: clinicians, ", ""),
        f"{ES}:6:5: error[uneven-translation]: 'audience' is 'both' here and 'clinicians' in the "
        "record: is it the same one?\n"
        "  hint: translate what is in the record, in its order",
    ),
    "another similar code": (
        WHOLE.replace("77261", "77262"),
        f"{ES}:8:12: error[uneven-translation]: 'code' is '77262' here and '77261' in the record: "
        "is it the same one?\n"
        "  hint: translate what is in the record, in its order",
    ),
    "another language than in its name": (
        WHOLE.replace("language: es", "language: fr"),
        f"{ES}:2:11: error[misnamed-translation]: this file is in fr, but by its name in es\n"
        "  hint: name the file CODE.TAG.yaml or SYSTEM-CODE.TAG.yaml, such as 77299.es.yaml",
    ),
    "another code than in its name": (
        WHOLE.replace("77299", "77263"),
        f"{ES}:1:17: error[misnamed-translation]: this file translates '77263', but by its name "
        "the record of 77299\n"
        "  hint: name the file CODE.TAG.yaml or SYSTEM-CODE.TAG.yaml, such as 77299.es.yaml",
    ),
    "another code system than its record": (
        WHOLE.replace("language:", "code_system: local\nlanguage:"),
        f"{ES}:2:14: error[misnamed-translation]: this file translates a code of Local code, but "
        "the record beside it is of CPT\n"
        "  hint: name the file CODE.TAG.yaml or SYSTEM-CODE.TAG.yaml, such as 77299.es.yaml",
    ),
    "no code": (
        WHOLE.replace('translation_of: "77299"\n', ""),
        f"{ES}:1:1: error[missing-field]: 'translation_of' is missing: a translation file needs "
        "it\n  hint: write 'translation_of: …'. Code of the record.",
    ),
    "bad prose": (
        f"{WHOLE}".replace("text: Una nota.", 'text: "# Una nota"'),
        f"{ES}:6:49: error[not-prose]: a heading cannot stand inside of a text\n"
        "  hint: use **strong** text, or a section of its own; a line of text that begins with # "
        "needs \\#, and a line of dashes under a text makes a heading",
    ),
}


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RecordLibrary:
    monkeypatch.chdir(tmp_path)
    Path("data/records").mkdir(parents=True)
    Path("data/records/77299.yaml").write_text(RECORD, encoding="utf-8")
    return RecordLibrary([Path("data")])


def spanish(library: RecordLibrary) -> str:
    """What is told of the record in Spanish."""
    findings = Findings()
    library.find("77299").in_language("es", findings)
    return "\n".join(map(str, findings.diagnostics))


READ = read_in(RECORD, WHOLE)
ACCEPT = "docgen translations accept 77299 --language es"

UNLIKE = {
    "nothing of where it comes from": (
        WHOLE,
        f"{ES}:3:8: error[untraced-translation]: nothing says from which texts this translation "
        f"was made\n  hint: read it beside its source, then: {ACCEPT} --all",
    ),
    "a text of which nothing is said": (
        READ.replace(f'  name: "{digest_of("Planning")}"\n', ""),
        f"{ES}:4:7: error[untraced-translation]: nothing says from which text 'name' was "
        f"translated\n  hint: read it beside data/records/77299.yaml:5:7, then: {ACCEPT} name",
    ),
    "another wording": (
        READ.replace(digest_of("A note."), digest_of("A longer note.")),
        f"{ES}:6:48: error[stale-translation]: 'further_sections[0].text' was translated from "
        "another English (en) text than there is now\n"
        f"  hint: read data/records/77299.yaml:7:48, mend it here, then: {ACCEPT} "
        "'further_sections[0].text'",
    ),
    "more paragraphs": (
        READ.replace("text: Una nota.", 'text: "Una nota.\\n\\nOtra."'),
        f"{ES}:6:48: error[partial-translation]: 'further_sections[0].text' has 2 paragraphs in "
        "es, but 1 paragraph in en\n"
        f"  hint: mend it, or, where it is right so: {ACCEPT} --difference "
        "'further_sections[0].text'",
    ),
    "another number": (
        READ.replace("Menor.", "Menor que 5 mg."),
        f"{ES}:8:61: error[other-numbers]: 'similar_codes[0].difference' says '5 mg' in es, and "
        "nothing of it in en\n"
        f"  hint: mend it, or, where it is right so: {ACCEPT} --difference "
        "'similar_codes[0].difference'",
    ),
    "a digest of a text that is not there": (
        f'{READ}  risks: "0123456789abcdef"\n',
        f"{ES}:16:3: error[unknown-text]: 'risks' is not translated here, but has a digest\n"
        "  hint: take the line out, or mend its name",
    ),
    "a digest that is none": (
        READ.replace(digest_of("A plan"), digest_of("A plan").upper()),
        f"{ES}:10:10: error[bad-value]: 'made_from.title': '{digest_of('A plan').upper()}' is not "
        "a digest\n  hint: docgen writes it: docgen translations accept",
    ),
}


@pytest.mark.parametrize("case", UNLIKE)
def test_a_translation_that_is_none_gives_its_message(case: str, library: RecordLibrary) -> None:
    text, expected = UNLIKE[case]
    Path(ES).write_text(text, encoding="utf-8")
    assert spanish(library) == expected
    assert "\n".join(map(str, library.check())) == expected


def test_digits_alone_are_compared_in_other_languages(library: RecordLibrary) -> None:
    french = WHOLE.replace("language: es", "language: fr").replace("Menor.", "Moins de 20 ml.")
    Path(ES.replace("es", "fr")).write_text(read_in(RECORD, french), encoding="utf-8")
    findings = Findings()
    library.find("77299").in_language("fr", findings)
    (told,) = findings.diagnostics
    assert told.hint and told.hint.endswith(
        "'similar_codes[0].difference'. Number words are known in English and Spanish only; "
        "elsewhere digits are compared"
    )


@pytest.mark.parametrize("case", FILES)
def test_a_bad_translation_gives_its_message(case: str, library: RecordLibrary) -> None:
    text, expected = FILES[case]
    Path(ES).write_text(read_in(RECORD, text), encoding="utf-8")
    assert spanish(library) == expected
    assert "\n".join(map(str, library.check())) == expected


def test_a_good_translation_gives_none(library: RecordLibrary) -> None:
    Path(ES).write_text(read_in(RECORD, WHOLE), encoding="utf-8")
    assert spanish(library) == ""
    assert library.check() == ()


INSIDE = {
    "its own language": (
        "translations:\n  en: {title: A plan}\n",
        "data/records/77299.yaml:16:3: error[translation-into-itself]: the record is in en itself\n"
        "  hint: name the language of the translation, or take the translation out",
    ),
    "no language": (
        "translations:\n  spanish: {title: Un plan}\n",
        "data/records/77299.yaml:16:3: error[bad-language]: 'spanish' is not a language tag\n"
        "  hint: write one such as en or es-MX",
    ),
    "an unknown field": (
        "translations:\n  es: {nam: Planificación}\n",
        "data/records/77299.yaml:16:8: error[unknown-field]: 'nam' is not a field of a "
        "translation\n  hint: did you mean 'name'?",
    ),
}


@pytest.mark.parametrize("case", INSIDE)
def test_a_bad_translation_inside_of_a_record(case: str, library: RecordLibrary) -> None:
    text, expected = INSIDE[case]
    Path("data/records/77299.yaml").write_text(RECORD + text, encoding="utf-8")
    with pytest.raises(DocgenError) as refused:
        library.find("77299")
    assert str(refused.value) == expected


def test_a_translated_record_has_to_name_its_language(library: RecordLibrary) -> None:
    text = RECORD.replace("language: en\n", "")
    Path("data/records/77299.yaml").write_text(text, encoding="utf-8")
    Path(ES).write_text(WHOLE, encoding="utf-8")
    findings = Findings()
    library.find("77299").in_language("es", findings, assumed="en")
    assert [found.rule for found in findings.diagnostics] == ["missing-field"]


def test_two_translations_into_one_language(library: RecordLibrary) -> None:
    Path(ES).write_text(read_in(RECORD, WHOLE), encoding="utf-8")
    Path("data/records/cpt-77299.es.yaml").write_text(read_in(RECORD, WHOLE), encoding="utf-8")
    assert spanish(library) == (
        "data/records/cpt-77299.es.yaml:1:1: error[duplicate-translation]: there is another "
        "Spanish (es) translation of this record: data/records/77299.es.yaml:1:1\n"
        "  hint: keep one of the two"
    )


def test_a_translation_without_its_record(library: RecordLibrary) -> None:
    Path("data/records/77263.es.yaml").write_text(WHOLE, encoding="utf-8")
    assert [str(found) for found in library.check()] == [
        "data/records/77263.es.yaml:1:1: error[orphaned-translation]: there is no record of 77263 "
        "beside this translation\n"
        "  hint: move it beside its record, and name it as that is named: where several systems "
        "share a code, SYSTEM-CODE.TAG.yaml"
    ]


def test_a_translation_that_is_named_like_a_record(library: RecordLibrary) -> None:
    Path("data/records/77263.yaml").write_text(WHOLE, encoding="utf-8")
    assert [str(found) for found in library.check()] == [
        "data/records/77263.yaml:1:17: error[misnamed-translation]: this file translates a "
        "record, but its name does not say into which language\n"
        "  hint: name the file CODE.TAG.yaml or SYSTEM-CODE.TAG.yaml, such as 77299.es.yaml"
    ]
