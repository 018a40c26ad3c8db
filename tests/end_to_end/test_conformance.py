"""Every sample record, in both layouts and every variant, conforms to PDF/UA-1 and PDF/A-3a."""

import io
from functools import cache
from pathlib import Path

import page
import pikepdf
import pytest
import yaml

from docgen import BASE_LAYOUTS, Project, RenderedSheet
from docgen.project import RenderOptions
from tests.commands import ROOT
from tests.conformance import conformance_problems
from tests.sample_records import RECORDS

VARIANTS = {
    "normal": RenderOptions(),
    "large print": RenderOptions(large_print=True),
    "fillable": RenderOptions(fillable=True),
}
PASSWORD = "correct horse battery"


@cache
def _project() -> Project:
    return Project.open(ROOT, organization="sample")


def _sheet(path: Path, layout: str, options: RenderOptions) -> RenderedSheet:
    record = yaml.safe_load(path.read_text("utf-8"))
    found = _project().record(record["code"], record["code_system"])
    return _project().render_record(found, layout, options)


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
@pytest.mark.parametrize("layout", BASE_LAYOUTS)
@pytest.mark.parametrize("variant", VARIANTS)
def test_every_sheet_conforms(path: Path, layout: str, variant: str) -> None:
    assert conformance_problems(_sheet(path, layout, VARIANTS[variant]).data) == []


@pytest.mark.parametrize("layout", BASE_LAYOUTS)
def test_a_sheet_with_a_password_is_as_accessible(layout: str) -> None:
    """PDF/A knows no encrypted files; the validator reads the copy that the password opens."""
    protected = RenderOptions(fillable=True, password=PASSWORD)
    data = _sheet(ROOT / "data/records/77299.yaml", layout, protected).data
    with pikepdf.open(io.BytesIO(data), password=PASSWORD) as pdf:
        assert pdf.encryption.P & 1 << 9
        plain = io.BytesIO()
        pdf.save(plain, encryption=False, fix_metadata_version=False)
    assert conformance_problems(plain.getvalue(), "ua1") == []
    assert page.validate_pdf_bytes(data, profile="ua1").document.encrypted
