"""Numbers, units, hours, phone numbers and codes, read off a text.

Number words are held against ICU's spelling of numbers, decimal signs against Babel's copy of
CLDR: neither is what docgen reads by. The table of units is held to CLDR by its own tests.
"""

from decimal import Decimal
from fractions import Fraction
from typing import Literal

import pytest
from babel.numbers import get_decimal_symbol
from hypothesis import given
from hypothesis import strategies as st
from icu4py.messageformat import MessageFormat

from docgen.measures import UNITS, Unit
from docgen.numerals import numerals
from docgen.numerals.words import decimal_signs

SOFT_HYPHEN = "\xad"
SPELLED = {tag: MessageFormat("{value, spellout}", tag) for tag in ("en", "es")}


def read(text: str, tag: str = "en") -> list[tuple[object, str | None]]:
    """The certain values of a text, each in its first reading."""
    return [one.readings[0] for one in numerals(text, tag) if one.is_certain]


@pytest.mark.parametrize("tag", SPELLED)
def test_number_words_are_read_as_icu_spells_them(tag: str) -> None:
    for value in (0, *range(2, 1100), *range(1100, 3_000_000, 10_007)):
        spelled = SPELLED[tag].format({"value": value}).replace(SOFT_HYPHEN, "")
        assert read(f"{spelled}.", tag) == [(value, None)], spelled


@given(value=st.integers(2, 10**9 - 1))
def test_any_number_in_words_is_read(value: int) -> None:
    spelled = SPELLED["en"].format({"value": value})
    assert read(f"Take {spelled} of them", "en") == [(value, None)]


NO_AMOUNTS = ("{am}", "{pm}", "{hour of day}")
TONGUES: tuple[Literal["en", "es"], ...] = ("en", "es")


NAMED = [
    unit for unit in UNITS if unit.code not in NO_AMOUNTS and (unit.words("en") or unit.words("es"))
]


@pytest.mark.parametrize("unit", NAMED, ids=lambda unit: unit.code)
def test_all_words_of_a_unit_name_it_in_every_language(unit: Unit) -> None:
    """A row may hold thousandths as well, such as mSv in that of Sv: they are told apart."""
    words = [(word, tag) for tag in TONGUES for word in unit.words(tag) if "cuarto" not in word]
    named = {read(f"7 {word}.", tag)[0][1] for word, tag in words}
    assert {one for one in named if one and not one.endswith(unit.code)} == set()
    assert None not in named


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("5 cGy", "cGy"), ("5 Gy", "Gy"), ("5 mSv", "mSv"), ("5 millisieverts", "mSv"),
        ("5 mU", "m{unit}"), ("5 U", "{unit}"), ("5 units", "{unit}"), ("5 kHz", "kHz"),
        ("5 I.U.", "[IU]"), ("5 mg.", "mg"), ("5 MG", "mg"), ("5mg", "mg"), ("5-mg", "mg"),
        ("5 fl oz", "[foz_us]"), ("5 in. long", "[in_i]"), ("5 in all", None), ("the 20s", None),
        ("5 s", "s"), ("5 m²", "m2"), ("5 kg/m²", "kg"), ("5 mg/mL", "mg/mL"),
        ("5 units/kg", "{unit}/kg"),
        ("5 mmHg", "mm[Hg]"), ("5 millimeters of mercury", "mm[Hg]"), ("5 ° C", "Cel"),
    ],
)  # fmt: skip
def test_signs_are_told_apart(text: str, unit: str | None) -> None:
    ((_, found),) = read(text)
    assert found == unit


@pytest.mark.parametrize("tag", ["fr", "vi", "pl", "tr", "zh"])
@pytest.mark.parametrize("sign", ["mg", "g", "mL", "cm", "%", "°C", "mmHg"])
def test_signs_are_known_in_every_language(sign: str, tag: str) -> None:
    ((_, found),) = read(f"20 {sign}")
    assert read(f"20 {sign}", tag) == [(20, found)]
    assert found is not None


SPANISH = ("es-ES", "es-AR", "es-CO", "es-MX", "es-US", "es-PR", "es-DO", "es-GT", "es-419")
LANGUAGES = "en fr de it pt ru uk pl vi zh ko ja hi ur fa ar th tr el he am so sw nl cs ro".split()  # noqa: SIM905


@pytest.mark.parametrize("tag", [*LANGUAGES, *SPANISH])
def test_decimal_signs_are_those_of_cldr(tag: str) -> None:
    sign = get_decimal_symbol(tag.replace("-", "_"), numbering_system="latn")
    assert sign in decimal_signs(tag)
    if tag.startswith("es-"):
        assert decimal_signs(tag) == sign


@pytest.mark.parametrize(
    ("text", "tag", "values"),
    [
        ("1,500", "en", [1500]),
        ("1.500", "en", [Decimal("1.5")]),
        ("1,500", "es-MX", [1500]),
        ("1,500", "es-ES", [Decimal("1.5")]),
        ("1.500", "es-ES", [1500]),
        ("1.500", "de", [1500]),
        ("1,500", "es", [1500, Decimal("1.5")]),
        ("1.500", "es", [1500, Decimal("1.5")]),
        ("0.125", "es-ES", [Decimal("0.125")]),
        ("2,25", "en", [Decimal("2.25")]),
        ("1,234,567.5", "en", [Decimal("1234567.5")]),
        ("1.234.567,5", "es", [Decimal("1234567.5")]),
        ("10 000", "en", [10000]),
        ("10\u202f500", "fr", [10500]),
        ("12 500", "es", [12500]),
        ("١٬٥٠٠", "ar", [1500]),
        ("٢٫٥", "ar", [Decimal("2.5")]),
        (".5", "en", [Decimal("0.5")]),
        ("-5", "en", [-5]),
        ("−5", "es", [-5]),
        ("½", "en", [Decimal("0.5")]),
        ("2½", "es", [Decimal("2.5")]),
        ("2 1/2", "en", [Decimal("2.5")]),
        ("1-1/2", "en", [Decimal("1.5")]),
        ("3/4", "es", [Decimal("0.75")]),
    ],
)
def test_digits_are_read_by_the_signs_of_their_language(
    text: str, tag: str, values: list[int | Decimal]
) -> None:
    (found,) = numerals(text, tag)
    assert {value for value, _ in found.readings} == {Fraction(value) for value in values}


@pytest.mark.parametrize(
    ("text", "tag", "values"),
    [
        ("two 500 mg tablets", "en", [(2, None), (500, "mg")]),
        ("2 500 mg tablets", "en", [(2, None), (500, "mg")]),
        ("120/80", "en", [(120, None), (80, None)]),
        ("24/7", "en", [(24, None), (7, None)]),
        ("2026-05-12", "en", [(2026, None), (5, None), (12, None)]),
        ("20 to 45 minutes", "en", [(20, "min"), (45, "min")]),
        ("de dos a tres horas", "es", [(2, "h"), (3, "h")]),
        ("5, 10 or 15 mg", "en", [(5, "mg"), (10, "mg"), (15, "mg")]),
        ("una hora y media", "es", [(Fraction(3, 2), "h")]),
        ("dos tazas y media", "es", [(Fraction(5, 2), "[cup_us]")]),
        ("half an hour", "en", [(Fraction(1, 2), "h")]),
        ("un cuarto de hora", "es", [(Fraction(1, 4), "h")]),
        ("two thirds", "en", [(Fraction(2, 3), None)]),
        ("two dozen", "en", [(24, None)]),
        ("2 millones", "es", [(2_000_000, None)]),
        ("twice", "en", [(2, "{times}")]),
        ("dos veces", "es", [(2, "{times}")]),
        ("5 mg/kg", "en", [(5, "mg/kg")]),
        ("5 mg por kilogramo", "es", [(5, "mg/kg")]),
        ("10 mg a day", "en", [(10, "mg")]),
        ("8:15 a.m.", "en", [(Fraction(33, 4), "clock")]),
        ("8.15 p. m.", "es", [(Fraction(81, 4), "clock")]),
        ("12 am", "en", [(0, "clock")]),
        ("12 p. m.", "es", [(12, "clock")]),
        ("noon", "en", [(12, "clock")]),
        ("las 12 de la noche", "es", [(0, "clock")]),
        ("las tres de la tarde", "es", [(15, "clock")]),
        ("(555) 555-0100", "en", [("5555550100", "phone")]),
        ("+1 555.555.0100", "es", [("5555550100", "phone")]),
        ("Call 911.", "en", [("911", "phone")]),
        ("911 mg", "en", [(911, "mg")]),
        ("vitamin B-12", "en", [("B12", "code")]),
        ("HCPCS G0121", "en", [("G0121", "code")]),
        ("https://example.org/2024/5", "en", []),
        ("once", "en", []),
        ("the second one", "en", []),
        ("una vez", "es", []),
        ("medio de contraste", "es", []),
        ("el cuarto de baño", "es", []),
    ],
)
def test_what_stands_around_a_number_belongs_to_it(
    text: str, tag: str, values: list[tuple[object, str | None]]
) -> None:
    assert read(text, tag) == values


def test_an_hour_without_its_half_of_the_day_may_be_either() -> None:
    (found,) = numerals("2:30", "en")
    assert [value for value, _ in found.readings] == [Fraction(5, 2), Fraction(29, 2)]


def test_places_are_those_of_the_text() -> None:
    text = "Tome una tableta y media, y dos más"
    found = [text[one.start : one.end] for one in numerals(text, "es") if one.is_certain]
    assert found == ["una tableta y media", "dos"]
