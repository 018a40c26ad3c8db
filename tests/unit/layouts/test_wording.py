"""Wording in the language of a sheet: which texts it is, and what becomes of each."""

import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.diagnostics import DocgenError, Findings
from docgen.layouts import Layout, Organization
from docgen.layouts.catalogs import Catalog
from docgen.layouts.fixed_words import fixed_words
from docgen.layouts.wording import SheetLanguage, has_words, in_language, sheet_language, wording
from docgen.shipped import layouts_folder
from docgen.source import MappingNode, Node, Scalar, SequenceNode, read_file
from docs.catalogs import compiled

LAYOUT = """\
id: visit
title: "{{ record.title }}: what to know"
description: A visit.
audience: patients
language: en
theme: base
page: {size: letter, margins: {top: 1in, right: 1in, bottom: 1in, left: 1in}}
blocks:
  - id: getting-here
    type: section
    heading: {en: Getting here, es: Cómo llegar}
    field: record.summary
  - id: getting-ready
    type: section
    heading: Getting ready
    text: "{{ record.code }}"
  - id: ticks
    type: checklist
    items: [Getting ready, {en: Water, es: Agua}]
  - id: where-from
    type: qr-code
    value: Getting ready
    alt: Getting ready
"""


@pytest.fixture
def layout(tmp_path: Path) -> MappingNode:
    return written(tmp_path, LAYOUT)


def written(folder: Path, text: str) -> MappingNode:
    path = folder / "visit.yaml"
    path.write_text(text, "utf-8")
    node = read_file(path)
    assert isinstance(node, MappingNode)
    return node


def sheet(language: str, fallback: str | None = None) -> SheetLanguage:
    return sheet_language(language, fallback, (layouts_folder(),))


def turned(node: MappingNode, language: SheetLanguage, own: str = "en") -> tuple[Node, Findings]:
    findings = Findings()
    changed = in_language(node, Layout, {node.span.path: own}, language, findings)
    findings.extend(language.missing.diagnostics)
    return changed, findings


def at(node: Node, *keys: str | int) -> Scalar:
    for key in keys:
        if isinstance(key, int):
            assert isinstance(node, SequenceNode)
            node = node.items[key]
        else:
            assert isinstance(node, MappingNode)
            inner = node.get(key)
            assert inner is not None
            node = inner
    assert isinstance(node, Scalar)
    return node


def told(findings: Findings) -> list[str]:
    return [
        f"{found.span and found.span.line}: {found.message} ({found.hint})"
        for found in findings.diagnostics
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Getting ready", True),
        ("{{ record.title }}", False),
        ("{{ record.title }}: what to know", True),
        ("**{{ phone.number }}** ({{ 'x' if record.code == 'T1' else '' }}), 24/7", True),
        ("{{ organization.name ~ '. ' if organization else '' }}", False),
        ("{{ record.specialty or 'no specialty' }}", True),
        ('{{ "Call us" if organization else "" }}', True),
        ("{{ '}} Call us' }}", True),
        ("{{ record.code if section.audience != 'patients' else '' }}", False),
        ("{{ record.code if record.code in ['T1', 'T2'] else '' }}", False),
        ("{{ record.code if 'T1' == record.code else '' }}", False),
        ("{{ record.provenance.authors | join(', ') }}", False),
        ("24/7", False),
    ],
)
def test_what_says_something_by_itself_has_words(text: str, expected: bool) -> None:
    assert has_words(text) is expected


def test_what_catalogs_know_becomes_their_wording_in_its_place(layout: MappingNode) -> None:
    node, findings = turned(layout, sheet("es"))
    heading = at(node, "blocks", 1, "heading")
    assert (heading.value, heading.language) == ("Cómo prepararse", "es")
    assert heading.span == at(layout, "blocks", 1, "heading").span
    assert heading.locate(5) == heading.span
    assert at(node, "title").value == "{{ record.title }}: lo que debe saber"
    assert findings.diagnostics == ()


def test_a_text_in_several_languages_becomes_the_one_of_the_sheet(layout: MappingNode) -> None:
    spanish, _ = turned(layout, sheet("es"))
    english, _ = turned(layout, sheet("en"))
    assert at(spanish, "blocks", 0, "heading").value == "Cómo llegar"
    assert at(spanish, "blocks", 0, "heading").span.column == 37
    assert at(english, "blocks", 0, "heading").value == "Getting here"
    assert at(spanish, "blocks", 2, "items", 1).value == "Agua"


def test_a_region_takes_the_wording_of_its_language(layout: MappingNode) -> None:
    node, findings = turned(layout, sheet("es-MX"))
    assert at(node, "blocks", 0, "heading").value == "Cómo llegar"
    assert at(node, "blocks", 1, "heading").value == "Cómo prepararse"
    assert findings.diagnostics == ()


def test_codes_ids_and_expressions_are_in_no_language(layout: MappingNode) -> None:
    node, _ = turned(layout, sheet("es"))
    assert at(node, "blocks", 3, "value").value == "Getting ready"
    assert at(node, "blocks", 3, "alt").value == "Cómo prepararse"
    assert at(node, "blocks", 0, "field") is at(layout, "blocks", 0, "field")
    assert at(node, "description").value == "A visit."


def test_all_that_is_missing_is_told_at_once(tmp_path: Path) -> None:
    node = written(
        tmp_path,
        LAYOUT.replace("es: Cómo llegar", "fr: Pour venir")
        .replace("Water", "Milk")
        .replace("heading: Getting ready", "heading: Parking"),
    )
    _, findings = turned(node, sheet("es"))
    assert told(findings) == [
        "11: 'heading' has no Spanish (es) wording "
        "(write it as {en: …, es: …}, or add it to the catalog locale/es.po)",
        "15: 'heading' has no Spanish (es) wording "
        "(write it as {en: …, es: …}, or add it to the catalog locale/es.po)",
    ]


def test_what_is_missing_falls_back_and_names_its_language(tmp_path: Path) -> None:
    node = written(tmp_path, LAYOUT.replace("heading: Getting ready", "heading: Parking"))
    changed, findings = turned(node, sheet("es", "en"))
    parking = at(changed, "blocks", 1, "heading")
    assert (parking.value, parking.language) == ("Parking", "en")
    assert findings.diagnostics == ()


def test_a_fallback_is_found_in_catalogs_too(tmp_path: Path) -> None:
    node, findings = turned(written(tmp_path, LAYOUT), sheet("fr", "es"))
    heading = at(node, "blocks", 1, "heading")
    assert (heading.value, heading.language) == ("Cómo prepararse", "es")
    assert findings.diagnostics == ()


def test_a_tag_that_is_none_is_told(tmp_path: Path) -> None:
    node = written(tmp_path, LAYOUT.replace("es: Cómo llegar", "ES: Cómo llegar"))
    _, findings = turned(node, sheet("en"))
    assert told(findings) == ["11: 'ES' is not a language tag (did you mean 'es'?)"]


def test_a_group_without_any_tag_is_left_to_binding(tmp_path: Path) -> None:
    node = written(tmp_path, LAYOUT.replace("heading: Getting ready", "heading: {Note: it}"))
    changed, findings = turned(node, sheet("en"))
    assert findings.diagnostics == ()
    assert isinstance(changed, MappingNode)


def test_a_project_s_own_catalog_wins(tmp_path: Path, layout: MappingNode) -> None:
    (tmp_path / "locale").mkdir()
    (tmp_path / "locale/es.mo").write_bytes(compiled("es", {"Getting ready": "Antes de venir"}))
    own = sheet_language("es", None, (tmp_path, layouts_folder()))
    node, _ = turned(layout, own)
    assert at(node, "blocks", 1, "heading").value == "Antes de venir"
    assert at(node, "title").value == "{{ record.title }}: lo que debe saber"
    assert own.catalog.sources == (
        tmp_path / "locale/es.mo",
        layouts_folder() / "locale/es.mo",
    )


@pytest.mark.parametrize("name", ["patient-handout", "clinician-summary"])
def test_base_layouts_stay_as_they_are_in_their_own_language(name: str) -> None:
    node = read_file(layouts_folder() / f"{name}.yaml")
    assert isinstance(node, MappingNode)
    assert turned(node, sheet("en"))[0] is node


def test_the_wording_of_an_organization_is_what_is_not_a_name_or_number(tmp_path: Path) -> None:
    node = written(
        tmp_path,
        "name: Clinic\naddress: Street\nphones:\n"
        "  - {label: Nurse line, number: (555) 555-0100, hours: at night}\n"
        "texts: {disclaimer: Ask us.}\n",
    )
    found = [scalar.value for scalar in wording(node, Organization)]
    assert found == ["Nurse line", "at night", "Ask us."]


@given(st.text())
def test_any_text_has_words_or_has_none(text: str) -> None:
    bare = not any(map(str.isalpha, text))
    assert has_words(text) is not bare or "{{" in text


@pytest.mark.parametrize(
    ("language", "label", "spoken"),
    [
        ("en", "Box to tick", "en"),
        ("en-US", "Box to tick", "en-US"),
        ("es-MX", "Casilla para marcar", "es-MX"),
        ("fr", "☐", "en"),
    ],
)
def test_what_sheets_say_by_themselves(language: str, label: str, spoken: str) -> None:
    words = fixed_words(Catalog(language, (layouts_folder(),)))
    assert (words.box_to_tick, words.language) == (label, spoken)


@pytest.mark.parametrize(
    ("fallback", "sentence"),
    [
        ("en-US", "Partes de esta hoja están en inglés."),
        ("es-MX", "Partes de esta hoja están en español."),
        ("fr", "Partes de esta hoja están en otro idioma."),
    ],
)
def test_which_language_parts_are_in_is_told(fallback: str, sentence: str) -> None:
    assert fixed_words(Catalog("es", (layouts_folder(),))).partly_in(fallback) == sentence


WHOLE = compiled("es", {"In short": "En breve", "Page {number}": "Página {number}"})


def count_at(data: bytes, place: int, value: int) -> bytes:
    """A catalog with another number in one place of its head (GNU gettext's manual, MO files)."""
    return data[:place] + struct.pack("<L", value) + data[place + 4 :]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b'msgid ""',
        WHOLE[:40],
        WHOLE.replace(b"charset=utf-8", b"charset=utf-0"),
        WHOLE.replace(b"nplurals=2; plural=", b"nplurals=2;plural =", 1),
        count_at(WHOLE, 8, 0xFFFFFFFF),
        count_at(WHOLE, 16, 0),
        WHOLE.replace(b"En breve", b"\xff\xfe\xfd\xfc\xfb\xfa\xf9\xf8"),
    ],
)
def test_a_damaged_catalog_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "locale").mkdir()
    (tmp_path / "locale/es.mo").write_bytes(data)
    with pytest.raises(DocgenError) as refused:
        Catalog("es", (tmp_path,)).wording("In short")
    (told,) = refused.value.diagnostics
    assert (told.rule, told.hint) == ("bad-catalog", "compile it anew from es.po")


def test_a_catalog_whose_texts_overlap_is_refused(tmp_path: Path) -> None:
    """A few bytes would else be read as many texts, each as long as all of them."""
    head = struct.pack("<7L", 0x950412DE, 0, 3, 28, 28, 0, 0)
    table = b"".join(struct.pack("<2L", 20, 52) for _ in range(3))
    (tmp_path / "locale").mkdir()
    (tmp_path / "locale/es.mo").write_bytes(head + table + b"a" * 20 + b"\0")
    with pytest.raises(DocgenError, match="not a compiled catalog"):
        Catalog("es", (tmp_path,)).wording("a" * 20)
