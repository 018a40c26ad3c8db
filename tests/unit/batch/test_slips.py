"""Slip sheets say what those who sort packets need, and nothing else of the patient."""

from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest

from docgen.batch.printing.slips import SlipFacts, SlipLook, initials, slip_look, slip_sheet
from docgen.diagnostics import DocgenError
from docgen.project import Project
from tests.conformance import conformance_problems


@pytest.fixture(scope="module")
def look() -> SlipLook:
    return slip_look(Project.open(organization="sample"), "patient-handout", "3fa9c2d1")


def facts(clinic: str | None = "North Clinic", copies: int = 1, **more: str) -> SlipFacts:
    return SlipFacts(
        packet=120,
        place=7,
        clinic=clinic,
        provider="Dr. Wren Example",
        documents=3,
        sheets=5,
        copies=copies,
        **more,
    )


def lines(slip: bytes) -> list[str]:
    with pypdfium2.PdfDocument(slip) as pdf:
        assert len(pdf) == 1
        text: str = pdf[0].get_textpage().get_text_range()
    return text.splitlines()


def test_a_slip_says_number_clinic_provider_and_counts(look: SlipLook) -> None:
    assert sorted(lines(slip_sheet(facts(), look))) == sorted(
        [
            "Packet",
            "120",
            "Clinic",
            "North Clinic",
            "Provider",
            "Dr. Wren Example",
            "Documents",
            "3",
            "Sheets",
            "5",
            "Place in the pile",
            "7",
            "Take this sheet out before you hand the packet over.",
            "Run 3fa9c2d1",
        ]
    )


def test_copies_are_told_where_there_are_several(look: SlipLook) -> None:
    said = lines(slip_sheet(facts(copies=2), look))

    assert {"Copies", "2", "Sheets in each copy"} <= set(said)


def test_what_the_worklist_does_not_say_is_left_out(look: SlipLook) -> None:
    assert "Clinic" not in lines(slip_sheet(facts(clinic=None), look))


def test_initials_are_told_where_they_are_given(look: SlipLook) -> None:
    said = lines(slip_sheet(facts(initials="AMR"), look))

    assert {"Patient's initials", "AMR"} <= set(said)


def test_slips_are_in_the_language_of_the_organization() -> None:
    look = slip_look(Project.open(organization="campo-claro"), "patient-handout", "3fa9c2d1")

    said = lines(slip_sheet(facts(copies=2, initials="AMR"), look))  # in large print as well

    assert {"Paquete", "Clínica", "Hojas de cada copia", "Lote 3fa9c2d1"} <= set(said)


def test_slips_conform_as_every_document_does(look: SlipLook, tmp_path: Path) -> None:
    assert conformance_problems(slip_sheet(facts(), look)) == []


def test_a_clinic_that_no_font_prints_is_refused_with_its_row(look: SlipLook) -> None:
    with pytest.raises(DocgenError) as caught:
        slip_sheet(facts(clinic="診療所"), look)

    [finding] = caught.value.diagnostics
    assert finding.rule == "unprintable-character"
    assert finding.message.startswith("row 120: the clinic ")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ana María Ruiz", "AMR"),
        ("émile beispiel", "ÉB"),
        ("'Bo' O'Sample", "BO"),
        ("A B C D E F", "ABCD"),
        ("123 --", ""),
        ("", ""),
    ],
)
def test_initials_are_first_letters(name: str, expected: str) -> None:
    assert initials(name) == expected


def test_facts_show_no_initials_where_they_are_logged() -> None:
    assert "AMR" not in repr(facts(initials="AMR"))
