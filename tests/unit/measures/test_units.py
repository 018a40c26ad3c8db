"""The table of units, held to CLDR (by Babel), to UCUM's grammar and to itself."""

import re
from collections import Counter
from typing import Literal

import pytest
from babel.units import format_unit

from docgen.measures import UNITS, holds_quantity, quantities

LANGUAGES: tuple[Literal["en", "es"], ...] = ("en", "es")
CLDR = {
    "mass-kilogram": "kg",
    "mass-gram": "g",
    "mass-milligram": "mg",
    "mass-microgram": "ug",
    "mass-pound": "[lb_av]",
    "mass-ounce": "[oz_av]",
    "mass-stone": "[stone_av]",
    "mass-grain": "[gr]",
    "volume-liter": "L",
    "volume-deciliter": "dL",
    "volume-centiliter": "cL",
    "volume-milliliter": "mL",
    "volume-cubic-centimeter": "cm3",
    "volume-fluid-ounce": "[foz_us]",
    "volume-teaspoon": "[tsp_us]",
    "volume-tablespoon": "[tbs_us]",
    "volume-cup": "[cup_us]",
    "volume-pint": "[pt_us]",
    "volume-quart": "[qt_us]",
    "volume-gallon": "[gal_us]",
    "volume-drop": "[drp]",
    "length-nanometer": "nm",
    "length-micrometer": "um",
    "length-millimeter": "mm",
    "length-centimeter": "cm",
    "length-meter": "m",
    "length-kilometer": "km",
    "length-inch": "[in_i]",
    "length-foot": "[ft_i]",
    "length-yard": "[yd_i]",
    "length-mile": "[mi_i]",
    "area-square-meter": "m2",
    "temperature-celsius": "Cel",
    "temperature-fahrenheit": "[degF]",
    "duration-millisecond": "ms",
    "duration-second": "s",
    "duration-minute": "min",
    "duration-hour": "h",
    "duration-day": "d",
    "duration-night": "{night}",
    "duration-week": "wk",
    "duration-month": "mo",
    "duration-year": "a",
    "duration-decade": "{decade}",
    "concentr-percent": "%",
    "concentr-permille": "[ppth]",
    "concentr-permillion": "[ppm]",
    "concentr-mole": "mol",
    "energy-calorie": "cal",
    "energy-kilocalorie": "kcal",
    "energy-joule": "J",
    "energy-kilojoule": "kJ",
    "pressure-millimeter-ofhg": "mm[Hg]",
    "electric-volt": "V",
    "electric-milliampere": "A",
    "frequency-hertz": "Hz",
    "frequency-megahertz": "Hz",
    "power-watt": "W",
}
"""The units of CLDR that a sheet may hold, each with the code of its row."""


TOO_SHORT = {"st", "c", "in", "p", "m", "a", "dec", "déc", "dr", "drdrops"}
"""Signs of CLDR for places where nothing else can be meant; in a text, each mostly is a word, and
those for drops are a mistake of CLDR's."""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("length", ["long", "short"])
def test_what_cldr_calls_a_unit_is_in_the_table(
    language: str, length: Literal["long", "short"]
) -> None:
    told = {}
    for unit, code in CLDR.items():
        for number in (1, 5):
            said = format_unit(number, unit, length, locale=language).rstrip(".")
            found = [(said[one.start : one.end], one.unit) for one in quantities(said)]
            if found != [(said, code)]:
                told[said.split(maxsplit=1)[1]] = found
    assert set(told) <= (TOO_SHORT if length == "short" else set())


def test_no_sign_stands_for_two_units() -> None:
    rows = {(word, unit.code) for unit in UNITS for word in unit.written}
    rows |= {(word, unit.code) for unit in UNITS for word in filter(None, unit.loose.split("|"))}
    words = Counter(word for word, _ in rows)
    assert [word for word, count in words.items() if count > 1] == []


def test_codes_are_those_of_ucum_or_annotations_and_stand_once() -> None:
    codes = [unit.code for unit in UNITS]
    assert len(codes) == len(set(codes))
    form = r"%|(?:[a-zA-Z]{1,4}\d?|[a-zA-Z]*\[[A-Za-z0-9_]+\]|\{[a-z ]+\})(?:/min|/\[in_i\])?"
    assert [code for code in codes if not re.fullmatch(form, code)] == []


def test_every_sign_and_word_of_the_table_makes_a_quantity_and_no_loose_one_does() -> None:
    written = [word for unit in UNITS for word in unit.written]
    assert [word for word in written if not holds_quantity(f"take 5 {word} now")] == []
    loose = [word for unit in UNITS for word in filter(None, unit.loose.split("|"))]
    assert [word for word in loose if holds_quantity(f"take 5 {word} now")] == []


def test_words_are_in_small_letters() -> None:
    words = [word for unit in UNITS for language in LANGUAGES for word in unit.words(language)]
    assert [word for word in words if word != word.lower()] == []
