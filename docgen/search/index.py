"""The index over all records and code tables of a library: built, refreshed and searched.

It is a copy for finding things, never the source of truth: whatever it holds can be read again from
the files, and is, wherever they are not as they were when it was made.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Self

from docgen.diagnostics import Findings
from docgen.records import RecordLibrary
from docgen.search.texts import IndexedText, SearchResult


class Index:
    """The words of every code that a library can find."""

    @classmethod
    def open(cls, library: RecordLibrary, findings: Findings) -> Self:
        """The index of a library, refreshed. Warnings tell where it could not be kept.

        Raises DocgenError where this Python's SQLite has no full-text search.
        """
        raise NotImplementedError

    def search(
        self,
        query: str,
        *,
        code_system: str | None = None,
        specialty: str | None = None,
        limit: int = 20,
    ) -> SearchResult:
        """The codes that what somebody typed may mean, the best first; ties by code."""
        raise NotImplementedError

    def text(self, code_system: str, code: str) -> IndexedText | None:
        """The words of a code in its own language."""
        raise NotImplementedError

    def texts(self, code_system: str | None = None) -> Iterator[IndexedText]:
        """The words of every code in its own language, by code system and code."""
        raise NotImplementedError

    def like(
        self, words: Iterable[str], *, code_system: str | None = None, limit: int = 50
    ) -> tuple[IndexedText, ...]:
        """The codes that have any of some words, by bm25, which weighs titles most; ties by
        code."""
        raise NotImplementedError

    def neighbours(self, code_system: str, code: str, count: int = 10) -> tuple[IndexedText, ...]:
        """The codes that stand next to a code in its system, ``count`` before and after it."""
        raise NotImplementedError

    def frequencies(self, words: Iterable[str]) -> Mapping[str, int]:
        """In how many codes each word stands, whatever its form (Porter's stems)."""
        raise NotImplementedError

    def __len__(self) -> int:
        """The number of codes."""
        raise NotImplementedError
