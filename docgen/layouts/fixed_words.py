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


def slip_words(catalog: Catalog) -> SlipWords:
    """The words of slip sheets in the language of a catalog; English where it lacks any of them."""
    words = [word for message in SLIP_MESSAGES if (word := catalog.wording(message))]
    if len(words) < len(SLIP_MESSAGES):
        return SlipWords()
    return replace(SlipWords(*words), language=catalog.language)
