"""Every node of a document becomes the structure element that PDF names for it."""

from io import BytesIO

import pikepdf
import pytest

from docgen.document import (
    Block,
    Callout,
    Code,
    Columns,
    ColumnSlot,
    Fact,
    Figure,
    Furniture,
    Heading,
    ImageSource,
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
from docgen.pdf import write_pdf
from docgen.typeset import typeset
from tests.sheets import paper, text
from tests.tag_tree import tag_tree
from tests.unit.pdf.test_marks import halves, source


def tags(*blocks: Block, furniture: Furniture | None = None) -> list[str]:
    """The structure tree below Document, a line an element."""
    document = paper(*blocks, header=furniture, footer=furniture)
    lines = tag_tree(write_pdf(typeset(document)).data).splitlines()
    assert lines[0] == "Document"
    return [line[2:] for line in lines[1:]]


def item(*blocks: Block) -> ListItem:
    return ListItem(blocks)


def picture() -> ImageSource:
    return source(halves("RGB", "red", "blue"))


def test_sections_headings_and_paragraphs() -> None:
    title = Heading(1, (TextRun("Title"),))
    part = Section("part", (Heading(2, (TextRun("Part"),)), text("Said here.")))
    assert tags(title, part) == [
        'H1 "Title"',
        "Sect",
        '  H2 "Part"',
        '  P "Said here."',
    ]


@pytest.mark.parametrize(
    ("kind", "numbering", "label"),
    [
        ("bullet", "Disc", '"•"'),
        ("ordered", "Decimal", '"1."'),
        ("check", "None", "Alt='Box to tick' (drawn)"),
    ],
)
def test_lists(kind: str, numbering: str, label: str) -> None:
    block = ListBlock(kind, (item(text("First")),), label="Box to tick")  # type: ignore[arg-type]
    assert tags(block) == [
        f"L ListNumbering={numbering}",
        "  LI",
        f"    Lbl {label}",
        '    LBody "First"',
    ]


def test_a_nested_list_stands_in_the_body_of_its_item() -> None:
    inner = ListBlock("bullet", (item(text("Inner")),))
    assert tags(ListBlock("ordered", (item(text("Outer"), inner),))) == [
        "L ListNumbering=Decimal",
        "  LI",
        '    Lbl "1."',
        "    LBody",
        '      P "Outer"',
        "      L ListNumbering=Disc",
        "        LI",
        '          Lbl "–"',
        '          LBody "Inner"',
    ]


def test_a_list_over_pages_is_one_list() -> None:
    block = ListBlock("bullet", tuple(item(text(f"Point {number}")) for number in range(40)))
    made = tags(block)
    assert made.count("L ListNumbering=Disc") == 1
    assert [line.strip() for line in made if "LBody" in line] == [
        f'LBody "Point {number}"' for number in range(40)
    ]


def test_tables_with_spans() -> None:
    def cell(said: str, **more: int) -> TableCell:
        return TableCell((text(said),) if said else (), **more)  # type: ignore[arg-type]

    table = Table(
        (TableColumn(), TableColumn(), TableColumn()),
        (
            TableRow((cell("Code", row_span=2), cell("Dose", column_span=2))),
            TableRow((cell("Low"), cell("High"))),
        ),
        (
            TableRow((cell("A", row_span=2, row_header=True), cell("1"), cell("2"))),
            TableRow((cell(""), cell("4"))),
        ),
    )
    assert tags(table) == [
        "Table",
        "  THead",
        "    TR",
        '      TH Scope=Column RowSpan=2 "Code"',
        '      TH Scope=Column ColSpan=2 "Dose"',
        "    TR",
        '      TH Scope=Column "Low"',
        '      TH Scope=Column "High"',
        "  TBody",
        "    TR",
        '      TH Scope=Row RowSpan=2 "A"',
        '      TD "1"',
        '      TD "2"',
        "    TR",
        "      TD",
        '      TD "4"',
    ]


def test_facts_are_terms_and_what_they_stand_for() -> None:
    facts = KeyFacts(
        tuple(Fact(text(f"Label {n}", "label"), (text(f"Value {n}"),)) for n in (1, 2))
    )
    assert tags(facts) == [
        "L ListNumbering=None",
        "  LI",
        '    Lbl "Label 1"',
        '    LBody "Value 1"',
        "  LI",
        '    Lbl "Label 2"',
        '    LBody "Value 2"',
    ]


def test_facts_in_several_columns_are_one_list() -> None:
    slots = tuple(
        ColumnSlot((KeyFacts((Fact(text(f"Label {n}", "label"), (text(f"Value {n}"),)),)),))
        for n in (1, 2)
    )
    assert [line.strip() for line in tags(Columns(slots))] == [
        "L ListNumbering=None",
        "LI",
        'Lbl "Label 1"',
        'LBody "Value 1"',
        "LI",
        'Lbl "Label 2"',
        'LBody "Value 2"',
    ]


def test_a_callout_is_a_section_a_note_or_a_group() -> None:
    headed = Callout((Heading(1, (TextRun("Warning"),)), text("Call us.")))
    plain = Callout((text("By the way."),))
    group = Callout((text("Seen:"), Figure(picture(), "a lamp")))
    assert tags(headed, plain, group) == [
        "Sect",
        '  H1 "Warning"',
        '  P "Call us."',
        "Note",
        '  P "By the way."',
        "Div",
        '  P "Seen:"',
        "  Figure Alt='a lamp' (drawn)",
    ]


def test_figures_codes_and_captions() -> None:
    code = Code("qr", "https://example.org", 72, "where to read more", "Read more")
    assert tags(Figure(picture(), "a lamp"), code) == [
        "Figure Alt='a lamp' (drawn)",
        "Div",
        "  Figure Alt='where to read more' (drawn)",
        '  Caption "Read more"',
    ]


def test_a_figure_says_where_it_stands() -> None:
    data = write_pdf(typeset(paper(Figure(picture(), "a lamp")))).data
    with pikepdf.open(BytesIO(data)) as pdf:
        [figure] = [
            obj for obj in pdf.objects if isinstance(obj, pikepdf.Dictionary) and "/Alt" in obj
        ]
        # 100 by 50 pixels are 100 by 50 points, at the margins of 20 of a page 300 high
        assert [float(side) for side in figure.A.BBox] == [30, 220, 130, 270]


def test_a_link_over_a_line_end_is_one_link_of_two_areas() -> None:
    link = Link("https://example.org")
    long = Paragraph((TextRun("Read "), TextRun("a page of many words about all this", link=link)))
    assert tags(long) == [
        "P",
        '  "Read "',
        '  Link "a page of many words " -> https://example.org "about all this" -> '
        "https://example.org",
    ]


def test_strong_words_are_part_of_their_paragraph() -> None:
    mixed = Paragraph((TextRun("Do "), TextRun("not", strong=True), TextRun(" eat.")))
    assert tags(mixed) == ['P "Do not eat."']


def test_passages_say_their_language() -> None:
    whole = Paragraph((TextRun("Todo en español", language="es"),))
    part = Paragraph((TextRun("Eat "), TextRun("pan de molde", language="es"), TextRun(" only.")))
    assert tags(whole, part) == [
        "P Lang='es' \"Todo en español\"",
        "P",
        '  "Eat "',
        "  Span Lang='es' \"pan de molde\"",
        '  " only."',
    ]


def test_a_link_in_another_language_says_so() -> None:
    link = Link("https://example.org")
    mixed = Paragraph((TextRun("See "), TextRun("más", language="es", link=link)))
    assert tags(mixed) == [
        "P",
        '  "See "',
        "  Link",
        "    Span Lang='es' \"más\"",
        "    -> https://example.org",
    ]


def test_columns_are_read_one_after_the_other() -> None:
    columns = Columns((ColumnSlot((text("Left"), text("below"))), ColumnSlot((text("Right"),))))
    assert tags(columns) == ['P "Left"', 'P "below"', 'P "Right"']


def test_what_says_nothing_has_no_element() -> None:
    furniture = Furniture((Paragraph((TextRun("Page "), PageField("number"))),))
    said = tags(Rule(), RuledLines(2), text("Text"), furniture=furniture)
    assert said == ['P "Text"']


def test_lines_to_sign_are_told_by_their_labels() -> None:
    assert tags(Signature((text("Clinician", "caption"), text("Date", "caption")))) == [
        'P "Clinician"',
        'P "Date"',
    ]


def test_a_document_without_a_word_has_no_elements() -> None:
    data = write_pdf(typeset(paper(Rule()))).data
    with pikepdf.open(BytesIO(data)) as pdf:
        assert "/K" not in pdf.Root.StructTreeRoot
