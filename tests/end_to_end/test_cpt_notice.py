"""The AMA's notice stands where, and only where, a licensed descriptor is printed."""

from pathlib import Path

from docgen import Project
from tests.commands import ROOT
from tests.pdf_text import is_printed, page_texts

NOTICE = "CPT © 2026 American Medical Association. All rights reserved."
TRADEMARK = "CPT is a registered trademark of the American Medical Association."
DESCRIPTOR = """\
licensed_descriptor:
  text: A descriptor made up for this test.
  copyright_year: 2026
"""


def _summary(folder: Path, more: str) -> list[str]:
    records = folder / "records"
    records.mkdir()
    sample = (ROOT / "data/records/77299.yaml").read_text("utf-8")
    (records / "77299.yaml").write_text(sample + more, "utf-8")
    (sheet,) = Project.open(folder, data=[folder]).render("77299", ["clinician-summary"])
    return page_texts(sheet.data)


def test_the_notice_stands_below_a_licensed_descriptor(tmp_path: Path) -> None:
    pages = _summary(tmp_path, DESCRIPTOR)
    assert is_printed("A descriptor made up for this test.", pages)
    assert is_printed(NOTICE, pages)
    assert is_printed(TRADEMARK, pages)


def test_without_a_licensed_descriptor_there_is_no_notice(tmp_path: Path) -> None:
    assert not any("American Medical" in page for page in _summary(tmp_path, ""))
