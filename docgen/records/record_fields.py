"""What is to be known of a field of a record besides its type, said where the field is declared."""

from msgspec import Struct


class RecordField(Struct, frozen=True, kw_only=True):
    """Marks a field that an input may give as one text: a section, or what tells records apart.

    Headings of sheets and pages, columns of imported tables, translations and search follow from
    it.
    """

    headings: tuple[str, ...]
    """What it is called over columns of tables; of a section, above its lines on pages as well."""
    title: str | None = None
    """Heading in plain language, of a section; None where it is no section."""
    on_pages: tuple[str, ...] = ()
    """What only pages call it, where it is no section."""
    translated: bool = False
    """Whether translations say it in their language, as they do all sections."""
    in_tables: str | None = None
    """What a column map says of it, where that is not what a record says."""
    after: str | None = None
    """The field that it stands behind in column maps, if not the one before it."""
