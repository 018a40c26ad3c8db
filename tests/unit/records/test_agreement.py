"""Translations that are one no longer: refused, told by the check, or left out for a fallback."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.diagnostics import DocgenError, Findings
from docgen.records import OrganizationRecords, ProcedureRecord, RecordLibrary
from tests.translated import digest_of, read_changes, read_in

RECORD = """\
code: "77299"
code_system: cpt
language: en
title: A plan
name: Planning
summary: A plan in two steps.
preparation: |
  Before the day:

  - Eat as usual.
  - Take 5 mg at 8 pm.
  - Call (555) 555-0100.

  On the day, come early.
risks: Few.
further_sections:
  - {title: Notes, audience: clinicians, text: A note.}
provenance:
  version: 1.0
  authors: [Ada Sample]
  note: Sample content.
"""
SPANISH = """\
translation_of: "77299"
language: es
title: Un plan
name: Planificación
summary: Un plan de dos pasos.
preparation: |
  Antes del día:

  - Coma como siempre.
  - Tome 5 mg a las 20:00.
  - Llame al (555) 555-0100.

  El día mismo, venga temprano.
risks: Pocos.
further_sections:
  - {title: Notas, audience: clinicians, text: Una nota.}
provenance:
  note: Contenido de muestra.
"""
READ = read_in(RECORD, SPANISH)
EN, ES = Path("data/records/77299.yaml"), Path("data/records/77299.es.yaml")


@pytest.fixture(autouse=True)
def _translated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    EN.parent.mkdir(parents=True)
    EN.write_text(RECORD, "utf-8")
    ES.write_text(READ, "utf-8")


def library() -> RecordLibrary:
    return RecordLibrary([Path("data")])


def spoken(tag: str = "es", fallback: str | None = None) -> ProcedureRecord:
    findings = Findings()
    record = library().find("77299").in_language(tag, findings, fallback=fallback)
    findings.raise_if_any()
    return record


def told(tag: str = "es") -> list[str]:
    """What keeps the record from being printed, which the check has to tell too."""
    try:
        spoken(tag)
    except DocgenError as error:
        found = [f"{one.rule} {one.span and one.span.line}" for one in error.diagnostics]
        assert set(error.diagnostics) <= set(library().check())
        return found
    return []


def test_what_was_read_is_printed() -> None:
    assert str(spoken().summary) == "Un plan de dos pasos."
    assert library().check() == ()


def test_lines_may_end_elsewhere() -> None:
    EN.write_text(RECORD.replace("A plan in two steps.", "|\n  A plan\n  in  two steps."), "utf-8")
    assert told() == []


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ("title: A new plan", 3),
        ("name: A plan", 4),
        ("summary: A plan in two steps, soon.", 5),
        ("risks: Several.", 14),
    ],
)
def test_a_text_that_has_changed_since_is_stale(changed: str, line: int) -> None:
    key = changed.partition(":")[0]
    lines = (changed if one.startswith(f"{key}:") else one for one in RECORD.split("\n"))
    EN.write_text("\n".join(lines), "utf-8")
    assert told() == [f"stale-translation {line}"]


TEXTS = ("A plan", "Planning", "A plan in two steps.", "Eat as usual.", "Few.", "Notes", "A note.")


@given(
    text=st.sampled_from(TEXTS),
    added=st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1, max_size=5),
)
def test_no_changed_text_keeps_its_translation(
    text: str, added: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("data")
    (folder / "records").mkdir()
    changed = RECORD.replace(text, f"{text.rstrip('.')} {added}", 1)
    (folder / "records/77299.yaml").write_text(changed, "utf-8")
    (folder / "records/77299.es.yaml").write_text(READ, "utf-8")
    findings = Findings()
    RecordLibrary([folder]).find("77299").in_language("es", findings)
    assert {one.rule for one in findings.diagnostics} == {"stale-translation"}


@pytest.mark.parametrize(
    ("here", "instead"),
    [
        ("  - Coma como siempre.\n", ""),
        ("  - Coma como siempre.\n", "  - Coma.\n  - Como siempre.\n"),
        ("\n  El día mismo, venga temprano.\n", ""),
        ("  - Coma como siempre.\n", "  1. Coma como siempre.\n"),
    ],
)
def test_other_parts_are_told(here: str, instead: str) -> None:
    assert here in READ
    ES.write_text(READ.replace(here, instead), "utf-8")
    assert told() == ["partial-translation 6"]


def test_parts_may_be_written_otherwise_and_be_the_same() -> None:
    """Asterisks for bullets, and three blanks after them, make the same list."""
    bullets = ("Coma", "Tome", "Llame")
    written = READ
    for word in bullets:
        written = written.replace(f"  - {word}", f"  *   {word}")
    ES.write_text(written, "utf-8")
    assert told() == []


@pytest.mark.parametrize(
    ("here", "instead", "place"),
    [
        ("Tome 5 mg", "Tome 50 mg", "10:10"),
        ("Tome 5 mg", "Tome **50** mg", "10:12"),
        ("5 mg", "5 mcg", "10:10"),
        ("20:00", "21:00", "10:21"),
        ("555-0100", "555-0101", "11:14"),
        ("dos pasos", "tres pasos", "5:21"),
        ("dos pasos", "varios pasos", "5:10"),
        ("Pocos.", "Unos 2.", "14:13"),
    ],
)
def test_other_numbers_are_told_at_their_place(here: str, instead: str, place: str) -> None:
    ES.write_text(READ.replace(here, instead), "utf-8")
    with pytest.raises(DocgenError) as refused:
        spoken()
    (one,) = refused.value.diagnostics
    assert one.rule == "other-numbers"
    assert str(one.span) == f"{ES}:{place}"


def test_doses_that_changed_items_are_told() -> None:
    """The same numbers are there, at another place."""
    swapped = READ.replace("Coma como siempre", "Tome 5 mg a las 20:00", 1)
    swapped = swapped.replace(
        "- Tome 5 mg a las 20:00.\n  - Llame", "- Coma como siempre.\n  - Llame"
    )
    ES.write_text(swapped, "utf-8")
    assert told() == ["other-numbers 9", "other-numbers 9", "other-numbers 10", "other-numbers 10"]


def test_a_text_without_digest_is_told_of_its_own() -> None:
    kept = [line for line in READ.split("\n") if not line.startswith("  risks:")]
    ES.write_text("\n".join(kept), "utf-8")
    assert told() == ["untraced-translation 14"]


def test_a_translation_without_digests_is_told_once() -> None:
    ES.write_text(SPANISH, "utf-8")
    assert told() == ["untraced-translation 3"]


def accepted(source: str, translation: str) -> str:
    pair = f'source: "{digest_of(source)}", translation: "{digest_of(translation)}"'
    return f"accepted_differences:\n  summary: {{{pair}}}\n"


def test_an_accepted_difference_is_printed_until_either_text_changes() -> None:
    source, translation = "A plan in two steps.", "Un plan de pocos pasos."
    differing = READ.replace("Un plan de dos pasos.", translation)
    ES.write_text(differing, "utf-8")
    assert told() == ["other-numbers 5"]

    kept = differing + accepted(source, translation)
    ES.write_text(kept, "utf-8")
    assert told() == []

    ES.write_text(kept.replace("pocos pasos", "unos pasos"), "utf-8")
    assert told() == ["other-numbers 5"]

    again = RECORD.replace("two steps", "three steps")
    EN.write_text(again, "utf-8")
    ES.write_text(kept.replace(digest_of(source), digest_of("A plan in three steps."), 1), "utf-8")
    assert told() == ["other-numbers 5"]


def texts(record: ProcedureRecord) -> Iterator[tuple[str, str | None]]:
    for _, __, prose in record.sections():
        yield prose.text.value.split("\n")[0], prose.text.language


def test_a_fallback_stands_in_for_what_is_no_translation_any_more() -> None:
    EN.write_text(RECORD.replace("Few.", "Several."), "utf-8")
    ES.write_text(READ.replace("dos pasos", "pasos"), "utf-8")
    record = spoken(fallback="en")
    assert record.falls_back
    assert list(texts(record)) == [
        ("A plan in two steps.", "en"),
        ("Antes del día:", None),
        ("Several.", "en"),
    ]


def test_a_list_with_other_items_falls_back_as_a_whole() -> None:
    more = "  - {title: More, audience: clinicians, text: More.}\nprovenance:"
    EN.write_text(RECORD.replace("provenance:", more), "utf-8")
    assert told() == ["uneven-translation 15"]
    record = spoken(fallback="en")
    assert [str(section.title) for section in record.further_sections] == ["Notes", "More"]
    assert {section.title.language for section in record.further_sections} == {"en"}
    assert str(record.risks) == "Pocos."


def test_the_next_country_serves_before_the_fallback() -> None:
    mexican = 'translation_of: "77299"\nlanguage: es-MX\nrisks: Muy pocos.\n'
    ES.with_name("77299.es-MX.yaml").write_text(mexican, "utf-8")
    assert told("es-MX") == ["untraced-translation 3"]
    record = spoken("es-MX", fallback="en")
    assert str(record.risks) == "Pocos."
    assert not record.falls_back


def test_another_text_of_the_own_language_needs_no_digest() -> None:
    EN.write_text(RECORD.replace("Few.", "Several."), "utf-8")
    assert spoken("en").language is not None


def test_a_name_stays_as_it_is_where_its_translation_is_stale() -> None:
    policies = "policies:\n  - {payer: Sample Plan, title: A policy}\n"
    EN.write_text(RECORD + policies, "utf-8")
    translated = f"{SPANISH}policies:\n  - {{title: Una política}}\n"
    ES.write_text(read_in(RECORD + policies, translated), "utf-8")
    assert str(spoken().policies[0].title) == "Una política"
    EN.write_text((RECORD + policies).replace("A policy", "Another policy"), "utf-8")
    assert told() == ["stale-translation 20"]
    record = spoken(fallback="en")
    assert str(record.policies[0].title) == "Another policy"
    assert not record.falls_back


CHANGE = """\
extends: "77299"
code_system: cpt
change:
  preparation: {en: Take 5 mg., es: Tome 5 mg.}
insert:
  - section:
      title: {en: Parking, es: Estacionamiento}
      text: {en: Lot 2., es: Lote 2.}
"""
OWN = Path("clinic/records/77299.yaml")


def of_the_clinic(language: str | None = None) -> RecordLibrary:
    own = OrganizationRecords(Path("clinic"), "Sample Clinic", language)
    return RecordLibrary([Path("data")], [own])


def problems(text: str, tag: str = "es", language: str | None = None) -> list[str]:
    OWN.parent.mkdir(parents=True, exist_ok=True)
    OWN.write_text(text, "utf-8")
    findings = Findings()
    own = of_the_clinic(language)
    own.find("77299").in_language(tag, findings)
    found = [f"{one.rule} {one.span and one.span.line}" for one in findings.diagnostics]
    assert {*findings.diagnostics} <= {*own.check(), *own.check(["en", "es"]), *own.check(())}
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (read_changes(CHANGE), []),
        (CHANGE, ["untraced-translation 4"]),
        (read_changes(CHANGE).replace("Take 5 mg.", "Take 6 mg."), ["stale-translation 4"]),
        (read_changes(CHANGE).replace("Lot 2.", "Lot 3."), ["stale-translation 8"]),
        (read_changes(CHANGE.replace("Tome 5", "Tome 6")), ["other-numbers 4"]),
        (f'{read_changes(CHANGE)}    change.risks: "{"0" * 16}"\n', ["unknown-text 14"]),
    ],
)
def test_changes_of_organizations_say_what_they_were_made_from(
    text: str, expected: list[str]
) -> None:
    if expected == ["unknown-text 14"]:
        OWN.parent.mkdir(parents=True)
        OWN.write_text(text, "utf-8")
        with pytest.raises(DocgenError, match="unknown-text"):
            of_the_clinic().find("77299")
        assert [one.rule for one in of_the_clinic().check()] == ["unknown-text"]
        return
    assert problems(text) == expected


def test_a_stale_text_that_an_organization_replaced_is_no_matter() -> None:
    EN.write_text(RECORD.replace("Eat as usual", "Eat nothing"), "utf-8")
    assert told() == ["stale-translation 6"]
    assert problems(read_changes(CHANGE)) == []


def test_without_the_records_language_the_organizations_is_the_source() -> None:
    change = CHANGE.partition("insert:")[0].replace("{en: Take 5 mg., es: Tome 5 mg.}", "{}")
    change = change.replace("{}", "{fr: Prenez 5 mg., es: Tome 5 mg.}")
    spanish_first = (
        f'{change}made_from:\n  fr:\n    change.preparation: "{digest_of("Tome 5 mg.")}"\n'
    )
    assert problems(spanish_first, language="es") == []
    assert problems(spanish_first, tag="es", language="fr") == ["untraced-translation 4"]


def test_of_very_many_numbers_the_first_are_told_and_the_others_counted() -> None:
    """Each at its place in a text of many lines: that must not take for ever."""
    many = "\n".join(f"  Tome {number} mg." for number in range(1000, 3000))
    spanish = SPANISH.replace("risks: Pocos.", f"risks: |\n{many}")
    ES.write_text(read_in(RECORD, spanish), "utf-8")
    found = library().check()
    assert {one.rule for one in found} == {"other-numbers"}
    assert len(found) == 101
    assert any(
        "'risks' says other numbers in 1,900 more places in es" in one.message for one in found
    )
