"""Documents of every kind of block, for laws that hold whatever a document says.

No node stands in a document twice, as pages name nodes by their identity.
"""

import io
from itertools import accumulate

from hypothesis import strategies as st
from PIL import Image

from docgen.document import (
    Block,
    Callout,
    Code,
    Columns,
    ColumnSlot,
    Document,
    Fact,
    Figure,
    FlowedColumns,
    Furniture,
    Heading,
    ImageSource,
    Inline,
    KeepTogether,
    KeyFacts,
    Link,
    ListBlock,
    ListItem,
    PageField,
    Paragraph,
    Rule,
    RuledLines,
    Section,
    Signature,
    Table,
    TableCell,
    TableColumn,
    TableRow,
    TextRun,
)
from tests.sheets import paper, text

_WORDS = ("pain", "naïve", "β-blocker", "5 mg", "Łódź", "(twice)", "½", "extraordinarily", "a")
_LANGUAGES = ("es", "fr-CA", "vi")


def _picture() -> ImageSource:
    file = io.BytesIO()
    Image.new("RGB", (12, 8), "#00aa00").save(file, "PNG")
    return ImageSource(file.getvalue(), 12, 8, "png")


_PICTURE = _picture()


def words() -> st.SearchStrategy[str]:
    """A few words, or many."""
    return st.lists(st.sampled_from(_WORDS), min_size=1, max_size=25).map(" ".join)


@st.composite
def _run(draw: st.DrawFn) -> TextRun:
    link = draw(st.none() | st.just("https://example.org/more") | st.just("tel:+15550100"))
    return TextRun(
        draw(words()),
        strong=draw(st.booleans()),
        emphasis=draw(st.booleans()),
        link=Link(link) if link else None,
        language=draw(st.none() | st.sampled_from(_LANGUAGES)),
    )


@st.composite
def _inlines(draw: st.DrawFn) -> tuple[Inline, ...]:
    runs = draw(st.lists(_run(), min_size=1, max_size=4))
    spaced: list[Inline] = []
    for run in runs:
        spaced += [run, TextRun(" ")]
    return tuple(spaced[:-1])


def _paragraphs() -> st.SearchStrategy[Block]:
    return st.builds(Paragraph, _inlines())


def _lists(blocks: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    item = st.builds(
        lambda first, more: ListItem((first, *more)), _paragraphs(), st.lists(blocks, max_size=2)
    )
    return st.builds(
        ListBlock,
        st.sampled_from(["bullet", "ordered", "check"]),
        st.lists(item, min_size=1, max_size=4).map(tuple),
        start=st.integers(1, 98),
        tight=st.booleans(),
    )


@st.composite
def _tables(draw: st.DrawFn) -> Table:
    """Tables of up to 30 rows, which go over pages; cells may be empty, or join two columns."""
    count = draw(st.integers(1, 3))
    columns = (TableColumn(),) * count
    head = TableRow(
        tuple(TableCell((text(f"Head {column}", "table-head"),)) for column in range(count))
    )
    named = draw(st.booleans())
    rows = [_row(draw, count, named=named) for _ in range(draw(st.integers(1, 30)))]
    return Table(columns, draw(st.sampled_from([(), (head,)])) if named else (head,), tuple(rows))


def _row(draw: st.DrawFn, count: int, *, named: bool) -> TableRow:
    cells = []
    column = 0
    while column < count:
        span = draw(st.integers(1, count - column))
        said = draw(st.none() | words())
        blocks = (text(said, "table-cell"),) if said else ()
        is_name = named and column == 0
        blocks = (text("Name", "table-cell"),) if is_name and not blocks else blocks
        cells.append(TableCell(blocks, column_span=span, row_header=is_name))
        column += span
    return TableRow(tuple(cells))


@st.composite
def _facts(draw: st.DrawFn) -> KeyFacts:
    facts = draw(st.lists(_paragraphs(), min_size=1, max_size=4))
    return KeyFacts(
        tuple(Fact(text(f"Fact {number}", "label"), (fact,)) for number, fact in enumerate(facts)),
        draw(st.integers(1, 2)),
    )


def _qr_code() -> Code:
    return Code("qr", "https://example.org/", 60.0, "QR code", caption="Scan me")


def _signature() -> Signature:
    return Signature((text("Signed", "label"), text("Date", "label")))


def _leaves() -> st.SearchStrategy[Block]:
    return st.one_of(
        _paragraphs(),
        _tables(),
        _facts(),
        st.builds(Figure, st.just(_PICTURE), st.just("A green square")),
        st.builds(_qr_code),
        st.builds(Code, st.just("code128"), st.just("77299"), st.just(20.0), st.just("Bar code")),
        st.builds(_signature),
        st.builds(RuledLines, st.integers(1, 4)),
        st.builds(Rule),
    )


def _containers(blocks: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    several = st.lists(blocks, min_size=1, max_size=3).map(tuple)
    slots = st.lists(st.builds(ColumnSlot, several), min_size=2, max_size=2).map(tuple)
    return st.one_of(
        _lists(blocks),
        st.builds(Callout, several),
        st.builds(KeepTogether, several),
        st.builds(Columns, slots),
        st.builds(FlowedColumns, several, st.just(2)),
    )


def blocks() -> st.SearchStrategy[Block]:
    """Any block but headings and sections, which have an order to keep."""
    return st.recursive(_leaves(), _containers, max_leaves=6)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Documents whose headings skip no level, with headers and footers, over several pages."""
    steps = draw(st.lists(st.integers(-2, 1), max_size=3))
    levels = accumulate(steps, lambda level, step: min(6, max(2, level + step)), initial=2)
    sections = [
        Section(
            f"part-{number}",
            (Heading(level, draw(_inlines())), *draw(st.lists(blocks(), min_size=1, max_size=3))),
        )
        for number, level in enumerate(levels)
    ]
    foot = Paragraph((TextRun("Page "), PageField("number"), TextRun(" of "), PageField("count")))
    return paper(
        Heading(1, (TextRun("Everything"),)),
        *sections,
        header=Furniture(first=(), later=(text("Everything", "furniture"),)),
        footer=Furniture(first=(foot,), later=(foot,)),
        width=400.0,
        height=500.0,
    )
