"""Text in any field of a record is printed as it is written, never obeyed."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from docgen.code_systems import CodeSystem
from docgen.prose import Prose
from docgen.records import SECTION_TITLES, ProcedureRecord
from docgen.source import Language, Shape, TextNode, fields_of
from tests.commands import run_docgen
from tests.pdf_text import is_printed, page_texts

NASTY = "<b>&amp;</b> {{ x }} *y* ‹script› {% raw %} <para/> \\n %s ${HOME}"
AS_PROSE = "<b>&</b> {{ x }} y ‹script› {% raw %} <para/> \\n %s ${HOME}"
"""What CommonMark makes of it: one word emphasized, one entity read."""

NOT_PRINTED = {
    "provenance.sources.url",
    "unplaced.heading",
    "unplaced.text",
    "without.urgent",
}
"""The sheets name title and publisher of a source; the address is behind the title, to be clicked.
What an import could not place waits for somebody to place it. Why patients are told nothing is said
to colleagues."""

IN_OTHER_LANGUAGES = "translations"
"""What sheets in other languages print."""


def _record() -> dict[str, Any]:
    """A record with every field that there is, each text of it nasty and unlike any other."""
    record = _fields(ProcedureRecord, "")
    similar = record["similar_codes"][0]
    codes = {"similar_codes": [{**similar, "code": "99998"}], "not_similar": []}
    del record["without"]  # it says when to call for help, and cannot say why it does not
    return {**record, **codes, "code": "99999"}


def _fields(model: type, path: str) -> dict[str, Any]:
    return {
        key: _value(field.shape, f"{path}.{key}" if path else key)
        for key, field in fields_of(model).items()
        if key != IN_OTHER_LANGUAGES
    }


def _value(shape: Shape, path: str) -> Any:
    if shape.items:
        return [_value(shape.items, path)]
    if shape.models:
        return _fields(shape.models[0], path)
    leaf = shape.leaves[0]
    if path.endswith("url"):
        return f"https://example.org/{path}"
    known = {str: path, bool: True, int: 2026, date: "2026-06-01"}
    known |= {CodeSystem: "cpt", Language: "en"}
    if leaf in (TextNode, Prose):
        return f"In {path}: {NASTY}"
    return leaf[-1] if isinstance(leaf, tuple) else known[leaf]


def _texts(shape_of: type, path: str = "") -> dict[str, str]:
    """By the path of every field that holds text: what must be printed of it."""
    printed: dict[str, str] = {}
    for key, field in fields_of(shape_of).items():
        if key == IN_OTHER_LANGUAGES:
            continue
        inner = f"{path}.{key}" if path else key
        shape = field.shape.items or field.shape
        if shape.models:
            printed |= _texts(shape.models[0], inner)
        elif Prose in shape.leaves:
            printed[inner] = f"In {inner}: {AS_PROSE}"
        elif TextNode in shape.leaves:
            url = f"https://example.org/{inner}"
            printed[inner] = url if inner.endswith("url") else f"In {inner}: {NASTY}"
    return printed


PRINTED = _texts(ProcedureRecord)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The text of all pages of both sheets of the record."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "data/records").mkdir(parents=True)
    text = json.dumps(_record(), ensure_ascii=False)
    (folder / "data/records/99999.json").write_text(text, "utf-8")
    run = run_docgen("render", "99999", cwd=folder)
    assert (run.returncode, b"error[" in run.stderr) == (0, False)
    written = [Path(folder, name) for name in run.stdout.decode().split()]
    return [page for path in written for page in page_texts(path.read_bytes())]


def test_there_are_as_many_fields_as_a_record_has_sections_and_more() -> None:
    assert set(PRINTED) > {*SECTION_TITLES, "title", "name", "specialty", "policies.payer"}
    assert set(PRINTED) > {"licensed_descriptor.text", "provenance.version", "provenance.authors"}


@pytest.mark.parametrize("path", sorted(set(PRINTED) - NOT_PRINTED))
def test_the_text_of_a_field_is_printed_as_it_is_written(path: str, pages: list[str]) -> None:
    assert is_printed(PRINTED[path], pages)
