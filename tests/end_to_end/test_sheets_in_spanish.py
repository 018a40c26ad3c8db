"""Sheets in Spanish: every word of the frame, dates, tags, and what falls back to English."""

import io
import re
from functools import cache
from pathlib import Path

import pikepdf
import pytest
import yaml

from docgen import BASE_LAYOUTS, Project
from docgen.diagnostics import DocgenError
from docgen.layouts import Layout
from docgen.layouts.fixed_words import MESSAGES, NOTICE_MESSAGES
from docgen.layouts.wording import wording
from docgen.project import RenderOptions
from docgen.records import ProcedureRecord
from docgen.rendered import RenderedSheet
from docgen.source import read_file
from tests.commands import ROOT, run_docgen
from tests.conformance import conformance_problems
from tests.pdf_text import page_texts
from tests.sample_records import RECORDS, TRANSLATIONS, reviewed

SPANISH = RenderOptions(language="es")
WITH_ENGLISH = RenderOptions(language="es", fallback_language="en")
TRANSLATED = sorted({path.name.split(".")[0] for path in TRANSLATIONS})
UNTRANSLATED = [path for path in RECORDS if path.stem not in TRANSLATED]
_EXPRESSION = re.compile(r"\{+[^{}]*\}+")

both_layouts = pytest.mark.parametrize("layout", BASE_LAYOUTS)


@cache
def _project() -> Project:
    return Project.open(ROOT, organization="sample")


@cache
def _record(stem: str) -> ProcedureRecord:
    (path,) = (path for path in RECORDS if path.stem == stem)
    said = yaml.safe_load(path.read_text("utf-8"))
    return _project().record(said["code"], said["code_system"])


@cache
def _sheet(stem: str, layout: str, options: RenderOptions) -> RenderedSheet:
    return _project().render_record(_record(stem), layout, options)


def _words(template: str) -> list[str]:
    """What a template says by itself, without its looks."""
    pieces = (piece.strip(" *.,:()[]") for piece in _EXPRESSION.split(template))
    return [piece for piece in pieces if any(map(str.isalpha, piece))]


def _frame() -> list[str]:
    """Every fixed word of the frame, in English."""
    layouts = (ROOT / "layouts" / f"{name}.yaml" for name in BASE_LAYOUTS)
    texts = [scalar.value for path in layouts for scalar in wording(read_file(path), Layout)]
    return sorted({word for text in (*texts, *MESSAGES, *NOTICE_MESSAGES) for word in _words(text)})


def _names(record: ProcedureRecord) -> list[str]:
    """What stays as it is in every language: titles and names of others."""
    provenance = record.provenance
    policies = [str(name) for policy in record.policies for name in (policy.payer, policy.title)]
    sources = [
        str(name) for source in provenance.sources for name in (source.title, source.publisher)
    ]
    return [*policies, *sources, *map(str, provenance.authors)]


def _said(sheet: RenderedSheet, record: ProcedureRecord) -> str:
    """All that a sheet prints or says, without the names of others."""
    with pikepdf.open(io.BytesIO(sheet.data)) as pdf:
        told = [str(pdf.docinfo[key]) for key in ("/Title", "/Subject")]
        told += [str(pdf.Root.AF[0].Desc)]
        told += [str(node.Alt) for node in pdf.objects if _has_alternative(node)]
    said = " ".join(" ".join([*page_texts(sheet.data), *told]).split())
    for name in (*sorted(_names(record), key=len, reverse=True), "Code 128"):
        said = said.replace(name, "")
    return said


def _has_alternative(node: pikepdf.Object) -> bool:
    return isinstance(node, pikepdf.Dictionary) and "/Alt" in node


def _language(data: bytes) -> str:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return str(pdf.Root.Lang)


def test_three_samples_are_in_spanish() -> None:
    assert TRANSLATED == ["45378", "70551", "77299"]


def test_the_frame_has_all_its_words() -> None:
    assert {"Page", "of", "Getting ready", "Nights and weekends", "Box to tick"} <= set(_frame())
    assert len(_frame()) > 80


@both_layouts
@pytest.mark.parametrize("stem", TRANSLATED)
def test_no_english_word_of_the_frame_is_left(stem: str, layout: str) -> None:
    said = _said(_sheet(stem, layout, SPANISH), _record(stem))
    left = [word for word in _frame() if re.search(rf"\b{re.escape(word)}\b", said)]
    assert left == []


@both_layouts
def test_that_check_finds_english_words(layout: str) -> None:
    said = _said(_sheet("77299", layout, RenderOptions()), _record("77299"))
    found = {word for word in _frame() if re.search(rf"\b{re.escape(word)}\b", said)}
    assert {"Page", "of", "Box to tick", "Record of"} <= found


@both_layouts
@pytest.mark.parametrize("stem", TRANSLATED)
def test_sheets_in_spanish_conform(stem: str, layout: str) -> None:
    sheet = _sheet(stem, layout, SPANISH)
    assert conformance_problems(sheet.data) == []
    assert _language(sheet.data) == "es"


@pytest.mark.parametrize("stem", TRANSLATED)
def test_no_note_where_nothing_falls_back_but_names(stem: str) -> None:
    sheet = _sheet(stem, "patient-handout", WITH_ENGLISH)
    assert "Partes de esta hoja" not in _said(sheet, _record(stem))


def test_dates_are_in_spanish(tmp_path: Path) -> None:
    project = Project.open(reviewed(tmp_path, "77299"))
    record = project.record("77299")
    said = _said(project.render_record(record, "patient-handout", SPANISH), record)
    assert "revisada el 20 de noviembre de 2026; próxima revisión:" in said


@both_layouts
@pytest.mark.parametrize("path", UNTRANSLATED, ids=lambda path: path.stem)
def test_what_is_missing_is_told_all_at_once(path: Path, layout: str) -> None:
    with pytest.raises(DocgenError) as refused:
        _sheet(path.stem, layout, SPANISH)
    assert {told.rule for told in refused.value.diagnostics} == {"missing-translation"}
    assert all(told.span and told.span.line for told in refused.value.diagnostics)
    assert any(told.span and path.name in told.span.path for told in refused.value.diagnostics)


@both_layouts
@pytest.mark.parametrize("path", UNTRANSLATED, ids=lambda path: path.stem)
def test_what_falls_back_conforms_and_is_told_to_the_reader(path: Path, layout: str) -> None:
    sheet = _sheet(path.stem, layout, WITH_ENGLISH)
    said = _said(sheet, _record(path.stem))
    assert conformance_problems(sheet.data) == []
    assert _language(sheet.data) == "es"
    assert said.count("Partes de esta hoja están en inglés.") == 1
    help_is_near = "Pida a su equipo de atención médica que las repase con usted." in said
    assert help_is_near is (layout == "patient-handout")


def test_a_language_that_is_the_sheet_s_own_changes_no_byte() -> None:
    for layout in BASE_LAYOUTS:
        plain, asked = (
            _sheet("77299", layout, options)
            for options in (RenderOptions(), RenderOptions(language="en"))
        )
        assert plain.data == asked.data


def test_a_language_that_was_asked_for_is_in_the_name(tmp_path: Path) -> None:
    options = ("--organization", "sample", "--language", "es", "--large-print")
    run = run_docgen("render", "77299", *options, "--output", str(tmp_path), cwd=ROOT)
    assert run.returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "cpt-77299-clinician-summary-es-large-print.pdf",
        "cpt-77299-patient-handout-es-large-print.pdf",
    ]


def test_the_language_of_an_organization_is_not_in_the_name() -> None:
    sheets = Project.open(ROOT, organization="campo-claro").render("77299")
    assert [_language(sheet.data) for sheet in sheets] == ["es"] * len(sheets)
    assert all("es" not in sheet.variant for sheet in sheets)


@pytest.mark.parametrize(
    ("tag", "hint"),
    [("ES", "did you mean 'es'?"), ("spanish", "write one such as en or es-MX")],
)
def test_a_tag_that_is_none_is_a_usage_error(tag: str, hint: str) -> None:
    run = run_docgen("render", "77299", "--language", tag, cwd=ROOT)
    assert run.returncode == 2
    assert hint in " ".join(run.stderr.decode().split())
