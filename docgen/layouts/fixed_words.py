"""What sheets say by themselves, in words that no layout writes."""

from msgspec import Struct
from msgspec.structs import replace

from docgen.layouts.catalogs import Catalog
from docgen.source import same_language

ENGLISH = "en"


class FixedWords(Struct, frozen=True):
    """The words in one language; their defaults are the messages that catalogs translate."""

    box_to_tick: str = "Box to tick"
    """What a screen reader says for a box to tick."""
    record: str = "Record of {code}, version {version}"
    """What is said of the record that a sheet carries with it."""
    local_code: str = "Local code"
    """What is said of the code system that has no name."""
    in_english: str = "Parts of this sheet are in English."
    in_spanish: str = "Parts of this sheet are in Spanish."
    in_another: str = "Parts of this sheet are in another language."
    ask_for_help: str = "Ask your care team to go over them with you."
    """Follows where patients read the sheet."""
    language: str = ENGLISH
    """Of these words (BCP 47)."""

    def partly_in(self, language: str) -> str:
        """The sentence that parts of a sheet are in a language other than its own."""
        if same_language(language, "es"):
            return self.in_spanish
        return self.in_english if same_language(language, ENGLISH) else self.in_another


class NoticeWords(Struct, frozen=True):
    """What docgen says for a patient's safety where a layout does not, in one language."""

    not_reviewed: str = "No clinician has reviewed this text yet."
    adapted_by: str = "Adapted by {names}."
    code_begins: str = "The first day of the code {code} is {day}."
    code_ends: str = "The last day of the code {code} is {day}."
    cpt_rights: str = "CPT © {year} American Medical Association. All rights reserved."
    cpt_trademark: str = "CPT is a registered trademark of the American Medical Association."
    call_for_help: str = "When to call for help"
    ask_when_to_call: str = "Ask your care team when to call for help, and whom. Write it down:"
    """Stands above lines to write on, where a record says nothing of it."""
    prepared_for: str = "Prepared for"
    birth_date: str = "Date of birth"
    language: str = ENGLISH
    """Of these words (BCP 47)."""


class SlipWords(Struct, frozen=True):
    """The words of slip sheets in one language, which is that of those who work with them."""

    packet: str = "Packet"
    clinic: str = "Clinic"
    provider: str = "Provider"
    initials: str = "Patient's initials"
    documents: str = "Documents"
    sheets: str = "Sheets"
    sheets_of_copy: str = "Sheets in each copy"
    copies: str = "Copies"
    place: str = "Place in the pile"
    run: str = "Run {run}"
    take_out: str = "Take this sheet out before you hand the packet over."
    language: str = ENGLISH
    """Of these words (BCP 47)."""


MESSAGES: tuple[str, ...] = FixedWords.__struct_defaults__[:-1]
NOTICE_MESSAGES: tuple[str, ...] = NoticeWords.__struct_defaults__[:-1]
SLIP_MESSAGES: tuple[str, ...] = SlipWords.__struct_defaults__[:-1]
"""What catalogs translate."""
_SIGN = FixedWords(box_to_tick="☐")
"""Where a language has no catalog: a screen reader names the sign in any language."""


def fixed_words(catalog: Catalog) -> FixedWords:
    """The words in the language of a catalog; all in English where it lacks any of them."""
    if same_language(catalog.language, ENGLISH):
        return FixedWords(language=catalog.language)
    words = [word for message in MESSAGES if (word := catalog.wording(message))]
    if len(words) < len(MESSAGES):
        return _SIGN
    return replace(FixedWords(*words), language=catalog.language)


def notice_words(catalog: Catalog) -> NoticeWords:
    """The words of notices in the language of a catalog; English where it lacks any of them."""
    if same_language(catalog.language, ENGLISH):
        return NoticeWords(language=catalog.language)
    words = [word for message in NOTICE_MESSAGES if (word := catalog.wording(message))]
    if len(words) < len(NOTICE_MESSAGES):
        return NoticeWords()
    return replace(NoticeWords(*words), language=catalog.language)


def slip_words(catalog: Catalog) -> SlipWords:
    """The words of slip sheets in the language of a catalog; English where it lacks any of them."""
    words = [word for message in SLIP_MESSAGES if (word := catalog.wording(message))]
    if len(words) < len(SLIP_MESSAGES):
        return SlipWords()
    return replace(SlipWords(*words), language=catalog.language)
