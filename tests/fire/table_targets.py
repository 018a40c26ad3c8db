"""Readers of what other programs write: worklists, tables, pages, code lists."""

import csv
import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from random import Random

from openpyxl import Workbook

from docgen.batch.plan.settings import RunSettings
from docgen.batch.plan.sources import open_source
from docgen.code_systems import CPT
from docgen.diagnostics import DocgenError, Findings
from docgen.imports.codes_file import read_codes_file
from docgen.imports.importing import run_import
from docgen.imports.opening import inputs
from docgen.imports.planning import ImportOptions
from docgen.policies.table import read_policies
from docgen.records import RecordLibrary
from docgen.worklist import open_worklist
from tests.fire.mutations import mutated
from tests.fire.reader import Reader, files, written
from tests.fire.text_targets import project
from tests.fire.trees import mutated_json, mutated_yaml
from tests.indexed import code_table
from tests.saved_pages import saved_page
from tests.unit.imports.test_code_lists import LINES, order

POLICIES = """\
Payer,Number,Title,URL,Effective,Review due,Expires,Language,Codes
Sample Plan,SP-1,"Knees: ""all"" of it",https://example.org/1,2026-01-01,,2026-06-30,en,\
"27447, 27440 - 27446; G0121"
Other Plan,,Planning,,,,,,77261-77299
Other Plan,,Planning,,,,,,cpt:77301 local:RAD-12
"""
TABLE = """\
code,code_system,title,name,summary,preparation,authors,Shelf
SAMPLE-01,local,A made-up talk,Sleep talk,"A nurse ""talks"" with you.",Write | Bring notes,Ada,B-7
SAMPLE-02,local,A made-up walk,Garden walk,You walk.,"- Wear warm shoes
- Eat",Ada; Bo,
"""
HCPCS = """\
HCPC,SEQNUM,RECID,LONG DESCRIPTION,SHORT DESCRIPTION,ADD DT,TERM DT
A0010,100,3,Made-up ride,Ride,20200101,
V5364,100,3,Made-up test,Test,20200101,20271231
"""
RECORDS = (
    {"code": "77299", "code_system": "cpt", "title": "Planning", "In short": "A plan.",
     "How to get ready": ["Eat.", "Drink."], "policies": [{"payer": "Sample Plan", "title": "X"}],
     "similar_codes": [{"code": "77263", "code_system": "cpt", "title": "Other"}],
     "provenance": {"version": "1", "authors": ["Ada"]}},
    {"code": "27447", "code_system": "cpt", "title": "A knee", "unknown": {"a": [1, None, True]}},
)  # fmt: skip
CODES = "file,code,code_system\ninput.txt,29870,cpt\npages/other.txt,G0121,hcpcs\n"


def worklists() -> tuple[bytes, ...]:
    (day,) = files("data/worklists/clinic-day.csv")
    rows = list(csv.reader(io.StringIO(day.decode())))
    tabbed = io.StringIO()
    csv.writer(tabbed, delimiter="\t", quoting=csv.QUOTE_ALL).writerows(rows)
    return (day, tabbed.getvalue().encode(), day.decode().encode("utf-16"))


def read_worklists(data: bytes, folder: Path) -> None:
    _read_all(written(folder / "day.csv", data))


def json_lines() -> tuple[bytes, ...]:
    return files("data/worklists/walk-ins.jsonl")


def read_json_lines(data: bytes, folder: Path) -> None:
    _read_all(written(folder / "day.jsonl", data))


def bundles() -> tuple[bytes, ...]:
    return files("data/worklists/clinic-day.fhir.json", "data/worklists/clinic-day.ndjson")


def read_bundles(data: bytes, folder: Path) -> None:
    _read_all(written(folder / "day.fhir.json", data))


def worklist_maps() -> tuple[bytes, ...]:
    return files("data/worklists/ehr-export/worklist-map.yaml")


def read_worklist_maps(data: bytes, folder: Path) -> None:
    path = written(folder / "day.csv", files("data/worklists/ehr-export/schedule.csv")[0])
    _read_all(path, written(folder / "map.yaml", data))


def _read_all(path: Path, column_map: Path | None = None) -> None:
    """Every row, whose problems are sentences as well."""
    findings = Findings()
    for row in open_worklist(path, findings, column_map):
        assert (row.entry is None) == any(one.severity == "error" for one in row.problems)
        findings.extend(row.problems)
    findings.raise_if_any()


def lists_of_codes() -> tuple[bytes, ...]:
    return (b"# sheets for the desk\n77299\ncpt:45378 # often\n\nG0121\nhcpcs:G0103\n",)


def read_lists_of_codes(data: bytes, folder: Path) -> None:
    settings = RunSettings(
        source="codes", file=str(written(folder / "codes.txt", data)), folder="."
    )
    source = open_source(settings, folder, project())
    findings = Findings()
    for row in list(source.rows)[:20]:
        findings.extend(source.plan(row).problems)
    findings.raise_if_any()


def policy_tables() -> tuple[bytes, ...]:
    return (POLICIES.encode(), POLICIES.replace(",", ";").encode("windows-1252"))


def read_policy_tables(data: bytes, folder: Path) -> None:
    findings = Findings()
    read_policies(written(folder / "plans.csv", data), findings)


def pages() -> tuple[bytes, ...]:
    long = "\n".join(f"{number}. Step {number}\n   • a bullet" for number in range(1, 9))
    sections = {"Summary": "A camera.", "Preparation": long, "Alternatives": "None—so far."}
    return (saved_page().encode(), saved_page(sections).replace("\n", "\r\n").encode("utf-16"))


def tables() -> tuple[bytes, ...]:
    return (TABLE.encode(), TABLE.replace(",", "\t").encode("utf-16"), HCPCS.encode())


def import_maps() -> tuple[bytes, ...]:
    return files("data/imports/import-map.yaml")


def read_import_maps(data: bytes, folder: Path) -> None:
    table = written(folder / "procedures.csv", files("data/imports/procedures.csv")[0])
    options = ImportOptions(output=folder / "records", dry_run=True)
    _import(table, options, written(folder / "map.yaml", data))


def json_records() -> tuple[bytes, ...]:
    whole = json.dumps(RECORDS, indent=1)
    return (whole.encode(), "\n".join(map(json.dumps, RECORDS)).encode())


def code_lists() -> tuple[bytes, ...]:
    hcpcs = "\r\n".join(LINES) + "\r\n"
    pcs = "".join(
        order(
            number, f"0ZZ000{number}", "1", f"Made-up act {number}", f"Made-up act {number}, long"
        )
        + "\n"
        for number in range(1, 9)
    )
    return (hcpcs.encode(), pcs.encode())


def codes_files() -> tuple[bytes, ...]:
    return (CODES.encode(), CODES.replace(",", ";").encode("utf-8-sig"))


def read_codes_files(data: bytes, folder: Path) -> None:
    codes = read_codes_file(written(folder / "codes.csv", data))
    options = ImportOptions(output=folder / "records", codes=codes, dry_run=True)
    _import(written(folder / "input.txt", pages()[0]), options)


@cache
def workbooks() -> tuple[bytes, ...]:
    """A workbook of records, and one with numbers, dates, formulas and merged cells."""
    plain, rich = Workbook(), Workbook()
    plain.worksheets[0].append(["code", "code_system", "title", "summary"])
    plain.worksheets[0].append(["29870", "cpt", "A knee", "Seen from the inside."])
    sheet = rich.worksheets[0]
    head = ["code", "code_system", "title", "summary", "duration", "recovery"]
    for row in (head, [29870, "cpt", "A", 1.5, 0.25, True], ["29871", "cpt", "B", 45000, "", None]):
        sheet.append(row)
    sheet["A2"].number_format = "00000"
    sheet["D3"].number_format = "yyyy-mm-dd"
    sheet["E2"].number_format = "[h]:mm"
    sheet.row_dimensions[3].hidden = True
    rich.create_sheet("Hidden").sheet_state = "hidden"
    return tuple(map(_saved, (plain, rich)))


def _saved(book: Workbook) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def mutated_workbook(sample: bytes, others: Sequence[bytes], chance: Random) -> bytes:
    """Mostly one part of it is bad, and the archive around it good."""
    if chance.random() < 1 / 5:
        return mutated(sample, others, chance)
    with zipfile.ZipFile(io.BytesIO(sample)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice([*parts, *["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"] * 5])
    if name in parts:
        parts[name] = mutated(parts[name], tuple(parts.values()), chance)
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(zipfile.ZipInfo(part), content)
    return data.getvalue()


def _reading(name: str, code: str | None = None) -> Callable[[bytes, Path], None]:
    """The import of a file of a name."""

    def read(data: bytes, folder: Path) -> None:
        system = CPT if code else None
        options = ImportOptions(
            output=folder / "records", code=code, code_system=system, dry_run=True
        )
        _import(written(folder / name, data), options)

    return read


def _import(path: Path, options: ImportOptions, column_map: Path | None = None) -> None:
    findings = Findings()
    run_import(inputs([path], column_map, findings), options, findings)
    findings.raise_if_any()


def code_tables() -> tuple[bytes, ...]:
    return (_code_table().encode(),)


@cache
def _code_table() -> str:
    titles = {f"A{number:04}": f"Made-up ride {number}" for number in range(1, 60)}
    with tempfile.TemporaryDirectory() as folder:
        return code_table(Path(folder), titles).read_text("utf-8")


def read_code_tables(data: bytes, folder: Path) -> None:
    written(folder / "tables/sample.tsv", data)
    library = RecordLibrary([folder])
    findings = Findings()
    for code in ("A0001", "A0030", "A0059"):
        try:
            library.find(code)
        except DocgenError as error:
            findings.extend(error.diagnostics)
    with suppress(DocgenError):
        library.find("A0099")  # which is not there
    library.near_codes("A0100")
    findings.extend(library.check())
    findings.raise_if_any()


READERS = (
    Reader("worklists (tables)", worklists, read_worklists, weight=3),
    Reader("worklists (JSON Lines)", json_lines, read_json_lines, mutate=mutated_json),
    Reader("worklists (FHIR)", bundles, read_bundles, mutate=mutated_json, weight=3),
    Reader("maps of worklists", worklist_maps, read_worklist_maps, mutate=mutated_yaml),
    Reader("lists of codes", lists_of_codes, read_lists_of_codes, weight=1),
    Reader("policies (tables)", policy_tables, read_policy_tables),
    Reader("saved pages", pages, _reading("page.txt", "29870"), weight=3),
    Reader("tables of records", tables, _reading("list.csv")),
    Reader("records of others (JSON)", json_records, _reading("list.json"), mutate=mutated_json),
    Reader("workbooks", workbooks, _reading("list.xlsx"), mutate=mutated_workbook, weight=3),
    Reader("code lists", code_lists, _reading("list.txt")),
    Reader("maps of imports", import_maps, read_import_maps, mutate=mutated_yaml),
    Reader("codes of files", codes_files, read_codes_files, weight=1),
    Reader("code tables", code_tables, read_code_tables),
)
