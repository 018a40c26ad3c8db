"""The message catalogs: complete, up to date with the base layouts, and compiled."""

from pathlib import Path

import pytest
from babel.messages.catalog import Message

from docs import catalogs

ASKED = "run `make catalogs`"


@pytest.mark.parametrize("path", sorted(catalogs.files()), ids=lambda path: path.name)
def test_catalog_is_what_make_catalogs_writes(path: Path) -> None:
    assert path.read_bytes() == catalogs.files()[path], ASKED


def test_spanish_is_among_them() -> None:
    assert {path.name for path in catalogs.files()} >= {"docgen.pot", "es.po", "es.mo"}


def test_every_message_is_translated_with_its_expressions() -> None:
    assert list(catalogs.problems()) == []


def test_a_message_without_translation_is_named() -> None:
    message = Message("Getting ready")
    assert list(catalogs.problems_of(message)) == ["no translation of 'Getting ready'"]


def test_a_translation_with_other_expressions_is_named() -> None:
    message = Message("Page {{ page.number }}", "Página {{ page.count }}")
    assert list(catalogs.problems_of(message)) == [
        "other expressions in the translation of 'Page {{ page.number }}'"
    ]
