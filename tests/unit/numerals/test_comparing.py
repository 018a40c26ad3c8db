"""Two texts in two languages that say the same numbers, or do not."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icu4py.messageformat import MessageFormat

from docgen.numerals import differences

AGREEING = [
    ("two hours", "2 h"),
    ("Take one tablet twice a day.", "Tome una tableta dos veces al día."),
    ("1.5 mL", "1,5 mL"),
    ("1.5 mL", "1.5 mL"),
    ("1,000 steps", "1.000 pasos"),
    ("1,000 steps", "1,000 pasos"),
    ("10,000 IU", "10 000 UI"),
    ("at 2:30 PM", "a las 14:30"),
    ("at 2:30 PM", "a las 2:30 de la tarde"),
    ("8 a.m. to noon", "de 8 a. m. a mediodía"),
    ("from 8 to 10 a.m.", "de 8 a. m. a 10 a. m."),
    ("eight in the morning", "las 8 de la mañana"),
    ("Two in the morning and three at night.", "Dos por la mañana y tres por la noche."),
    ("half a tablet", "media tableta"),
    ("1 ½ tablets", "una tableta y media"),
    ("an hour and a half", "hora y media"),
    ("two and a half cups", "2 1/2 tazas"),
    ("20 to 45 minutes", "de 20 a 45 minutos"),
    ("3-5 days", "entre 3 y 5 días"),
    ("thirty-five percent", "35 %"),
    ("1 in 100 people", "1 de cada 100 personas"),
    ("one in ten", "uno de cada diez"),
    ("100.4°F (38°C)", "100.4 °F (38 °C)"),
    ("open at both ends", "abierto en los dos extremos"),
    ("every other day", "cada dos días"),
    ("on the fourth day", "el cuarto día"),
    ("a second opinion", "una segunda opinión"),
    ("the 2nd dose", "la segunda dosis"),
    ("two or more days", "dos días o más"),
    ("vitamin B12", "vitamina B-12"),
    ("Call 911. Call 911 too for a seizure.", "Llame al 911 también por una convulsión."),
    ("Call 555-0100.", "Llame al 555-0100."),
    ("24-hour line", "línea de 24 horas"),
    ("a dozen", "una docena"),
    ("twice as much", "el doble"),
    ("10 mg a day", "10 mg diarios"),
    ("5 mg/kg", "5 mg por kg"),
    ("Stay close to one.", "Quédese cerca de uno."),
    ("https://example.org/en/2024", "https://example.org/es/2023"),
]


@pytest.mark.parametrize(("english", "spanish"), AGREEING)
def test_what_says_the_same_is_not_told(english: str, spanish: str) -> None:
    assert differences(english, "en", spanish, "es") == ()
    assert differences(spanish, "es", english, "en") == ()


DIFFERING = [
    ("38 °C", "39 °C", "other", "38 °C", "39 °C"),
    ("0.5 mg", "5 mg", "other", "0.5 mg", "5 mg"),
    ("5 mg", "5 mcg", "unit", "5 mg", "5 mcg"),
    ("5 mg", "5", "unit", "5 mg", "5"),
    ("2 teaspoons", "2 cucharadas", "unit", "2 teaspoons", "2 cucharadas"),
    ("5 mg/kg", "5 mg", "unit", "5 mg/kg", "5 mg"),
    ("one teaspoon", "una cucharada", "lacking", "one teaspoon", None),
    ("two weeks", "dos días", "unit", "two weeks", "dos días"),
    ("half a tablet", "una tableta", "lacking", "half a tablet", None),
    ("100.4°F (38°C)", "38 °C", "lacking", "100.4°F", None),
    ("some days", "tres días", "added", None, "tres días"),
    ("two days", "once días", "other", "two days", "once días"),
    ("8 am", "8 p. m.", "other", "8 am", "8 p. m"),
    ("8 am", "a las 8", "unit", "8 am", "8"),
    ("Call 555-0100.", "Llame al 555-0101.", "other", "555-0100", "555-0101"),
    ("Call 911.", "Llame.", "lacking", "911", None),
    ("code 77261", "código 77262", "other", "77261", "77262"),
    ("code G0121", "código G0105", "other", "G0121", "G0105"),
    ("5 mg now, 10 mg at night", "10 mg ahora, 5 mg por la noche", "order", "10 mg", "10 mg"),
    ("2, then 2 more", "2 y luego más", "lacking", "2", None),
    ("10⁹", "10⁸", "other", "⁹", "⁸"),
    ("20%", "20 mg", "unit", "20%", "20 mg"),
]


@pytest.mark.parametrize(("english", "spanish", "kind", "said", "translated"), DIFFERING)
def test_what_says_other_numbers_is_told(
    english: str, spanish: str, kind: str, said: str | None, translated: str | None
) -> None:
    (found,) = differences(english, "en", spanish, "es")
    assert found.kind == kind
    assert (found.source and english[found.source.start : found.source.end]) == said
    place = found.translation
    assert (place and spanish[place.start : place.end]) == translated


@pytest.mark.parametrize(
    ("english", "other", "tag", "agree"),
    [
        ("two tablets", "hai viên", "vi", True),
        ("2 tablets", "hai viên", "vi", True),
        ("two tablets", "2 viên", "vi", True),
        ("three weeks", "2 tuần", "vi", False),
        ("twenty-four hours", "24 giờ", "vi", True),
        ("24 hours", "giờ", "vi", False),
        ("1.5 mL", "1,5 mL", "fr", True),
        ("5 mg", "cinq mg", "fr", False),
        ("1,500 mL", "1 500 mL", "fr", True),
        ("1,500 mL", "1,500 mL", "de", False),
        ("5 mg", "٥ ملغ", "ar", True),
        ("Call 911", "请拨打911", "zh-Hans", True),
        ("Call 911", "请拨打119", "zh-Hans", False),
        ("100.4°F", "100,4°F", "ru", True),
    ],
)
def test_of_other_languages_the_digits_are_compared(
    english: str, other: str, tag: str, agree: bool
) -> None:
    assert (differences(english, "en", other, tag) == ()) is agree


@given(
    value=st.integers(2, 999_999), other=st.integers(2, 999_999), unit=st.sampled_from(["mg", "%"])
)
def test_words_digits_and_languages_agree_in_the_value_alone(
    value: int, other: int, unit: str
) -> None:
    spanish = MessageFormat("{n, spellout}", "es").format({"n": other}).replace("\xad", "")
    said = differences(f"{value} {unit}", "en", f"{spanish} {unit}", "es")
    assert (said == ()) is (value == other)


LONG = {
    "letters": "a" * 15_000 + " 1",
    "digits": "1" * 15_000,
    "groups": "1,111" * 3_000,
    "fives": "5 " * 7_000,
    "blanks": "1 111 " * 2_000,
    "twos": "two " * 3_000,
    "hundreds": "two" + " hundred" * 1_000,
    "addresses": "a.b-c+" * 2_000 + "@ 1",
    "schemes": "a" * 15_000 + "://1",
    "phones": "+1 (" * 3_000 + "555",
    "hours": "2 a" * 5_000,
    "letters and digits": "a1" * 7_000,
    "halves": "½" * 15_000,
    "fractions": "1/2/" * 3_000,
    "raised": "1" + "⁹" * 15_000,
    "hyphens": "one-" * 3_000 + "half",
}


@pytest.mark.parametrize("kind", LONG)
def test_the_longest_text_takes_no_longer_than_it_is_long(kind: str) -> None:
    """A text may have 100,000 characters, whatever they are: none may take minutes to compare."""
    text = LONG[kind]
    began = time.process_time()
    assert differences(text, "en", text, "en") == ()
    differences(text, "en", f"{text[:-2]} 7", "es")
    assert time.process_time() - began < 3


@given(one=st.text(), other=st.text(), tag=st.sampled_from(["en", "es", "es-MX", "vi", "ar", "zh"]))
def test_any_text_agrees_with_itself_and_can_be_compared(one: str, other: str, tag: str) -> None:
    assert differences(one, tag, one, tag) == ()
    differences(one, "en", other, tag)


NUMBERS = st.text(
    st.sampled_from("0123456789.,:/-–½¼⁹٣ %°C()+amp to half and a one two twice y media")
)


@given(one=NUMBERS, other=NUMBERS)
def test_any_row_of_numbers_and_signs_can_be_read(one: str, other: str) -> None:
    assert differences(one, "en", one, "en") == ()
    differences(one, "en", other, "es")
