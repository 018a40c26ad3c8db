"""Codes that are easily taken for another one, found by their text and by their place.

Of two codes, ``text`` is how much of what the record says the other one says as well, from 0 to 1:

    text = 0.6 covered(title and name, by title and name) + 0.4 covered(key words, by all words)
    covered(words, by others) = sum of idf over the words that are there / sum of idf over all
    idf(word) = ln(1 + (N - n + 0.5) / (n + 0.5)), where n of N codes have the word

Words have three letters or more; plurals count as singulars. Key words are the thirty of the
sections that are rarest for how often they come, by count × idf; with fewer than ten of them, a
record goes by its title alone. Code tables have no sections: N of key words is about how many codes
have some, the median of n over the ten words that the record says most, such as "the" and "you".

``near`` is how near the codes stand, from 0 to 1:

    CPT, HCPCS       1 / (1 + d / 10) where their numbers differ by d and the rest is the same
    ICD-10-PCS       p / 7 where the first p of the seven axes are the same, from the third on
    local codes      0: nothing is known of their order

A code is similar where ``text`` or ``near`` reaches its threshold; the order is that of
0.7 text + 0.3 near, then of code systems and codes. CPT and HCPCS are compared with each other,
since both are used for the same claims of outpatients; ICD-10-PCS, for inpatients, only with
itself.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile
from math import log
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from docgen import shipped
from docgen.code_systems import (
    CODE_SYSTEMS,
    LOCAL,
    PUBLISHED,
    CodeSystem,
    family_of,
    normalise_code,
)
from docgen.diagnostics import DocgenError, Findings, Span
from docgen.records import FoundIn, ProcedureRecord, RecordLibrary, SimilarCode, is_sample
from docgen.search.index import Index
from docgen.search.texts import IndexedText
from docgen.source import Scalar, TextNode, display_path

MOST: Final = 5
"""Similar codes of a record, those that a person named among them."""
LEAST_TEXT: Final = 0.25
LEAST_NEAR: Final = 0.5

_HEADS: Final = frozenset({"title", "name"})
_UNTOLD: Final = frozenset({"policies", "similar_codes", "unplaced"})
"""What is said of other things, or may be anything."""
_UNTELLING: Final = frozenset(
    [
        *("and", "any", "are", "both", "but", "for", "from", "has", "its", "left", "new", "not"),
        *("one", "other", "per", "right", "the", "two", "with", "without", "you", "your"),
    ]
)
"""Words that say which side, or nothing: two procedures are not alike for them."""
_LEAST_KEY_WORDS: Final = 10
_KEY_WORDS: Final = 30
_COMMONEST: Final = 10
_LOOKED_UP: Final = 120
"""Words of the sections whose frequency is asked for: those that come most often."""
_MOST_ASKED: Final = 9_000
"""Codes that the words which are asked for may have in all: rarer words tell more, and sooner."""
_CANDIDATES: Final = 40
_NEIGHBOURS: Final = 10
_FAMILY: Final = 3
"""Axes of ICD-10-PCS that make a table: section, body system, operation."""
_WORD: Final = re.compile(r"[^\W\d_]{3,}")


class _Words(Struct, frozen=True):
    """What is known of a record's words."""

    heads: frozenset[str]
    keys: frozenset[str]
    counts: Mapping[str, int]
    """In how many codes each word is."""
    idf: Mapping[str, float]

    @property
    def to_ask_for(self) -> tuple[str, ...]:
        """The rarest words: those that few enough codes have to compare them all."""
        asked: list[str] = []
        codes = 0
        for word in sorted(self.heads | self.keys, key=lambda word: (self.counts[word], word)):
            codes += self.counts[word]
            if codes > _MOST_ASKED or len(asked) == _KEY_WORDS:
                break
            asked.append(word)
        return tuple(asked)

    def likeness(self, other: IndexedText) -> float:
        """``text`` of another code."""
        heads = self._covered(self.heads, _words_said(other, only=_HEADS))
        if len(self.keys) < _LEAST_KEY_WORDS:
            return heads
        return 0.6 * heads + 0.4 * self._covered(self.keys, _words_said(other))

    def _covered(self, words: frozenset[str], by: Iterable[str]) -> float:
        there = sum(self.idf[word] for word in sorted(words.intersection(by)))
        whole = sum(self.idf[word] for word in sorted(words))
        return there / whole if whole else 0.0


class _Candidate(Struct, frozen=True):
    text: IndexedText
    likeness: float
    nearness: float

    @property
    def found(self) -> FoundIn | None:
        by_text, by_code = self.likeness >= LEAST_TEXT, self.nearness >= LEAST_NEAR
        if by_text and by_code:
            return "text-and-code"
        if by_text:
            return "text"
        return "code" if by_code else None

    @property
    def order(self) -> tuple[float, int, str]:
        # Rounded, since sums of floats may differ in their last digits from machine to machine.
        score = round(0.7 * self.likeness + 0.3 * self.nearness, 9)
        return -score, list(CODE_SYSTEMS).index(self.text.code_system), self.text.code


def similar_codes(record: ProcedureRecord, index: Index) -> tuple[SimilarCode, ...]:
    """The similar codes of a record: those that it names, then what docgen finds, five in all.

    Banned codes are never found, and of the samples that come with docgen only samples find any.
    The same records and tables give the same codes, in whatever order they were indexed.
    """
    own = index.text(record.code_system.id, record.code)
    if own is None:
        return record.similar_codes
    named = [(other.code_system, other.code) for other in record.similar_codes]
    banned = [(other.code_system, other.code) for other in record.not_similar]
    passed_over = {
        _code_key(system.id, code)
        for system, code in ((record.code_system, record.code), *named, *banned)
    }
    words = _known_words(own, index)
    near = _candidates(own, words, index)
    if not is_sample(record):
        near = filter(None, (_without_sample(text, index) for text in near))
    candidates = [
        _Candidate(text, words.likeness(text), nearness(own, text))
        for text in near
        if _code_key(text.code_system, text.code) not in passed_over
    ]
    found = sorted((one for one in candidates if one.found), key=lambda one: one.order)
    room = max(MOST - len(record.similar_codes), 0)
    return (*record.similar_codes, *map(_similar_code, found[:room]))


def with_similar_codes(
    record: ProcedureRecord, tag: str, records: RecordLibrary, index: Index
) -> ProcedureRecord:
    """A record with its similar codes; titles are in a language (BCP 47) if they have been put
    into it, else they say in which they are."""
    found = similar_codes(record, index)
    similar = tuple(_titled(one, tag, records, samples=is_sample(record)) for one in found)
    own = record.language.tag if record.language else None
    foreign = any(one.title.language not in (None, own) for one in similar)
    return replace(
        record,
        similar_codes=similar,
        has_foreign_texts=record.has_foreign_texts or foreign,
    )


def _titled(
    similar: SimilarCode, tag: str, records: RecordLibrary, *, samples: bool
) -> SimilarCode:
    """A similar code with its title in a language, if it has one; a sample's for ``samples``."""
    if similar.found is None or similar.title.language in (None, tag):
        return similar
    told = Findings()
    try:
        other = records.find(similar.code, similar.code_system).in_language(tag, told)
    except DocgenError:
        return similar
    if told or (is_sample(other) and not samples):
        return similar
    return replace(similar, title=other.title)


def nearness(one: IndexedText, other: IndexedText) -> float:
    """``near`` of two codes."""
    if one.code_system != other.code_system:
        return 0.0
    first, second = normalise_code(one.code), normalise_code(other.code)
    system = CODE_SYSTEMS[one.code_system]
    if system.order == "axes":
        axes = zip(first, second, strict=True)
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], axes))
        return same / len(first) if same >= _FAMILY else 0.0
    if system.order == "none" or family_of(first, system) != family_of(second, system):
        return 0.0
    distance = abs(_digits_of(first) - _digits_of(second))
    return 1 / (1 + distance / 10)


def _digits_of(code: str) -> int:
    return int(re.sub("[^0-9]", "", code))


def _known_words(own: IndexedText, index: Index) -> _Words:
    heads = frozenset(_words_said(own, only=_HEADS)) - _UNTELLING
    said = Counter(word for word in _words_said(own) if word not in heads)
    counts = {word: count for word, count in said.items() if word not in _UNTELLING}
    frequent = _most_frequent(counts)[:_LOOKED_UP]
    commonest = _most_frequent(said)[:_COMMONEST]
    total = len(index)
    found = index.frequencies([*sorted(heads), *dict.fromkeys((*frequent, *commonest))])
    known = {word: min(count, total) for word, count in found.items()}
    written = _median([known[word] for word in commonest]) if commonest else total
    idf = {word: _idf(n, total if word in heads else written) for word, n in known.items()}
    telling = sorted(frequent, key=lambda word: (-round(counts[word] * idf[word], 9), word))
    return _Words(heads, frozenset(telling[:_KEY_WORDS]), known, idf)


def _median(counts: list[int]) -> int:
    return sorted(counts)[(len(counts) - 1) // 2]


def _most_frequent(counts: Mapping[str, int]) -> list[str]:
    return sorted(counts, key=lambda word: (-counts[word], word))


def _idf(n: int, total: int) -> float:
    n = min(n, total)
    return log(1 + (total - n + 0.5) / (n + 0.5))


def _words_said(text: IndexedText, only: frozenset[str] | None = None) -> Iterator[str]:
    for field, said in text.fields.items():
        if field not in _UNTOLD and (only is None or field in only):
            yield from map(_singular, _WORD.findall(said.lower()))


def _singular(word: str) -> str:
    """A word without the ending of its plural."""
    is_plural = word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return word[:-1] if is_plural and len(word) > len("gas") else word


def _compared(system: CodeSystem) -> tuple[CodeSystem, ...]:
    """The systems whose codes may be similar to those of a system: itself first."""
    if not (system.is_outpatient or system == LOCAL):
        return (system,)
    others = (one for one in PUBLISHED if one.is_outpatient and one != system)
    return (system, *others)


def _candidates(own: IndexedText, words: _Words, index: Index) -> Iterator[IndexedText]:
    """The codes that have rare words of a record, and those that stand next to it, each once."""
    found: dict[tuple[str, str], IndexedText] = {}
    for system in _compared(CODE_SYSTEMS[own.code_system]):
        for text in index.like(words.to_ask_for, code_system=system.id, limit=_CANDIDATES):
            found.setdefault(_code_key(text.code_system, text.code), text)
    if CODE_SYSTEMS[own.code_system].order != "none":
        for text in index.neighbours(own.code_system, own.code, _NEIGHBOURS):
            found.setdefault(_code_key(text.code_system, text.code), text)
    return iter(found.values())


def _without_sample(text: IndexedText, index: Index) -> IndexedText | None:
    """What is known of a code besides a sample: itself, the row of a table, or nothing."""
    if not shipped.is_sample(Path(text.path)):
        return text
    for _, table, row in index.library.tables.rows(text.code, Findings()):
        if table.system.id == text.code_system:
            return IndexedText(
                code_system=text.code_system,
                code=row.code,
                language=table.head.language.tag,
                fields={"title": row.title},
                path=str(table.path),
            )
    return None


def _code_key(system: str, code: str) -> tuple[str, str]:
    return system, normalise_code(code)


def _similar_code(one: _Candidate) -> SimilarCode:
    text = one.text
    span = Span(display_path(Path(text.path)), 1, 1)
    title = Scalar(span, text.title, plain=False, language=text.language or None)
    return SimilarCode(
        span=span,
        code_system=CODE_SYSTEMS[text.code_system],
        code=text.code,
        title=TextNode(text.title, "title", title),
        found=one.found,
    )
