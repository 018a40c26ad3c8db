"""Pages of medical-code directories, saved as plain text, as drafts of records."""

from collections.abc import Iterator, Sequence

from docgen.code_systems import ids_in_words
from docgen.diagnostics import Findings, refuse
from docgen.imports.code_lines import CodeLine, code_line
from docgen.imports.drafts import Draft, DraftReference, ImportSource
from docgen.imports.markup import blocks_as_commonmark
from docgen.imports.pages.blocks import blocks_of
from docgen.imports.pages.headings import NAME, heading_of
from docgen.imports.pages.lists import PageLists, policies_of_lines, read_similar
from docgen.imports.pages.parts import Parts, parts_of
from docgen.imports.pages.text import PageLine, SavedPage, page_of
from docgen.records import SECTION_TITLES

_FEWEST_HEADINGS = 2


def read_page(source: ImportSource, findings: Findings) -> Iterator[Draft]:
    """The draft of one page. Raises DocgenError for what is no such page.

    No word is left out but the headings that became fields and the lines of the site around the
    page; whatever else has no field is kept under ``unplaced``, and told.
    """
    page = page_of(source)
    _refuse_other_pages(page)
    notes = Findings()
    parts = parts_of(page, notes)
    yield _draft(page, parts, notes)


def _refuse_other_pages(page: SavedPage) -> None:
    headings = {id for line in page.lines if (id := heading_of(line.text))}
    named = NAME in headings or any(code_line(line.text) for line in page.lines)
    if len(headings - {NAME}) < _FEWEST_HEADINGS or not named:
        raise refuse(
            "not-a-page",
            "this is not a page of a medical-code directory: it lacks the line with the code "
            "system, or headings such as Summary, Purpose, Indications",
            page.span(1),
            "is it the right file? Its headings must stand on lines of their own",
        )


def _draft(page: SavedPage, parts: Parts, notes: Findings) -> Draft:
    system = parts.code_line.system if parts.code_line else None
    lists = PageLists(list(parts.furniture))
    policies = policies_of_lines(page, parts.policies, lists, notes)
    similar = read_similar(page, parts.similar, system, lists, notes)
    sections = {
        id: blocks_as_commonmark(blocks_of(page, lines, notes))
        for id in SECTION_TITLES
        if _has_text(lines := parts.sections.get(id, []))
    }
    markers = [line.marker.text for line in _lines_of_sections(parts) if line.marker]
    _tell_unknown_system(page, parts, notes)
    return Draft(
        source=page.span(parts.title_line),
        said=page.said,
        furniture=(*lists.furniture, *markers),
        code=parts.code_line.code if parts.code_line else None,
        code_system=system.id if system else None,
        title=parts.title,
        name=parts.name,
        sections=sections,
        policies=policies,
        similar_codes=similar,
        unplaced=(*parts.unplaced, *lists.unplaced),
        references=(DraftReference(title=parts.title, url=parts.url),),
        notes=notes.diagnostics,
    )


def _has_text(lines: Sequence[PageLine]) -> bool:
    return any(line.words for line in lines)


def _lines_of_sections(parts: Parts) -> Iterator[PageLine]:
    for lines in parts.sections.values():
        yield from lines


def _tell_unknown_system(page: SavedPage, parts: Parts, notes: Findings) -> None:
    said: CodeLine | None = parts.code_line
    if said and said.system is None:
        notes.warning(
            "unknown-code-system",
            f"the code system {said.named!r} is not one that records have",
            page.span(parts.code_line_number),
            f"say with --code-system which one is meant: {ids_in_words()}",
        )
