"""What the index knows of a code: the words of its record, field by field."""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from docgen.records import SECTION_TITLES

Field = str
"""``title``, ``name``, ``specialty``, a section's id, ``further_sections``, …: see ``FIELDS``."""

FIELDS = {
    "title": "Title",
    "name": "Name",
    "specialty": "Specialty",
    **SECTION_TITLES,
    "further_sections": "Further sections",
    "policies": "Policies",
    "similar_codes": "Similar codes",
    "unplaced": "Unplaced text",
}
"""Every field that is searched, in the order of a record, each with its name for readers."""

MatchKind = Literal["code", "prefix", "words", "some words", "spelling"]
"""How a code was found: by itself, by its beginning, by all words, by some, by words like them."""


class IndexedText(Struct, frozen=True, kw_only=True):
    """The words of a code in one language, as plain text without marks of CommonMark."""

    code_system: str
    """Id of the code system, such as ``cpt``."""
    code: str
    """As it is printed."""
    language: str = ""
    """Language (BCP 47); empty is that of its record, which names none."""
    fields: Mapping[Field, str]
    """In the order of ``FIELDS``; fields without words are left out."""
    path: str
    """The file that says so: a record, a translation or a code table."""

    @property
    def title(self) -> str:
        return self.fields.get("title", "")


class Snippet(Struct, frozen=True):
    """A few words around what was found."""

    field: Field
    text: str
    marks: tuple[tuple[int, int], ...] = ()
    """Where the words that were asked for stand in the text: start and end of each."""


class Hit(Struct, frozen=True, kw_only=True):
    """A code that was found."""

    code_system: str
    code: str
    title: str
    specialty: str
    match: MatchKind
    snippet: Snippet
    language: str
    path: str


class SearchResult(Struct, frozen=True):
    """What was found, the best first, and what was looked for in the place of what was typed."""

    hits: tuple[Hit, ...]
    corrections: Mapping[str, tuple[str, ...]]
    """Words that no record has, each with the words like it that were searched instead."""
