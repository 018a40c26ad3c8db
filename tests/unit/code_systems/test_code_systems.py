"""Code systems and the form of their codes."""

import pytest

from docgen.code_systems import (
    CODE_SYSTEMS,
    CPT,
    HCPCS,
    ICD_10_PCS,
    LOCAL,
    CodeSystem,
    canonical_code,
    family_of,
    ids_in_words,
    is_well_formed,
    names_in_words,
    normalise_code,
    system_named,
    system_of_uri,
)


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


@pytest.mark.parametrize(
    ("system", "uris"),
    [
        (
            CPT,
            [
                "http://www.ama-assn.org/go/cpt",
                "https://www.ama-assn.org/go/cpt",
                "urn:oid:2.16.840.1.113883.6.12",
            ],
        ),
        (
            HCPCS,
            [
                "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets",
                "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets",
                "http://terminology.hl7.org/CodeSystem/HCPCS-all-codes",
                "http://www.nlm.nih.gov/research/umls/hcpcs",
                "urn:oid:2.16.840.1.113883.6.285",
                "urn:oid:2.16.840.1.113883.6.14",
            ],
        ),
        (
            ICD_10_PCS,
            [
                "http://www.cms.gov/Medicare/Coding/ICD10",
                "https://www.cms.gov/Medicare/Coding/ICD10",
                "http://hl7.org/fhir/sid/icd-10-pcs",
                "http://www.icd10data.com/icd10pcs",
                "urn:oid:2.16.840.1.113883.6.4",
            ],
        ),
    ],
)
def test_servers_name_a_system_by_several_uris(system: CodeSystem, uris: list[str]) -> None:
    assert {uri: system_of_uri(uri) for uri in uris} == dict.fromkeys(uris, system)


@pytest.mark.parametrize(
    "uri",
    [
        None,
        "",
        "http://snomed.info/sct",
        "http://hl7.org/fhir/sid/icd-10-cm",
        # Both levels of HCPCS, of which the first is CPT.
        "https://bluebutton.cms.gov/resources/codesystem/hcpcs",
        "urn:oid:",
    ],
)
def test_other_systems_are_none_of_these(uri: str | None) -> None:
    assert system_of_uri(uri) is None


def test_no_two_systems_share_a_uri_or_a_name() -> None:
    uris = [uri for system in CODE_SYSTEMS.values() for uri in system.uris]
    names = [
        name
        for system in CODE_SYSTEMS.values()
        for name in (system.id, system.name, *system.other_names)
    ]
    assert len(set(uris)) == len(uris)
    assert all(system_named(name) == _system_with(name) for name in names)


def _system_with(name: str) -> CodeSystem:
    (system,) = (
        one for one in CODE_SYSTEMS.values() if name in (one.id, one.name, *one.other_names)
    )
    return system


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("CPT", CPT),
        ("cpt4", CPT),
        ("CPT®-4", CPT),
        ("HCPCS level II", HCPCS),
        ("ICD10PCS", ICD_10_PCS),
        ("icd_10 pcs", ICD_10_PCS),
        ("Local", LOCAL),
        ("CDT", None),
        ("ICD-10", None),
        ("", None),
    ],
)
def test_people_call_a_system_by_several_names(name: str, expected: CodeSystem | None) -> None:
    assert system_named(name) == expected


def test_lists_of_them_end_with_or() -> None:
    assert ids_in_words() == "cpt, hcpcs, icd-10-pcs or local"
    assert names_in_words() == "CPT, HCPCS or ICD-10-PCS"


def test_codes_of_a_family_are_ordered_among_each_other() -> None:
    assert family_of("00100", CPT) == family_of("77299", CPT) != family_of("0042T", CPT)
    assert family_of("0042T", CPT) == family_of("0054T", CPT) != family_of("0054F", CPT)
    assert family_of("G0121", HCPCS) == family_of("G0500", HCPCS) != family_of("Q0121", HCPCS)
    assert family_of("0DTJ4ZZ", ICD_10_PCS) == family_of("10E0XZZ", ICD_10_PCS)
    assert family_of("RAD-12", LOCAL) != family_of("RAD-13", LOCAL)
