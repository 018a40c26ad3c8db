"""Layouts in layers: folders, parents, organizations; and what they start from."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from docgen.diagnostics import DocgenError
from docgen.document import ImageSource
from docgen.layouts import LayoutLibrary, LoadedLayout
from docgen.layouts.model import TextBlock
from docgen.shipped import layouts_folder
from docgen.source import TextNode

SHEET = """\
id: sheet
title: Sheet
description: {words}
audience: clinicians
language: en
theme: base
page: {{size: letter, margins: {{top: 1in, right: 1in, bottom: 1in, left: 1in}}}}
body: {{size: 10, leading: 13}}
blocks:
  - {{id: first, type: text, text: First}}
  - {{id: second, type: text, text: Second}}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of layouts with a hospital, its clinic, and the layout that both change."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "layouts"
    write(folder / "sheet.yaml", SHEET.format(words="Base"))
    write(folder / "organizations/hospital/organization.yaml", "name: Hospital\n")
    write(folder / "organizations/clinic/organization.yaml", "name: Clinic\nparent: hospital\n")
    return folder


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def own(folder: Path, id: str, name: str = "sheet") -> Path:
    return folder / "organizations" / id / f"{name}.yaml"


def library(folder: Path, organization: str | None = "clinic") -> LayoutLibrary:
    found = LayoutLibrary([folder, layouts_folder()])
    return found.of(found.organization(organization)) if organization else found


def find(folder: Path, name: str = "sheet", organization: str | None = "clinic") -> LoadedLayout:
    return library(folder, organization).find(name)


def refused(folder: Path, name: str = "sheet", organization: str | None = "clinic") -> str:
    with pytest.raises(DocgenError) as error:
        find(folder, name, organization)
    return str(error.value)


def test_each_layer_changes_what_the_ones_below_it_make(folder: Path) -> None:
    write(
        own(folder, "hospital"),
        "extends: sheet\ndescription: Hospital's\nchange: {first: {text: A}}",
    )
    write(own(folder, "clinic"), "extends: sheet\nchange: {second: {text: B}}\n")
    loaded = find(folder)
    assert loaded.layout.description == "Hospital's"
    blocks = [block for block in loaded.layout.blocks if isinstance(block, TextBlock)]
    assert [block.text.value for block in blocks] == ["A", "B"]
    assert loaded.path == own(folder, "clinic")
    assert loaded.sources[:3] == (
        folder / "sheet.yaml",
        own(folder, "hospital"),
        own(folder, "clinic"),
    )


def test_others_have_the_layout_as_it_was(folder: Path) -> None:
    write(own(folder, "clinic"), "extends: sheet\ndescription: Clinic's\n")
    assert find(folder).layout.description == "Clinic's"
    assert find(folder, organization="hospital").layout.description == "Base"
    assert find(folder, organization=None).layout.description == "Base"


def test_a_file_that_extends_none_stands_alone(folder: Path) -> None:
    write(own(folder, "hospital"), "extends: sheet\nremove: [second]\n")
    write(own(folder, "clinic"), SHEET.format(words="Clinic's"))
    loaded = find(folder)
    assert [block.id for block in loaded.layout.blocks] == ["first", "second"]
    assert own(folder, "hospital") not in loaded.sources


def test_a_new_layout_starts_from_another_as_all_layers_give_it(folder: Path) -> None:
    write(own(folder, "hospital"), "extends: sheet\nremove: [second]\n")
    write(own(folder, "clinic", "visit"), "id: visit\nextends: sheet\ntitle: Visit\n")
    layout = find(folder, "visit").layout
    assert (layout.id, layout.title.value) == ("visit", "Visit")
    assert [block.id for block in layout.blocks] == ["first"]
    assert [file.name for file in library(folder).list()] == [
        "clinician-summary",
        "patient-handout",
        "sheet",
        "visit",
    ]


def test_a_project_may_change_what_comes_with_docgen(tmp_path: Path) -> None:
    write(tmp_path / "clinician-summary.yaml", "extends: clinician-summary\ntitle: Ours\n")
    changed = find(tmp_path, "clinician-summary", None).layout
    shipped = LayoutLibrary([layouts_folder()]).find("clinician-summary").layout
    assert changed.title.value == "Ours" != shipped.title.value
    assert [block.id for block in changed.blocks] == [block.id for block in shipped.blocks]


def test_the_page_of_an_organization_holds_unless_its_own_layout_says_otherwise(
    folder: Path,
) -> None:
    write(
        folder / "organizations/clinic/organization.yaml",
        "name: Clinic\nparent: hospital\npage: {size: a4, margins: {left: 2in}}\n",
    )
    page = find(folder).page
    assert (round(page.width), page.left, page.right) == (595, 144, 72)
    write(own(folder, "clinic"), "extends: sheet\npage: {size: a5, margins: {left: 1in}}\n")
    page = find(folder).page
    assert (round(page.width), page.left) == (420, 72)


def test_the_body_size_of_an_organizations_theme_reaches_layouts_with_a_size_of_their_own(
    folder: Path,
) -> None:
    write(
        folder / "organizations/clinic/organization.yaml",
        "name: Clinic\ntheme: {body: {size: 12, leading: 15}}\n",
    )
    body = find(folder).styles.text["body"]
    assert (body.size, body.leading) == (12, 15)
    assert find(folder, organization=None).styles.text["body"].size == 10


def test_the_theme_is_merged_with_what_the_organization_says(folder: Path) -> None:
    write(
        folder / "organizations/hospital/organization.yaml",
        'name: Hospital\ntheme: {palette: {blue: "#003300"}, text: {label: {strong: no}}}\n',
    )
    write(
        folder / "organizations/clinic/organization.yaml",
        'name: Clinic\nparent: hospital\ntheme: {palette: {ours: "#440000"}, '
        "text: {label: {colour: ours}}}\n",
    )
    clinic, base = find(folder).styles.text, find(folder, organization=None).styles.text
    assert (clinic["label"].colour, clinic["label"].strong) == ("#440000", False)
    assert clinic["heading-1"].colour == "#003300" != base["heading-1"].colour
    assert clinic["label"].size == base["label"].size


def test_the_sheets_language_is_the_one_asked_for_or_the_organizations_or_its_own(
    folder: Path,
) -> None:
    assert find(folder).language == "en"
    write(folder / "organizations/clinic/organization.yaml", "name: C\nlanguage: en-GB\n")
    assert find(folder).language == "en-GB"
    assert library(folder).find("sheet", language="en-CA").language == "en-CA"


@pytest.mark.parametrize(
    ("hospital", "clinic", "languages"),
    [
        ("", "", ["en", "en", "en"]),
        ("", "language: es\n", ["en", "en", "es"]),
        ("language: es\n", "", ["en", "es", "es"]),
        ("language: es\n", "language: fr\n", ["en", "es", "fr"]),
    ],
)
def test_a_file_that_names_no_language_is_in_its_organizations_or_its_bases(
    folder: Path, hospital: str, clinic: str, languages: list[str]
) -> None:
    organizations = folder / "organizations"
    write(organizations / "hospital/organization.yaml", f"name: Hospital\n{hospital}")
    write(organizations / "clinic/organization.yaml", f"name: Clinic\nparent: hospital\n{clinic}")
    for id in ("hospital", "clinic"):
        write(own(folder, id), "extends: sheet\ntitle: Our sheet\n")
    assert list(library(folder).merged("sheet").languages.values()) == languages
    write(own(folder, "clinic"), "extends: sheet\nlanguage: de\n")
    assert list(library(folder).merged("sheet").languages.values()) == [*languages[:2], "de"]


def picture(colour: str) -> bytes:
    data = BytesIO()
    Image.new("RGB", (2, 2), colour).save(data, "PNG")
    return data.getvalue()


def test_images_count_from_the_folder_of_the_file_that_names_them(folder: Path) -> None:
    for root, colour in ((folder, "red"), (folder / "organizations/clinic", "blue")):
        (root / "dot.png").write_bytes(picture(colour))
    base = SHEET.format(words="Base") + "  - {id: dot, type: image, file: dot.png, alt: A dot}\n"
    write(folder / "sheet.yaml", base)
    write(
        own(folder, "clinic"),
        "extends: sheet\n"
        "insert: [{blocks: [{id: ours, type: image, file: dot.png, alt: Our dot}]}]\n",
    )
    loaded = find(folder)
    found: dict[str, ImageSource] = {}
    for text, image in loaded.images.items():
        assert isinstance(text, TextNode)
        assert isinstance(image, ImageSource)
        found[text.span.path] = image
    assert found["layouts/sheet.yaml"].data == picture("red")
    assert found["layouts/organizations/clinic/sheet.yaml"].data == picture("blue")
    images = (folder / "dot.png", folder / "organizations/clinic/dot.png")
    assert set(images) <= set(loaded.sources)


@pytest.mark.parametrize(
    ("files", "name", "message"),
    [
        (
            {"hospital/visit": "id: visit\nextends: shete\n"},
            "visit",
            "layouts/organizations/hospital/visit.yaml:2:10: error[missing-layout]: there is no "
            "layout 'shete'\n  hint: did you mean 'sheet'?",
        ),
        (
            {"clinic/visit": "id: visit\nextends: visit\n"},
            "visit",
            "layouts/organizations/clinic/visit.yaml:2:10: error[missing-layout]: this file "
            "extends 'visit', but there is no other layout of that name below it\n"
            "  hint: name the layout that it starts from, or take 'extends' out",
        ),
        (
            {"clinic/a": "id: a\nextends: b\n", "hospital/b": "id: b\nextends: a\n"},
            "a",
            "layouts/organizations/hospital/b.yaml:2:10: error[layout-cycle]: a extends b extends "
            "a: a layout cannot start from itself\n"
            "  hint: let one of these files extend another layout, or none: "
            "layouts/organizations/clinic/a.yaml, layouts/organizations/hospital/b.yaml",
        ),
        (
            {"clinic/visit": "extends: sheet\n"},
            "visit",
            "layouts/organizations/clinic/visit.yaml:1:1: error[missing-field]: 'id' is missing: a "
            "layout that extends one of another name needs it\n  hint: write 'id: visit'",
        ),
        (
            {"hospital/sheet": "id: shet\nextends: sheet\n", "clinic/sheet": "extends: sheet\n"},
            "sheet",
            "layouts/organizations/hospital/sheet.yaml:1:1: error[bad-id]: the id 'shet' is not "
            "the name of its file\n"
            "  hint: write 'id: sheet', or rename the file to shet.yaml",
        ),
        (
            {"clinic/sheet": "extends: [sheet]\n"},
            "sheet",
            "layouts/organizations/clinic/sheet.yaml:1:10: error[wrong-type]: 'extends' must be "
            "the name of one layout\n  hint: write 'extends: sheet'",
        ),
        (
            {"clinic/sheet": "change: {first: {text: A}}\n"},
            "sheet",
            "layouts/organizations/clinic/sheet.yaml:1:1: error[missing-field]: 'change' changes "
            "the blocks of another layout, but this file extends none\n"
            "  hint: write 'extends: …' with the name of the layout that it changes",
        ),
        (
            {"clinic/sheet": "extends: sheet\nchange: {first: {txet: A}}\n"},
            "sheet",
            "layouts/organizations/clinic/sheet.yaml:2:18: error[unknown-field]: 'txet' is not a "
            "field of a text block\n  hint: did you mean 'text'?",
        ),
        (
            {"clinic/sheet": "extends: sheet\ninsert: [{blocks: [{id: first, type: rule}]}]\n"},
            "sheet",
            "layouts/organizations/clinic/sheet.yaml:2:20: error[duplicate-id]: the id 'first' is "
            "used twice in this layout\n"
            "  hint: it first stands at layouts/sheet.yaml:10:5; give one of them another id",
        ),
    ],
)
def test_what_cannot_be_merged_is_told_at_its_place(
    folder: Path, files: dict[str, str], name: str, message: str
) -> None:
    for path, text in files.items():
        organization, _, layout = path.partition("/")
        write(own(folder, organization, layout), text)
    assert message in refused(folder, name)


def test_problems_of_merging_and_of_the_merged_layout_are_told_together(folder: Path) -> None:
    write(own(folder, "clinic"), "extends: sheet\nremove: [frist]\nchange: {second: {txet: A}}\n")
    told = refused(folder)
    assert "2:10: error[unknown-block]" in told
    assert "3:19: error[unknown-field]" in told
