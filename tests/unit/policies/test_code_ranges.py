"""Codes and ranges of codes in policies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.code_systems import CODE_SYSTEMS
from docgen.policies.code_ranges import CodeRange


def covered(system: str, text: str, *codes: str) -> list[str]:
    found = CodeRange.parse(text, CODE_SYSTEMS[system])
    return [code for code in codes if found.covers(code)]


@pytest.mark.parametrize(
    ("system", "text", "inside", "outside"),
    [
        ("cpt", "77261-77299", ["77261", "77280", "77299"], ["77260", "77300", "7726T"]),
        ("cpt", "77299", ["77299"], ["77298", "77300"]),
        ("cpt", "0042T-0054T", ["0042T", "0050T"], ["0041T", "0055T", "0050U", "00501"]),
        ("hcpcs", "g0101 – G0124", ["G0101", "G0121"], ["G0125", "Q0110"]),
        ("icd-10-pcs", "0SR90J9-0SR90JZ", ["0SR90J9", "0SR90JA", "0SR90JZ"], ["0SR90J8"]),
        ("local", "RAD-12", ["RAD-12", "rad 12"], ["RAD-13", "RAD"]),
    ],
)
def test_a_range_covers_the_codes_of_its_form(
    system: str, text: str, inside: list[str], outside: list[str]
) -> None:
    assert covered(system, text, *inside, *outside) == inside


@pytest.mark.parametrize(
    ("system", "text", "message"),
    [
        ("cpt", "77299-77261", "77261 comes before 77299"),
        ("cpt", "77261-0042T", "77261 and 0042T have different forms: no code lies between them"),
        ("cpt", "0042T-0054U", "0042T and 0054U have different forms: no code lies between them"),
        ("hcpcs", "G0101-Q0124", "G0101 and Q0124 have different forms: no code lies between them"),
        ("cpt", "77261-77262-77263", "'77261-77262-77263' has more than two ends"),
        ("cpt", "7726-77299", "'7726' does not have the form that CPT asks for"),
        ("hcpcs", "77299", "'77299' does not have the form that HCPCS asks for"),
        ("icd-10-pcs", "0SR9", "'0SR9' does not have the form that ICD-10-PCS asks for"),
        ("local", "-", "'-' is not a local code"),
    ],
)
def test_what_is_no_range_is_refused(system: str, text: str, message: str) -> None:
    with pytest.raises(ValueError) as refused:
        CodeRange.parse(text, CODE_SYSTEMS[system])
    assert refused.value.args[0] == message


FIVE_DIGITS = st.from_regex("[0-9]{5}", fullmatch=True)


@given(one=FIVE_DIGITS, other=FIVE_DIGITS, code=FIVE_DIGITS)
def test_a_range_of_digits_is_a_range_of_numbers(one: str, other: str, code: str) -> None:
    first, last = sorted((one, other))
    inside = int(first) <= int(code) <= int(last)
    assert covered("cpt", f"{first}-{last}", code) == ([code] if inside else [])
