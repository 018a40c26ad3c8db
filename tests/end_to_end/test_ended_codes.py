"""A code whose table says that it ended is told, marked and refused; the day of the visit counts.

The table is made up; the records are the samples, taken over.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from docgen import Project, RenderOptions
from docgen.batch.plan.packets import Planner, PlanOptions
from docgen.diagnostics import DocgenError, Findings
from docgen.worklist.opening import open_worklist
from tests.commands import invoke_docgen, run_docgen
from tests.conformance import conformance_problems
from tests.pdf_text import is_printed, page_texts
from tests.runs import assert_adds_up, batch, manifest, rejected, summary, visit, write_worklist
from tests.sample_records import but_for_reviews, take_over_samples

TABLE = """\
# docgen code table 2
# code_system: hcpcs
# version: 2026-01
# authors: Sample Authority
# language: en
# source: made-up.txt
# sha256: 00
# rows: 3
A0010\tMade-up ride\t\t1990-01-01\t2026-09-30
G0103\tMade-up test\t\t2026-04-01\t
G0121\tMade-up scope\t\t1998-01-01\t2026-12-31
"""
REFUSES = "name: Own Clinic\ndefaults: {ended_codes: refuse}\n"
BEFORE = datetime(2026, 12, 31, tzinfo=UTC)
AFTER = datetime(2027, 1, 1, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    take_over_samples(tmp_path)
    files = {
        "data/tables/hcpcs.tsv": TABLE,
        "layouts/organizations/own/organization.yaml": REFUSES,
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def printed(code: str, layout: str, **options: object) -> list[str]:
    made = RenderOptions(**options)  # type: ignore[arg-type]
    (sheet,) = Project.open().render(code, [layout], options=made)
    assert conformance_problems(sheet.data) == []
    return page_texts(sheet.data)


def test_the_sheets_of_a_record_say_when_its_code_ends(folder: Path) -> None:
    handout = printed("G0121", "patient-handout")
    assert is_printed("The last day of the code G0121 is December 31, 2026.", handout)
    summary = printed("G0121", "clinician-summary")
    assert is_printed("The last day of the code G0121 is 2026-12-31.", summary)
    assert not is_printed("The first day of the code", [*handout, *summary])
    begins = printed("G0103", "clinician-summary")
    assert is_printed("The first day of the code G0103 is 2026-04-01.", begins)
    assert not is_printed("The last day of the code", begins)


def test_they_say_so_in_spanish(folder: Path) -> None:
    for layout, day in (
        ("patient-handout", "31 de diciembre de 2026"),
        ("clinician-summary", "2026-12-31"),
    ):
        pages = printed("G0121", layout, language="es", fallback_language="en")
        assert is_printed(f"El último día del código G0121 es el {day}.", pages)


def test_nothing_is_printed_of_a_code_that_goes_on(folder: Path) -> None:
    pages = printed("45378", "clinician-summary")
    assert not is_printed("day of the code", pages)


@pytest.mark.parametrize("layout", ["patient-handout", "clinician-summary"])
def test_the_mark_is_the_same_whatever_the_day(folder: Path, layout: str) -> None:
    sheets = [printed("G0121", layout, created=day) for day in (None, BEFORE, AFTER)]
    assert sheets[0] == sheets[1] == sheets[2]


def test_render_warns_once_the_day_is_over(folder: Path) -> None:
    for day, warned in (("2026-12-31", False), ("2027-01-01", True)):
        done = run_docgen("render", "G0121", "--date", day, cwd=folder)
        assert done.returncode == 0
        assert (b"warning[ended-code]" in done.stderr) == warned
    assert done.stderr.decode().count("[ended-code]") == 1, "once for both sheets"
    assert (
        "data/tables/hcpcs.tsv:11:1: warning[ended-code]: HCPCS G0121 ended on 2026-12-31, and the "
        "sheet is made on 2027-01-01\n"
    ) in done.stderr.decode()
    undated = run_docgen("render", "G0121", cwd=folder)
    assert (undated.returncode, but_for_reviews(undated.stderr)) == (0, "")


def test_the_environment_says_the_day_as_well(folder: Path) -> None:
    seconds = str(int(AFTER.timestamp()))
    done = run_docgen("render", "G0121", cwd=folder, SOURCE_DATE_EPOCH=seconds)
    assert b"warning[ended-code]" in done.stderr


def test_an_organization_refuses_what_has_ended_or_not_begun(folder: Path) -> None:
    project = Project.open(organization="own")
    with pytest.raises(DocgenError, match=r"error\[ended-code\]") as refused:
        project.render("G0121", options=RenderOptions(created=AFTER))
    errors = [told for told in refused.value.diagnostics if told.severity == "error"]
    assert len(errors) == 1, "told once, though two sheets are refused"
    early = RenderOptions(created=datetime(2026, 3, 31, tzinfo=UTC))
    with pytest.raises(DocgenError, match=r"error\[code-not-yet-valid\]"):
        project.render("G0103", options=early)
    assert project.render("G0121", options=RenderOptions(created=BEFORE))
    assert project.render("G0121"), "without a day, nothing has ended"


def test_a_check_finds_what_render_refuses(folder: Path) -> None:
    check = ("records", "check", "--date")
    assert but_for_reviews(invoke_docgen(*check, "2026-12-31", cwd=folder).stderr) == ""
    warned = invoke_docgen(*check, "2027-01-01", cwd=folder)
    assert (warned.returncode, b"warning[ended-code]" in warned.stderr) == (0, True)
    refused = invoke_docgen(*check, "2027-01-01", "--organization", "own", cwd=folder)
    assert (refused.returncode, b"error[ended-code]" in refused.stderr) == (1, True)


def lines(*days: str, codes: Sequence[str] = ("G0121",)) -> list[dict[str, str]]:
    return [
        dict(visit(number, appointment_time=day, codes=";".join(codes)))
        for number, day in enumerate(days)
    ]


def run(folder: Path, *options: str) -> Path:
    taken = len(list((folder / "output").glob("run-*")))
    batch(folder, "day.csv", "--workers", "1", "--quiet", *options)
    made = folder / f"output/run-{taken + 1:04}"
    assert_adds_up(made)
    return made


def states(made: Path) -> list[tuple[int, str | None, str | None]]:
    return [(one["row"], one["code_ends"], one["code_state"]) for one in manifest(made)]


def test_a_batch_judges_each_row_by_the_day_of_its_visit(folder: Path) -> None:
    write_worklist(folder / "day.csv", lines("2026-12-31 23:59", "2027-01-01 00:00", ""))
    result = batch(folder, "day.csv", "--workers", "1", "--output", "first")
    assert result.returncode == 0
    told = [line for line in result.stderr.decode().splitlines() if "[ended-code]" in line]
    assert told == [
        "day.csv:3:1: warning[ended-code]: HCPCS G0121 ended on 2026-12-31 (hcpcs.tsv:11:1), "
        "before the day of the visit"
    ]
    assert states(folder / "first") == [
        *[(2, "2026-12-31", None)] * 2,
        *[(3, "2026-12-31", "ended")] * 2,
        *[(4, "2026-12-31", None)] * 2,
    ]


def test_the_date_of_making_counts_where_a_row_has_no_day(folder: Path) -> None:
    write_worklist(folder / "day.csv", lines("2026-12-31 09:00", ""))
    made = run(folder, "--date", "2027-01-01")
    assert [state for _, _, state in states(made)] == [None, None, "ended", "ended"]


def test_rows_are_rejected_where_the_organization_refuses(folder: Path) -> None:
    days = ("2026-12-31 09:00", "2027-01-04 09:00", "2026-03-31 09:00")
    write_worklist(folder / "day.csv", lines(*days, codes=("G0121", "G0103")))
    made = run(folder, "--organization", "own")
    hint = "(find the code that took its place; a newer code list may know it)"
    assert [one["docgen_reason"] for one in rejected(made)] == [
        "day.csv:3:1: HCPCS G0121 ended on 2026-12-31 (hcpcs.tsv:11:1), before the day of the "
        f"visit {hint}",
        "day.csv:4:1: HCPCS G0103 begins on 2026-04-01 (hcpcs.tsv:10:1), after the day of the "
        "visit (find the code that holds until then)",
    ]
    assert summary(made)["rejected_by_rule"] == {"code-not-yet-valid": 1, "ended-code": 1}
    assert {one["row"] for one in manifest(made) if one["state"] == "done"} == {2}


def test_codes_that_only_have_a_title_are_judged_alike(folder: Path) -> None:
    rows = lines("2026-10-01 09:00", codes=("A0010",))
    write_worklist(folder / "day.csv", [{**one, "layouts": "clinician-summary"} for one in rows])
    assert states(run(folder)) == [(2, "2026-09-30", "ended")]


def test_a_library_is_judged_by_the_date_of_making(folder: Path) -> None:
    (folder / "codes.txt").write_text("G0121\n45378\n")
    options = ("--codes-from", "codes.txt", "--organization", "own", "--workers", "1", "--quiet")
    batch(folder, *options, "--date", "2027-01-01")
    assert [
        one["docgen_reason"].partition(" (")[0] for one in rejected(folder / "output/run-0001")
    ] == ["codes.txt:1:1: HCPCS G0121 ended on 2026-12-31"]


def test_what_is_prepared_once_gives_the_bytes_of_a_sheet_made_alone(folder: Path) -> None:
    all_rows = lines("2026-12-31 09:00", "2027-01-01 09:00", "2027-01-02 09:00")
    write_worklist(folder / "day.csv", all_rows)
    together = run(folder)
    digests = [one["sha256"] for one in manifest(together)]
    alone = []
    for row in all_rows:
        write_worklist(folder / "day.csv", [row])
        alone += [one["sha256"] for one in manifest(run(folder))]
    assert digests == alone
    assert len(set(digests)) == 6
    documents = sorted((together / "documents").rglob("*.pdf"))
    assert sorted(sha256(one.read_bytes()).hexdigest() for one in documents) == sorted(digests)


def test_rows_of_other_days_share_their_kits(folder: Path) -> None:
    write_worklist(folder / "day.csv", lines("2026-12-31 09:00", "2027-01-01 09:00"))
    planner = Planner(Project.open(), PlanOptions())
    planned = [planner.planned(row) for row in open_worklist(folder / "day.csv", Findings())]
    kits = [[sheet.kit.kit for sheet in one.sheets] for one in planned]
    assert [one is other for one, other in zip(*kits, strict=True)] == [True, True]
    assert [[sheet.state for sheet in one.sheets] for one in planned] == [
        [None, None],
        ["ended", "ended"],
    ]


def test_a_table_that_says_otherwise_is_no_longer_the_same_run(folder: Path) -> None:
    write_worklist(folder / "day.csv", lines("2026-12-31 09:00"))
    made = run(folder)
    path = folder / "data/tables/hcpcs.tsv"
    path.write_text(TABLE.replace("2026-12-31", "2026-11-30"))
    for document in (made / "documents").rglob("*.pdf"):
        document.unlink()
    resumed = batch(folder, "--resume", str(made), "--quiet")
    assert resumed.returncode == 1
    assert b"error[input-changed]" in resumed.stderr
