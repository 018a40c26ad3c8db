"""Where lines may end."""

from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.typeset.breaking import characters, icu_segments, words


def stretches(text: str) -> list[str]:
    return [word.rstrip() for word in words(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one two", ["one", "two"]),
        ("well-known", ["well-", "known"]),
        ("take 5 mg now", ["take", "5 mg", "now"]),
        ("20 to 45 minutes.", ["20 to", "45 minutes."]),
        ("de 20 a 45 minutos, 3 días", ["de", "20 a", "45 minutos,", "3 días"]),
        ("de 8 a. m. a 5 p. m.", ["de", "8 a. m.", "a", "5 p. m."]),
        ("8 a.m. to 5 p.m.", ["8 a.m.", "to", "5 p.m."]),
        ("20–45 minutes", ["20–45 minutes"]),
        ("100.4 °F (38 °C)", ["100.4 °F", "(38 °C)"]),
        ("take 1 ½ tablets", ["take", "1 ½ tablets"]),
        ("2 1/2, then 10 000 IU", ["2 1/2,", "then", "10 000 IU"]),
        ("if ≥ 5 mg/mL, stop", ["if", "≥ 5 mg/mL,", "stop"]),
        ("5 tsp, 5 U, 5 drops", ["5 tsp,", "5 U,", "5 drops"]),
        ("3 gotas o 2 comprimidos", ["3 gotas", "o", "2 comprimidos"]),
        ("a 12-lead test, a 24-hour one", ["a", "12-lead", "test,", "a", "24-hour", "one"]),
        ("1 or 2 tablets a day", ["1 or", "2 tablets", "a", "day"]),
        ("pain/fever 3/day", ["pain/", "fever", "3/day"]),
        ("call (555) 010-0199 now", ["call", "(555) 010-0199", "now"]),
        ("or 1-800-555-0100.", ["or", "1-800-555-0100."]),
        ("on 2026-11-20 at", ["on", "2026-11-20", "at"]),
        ("CPT 77299 and", ["CPT 77299", "and"]),
        ("use CPT code 77299 or HCPCS G0121", ["use", "CPT code 77299", "or", "HCPCS G0121"]),
        ("CPT, 5 of HCPCS", ["CPT,", "5", "of", "HCPCS"]),
        ("ICD-10-PCS code 0DTJ4ZZ is", ["ICD-10-PCS code 0DTJ4ZZ", "is"]),
        ("ICD-10-PCS codes", ["ICD-10-PCS", "codes"]),
        ("3 kg\u00a0net", ["3 kg\u00a0net"]),
        ("x\ny", ["x", "y"]),
        ("hy\u00adphen", ["hy\u00adphen"]),
        ("long\u200bword", ["long\u200b", "word"]),
        ("", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert stretches(text) == expected


@given(st.text("abXZ059 ,.;:'-(\u2019", max_size=40))
@settings(max_examples=500)
def test_plain_texts_break_as_icu_breaks_them(text: str) -> None:
    stretches = words(text)
    assert "".join(stretches) == text
    ends = set(accumulate(map(len, stretches)))
    assert ends <= set(accumulate(map(len, icu_segments(text))))
    if not any(character.isdigit() for character in text):
        assert stretches == icu_segments(text)


def test_author_line_break_is_kept() -> None:
    assert words("one\ntwo three") == ("one\n", "two ", "three")


def test_characters_keep_combining_marks() -> None:
    assert characters("e\u0301a") == ("e\u0301", "a")
