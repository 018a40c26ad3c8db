"""Every sample organization, with every record and in every language: sound, and as it says."""

import io
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
import yaml
from PIL import Image, ImageOps

from docgen import BASE_LAYOUTS, Project, RenderedSheet
from docgen.project import RenderOptions
from tests.commands import ROOT
from tests.conformance import conformance_problems
from tests.golden.sheets import FOLDER, GOLDENS
from tests.pdf_text import is_printed, page_texts
from tests.sample_records import RECORDS
from tests.tag_tree import tag_tree

HANDOUT, SUMMARY = BASE_LAYOUTS
CANCER_CENTER = "lantern-bay-cancer-center"
CLINICS = "campo-claro"
NORTH, MARKET = "campo-claro-norte", "campo-claro-mercado"
HOSPITAL = "holm-ridge-hospital"
ORGANIZATIONS = (CANCER_CENTER, CLINICS, NORTH, MARKET, HOSPITAL)
LANGUAGES = {"en": "es", "es": "en"}
"""What each sheet is asked for in, and what stands in where that is missing."""
A4 = (595.28, 841.89)
LETTERHEAD = 42 / 25.4 * 72
"""Height of the hospital's letterhead in points."""
DOTS = 2
"""Of a picture, for each point."""

every_record = pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
every_organization = pytest.mark.parametrize("organization", ORGANIZATIONS)


@cache
def _project(organization: str) -> Project:
    return Project.open(ROOT, organization=organization)


@cache
def _sheet(
    organization: str, path: Path, layout: str = HANDOUT, language: str | None = None
) -> RenderedSheet:
    said = yaml.safe_load(path.read_text("utf-8"))
    record = _project(organization).record(said["code"], said["code_system"])
    options = RenderOptions(language=language, fallback_language=LANGUAGES.get(language or "es"))
    return _project(organization).render_record(record, layout, options)


def _planning(organization: str, layout: str = HANDOUT, language: str | None = None) -> bytes:
    return _sheet(organization, ROOT / "data/records/77299.yaml", layout, language).data


def _is_printed(words: str, data: bytes) -> bool:
    return is_printed(words, page_texts(data))


def _language(data: bytes) -> str:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return str(pdf.Root.Lang)


def _sizes_of_type(data: bytes) -> set[float]:
    document = pypdfium2.PdfDocument(data)
    texts = [page.get_textpage() for page in document]
    return {
        round(pypdfium2.raw.FPDFText_GetFontSize(text, place), 2)
        for text in texts
        for place in range(text.count_chars())
        if text.get_text_range(place, 1).strip()
    }


def test_no_sample_is_left_out() -> None:
    folders = {path.name for path in (ROOT / "layouts/organizations").iterdir()}
    assert folders == {*ORGANIZATIONS, "sample"}


@every_organization
@every_record
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sheet_conforms(organization: str, path: Path, language: str) -> None:
    for layout in BASE_LAYOUTS:
        sheet = _sheet(organization, path, layout, language)
        assert conformance_problems(sheet.data) == []
        assert _language(sheet.data) == language
        assert [told.rule for told in sheet.warnings] == ["not-reviewed"]


def test_base_sheets_are_as_they_were_after_every_sample_was_rendered() -> None:
    for organization in ORGANIZATIONS:
        for layout in BASE_LAYOUTS:
            assert _planning(organization, layout)
    for name, (made, layout) in GOLDENS.items():
        assert made(layout) == (FOLDER / name).read_text("utf-8")


@pytest.mark.parametrize("organization", [CANCER_CENTER, CLINICS, NORTH, MARKET])
def test_the_logo_says_what_it_shows(organization: str) -> None:
    file = ROOT / f"layouts/organizations/{organization}/organization.yaml"
    said = yaml.safe_load(file.read_text("utf-8"))
    if "parent" in said:
        file = ROOT / f"layouts/organizations/{said['parent']}/organization.yaml"
        said = yaml.safe_load(file.read_text("utf-8"))
    alt = said["logo"]["alt"]
    assert (alt if isinstance(alt, str) else alt["es"]) in tag_tree(_planning(organization))


def test_the_cancer_center_has_its_own_type_order_words_and_preparation() -> None:
    data = _planning(CANCER_CENTER)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        fonts = {str(font.BaseFont) for page in pdf.pages for font in page.Resources.Font.values()}
    assert any("SourceSerifPro-Bold" in font for font in fonts)
    text = "".join(page_texts(data))
    order = ["Your visit in short", "(555) 555-0110", "Before you come", "What it is for"]
    assert [text.index(words) for words in order] == sorted(text.index(words) for words in order)
    assert "Getting ready" not in text
    assert _is_printed("Come to the Harbor Entrance, 20 minutes early.", data)
    assert not _is_printed("Have any CT or MRI scans that your doctor orders first.", data)
    assert _is_printed("You have CT or MRI scans.", data)
    assert _is_printed("Adapted by Lantern Bay Cancer Center (sample).", data)


@pytest.mark.parametrize(
    ("clinic", "own", "other"),
    [(NORTH, "(555) 555-0130", "(555) 555-0140"), (MARKET, "(555) 555-0140", "(555) 555-0130")],
)
def test_a_clinic_has_its_own_number_and_what_its_group_says(
    clinic: str, own: str, other: str
) -> None:
    data = _planning(clinic)
    assert _language(data) == "es"
    assert _is_printed(own, data)
    assert not _is_printed(other, data)
    assert _is_printed("Hablamos su idioma", data)
    assert _is_printed("El autobús 7 para enfrente.", data) == (clinic == MARKET)
    english = _planning(clinic, language="en")
    assert _is_printed("Bus 7 stops across the street.", english) == (clinic == MARKET)


@pytest.mark.parametrize("organization", [CLINICS, NORTH, MARKET])
def test_the_clinics_print_large(organization: str) -> None:
    for layout in BASE_LAYOUTS:
        assert min(_sizes_of_type(_planning(organization, layout))) >= 18


@every_record
def test_nothing_is_printed_on_the_letterhead(path: Path) -> None:
    for layout in BASE_LAYOUTS:
        page = pypdfium2.PdfDocument(_sheet(HOSPITAL, path, layout, "en").data)[0]
        assert page.get_size() == pytest.approx(A4, abs=0.01)
        picture: Image.Image = page.render(scale=DOTS).to_pil().convert("L")
        marks = ImageOps.invert(picture).getbbox()
        assert marks is not None
        assert int(LETTERHEAD * DOTS) <= marks[1] < (LETTERHEAD + 20) * DOTS
