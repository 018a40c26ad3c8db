"""A bench for composing: small layouts and records, written as files for the real readers."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from docgen.compose import CompiledLayout, compile_layout, compose
from docgen.document import Document
from docgen.layouts import LayoutLibrary, LoadedOrganization
from docgen.records import ProcedureRecord, RecordLibrary
from docgen.shipped import layouts_folder

RECORD = """\
code: T1
code_system: local
title: Test procedure
name: A procedure for tests
summary: A short summary.
provenance:
  version: "1"
  authors: [Ann Sample, Bo Sample]
  reviewed_on: 2026-06-01
  review_due: 2028-06-01
"""

LAYOUT = """\
id: sheet
title: "{{ record.title }}"
description: A layout for tests.
audience: clinicians
language: en
theme: base
page: {size: letter, margins: {top: 1in, right: 1in, bottom: 1in, left: 1in}}
"""

TITLE = "  - {id: title, type: title, text: Title}\n"

ORGANIZATION = """\
name: Sample Clinic
website: https://clinic.example
phones:
  - {label: Nurse line, number: 555-0100, hours: Monday to Friday}
  - {label: Front desk, number: 555-0101}
"""


class Bench:
    """Writes layouts and records into a folder and composes them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._library = LayoutLibrary([folder, layouts_folder()])

    def record(self, more: str = "") -> ProcedureRecord:
        """The record of the tests, with more keys."""
        return self.record_of(RECORD + more)

    def record_of(self, text: str) -> ProcedureRecord:
        """A record with the code T1."""
        folder = self.folder / "records" / "local"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "T1.yaml").write_text(text, encoding="utf-8")
        return RecordLibrary([self.folder]).find("T1")

    def layout(self, blocks: str, more: str = "") -> CompiledLayout:
        """A layout of some blocks, with more keys at the top; sections stand under a title."""
        top = f"{LAYOUT}{more}\n" if more else LAYOUT
        title = TITLE if _has_sections(blocks) else ""
        text = f"{top}blocks:\n{title}{blocks}\n"
        (self.folder / "sheet.yaml").write_text(text, encoding="utf-8")
        return compile_layout(self._library.find("sheet"))

    def document(
        self, blocks: str, more_of_record: str = "", organization: LoadedOrganization | None = None
    ) -> Document:
        """A document out of some blocks, without the title above sections."""
        document = compose(self.layout(blocks), self.record(more_of_record), organization)
        return replace(document, blocks=document.blocks[_has_sections(blocks) :])

    def organization(self, more: str = "") -> LoadedOrganization:
        """An organization with two numbers to call, and more keys."""
        return self.organization_of(ORGANIZATION + more)

    def organization_of(self, text: str) -> LoadedOrganization:
        """An organization as its file says it."""
        folder = self.folder / "organizations" / "sample"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "organization.yaml").write_text(text, encoding="utf-8")
        return self._library.organization("sample")


def _has_sections(blocks: str) -> bool:
    return "type: section" in blocks


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    monkeypatch.chdir(tmp_path)
    return Bench(Path())
