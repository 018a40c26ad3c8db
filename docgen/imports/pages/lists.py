"""The lists at the end of a page: policies of health plans, and similar codes.

An entry is taken apart only where its signs leave no doubt; any other is kept as it stands.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from docgen.code_systems import CodeSystem, normalise_code, system_named
from docgen.diagnostics import Findings
from docgen.imports.accounting import words_and_signs
from docgen.imports.code_lines import systems_of
from docgen.imports.drafts import DraftPolicy, DraftSimilarCode, DraftUnplaced
from docgen.imports.pages.text import PageLine, SavedPage

_SIGNS = re.compile(r"\s+[|–—-]\s+|\s*\|\s*|\t")
_COLON = re.compile(r":\s+(?!//)")
_URL = re.compile(r"<?(https?://[^\s<>]+?)>?[.,)]?(?=\s|$)")
_NUMBER = re.compile(
    r"\(?(?:policy\s*)?(?:no\.?|number|#)?:?\s*#?\s*"
    r"((?:[A-Z]{2,5} )?[A-Z0-9./_-]*\d[A-Z0-9./_-]*)\)?",
    re.IGNORECASE,
)
_NUMBER_BEHIND = re.compile(
    r"\s*\(((?:policy\s+)?(?:no\.?\s*|number\s*|#\s*)?[^()\s]*\d[^()\s]*)\)$"
)
_DATE = re.compile(r"(?:effective:?\s*)?(\d{4}-\d{2}-\d{2})", re.IGNORECASE)
_CODE = re.compile(
    r"(?:(?P<system>[A-Za-z][A-Za-z0-9 -]{1,14}?)\s+)?(?P<code>[0-9A-Z]{5,7})"
    r"(?:\s*[:|–—-]\s*|\s+|$)(?P<title>.*)"
)
_LEFT_OVER = frozenset("- – — | : ( ) , . # < > no number policy effective".split())  # noqa: SIM905


class PageLists:
    """What reading the lists left: signs between the fields, and entries without a place."""

    def __init__(self, furniture: list[str]) -> None:
        self.furniture = furniture
        self.unplaced: list[DraftUnplaced] = []

    def took(self, entry: PageLine, said: str, kept: Sequence[str | None]) -> bool:
        """Whether fields hold all of an entry but signs between them."""
        words = Counter(words_and_signs(said))
        words.subtract(word for text in kept if text for word in words_and_signs(text))
        if any(count < 0 for count in words.values()):
            return False
        if any(word.casefold() not in _LEFT_OVER for word in words.elements()):
            return False
        self.furniture += words.elements()
        if entry.marker:
            self.furniture.append(entry.marker.text)
        return True

    def keep(
        self, page: SavedPage, entry: PageLine, said: str, heading: str, notes: Findings
    ) -> None:
        """Keeps an entry as it stands."""
        text = f"{entry.marker.text} {said}" if entry.marker else said
        self.unplaced.append(DraftUnplaced(text=text, heading=heading))
        notes.warning(
            "unplaced",
            "this entry cannot be taken apart without guessing: it is kept under 'unplaced', "
            "which no sheet prints",
            page.span(entry.number, entry.indent + 1),
            "write it into the record's 'policies' or 'similar_codes'",
        )


def policies_of_lines(
    page: SavedPage, lines: Sequence[PageLine], lists: PageLists, notes: Findings
) -> tuple[DraftPolicy, ...]:
    """Policies, each ``payer | title | number | address`` or ``payer: title (number)``."""
    found = []
    for entry, said in _entries_of_lines(lines):
        policy = _policy(said)
        if policy and lists.took(entry, said, _texts_of_policy(policy)):
            found.append(policy)
        else:
            lists.keep(page, entry, said, "Related policies from health plans", notes)
    return tuple(found)


def read_similar(
    page: SavedPage,
    lines: Sequence[PageLine],
    system: CodeSystem | None,
    lists: PageLists,
    notes: Findings,
) -> tuple[DraftSimilarCode, ...]:
    """Similar codes, each ``code title``; ``system`` is that of the page."""
    found = []
    for entry, said in _entries_of_lines(lines):
        similar = _similar(said, system)
        kept = (similar.code, similar.title, _CODE.match(said)) if similar else ()
        named = kept[2]["system"] if kept and kept[2] else None
        if similar and lists.took(entry, said, (similar.code, similar.title, named)):
            if named:
                lists.furniture.append(named)
            found.append(similar)
        else:
            lists.keep(page, entry, said, "Similar Codes", notes)
    return tuple(found)


def _entries_of_lines(lines: Sequence[PageLine]) -> Iterator[tuple[PageLine, str]]:
    """Each line as an entry; one that goes on the line above, indented, belongs to that."""
    entry: PageLine | None = None
    said = ""
    for line in lines:
        goes_on = entry and line.words and not line.marker and line.indent > entry.indent
        if goes_on:
            said = f"{said} {line.text}"
            continue
        if entry:
            yield entry, said
        entry, said = (None, "") if line.is_blank else (line, line.text)
    if entry:
        yield entry, said


def _policy(said: str) -> DraftPolicy | None:
    """A policy of an entry, or None where it is not sure what is what."""
    urls = [match[1] for match in _URL.finditer(said)]
    if len(urls) > 1:
        return None
    rest = _URL.sub("", said).strip()
    fields = [field.strip() for field in _SIGNS.split(rest) if field.strip()]
    if len(fields) == 1:
        fields = [field.strip() for field in _COLON.split(rest) if field.strip()]
        if len(fields) != 2:  # noqa: PLR2004 - payer and title
            return None
    if len(fields) < 2:  # noqa: PLR2004 - the same
        return None
    payer, title, *more = fields
    number = effective = None
    behind = _NUMBER_BEHIND.search(title)
    if behind:
        title, more = title[: behind.start()], [behind[0].strip(), *more]
    for field in more:
        day = _DATE.fullmatch(field)
        named = _NUMBER.fullmatch(field)
        if day and effective is None and _is_day(day[1]):
            effective = day[1]
        elif named and number is None:
            number = named[1]
        else:
            return None
    url = urls[0] if urls else None
    return DraftPolicy(payer=payer, title=title, number=number, url=url, effective=effective)


def _texts_of_policy(policy: DraftPolicy) -> tuple[str | None, ...]:
    return policy.payer, policy.title, policy.number, policy.url, policy.effective


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _similar(said: str, system: CodeSystem | None) -> DraftSimilarCode | None:
    match = _CODE.fullmatch(said)
    if match is None or not match["title"].strip():
        return None
    code, title = match["code"], match["title"].strip()
    possible = systems_of(normalise_code(code))
    if match["system"]:
        named = system_named(match["system"])
        possible = [one for one in possible if one == named]
    elif system in possible:
        possible = [system]
    if len(possible) != 1:
        return None
    return DraftSimilarCode(code_system=possible[0].id, code=code, title=title)
