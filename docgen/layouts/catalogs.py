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
from docgen.opening import read_whole
from docgen.source import display_path, entries, is_there, unreadable

FOLDER = "locale"
_MAX_BYTES = 1_000_000
_LITTLE_ENDIAN = b"\xde\x12\x04\x95"


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
        self.sources = tuple(path for path in found if is_there(path))
        translations: NullTranslations = _Untranslated()
        for path in reversed(self.sources):
            own = _read_catalog(path)
            own.add_fallback(translations)
            translations = own
        return translations


def languages_in(folders: Iterable[Path]) -> tuple[str, ...]:
    """The languages that folders have a catalog for, by their tags.

    Raises DocgenError where a folder cannot be read.
    """
    files = (path for folder in folders for path in entries(folder / FOLDER))
    return tuple(dict.fromkeys(path.stem for path in files if path.suffix == ".mo"))


class _Untranslated(NullTranslations):
    """Stands behind the last catalog: gettext would answer with the message itself."""

    def gettext(self, message: str) -> str:
        return ""


def _read_catalog(path: Path) -> GNUTranslations:
    try:
        data = read_whole(path, _MAX_BYTES)
    except OSError as error:
        raise unreadable(path, error) from None
    try:
        _check_sizes(data)
        return GNUTranslations(BytesIO(data))
    except Exception as error:  # gettext raises errors of all kinds of what is damaged
        raise refuse(
            "bad-catalog",
            "this is not a compiled catalog of messages",
            Span.whole_file(display_path(path)),
            f"compile it anew from {path.stem}.po",
        ) from error


def _check_sizes(data: bytes) -> None:
    """Raises an error where the texts of a catalog are longer, all together, than its file: then
    they overlap, and a small file would fill the memory. (GNU gettext's manual, MO files.)"""
    form = "<" if data.startswith(_LITTLE_ENDIAN) else ">"
    count, *tables = struct.unpack_from(f"{form}3L", data, 8)
    lengths = (
        struct.unpack_from(f"{form}{2 * count}L", data, table)[::2]
        for table in tables
        if count <= len(data)
    )
    if count > len(data) or sum(map(sum, lengths)) > len(data):
        raise ValueError("texts overlap")
