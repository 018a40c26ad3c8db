"""How sheets are wanted, besides what their records, layouts and organization say."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from docgen.diagnostics import refuse

BASE_LAYOUTS = ("patient-handout", "clinician-summary")


class RenderOptions(Struct, frozen=True, kw_only=True):
    """How a sheet is wanted, besides what its record, layout and organization say.

    Raises DocgenError for a date of making without a time zone, and for what is no language tag;
    the types of all else are looked at as a sheet is asked for.
    """

    large_print: bool = False
    """Large print, where neither the layout nor the organization asks for it already."""
    fillable: bool = False
    """Fields to fill in on a screen, in the place of lines to write on and boxes to tick."""
    created: datetime | None = None
    """When the sheet was made, with its time zone. docgen never asks the clock."""
    password: str | None = None
    """What opens the file. Files with a password differ each time they are made."""
    language: str | None = None
    """Language of the sheet (BCP 47), if not the organization's, or else the layout's own."""
    fallback_language: str | None = None
    """Language that stands in for texts which are not in the sheet's; without one, a sheet that
    would lack any is refused."""

    def __post_init__(self) -> None:
        if not isinstance(self.created, datetime | None) or not all(
            isinstance(tag, str | None) for tag in (self.language, self.fallback_language)
        ):
            from docgen.calls import check_fields

            check_fields("options", self)
        if self.created is not None and self.created.utcoffset() is None:
            raise refuse(
                "made-without-time-zone",
                "the date of making needs a time zone",
                hint="give it one, such as datetime(2026, 11, 22, tzinfo=UTC)",
            )
        for tag in filter(None, (self.language, self.fallback_language)):
            from docgen.source import Language

            try:
                Language.parse(tag)
            except ValueError as error:
                sentence, hint = error.args
                raise refuse("bad-language", sentence, hint=hint) from None

    def __repr__(self) -> str:
        password = None if self.password is None else "…"
        return (
            f"RenderOptions(large_print={self.large_print}, fillable={self.fillable}, "
            f"created={self.created}, password={password}, language={self.language}, "
            f"fallback_language={self.fallback_language})"
        )

    @property
    def variant(self) -> tuple[str, ...]:
        """What sets the file's name apart from that of the same sheet without these options."""
        asked = {"large-print": self.large_print, "fillable": self.fillable}
        wanted = tuple(name for name, is_asked in asked.items() if is_asked)
        return (self.language, *wanted) if self.language else wanted


PLAIN = RenderOptions()


class NamedFolders(NamedTuple):
    """Folders that win over a project's own, in the order in which they do."""

    data: tuple[Path, ...] = ()
    layouts: tuple[Path, ...] = ()


NO_FOLDERS = NamedFolders()
