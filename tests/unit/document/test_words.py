"""What a document says, whatever it looks like."""

from docgen.document import (
    Callout,
    Code,
    Columns,
    ColumnSlot,
    Fact,
    FlowedColumns,
    Heading,
    KeepTogether,
    KeyFacts,
    ListBlock,
    ListItem,
    Paragraph,
    PreparedFor,
    Section,
    Signature,
    Table,
    TableCell,
    TableColumn,
    TableRow,
    TextRun,
    words_of,
)


def _text(words: str) -> Paragraph:
    return Paragraph((TextRun(words),))


def test_every_block_says_its_words_once_in_their_order() -> None:
    table = Table(
        (TableColumn(),),
        (TableRow((TableCell((_text("head"),)),)),),
        (TableRow((TableCell((_text("cell"),)),)),),
    )
    blocks = (
        Heading(1, (TextRun("one"),)),
        Section("s", (_text("two"),)),
        Callout((_text("three"),)),
        KeepTogether((_text("four"),)),
        FlowedColumns((_text("five"),), 2),
        Columns((ColumnSlot((_text("six"),)), ColumnSlot((_text("seven"),)))),
        ListBlock(
            "bullet",
            (ListItem((_text("eight"), ListBlock("check", (ListItem((_text("nine"),)),)))),),
        ),
        table,
        KeyFacts((Fact(_text("label"), (_text("fact"),)),)),
        Signature((_text("signed"),)),
        Code("qr", "payload", 72.0, "alt", caption="caption"),
    )
    said = "one two three four five six seven eight nine head cell label fact signed caption"
    assert words_of(blocks).split("\n") == said.split(" ")


def test_runs_are_one_text_and_blanks_are_one_blank() -> None:
    paragraph = Paragraph(
        (TextRun("Call "), TextRun("911", strong=True), TextRun(" now,\n  please."))
    )
    assert words_of([paragraph]) == "Call 911 now, please."


def test_what_is_a_patients_own_is_left_out() -> None:
    assert words_of([PreparedFor((), "note", 2, "en", (_text("A Patient"),))]) == ""
