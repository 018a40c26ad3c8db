"""The lines of a page of a medical-code directory that are no content: headings, navigation."""

import re

from docgen.imports.pages.text import PageLine
from docgen.records import RECORD_FIELDS, SECTION_TITLES

NAME = "name"
POLICIES = "policies"
RELATED_POLICIES = "related-policies"
SIMILAR_CODES = "similar-codes"

_HEADINGS = {
    **{id: RECORD_FIELDS[id].headings for id in SECTION_TITLES},
    NAME: RECORD_FIELDS[NAME].on_pages,
    RELATED_POLICIES: ("related policies from health plans", "related policies"),
    SIMILAR_CODES: ("similar codes", "related codes"),
}
_IDS = {heading: id for id, headings in _HEADINGS.items() for heading in headings}
_POLICIES = re.compile(r"medical policies and guidelines(?: for\b\s*(.*))?", re.IGNORECASE)
_SITE = """search all medical codes; table of contents; skip to content; skip to main content
; print this page; share this page; back to top; advertisement; ads by google; accept all cookies
; accept cookies; cookie settings; manage cookies; cookie policy; privacy policy; terms of use
; terms of service; all rights reserved"""
"""Lines that are never the words of a section."""
_MENU = """contents; on this page; jump to; home; menu; main menu; search; log in; login; sign in
; sign up; register; print; share; top; accept; accept all; reject all; decline; privacy; terms
; contact us; contact; about us; about; help; faq; subscribe; next; previous; back; close
; copyright"""
"""Lines that belong to the site only above and below the sections: a setting may be "Home"."""


def _phrases(text: str) -> frozenset[str]:
    return frozenset(" ".join(line.split()) for line in text.split(";"))


_SITE_LINES = _phrases(_SITE)
_MENU_LINES = _phrases(_MENU)
_COOKIES = re.compile(
    r"(?:this (?:web)?site|our (?:web)?site|we)\b.{0,40}\b(?:use|uses|using) cookies\b.*"
    r"|(?:©|\(c\)|copyright)\s.*\b\d{4}\b.*",
    re.IGNORECASE,
)
_CONTENTS = frozenset(("table of contents", "contents", "on this page", "jump to"))
USUAL = "search all medical codes"
"""The one line of navigation that every page of such a site begins with."""


def compared_heading(text: str) -> str:
    """A line as headings are compared: small letters, without marks around it."""
    return " ".join(text.casefold().split()).strip("#*_:= ").strip()


def heading_of(text: str) -> str | None:
    """The id of a section, or of another part of a page, that a line is the heading of."""
    known = compared_heading(text)
    return _IDS.get(known) or (POLICIES if _POLICIES.fullmatch(known) else None)


def inline_heading(text: str) -> tuple[str, str, str] | None:
    """The id, the heading and the rest of a line such as ``Duration: 20 minutes``."""
    heading, colon, rest = text.partition(":")
    id = _IDS.get(compared_heading(heading)) if colon and rest.strip() else None
    return (id, f"{heading}:", rest.strip()) if id else None


def policies_about(text: str) -> str | None:
    """What a heading "Medical Policies and Guidelines for …" names, if it names anything."""
    match = _POLICIES.fullmatch(text.strip().strip("#*_:= ").strip())
    return match[1] if match and match[1] else None


def is_navigation(line: PageLine, *, in_section: bool) -> bool:
    """Whether a line belongs to the site around the page, not to the page."""
    if in_section and line.marker:
        return False
    said = compared_heading(line.text)
    if said in _SITE_LINES or (said in _MENU_LINES and not in_section):
        return True
    return _COOKIES.fullmatch(" ".join(line.text.split())) is not None


def opens_contents(text: str) -> bool:
    """Whether a table of contents follows a line."""
    return compared_heading(text) in _CONTENTS


def stands_like_heading(line: PageLine, before: PageLine, after: PageLine | None) -> bool:
    """Whether a line stands where a heading that is not known may stand: alone, in capitals or
    with every long word capitalised, and sentences or a list follow.

    ``after`` is the next line behind it that is not blank.
    """
    words = [word.text for word in line.words]
    if line.marker or not before.is_blank or not 1 <= len(words) <= _LONGEST or after is None:
        return False
    text = line.text.strip("#*_= ")
    if text[-1:] in ".,;!?" or heading_of(after.text):
        return False
    follows = after.marker is not None or after.text[-1:] in (".", "!", "?", ":")
    if not follows or (not text.endswith(":") and after.number == line.number + 1):
        return False
    long = [word for word in words if len(word) > _SMALL_WORD]
    return all(word[0].isupper() for word in long) and words[0][0].isupper()


def can_only_be_heading(line: PageLine) -> bool:
    """Whether a line that stands like a heading is one: a single word may be a part of a section,
    such as ``Common`` among risks.
    """
    return len(line.words) > 1 or line.text.strip("#*_= ").isupper() or line.text[0] == "#"


_LONGEST = 8
_SMALL_WORD = 3
