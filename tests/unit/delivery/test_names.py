"""Names say what a file holds and fit every file system."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.delivery import file_name


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("cpt", "77299", "patient-handout"), "cpt-77299-patient-handout.pdf"),
        (
            ("icd-10-pcs", "0DJ08ZZ", "clinician-summary"),
            "icd-10-pcs-0dj08zz-clinician-summary.pdf",
        ),
        (("local", "Eye / 7.b", "House_Style"), "local-eye-7-b-house-style.pdf"),
        (("local", "É1", "x"), "local-u00e91-x.pdf"),
        (("local", "../../etc/passwd", "x"), "local-etc-passwd-x.pdf"),
    ],
)
def test_names_are_plain(parts: tuple[str, str, str], name: str) -> None:
    assert file_name(*parts) == name


def test_variants_have_names_of_their_own() -> None:
    sheet = ("cpt", "77299", "patient-handout")
    assert file_name(*sheet, "large-print") == "cpt-77299-patient-handout-large-print.pdf"
    assert file_name(*sheet, "large-print", "fillable") == (
        "cpt-77299-patient-handout-large-print-fillable.pdf"
    )


@given(st.text(), st.text(), st.text())
def test_no_code_leads_out_of_the_folder(code_system: str, code: str, layout: str) -> None:
    assert re.fullmatch(r"[a-z0-9-]+\.pdf", file_name(code_system, code, layout), re.ASCII)
