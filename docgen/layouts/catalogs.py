"""Message catalogs: wording in other languages, as GNU gettext keeps it.

``locale/TAG.mo`` in a folder of layouts, compiled from ``TAG.po`` beside it. A message is the text
as a layout writes it, its expressions included. A language without a catalog of its own takes the
one of its base language: ``es-MX`` that of ``es``.
"""

import struct
from collections.abc import Iterable
from functools import cached_property
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from docgen.diagnostics import Span, refuse
from docgen.source import display_path, entries, is_file, unreadable

FOLDER = "locale"


class Catalog:
    """Wording in one language, read when first asked; earlier folders win over later ones.

    The first question raises DocgenError where a catalog cannot be read.
    """

    def __init__(self, language: str, folders: Iterable[Path]) -> None:
        self.language = language
        self._folders = tuple(folders)
        self.sources: tuple[Path, ...] = ()
        """The files that were read."""

    def wording(self, text: str) -> str | None:
        """A text in the catalog's language; None where it has none for it."""
        return self._translations.gettext(text) or None

    @cached_property
    def _translations(self) -> NullTranslations:
        tags = dict.fromkeys((self.language, self.language.partition("-")[0]))
        found = (folder / FOLDER / f"{tag}.mo" for tag in tags for folder in self._folders)
        self.sources = tuple(path for path in found if is_file(path))
        translations: NullTranslations = _Untranslated()
        for path in reversed(self.sources):
            own = _read(path)
            own.add_fallback(translations)
            translations = own
        return translations


def languages_in(folders: Iterable[Path]) -> tuple[str, ...]:
    """The languages that folders have a catalog for, by their tags."""
    files = (path for folder in folders for path in entries(folder / FOLDER))
    return tuple(dict.fromkeys(path.stem for path in files if path.suffix == ".mo"))


class _Untranslated(NullTranslations):
    """Stands behind the last catalog: gettext would answer with the message itself."""

    def gettext(self, message: str) -> str:
        return ""


def _read(path: Path) -> GNUTranslations:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise unreadable(path, error) from None
    try:
        return GNUTranslations(BytesIO(data))
    except (OSError, ValueError, struct.error) as error:
        raise refuse(
            "bad-catalog",
            "this is not a compiled catalog of messages",
            Span.whole_file(display_path(path)),
            f"compile it anew from {path.stem}.po",
        ) from error
