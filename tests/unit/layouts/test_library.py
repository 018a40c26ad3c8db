"""Finding layouts, themes and organizations by name in several folders."""

from pathlib import Path

import pytest

from docgen.diagnostics import DocgenError
from docgen.document import ImageSource, PageSetup
from docgen.layouts import LayoutLibrary
from docgen.shipped import layouts_folder

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c636000000002000148afa4710000000049454e44ae426082"
)
LAYOUT = """\
id: sheet
title: Sheet
description: {description}
audience: clinicians
language: en
theme: base
page: {{size: 5in x 8in, margins: {{top: 0.5in, right: 36pt, bottom: 1in, left: 54pt}}}}
blocks:
  - {{id: picture, type: image, file: images/dot.png, alt: A dot}}
"""


def write_layout(folder: Path, description: str) -> Path:
    (folder / "images").mkdir(parents=True)
    (folder / "images" / "dot.png").write_bytes(PNG)
    path = folder / "sheet.yaml"
    path.write_text(LAYOUT.format(description=description), encoding="utf-8")
    return path


def test_a_layout_comes_with_its_theme_page_and_images(tmp_path: Path) -> None:
    path = write_layout(tmp_path, "Own")
    loaded = LayoutLibrary([tmp_path, layouts_folder()]).find("sheet")
    assert loaded.path == path
    assert loaded.theme.id == "base"
    assert loaded.page == PageSetup(width=360, height=576, top=36, right=36, bottom=72, left=54)
    image = next(iter(loaded.images.values()))
    assert isinstance(image, ImageSource)
    assert (image.format, image.width, image.height, image.data) == ("png", 1, 1, PNG)


def test_the_first_folder_wins(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    write_layout(first, "First")
    write_layout(second, "Second")
    library = LayoutLibrary([first, second, layouts_folder()])
    assert library.find("sheet").layout.description == "First"
    assert [file.name for file in library.list()] == [
        "clinician-summary",
        "patient-handout",
        "sheet",
    ]


def test_a_folder_that_does_not_exist_holds_nothing(tmp_path: Path) -> None:
    library = LayoutLibrary([tmp_path / "none"])
    assert (library.list(), library.themes(), library.organizations()) == ((), (), ())
    with pytest.raises(DocgenError, match="no folder of layouts holds any layout"):
        library.find("patient-handout")


def test_a_mistyped_layout_is_named() -> None:
    with pytest.raises(DocgenError) as refused:
        LayoutLibrary([layouts_folder()]).find("patient-handuot")
    assert str(refused.value) == (
        "error[missing-layout]: there is no layout 'patient-handuot'\n"
        "  hint: did you mean 'patient-handout'?"
    )


@pytest.mark.parametrize("name", ["../layouts/patient-handout", "themes/base", "", "..", "/"])
def test_a_name_is_no_path(name: str) -> None:
    with pytest.raises(DocgenError, match="missing-layout"):
        LayoutLibrary([layouts_folder()]).find(name)


def test_problems_of_the_theme_are_told_with_those_of_the_layout(tmp_path: Path) -> None:
    path = write_layout(tmp_path, "Own")
    path.write_text(
        path.read_text(encoding="utf-8").replace("id: picture", "id: Picture"), encoding="utf-8"
    )
    (tmp_path / "themes").mkdir()
    (tmp_path / "themes" / "base.yaml").write_text("id: base\n", encoding="utf-8")
    with pytest.raises(DocgenError) as refused:
        LayoutLibrary([tmp_path]).find("sheet")
    rules = {diagnostic.rule for diagnostic in refused.value.diagnostics}
    assert {"bad-id", "missing-field"} <= rules
