"""What a program asks for in a way that docgen cannot take is refused in words, or works."""

from pathlib import Path

import pytest

from docgen import DocgenError, Project, RenderOptions

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
