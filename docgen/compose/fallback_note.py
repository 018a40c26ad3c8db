"""The note to the reader of a sheet of which parts are in a language that stands in for its own."""

from docgen.document import Paragraph, Run
from docgen.layouts import LoadedLayout


def fallback_note(loaded: LoadedLayout) -> Paragraph | None:
    """The note, in the sheet's language or else in English; None without a fallback language."""
    if not loaded.fallback_language:
        return None
    words = loaded.words
    sentences = [words.partly_in(loaded.fallback_language)]
    if loaded.layout.audience == "patients":
        sentences.append(words.ask_for_help)
    language = None if words.language == loaded.language else words.language
    return Paragraph((Run(" ".join(sentences), language=language),))
