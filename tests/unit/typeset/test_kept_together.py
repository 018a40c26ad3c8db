"""No line ends inside a quantity, whatever stands around it and however wide the line is.

What belongs together is known from how the texts are made here, not from docgen's own table.
"""

from itertools import accumulate

from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.diagnostics import Findings, Span
from docgen.document import ByContent, Table, TableCell, TableColumn, TableRow, TextRun
from docgen.typeset import TextPiece, typeset
from docgen.typeset.lines import LaidLine, SetParagraph, break_lines, natural_widths, place_line
from docgen.typeset.setting import Room, Setting, setting_for
from tests.sheets import paper, plain_sheet, text

NUMBERS = (
    "5", "12", "0.5", "1 ½", "½", "2 1/2", "10 000", "1,000", "5–10", "5 – 10",
    "≥ 5", "≤ 7.4", "> 90", "2 × 3",
)  # fmt: skip
UNITS = (
    "mg", "mcg", "g", "mL", "L", "mg/mL", "mcg/kg/min", "IU", "UI", "U", "units", "unidades",
    "tablets", "tablet", "tsp", "tbsp", "teaspoons", "cucharaditas", "mmol/L", "drops", "gotas",
    "comprimidos", "tabletas", "cápsulas", "puffs", "inhalaciones", "%", "°F", "°C", "mmHg",
    "hours", "horas", "días", "a. m.", "p.m.", "fl oz", "kg", "lb", "cm", "mEq", "patches",
)  # fmt: skip
WORDS = st.sampled_from(("take", "a", "with", "water", "cada", "noche", "Then", "(twice)", "and"))
QUANTITIES = st.tuples(st.sampled_from(NUMBERS), st.sampled_from(UNITS)).map(" ".join)
PIECES = st.lists(WORDS.map(lambda word: (word, False)) | QUANTITIES.map(lambda one: (one, True)))


def setting() -> Setting:
    return setting_for(plain_sheet(), 240.0, Findings())


def set_lines(paragraph: SetParagraph, width: float, setting: Setting) -> list[str]:
    return [
        "".join(
            item.text
            for item in place_line(LaidLine(line, paragraph, Room(0.0, width), 3.0), 0.0)
            if isinstance(item, TextPiece)
        )
        for line in break_lines(paragraph, width, setting)
    ]


@given(PIECES, st.floats(20.0, 300.0), st.integers(0, 200), st.sampled_from("  ,;"))
@settings(max_examples=400)
def test_no_line_ends_inside_a_quantity_that_fits_it(
    pieces: list[tuple[str, bool]], width: float, bold: int, mark: str
) -> None:
    one = setting()
    body = one.style("body")
    said = [f"{word}{mark.strip()}" for word, _ in pieces]
    whole = " ".join(said)
    # A look that changes anywhere changes nothing of it.
    runs = tuple(
        TextRun(part, strong=part == whole[:bold]) for part in (whole[:bold], whole[bold:])
    )
    paragraph = SetParagraph(runs, body, None, origin=Span("a.yaml", 3, 5))
    lines = set_lines(paragraph, width, one)
    assert "".join(lines) == whole
    ends = set(accumulate(map(len, lines)))
    torn = False
    start = 0
    for word, (_, is_quantity) in zip(said, pieces, strict=True):
        inside = set(range(start + 1, start + len(word))) & ends
        within = tuple(
            TextRun(part, strong=run.strong)
            for run, part in zip(
                runs, (whole[start : start + len(word)][: max(bold - start, 0)],
                       whole[max(start, bold) : start + len(word)]), strict=True,
            )
        )  # fmt: skip
        _, needed = natural_widths(SetParagraph(within, body, None), one)
        if is_quantity and needed <= width:
            assert not inside, word
        torn |= is_quantity and needed > width + 0.01
        start += len(word) + 1
    rules = {warning.rule for warning in one.findings.diagnostics}
    assert not torn or rules & {"torn-number", "long-word"}


def test_a_quantity_wider_than_its_line_is_torn_where_a_line_may_end_and_told() -> None:
    one = setting()
    dose = SetParagraph(
        (TextRun("Take 10 000 IU."),), one.style("body"), None, origin=Span("a.yaml", 3, 5)
    )
    assert set_lines(dose, 40.0, one) == ["Take ", "10 000 ", "IU."]
    (warning,) = one.findings.diagnostics
    assert str(warning) == (
        "a.yaml:3:5: warning[torn-number]: a number and what belongs to it are wider than their "
        "line of 40 points and stand on two\n"
        "  hint: give the column more width, or write it shorter"
    )


def test_a_word_with_a_soft_hyphen_is_cut_rather_than_hyphenated_without_a_hyphen() -> None:
    one = setting()
    word = SetParagraph((TextRun("hy\u00adphenhyphenhyphen"),), one.style("body"), None)
    lines = set_lines(word, 60.0, one)
    assert lines[0].startswith("hyphenh")
    assert [warning.rule for warning in one.findings.diagnostics] == ["long-word"]


def row(*words: str) -> TableRow:
    return TableRow(tuple(TableCell((text(word, "table-cell"),)) for word in words))


def test_columns_are_as_wide_as_their_quantities_where_there_is_room() -> None:
    columns = (TableColumn(ByContent()), TableColumn(ByContent()))
    long = "with a full glass of water in the morning and at night, long before meals"
    (page,) = typeset(paper(Table(columns, (), (row("2 1/2 tablets", long),)))).pages
    assert "2 1/2 tablets" in [item.text for item in page.items if isinstance(item, TextPiece)]


def test_a_table_without_room_for_its_quantities_tears_them_and_stays_on_the_page() -> None:
    columns = (TableColumn(ByContent()),) * 4
    pages = typeset(paper(Table(columns, (), (row(*["10 000 mmol/L"] * 4),))))
    items = [item for item in pages.pages[0].items if isinstance(item, TextPiece)]
    assert "".join(item.text for item in items).count("mmol/L") == 4
    assert max(item.x + item.width for item in items) <= 170.0
    assert {warning.rule for warning in pages.warnings} == {"torn-number"}
