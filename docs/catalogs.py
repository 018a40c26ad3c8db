"""Brings the message catalogs up to date with the base layouts: ``python -m docs.catalogs``.

Messages are collected into ``layouts/locale/docgen.pot``, merged into each ``TAG.po`` there, and
each of those is compiled. What a translator has to do anew is named, and makes the command fail.
"""

import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from docgen.layouts import Layout
from docgen.layouts.fixed_words import MESSAGES, NOTICE_MESSAGES, SLIP_MESSAGES
from docgen.layouts.wording import wording
from docgen.source import read_file

ROOT = Path(__file__).resolve().parent.parent
LAYOUTS = ROOT / "layouts"
LOCALE = LAYOUTS / "locale"
TEMPLATE = LOCALE / "docgen.pot"
_WIDTH = 96
_WRITTEN = datetime(2026, 11, 22, tzinfo=UTC)
"""The same in every catalog: the same messages give the same bytes."""
_EXPRESSION = re.compile(r"\{+[^{}]*\}+")
_LITERAL = re.compile(r"'[^']*'")


def files() -> dict[Path, bytes]:
    """Every catalog as it must be, by its path."""
    template = _template()
    written = {TEMPLATE: _po(template)}
    for path in sorted(LOCALE.glob("*.po")):
        catalog = _updated(path, template)
        written[path] = _po(catalog)
        written[path.with_suffix(".mo")] = _mo(catalog)
    return written


def compiled(language: str, messages: dict[str, str]) -> bytes:
    """Messages and their translations as a compiled catalog."""
    catalog = Catalog(language, creation_date=_WRITTEN, revision_date=_WRITTEN)
    for message, translation in messages.items():
        catalog.add(message, translation)
    return _mo(catalog)


def problems() -> Iterator[str]:
    """What is missing or wrong in any translation."""
    for path in sorted(LOCALE.glob("*.po")):
        for message in _updated(path, _template()):
            if message.id:
                yield from (f"{path.name}: {told}" for told in problems_of(message))


def problems_of(message: Message) -> Iterator[str]:
    """What is missing or wrong in one translation."""
    source, translation = str(message.id), str(message.string)
    if not translation:
        yield f"no translation of {source!r}"
    elif message.fuzzy:
        yield f"to be looked at: {source!r}"
    elif _expressions(source) != _expressions(translation):
        yield f"other expressions in the translation of {source!r}"


def _expressions(text: str) -> list[str]:
    """The expressions of a text; what is quoted in them may be wording itself."""
    return sorted(_LITERAL.sub("''", found) for found in _EXPRESSION.findall(text))


def _template() -> Catalog:
    catalog = Catalog(
        project="docgen", charset="utf-8", creation_date=_WRITTEN, revision_date=_WRITTEN
    )
    for path in sorted(LAYOUTS.glob("*.yaml")):
        for scalar in wording(read_file(path), Layout):
            catalog.add(scalar.value, locations=[(f"layouts/{path.name}", scalar.span.line)])
    words = ROOT / "docgen/layouts/fixed_words.py"
    lines = words.read_text("utf-8").splitlines()
    for word in (*MESSAGES, *NOTICE_MESSAGES, *SLIP_MESSAGES):
        line = next(number for number, text in enumerate(lines, 1) if f'"{word}"' in text)
        catalog.add(word, locations=[(str(words.relative_to(ROOT)), line)])
    return catalog


def _updated(path: Path, template: Catalog) -> Catalog:
    with path.open("rb") as file:
        catalog = read_po(file, locale=path.stem)
    catalog.update(template, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    catalog.creation_date = catalog.revision_date = _WRITTEN
    catalog.last_translator = catalog.language_team = "docgen"
    return catalog


def _po(catalog: Catalog) -> bytes:
    catalog.header_comment = "# The wording of docgen's base layouts. Written by `make catalogs`."
    catalog.fuzzy = False
    stream = BytesIO()
    write_po(stream, catalog, width=_WIDTH)
    return stream.getvalue()


def _mo(catalog: Catalog) -> bytes:
    stream = BytesIO()
    write_mo(stream, catalog)
    return stream.getvalue()


def main() -> None:
    """Writes every catalog, and tells what is left to translate."""
    for path, data in files().items():
        path.write_bytes(data)
        sys.stdout.write(f"{path.relative_to(ROOT)}\n")
    told = "".join(f"{problem}\n" for problem in problems())
    sys.stderr.write(told)
    sys.exit(bool(told))


if __name__ == "__main__":
    main()
