"""Codes, languages, yes and no, copies, layouts and texts of a row."""

from pathlib import Path

import pytest

from docgen.source import is_unprintable
from docgen.worklist.rows.listed_codes import listed_codes
from docgen.worklist.values.languages import language_tag
from docgen.worklist.values.refusals import RefusedError
from tests.worklists import entry_of, rows_of, rules_of


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "day.csv"


def _codes(text: str, separator: str | None = None, system: str | None = None) -> list[str]:
    return [
        f"{code.code_system or ''}:{code.code}" for code in listed_codes(text, separator, system)
    ]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("77299", [":77299"]),
        ("77299;45378", [":77299", ":45378"]),
        (
            "77299, 45378 | G0121\n0DTJ4ZZ 0016t;",
            [":77299", ":45378", ":G0121", ":0DTJ4ZZ", ":0016t"],
        ),
        ("CPT:77299", ["cpt:77299"]),
        ("cpt: 77299", ["cpt:77299"]),
        ("CPT 77299; 45378", ["cpt:77299", ":45378"]),
        ("icd-10-pcs 0DTJ4ZZ", ["icd-10-pcs:0DTJ4ZZ"]),
        ("ICD10PCS:0DTJ4ZZ, HCPCS G0121", ["icd-10-pcs:0DTJ4ZZ", "hcpcs:G0121"]),
        ("CPT-4: 77299", ["cpt:77299"]),
        ("EXAMPLE-1", [":EXAMPLE-1"]),
        ("local:KNEE", ["local:KNEE"]),
        ("local 123", ["local:123"]),
    ],
)
def test_codes_are_read_in_their_order(text: str, codes: list[str]) -> None:
    assert _codes(text) == codes


@pytest.mark.parametrize("separator", [None, "/"])
def test_no_code_goes_over_a_line_break(separator: str | None) -> None:
    with pytest.raises(RefusedError):
        _codes("local:RAD\n12/77299", separator, "cpt")
    with pytest.raises(RefusedError):
        _codes("RAD\n12", "/", "local")


def test_a_named_separator_is_the_only_one() -> None:
    assert _codes("local:RAD 12/ cpt 77299/", "/") == ["local:RAD 12", "cpt:77299"]
    with pytest.raises(RefusedError):
        _codes("77299;45378", "/")


def test_a_code_system_of_the_map_is_of_codes_that_name_none() -> None:
    assert _codes("77299 hcpcs:G0121", None, "cpt") == ["cpt:77299", "hcpcs:G0121"]
    assert _codes("KNEE", None, "local") == ["local:KNEE"]


@pytest.mark.parametrize(
    "text",
    ["Ada Example", "EXAMPLE", "1950-03-31", "03/04/1950", "7729", "772990", "CPT", "; ,", "cpt:",
     "A" * 20 + "1", "77299 Planning"],
)  # fmt: skip
def test_what_does_not_look_like_a_code_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(RefusedError) as refused:
        _codes(text)
    told = refused.value.sentence + refused.value.hint
    assert not any(word in told for word in ("Ada", "EXAMPLE", "1950", "7729 ", "Planning"))


def test_an_unknown_code_system_is_refused() -> None:
    with pytest.raises(RefusedError) as refused:
        _codes("hcpc:G0121")
    assert (refused.value.rule, refused.value.hint) == (
        "unknown-code-system",
        "write one of cpt, hcpcs, icd-10-pcs, local before the colon",
    )


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("en", "en"),
        ("ES", "es"),
        ("es_mx", "es-MX"),
        ("es-419", "es-419"),
        ("Spanish", "es"),
        ("ESPAÑOL", "es"),
        ("spa", "es"),
        ("zh-hant", "zh-Hant"),
        ("Klingonish", None),
        ("jp", None),
        ("", None),
    ],
)
def test_languages_go_by_tags_codes_and_names(text: str, tag: str | None) -> None:
    assert language_tag(text) == tag


@pytest.mark.parametrize(
    ("text", "meant"),
    [("y", True), ("Yes", True), ("TRUE", True), ("1", True), ("x", True), ("N", False),
     ("no", False), ("false", False), ("0", False), ("", None)],
)  # fmt: skip
def test_yes_and_no_have_many_words(path: Path, text: str, meant: bool | None) -> None:
    assert entry_of(path, f"name,codes,Large Print\nAda,77299,{text}\n").large_print is meant


def test_a_map_says_what_words_mean(path: Path) -> None:
    column_map = (
        "values:\n  language: {Declined: en, Espanol: es}\n"
        '  large_print: {"18 pt": yes, Standard: no}\n'
    )
    text = "name,codes,Language,Large Print\nAda,77299,declined,18 PT\n"
    entry = entry_of(path, text, column_map)
    assert (entry.language, entry.large_print) == ("en", True)


@pytest.mark.parametrize(
    ("column", "value", "rule"),
    [
        ("copies", "0", "bad-value"),
        ("copies", "100", "bad-value"),
        ("copies", "-1", "bad-value"),
        ("copies", "two", "bad-value"),
        ("copies", "１", "bad-value"),
        ("language", "Elvish-Sindarin", "unknown-language"),
        ("large_print", "maybe", "bad-value"),
        ("layouts", "../secret", "bad-value"),
        ("patient_id", "1.23457E+12", "rounded-number"),
        ("patient_id", "12\x0734", "unprintable-character"),
        ("patient_id", "12\n34", "line-break"),
        ("copies", "1\n2", "bad-value"),
        ("language", "Spa\nnish", "unknown-language"),
        ("location", "Room\n\x0b2", "unprintable-character"),
        ("location", "Room\t2", "unprintable-character"),
        ("provider", "Dr. \u2028Model", "unprintable-character"),
        ("clinic", "\ue000", "unprintable-character"),
    ],
)
def test_a_bad_value_is_told_by_its_heading_alone(
    path: Path, column: str, value: str, rule: str
) -> None:
    (row,) = rows_of(path, f'patient_name,codes,{column}\nAda,77299,"{value}"\n')
    assert rules_of(row) == [rule]
    told = str(row.problems[0])
    assert f"'{column}'" in told
    assert value not in told.removeprefix(str(path))
    assert "Ada" not in told


def test_a_line_break_in_a_text_is_a_blank(path: Path) -> None:
    """What a sheet prints on one line is joined by a blank, whatever blanks stand at the break."""
    entry = entry_of(
        path,
        "patient_name,codes,patient_id,location,provider,clinic,appointment_time\n"
        '"Example, \n\n  Ada\n","77299\n45378","\nT-1\n","Room 2\r\n\tFloor 3","Dr.\nModel",'
        '"Outer\rClinic","2026-11-24\n09:30"\n',
    )
    visit = entry.visit
    assert (visit.patient_name, entry.patient_id) == ("Example, Ada", "T-1")
    assert (visit.place, visit.provider, entry.clinic) == (
        "Room 2 Floor 3",
        "Dr. Model",
        "Outer Clinic",
    )
    assert str(visit.appointment) == "2026-11-24 09:30:00"
    assert [code.code for code in entry.codes] == ["77299", "45378"]


def test_everything_wrong_with_a_row_is_told_at_once(path: Path) -> None:
    text = "patient_name,DOB,codes,copies\n ,03/04/1950,,0\n"
    (row,) = rows_of(path, text)
    assert rules_of(row) == ["missing-value", "bad-date", "missing-value", "bad-value"]


def test_copies_and_layouts_are_read(path: Path) -> None:
    text = "name,codes,copies,layouts\nAda,77299,99,patient-handout; clinician-summary\n"
    entry = entry_of(path, text)
    assert entry.copies == 99
    assert entry.layouts == ("patient-handout", "clinician-summary")
    entry = entry_of(path, "name,codes,copies,layouts\nAda,77299,,\n")
    assert (entry.copies, entry.layouts) == (1, None)


def test_a_name_of_300_characters_is_kept(path: Path) -> None:
    name = "Ada " + "Example " * 37
    entry = entry_of(path, f"name,codes\n{name},77299\n")
    assert entry.visit.patient_name == name.strip()


def test_what_python_takes_for_printable_can_be_printed() -> None:
    """The quick check of texts relies on it."""
    every = map(chr, range(0x110000))
    missed = [char for char in every if char.isprintable() and is_unprintable(char)]
    assert missed == ["\ufffd"]
