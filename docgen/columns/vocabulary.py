"""The headings under which tables are known to hold some fields."""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set

from docgen.columns.headings import plain_heading

Further = Callable[[str], str | None]


def _none(_: str) -> None:
    return None


class Vocabulary:
    """Fields with their usual headings. Case, blanks, underscores and marks do not matter.

    Worklists and imports have one each: a heading that both know may be another field's.
    """

    def __init__(self, headings: Mapping[str, Sequence[str]], further: Further = _none) -> None:
        """``further`` knows the field of headings that no list can hold, by their form."""
        self.headings = headings
        self._further = further
        self._known = {
            plain_heading(word): field
            for field, words in headings.items()
            for word in (field, *words)
        }

    def field_under(self, heading: str) -> str | None:
        """The field that stands under a heading, or None where the heading is not known."""
        return self._known.get(plain_heading(heading)) or self._further(heading)

    def known_count(self, headings: Iterable[str], named: Set[str]) -> int:
        """How many of some headings are known, or are those that a map names (as compared)."""
        return sum(
            plain_heading(heading) in named or self.field_under(heading) is not None
            for heading in headings
        )
