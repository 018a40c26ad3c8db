"""What a layout must hold to beyond the types of its keys, before any record is read."""

from collections.abc import Iterator, Mapping

from docgen.diagnostics import Findings, Span, did_you_mean, quoted, some_of
from docgen.drawings import check_drawing
from docgen.layouts.alternatives import check_alternative
from docgen.layouts.blocks import all_blocks, furniture_blocks, placed_blocks
from docgen.layouts.heading_order import check_headings_of_layout
from docgen.layouts.leaves import NAME
from docgen.layouts.model import (
    BarcodeBlock,
    Block,
    CalloutBlock,
    ColumnsBlock,
    DrawingBlock,
    FactEntry,
    ImageBlock,
    KeyFactsBlock,
    Layout,
    LogoBlock,
    PageBreakBlock,
    PreparedForBlock,
    QrCodeBlock,
    RuleBlock,
    SectionBlock,
    TableBlock,
    TextBlock,
    TitleBlock,
)
from docgen.layouts.theme import Theme
from docgen.source import Positioned, TextNode

LEAST_PATIENT_SIZE = 12.0
"""Smallest body text of a handout in points (APH)."""
LONGEST_PATIENT_LINE = 6.5 * 72
"""Longest line of a handout in points."""
_LEAST_ROOM = 2 * 72.0
_LARGEST_PAPER = 200 * 72.0
"""Side of the largest page that PDF viewers show (PDF 1.7, annex C.2)."""
_IN_FURNITURE = (
    TextBlock,
    ColumnsBlock,
    ImageBlock,
    LogoBlock,
    QrCodeBlock,
    BarcodeBlock,
    RuleBlock,
)


def check_layout(layout: Layout, theme: Theme | None, findings: Findings) -> None:
    """Tells everything in which a layout is unusable; without a theme, its styles go unchecked."""
    _check_names(layout, findings)
    _check_page(layout, findings)
    _check_for_patients(layout, theme, findings)
    _check_furniture(layout, findings)
    _check_titles(layout, findings)
    _check_prepared_for(layout, findings)
    _check_safety(layout, findings)
    check_headings_of_layout(layout, findings)
    for block, within in placed_blocks((*furniture_blocks(layout), *layout.blocks)):
        _check_content(block, findings)
        _check_measures(block, findings)
        _check_page_break(block, within, findings)
        if theme:
            _check_style(block, theme, findings)


def _check_names(layout: Layout, findings: Findings) -> None:
    seen: dict[str, Span] = {}
    for name, span in _named_ids(layout):
        if NAME.fullmatch(name) is None:
            findings.error(
                "bad-id",
                f"{name!r} cannot be an id",
                span,
                "use small letters and digits, words joined by hyphens, such as getting-ready",
            )
        if name in seen:
            findings.error(
                "duplicate-id",
                f"the id {name!r} is used twice in this layout",
                span,
                f"it first stands {_where(seen[name], span)}; give one of them another id",
            )
        seen.setdefault(name, span)


def _where(place: Span, here: Span) -> str:
    return f"in line {place.line}" if place.path == here.path else f"at {place}"


def _named_ids(layout: Layout) -> Iterator[tuple[str, Span]]:
    for block in all_blocks(layout):
        yield block.id, block.span
        if isinstance(block, KeyFactsBlock | PreparedForBlock):
            yield from ((fact.id, fact.span) for fact in block.facts)


def _check_page(layout: Layout, findings: Findings) -> None:
    page, margins = layout.page, layout.page.margins
    if max(page.size.width, page.size.height) > _LARGEST_PAPER:
        findings.error("bad-page", "the paper is larger than 200 by 200 inches", page.span)
    across = page.size.width - margins.left.points - margins.right.points
    down = page.size.height - margins.top.points - margins.bottom.points
    for side, room in (("width", across), ("height", down)):
        if room < _LEAST_ROOM:
            findings.error(
                "bad-page",
                f"the margins leave {room / 72:.2f} in of the paper's {side} for text",
                margins.span,
                "make the margins smaller; text needs at least 2 in",
            )


def _check_for_patients(layout: Layout, theme: Theme | None, findings: Findings) -> None:
    if layout.audience != "patients" or layout.large_print:
        return
    page, margins = layout.page, layout.page.margins
    line = page.size.width - margins.left.points - margins.right.points
    if line > LONGEST_PATIENT_LINE + 0.01:
        findings.error(
            "long-lines",
            f"lines of {line / 72:.2f} in are too long for patients, who lose their place "
            "in lines over 6.5 in",
            margins.span,
            "make the left and right margins wider",
        )
    body = layout.body or (theme.body if theme else None)
    if body and body.size.value < LEAST_PATIENT_SIZE:
        findings.error(
            "small-type",
            f"body text of {body.size.value:g} pt is too small for patients",
            layout.body.span if layout.body else layout.span,
            "give it 12 pt or more under 'body'",
        )


def _check_furniture(layout: Layout, findings: Findings) -> None:
    for block, _ in placed_blocks(furniture_blocks(layout)):
        if not isinstance(block, _IN_FURNITURE):
            findings.error(
                "misplaced-block",
                "this block cannot stand in a header or footer",
                block.span,
                "headers and footers hold text, columns, image, logo, qr-code, barcode and rule",
            )


def _check_titles(layout: Layout, findings: Findings) -> None:
    titles = [block for block in all_blocks(layout) if isinstance(block, TitleBlock)]
    for title in titles[1:]:
        findings.error(
            "duplicate-title",
            "a document has one title, and this is another",
            title.span,
            f"the first stands {_where(titles[0].span, title.span)}; make this a section",
        )
    for title in titles[:1]:
        if title.for_each:
            findings.error(
                "duplicate-title", "a title cannot be repeated by for_each", title.for_each.span
            )


def _check_prepared_for(layout: Layout, findings: Findings) -> None:
    blocks = [
        (block, within)
        for block, within in placed_blocks(layout.blocks)
        if isinstance(block, PreparedForBlock)
    ]
    for block, within in blocks:
        if within or block.for_each:
            findings.error(
                "misplaced-block",
                "whom a sheet is for cannot stand inside of another block or be repeated",
                block.for_each.span if block.for_each else block.span,
                "put the block among the blocks of the layout itself, without for_each",
            )
    for block, _ in blocks[1:]:
        findings.error(
            "misplaced-block",
            "a layout says once whom the sheet is for, and this is another such block",
            block.span,
            f"the first stands {_where(blocks[0][0].span, block.span)}; take one of them out",
        )


def _check_safety(layout: Layout, findings: Findings) -> None:
    for block, _ in placed_blocks(furniture_blocks(layout)):
        if block.safety:
            findings.error(
                "misplaced-block",
                "what keeps patients safe cannot stand in a header or footer only",
                block.span,
                "screen readers pass over it there: move the block among those of the layout",
            )
    for block in all_blocks(layout):
        if block.safety == "patient" and not isinstance(block, PreparedForBlock):
            findings.error(
                "bad-content",
                "only a block of the type prepared-for says whom a sheet is for",
                block.span,
                "leave out 'safety' here",
            )
        if isinstance(block, PreparedForBlock):
            _check_name(block, layout, findings)


def _check_name(block: PreparedForBlock, layout: Layout, findings: Findings) -> None:
    named = any(fact.value == "patient_name" for fact in block.facts)
    if not named and not (layout.without and layout.without.patient):
        findings.error(
            "nameless-sheet",
            "this block does not say the patient's name, without which nobody knows whom a sheet "
            "is for",
            block.span,
            "add a fact with 'value: patient_name', or say why under 'without: {patient: …}'",
        )


def _check_content(block: Block, findings: Findings) -> None:
    match block:
        case ImageBlock():
            check_alternative(block, findings)
        case DrawingBlock():
            check_drawing(block.drawing, findings, has_values=bool(block.values))
        case SectionBlock():
            content = {"field": block.field, "text": block.text, "blocks": block.blocks}
            _check_one_of(block, "a section", content, findings)
            _check_presentation(block, findings)
        case CalloutBlock():
            content = {"text": block.text, "blocks": block.blocks}
            _check_one_of(block, "a callout", content, findings)
        case KeyFactsBlock():
            for fact in block.facts:
                _check_fact(fact, findings)
        case TableBlock():
            _check_groups(block, findings)
            _check_merged(block, findings)


def _check_fact(fact: FactEntry, findings: Findings) -> None:
    _check_one_of(fact, "a fact", {"field": fact.field, "text": fact.text}, findings)


def _check_groups(table: TableBlock, findings: Findings) -> None:
    """A head stands above neighbouring columns only."""
    ended: set[str] = set()
    above: str | None = None
    for column in table.columns:
        group = column.group.value if column.group else None
        if group == above:
            continue
        if above is not None:
            ended.add(above)
        if column.group and group in ended:
            findings.error(
                "divided-group",
                f"other columns stand between those of the group {quoted(column.group.value)}",
                column.group.span,
                "groups must be next to each other: move the column, or name the group otherwise",
            )
        above = group


def _check_merged(table: TableBlock, findings: Findings) -> None:
    if all(column.merge for column in table.columns):
        findings.error(
            "nothing-unmerged",
            "every column of this table merges cells, so that a row may be left without any",
            table.span,
            "take 'merge' from the column that tells the rows apart",
        )


def _check_one_of(
    owner: Positioned,
    name: str,
    content: dict[str, TextNode | tuple[Block, ...] | None],
    findings: Findings,
) -> None:
    given = [key for key, value in content.items() if value is not None]
    if len(given) == 1:
        return
    keys = " or ".join(repr(key) for key in content)
    problem = f"both {' and '.join(map(repr, given))}" if given else "none of them"
    findings.error(
        "bad-content",
        f"{name} takes its content from {keys}, but this one has {problem}",
        owner.span,
        "keep exactly one of them" if given else "write one of them",
    )


def _check_presentation(section: SectionBlock, findings: Findings) -> None:
    if section.style is not None and section.presentation != "callout":
        findings.error(
            "bad-content",
            "'style' is the box style of the presentation callout, "
            f"but this section is presented {section.presentation}",
            section.span,
            "add 'presentation: callout', or leave out 'style'",
        )
    points = section.presentation in ("bullets", "steps", "checklist")
    if section.blocks is not None and points:
        findings.error(
            "bad-content",
            f"blocks cannot be presented as {section.presentation}",
            section.span,
            "leave out 'presentation', or give the content by 'field' or 'text'",
        )


def _check_measures(block: Block, findings: Findings) -> None:
    match block:
        case ImageBlock() if any(
            limit and not limit.points for limit in (block.width, block.height)
        ):
            message = "an image cannot be limited to a size of 0"
        case DrawingBlock() if block.width and not block.width.points:
            message = "a drawing cannot have a width of 0"
        case LogoBlock() if any(
            limit and not limit.points for limit in (block.width, block.height)
        ):
            message = "a logo cannot be limited to a size of 0"
        case QrCodeBlock() if not block.size.points:
            message = "a QR code cannot have a size of 0"
        case BarcodeBlock() if not block.height.points:
            message = "a bar code cannot have a height of 0"
        case _:
            return
    findings.error("bad-measure", message, block.span)


def _check_page_break(block: Block, within: tuple[Block, ...], findings: Findings) -> None:
    holder = next((outer for outer in within if not isinstance(outer, SectionBlock)), None)
    if isinstance(block, PageBreakBlock) and holder is not None:
        findings.error(
            "misplaced-block",
            f"a page break cannot stand in {holder.id!r}, which stays in one piece",
            block.span,
            "put it before or after that block",
        )


def _check_style(block: Block, theme: Theme, findings: Findings) -> None:
    match block:
        case TextBlock() if block.style == "table-head":
            findings.error(
                "misplaced-style",
                "the style 'table-head' is made for the header row of tables, not for other text",
                block.span,
                "take another text style of the theme, such as label",
            )
        case TextBlock():
            _check_style_name(block, "text", block.style, theme.text, findings)
        case CalloutBlock():
            _check_style_name(block, "box", block.style, theme.boxes, findings)
        case SectionBlock() if block.style is not None:
            _check_style_name(block, "box", block.style, theme.boxes, findings)


def _check_style_name(
    block: Block, kind: str, name: str, styles: Mapping[str, object], findings: Findings
) -> None:
    if name not in styles:
        findings.error(
            "unknown-style",
            f"the theme has no {kind} style {name!r}",
            block.span,
            did_you_mean(name, styles) or f"its {kind} styles are {some_of([*styles])}",
        )
