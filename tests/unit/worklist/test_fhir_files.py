import json
import resource
from pathlib import Path

import pytest

from docgen.diagnostics import Diagnostic, DocgenError, Findings
from docgen.worklist.fhir import files as fhir_files
from docgen.worklist.fhir.reading import open_fhir
from tests.fhir_bundles import appointment, bundle, of_lines, order, patient, rules

DAY = (patient(), order(), appointment())
WHOLE = json.dumps(bundle(*DAY), indent=2)


def refused(folder: Path, content: bytes) -> Diagnostic:
    path = folder / "day.fhir.json"
    path.write_bytes(content)
    with pytest.raises(DocgenError) as error:
        open_fhir(path, Findings())
    assert "Ada" not in str(error.value)
    (problem,) = error.value.diagnostics
    return problem


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "truncated-worklist"),
        (b"  \n ", "truncated-worklist"),
        (b"name,codes\nAda,77299\n", "not-fhir"),
        (b"[]", "not-fhir"),
        (b"5", "not-fhir"),
        (b'"resourceType"', "not-fhir"),
        (b"{}", "not-fhir"),
        (b'{\n"resourceType": "Bundl"}', "not-fhir"),
        (b'{"resourceType": 5, "entry": []}', "not-fhir"),
        (b'{\n"resourceType": "Patient"}', "not-fhir"),
        (b'{"resourceType": "Bundle", "entry": []} x', "not-fhir"),
        (b'{"resourceType": "Bundle", "entry": []}}', "not-fhir"),
        (b'{"resourceType": "Bundle", "entry": [,]}', "not-fhir"),
        (b'{"resourceType": "Bundle", "entry": [{}{}]}', "not-fhir"),
        (b'{"resourceType": "Bundle", "entry": [{}], }', "not-fhir"),
        (b'{"resourceType" "Bundle"}', "not-fhir"),
        (b"{'resourceType': 'Bundle'}", "not-fhir"),
        (b'\xff\xfe{\x00"\x00', "not-fhir"),
        (b'{"resourceType": "Bundle", "id": "caf\xe9"}', "not-fhir"),
        (b"\x00\x01\x02\x03", "not-fhir"),
        (b'<Bundle xmlns="http://hl7.org/fhir"/>', "fhir-xml"),
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n<Bundle/>', "fhir-xml"),
        (b'{"resourceType": "Bundle", "entry": ' + b"[" * 200_000, "not-fhir"),
        (b'{"resourceType": "Bundle", "x": ' + b'{"a":' * 200_000, "not-fhir"),
    ],
)
def test_what_is_no_fhir_is_refused_whole(tmp_path: Path, content: bytes, rule: str) -> None:
    problem = refused(tmp_path, content)

    assert problem.rule == rule
    assert problem.hint
    assert problem.span is not None


def test_there_is_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(DocgenError) as error:
        open_fhir(tmp_path / "none.json", Findings())

    assert rules(error.value.diagnostics) == ["unreadable-file"]


@pytest.mark.parametrize("end", range(1, len(WHOLE), 37))
def test_a_bundle_that_breaks_off_is_not_used(tmp_path: Path, end: int) -> None:
    assert refused(tmp_path, WHOLE[:end].encode()).rule == "truncated-worklist"


def test_a_slip_in_a_bundle_has_its_place(tmp_path: Path) -> None:
    problem = refused(tmp_path, b'{"resourceType": "Bundle",\n "entry": [\n  {"a": 1}\n  {}]}')

    assert problem.span is not None
    assert (problem.span.line, problem.span.column) == (4, 3)


def test_ndjson_that_breaks_off_is_not_used(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps(one) for one in DAY)

    assert refused(tmp_path, lines[:-20].encode()).rule == "truncated-worklist"


def test_the_last_line_needs_no_line_break(tmp_path: Path) -> None:
    path = tmp_path / "day.ndjson"
    path.write_bytes("\r\n\r\n".join(json.dumps(one) for one in DAY).encode("utf-8-sig"))

    assert [one.entry is not None for one in open_fhir(path, Findings())] == [True]


@pytest.mark.parametrize("piece", [1, 2, 3, 7, 64])
@pytest.mark.parametrize("mark", ["", "﻿"])
def test_pieces_of_a_file_end_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, piece: int, mark: str
) -> None:
    """Numbers, escapes and letters of several bytes are not torn where a piece ends."""
    name = [{"text": 'Ada Ñandú 王 \U0001f600 \\ " \n'}]
    content = {"x1": 123456, **bundle(patient(name=name), order(), appointment()), "x": 17}
    text = mark + json.dumps(content, ensure_ascii=False) + " \n"
    path = tmp_path / "day.json"
    path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(fhir_files, "_PIECE", piece)
    (found,) = open_fhir(path, Findings())

    assert found.entry is not None
    assert found.entry.visit.patient_name == 'Ada Ñandú 王 \U0001f600 \\ "'


@pytest.mark.parametrize(
    "line",
    ["{", "5", "[]", '"text"', "null", "{}", '{"resourceType": 5}', '{"resourceType": ""}',
     '{"resourceType": "Appointment", "start": "\\ud800"}', "[" * 100_000,
     '{"resourceType": "Appointment", "status": "cancelled", "status": "booked"}', "{}{}",
     '{"resourceType": "Patient", "birthDate": ' + "9" * 5000 + "}",
     '{"resourceType": "Appointment", "contained": ' + '[{"a":' * 5000 + "5" + "}]" * 5000 + "}"],
)  # fmt: skip
def test_a_line_that_is_no_resource_is_a_row_that_is_rejected(tmp_path: Path, line: str) -> None:
    lines = [json.dumps(one) for one in DAY]
    path = tmp_path / "day.ndjson"
    path.write_text("\n".join([*lines[:1], line, *lines[1:]]) + "\n")
    first, second = open_fhir(path, Findings())

    assert first.entry is None
    assert rules(first.problems) == ["not-a-resource"]
    assert first.span is not None
    assert first.span.line == 2
    assert (first.number, second.number) == (1, 2)
    assert second.entry is not None


def test_a_first_line_that_is_broken_makes_it_no_bundle(tmp_path: Path) -> None:
    path = tmp_path / "day.ndjson"
    path.write_text('{"resourceType":\n' + "".join(json.dumps(one) + "\n" for one in DAY))

    assert [one.entry is not None for one in open_fhir(path, Findings())] == [False, True]


@pytest.mark.parametrize(
    "entry",
    ["5", "null", "[]", "{}", '{"resource": 5}', '{"resource": {"id": "x"}}',
     '{"resource": {}, "resource": {}}', '{"resource": {"resourceType": "Goal", "a": 1, "a": 1}}'],
)  # fmt: skip
def test_an_entry_that_is_no_resource_is_a_row_that_is_rejected(tmp_path: Path, entry: str) -> None:
    path = tmp_path / "day.json"
    path.write_text(WHOLE.replace('"entry": [', f'"entry": [{entry},'))
    first, second = open_fhir(path, Findings())

    assert rules(first.problems) == ["not-a-resource"]
    assert second.entry is not None


def test_entries_that_only_tell_of_a_request_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "day.json"
    gone = '{"request": {"method": "DELETE", "url": "Appointment/a9"}}'
    path.write_text(WHOLE.replace('"entry": [', f'"entry": [{gone},'))

    assert len(list(open_fhir(path, Findings()))) == 1


def test_what_no_worklist_needs_is_passed_over(tmp_path: Path) -> None:
    found = list(of_lines(tmp_path, [{"resourceType": "Observation", "status": []}, *DAY]))

    assert len(found) == 1


@pytest.mark.parametrize(
    "content",
    [bundle(bundle(*DAY)), {**bundle(), "entry": [{"resource": bundle()}]}],
)
def test_a_bundle_within_a_bundle_is_refused(tmp_path: Path, content: object) -> None:
    assert refused(tmp_path, json.dumps(content).encode()).rule == "bundle-in-bundle"


def test_bundles_on_lines_are_refused(tmp_path: Path) -> None:
    lines = json.dumps(bundle(*DAY)) + "\n"

    assert refused(tmp_path, lines.encode() * 2).rule == "not-fhir"
    assert refused(tmp_path, (json.dumps(DAY[0]) + "\n" + lines).encode()).rule == (
        "bundle-in-bundle"
    )


def test_a_bundle_on_one_line_is_a_bundle(tmp_path: Path) -> None:
    path = tmp_path / "day.ndjson"
    path.write_text(json.dumps(bundle(*DAY)) + "\n")

    assert len(list(open_fhir(path, Findings()))) == 1


def test_a_resource_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fhir_files, "_LONGEST", 10_000)
    monkeypatch.setattr(fhir_files, "_PIECE", 100)
    text = "x" * 50_000
    long = json.dumps(bundle(patient(name=[{"text": text}]))).encode()

    assert refused(tmp_path, long).rule == "resource-too-long"
    short = json.dumps(patient()).encode()
    lines = short + b"\n" + json.dumps(patient(name=[{"text": text}])).encode() + b"\n"
    assert refused(tmp_path, lines).rule == "resource-too-long"


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    """A limit on the size of files stands for the disk; its signal is ignored, as Python does."""
    path = tmp_path / "day.ndjson"
    lines = (json.dumps(patient(f"p{n}", name=[{"text": "x" * 3000}])) for n in range(3000))
    path.write_text("\n".join(lines) + "\n")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, before[1]))
    try:
        with pytest.raises(DocgenError) as error:
            open_fhir(path, Findings())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert rules(error.value.diagnostics) == ["no-room"]
