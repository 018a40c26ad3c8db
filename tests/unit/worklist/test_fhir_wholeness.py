"""A day that is not whole is refused, unless whoever runs it says that it may be incomplete.

What ``Bundle.total``, ``link``, ``search.mode`` and OperationOutcome mean is from FHIR R4:
http://hl7.org/fhir/R4/bundle.html, http://hl7.org/fhir/R4/operationoutcome.html.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from docgen.diagnostics import Diagnostic, DocgenError, Findings
from docgen.worklist import open_worklist
from docgen.worklist.fhir.reading import open_fhir
from tests.fhir_bundles import Resource, appointment, order, patient

DAY = (patient(), order(), appointment())


def outcome(*severities: str, **changes: Any) -> Resource:
    issues = [{"severity": one, "code": "incomplete"} for one in severities]
    return {"resourceType": "OperationOutcome", "issue": issues, **changes}


def searched(*modes: str | None, further: tuple[Any, ...] = (), **changes: Any) -> Resource:
    """A search's answer: the day, whose resources have these modes."""
    entries = [
        {"resource": resource} | ({"search": {"mode": mode}} if mode else {})
        for resource, mode in zip(DAY, modes or ("include", "include", "match"), strict=True)
    ]
    return {
        "resourceType": "Bundle",
        "type": "searchset",
        "entry": [*entries, *further],
        **changes,
    }


def _refused(folder: Path, content: object) -> tuple[Diagnostic, ...]:
    """What a Bundle is refused for; allowed to be incomplete, it is told the same as warnings."""
    path = folder / "day.json"
    path.write_text(json.dumps(content, indent=1), "utf-8")
    with pytest.raises(DocgenError) as error:
        open_fhir(path, Findings())
    told = error.value.diagnostics
    findings = Findings()
    worklist = open_fhir(path, findings, incomplete=True)
    assert worklist.incomplete
    assert [row.entry is not None for row in worklist] == [True]
    assert [one.rule for one in findings.diagnostics] == [one.rule for one in told]
    assert {one.severity for one in findings.diagnostics} == {"warning"}
    assert all("the day may be incomplete" in one.message for one in findings.diagnostics)
    assert all(one.hint and "--incomplete" in one.hint for one in told)
    return told


def _whole(folder: Path, content: object) -> tuple[str, ...]:
    """What is told of a day that is taken for whole."""
    path = folder / "day.json"
    path.write_text(json.dumps(content, indent=1), "utf-8")
    findings = Findings()
    worklist = open_fhir(path, findings)
    assert [row.entry is not None for row in worklist] == [True]
    assert not worklist.incomplete
    return tuple(one.rule for one in findings.diagnostics)


def test_what_was_included_does_not_count(tmp_path: Path) -> None:
    """Of three resources one matches: a total of 1 is all, a total of 2 is not."""
    assert _whole(tmp_path, searched(total=1)) == ()
    (told,) = _refused(tmp_path, searched(total=2))
    assert told.rule == "fewer-than-total"
    assert told.message == "the Bundle counts 2 matches, but holds no more than 1"


def test_an_outcome_is_no_match(tmp_path: Path) -> None:
    note = {"resource": outcome("information"), "search": {"mode": "outcome"}}
    bare = {"resource": outcome("information")}
    for further in ((note,), (bare,)):
        assert _whole(tmp_path, searched(total=1, further=further)) == ()
        (told,) = _refused(tmp_path, searched(total=2, further=further))
        assert told.rule == "fewer-than-total"


@pytest.mark.parametrize(("total", "whole"), [(3, True), (4, False), (24, False)])
def test_where_nobody_says_what_matches_anything_may(
    tmp_path: Path, total: int, whole: bool
) -> None:
    bundle = searched(None, None, None, total=total)
    if whole:
        assert _whole(tmp_path, bundle) == ()
    else:
        assert [one.rule for one in _refused(tmp_path, bundle)] == ["fewer-than-total"]


@pytest.mark.parametrize(
    "url",
    [
        "https://ehr.example.org/fhir/Appointment?date=2026-11-24&_include=Appointment:patient",
        "https://ehr.example.org/FHIR/R4/Appointment/_search",
        "https://ehr.example.org/Appointment/?date=2026-11-24",
    ],
)
def test_the_search_itself_says_of_what_type_its_matches_are(tmp_path: Path, url: str) -> None:
    links = [{"relation": "self", "url": url}]
    assert _whole(tmp_path, searched(None, None, None, total=1, link=links)) == ()
    (told,) = _refused(tmp_path, searched(None, None, None, total=2, link=links))
    assert told.rule == "fewer-than-total"
    other = [{"relation": "self", "url": "https://ehr.example.org/FHIR?_type=Appointment"}]
    assert _whole(tmp_path, searched(None, None, None, total=3, link=other)) == ()


def test_a_total_may_stand_before_or_behind_the_entries(tmp_path: Path) -> None:
    ahead = {"resourceType": "Bundle", "total": 24} | searched()
    assert [one.rule for one in _refused(tmp_path, ahead)] == ["fewer-than-total"]


@pytest.mark.parametrize("total", [0, 1, None])
def test_a_total_that_is_no_larger_than_what_is_there_says_nothing(
    tmp_path: Path, total: int | None
) -> None:
    assert _whole(tmp_path, searched(total=total)) == ()


@pytest.mark.parametrize("total", ["24", 1.5, True, -1, [24], {"value": 1}])
def test_a_total_that_is_no_number_is_told(tmp_path: Path, total: object) -> None:
    assert [one.rule for one in _refused(tmp_path, searched(total=total))] == ["bad-total"]


def test_two_totals_are_none(tmp_path: Path) -> None:
    path = tmp_path / "day.json"
    text = json.dumps(searched(total=24))
    path.write_text(f'{text[:-1]}, "total": 1}}', "utf-8")
    with pytest.raises(DocgenError) as error:
        open_fhir(path, Findings())
    assert [one.rule for one in error.value.diagnostics] == ["bad-total"]


@pytest.mark.parametrize("relation", ["next", "previous", "prev"])
def test_a_page_of_several_is_not_the_day(tmp_path: Path, relation: str) -> None:
    links = [{"relation": "self", "url": "x"}, {"relation": relation, "url": "y"}, 5]
    (told,) = _refused(tmp_path, searched(link=links))
    assert told.rule == "more-pages"


@pytest.mark.parametrize("links", [[], None, "next", [{"relation": "last", "url": "x"}]])
def test_other_links_say_nothing(tmp_path: Path, links: object) -> None:
    assert _whole(tmp_path, searched(link=links)) == ()


@pytest.mark.parametrize("severity", ["error", "fatal", "Error", "", "unheard-of"])
def test_an_error_among_the_entries_refuses_the_day(tmp_path: Path, severity: str) -> None:
    entry = {"resource": outcome("information", severity), "search": {"mode": "outcome"}}
    (told,) = _refused(tmp_path, searched(further=(entry, entry)))
    assert told.rule == "server-error"
    assert "1 times more" in told.message


@pytest.mark.parametrize(
    "issue", [None, [], 5, [5], [{}], [{"severity": 5}], {"severity": "information"}]
)
def test_an_outcome_that_says_nothing_may_be_an_error(tmp_path: Path, issue: object) -> None:
    entry = {"resource": outcome(issue=issue)}
    assert [one.rule for one in _refused(tmp_path, searched(further=(entry,)))] == ["server-error"]


@pytest.mark.parametrize(
    ("severities", "told"),
    [(("information",), ()), (("success",), ()), (("information", "warning"), ("server-warning",))],
)
def test_notes_and_warnings_of_a_server_do_not_refuse(
    tmp_path: Path, severities: tuple[str, ...], told: tuple[str, ...]
) -> None:
    entry = {"resource": outcome(*severities), "search": {"mode": "outcome"}}
    assert _whole(tmp_path, searched(further=(entry,))) == told


@pytest.mark.parametrize(
    "response",
    [
        {"status": "404 Not Found"},
        {"status": "500"},
        {"status": "200 OK", "outcome": outcome("error")},
        {"outcome": outcome("fatal")},
    ],
)
def test_a_request_that_failed_refuses_the_day(tmp_path: Path, response: Resource) -> None:
    (told,) = _refused(tmp_path, searched(further=({"response": response},)))
    assert told.rule == "server-error"


@pytest.mark.parametrize(
    "response", [{"status": "200 OK"}, {"status": "201", "outcome": outcome("information")}, 5]
)
def test_a_request_that_was_answered_does_not(tmp_path: Path, response: object) -> None:
    assert _whole(tmp_path, searched(further=({"response": response},))) == ()


def test_all_that_is_missing_is_told_at_once(tmp_path: Path) -> None:
    links = [{"relation": "next", "url": "y"}]
    entry = {"resource": outcome("error"), "search": {"mode": "outcome"}}
    told = _refused(tmp_path, searched(total=24, link=links, further=(entry,)))
    assert sorted(one.rule for one in told) == ["fewer-than-total", "more-pages", "server-error"]


@pytest.mark.parametrize(("severity", "refused"), [("error", True), ("information", False)])
def test_the_same_holds_for_lines_of_a_bulk_export(
    tmp_path: Path, severity: str, refused: bool
) -> None:
    path = tmp_path / "day.ndjson"
    lines = [*DAY, outcome(severity)]
    path.write_text("".join(json.dumps(one) + "\n" for one in lines), "utf-8")
    if not refused:
        assert not open_fhir(path, Findings()).incomplete
        return
    with pytest.raises(DocgenError) as error:
        open_fhir(path, Findings())
    (told,) = error.value.diagnostics
    assert told.rule == "server-error"
    assert told.span is not None
    assert told.span.line == 4
    assert open_fhir(path, Findings(), incomplete=True).incomplete


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("incomplete", [False, True])
def test_an_outcome_alone_is_no_day(tmp_path: Path, indent: int | None, incomplete: bool) -> None:
    """Where nothing is there, nothing can be made of it."""
    path = tmp_path / "day.json"
    path.write_text(json.dumps(outcome("error"), indent=indent), "utf-8")
    with pytest.raises(DocgenError) as error:
        open_worklist(path, Findings(), incomplete=incomplete)
    rule = "no-visits" if incomplete and indent is None else "server-error"
    assert [one.rule for one in error.value.diagnostics] == [rule]


def test_what_the_server_says_of_patients_is_not_repeated(tmp_path: Path) -> None:
    issue = {"severity": "error", "code": "Example", "diagnostics": "no access to Ada Example"}
    entry = {"resource": outcome(issue=[issue])}
    told = _refused(tmp_path, searched(total=24, further=(entry,)))
    assert "Example" not in " ".join(map(str, told))
