"""An organization as its file and those of its parents give it together."""

from pathlib import Path
from shutil import copy

import pytest

from docgen.diagnostics import DocgenError
from docgen.document import ImageSource
from docgen.fonts import families
from docgen.layouts import LayoutLibrary, LoadedOrganization
from docgen.shipped import layouts_folder
from docgen.source import MappingNode, Scalar
from tests.commands import ROOT

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c636000000002000148afa4710000000049454e44ae426082"
)
SYSTEM = """\
name: Sample Health
website: https://health.example
phones: [{label: Nurse line, number: 555-0100, use: nurse-line}]
logo: {file: marks/logo.png, alt: Sample Health, height: 0.5in}
language: es
theme: {palette: {ink: "#111111", accent: "#003366"}}
page: {size: letter}
defaults: {large_print: yes, overdue_records: refuse, ended_codes: refuse}
slip_sheets: {initials: true}
"""
HOSPITAL = """\
parent: health
name: Sample Hospital
theme: {palette: {accent: "#550000"}}
texts: {feedback: Write to us.}
"""
CLINIC = """\
parent: hospital
name: Sample Eye Clinic
phones:
  - {label: Desk, number: 555-0101}
website:
defaults: {large_print: no}
"""


def write(folder: Path, **organizations: str) -> LayoutLibrary:
    """A library of organizations; health has a logo."""
    for id, text in organizations.items():
        own = folder / "organizations" / id
        own.mkdir(parents=True, exist_ok=True)
        (own / "organization.yaml").write_text(text, encoding="utf-8")
    marks = folder / "organizations" / "health" / "marks"
    marks.mkdir(parents=True)
    (marks / "logo.png").write_bytes(PNG)
    return LayoutLibrary([folder, layouts_folder()])


def write_chain(folder: Path) -> LayoutLibrary:
    return write(folder, health=SYSTEM, hospital=HOSPITAL, clinic=CLINIC)


@pytest.fixture
def clinic(tmp_path: Path) -> LoadedOrganization:
    return write_chain(tmp_path).organization("clinic")


def test_what_a_file_does_not_say_comes_from_its_parents(clinic: LoadedOrganization) -> None:
    own = clinic.organization
    assert own.name.value == "Sample Eye Clinic"
    assert own.language
    assert own.language.tag == "es"
    assert own.texts
    assert str(own.texts.feedback) == "Write to us."


def test_the_chain_goes_from_the_topmost_parent_down(
    clinic: LoadedOrganization, tmp_path: Path
) -> None:
    assert (clinic.id, clinic.chain) == ("clinic", ("health", "hospital", "clinic"))
    assert clinic.folders == tuple(tmp_path / "organizations" / id for id in clinic.chain)
    files = [folder / "organization.yaml" for folder in clinic.folders]
    assert clinic.sources == (*files, tmp_path / "organizations/health/marks/logo.png")


def test_lists_are_replaced_and_groups_merged(clinic: LoadedOrganization) -> None:
    own = clinic.organization
    assert [phone.label.value for phone in own.phones] == ["Desk"]
    assert own.defaults
    assert (own.defaults.large_print, own.defaults.overdue_records) == (False, "refuse")
    assert own.defaults.ended_codes == "refuse"
    assert own.slip_sheets
    assert own.slip_sheets.initials


def test_a_key_without_a_value_takes_the_parents_out(clinic: LoadedOrganization) -> None:
    assert clinic.organization.website is None


def test_theme_and_page_are_merged_nodes_that_know_their_files(clinic: LoadedOrganization) -> None:
    assert clinic.theme
    assert clinic.page
    palette = clinic.theme.get("palette")
    assert isinstance(palette, MappingNode)
    ink, accent = palette.get("ink"), palette.get("accent")
    assert isinstance(ink, Scalar)
    assert isinstance(accent, Scalar)
    assert (ink.value, ink.span.path.split("/")[-2]) == ("#111111", "health")
    assert (accent.value, accent.span.path.split("/")[-2]) == ("#550000", "hospital")
    size = clinic.page.get("size")
    assert isinstance(size, Scalar)
    assert size.value == "letter"


def test_the_logo_lies_in_the_folder_of_the_file_that_names_it(
    clinic: LoadedOrganization,
) -> None:
    assert isinstance(clinic.logo, ImageSource)
    assert clinic.logo.data == PNG
    assert clinic.organization.logo
    assert clinic.organization.logo.alt.value == "Sample Health"


def test_a_parent_is_not_inherited(tmp_path: Path) -> None:
    library = write_chain(tmp_path)
    assert library.organization("health").organization.parent is None
    assert str(library.organization("clinic").organization.parent) == "hospital"


def test_an_organization_takes_over_where_its_project_has_one_of_the_same_name(
    tmp_path: Path,
) -> None:
    library = write(tmp_path, sample="name: Our own\n")
    assert str(library.organization("sample").organization.name) == "Our own"


def test_parents_in_a_circle_are_named_with_their_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    library = write(
        Path(),
        health="parent: clinic\nname: A\n",
        hospital="name: B\nparent: health\n",
        clinic="parent: hospital\nname: C\n",
    )
    with pytest.raises(DocgenError) as refused:
        library.organization("clinic")
    assert str(refused.value) == (
        "organizations/health/organization.yaml:1:9: error[organization-cycle]: clinic is part of "
        "hospital is part of health is part of clinic: an organization cannot be its own parent\n"
        "  hint: take 'parent' out of one of these files: organizations/clinic/organization.yaml, "
        "organizations/hospital/organization.yaml, organizations/health/organization.yaml"
    )


def test_a_parent_that_is_not_there_is_told_at_its_place(tmp_path: Path) -> None:
    library = write(tmp_path, health=SYSTEM, hospital="name: B\nparent: heath\n")
    with pytest.raises(DocgenError) as refused:
        library.organization("hospital")
    (found,) = refused.value.diagnostics
    assert (found.rule, found.hint) == ("missing-organization", "did you mean 'health'?")
    assert found.span
    assert (found.span.line, found.span.column) == (2, 9)


def test_fonts_of_its_own_can_be_named_by_themes(tmp_path: Path) -> None:
    fonts = tmp_path / "organizations" / "health" / "fonts"
    fonts.mkdir(parents=True)
    sample = ROOT / "layouts/organizations/lantern-bay-cancer-center/fonts"
    for style in ("Regular", "Bold"):
        copy(sample / f"SourceSerifPro-{style}.ttf", fonts / f"{style}.ttf")
    text = "name: A\nfonts: {Own Letters: {regular: fonts/Regular.ttf, bold: fonts/Bold.ttf}}\n"
    text += "theme: {fonts: {headings: Own Letters}}\n"
    library = write(tmp_path, health=text)
    loaded = library.organization("health")
    assert "Own Letters" in families()
    assert loaded.sources[1:] == (fonts / "Regular.ttf", fonts / "Bold.ttf")
    assert {warning.rule for warning in loaded.warnings} == {"font-style-missing"}
    styles = library.of(loaded).find("patient-handout").styles
    assert styles.text["heading-1"].family == "Own Letters"
    assert styles.text["body"].family != "Own Letters"
