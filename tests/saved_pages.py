"""Made-up pages of a medical-code directory, as plain text that somebody saved."""

from pathlib import Path

from docgen.diagnostics import Findings
from docgen.imports.drafts import Draft, ImportSource
from docgen.imports.pages.reading import read_page

SECTIONS = {
    "Summary": "A camera looks at the knee from the inside.",
    "Purpose": "It finds out why the knee hurts.",
    "Indications": "  • Pain that stays\n  • A knee that locks",
    "Procedure Description": "  1. Two small cuts are made\n  2. The joint is rinsed",
    "Duration": "About 30 minutes.",
}


def saved_page(
    sections: dict[str, str] | None = None,
    *,
    title: str = "Camera inspection of the knee",
    system: str = "CPT4 code",
    name: str = "Knee Arthroscopy",
    end: str = "",
) -> str:
    """A page with some sections, by default with all that a small one needs."""
    body = "".join(f"{head}\n\n{text}\n\n" for head, text in (sections or SECTIONS).items())
    return (
        f"Search all medical codes\n\n{title}\n\n{system}\n\nName of the Procedure:\n\n{name}\n\n"
        f"{body}{end}"
    )


def source_of(text: str | bytes, name: str = "page.txt") -> ImportSource:
    """Some text as an input."""
    data = text.encode() if isinstance(text, str) else text
    return ImportSource(path=Path(name), shown=name, data=data)


def draft_of(text: str | bytes) -> Draft:
    """The draft of a page, which must have no errors."""
    findings = Findings()
    (draft,) = read_page(source_of(text), findings)
    assert findings.diagnostics == ()
    return draft


def told(draft: Draft) -> list[tuple[str, str]]:
    """The rule of each note, and its line and column."""
    return [
        (note.rule, f"{note.span.line}:{note.span.column}" if note.span else "")
        for note in draft.notes
    ]
