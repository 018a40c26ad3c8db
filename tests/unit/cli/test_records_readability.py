"""``docgen records check --readability``: the table, JSON, limits and glossaries."""

import json
from pathlib import Path

import pytest

from tests.commands import Ended, invoke_docgen
from tests.readable import record_text

EASY = {
    "summary": "This test looks at your heart. It is quick.",
    "preparation": "- Bring a list of your medicines.",
    "recovery": "- Go home and rest.",
}
HARD = (
    "The gastroenterologist administers intravenous sedation intermittently during your whole "
    "examination."
)
# 10 words of 33 syllables: 0.39 * 10 + 11.8 * 3.3 - 15.59 = 27.25


@pytest.fixture
def project(tmp_path: Path) -> Path:
    records = tmp_path / "data/records"
    records.mkdir(parents=True)
    (records / "T-1.yaml").write_text(record_text(**EASY, purpose=HARD))
    return tmp_path


def check(project: Path, *arguments: str) -> Ended:
    return invoke_docgen("records", "check", "--readability", *arguments, cwd=project)


def limit(project: Path, limits: str, glossary: str | None = None) -> None:
    folder = project / "layouts/organizations/own"
    folder.mkdir(parents=True)
    (folder / "organization.yaml").write_text(f"name: Own Clinic\nreadability: {limits}\n")
    if glossary:
        (folder / "glossary.yaml").write_text(glossary)


def test_a_table_tells_of_every_section(project: Path) -> None:
    done = check(project, "T-1")
    lines = done.stdout.decode().splitlines()
    assert done.returncode == 0
    assert [line.split()[:3] for line in lines[:5]] == [
        ["record", "section", "grade"],
        ["T-1", "summary", "~0.0"],
        ["T-1", "purpose", "27.3"],
        ["T-1", "preparation", "~2.5"],
        ["T-1", "recovery", "~0.0"],
    ]
    assert "1 record, 5 sections: 4 at grade 6 or lower, 0 up to 8, 1 above" in lines
    assert "T-1.yaml:8:7: warning[jargon]: patients may not know 'gastroenterologist'" in (
        done.stderr.decode()
    )


def test_json_has_an_object_for_each_record_and_the_totals(project: Path) -> None:
    done = check(project, "T-1", "--format", "json")
    record, last = (json.loads(line) for line in done.stdout.decode().splitlines())
    assert (record["code"], record["path"]) == ("T-1", "data/records/T-1.yaml")
    purpose = next(one for one in record["sections"] if one["id"] == "purpose")
    assert (purpose["grade"], purpose["line"]) == (27.3, 7)
    (jargon, *_) = [one for one in purpose["findings"] if one["rule"] == "jargon"]
    assert (jargon["path"], jargon["line"], jargon["column"]) == ("data/records/T-1.yaml", 8, 7)
    assert record["pemat"]["4"] is False
    assert last["totals"]["above_the_limit"] == 1
    assert done.stderr == b""


def test_an_organizations_limit_decides_the_exit(project: Path) -> None:
    limit(project, "{grade: 8}")
    refused = check(project, "T-1", "--organization", "own")
    assert refused.returncode == 1
    assert b"error[hard-to-read]" in refused.stderr
    told = check(project, "T-1", "--organization", "own", "--format", "json")
    assert told.returncode == 1
    (error,) = (json.loads(line) for line in told.stderr.decode().splitlines())
    assert (error["rule"], error["line"]) == ("hard-to-read", 8)


def test_a_limit_above_the_grade_refuses_nothing(project: Path) -> None:
    (project / "data/records/T-1.yaml").write_text(record_text(**EASY))
    limit(project, "{grade: 8, sentence: 12}")
    assert check(project, "T-1", "--organization", "own").returncode == 0


def test_glossaries_of_project_and_organization_add_and_change(project: Path) -> None:
    (project / "data/glossary.yaml").write_text(
        "language: en\nterms:\n"
        "  - {term: examination, plain: look}\n"
        "  - {term: intravenous, keep: our patients know it}\n"
        "  - {term: sedation, plain: sleepy drops}\n"
    )
    limit(
        project, "{sentence: 40}", "language: en\nterms:\n  - {term: sedation, plain: calm drops}\n"
    )
    told = check(project, "T-1", "--organization", "own").stderr.decode()
    assert "patients may not know 'examination'" in told
    assert "say: look" in told
    assert "intravenous" not in told
    assert "say: calm drops" in told


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("language: en\nterms: [{term: edema}]\n", "2:9: error[bad-term]: 'edema' needs either"),
        ("language: en\nterms: []\nwords: 3\n", "3:1: error[unknown-field]"),
        ("\x00", "error["),
    ],
)
def test_a_wrong_glossary_is_refused_at_its_place(
    project: Path, content: str, message: str
) -> None:
    (project / "data/glossary.yaml").write_text(content)
    done = check(project, "T-1")
    assert done.returncode == 1
    assert message in done.stderr.decode()
    assert "data/glossary.yaml:" in done.stderr.decode()


def test_a_wrong_record_is_refused_and_the_others_go_on(project: Path) -> None:
    (project / "data/records/T-2.yaml").write_text("code: T-2\ncode_system: local\n")
    done = check(project, "T-2", "T-1", "NONE")
    assert done.returncode == 1
    assert b"T-2.yaml:1:1: error[missing-field]" in done.stderr
    assert b"there is no record of the code 'NONE'" in done.stderr
    assert b"1 record, 5 sections" in done.stdout


def test_codes_alone_are_no_way_to_check_records(project: Path) -> None:
    done = invoke_docgen("records", "check", "T-1", cwd=project)
    assert done.returncode == 2
    assert b"goes with --readability" in done.stderr


def test_translations_are_read_where_there_are_any(project: Path) -> None:
    done = check(project, "--language", "es")
    assert done.returncode == 0
    assert b" sections: " in done.stdout
    assert b"not in this language: " in done.stdout
    assert b"error" not in done.stderr


def test_a_title_alone_is_passed_over(project: Path) -> None:
    (project / "data/records/T-2.yaml").write_text(
        record_text("").replace("T-1", "T-2").replace("Small", "Other")
    )
    done = check(project, "T-2")
    assert done.returncode == 0
    assert b"a title and no text: 1 record, passed over" in done.stdout


def test_an_overdue_review_is_refused_where_the_organization_says_so(project: Path) -> None:
    late = ("T-1", "--date", "2027-01-02", "--organization", "own")
    (project / "data/records/T-1.yaml").write_text(record_text(**EASY))
    limit(project, "{grade: 8}\ndefaults: {overdue_records: refuse}")
    refused = check(project, *late)
    assert refused.returncode == 1
    assert b"error[overdue-record]" in refused.stderr
    assert check(project, "T-1", "--organization", "own").returncode == 0


def test_spanish_has_an_ease_and_no_grade(project: Path) -> None:
    done = check(project, "77299", "--language", "es")
    (whole,) = [line for line in done.stdout.decode().splitlines() if " (all) " in line]
    assert whole.split()[2] == "-"
    assert "INFLESZ " in whole
    assert "there is no grade for es" in done.stderr.decode()
