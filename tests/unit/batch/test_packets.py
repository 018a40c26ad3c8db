"""What a visit's packet holds: which sheets, in which order, language and print."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from docgen.batch.plan.packets import Planned, Planner, PlanOptions
from docgen.diagnostics import Diagnostic, Span
from docgen.document import Visit
from docgen.project import Project
from docgen.records import agreement
from docgen.records.agreement import problems
from docgen.records.pairs import PairedTexts, TextPair
from docgen.shipped import data_folder
from docgen.worklist import Entry, ListedCode, WorklistRow

PLACE = Span("day.csv", 7, 1)


def row(
    *codes: str,
    name: str = "Pat Example",
    language: str | None = None,
    large_print: bool | None = None,
    layouts: tuple[str, ...] | None = None,
) -> WorklistRow:
    entry = Entry(
        visit=Visit(patient_name=name, birth_date=date(1950, 3, 4)),
        codes=tuple(ListedCode(code, span=Span("day.csv", 7, 30)) for code in codes),
        language=language,
        large_print=large_print,
        layouts=layouts,
    )
    return WorklistRow(number=7, cells=(), entry=entry, span=PLACE)


@pytest.fixture(scope="module")
def project() -> Project:
    return Project.open(".", organization="sample")


@pytest.fixture
def planner(project: Project) -> Planner:
    return Planner(project, PlanOptions())


def files(planned: Planned) -> list[str]:
    assert planned.task is not None, planned.problems
    return [sheet.file for sheet in planned.task.sheets]


def refusals(planned: Planned) -> list[str]:
    assert planned.task is None
    return [f"{told.span}: {told.rule}: {told.message}" for told in planned.problems]


def test_handouts_of_all_codes_come_first_then_the_summaries(planner: Planner) -> None:
    assert files(planner.planned(row("77299", "45378"))) == [
        "000/000007-1-cpt-77299-patient-handout.pdf",
        "000/000007-2-cpt-45378-patient-handout.pdf",
        "000/000007-3-cpt-77299-clinician-summary.pdf",
        "000/000007-4-cpt-45378-clinician-summary.pdf",
    ]


def test_a_code_that_is_listed_twice_is_one_code(planner: Planner) -> None:
    planned = planner.planned(row("77299", "7 7299"))
    assert len(files(planned)) == 2
    assert [(sheet.code, sheet.document) for sheet in planned.sheets] == [
        ("77299", 0),
        ("77299", 1),
    ]


def test_only_the_first_handout_says_what_a_packet_says_once(planner: Planner) -> None:
    planned = planner.planned(row("77299", "45378"))
    assert [sheet.kit.first_in_packet for sheet in planned.sheets] == [True, False, True, False]


def test_handouts_are_in_the_patients_language_and_print_and_summaries_are_not(
    planner: Planner,
) -> None:
    planned = planner.planned(row("77299", language="es", large_print=True))
    assert [(sheet.kit.language, sheet.kit.large_print) for sheet in planned.sheets] == [
        ("es", True),
        ("en", False),
    ]


def test_a_language_without_a_translation_is_refused_with_what_lacks_it(planner: Planner) -> None:
    planned = planner.planned(row("93306", language="es"))
    assert planned.task is None
    assert {told.rule for told in planned.problems} == {"missing-translation"}


@pytest.fixture
def changed(tmp_path: Path) -> Project:
    """A project whose record has changed since it was translated."""
    records = tmp_path / "data/records"
    records.mkdir(parents=True)
    for name in ("77299.yaml", "77299.es.yaml"):
        shutil.copy(data_folder() / "records" / name, records)
    path = records / "77299.yaml"
    path.write_text(path.read_text("utf-8").replace("Eat and drink", "Eat, and drink"), "utf-8")
    return Project.open(tmp_path, organization="sample")


def test_a_record_that_changed_since_it_was_translated_is_refused(changed: Project) -> None:
    planned = Planner(changed, PlanOptions()).planned(row("77299", language="es"))
    assert planned.task is None
    assert {told.rule for told in planned.problems} == {"stale-translation"}
    with_english = Planner(changed, PlanOptions(fallback_language="en"))
    assert len(files(with_english.planned(row("77299", language="es")))) == 2


def test_a_translation_is_held_against_its_source_once(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged: list[str] = []

    def noting(pair: TextPair, among: PairedTexts) -> tuple[Diagnostic, ...]:
        judged.append(pair.name)
        return problems(pair, among)

    monkeypatch.setattr(agreement, "problems", noting)
    planner = Planner(project, PlanOptions())
    for number in range(20):
        files(planner.planned(row("45378", name=f"Pat Example {number}", language="es")))
    assert len(judged) == len(set(judged)) == 29


def test_an_unknown_code_is_refused_where_the_worklist_says_it(planner: Planner) -> None:
    for _ in range(2):  # what is kept of the first refusal does not lose the place
        (told,) = refusals(planner.planned(row("77299", "99999")))
        assert told == "day.csv:7:30: unknown-code: there is no record of code 2 of 2"


def test_what_nobody_knows_is_not_repeated_nor_what_is_like_it(planner: Planner) -> None:
    """A number of a record stands in the place of a code, a surname in that of a layout."""
    for asked, told in (
        (row("77298"), "this code"),
        (row("SAMPLE-0001"), "this code"),
        (row("77299", layouts=("Testmann",)), "the layout that this row asks for is not known"),
        (row("77299", layouts=("patient-handout", "Ruiz")), "the layout number 2"),
    ):
        for _ in range(2):
            planned = planner.planned(asked)
            (problem,) = planned.problems
            assert told in problem.message
            for private in ("77298", "77299", "SAMPLE", "Testmann", "Ruiz", "did you mean"):
                assert private not in str(problem)


def test_a_code_of_another_system_is_no_secret(planner: Planner) -> None:
    asked = row("77299")
    assert asked.entry is not None
    code = ListedCode("77299", "hcpcs", Span("day.csv", 7, 30))
    (problem,) = planner.planned(replace(asked, entry=replace(asked.entry, codes=(code,)))).problems
    assert problem.message == "there is no record of this code in HCPCS"
    assert problem.hint == "there is one in CPT"


@pytest.mark.parametrize("language", ["kim", "en-Ruth", "lee-Adam-US"])
def test_a_language_that_may_be_a_name_is_not_repeated(project: Project, language: str) -> None:
    """Any three letters may be a language, and any four after them a script."""
    planned = Planner(project, PlanOptions()).planned(row("77299", language=language))
    (told,) = planned.problems
    assert (told.rule, told.span) == ("missing-translation", Span("day.csv", 7, 30))
    assert language not in str(told)
    falling_back = Planner(project, PlanOptions(fallback_language="en"))
    made = falling_back.planned(row("77299", language=language))
    assert [sheet.kit.language for sheet in made.sheets] == ["en", "en"]
    plain = falling_back.planned(row("77299", language="vi-Latn"))
    assert [sheet.kit.language for sheet in plain.sheets] == ["vi-Latn", "en"]


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (ListedCode("77298", None), "there is no record of the code '77298'"),
        (ListedCode("SAMPLE-0001", "local"), "there is no record of the code 'SAMPLE-0001'"),
        (ListedCode("Ada Example,1951-02-14", None), "there is no record of this code"),
        (
            ListedCode("30,77299", "Ada,2026-11-24 07"),
            "this line names a code system that is not known",
        ),
    ],
)
def test_a_line_of_a_list_is_repeated_where_it_looks_like_a_code(
    planner: Planner, code: ListedCode, told: str
) -> None:
    """It has no patients; but somebody may name a worklist where a list of codes is wanted."""
    (problem,) = planner.sheet(3, code).problems
    assert problem.message.startswith(told)
    assert "Ada" not in str(problem)


def test_a_name_that_no_font_prints_is_refused_without_repeating_it(planner: Planner) -> None:
    told = refusals(planner.planned(row("77299", name="Pat 😀 Example")))
    assert told == [
        "day.csv:7:1: unprintable-character: no font here prints character 5 of the patient's name"
    ]


def test_a_library_sheet_is_for_no_patient(planner: Planner) -> None:
    planned = planner.sheet(3, ListedCode("77299", "cpt"))
    assert planned.task is not None
    assert planned.task.visit is None
    assert files(planned)[0] == "000/000003-1-cpt-77299-patient-handout.pdf"


def test_a_kit_has_the_same_digest_wherever_its_files_stand(
    project: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def digests(opened: Project) -> list[str]:
        planned = Planner(opened, PlanOptions(samples=True)).planned(row("77299", "45378"))
        return [sheet.kit.kit.digest for sheet in planned.sheets]

    here = digests(project)
    assert len(set(here)) == 4
    other = Planner(project, PlanOptions(large_print=True)).planned(row("77299"))
    assert other.sheets[0].kit.kit.digest not in here
    monkeypatch.chdir(tmp_path)
    assert digests(Project.open(".", organization="sample")) == here


SHARED = """\
code: {code}
code_system: local
title: {title}
name: a test
summary: Made up.
purpose: Made up.
procedure_description: |
  1. One step.
risks: Made up.
without: {{urgent: Nothing is done}}
{more}provenance:
  version: 1.0
  authors: [Ada Sample]
  reviewed_on: 2026-01-01
  review_due: 2027-01-01
"""


def library(tmp_path: Path, **more: str) -> Planner:
    (tmp_path / "records").mkdir()
    for code, line in more.items():
        text = SHARED.format(code=code, title=f"Test {code}", more=line)
        (tmp_path / "records" / f"{code}.yaml").write_text(text)
    return Planner(Project.open(tmp_path, data=[tmp_path]), PlanOptions())


def test_two_codes_with_the_same_handout_give_one(tmp_path: Path) -> None:
    same = "same_handout_as: {code_system: local, code: T1}\n"
    planned = library(tmp_path, T1="", T2=same).planned(row("T1", "T2"))
    assert files(planned) == [
        "000/000007-1-local-t1-patient-handout.pdf",
        "000/000007-2-local-t1-clinician-summary.pdf",
        "000/000007-3-local-t2-clinician-summary.pdf",
    ]
    assert [(sheet.code, sheet.kit.layout, sheet.document) for sheet in planned.sheets] == [
        ("T1", "patient-handout", 0),
        ("T2", "patient-handout", 0),
        ("T1", "clinician-summary", 1),
        ("T2", "clinician-summary", 2),
    ]


def test_a_handout_that_is_not_there_is_refused_at_the_record(tmp_path: Path) -> None:
    chain = "same_handout_as: {{code_system: local, code: {}}}\n"
    planner = library(tmp_path, T1=chain.format("T2"), T2=chain.format("T9"))
    (missing,) = refusals(planner.planned(row("T2")))
    assert missing.endswith("no-such-handout: there is no handout of Local code T9 to share")
    assert "T2.yaml:11:18" in missing
    (second,) = refusals(planner.planned(row("T1")))
    assert second.endswith("no-such-handout: Local code T2 has no handout of its own either")
