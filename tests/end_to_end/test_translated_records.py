"""Records on sheets in their second language, and as an organization changes them."""

import json
import shutil
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from docgen import BASE_LAYOUTS, Project, RenderedSheet
from docgen.diagnostics import DocgenError
from docgen.project import RenderOptions
from tests.commands import ROOT
from tests.conformance import conformance_problems
from tests.pdf_text import page_texts
from tests.sample_records import TRANSLATIONS
from tests.tag_tree import tag_tree
from tests.translated import read_changes

SPANISH = RenderOptions(language="es")
OVERRIDE = """\
extends: "77299"
code_system: cpt
change:
  preparation: {en: Come early., es: Venga temprano.}
remove: [alternatives]
insert:
  - section: {title: {en: Parking, es: Estacionamiento}, text: {en: Lot B., es: Lote B.}}
"""


def text(sheet: RenderedSheet) -> str:
    """The text of a sheet on one line."""
    return " ".join(" ".join(page_texts(sheet.data)).split())


def attached(sheet: RenderedSheet) -> dict[str, object]:
    """The record that a sheet carries."""
    with pikepdf.open(BytesIO(sheet.data)) as pdf:
        (name,) = pdf.attachments
        record: dict[str, object] = json.loads(pdf.attachments[name].get_file().read_bytes())
    return record


@pytest.mark.parametrize("path", TRANSLATIONS, ids=lambda path: path.stem)
def test_a_translated_sample_prints_and_conforms(path: Path) -> None:
    sheets = Project.open().render(path.name.partition(".")[0], options=SPANISH)
    for sheet in sheets:
        assert conformance_problems(sheet.data) == []
        assert attached(sheet)["language"] == "es"
    assert [sheet.layout for sheet in sheets] == list(BASE_LAYOUTS)


def test_a_spanish_handout_says_nothing_in_english_but_names() -> None:
    (sheet,) = Project.open().render("77299", BASE_LAYOUTS[:1], options=SPANISH)
    said = text(sheet)
    for spanish in ("Coma y beba como de costumbre", "Cuándo pedir ayuda", "Llame al 911"):
        assert spanish in said
    for english in ("Eat and drink", "When to call", "Getting ready", "Page 1"):
        assert english not in said
    with pikepdf.open(BytesIO(sheet.data)) as pdf:
        assert str(pdf.Root.Lang) == "es"


def test_a_record_without_spanish_is_refused_or_marked() -> None:
    project = Project.open()
    with pytest.raises(DocgenError) as refused:
        project.render("27447", BASE_LAYOUTS[:1], options=SPANISH)
    assert [found.rule for found in refused.value.diagnostics] == ["missing-translation"]
    options = RenderOptions(language="es", fallback_language="en")
    (sheet,) = project.render("27447", BASE_LAYOUTS[:1], options=options)
    assert conformance_problems(sheet.data) == []
    assert "Knee" in text(sheet) or "knee" in text(sheet)


def changed_sample(folder: Path) -> Project:
    """A project of one's own with a sample whose English has changed since it was translated."""
    records = folder / "data/records"
    records.mkdir(parents=True)
    for name in ("45378.yaml", "45378.es.yaml"):
        shutil.copy(ROOT / "data/records" / name, records)
    path = records / "45378.yaml"
    text = path.read_text("utf-8").replace(
        "  Follow the plan", "  **Stop eating at noon.** Follow the plan"
    )
    path.write_text(text, "utf-8")
    return Project.open(folder)


def test_a_changed_record_does_not_print_its_old_translation(tmp_path: Path) -> None:
    project = changed_sample(tmp_path)
    with pytest.raises(DocgenError) as refused:
        project.render("45378", BASE_LAYOUTS[:1], options=SPANISH)
    (told,) = refused.value.diagnostics
    assert told.rule == "stale-translation"
    assert told.span
    assert told.span.path.endswith("45378.es.yaml")
    assert told in project.records.check()


def test_a_changed_text_falls_back_marked_and_told_to_the_reader(tmp_path: Path) -> None:
    options = RenderOptions(language="es", fallback_language="en")
    (sheet,) = changed_sample(tmp_path).render("45378", BASE_LAYOUTS[:1], options=options)
    said = text(sheet)
    assert "Stop eating at noon." in said
    assert "Siga el plan de su propia clínica" not in said
    assert "Un intestino limpio es la clave" in said
    assert "Partes de esta hoja están en inglés." in said
    assert conformance_problems(sheet.data) == []
    assert "Lang='en'" in tag_tree(sheet.data)


@pytest.mark.parametrize(
    ("language", "printed", "gone"),
    [
        ("en", ["Come early.", "Parking", "Adapted by Riverside."], "Eat and drink as usual"),
        ("es", ["Venga temprano.", "Estacionamiento", "Adaptado por Riverside."], "Coma y beba"),
    ],
)
def test_an_organization_prints_its_own_instructions(
    language: str, printed: list[str], gone: str, tmp_path: Path
) -> None:
    folder = tmp_path / "layouts/organizations/riverside"
    (folder / "records").mkdir(parents=True)
    (folder / "organization.yaml").write_text("name: Riverside\n", "utf-8")
    (folder / "records/77299.yaml").write_text(read_changes(OVERRIDE), "utf-8")
    project = Project.open(tmp_path, organization="riverside")
    for sheet in project.render("77299", options=RenderOptions(language=language)):
        assert conformance_problems(sheet.data) == []
        assert attached(sheet)["adapted_by"] == ["Riverside"]
        assert gone not in text(sheet)
        assert printed[0] in text(sheet)
    said = text(
        project.render("77299", BASE_LAYOUTS[:1], options=RenderOptions(language=language))[0]
    )
    assert all(words in said for words in printed)
    assert Project.open(tmp_path).record("77299").adapted_by == ()
