"""What was written as a table is read as it was meant, whatever dialect and encoding."""

import csv
import io
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.diagnostics import DocgenError
from docgen.worklist.columns.fields import USUAL
from tests.worklists import read_again, rows_of

LETTERS = st.characters(
    codec="utf-8", exclude_characters="\ufffd", exclude_categories=("C", "Zl", "Zp")
)
TEXTS = st.text(LETTERS, max_size=30)
NAMES = TEXTS.filter(str.strip)
CODES = st.lists(
    st.sampled_from(["77299", "G0121", "0DTJ4ZZ", "EXAMPLE-1"]), min_size=1, max_size=4
)
DAYS = st.dates(date(1900, 1, 1), date(2026, 11, 24))
MOMENTS = st.datetimes(datetime(2026, 11, 24), datetime(2030, 1, 1)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)
ROWS = st.fixed_dictionaries(
    dict.fromkeys(USUAL, TEXTS)
    | {
        "patient_name": NAMES,
        "patient_id": TEXTS.filter(lambda text: "+" not in text),
        "birth_date": DAYS,
        "appointment_time": MOMENTS,
        "location": TEXTS,
        "provider": TEXTS,
        "codes": st.tuples(CODES, st.sampled_from([";", ",", "|", " ", "\n", " ; "])),
        "language": st.sampled_from(["", "en", "es-MX", "zh-Hant"]),
        "large_print": st.sampled_from(["", "yes", "no"]),
        "copies": st.integers(1, 99),
        "layouts": st.sampled_from(["", "patient-handout"]),
        "clinic": TEXTS,
    }
)


@settings(max_examples=150, deadline=None)
@given(
    rows=st.lists(ROWS, max_size=4),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    end=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le"]),
)
def test_a_table_says_what_was_written(
    rows: list[dict[str, Any]], delimiter: str, end: str, quoting: Literal[0, 1, 2], encoding: str
) -> None:
    written = [_cells(row) for row in rows]
    table = io.StringIO(newline="")
    writer = csv.writer(table, delimiter=delimiter, lineterminator=end, quoting=quoting)
    writer.writerow(USUAL)
    writer.writerows(written)
    with TemporaryDirectory() as folder:
        read = rows_of(Path(folder) / "day.csv", table.getvalue().encode(encoding))
    assert [row.cells for row in read] == [tuple(cells) for cells in written]
    for row, meant in zip(read, rows, strict=True):
        entry = row.entry
        assert entry is not None, row.problems
        assert entry.visit.patient_name == str(meant["patient_name"]).strip()
        assert entry.visit.birth_date == meant["birth_date"]
        assert entry.visit.appointment == meant["appointment_time"]
        assert [code.code for code in entry.codes] == meant["codes"][0]
        assert (entry.clinic or "") == str(meant["clinic"]).strip()
        assert (entry.patient_id or "") == str(meant["patient_id"]).strip()
        assert entry.copies == meant["copies"]


def _cells(row: dict[str, Any]) -> list[str]:
    codes, separator = row["codes"]
    return [separator.join(codes) if field == "codes" else str(row[field]) for field in USUAL]


@settings(max_examples=200, deadline=None)
@given(st.text("a\"',;\t|\n\r \\{}[]:\0é\ufeff77299", max_size=60), st.booleans())
def test_any_file_is_read_row_by_row_or_refused_as_a_whole(text: str, headed: bool) -> None:
    """Each line that is not blank is in a row that is read or rejected: none is lost."""
    whole = f"name,codes,notes\n{text}" if headed else text
    with TemporaryDirectory() as folder:
        path = Path(folder) / "day.csv"
        path.write_text(whole, "utf-8", newline="")
        read = read_or_refused(path)
    if not headed or read is None:
        return
    kept = "".join(cell for row in read for cell in row)
    for char in "a7é":
        assert kept.count(char) == text.count(char)


def read_or_refused(path: Path) -> list[tuple[str, ...]] | None:
    """The cells of all rows, or None where the worklist as a whole is refused."""
    try:
        rows = read_again(path)
    except DocgenError:
        return None
    assert all((row.entry is None) == bool(row.problems) for row in rows)
    return [row.cells for row in rows]
