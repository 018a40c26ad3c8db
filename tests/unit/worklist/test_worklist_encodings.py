"""Encodings are told by marks and bytes; a letter that was lost is never printed."""

import os
from pathlib import Path

import pytest

from docgen.diagnostics import DocgenError, Findings
from docgen.worklist import open_worklist
from tests.worklists import entry_of, opened, rows_of, rules_of

TEXT = "patient_name,codes\nJosé Peña,77299\nZoë Größe,77299\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "day.csv"


def _names(path: Path, data: bytes, column_map: str | None = None) -> list[str]:
    rows = rows_of(path, data, column_map)
    return [row.entry.visit.patient_name for row in rows if row.entry]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_needs_no_map(path: Path, encoding: str) -> None:
    assert _names(path, TEXT.encode(encoding)) == ["José Peña", "Zoë Größe"]


def test_big_endian_utf_16_with_its_mark(path: Path) -> None:
    data = b"\xfe\xff" + TEXT.encode("utf-16-be")
    assert _names(path, data) == ["José Peña", "Zoë Größe"]


def test_western_letters_are_read_with_a_warning(path: Path) -> None:
    path.write_bytes(TEXT.encode("windows-1252"))
    findings = Findings()
    rows = list(open_worklist(path, findings))
    assert [row.entry.visit.patient_name for row in rows if row.entry] == ["José Peña", "Zoë Größe"]
    assert [told.rule for told in findings.diagnostics] == ["assumed-encoding"]
    assert findings.diagnostics[0].severity == "warning"


def test_the_first_letter_that_is_not_ascii_may_come_late(path: Path) -> None:
    """The beginning of a long file does not tell its encoding."""
    plain = "".join(f"Sample Person {number},77299\n" for number in range(10_000))
    text = f"patient_name,codes\n{plain}José Peña,77299\n"
    assert _names(path, text.encode("windows-1252"))[-1] == "José Peña"
    assert _names(path, text.encode("utf-8"))[-1] == "José Peña"


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("windows-1250", "Łukasz Żółć"),
        ("windows-1251", "Иван Петров"),
        ("mac-roman", "José Peña"),
        ("gb18030", "王小明"),
    ],
)
def test_other_encodings_are_asked_for_and_not_guessed(
    path: Path, encoding: str, name: str
) -> None:
    data = f"patient_name,codes\n{name},77299\n".encode(encoding)
    try:
        assert _names(path, data) == [name]
    except DocgenError as error:
        assert [told.rule for told in error.diagnostics] == ["unknown-encoding"]
    assert _names(path, data, f"encoding: {encoding}\n") == [name]


def test_a_damaged_line_of_utf_8_costs_its_row_only(path: Path) -> None:
    bad, good = rows_of(path, b"patient_name,codes\nRen\xe9e,77299\nZo\xc3\xab,77299\n")
    span = bad.problems[0].span
    assert rules_of(bad) == ["undecodable"]
    assert span is not None
    assert (span.line, span.column) == (2, 4)
    assert good.entry is not None
    assert good.entry.visit.patient_name == "Zoë"


def test_a_row_with_a_lost_letter_is_rejected_again_when_fed_back(path: Path) -> None:
    bad, _ = rows_of(path, b"patient_name,codes\nRen\xe9e,77299\nZo\xc3\xab,77299\n")
    (again,) = rows_of(path, "patient_name,codes\n" + ",".join(bad.cells) + "\n")
    assert rules_of(again) == ["undecodable"]


def test_a_byte_that_an_encoding_does_not_know_costs_its_row(path: Path) -> None:
    data = b"patient_name,codes\nAda \x81,77299\n\xc9va,77299\n"
    bad, good = rows_of(path, data, "encoding: windows-1252\n")
    assert rules_of(bad) == ["undecodable"]
    assert good.entry is not None
    assert good.entry.visit.patient_name == "Éva"


def test_what_is_utf_8_is_not_read_as_the_map_says(path: Path) -> None:
    """Rejected rows are written in UTF-8, and go by the map of their worklist."""
    path.write_bytes(TEXT.encode())
    column_map = path.with_name("map.yaml")
    column_map.write_text("encoding: windows-1252\n")
    findings = Findings()
    first, _ = open_worklist(path, findings, column_map)
    assert first.entry is not None
    assert first.entry.visit.patient_name == "José Peña"
    assert [told.rule for told in findings.diagnostics] == ["assumed-encoding"]


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04rest of a workbook",
        b"\xd0\xcf\x11\xe0rest",
        b"%PDF-1.7",
        bytes(range(256)) * 4 + bytes(600),
    ],
)
def test_what_is_no_text_is_refused(path: Path, data: bytes) -> None:
    with pytest.raises(DocgenError) as refused:
        opened(path, data)
    assert [told.rule for told in refused.value.diagnostics] == ["not-text"]


@pytest.mark.parametrize("data", [b"", b" \n\n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file_is_refused(path: Path, data: bytes) -> None:
    with pytest.raises(DocgenError) as refused:
        opened(path, data)
    assert [told.rule for told in refused.value.diagnostics] == ["empty-file"]


def test_a_file_that_is_not_there_is_refused(path: Path) -> None:
    with pytest.raises(DocgenError) as refused:
        open_worklist(path, Findings())
    assert [told.rule for told in refused.value.diagnostics] == ["missing-file"]


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocgenError) as refused:
        open_worklist(tmp_path, Findings())
    assert [told.rule for told in refused.value.diagnostics] == ["unreadable-file"]


def test_a_pipe_is_refused_at_once(path: Path) -> None:
    """It could be read but once, and opening it again would wait for ever."""
    os.mkfifo(path)
    with pytest.raises(DocgenError) as refused:
        open_worklist(path, Findings())
    assert [told.rule for told in refused.value.diagnostics] == ["unreadable-file"]


def test_names_are_kept_as_they_are_written(path: Path) -> None:
    """Composed and decomposed letters stay so; nothing is turned round."""
    name = "O'Neil-Ñandú, Zoe\u0308 <b>&amp;</b> 王 🙂"
    entry = entry_of(path, f'patient_name,codes\n"  {name} ",77299\n')
    assert entry.visit.patient_name == name
