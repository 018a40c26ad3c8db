"""Records in other languages."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from docgen.diagnostics import DocgenError, Findings
from docgen.prose import Prose
from docgen.records import ProcedureRecord, RecordLibrary, read_record, record_json
from docgen.source import TextNode
from tests.sample_records import TRANSLATIONS
from tests.translated import made_from, read_in

RECORD = """\
code: "77299"
code_system: cpt
language: en
title: A plan
name: Planning
summary: Made up.
risks: Few.
further_sections:
  - {title: When to call for help, audience: patients, text: Call.}
  - {title: Notes, audience: clinicians, text: A note.}
policies:
  - {payer: Sample Plan, title: A policy}
similar_codes:
  - {code_system: cpt, code: "77261", title: Another plan, difference: Smaller.}
provenance:
  version: 1.0
  authors: [Ada Sample]
  sources: [{title: A book}]
  reviewed_on: 2026-01-01
  review_due: 2027-01-01
  note: Sample content.
"""

SPANISH = """\
translation_of: "77299"
language: es
title: Un plan
name: Planificación
summary: Inventado.
risks: Pocos.
further_sections:
  - {title: Cuándo pedir ayuda, audience: patients, text: Llame.}
  - {title: Notas, audience: clinicians, text: Una nota.}
similar_codes:
  - {code: "77261", title: Otro plan, difference: Más pequeño.}
provenance:
  note: Contenido de muestra.
"""
FIELDS = SPANISH.split("\n", 2)[2]


class Records:
    """A data folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, name: str, text: str) -> None:
        """Writes a file; a translation says that it was made from the record beside it."""
        path = self._folder / "records" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if text.startswith("translation_of"):
            text = read_in(RECORD, text)
        path.write_text(text, encoding="utf-8")

    def library(self) -> RecordLibrary:
        return RecordLibrary([self._folder])

    def record(self, tag: str, fallback: str | None = None) -> ProcedureRecord:
        findings = Findings()
        record = self.library().find("77299").in_language(tag, findings, fallback=fallback)
        findings.raise_if_any()
        return record

    def refusal(self, tag: str, fallback: str | None = None) -> str:
        with pytest.raises(DocgenError) as refused:
            self.record(tag, fallback)
        return str(refused.value)


@pytest.fixture
def records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Records:
    monkeypatch.chdir(tmp_path)
    records = Records(Path("data"))
    records.write("77299.yaml", RECORD)
    return records


def texts(value: object) -> Iterator[TextNode]:
    """Every text of a record."""
    if isinstance(value, TextNode):
        yield value
    elif isinstance(value, Prose):
        yield value.text
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            if name not in ("translations", "versions"):
                yield from texts(getattr(value, name))


def foreign(record: ProcedureRecord) -> dict[str, str]:
    """The texts that name a language of their own, with it."""
    return {text.value: text.language for text in texts(record) if text.language}


NAMES = {"Sample Plan": "en", "A policy": "en", "1.0": "en", "Ada Sample": "en", "A book": "en"}


@pytest.mark.parametrize("form", ["beside", "beside, with its system", "in the record"])
def test_a_translation_replaces_every_text_but_names(form: str, records: Records) -> None:
    match form:
        case "beside":
            records.write("77299.es.yaml", SPANISH)
        case "beside, with its system":
            records.write("cpt-77299.es.yaml", SPANISH)
        case _:
            fields = f"{FIELDS}{made_from(RECORD, FIELDS)}"
            inside = "".join(f"    {line}\n" for line in fields.splitlines())
            records.write("77299.yaml", f"{RECORD}translations:\n  es:\n{inside}")
    record = records.record("es")
    assert record.language is not None
    assert record.language.tag == "es"
    assert foreign(record) == NAMES
    assert [text.value for text in texts(record) if not text.language] == [
        "Un plan",
        "Planificación",
        "Inventado.",
        "Pocos.",
        "Cuándo pedir ayuda",
        "Llame.",
        "Notas",
        "Una nota.",
        "Otro plan",
        "Más pequeño.",
        "Contenido de muestra.",
    ]
    assert [section.urgent for section in record.further_sections] == [True, False]
    assert records.library().check() == ()


def test_names_may_be_translated_as_well(records: Records) -> None:
    records.write("77299.es.yaml", f"{SPANISH}policies: [{{title: Una política}}]\n")
    record = records.record("es")
    assert str(record.policies[0].title) == "Una política"
    assert foreign(record) == {name: tag for name, tag in NAMES.items() if name != "A policy"}


def test_a_language_is_served_by_the_closest_translation(records: Records) -> None:
    records.write("77299.es.yaml", SPANISH)
    mexican = SPANISH.replace("language: es", "language: es-MX").replace("Un plan", "El plan")
    records.write("77299.es-MX.yaml", mexican)
    assert str(records.record("es").title) == "Un plan"
    assert str(records.record("es-MX").title) == "El plan"
    american = records.record("es-US")
    assert str(american.title) == "Un plan"
    assert american.language is not None
    assert american.language.tag == "es-US"
    assert foreign(american) == NAMES


def test_a_closer_translation_may_say_only_what_differs(records: Records) -> None:
    records.write("77299.es.yaml", SPANISH)
    only = 'translation_of: "77299"\nlanguage: es-MX\ntitle: El plan\n'
    records.write("77299.es-MX.yaml", only)
    record = records.record("es-MX")
    assert (str(record.title), str(record.name)) == ("El plan", "Planificación")
    assert foreign(record) == NAMES


def test_the_own_language_needs_no_translation(records: Records) -> None:
    record = records.library().find("77299")
    for tag in ("en", "en-US"):
        findings = Findings()
        assert record.in_language(tag, findings) is record
        assert findings.diagnostics == ()


def test_an_english_sheet_opens_no_translation(records: Records) -> None:
    records.write("77299.es.yaml", "a: [broken")
    assert str(records.record("en").title) == "A plan"
    assert "bad-yaml" in records.refusal("es")


def test_a_record_without_any_translation_is_refused_once(records: Records) -> None:
    assert records.refusal("es-MX") == (
        "data/records/77299.yaml:3:11: error[missing-translation]: this record has no Spanish "
        "(es-MX) translation, only en\n"
        "  hint: translate it in data/records/77299.es-MX.yaml, or print it in another language "
        "with --fallback-language en"
    )


def test_every_text_without_a_translation_is_named_at_its_place(records: Records) -> None:
    lines = SPANISH.replace("risks: Pocos.\n", "").partition("similar_codes:")[0]
    records.write("77299.es.yaml", lines)
    told = [line for line in records.refusal("es").split("\n") if not line.startswith("  hint")]
    assert told == [
        f"data/records/77299.yaml:{place}: error[missing-translation]: '{path}' has no Spanish "
        "(es) translation, only en"
        for place, path in (
            ("7:8", "risks"),
            ("14:46", "similar_codes[0].title"),
            ("14:72", "similar_codes[0].difference"),
            ("21:9", "provenance.note"),
        )
    ]


def test_a_fallback_stands_in_and_names_its_language(records: Records) -> None:
    records.write("77299.es.yaml", SPANISH.replace("risks: Pocos.\n", ""))
    record = records.record("es", fallback="en")
    assert record.language is not None
    assert record.language.tag == "es"
    assert foreign(record) == {**NAMES, "Few.": "en"}


def test_a_fallback_can_be_a_translation_too(records: Records) -> None:
    records.write("77299.es.yaml", SPANISH)
    french = 'translation_of: "77299"\nlanguage: fr\ntitle: Un projet\n'
    records.write("77299.fr.yaml", french)
    record = records.record("fr", fallback="es")
    assert str(record.title) == "Un projet"
    assert foreign(record)["Pocos."] == "es"
    assert "Few." not in foreign(record)


def test_a_record_without_a_language_is_in_the_assumed_one(records: Records) -> None:
    records.write("77299.yaml", RECORD.replace("language: en\n", ""))
    record = records.library().find("77299")
    findings = Findings()
    assert record.in_language("es", findings) is record
    assert record.in_language("en", findings, assumed="en") is record
    assert findings.diagnostics == ()
    other = Findings()
    record.in_language("es", other, assumed="en")
    assert [found.rule for found in other.diagnostics] == ["missing-translation"]


def test_the_json_of_a_translated_record_is_what_is_printed(records: Records) -> None:
    records.write("77299.es.yaml", SPANISH)
    written = json.loads(record_json(records.record("es")))
    assert (written["language"], written["title"]) == ("es", "Un plan")
    assert "translations" not in written
    assert "Few." not in json.dumps(written)


def test_files_that_a_record_was_read_from_are_known(records: Records) -> None:
    records.write("77299.es.yaml", SPANISH)
    assert records.library().find("77299").sources == (Path("data/records/77299.yaml"),)
    assert [path.name for path in records.record("es").sources] == ["77299.yaml", "77299.es.yaml"]


def test_only_the_system_tells_translations_of_a_shared_code_apart(records: Records) -> None:
    records.write("local-77299.yaml", RECORD.replace("code_system: cpt", "code_system: local", 1))
    records.write("77299.es.yaml", SPANISH)
    record = records.library().find("77299", "cpt")
    findings = Findings()
    record.in_language("es", findings)
    assert [found.rule for found in findings.diagnostics] == ["missing-translation"]
    assert [found.rule for found in records.library().check()] == ["orphaned-translation"]

    records.write("cpt-77299.es.yaml", SPANISH)
    findings = Findings()
    assert str(record.in_language("es", findings).title) == "A plan"
    again = records.library().find("77299", "cpt")
    assert str(again.in_language("es", Findings()).title) == "Un plan"


SOME = st.sets(st.sampled_from(["title", "name", "summary", "risks"]))


@given(translated=SOME)
def test_each_text_is_translated_or_named_or_marked(
    translated: set[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("records")
    lines = "".join(f"    {name}: {name} en español\n" for name in sorted(translated))
    fields = f"    provenance: {{note: Una nota}}\n{lines}"
    text = f"{RECORD}translations:\n  es:\n{fields}{made_from(RECORD, fields, 4)}"
    (folder / "77299.yaml").write_text(text, encoding="utf-8")
    record = read_record(folder / "77299.yaml")

    findings = Findings()
    record.in_language("es", findings)
    named = {found.message.split("'")[1] for found in findings.diagnostics}
    assert named & {"title", "name", "summary", "risks"} == {
        "title", "name", "summary", "risks"
    } - translated  # fmt: skip

    findings = Findings()
    mixed = record.in_language("es", findings, fallback="en")
    assert findings.diagnostics == ()
    for name in ("title", "name"):
        text_of = getattr(mixed, name)
        assert text_of.language == (None if name in translated else "en")


@pytest.mark.parametrize("path", TRANSLATIONS, ids=lambda path: path.stem)
def test_a_translated_sample_keeps_no_text_of_the_original(path: Path) -> None:
    code, _, tag = path.stem.partition(".")
    original = RecordLibrary([path.parent.parent]).find(code)
    findings = Findings()
    record = original.in_language(tag, findings)
    assert findings.diagnostics == ()
    here = {text.value for text in texts(record) if text.language is None}
    assert here & {text.value for text in texts(original)} == set()
    assert len(here) > 25
    written = json.loads(record_json(record))
    names = ("policies", "provenance", "similar_codes", "code", "code_system")
    assert written.keys() - set(names) == json.loads(record_json(original)).keys() - set(names)
