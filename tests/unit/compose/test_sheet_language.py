"""Layouts, organizations and what sheets say by themselves, in the language of a sheet."""

from pathlib import Path

import pytest
from PIL import Image

from docgen.compose import compile_layout, compose
from docgen.diagnostics import DocgenError
from docgen.document import (
    Block,
    Callout,
    Code,
    Document,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    PreparedFor,
    TextRun,
)
from docgen.layouts import LayoutLibrary, LoadedLayout
from docgen.pdf import write_pdf
from docgen.shipped import layouts_folder
from docgen.typeset import typeset
from tests.tag_tree import tag_tree
from tests.unit.compose.conftest import LAYOUT, ORGANIZATION, Bench

BLOCKS = """\
blocks:
  - {id: title, type: title, text: "{{ record.title }}", subtitle: "Parking {{ record.code }}"}
  - {id: where, type: text, text: "Parking, **{{ record.title }}**, {{ organization.name }}"}
  - {id: made, type: text, text: "{{ record.provenance.reviewed_on | date }}"}
  - {id: ticks, type: checklist, items: [Getting ready]}
  - {id: picture, type: image, file: dot.png, alt: A parking lot}
  - {id: bars, type: barcode, value: T1, alt: "Code 128 bar code of {{ record.code }}",
     caption: Bars}
  - id: phones
    type: text
    for_each: phone in organization.phones
    text: "{{ phone.label }} {{ phone.number }}"
"""
WORDED = ORGANIZATION.replace("label: Nurse line", "label: {en: Nurse line, es: Enfermería}")


class Sheet:
    """The layout of these tests in a language."""

    def __init__(self, bench: Bench, *, language: str, fallback: str | None = None) -> None:
        Image.new("RGB", (8, 8)).save(bench.folder / "dot.png")
        (bench.folder / "sheet.yaml").write_text(LAYOUT + BLOCKS, "utf-8")
        organization = bench.organization_of(f"{WORDED}language: en\n")
        library = LayoutLibrary([Path(), layouts_folder()], organization)
        self.loaded: LoadedLayout = library.find("sheet", False, language, fallback)
        self._record = bench.record("language: es\n")

    def document(self) -> Document:
        return compose(compile_layout(self.loaded), self._record, self.loaded.organization)


def runs(block: Block) -> list[tuple[str, str | None]]:
    assert isinstance(block, Paragraph | Heading)
    return [(run.text, run.language) for run in block.inlines if isinstance(run, TextRun)]


@pytest.fixture
def spanish(bench: Bench) -> Document:
    return Sheet(bench, language="es", fallback="en").document()


def test_a_sheet_is_in_the_language_that_is_asked_for(spanish: Document) -> None:
    assert spanish.language == "es"
    assert spanish.subject == "Código local T1"
    assert spanish.attachment
    assert spanish.attachment.description == "Registro de Código local T1, versión 1"


def test_words_that_stand_in_are_marked_and_what_fills_them_is_not(spanish: Document) -> None:
    assert runs(spanish.blocks[0]) == [("Test procedure", None)]
    assert runs(spanish.blocks[1]) == [("Parking ", "en"), ("T1", None)]
    assert runs(spanish.blocks[3]) == [
        ("Parking, ", "en"),
        ("Test procedure", None),
        (", Sample Clinic", "en"),
    ]


def test_dates_and_labels_are_in_the_language_of_the_sheet(spanish: Document) -> None:
    assert runs(spanish.blocks[4]) == [("1 de junio de 2026", None)]
    boxes = spanish.blocks[5]
    assert isinstance(boxes, ListBlock)
    assert boxes.label == "Casilla para marcar"
    assert runs(boxes.items[0].blocks[0]) == [("Cómo prepararse", None)]


def test_dates_of_a_language_without_months_are_in_the_one_that_stands_in(bench: Bench) -> None:
    blocks = Sheet(bench, language="hmn", fallback="en").document().blocks
    assert runs(blocks[4]) == [("June 1, 2026", "en")]


def test_where_nothing_stands_in_they_are_digits(bench: Bench) -> None:
    """A sheet that is in Hmong as a whole: no word of another language is put into it."""
    text = (
        f"{LAYOUT}blocks:\n"
        '  - {id: title, type: title, text: "Phau ntawv {{ record.code }}"}\n'
        '  - {id: made, type: text, text: "{{ record.provenance.reviewed_on | date }}"}\n'
        "  - {id: whom, type: prepared-for, facts: [{id: npe, label: Npe, value: patient_name}]}\n"
    )
    (bench.folder / "sheet.yaml").write_text(text.replace("language: en", "language: hmn"), "utf-8")
    record = bench.record("language: hmn\n")
    for fallback in (None, "en"):
        loaded = LayoutLibrary([Path(), layouts_folder()]).find("sheet", False, "hmn", fallback)
        _, made, whom = compose(compile_layout(loaded), record).blocks
        assert runs(made) == [("2026-06-01", None)]
        assert isinstance(whom, PreparedFor)
        assert whom.dated_in is None


def test_pictures_say_the_language_of_their_texts(spanish: Document) -> None:
    figure, code = spanish.blocks[6:8]
    assert isinstance(figure, Figure)
    assert isinstance(code, Code)
    assert (figure.alt, figure.language) == ("A parking lot", "en")
    assert (code.alt, code.language) == ("Código de barras Code 128 de T1", None)
    assert (code.caption, code.caption_language) == ("Bars", "en")


def test_phones_are_named_in_the_language_of_the_sheet(spanish: Document) -> None:
    assert runs(spanish.blocks[8]) == [("Enfermería 555-0100", None)]
    assert runs(spanish.blocks[9]) == [("Front desk", "en"), (" 555-0101", None)]


def note(document: Document) -> Block:
    """What the box below title and subtitle says."""
    box = document.blocks[2]
    assert isinstance(box, Callout)
    return box.blocks[0]


def test_the_reader_is_told_below_the_title(spanish: Document) -> None:
    assert runs(note(spanish)) == [("Partes de esta hoja están en inglés.", None)]


def test_without_a_catalog_the_reader_is_told_in_english(bench: Bench) -> None:
    document = Sheet(bench, language="fr", fallback="en").document()
    assert runs(note(document)) == [("Parts of this sheet are in English.", "en")]


def test_nobody_is_told_where_nothing_stands_in(bench: Bench) -> None:
    blocks = Sheet(bench, language="en", fallback="es").document().blocks
    assert runs(blocks[-1]) == [("Front desk 555-0101", None)]


def test_what_is_missing_is_kept_for_whoever_makes_the_sheet(bench: Bench) -> None:
    missing = Sheet(bench, language="es").loaded.untranslated
    assert [(told.span and (told.span.path, told.span.line), told.message) for told in missing] == [
        (("organizations/sample/organization.yaml", 4), "'hours' has no Spanish (es) wording"),
        (("organizations/sample/organization.yaml", 5), "'label' has no Spanish (es) wording"),
        (("sheet.yaml", 9), "'subtitle' has no Spanish (es) wording"),
        (("sheet.yaml", 10), "'text' has no Spanish (es) wording"),
        (("sheet.yaml", 13), "'alt' has no Spanish (es) wording"),
        (("sheet.yaml", 15), "'caption' has no Spanish (es) wording"),
    ]


def test_the_tags_of_a_picture_say_its_language(bench: Bench) -> None:
    data = write_pdf(typeset(Sheet(bench, language="es", fallback="en").document())).data
    tree = tag_tree(data)
    assert "Figure Lang='en' Alt='A parking lot'" in tree
    assert "Figure Alt='Código de barras Code 128 de T1'" in tree
    assert "Caption Lang='en'" in tree


def test_the_catalog_is_among_the_sources(bench: Bench) -> None:
    spanish = Sheet(bench, language="es").loaded
    english = Sheet(bench, language="en").loaded
    catalog = layouts_folder() / "locale/es.mo"
    assert catalog in spanish.sources
    assert catalog not in english.sources


def test_an_organization_in_its_own_language_may_lack_others(bench: Bench) -> None:
    text = ORGANIZATION.replace("label: Nurse line", "label: {en: Nurse line}")
    organization = bench.organization_of(f"{text}language: en\n").organization
    assert str(organization.phones[0].label) == "Nurse line"


def test_a_tag_that_is_none_is_refused_in_an_organization_too(bench: Bench) -> None:
    text = WORDED.replace("es: Enfermería", "Es: Enfermería")
    organization = bench.organization_of(f"{text}language: en\n")
    library = LayoutLibrary([Path(), layouts_folder()], organization)
    with pytest.raises(DocgenError, match="'Es' is not a language tag"):
        library.find("patient-handout")
