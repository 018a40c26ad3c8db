"""Laws of tables: what a writer of CSV wrote is read, and no row begins within a cell."""

import csv
import io
import tracemalloc
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.diagnostics import Findings
from docgen.source.lines import TextLines
from docgen.source.quotes import LONGEST_CELL
from docgen.source.table_rows import TableRows, TextRow, readable

DELIMITERS = st.sampled_from([",", ";", "\t", "|"])
CELLS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffd")
    | st.sampled_from('",;\t|\n a'),
    max_size=12,
)


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """Rows of as many cells as the headings, none of which is blank as a whole."""
    width = draw(st.integers(1, 5))
    rows = draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=6))
    return [[f"h{index}" for index in range(width)], *(row for row in rows if any(row))]


def written(
    rows: Iterable[Sequence[str]],
    delimiter: str = ",",
    end: str = "\n",
    quoting: Literal[0, 1] = csv.QUOTE_MINIMAL,
) -> str:
    """A table as the standard library writes it."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(rows)
    return text.getvalue()


def rows_of(text: str, delimiter: str = ",") -> list[TextRow]:
    return list(TableRows(TextLines(io.StringIO(text, newline=None)), delimiter))


def rules_of(text: str) -> list[str | None]:
    """What stands against each row below the headings; None where nothing does."""
    return [row.fault.rule if row.fault else None for row in rows_of(text)[1:]]


@settings(max_examples=300, deadline=None)
@given(
    tables(),
    DELIMITERS,
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_any_cells_that_csv_writes_are_read_as_they_were(
    rows: list[list[str]], delimiter: str, end: str, quoting: Literal[0, 1]
) -> None:
    read = rows_of(written(rows, delimiter, end, quoting), delimiter)
    assert [row.fault for row in read] == [None] * len(rows)
    assert [list(row.cells) for row in read] == rows


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(['"', '""', '",', ',"', "\n", ",", "a", "b ", '"\n', '\n"']), max_size=25
    )
)
def test_what_a_strict_reader_takes_is_read_the_same_and_all_else_has_a_fault(
    parts: list[str],
) -> None:
    """The standard library's reader is the judge: strict, it refuses a quote that is wrong."""
    text = f"h0,h1\n{''.join(parts)}"
    read = rows_of(text)
    try:
        meant = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        assert any(row.fault for row in read)
        return
    faults = {row.fault.rule for row in read if row.fault}
    assert faults <= {"wrong-cell-count", "stray-quote"}  # the judge knows no columns
    assert len(read) == len(meant)
    for row, cells in zip(read, meant, strict=True):
        if row.fault is None and not row.blank:
            assert list(row.cells) == cells[: len(row.cells)]
            assert not "".join(cells[len(row.cells) :]).strip()


@settings(max_examples=300, deadline=None)
@given(st.text('a ",\n', max_size=60), st.booleans())
def test_each_character_is_in_exactly_one_row(text: str, headed: bool) -> None:
    whole = f"x,y\n{text}" if headed else text
    read = rows_of(whole)
    assert "\n".join(row.text for row in read) == whole.removesuffix("\n")
    lines = list(accumulate((row.text.count("\n") + 1 for row in read), initial=1))
    assert [row.line for row in read] == lines[:-1]
    assert [row.number for row in read] == list(range(1, len(read) + 1))
    for row in read:
        kept = "".join(row.cells)
        assert kept.count("a") == row.text.count("a")


NAMES = st.sampled_from(["Ada", "Example,\nAda", "Ada\nB\n\nExample", 'Ada "Addie" Example', ""])
OTHERS = st.sampled_from(["x", "y", "x,y", "one\ntwo", 'one, "two"\nthree', '12" pipe', ""])


@settings(max_examples=600, deadline=None)
@given(
    st.lists(st.lists(OTHERS, min_size=2, max_size=2), min_size=1, max_size=6),
    st.lists(NAMES, min_size=6, max_size=6),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.data(),
)
def test_whatever_happens_to_a_quote_no_row_begins_within_a_cell(
    others: list[list[str]], names: list[str], quoting: Literal[0, 1], pick: st.DataObject
) -> None:
    """One quote is lost, or one too many: what is read as a row begins where one was written."""
    rows = [
        [name, *cells, str(n)] for n, (name, cells) in enumerate(zip(names, others, strict=False))
    ]
    lines = [written([row], quoting=quoting) for row in rows]
    head = "name,x,y,number\n"
    text = head + "".join(lines)
    begins = {*accumulate(map(len, lines), initial=len(head))}
    at = pick.draw(st.integers(len(head), len(text) - 1))
    if text[at] == '"' and pick.draw(st.booleans()):
        damaged, shift = text[:at] + text[at + 1 :], -1
    else:
        damaged, shift = f'{text[:at]}"{text[at:]}', 1
    begins = {begin + shift if begin > at else begin for begin in begins}
    offset = 0
    for row in rows_of(damaged):
        is_read = row.number > 1 and row.fault is None and not row.blank
        if is_read:
            assert offset in begins
        offset += len(row.text) + 1


HEAD = "a,b,c\n"
AFTER = "after-wrong-quote"


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        # A quote that is closed on its line costs that row, whichever way it is read.
        ('"Ada "Addie" Example",1,2\nx,1,2\n', ["text-after-quote", None]),
        ('"12" pipe",1,2\nx,1,2\n', ["text-after-quote", None]),
        ('x,"1"2,3\nx,1,2\n', ["text-after-quote", None]),
        # A quote that is never closed: nothing below it is a row, whatever quotes it has.
        ('x,1,"2\ny,1,2\nz,1,2\n', ["unclosed-quote", AFTER, AFTER]),
        ('x,1,"2\ny,"1",2\nz,1,2\n', ["text-after-quote", *[AFTER] * 2]),
        ('"x","1","2\n"y","1","2"\n"z","1","2"\n', ["text-after-quote", *[AFTER] * 2]),
        # One more closes it: below that, rows begin again.
        ('x,1,"2\ny,"1",2\nz,1,2"\nx,1,2\n', ["text-after-quote", *[AFTER] * 2, None]),
        # In cells whose quotes are not doubled, a line break may follow what looks like the end.
        ('"Ada "Addie", and\nBo",1,2\nx,1,2\n', ["text-after-quote", AFTER, None]),
        ('"12" pipe,\nMina",1,2\nx,1,2\n', ["text-after-quote", AFTER, AFTER]),
        # The end of a cell that was torn apart.
        ('Example,\nMina",1,2\nx,12",2\n', ["wrong-cell-count", "stray-quote", None]),
        ('"12" pipe",1,2\nMina" ,1,2\n', ["text-after-quote", "stray-quote"]),
        ('Mina",1,2\nx,1,2\n', ["stray-quote", None]),
        # A quote that does not begin a cell stands for itself.
        ('x,12",2\n12" pipe,1,2\nAda "Addie",1,2\ny,1,12" pipe\n', [None, None, None, None]),
    ],
)  # fmt: skip
def test_rows_begin_again_where_it_is_certain(text: str, rules: list[str | None]) -> None:
    assert rules_of(HEAD + text) == rules


def test_a_quote_is_told_where_it_is_wrong_and_not_where_its_row_begins() -> None:
    _, first, *below = rows_of(HEAD + '"x\ny","\nz",  "o\np" q\nx,1,2\n')
    assert first.text == '"x'
    assert str(first.place_of_fault("t")) == "t:4:6"
    assert {row.fault.message for row in below if row.fault} == {
        "a quote is wrong on line 4, so that this line may be no row of its own"
    }


def test_a_row_of_several_lines_counts_as_one() -> None:
    """So it does in a spreadsheet; the line is that of the file."""
    _, first, second = rows_of(HEAD + '"x\n\ny",1,2\nz,1,2\n')
    assert first.cells == ("x\n\ny", "1", "2")
    assert [(row.number, row.line) for row in (first, second)] == [(2, 2), (3, 5)]
    assert str(first.place_of_cell(1, ",", "t")) == "t:4:4"


def test_line_ends_of_windows_within_cells_are_line_breaks() -> None:
    _, row = rows_of('a,b\r\n"x\r\ny","z\rw"\r\n')
    assert row.cells == ("x\ny", "z\nw")


def test_a_cell_may_go_over_as_many_lines_as_it_has_characters_for() -> None:
    longest = "\n" * (LONGEST_CELL - 2)
    assert rules_of(f'{HEAD}"x{longest}y",1,2\nz,1,2\n') == [None, None]
    assert rules_of(f'{HEAD}"x{longest}y\n",1,2\nz,1,2\n') == ["cell-too-long", None]
    rules = rules_of(f'{HEAD}"x{longest}\n\n\n\ny",1,2\nz,1,2\n')
    assert [rule for rule in rules if rule] == ["cell-too-long", AFTER]
    assert rules[-1] is None


def test_many_cells_that_go_over_lines_take_no_longer() -> None:
    """Each line closes a cell and opens another; were all read anew each time, this would hang."""
    row = ",".join(['"x\n"'] * 100_000)
    assert rules_of(f"{HEAD}{row}\n") == ["wrong-cell-count"]


def test_a_row_that_goes_on_without_end_is_refused() -> None:
    cell = "x" * 30_000 + "\n"
    row = ",".join([f'"{cell}"'] * 40)
    rules = rules_of(f"{HEAD}{row}\nz,1,2\n")
    assert rules == ["line-too-long", *[AFTER] * 40, None]


def test_an_open_quote_takes_no_memory() -> None:
    """A quote at the beginning of a file of any length: what is kept is no more than a row."""

    def peak(lines: int) -> int:
        text = io.StringIO(f'{HEAD}"x,1,2\n' + "y,1,2 and more\n" * lines)
        tracemalloc.start()
        try:
            assert sum(1 for _ in TableRows(TextLines(text), ",")) == lines + 2
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    few = peak(5_000)
    assert peak(50_000) < few + 20_000


def test_a_line_that_is_too_long_leaves_no_doubt_where_its_quotes_are_pairs() -> None:
    long = "x" * 1_500_000
    assert rules_of(f'{HEAD}"{long}",1,2\nz,1,2\n') == ["line-too-long", None]
    assert rules_of(f'{HEAD}"{long},1,2\nz,1,2\n') == ["line-too-long", AFTER]
    assert rules_of(f'{HEAD}x,1,"2\n{long}\nz,1,2"\nz,1,2\n') == [
        "line-too-long", "line-too-long", AFTER, None,
    ]  # fmt: skip


def test_lines_below_a_wrong_quote_are_told_together() -> None:
    findings = Findings()
    below = [*["y,1,2"] * 50, "", 'y,"1",2', 'y,1,2"']
    lines = ["w,1,2", 'x,1,"2', *below, "z,1,2", '"x" y,1,2', "z,1,2", 'x,1,"2', "z,1,2"]
    read = list(readable(rows_of(HEAD + "\n".join(lines)), "t.csv", findings))
    assert ["".join(row.cells) for row in read] == ["abc", "w12", "z12", "z12"]
    wrong = "a quote is wrong on line {}, so that this line may be no row of its own"
    assert [(str(one.span), one.message) for one in findings.diagnostics] == [
        ("t.csv:3:5", "text follows the quote that closes a cell, or a quote is not closed"),
        ("t.csv:4:1", f"nothing is read from here to line 56: {wrong.format(3)}"),
        ("t.csv:58:1", "text follows the quote that closes a cell, or a quote is not closed"),
        ("t.csv:60:5", "a cell begins with a quote that is not closed"),
        ("t.csv:61:1", f"nothing is read from here to line 61: {wrong.format(60)}"),
    ]


def test_below_headings_that_cannot_be_read_there_is_nothing() -> None:
    findings = Findings()
    assert not list(readable(rows_of('"a" b,c\nx,y\n'), "t.csv", findings))
    assert [one.rule for one in findings.diagnostics] == ["text-after-quote"]
