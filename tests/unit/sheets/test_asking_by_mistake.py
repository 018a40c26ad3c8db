"""What a program asks for in a way that docgen cannot take is refused in words, or works."""

from inspect import signature
from pathlib import Path

import pytest

from docgen import (
    DocgenError,
    PrintSettings,
    PrintWish,
    Project,
    RenderOptions,
    Visit,
    Work,
)

SAMPLES = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def project() -> Project:
    return Project.open(SAMPLES)


def refusal(error: pytest.ExceptionInfo[DocgenError]) -> tuple[str, str]:
    (told,) = error.value.diagnostics
    assert told.hint
    return told.rule, told.message


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DocgenError) as error:
        Project.open(tmp_path / "nowhere")
    assert refusal(error) == ("missing-folder", f"there is no folder '{tmp_path}/nowhere'")


def test_a_file_in_the_place_of_a_folder(tmp_path: Path) -> None:
    path = tmp_path / "worklist.csv"
    path.write_text("code\n", "utf-8")
    with pytest.raises(DocgenError) as error:
        Project.open(path)
    assert refusal(error)[0] == "missing-folder"


def test_a_code_that_is_a_number(project: Project) -> None:
    with pytest.raises(DocgenError) as error:
        project.render(77299)  # type: ignore[arg-type]
    rule, message = refusal(error)
    assert rule == "code-not-text"
    assert "int" in message


def test_one_layout_by_its_name_alone(project: Project) -> None:
    (sheet,) = project.render("77299", "patient-handout")
    assert sheet.layout == "patient-handout"


def test_a_layout_that_was_compiled_before(project: Project) -> None:
    record, layout = project.record("77299"), project.layout("patient-handout")
    assert project.compose(record, layout).subject == "CPT 77299"
    by_object, by_name = (
        project.render_record(record, wanted) for wanted in (layout, "patient-handout")
    )
    assert by_object.data == by_name.data
    assert by_object.layout == "patient-handout"


def test_a_compiled_layout_keeps_the_look_that_it_was_asked_for_in(project: Project) -> None:
    large = project.layout("patient-handout", RenderOptions(large_print=True))
    document = project.compose(project.record("77299"), large)
    assert document.styles.stacked


@pytest.mark.parametrize("layout", [7, None, Path("patient-handout")])
def test_what_is_no_layout(project: Project, layout: object) -> None:
    with pytest.raises(DocgenError) as error:
        project.compose(project.record("77299"), layout)  # type: ignore[arg-type]
    assert refusal(error)[0] == "not-a-layout"


@pytest.mark.parametrize("record", ["77299", {"code": "77299"}, None])
def test_what_is_no_record(project: Project, record: object) -> None:
    for make in (project.compose, project.render_record):
        with pytest.raises(DocgenError) as error:
            make(record, "patient-handout")  # type: ignore[arg-type]
        assert refusal(error)[0] == "not-a-record"


class Strange:
    """Nothing that docgen takes anywhere."""


USUAL: dict[str, dict[str, object]] = {
    "open": {},
    "record": {"code": "77299"},
    "render": {"code": "77299"},
    "packet": {"visit": Visit(patient_name="Ada Example"), "codes": "77299"},
    "run": {"worklist": "day.csv"},
    "resume": {"run": "run-0001"},
    "status": {"run": "run-0001"},
    "print_plans": {"target": "run-0001", "wish": PrintWish()},
    "print": {"target": "run-0001", "wish": PrintWish()},
    "search": {"query": "sleep"},
    "import_records": {"paths": ["codes.csv"]},
    "record_in_memory": {},
    "typeset": {},
}
"""Methods, each with what it cannot be called without."""


@pytest.mark.parametrize(
    ("method", "argument"),
    [
        (method, argument)
        for method in USUAL
        for argument in signature(getattr(Project, method)).parameters
        if argument != "self"
    ],
)
def test_whatever_is_of_another_type(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: str, argument: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DocgenError) as error:
        getattr(project, method)(**(USUAL[method] | {argument: Strange()}))
    rule, message = refusal(error)
    assert rule in {"wrong-argument", "code-not-text", "not-a-record"}
    assert "Strange" in message
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("method", "wanted", "named"),
    [
        ("open", {"data": "records"}, "'data' takes a list (each a text or a path)"),
        ("open", {"folder": "a\0b"}, "'folder'"),
        ("import_records", {"paths": "codes.csv"}, "'paths'"),
        ("import_records", {"paths": ["a.csv"], "authors": "A. Example"}, "'authors'"),
        ("search", {"query": "sleep", "limit": 0}, "'limit' takes a whole number from 1 to 1000"),
        ("search", {"query": "sleep", "limit": 10**30}, "'limit'"),
        ("search", {"query": "sleep", "limit": True}, "'limit'"),
        ("run", {"worklist": "day.csv", "form": "xml"}, "'form' takes one of 'csv', 'jsonl',"),
        ("run", {"worklist": "day.csv", "large_print": "no"}, "'large_print' takes True or False"),
        ("run", {"worklist": "day.csv", "work": Work(workers=0)}, "'work.workers'"),
        ("resume", {"run": "x", "work": Work(limit_seconds=float("nan"))}, "'work.limit_seconds'"),
        (
            "run",
            {"worklist": "day.csv", "work": Work(gathered=PrintSettings(sheets_per_file=0))},
            "'work.gathered.sheets_per_file' takes a whole number from 1 or None",
        ),
        (
            "run",
            {
                "worklist": "day.csv",
                "work": Work(gathered=PrintSettings(sort=("name",))),  # type: ignore[arg-type]
            },
            "'work.gathered.sort'",
        ),
        (
            "print_plans",
            {"target": "x", "wish": PrintWish(copies="two")},  # type: ignore[arg-type]
            "'wish.copies'",
        ),
        ("print", {"target": "x", "wish": PrintWish(), "seconds": -1.0}, "'seconds'"),
        (
            "packet",
            {
                "visit": Visit(patient_name="Ada", appointment="noon"),  # type: ignore[arg-type]
                "codes": "77299",
            },
            "'visit.appointment'",
        ),
        ("render", {"code": "77299", "options": RenderOptions(fillable=1)}, "'options.fillable'"),  # type: ignore[arg-type]
    ],
)
def test_what_python_would_take_for_something_else(
    project: Project, method: str, wanted: dict[str, object], named: str
) -> None:
    with pytest.raises(DocgenError) as error:
        getattr(project, method)(**wanted)
    rule, message = refusal(error)
    assert rule == "wrong-argument"
    assert message.startswith(named)
    assert "noon" not in str(error.value)


@pytest.mark.parametrize("wanted", [{"created": "2026"}, {"language": 3}])
def test_options_are_refused_as_they_are_made(wanted: dict[str, object]) -> None:
    with pytest.raises(DocgenError) as error:
        RenderOptions(**wanted)  # type: ignore[arg-type]
    assert refusal(error)[0] == "wrong-argument"


@pytest.mark.parametrize("wanted", [{"language": "xx"}, {"fallback_language": "xx"}])
def test_a_run_in_no_language_is_not_begun(
    project: Project, tmp_path: Path, wanted: dict[str, str]
) -> None:
    (tmp_path / "day.csv").write_text("patient_name,codes\nAda Example,77299\n", "utf-8")
    with pytest.raises(DocgenError) as error:
        project.run(tmp_path / "day.csv", tmp_path / "run", **wanted)  # type: ignore[arg-type]
    assert refusal(error)[0] == "bad-language"
    assert not (tmp_path / "run").exists()


def test_the_language_of_a_visit_is_not_repeated(project: Project) -> None:
    with pytest.raises(DocgenError) as error:
        project.packet(Visit(patient_name="Ada Example"), "77299", language="Bo Specimen")
    assert refusal(error)[0] == "bad-language"
    assert "Specimen" not in str(error.value)


def test_a_record_that_holds_itself(project: Project) -> None:
    fields: dict[str, object] = {"code": "PLAN-1"}
    fields["code_system"] = fields
    with pytest.raises(DocgenError) as error:
        project.record_in_memory(fields)
    assert refusal(error)[0] == "not-a-record"


def test_what_may_be_gone_through_only_once_is_left_whole(project: Project) -> None:
    assert Project.open(SAMPLES, data=(folder for folder in [SAMPLES / "data"])).named.data
    assert project.render("77299", ("patient-handout",))
