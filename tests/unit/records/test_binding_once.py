"""A record is bound once for a sheet, whatever an organization changes of it and in any language:
translations, changes and wording are chosen on the nodes of its file, and no other text is read."""

import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from docgen import shipped
from docgen.diagnostics import DocgenError, Findings
from docgen.project import Project, RenderOptions
from docgen.prose import reading as prose
from docgen.records import ProcedureRecord
from docgen.source import binding
from tests.commands import invoke_docgen
from tests.translated import digest_of, read_changes

CHANGES = """\
extends: "77299"
code_system: cpt
change:
  preparation:
    en: Bring the sheet of our sample clinic.
    es: Traiga la hoja de nuestra clínica de ejemplo.
insert:
  - section:
      title: {en: Parking, es: Estacionamiento}
      text: {en: Behind the house., es: Detrás de la casa.}
"""
SECTIONS = 13
"""Of the sample: all that a record can have. It has two further ones besides."""


@pytest.fixture
def clinic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with the sample record, its translation, and an organization that changes it."""
    monkeypatch.chdir(tmp_path)
    records = tmp_path / "data/records"
    records.mkdir(parents=True)
    for name in ("77299.yaml", "77299.es.yaml"):
        shutil.copy(shipped.data_folder() / "records" / name, records)
    own = tmp_path / "layouts/organizations/clinic"
    (own / "records").mkdir(parents=True)
    sample = shipped.layouts_folder() / "organizations/sample/organization.yaml"
    shutil.copy(sample, own)
    changes = read_changes(CHANGES)
    (own / "records/77299.yaml").write_text(changes)
    return tmp_path


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often records were bound and prose was read, by the real functions."""
    counts: Counter[str] = Counter()
    bind, read = binding._bind_model, prose.parse_prose

    def counting_bind(model: Any, *others: Any) -> object:
        counts[model.__name__] += 1
        return bind(model, *others)

    def counting_read(*arguments: Any) -> prose.Prose:
        counts["prose"] += 1
        return read(*arguments)

    monkeypatch.setattr(binding, "_bind_model", counting_bind)
    monkeypatch.setattr(prose, "parse_prose", counting_read)
    return counts


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    ("organization", "further"), [(None, 2), ("clinic", 3)], ids=["as it is", "changed"]
)
def test_two_sheets_bind_a_record_once(
    clinic: Path, counted: Counter[str], language: str, organization: str | None, further: int
) -> None:
    asked = ["--organization", organization] if organization else []
    done = invoke_docgen("render", "77299", "--language", language, *asked, cwd=clinic)
    assert done.returncode == 0, done.stderr.decode()
    assert len(done.stdout.splitlines()) == 2
    assert counted[ProcedureRecord.__name__] == 1
    assert counted["prose"] == SECTIONS + further


def test_the_library_binds_it_once_as_well(clinic: Path, counted: Counter[str]) -> None:
    project = Project.open(clinic, organization="clinic")
    first, second = project.render("77299", options=RenderOptions(language="es"))
    assert (first.code, second.code) == ("77299", "77299")
    assert counted[ProcedureRecord.__name__] == 1


def test_a_record_that_was_bound_in_its_own_language_is_bound_for_another_once(
    clinic: Path, counted: Counter[str]
) -> None:
    record = Project.open(clinic, organization="clinic").record("77299")
    spanish = [record.in_language("es", Findings()) for _ in range(3)]
    assert len({id(one) for one in spanish}) == 1
    assert counted[ProcedureRecord.__name__] == 2
    assert str(spanish[0].preparation) == "Traiga la hoja de nuestra clínica de ejemplo."


def test_a_missing_translation_with_another_language_standing_in_binds_it_once(
    clinic: Path, counted: Counter[str]
) -> None:
    options = RenderOptions(language="fr", fallback_language="en")
    Project.open(clinic).render("77299", options=options)
    assert counted[ProcedureRecord.__name__] == 1


def test_what_is_wrong_in_the_file_itself_comes_first(clinic: Path) -> None:
    path = clinic / "data/records/77299.yaml"
    text = path.read_text()
    path.write_text(text.replace("\nsummary:", "\nsumary: Nothing.\nsummary:"))
    for language in ("en", "es", "fr"):
        with pytest.raises(DocgenError) as refused:
            Project.open(clinic, organization="clinic").render(
                "77299", options=RenderOptions(language=language)
            )
        (told,) = refused.value.diagnostics
        assert told.rule == "unknown-field"
        assert "'sumary'" in told.message


def test_only_organizations_give_a_text_in_several_languages(clinic: Path) -> None:
    path = clinic / "data/records/77299.yaml"
    head, _, rest = path.read_text().partition("\ntitle: ")
    title, _, below = rest.partition("\n")
    path.write_text(f"{head}\ntitle: {{en: {title}, es: Un plan}}\n{below}")
    for language in ("en", "es"):
        with pytest.raises(DocgenError, match="title") as refused:
            Project.open(clinic, organization="clinic").render(
                "77299", options=RenderOptions(language=language)
            )
        assert {told.rule for told in refused.value.diagnostics} == {"wrong-type"}


def test_a_source_that_cannot_be_read_is_told_where_its_translation_is_held_against_it(
    clinic: Path,
) -> None:
    """The English text is printed on no Spanish sheet: nobody else would tell."""
    path = clinic / "data/records/77299.yaml"
    text = path.read_text()
    begin = text.index("\nduration:")
    end = text.index("\nsetting:")
    broken = "# A heading\n\nTwo hours.\n"
    indented = "".join(f"  {line}\n" if line else "\n" for line in broken.splitlines())
    path.write_text(f"{text[:begin]}\nduration: |\n{indented}{text[end:]}")
    translation = clinic / "data/records/77299.es.yaml"
    read = translation.read_text()
    begin, end = read.index("\nduration:"), read.index("\nsetting:")
    read = f"{read[:begin]}\nduration: Dos horas.\n{read[end:]}"
    lines = [
        f'  duration: "{digest_of(broken)}"' if line.startswith("  duration: ") else line
        for line in read.splitlines()
    ]
    translation.write_text("\n".join(lines) + "\n")
    with pytest.raises(DocgenError) as refused:
        Project.open(clinic).render("77299", options=RenderOptions(language="es"))
    (told,) = refused.value.diagnostics
    assert (told.rule, told.message) == ("not-prose", "a heading cannot stand inside of a text")
    assert told.span is not None
    assert told.span.path.endswith("77299.yaml")


def test_it_comes_before_changes_that_cannot_be_made_as_well(clinic: Path) -> None:
    path = clinic / "data/records/77299.yaml"
    path.write_text(path.read_text().replace("\nsummary:", "\nsumary: Nothing.\nsummary:"))
    changes = clinic / "layouts/organizations/clinic/records/77299.yaml"
    changes.write_text(changes.read_text() + "remove: [No such section]\n")
    for language in ("en", "es"):
        with pytest.raises(DocgenError) as refused:
            Project.open(clinic, organization="clinic").render(
                "77299", options=RenderOptions(language=language)
            )
        assert [told.rule for told in refused.value.diagnostics] == ["unknown-field"]
