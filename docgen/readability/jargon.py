"""Words that patients may not know, where nothing in the text explains them.

A term is explained by what stands around it: words in parentheses, a clause that says what it is,
"called", or its plain word near by. Once a record explains a term, it may use it. The words of its
own title and name are what patients came for. (PEMAT-P, items 3 and 4.)
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from docgen.readability.glossary import Glossary, GlossaryTerm
from docgen.readability.sentences import Sentence

_AFTER = re.compile(
    r"[\"'”’*]*(?:"
    r"\s*\((?!\d)|\s*:\s"
    r"|,?\s+(?:which|that)\s+(?:is|are|means?|makes?|lets?)\b"
    r"|\s+(?:numbs|widens|makes|lets|means)\s"
    r"|,\s+(?:or\s+)?(?:a|an|the|your|one|also called|medicines?|when|what|someone|people)\s"
    r"|,?\s+(?:is|are|means?)\s+(?:a|an|the|that|when|what|where|any|one|medicines?)\s"
    r")",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(?:\b(?:called|known as|named|means?|call (?:this|it|these)"
    r"|(?:name|word|term) (?:for it )?is)"
    r"|\([^()]*|,\s+or)\s*(?:an?\s+|the\s+|your\s+)?[\"'“‘*]*$",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"(?:it|this|that|these|they) (?:is|are|means?|makes?|lets?|widens?|numbs?)\b", re.IGNORECASE
)
_INITIALS = re.compile(r"[A-Z]{2,6}s?")
_EMPHASIS = frozenset(
    (
        "ALL",
        "AND",
        "ANY",
        "ASK",
        "CALL",
        "DO",
        "MUST",
        "NEVER",
        "NO",
        "NOT",
        "NOW",
        "ONLY",
        "OR",
        "STOP",
        "YES",
    )
)
_NEAR = 200
"""Characters before and after a term in which it can be explained."""
_SHORT = 3
"""Letters of a plain word that are too few to know it by."""


class Jargon(Struct, frozen=True):
    """A term that stays unexplained."""

    sentence: Sentence
    start: int
    words: str
    plain: str | None
    """What to say instead; None for initials that are nowhere spelled out."""


def unexplained(
    sentences: Sequence[Sentence], named: Iterable[str], glossary: Glossary
) -> Iterator[Jargon]:
    """The terms of a record that it does not explain, each once for every section it stands in.

    ``named`` are its title and name.
    """
    known = {word.lower() for text in named for word in re.findall(r"[\w-]+", text)}
    found = [one for at in range(len(sentences)) for one in _terms(sentences, at, glossary)]
    found += [one for sentence in sentences for one in _initials(sentence, glossary)]
    explained = {key for key, _, is_explained in found if is_explained}
    told: set[tuple[str, str]] = set()
    for key, jargon, _ in found:
        place = (key, jargon.sentence.source.path)
        if key in explained or place in told or _is_named(jargon.words, known):
            continue
        told.add(place)
        yield jargon


def _is_named(words: str, known: set[str]) -> bool:
    return all(word in known or word.removesuffix("s") in known for word in words.lower().split())


def _terms(
    sentences: Sequence[Sentence], at: int, glossary: Glossary
) -> Iterator[tuple[str, Jargon, bool]]:
    sentence = sentences[at]
    following = sentences[at + 1].text if at + 1 < len(sentences) else ""
    for begin, end, term in glossary.found(sentence.words):
        if term.keep:
            continue
        first, last = sentence.words[begin], sentence.words[end - 1]
        stop = last.start + len(last.text)
        words = sentence.text[first.start : stop]
        plain = str(term.plain)
        around = sentence.text[max(first.start - _NEAR, 0) : stop + _NEAR]
        is_explained = _is_explained(sentence.text, first.start, stop) or _is_said(
            term, words, f"{around} {following[:_NEAR]}", following
        )
        yield _folded_term(term), Jargon(sentence, first.start, words, plain), is_explained


def _folded_term(term: GlossaryTerm) -> str:
    return term.term.value.lower()


def _is_explained(text: str, begin: int, end: int) -> bool:
    before = text[max(begin - _NEAR, 0) : begin]
    return bool(_AFTER.match(text, end) or _BEFORE.search(before))


def _is_said(term: GlossaryTerm, words: str, around: str, following: str) -> bool:
    """Whether the plain word stands near, or the next sentence says what it is."""
    others = around.lower().replace(words.lower(), " ")
    plain = (part.strip() for part in str(term.plain).lower().split(","))
    said = any(len(part) >= _SHORT and re.search(rf"\b{re.escape(part)}", others) for part in plain)
    return said or bool(_NEXT.match(following))


def _initials(sentence: Sentence, glossary: Glossary) -> Iterator[tuple[str, Jargon, bool]]:
    """Initials that no glossary lets stand."""
    allowed = {at for begin, end, _ in glossary.found(sentence.words) for at in range(begin, end)}
    for at, word in enumerate(sentence.words):
        if at in allowed or not _INITIALS.fullmatch(word.text) or word.text in _EMPHASIS:
            continue
        end = word.start + len(word.text)
        is_explained = _is_explained(sentence.text, word.start, end)
        yield (
            word.text.removesuffix("s"),
            Jargon(sentence, word.start, word.text, None),
            is_explained,
        )
