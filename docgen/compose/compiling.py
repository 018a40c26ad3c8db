"""A layout made ready once, and filled for one record after another."""

from functools import partial
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from docgen.compose.composing import compose_blocks, without_sections
from docgen.compose.evaluation import Values
from docgen.compose.every_branch import EveryBranch
from docgen.compose.filling import Filling
from docgen.compose.heading_order import check_heading_order
from docgen.compose.languages import languages_of
from docgen.compose.letterhead import logo_of, page_under
from docgen.compose.lettering import UNPRINTABLE, Lettering
from docgen.compose.notices import with_notices
from docgen.compose.reading import PageFields, SheetLayout, Texts, read_texts
from docgen.compose.regional import dated_in
from docgen.compose.safety import Said, owed
from docgen.diagnostics import Diagnostic, DocgenError, Findings
from docgen.document import Attachment, Document, Furniture
from docgen.drawings import DrawingRoom
from docgen.layouts import FixedWords, LoadedLayout, LoadedOrganization, Organization
from docgen.layouts.model import Layout, PageFurniture
from docgen.records import ProcedureRecord, record_file_name, record_json
from docgen.source import Node, salvage


class CompiledLayout(Struct, frozen=True, eq=False):
    """A layout with all of its texts and expressions read and checked."""

    loaded: LoadedLayout
    texts: Texts
    warnings: tuple[Diagnostic, ...]
    """What the layout prints on every sheet, but perhaps not as its author wishes."""


def compile_layout(loaded: LoadedLayout) -> CompiledLayout:
    """Reads and checks every text of a layout.

    Raises DocgenError with all that is wrong with them; no record is needed for it.
    """
    findings = Findings()
    texts = read_texts(loaded.layout, findings)
    findings.raise_if_any()
    return CompiledLayout(loaded, texts, (*loaded.warnings, *findings.diagnostics))


def check_texts(node: Node) -> tuple[Diagnostic, ...]:
    """All that is wrong with the texts of a layout that is refused for other reasons."""
    findings = Findings()
    layout = salvage(node, Layout, Findings())
    if layout:
        read_texts(layout, findings)
    return findings.diagnostics


def compose(
    compiled: CompiledLayout,
    record: ProcedureRecord,
    organization: LoadedOrganization | None = None,
    *,
    first_in_packet: bool = True,
) -> Document:
    """One record in one layout: everything that the sheet will say, whoever it is for.

    Where texts are in the layout's fallback language, a note below the title tells the reader. A
    sheet that is not the first of its packet leaves out the notices that a packet says once.
    ``filled`` fills in a patient's visit.

    Raises DocgenError with all that stands against printing it: a value that is missing where a
    text needs it, a required block that would be empty, a character that no font has.
    """
    loaded = compiled.loaded
    layout = loaded.layout
    own = organization.organization if organization else None
    letterhead = own.letterhead if own else None
    falls_back = loaded.falls_back or record.falls_back
    stand_in = loaded.fallback_language if falls_back else None
    filling = _filling(Filling, compiled, record, own)
    filling = replace(
        filling,
        logo=logo_of(organization) if organization else None,
        values=replace(
            filling.values,
            dated_in=dated_in(layout.language.tag, stand_in),
            written_in=dated_in(loaded.own_language),
        ),
        languages=languages_of(loaded, record, organization),
        first_in_packet=first_in_packet,
    )
    later = filling.with_item("page", PageFields())
    if letterhead:
        filling = replace(filling, logo=None)
    first = filling.with_item("page", PageFields())
    blocks = compose_blocks(filling, layout.blocks)
    blocks = (*blocks, *filling.owed.at_the_end())
    filling.owed.check(Said(blocks, filling.printed_values), record, own, filling.findings)
    document = Document(
        title=filling.plain(layout.title),
        language=layout.language.tag,
        subject=_code_in_words(record, loaded.words),
        author=_author(record, organization),
        page=page_under(letterhead, loaded.page, filling.findings),
        styles=loaded.styles,
        header=_furniture(layout.header, None if letterhead else first, later),
        footer=_furniture(layout.footer, first, later),
        blocks=blocks,
        attachment=_attachment(record, loaded.words),
    )
    document = with_notices(document, record, loaded, filling, falls_back)
    check_heading_order(document.blocks, filling.findings)
    filling.findings.raise_if_any()
    return replace(document, warnings=filling.findings.diagnostics)


def check_letters(
    compiled: CompiledLayout, record: ProcedureRecord, organization: Organization | None
) -> tuple[Diagnostic, ...]:
    """Every character that no font prints in the words of a layout, whatever its conditions say.

    ``record`` and ``organization`` have a value for each field that they can have.
    """
    layout = compiled.loaded.layout
    filling = _filling(EveryBranch, compiled, record, organization)
    on_page = filling.with_item("page", PageFields())
    compose_blocks(filling, layout.blocks)
    for part in (layout.header, layout.footer):
        _furniture(part, on_page, on_page)
    told = filling.findings.diagnostics
    return tuple(one for one in told if one.rule == UNPRINTABLE)


def _filling(
    kind: type[Filling],
    compiled: CompiledLayout,
    record: ProcedureRecord,
    organization: Organization | None,
) -> Filling:
    loaded = compiled.loaded
    layout = loaded.layout
    named: dict[str, Any] = {
        "record": record,
        "organization": organization,
        "layout": SheetLayout(layout.id, layout.description),
    }
    return kind(
        texts=compiled.texts,
        images=loaded.images,
        logo=None,
        drawings=DrawingRoom(
            record=partial(record_json, record),
            styles=loaded.styles,
            palette=loaded.theme.palette,
            paper=loaded.theme.paper.value,
            width=loaded.page.width - loaded.page.left - loaded.page.right,
            language=layout.language.tag,
        ),
        values=Values(named, dated_in(layout.language.tag), dated_in(loaded.own_language)),
        lettering=Lettering(loaded.styles),
        record_span=record.span,
        findings=Findings(),
        language=layout.language.tag,
        languages=None,
        words=loaded.words,
        owed=owed(loaded, record),
        first_in_packet=True,
        printed_values=set(),
        standing=set(),
        without_sections=without_sections(record) if record.title_only else None,
    )


def refuse_title_only(record: ProcedureRecord, layout: Layout) -> None:
    """Refuses what patients would get of a code of which nothing but a title is on file.

    Raises DocgenError.
    """
    if record.title_only and layout.audience == "patients":
        raise DocgenError([without_sections(record)])


def _author(record: ProcedureRecord, organization: LoadedOrganization | None) -> str:
    """Who answers for the sheet: the organization, or else those who wrote the record."""
    if organization:
        return str(organization.organization.name)
    return ", ".join(map(str, record.provenance.authors))


def _code_in_words(record: ProcedureRecord, words: FixedWords) -> str:
    system = record.code_system
    return f"{words.local_code if system.id == 'local' else system.name} {record.code}"


def _attachment(record: ProcedureRecord, words: FixedWords) -> Attachment:
    described = words.record.replace("{version}", record.provenance.version.value)
    return Attachment(
        name=record_file_name(record),
        media_type="application/json",
        description=described.replace("{code}", _code_in_words(record, words)),
        data=record_json(record),
        modified=record.provenance.reviewed_on,
    )


def _furniture(furniture: PageFurniture | None, first: Filling | None, later: Filling) -> Furniture:
    if not furniture:
        return Furniture()
    return Furniture(
        compose_blocks(first, furniture.first) if first else (),
        compose_blocks(later, furniture.later),
    )
