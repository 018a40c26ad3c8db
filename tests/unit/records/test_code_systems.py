"""Code systems and the form of their codes."""

import pytest

from docgen.records import CODE_SYSTEMS, CPT, HCPCS, ICD_10_PCS, LOCAL, CodeSystem, normalise_code
from docgen.records.code_systems import canonical_code, is_well_formed


def test_code_systems_carry_their_identifiers() -> None:
    assert {id: (system.name, system.oid, system.uri) for id, system in CODE_SYSTEMS.items()} == {
        "cpt": ("CPT", "2.16.840.1.113883.6.12", "http://www.ama-assn.org/go/cpt"),
        "hcpcs": (
            "HCPCS",
            "2.16.840.1.113883.6.285",
            "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets",
        ),
        "icd-10-pcs": (
            "ICD-10-PCS",
            "2.16.840.1.113883.6.4",
            "http://www.cms.gov/Medicare/Coding/ICD10",
        ),
        "local": ("Local code", "", ""),
    }


@pytest.mark.parametrize(
    ("code", "expected"),
    [("g0121", "G0121"), (" 772-99 ", "77299"), ("0dt.j4zz", "0DTJ4ZZ"), ("--", "")],
)
def test_codes_are_looked_up_without_case_and_punctuation(code: str, expected: str) -> None:
    assert normalise_code(code) == expected


def test_only_local_codes_keep_their_punctuation() -> None:
    assert canonical_code("rad-12/b", LOCAL) == "rad-12/b"
    assert canonical_code("g-0121", HCPCS) == "G0121"


@pytest.mark.parametrize(
    ("system", "good", "bad"),
    [
        (CPT, ["77299", "0001F", "0075T"], ["7729", "772990", "A0001", "77A99", ""]),
        (HCPCS, ["G0121", "Q0091"], ["00121", "G012", "GG121", "G01210"]),
        (ICD_10_PCS, ["0DTJ4ZZ", "10E0XZZ"], ["0DTJ4Z", "0DTI4ZZ", "0DTO4ZZ", "0DTJ4ZZZ"]),
        (LOCAL, ["RAD-12", "x" * 20], ["", "--", "x" * 21]),
    ],
)
def test_codes_have_the_form_of_their_system(
    system: CodeSystem, good: list[str], bad: list[str]
) -> None:
    assert [code for code in good if not is_well_formed(code, system)] == []
    assert [code for code in bad if is_well_formed(code, system)] == []
