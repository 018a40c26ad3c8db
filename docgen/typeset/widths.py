"""How wide the columns of tables and of text are."""

from collections.abc import Sequence

from docgen.document import (
    Block,
    ByContent,
    Fixed,
    Heading,
    ListBlock,
    Paragraph,
    PlacedCell,
    Share,
    TableCell,
    TableColumn,
    Width,
)
from docgen.typeset.lines import natural_widths
from docgen.typeset.prose import paragraph_of
from docgen.typeset.setting import Setting, least_width


def table_widths(
    columns: Sequence[TableColumn], cells: Sequence[PlacedCell], width: float, setting: Setting
) -> list[float]:
    """The widths of a table's columns in points; its cells are those of header and body.

    Where there is no room for the words of all columns, numbers need none with their units.
    """
    wishes = [column.width for column in columns]
    least, natural = _needs(wishes, cells, setting, may_tear=False)
    if sum(least) > _room_for_content(wishes, width):
        natural = least
        least, _ = _needs(wishes, cells, setting, may_tear=True)
    return _widths(wishes, width, least, natural)


def _needs(
    wishes: Sequence[Width], cells: Sequence[PlacedCell], setting: Setting, *, may_tear: bool
) -> tuple[list[float], list[float]]:
    """What each column needs least, and on one line."""
    measures = [_Measure(wish) for wish in wishes]
    for placed in sorted(cells, key=lambda placed: placed.cell.column_span):
        _measure(placed, measures, setting, may_tear=may_tear)
    return [measure.least for measure in measures], [measure.natural for measure in measures]


def shared_widths(wishes: list[Width], width: float, gap: float) -> list[float]:
    """The widths of columns side by side with a gap between them, in points."""
    nothing = [0.0] * len(wishes)
    return _widths(wishes, width - gap * (len(wishes) - 1), nothing, nothing)


class _Measure:
    """What a column needs; nothing is needed of one that is not as wide as its content."""

    def __init__(self, wish: Width) -> None:
        self.fixed = wish.points if isinstance(wish, Fixed) else 0.0
        self.by_content = isinstance(wish, ByContent)
        self.shared = isinstance(wish, Share)
        self.least = 0.0
        self.natural = 0.0


def _measure(
    placed: PlacedCell, measures: Sequence[_Measure], setting: Setting, *, may_tear: bool
) -> None:
    """Lets the columns of a cell hold it, where none of them takes a share of what is left."""
    spanned = [measures[column] for column in placed.columns]
    growing = [measure for measure in spanned if measure.by_content]
    if not growing or any(measure.shared for measure in spanned):
        return
    padding = 2 * setting.sheet.tables.padding_x
    fixed = sum(measure.fixed for measure in spanned)
    widths = _cell_widths(placed.cell, setting, may_tear=may_tear)
    least, natural = (wide + padding - fixed for wide in widths)
    more_least = (least - sum(measure.least for measure in growing)) / len(growing)
    more_natural = (natural - sum(measure.natural for measure in growing)) / len(growing)
    for measure in growing:
        measure.least += max(more_least, 0.0)
        measure.natural += max(more_natural, 0.0)


def _widths(
    wishes: Sequence[Width], width: float, least: Sequence[float], natural: Sequence[float]
) -> list[float]:
    """Fixed columns first, then content, then shares of the rest; points, summing to ``width``
    at the most."""
    weights = sum(wish.weight for wish in wishes if isinstance(wish, Share))
    content = _content_widths(wishes, _room_for_content(wishes, width), least, natural)
    left = _beside_fixed(wishes, width) - sum(content)
    return [
        round(_width(wish, content[index], left, weights), 3) for index, wish in enumerate(wishes)
    ]


def _beside_fixed(wishes: Sequence[Width], width: float) -> float:
    """What fixed columns leave of a width."""
    fixed = sum(wish.points for wish in wishes if isinstance(wish, Fixed))
    return max(width - fixed, 0.0)


def _room_for_content(wishes: Sequence[Width], width: float) -> float:
    """What columns by content may take, beside fixed ones and those that share the rest."""
    shared = any(isinstance(wish, Share) for wish in wishes)
    return _beside_fixed(wishes, width) * (0.6 if shared else 1.0)


def _width(wish: Width, content: float, left: float, weights: float) -> float:
    if isinstance(wish, Fixed):
        return wish.points
    if isinstance(wish, ByContent):
        return content
    return max(left, 0.0) * wish.weight / weights


def _content_widths(
    wishes: Sequence[Width], room: float, least: Sequence[float], natural: Sequence[float]
) -> list[float]:
    """Natural widths where they fit; otherwise what each needs least, and a share of the rest.

    Two columns that want 100 and 300 pt and need 40 and 60 pt (their longest words) share 250 pt:
    150 are left of the 300 that they lack, so that each gets half of what it lacks, 70 and 180.
    Where not even the least fits, each gets that, and words are cut when lines are set.
    """
    by_content = [isinstance(wish, ByContent) for wish in wishes]
    wanted = sum(natural)
    if wanted <= room:
        return [natural[index] if wide else 0.0 for index, wide in enumerate(by_content)]
    needed = sum(least)
    spare = max(room - needed, 0.0) / (wanted - needed) if wanted > needed else 0.0
    return [
        least[index] + (natural[index] - least[index]) * spare if wide else 0.0
        for index, wide in enumerate(by_content)
    ]


def _cell_widths(cell: TableCell, setting: Setting, *, may_tear: bool) -> tuple[float, float]:
    least = natural = 0.0
    for block in cell.blocks:
        for paragraph in _paragraphs(block):
            to_set = paragraph_of(paragraph, setting)
            one, whole = natural_widths(to_set, setting, may_tear=may_tear)
            inset = setting.sheet.lists.indent if isinstance(block, ListBlock) else 0.0
            one = max(one, least_width(whole, setting))
            least, natural = max(least, one + inset), max(natural, whole + inset)
    return least, natural


def _paragraphs(block: Block) -> list[Paragraph | Heading]:
    if isinstance(block, Paragraph | Heading):
        return [block]
    if isinstance(block, ListBlock):
        return [
            paragraph
            for item in block.items
            for inner in item.blocks
            for paragraph in _paragraphs(inner)
        ]
    return []
