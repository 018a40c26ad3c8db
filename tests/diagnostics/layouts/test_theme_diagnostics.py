"""Bad themes: one change of the shipped theme each, beside what must be told about it."""

import re
from pathlib import Path

import pytest

from docgen.diagnostics import DocgenError
from docgen.layouts import LayoutLibrary
from docgen.shipped import layouts_folder

BASE = (layouts_folder() / "themes" / "base.yaml").read_text(encoding="utf-8")


def refusal(folder: Path, old: str, new: str) -> str:
    assert BASE.count(old) == 1
    (folder / "themes").mkdir()
    (folder / "themes" / "base.yaml").write_text(BASE.replace(old, new), encoding="utf-8")
    with pytest.raises(DocgenError) as refused:
        LayoutLibrary([folder]).theme("base")
    return str(refused.value)


def line_of(text: str) -> int:
    return BASE[: BASE.index(text)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("id: base", "id: plain", "error[bad-id]: the id 'plain' is not the name of its file"),
        ('ink: "#1c1c1c"', "ink: black", "'black' is not a colour"),
        ("paper: white", "paper: snow", "error[unknown-colour]: the palette has no colour 'snow'"),
        ("link_colour: blue", "link_colour: bleu", "hint: did you mean 'blue'?"),
        (
            "  text: Atkinson Hyperlegible Next",
            "  text: Atkinson Hyperlegible",
            "hint: did you mean 'Atkinson Hyperlegible Next'?",
        ),
        ("lines: 2, strong", "lines: 1.7, strong", "'1.7' is not a number of lines"),
        ("lines: 2, strong", "lines: 1.5, strong", "lines of 'heading-1' would overlap"),
        ("size: 1.9", "size: large", "'large' is not a multiple of the body size"),
        ("padding_x: 0.4", "padding_x: 0", "'0' is not a multiple of the body size"),
        ("item_gap: 0", "item_gab: 0", "did you mean 'item_gap'?"),
        ("family: headings, colour: muted", "family: serif, colour: muted", "'serif'"),
        (
            "  caption: {colour: muted, size: 0.875}\n",
            "",
            "error[missing-style]: the theme lacks these styles under 'text': caption",
        ),
        (
            "  note: {fill: pale-gray, bar: 3pt, bar_colour: muted}\n",
            "",
            "error[missing-style]: the theme lacks these styles under 'boxes': note",
        ),
    ],
)
def test_a_bad_theme_gives_its_message(tmp_path: Path, old: str, new: str, message: str) -> None:
    told = refusal(tmp_path, old, new)
    assert message in told


def test_pale_text_is_refused_where_it_takes_its_colour(tmp_path: Path) -> None:
    told = refusal(tmp_path, 'muted: "#4b5560"', 'muted: "#8a8a8a"')
    small = line_of("  small:")
    assert f"base.yaml:{small}:" in told
    assert (
        "error[low-contrast]: text of 'small' in 'muted' has a contrast of 3.45:1 on the paper, "
        "less than the 4.5:1 that people need to read it (WCAG 2.1, 1.4.3)"
    ) in told


def test_text_is_measured_on_every_box(tmp_path: Path) -> None:
    told = refusal(tmp_path, 'pale-red: "#fdf1ec"', 'pale-red: "#5a5a5a"')
    assert "text of 'body' in 'ink' has a contrast of 2.47:1 on the box 'warning'" in told
    assert "text of 'links' in 'blue'" in told


def test_table_heads_are_measured_on_their_row(tmp_path: Path) -> None:
    told = refusal(tmp_path, "header_fill: pale-blue", "header_fill: muted")
    assert "text of 'table-head' in 'ink' has a contrast of 2.24:1 on the header row" in told
    assert "text of 'body'" not in told


def test_large_type_may_be_paler(tmp_path: Path) -> None:
    told = refusal(tmp_path, 'blue: "#0b4a6f"', 'blue: "#8a8a8a"')
    on_paper = set(re.findall(r"text of '([a-z0-9 -]+)' in 'blue' .* on the paper", told))
    assert on_paper == {"label", "links", "list labels"}


def test_links_and_labels_of_lists_are_measured_wherever_text_stands(tmp_path: Path) -> None:
    told = refusal(tmp_path, "  label_colour: blue", "  label_colour: line")
    labels = line_of("  label_colour:")
    assert told.count("text of 'list labels' in 'line'") == 4
    assert (
        f"base.yaml:{labels}:17: error[low-contrast]: text of 'list labels' in 'line' has a "
        "contrast of 3.93:1 on the paper, less than the 4.5:1"
    ) in told


def test_links_are_measured_on_the_header_row(tmp_path: Path) -> None:
    told = refusal(tmp_path, "header_fill: pale-blue", "header_fill: muted")
    assert "text of 'links' in 'blue' has a contrast of 1.24:1 on the header row" in told


def test_lines_to_write_on_are_measured(tmp_path: Path) -> None:
    told = refusal(tmp_path, 'line: "#75828e"', 'line: "#8a97a3"')
    rule = line_of("rule: {colour")
    assert (
        f"base.yaml:{rule}:16: error[low-contrast]: lines to write on in 'line' have a contrast of "
        "2.98:1 on the paper, less than the 3:1 that people need to see where to write "
        "(WCAG 2.1, 1.4.11)\n  hint: choose a colour further from 'white'"
    ) in told
    assert told.count("error[") == 4
