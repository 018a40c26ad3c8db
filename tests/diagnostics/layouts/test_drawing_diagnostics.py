"""Drawings that cannot be printed, and what is told of each at the place that names it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from docgen import DocgenError, Project
from tests.drawing_packages import installed_in, write_package

LAYOUT = """\
id: drawn
extends: patient-handout
insert:
  - after: title
    blocks:
      - id: mine
        type: drawing
        drawing: {name}
        alt: What it shows.
        {more}
"""
PLACE = "drawn.yaml:8:18"
OK = "Rect(0.5, 0.5, 20, 20, strokeWidth=1, strokeColor=black)"
VALUES = "values: [{value: '1'}]"


def body(*lines: str) -> str:
    return "def draw(record, width, theme):\n" + "".join(f"    {line}\n" for line in lines)


def shown(part: str, size: str = "30, 30") -> str:
    return body(f"return Drawing({size}, {part})")


CASES = {
    "raises": (
        body("raise ValueError('no such organ')"),
        "raises ValueError: 'no such organ'",
    ),
    "ends the program": (body("raise SystemExit(3)"), "raises SystemExit: '3'"),
    "returns nothing": (
        body("return None"),
        "cannot be printed: it is of type NoneType, not Drawing",
    ),
    "draws nothing": (body("return Drawing(30, 30)"), "draws nothing"),
    "has no size": (shown(OK, "0, 30"), "cannot be printed: its size is 0 x 30 points"),
    "is too wide": (shown(OK, "width + 1, 30"), "is 469 points wide, and has 468"),
    "reaches out": (
        shown("Rect(0, 0, 20, 20, strokeWidth=1, strokeColor=black)"),
        "reaches 0.50 points out of its box at the left",
    ),
    "reaches out above": (
        shown("Circle(15, 20, 12, strokeColor=None)"),
        "reaches 2.00 points out of its box at the top",
    ),
    "text reaches out": (
        shown("String(20, 10, 'Much text', fontName=theme.font, fontSize=10)"),
        "points out of its box at the right",
    ),
    "has a font of its own": (
        shown("String(2, 10, 'A', fontName='Helvetica', fontSize=10)"),
        "cannot be printed: it has text in 'Helvetica', which is none of the fonts",
    ),
    "has a font by default": (
        shown("String(2, 10, 'A')"),
        "cannot be printed: it has text in 'Helvetica', which is none of the fonts",
    ),
    "has a letter of no font": (
        shown("String(2, 10, '骨', fontName=theme.font, fontSize=10)"),
        "has the text '骨' with U+9AA8 CJK UNIFIED IDEOGRAPH-9AA8: no font has it",
    ),
    "holds a photograph": (
        shown("Image(0, 0, 9, 9, 'photo.png')"),
        "cannot be printed: it holds a picture made of pixels",
    ),
    "is in colours of print": (
        shown("Rect(0, 0, 9, 9, strokeColor=None, fillColor=CMYKColor(1, 0, 0, 0))"),
        "cannot be printed: it has a colour that is not RGB, as CMYK and spot colours are",
    ),
    "is transparent": (
        shown("Rect(0, 0, 9, 9, strokeColor=None, fillColor=Color(1, 0, 0, 0.5))"),
        "cannot be printed: part of it is transparent",
    ),
    "depends on chance": (
        "from itertools import count\nTIMES = count(1)\n"
        + body("return Drawing(30, 30, Rect(0, 0, next(TIMES), 9, strokeColor=None))"),
        "is another one each time that it is made",
    ),
    "has a module that fails": (
        "import nothing_of_this_name\n" + shown(OK),
        "cannot be imported: ModuleNotFoundError",
    ),
    "wants more": (
        f"def draw(record, width, theme, values):\n    return Drawing(30, 30, {OK})\n",
        "cannot be called with record, width and theme alone",
    ),
}


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """What rendering says of a drawing of a package."""
    monkeypatch.chdir(tmp_path)
    site = tmp_path / "site"
    site.mkdir()
    layouts = tmp_path / "layouts"
    layouts.mkdir()

    def told(name: str = "mine", more: str = "") -> str:
        text = LAYOUT.replace("{name}", name).replace("{more}", more)
        (layouts / "drawn.yaml").write_text(text, "utf-8")
        with installed_in(site), pytest.raises(DocgenError) as refused:
            Project.open(tmp_path).render("77299", "drawn")
        [diagnostic] = refused.value.diagnostics
        assert diagnostic.hint
        assert str(diagnostic.span) == f"layouts/{PLACE}"
        return f"{diagnostic.rule}: {diagnostic.message}"

    return told


@pytest.mark.parametrize("name", CASES)
def test_a_drawing_is_refused_where_it_is_named(
    name: str, check: Callable[..., str], tmp_path: Path
) -> None:
    source, message = CASES[name]
    write_package(tmp_path / "site", "clinic-drawings", source, {"mine": "draw"})
    told = check()
    assert f": drawing 'mine' of the package 'clinic-drawings' {message}" in told or (
        name == "text reaches out" and message in told
    )


def test_values_that_nobody_takes_are_refused(check: Callable[..., str], tmp_path: Path) -> None:
    write_package(tmp_path / "site", "clinic-drawings", shown(OK), {"mine": "draw"})
    assert "drawing 'mine' of the package 'clinic-drawings' takes no values" in check(more=VALUES)


def test_an_unknown_drawing_names_its_neighbour(check: Callable[..., str], tmp_path: Path) -> None:
    write_package(tmp_path / "site", "clinic-drawings", shown(OK), {"organs": "draw"})
    assert check("organ") == ("unknown-drawing: no package that is installed has a drawing 'organ'")


def test_two_packages_with_one_name_are_refused(check: Callable[..., str], tmp_path: Path) -> None:
    for package in ("clinic-drawings", "other-drawings"):
        write_package(tmp_path / "site", package, shown(OK), {"mine": "draw"})
    assert (
        "several packages have a drawing 'mine': 'clinic-drawings' and 'other-drawings'" in check()
    )


def test_what_is_no_function_is_refused(check: Callable[..., str], tmp_path: Path) -> None:
    write_package(tmp_path / "site", "clinic-drawings", "draw = 3\n", {"mine": "draw"})
    assert "drawing 'mine' of the package 'clinic-drawings' is no function" in check()


def test_a_package_in_the_folder_of_the_project_is_not_looked_at(
    check: Callable[..., str], tmp_path: Path
) -> None:
    write_package(tmp_path, "clinic-drawings", shown(OK), {"mine": "draw"})
    assert "no package that is installed has a drawing 'mine'" in check()


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ("[{value: '8'}, {value: '15.5'}]", "'the hours add up to 23.5, and a day has 24'"),
        ("[{value: 'eight'}, {value: '16'}]", "\"'eight' is no number of hours\""),
        ("[{value: '-8'}, {value: '32'}]", "\"'-8' is no number of hours above 0\""),
    ],
)
def test_hours_that_make_no_day_are_refused(
    values: str, message: str, check: Callable[..., str]
) -> None:
    told = check("hours-of-a-day", f"values: {values}")
    assert "drawing 'hours-of-a-day' of the package 'docgen-procedures' raises ValueError: " in told
    assert message.strip("\"'") in told
