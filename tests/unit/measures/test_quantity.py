"""Where quantities stand in a text. What is expected is written by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.measures import holds_quantity, quantities


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("take 1 ½ tablets now", ["1 ½ tablets"]),
        ("1½ tablets, or ½ tablet", ["1½ tablets", "½ tablet"]),
        ("2 1/2 tsp.", ["2 1/2 tsp"]),
        ("2 y media tabletas", ["2 y media tabletas"]),
        ("2 and a half tablets", ["2 and a half tablets"]),
        ("10 000 IU daily", ["10 000 IU"]),
        ("10\u2009000 IU daily", ["10\u2009000 IU"]),
        ("1 000 000 U", ["1 000 000 U"]),
        ("1.000,5 mg y 1,000.5 mg", ["1.000,5 mg", "1,000.5 mg"]),
        ("5 mg/mL or", ["5 mg/mL"]),
        ("5 mcg/kg/min,", ["5 mcg/kg/min"]),
        ("160 mg / 5 mL of", ["160 mg / 5 mL"]),
        ("3/day", ["3/day"]),
        ("≥ 5 and <10", ["≥ 5", "<10"]),
        ("≤ 5.5 mmol/L", ["≤ 5.5 mmol/L"]),
        ("5 – 10 mg", ["5 – 10 mg"]),
        ("5–10 mg", ["5–10 mg"]),
        ("5 to 10 mg", ["5 to", "10 mg"]),
        ("1 or 2 drops, 7 u 8 horas", ["1 or", "2 drops", "7 u", "8 horas"]),
        ("in 1 or 2 people", ["1", "2"]),
        ("2 × 3 cm and 2 x 3 cm", ["2 × 3 cm", "2 x", "3 cm"]),
        ("5 × 10⁹/L", ["5 × 10⁹/L"]),
        ("a las 7 a. m. y 8:30 p. m.", ["7 a. m.", "8:30 p. m."]),
        ("at 7:30 a.m., then 8 PM", ["7:30 a.m.", "8 PM"]),
        ("38.5 °C (101 °F), 38° C, 38 ° C", ["38.5 °C", "101 °F", "38° C", "38 ° C"]),
        ("5 % de, 5%", ["5 %", "5%"]),
        ("120 mm Hg; 120 mmHg", ["120 mm Hg", "120 mmHg"]),
        ("8 fl oz of water", ["8 fl oz"]),
        ("a 5-mg tablet, a 24-hour day", ["5-mg", "24-hour"]),
        ("3 gotas, 2 comprimidos", ["3 gotas", "2 comprimidos"]),
        ("5 MG, 5 Ml", ["5 MG", "5 Ml"]),
        ("5 in 100 people", ["5 in", "100"]),
        ("vitamin B12 500 mcg", ["500 mcg"]),
        ("5 mg–10 mg", ["5 mg", "10 mg"]),
        ("5\nmg", ["5"]),
        ("none", []),
    ],
)
def test_quantities(text: str, expected: list[str]) -> None:
    assert [text[found.start : found.end] for found in quantities(text)] == expected


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("5 mg/mL", "mg"),
        ("5 comprimidos", "{tbl}"),
        ("5 tablets", "{tbl}"),
        ("5 UI", "[IU]"),
        ("5 international units", "[IU]"),
        ("5 % de", "%"),
        ("38° C", "Cel"),
        ("100 degrees Fahrenheit", "[degF]"),
        ("a las 7 a. m.", "{am}"),
        ("5 in 100", None),
        ("5 people", None),
        ("1 or 2 drops", "[drp]"),
    ],
)
def test_what_is_the_same_in_two_languages_has_one_unit(text: str, unit: str | None) -> None:
    assert next(quantities(text)).unit == unit


@pytest.mark.parametrize(
    "text", ["5 mg", "one tablet", "half a tablet", "two (2) pills", "una pastilla", "2 more pills"]
)
def test_a_dose_may_be_in_words(text: str) -> None:
    assert holds_quantity(f"Take {text} now.")


@pytest.mark.parametrize(
    "text", ["in 5 of 100 people", "CPT 77299", "one of them", "step 2", "mg and mL"]
)
def test_a_number_alone_is_no_dose(text: str) -> None:
    assert not holds_quantity(text)


@given(st.text(st.sampled_from("1½ 0/–-.°×≥m gLato(\n\u00a0"), max_size=30), st.integers(0, 30))
def test_quantities_follow_each_other(text: str, at: int) -> None:
    end = 0
    for found in quantities(text, at):
        assert 0 <= end <= found.start < found.end <= len(text)
        assert any(char.isdigit() or char == "½" for char in text[found.start : found.end])
        assert "\n" not in text[found.start : found.end]
        end = found.end
