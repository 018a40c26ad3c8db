"""Laws that hold for every table: no word is lost, and nothing but a refusal is raised."""

import csv
import io
import json
import zipfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from docgen.code_systems import CPT
from docgen.diagnostics import DocgenError, Findings
from docgen.imports.drafts import Draft, ImportSource
from docgen.imports.record_files import record_text
from docgen.imports.tables.reading import read_table

HEADINGS = ("title", "summary", "preparation", "procedure_description", "authors", "Shelf")
MARKS = "ab .,;:!*_#-+`~<>&[]()\\/|'\"=0123\n•–éñ%$^{}@"
CELLS = st.text(st.sampled_from(MARKS), max_size=40)


def read(data: bytes, name: str) -> tuple[list[Draft], Findings]:
    findings = Findings()
    source = ImportSource(path=Path(name), shown=name, data=data)
    return [one for one in read_table(source, findings) if isinstance(one, Draft)], findings


def assert_nothing_lost(drafts: list[Draft]) -> None:
    """Refuses, as every import does, a record that lacks a word of its input."""
    for draft in drafts:
        record_text(draft, "99001", CPT, ())


@settings(max_examples=80, deadline=None)
@given(st.lists(CELLS, min_size=len(HEADINGS), max_size=len(HEADINGS)))
def test_no_word_of_a_table_is_lost(cells: list[str]) -> None:
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(HEADINGS)
    writer.writerow([f"A title {cells[0]}", *cells[1:]])
    drafts, findings = read(table.getvalue().encode(), "list.csv")
    assert len(drafts) == 1, findings.diagnostics
    assert_nothing_lost(drafts)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | CELLS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(CELLS, inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=80, deadline=None)
@given(CELLS, JSON, JSON, CELLS)
def test_no_word_of_json_is_lost(summary: str, steps: object, shelf: object, key: str) -> None:
    said = {"title": "A title", "In short": summary, "How to get ready": steps, f"?{key}": shelf}
    drafts, findings = read(json.dumps(said).encode(), "list.json")
    assert len(drafts) == 1, findings.diagnostics
    assert_nothing_lost(drafts)


def workbook() -> bytes:
    book = Workbook()
    book.worksheets[0].append(["code", "title"])
    book.worksheets[0].append(["99001", "A"])
    data = io.BytesIO()
    book.save(data)
    with zipfile.ZipFile(data) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w", zipfile.ZIP_STORED) as stored:
        for name, content in parts.items():
            stored.writestr(name, content)
    return plain.getvalue()


SAMPLES = {
    "list.csv": b'code,title,summary\n99001,"A ""b""",x\n99002,B,y\n',
    "list.json": b'[{"code": "99001", "title": "A", "policies": [{"payer": "P"}]}]',
    "list.jsonl": b'{"code": "99001", "title": "A"}\n{"title": "B", "x": [1, {"y": null}]}\n',
    "codes.txt": b"0ZZ0001 Made-up act A\n0ZZ0002 Made-up act B\n",
    "list.xlsx": workbook(),
}


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(sorted(SAMPLES)), st.data())
def test_damage_is_refused_and_never_a_crash(name: str, pick: st.DataObject) -> None:
    data = bytearray(SAMPLES[name])
    for _ in range(pick.draw(st.integers(1, 4))):
        at = pick.draw(st.integers(0, max(len(data) - 1, 0)))
        data[at : at + pick.draw(st.integers(0, 3))] = pick.draw(st.binary(max_size=3))
    try:
        read(bytes(data), name)
    except DocgenError as error:
        assert error.diagnostics
