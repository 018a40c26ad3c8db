"""The note to the reader of a sheet of which parts are in a language that stands in for its own."""

from collections.abc import Iterable

from docgen.document import Paragraph, Run
from docgen.layouts import LoadedLayout
from docgen.source import same_language


def fallback_note(heard: Iterable[str], loaded: LoadedLayout) -> tuple[Paragraph, ...]:
    """The note, in the sheet's language; nothing where ``heard``, the languages that a sheet is
    in besides its own, lacks the fallback language."""
    fallback = loaded.fallback_language
    if not fallback or not any(same_language(language, fallback) for language in heard):
        return ()
    words = loaded.words
    sentences = [words.partly_in(fallback)]
    if loaded.layout.audience == "patients":
        sentences.append(words.ask_for_help)
    language = None if words.language == loaded.language else words.language
    return (Paragraph((Run(" ".join(sentences), language=language),)),)
