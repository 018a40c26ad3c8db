"""Words that patients may not know, and the plain ones: ``glossary.yaml``.

docgen's own glossary is in this folder. A project adds to it, or changes what it says of a term, in
``data/glossary.yaml``; an organization in the ``glossary.yaml`` of its folder.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, ClassVar

from msgspec import Meta

from docgen.diagnostics import DocgenError, Findings
from docgen.readability.sentences import Word
from docgen.source import Language, Positioned, TextNode, bind, is_there, json_schema, read_file

NAME = "glossary.yaml"
SHIPPED = Path(__file__).with_name(NAME)


class GlossaryTerm(Positioned, frozen=True, kw_only=True, eq=False):
    """A term, and either what to say instead or why it may stay."""

    called: ClassVar[str] = "term of a glossary"

    term: Annotated[
        TextNode,
        Meta(description="The term, of one word or several; its plural in -s or -es is known."),
    ]
    plain: Annotated[
        TextNode | None, Meta(description="What to say instead, or to explain it.")
    ] = None
    keep: Annotated[
        TextNode | None, Meta(description="Why it may stay as it is, in the place of a plain word.")
    ] = None
    also: Annotated[
        tuple[TextNode, ...], Meta(description="Other forms of it, and other words for the same.")
    ] = ()


class GlossaryFile(Positioned, frozen=True, kw_only=True, eq=False):
    """A glossary."""

    called: ClassVar[str] = "glossary"

    language: Annotated[Language, Meta(description="Language of its terms: en.")]
    terms: Annotated[tuple[GlossaryTerm, ...], Meta(description="The terms, in any order.")]


class Glossary:
    """Terms by the words that they consist of; of two that say the same, the later one counts."""

    def __init__(self, terms: Iterable[GlossaryTerm]) -> None:
        self.terms = tuple(terms)
        self._terms = {
            tuple(_folded(word) for word in form.split()): term
            for term in self.terms
            for form in _forms(term)
        }

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._terms), default=0)

    def found(self, words: tuple[Word, ...]) -> Iterator[tuple[int, int, GlossaryTerm]]:
        """The terms among some words, the longest of those that begin together: from, to, which."""
        folded = tuple(_folded(word.text) for word in words)
        at = 0
        while at < len(folded):
            end, term = self._at(folded, at)
            if term is not None:
                yield at, end, term
            at = end

    def _at(self, words: tuple[str, ...], at: int) -> tuple[int, GlossaryTerm | None]:
        for end in range(min(at + self._longest, len(words)), at, -1):
            term = self._terms.get(words[at:end])
            if term is not None:
                return end, term
        return at + 1, None


def read_glossary(folders: Iterable[Path] = ()) -> Glossary:
    """docgen's glossary with those of some folders, of which the later ones win.

    A folder need not have one. Raises DocgenError with all that is wrong with any, and where it
    cannot be told whether there is one.
    """
    files = [folder / NAME for folder in folders]
    findings = Findings()
    terms: list[GlossaryTerm] = []
    for file in (SHIPPED, *(file for file in files if is_there(file))):
        terms += _terms_of_file(file, findings)
    findings.raise_if_any()
    return Glossary(terms)


def glossary_schema() -> dict[str, Any]:
    """The JSON Schema of a glossary."""
    return json_schema(GlossaryFile, "Glossary")


def _terms_of_file(file: Path, findings: Findings) -> tuple[GlossaryTerm, ...]:
    try:
        bound = bind(read_file(file), GlossaryFile, findings)
    except DocgenError as error:
        findings.extend(error.diagnostics)
        return ()
    if bound is None:
        return ()
    for term in bound.terms:
        if (term.plain is None) == (term.keep is None):
            findings.error(
                "bad-term",
                f"{term.term.value!r} needs either a plain word or a reason to stay",
                term.span,
                "write 'plain: …' with what to say instead, or 'keep: …' with why it may stay",
            )
    return bound.terms


def _forms(term: GlossaryTerm) -> Iterator[str]:
    for text in (term.term, *term.also):
        word = text.value
        yield word
        yield f"{word}s"
        yield f"{word}es"
        if word.endswith("y"):
            yield f"{word[:-1]}ies"


def _folded(word: str) -> str:
    """A word without regard to case, but for initials: "AIDS" is not "aids"."""
    word = word.replace("’", "'").removesuffix("'s")
    return word if len(word) > 1 and word[:2].isupper() else word.lower()
