"""Every block of a layout makes its nodes, and what would be empty leaves nothing behind."""

import pytest

from docgen.compose import compose
from docgen.diagnostics import DocgenError
from docgen.document import (
    ByContent,
    Callout,
    Code,
    Columns,
    Figure,
    Fixed,
    FlowedColumns,
    Heading,
    KeepTogether,
    KeyFacts,
    ListBlock,
    PageBreak,
    Paragraph,
    Rule,
    RuledLines,
    Section,
    Share,
    Signature,
    Table,
    TableCell,
    TableColumn,
    TableRow,
    plain_text,
)
from tests.unit.compose.conftest import Bench

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c63f80f00010101001bb6ee560000000049454e44ae426082"
)
"""A gray PNG image of one pixel."""


def said(node: object) -> str:
    assert isinstance(node, Paragraph | Heading)
    return plain_text(node.inlines)


def cells(row: TableRow) -> list[list[str]]:
    return [[said(block) for block in cell.blocks] for cell in row.cells]


def test_a_section_stands_under_its_heading(bench: Bench) -> None:
    document = bench.document(
        "  - {id: why, type: section, level: 2, heading: 'Why {{ record.code }}', "
        "field: record.summary}"
    )
    (section,) = document.blocks
    assert isinstance(section, Section)
    heading, content = section.blocks
    assert isinstance(heading, Heading)
    assert (section.id, heading.level, said(heading)) == ("why", 2, "Why T1")
    assert said(content) == "A short summary."
    assert str(section.origin) == "sheet.yaml:10:5"
    assert isinstance(content, Paragraph)
    assert str(content.origin) == "records/local/T1.yaml:5:10"


def test_a_field_that_is_printed_twice_has_nodes_of_its_own_in_each_place(bench: Bench) -> None:
    """Tags know a node by its identity: what stood in both places would be read in one."""
    document = bench.document(
        "  - {id: one, type: section, level: 2, heading: One, field: record.summary}\n"
        "  - {id: two, type: section, level: 2, heading: Two, field: record.summary}"
    )
    first, second = document.blocks
    assert isinstance(first, Section)
    assert isinstance(second, Section)
    assert said(first.blocks[1]) == said(second.blocks[1]) == "A short summary."
    assert first.blocks[1] is not second.blocks[1]


def test_a_section_can_hold_a_text_field(bench: Bench) -> None:
    document = bench.document("  - {id: s, type: section, heading: H, field: record.title}")
    (section,) = document.blocks
    assert isinstance(section, Section)
    assert said(section.blocks[1]) == "Test procedure"


@pytest.mark.parametrize(
    "block",
    [
        "{id: s, type: section, heading: Risks, field: record.risks}",
        "{id: k, type: keep-together, blocks: [{id: s, type: section, heading: Risks, "
        "field: record.risks}]}",
        "{id: c, type: columns, columns: [{blocks: [{id: s, type: section, heading: Risks, "
        "field: record.risks}]}]}",
        "{id: b, type: callout, heading: Risks, blocks: [{id: s, type: section, heading: Risks, "
        "field: record.risks}]}",
        "{id: o, type: section, heading: Out, blocks: [{id: s, type: section, heading: Risks, "
        "field: record.risks}]}",
        "{id: t, type: table, rows: policy in record.policies, "
        "columns: [{heading: Payer, text: '{{ policy.payer }}'}]}",
        "{id: f, type: key-facts, facts: [{id: g, label: Risks, field: record.risks}]}",
        "{id: f, type: key-facts, facts: [{id: g, label: L, text: T, when: record.unlisted}]}",
        "{id: x, type: text, text: Unlisted, when: record.unlisted}",
        "{id: x, type: text, text: '{{ policy.payer }}', for_each: policy in record.policies}",
        "{id: x, type: text, text: '{{ record.specialty or \"\" }}'}",
    ],
)
def test_what_is_empty_leaves_nothing_behind(block: str, bench: Bench) -> None:
    assert bench.document(f"  - {block}").blocks == ()


def test_an_empty_column_is_left_out(bench: Bench) -> None:
    block = """\
  - id: c
    type: columns
    columns:
      - {width: 2, blocks: [{id: a, type: section, heading: Risks, field: record.risks}]}
      - {width: 3in, blocks: [{id: b, type: text, text: There}]}
"""
    (columns,) = bench.document(block).blocks
    assert isinstance(columns, Columns)
    (slot,) = columns.slots
    assert (slot.width, [said(inner) for inner in slot.blocks]) == (Fixed(216.0), ["There"])


def test_flowed_columns_run_their_blocks_through_so_many_columns(bench: Bench) -> None:
    block = """
  - id: c
    type: flowed-columns
    count: 3
    blocks: [{id: t, type: text, text: One}, {id: u, type: text, text: Two}]
"""
    (flowed,) = bench.document(block).blocks
    assert isinstance(flowed, FlowedColumns)
    assert (flowed.count, len(flowed.blocks)) == (3, 2)


@pytest.mark.parametrize(
    ("block", "reason"),
    [
        (
            "{id: s, type: text, for_each: p in record.policies, text: x, required: true}",
            "'p in record.policies' has no value in records/local/T1.yaml",
        ),
        (
            "{id: s, type: keep-together, required: true, blocks: "
            "[{id: a, type: text, text: x, when: record.unlisted}]}",
            "it is empty for records/local/T1.yaml",
        ),
    ],
)
def test_a_required_block_is_not_left_empty(block: str, reason: str, bench: Bench) -> None:
    with pytest.raises(DocgenError) as refused:
        bench.document(f"  - {block}")
    assert str(refused.value) == (
        f"sheet.yaml:9:5: error[required-block]: the block 's' is required, but {reason}\n"
        "  hint: complete the record, or take 'required' from the block"
    )


def test_what_a_record_lacks_is_told_at_the_record(bench: Bench) -> None:
    block = "{id: s, type: section, heading: Risks, field: record.risks, required: true}"
    with pytest.raises(DocgenError) as refused:
        bench.document(f"  - {block}")
    assert str(refused.value) == (
        "records/local/T1.yaml:1:1: error[required-block]: this record has no 'risks', which the "
        "block 's' of the layout requires\n"
        "  hint: write 'risks' into the record; sheet.yaml:10:5 requires it"
    )


def test_a_required_block_may_have_a_condition(bench: Bench) -> None:
    block = (
        "  - {id: s, type: section, heading: Risks, field: record.risks, required: true, "
        "when: record.risks}"
    )
    assert bench.document(block).blocks == ()


@pytest.mark.parametrize(
    ("presentation", "kind"),
    [("as-written", "bullet"), ("bullets", "bullet"), ("steps", "ordered"), ("checklist", "check")],
)
def test_a_section_presents_its_points(presentation: str, kind: str, bench: Bench) -> None:
    block = (
        "  - {id: s, type: section, heading: H, field: record.risks, "
        f"presentation: {presentation}}}"
    )
    (section,) = bench.document(block, "risks: |\n  - One\n  - Two\n").blocks
    assert isinstance(section, Section)
    points = section.blocks[1]
    assert isinstance(points, ListBlock)
    assert points.kind == kind


def test_a_section_can_be_a_callout(bench: Bench) -> None:
    block = (
        "  - {id: s, type: section, heading: H, text: Mind, presentation: callout, style: warning}"
    )
    (section,) = bench.document(block).blocks
    assert isinstance(section, Section)
    callout = section.blocks[1]
    assert isinstance(callout, Callout)
    assert (callout.style, said(callout.blocks[0])) == ("warning", "Mind")


def test_blocks_repeat_for_every_item(bench: Bench) -> None:
    record = """\
further_sections:
  - {title: One, text: First., audience: patients}
  - {title: Two, text: Second., audience: clinicians}
  - {title: Three, text: Third.}
"""
    block = (
        "  - {id: more, type: section, for_each: part in record.further_sections, "
        "when: part.audience != 'clinicians', heading: '{{ part.title }}', field: part.text}"
    )
    sections = bench.document(block, record).blocks
    assert [
        (section.id, [said(block) for block in section.blocks])
        for section in sections
        if isinstance(section, Section)
    ] == [("more-1", ["One", "First."]), ("more-3", ["Three", "Third."])]


def test_a_table_has_a_row_for_every_item(bench: Bench) -> None:
    record = """\
policies:
  - {payer: Sample Health, title: Planning, effective: 2026-01-31}
  - {payer: Example Care, title: "*Planning*", number: "7"}
"""
    block = """\
  - id: t
    type: table
    rows: policy in record.policies
    columns:
      - {heading: "Payer *x*", text: "**{{ policy.payer }}**", width: 2}
      - {heading: No., text: "{{ policy.number or '' }}", width: content, align: right}
      - {heading: Since, text: "{{ (policy.effective | date) or 'not known' }}"}
      - {heading: Title, text: "{{ policy.title }}", width: 1.5in}
"""
    (table,) = bench.document(block, record).blocks
    assert isinstance(table, Table)
    assert table.columns == (
        TableColumn(Share(2.0)),
        TableColumn(ByContent(), "right"),
        TableColumn(Share()),
        TableColumn(Fixed(108.0)),
    )
    (header,) = table.header
    assert cells(header) == [["Payer x"], ["No."], ["Since"], ["Title"]]
    assert [cells(row) for row in table.rows] == [
        [["Sample Health"], [], ["January 31, 2026"], ["Planning"]],
        [["Example Care"], ["7"], ["not known"], ["*Planning*"]],
    ]
    cell = table.rows[0].cells[0]
    assert isinstance(cell, TableCell)
    paragraph = cell.blocks[0]
    assert isinstance(paragraph, Paragraph)
    assert paragraph.style == "table-cell"


def test_facts_stand_under_their_labels(bench: Bench) -> None:
    block = """\
  - id: f
    type: key-facts
    across: 3
    facts:
      - {id: a, label: "Code of {{ record.title }}", text: "**{{ record.code }}**"}
      - {id: b, label: Summary, field: record.summary}
      - {id: c, label: Risks, field: record.risks}
"""
    (facts,) = bench.document(block).blocks
    assert isinstance(facts, KeyFacts)
    assert facts.across == 3
    assert [(said(fact.label), [said(block) for block in fact.blocks]) for fact in facts.facts] == [
        ("Code of Test procedure", ["T1"]),
        ("Summary", ["A short summary."]),
    ]
    assert facts.facts[0].label.style == "label"


def test_codes_have_their_size_and_place(bench: Bench) -> None:
    block = """\
  - {id: q, type: qr-code, value: a, alt: A, size: 1in, align: right}
  - {id: b, type: barcode, value: "{{ record.code }}", alt: B, height: 20pt, caption: C}
"""
    qr, bars = bench.document(block).blocks
    assert isinstance(qr, Code)
    assert isinstance(bars, Code)
    assert (qr.symbology, qr.payload, qr.size, qr.align, qr.caption) == (
        "qr",
        "a",
        72.0,
        "right",
        None,
    )
    assert (bars.symbology, bars.payload, bars.size, bars.caption) == ("code128", "T1", 20.0, "C")
    assert str(bars.origin) == "sheet.yaml:10:5"


def test_an_image_keeps_its_limits(bench: Bench) -> None:
    bench.folder.joinpath("dot.png").write_bytes(PIXEL)
    block = (
        "  - {id: i, type: image, file: dot.png, alt: 'Dot of {{ record.code }}', width: 1in, "
        "align: center}"
    )
    (figure,) = bench.document(block).blocks
    assert isinstance(figure, Figure)
    assert (figure.image.width, figure.alt, figure.max_width, figure.max_height, figure.align) == (
        1,
        "Dot of T1",
        72.0,
        None,
        "center",
    )


def test_the_name_of_a_file_is_no_text_for_an_image(bench: Bench) -> None:
    bench.folder.joinpath("dot.png").write_bytes(PIXEL)
    block = "  - {id: i, type: image, file: dot.png, alt: \"{{ 'DOT' | lower }}.png\"}"
    with pytest.raises(DocgenError) as refused:
        bench.document(block)
    assert str(refused.value) == (
        "sheet.yaml:9:46: error[missing-alt]: the alternative text of this image is the name of a "
        "file\n  hint: say in a few words what it shows or what it is for, as you would to someone "
        "on the phone"
    )


def test_places_to_write_on(bench: Bench) -> None:
    block = """\
  - {id: a, type: ruled-lines, count: 3}
  - {id: b, type: ruled-lines, count: 2, label: "Ask about {{ record.code }}"}
  - {id: c, type: signature, lines: [Name, "Date for {{ record.code }}"]}
  - {id: d, type: checklist, items: ["**Ask**", "{{ record.summary }}"]}
"""
    plain, labelled, signature, checklist = bench.document(block).blocks
    assert isinstance(plain, RuledLines)
    assert plain.count == 3
    assert isinstance(labelled, KeepTogether)
    label, lines = labelled.blocks
    assert (said(label), isinstance(lines, RuledLines)) == ("Ask about T1", True)
    assert isinstance(signature, Signature)
    assert [said(line) for line in signature.labels] == ["Name", "Date for T1"]
    assert isinstance(checklist, ListBlock)
    assert (checklist.kind, checklist.label) == ("check", "Box to tick")
    assert [said(item.blocks[0]) for item in checklist.items] == ["Ask", "A short summary."]


def test_title_rule_and_page_break(bench: Bench) -> None:
    block = """\
  - {id: t, type: title, text: "{{ record.title }}", subtitle: "{{ record.name }}"}
  - {id: r, type: rule}
  - {id: p, type: page-break}
"""
    title, subtitle, rule, page_break = bench.document(block).blocks
    assert isinstance(title, Heading)
    assert isinstance(subtitle, Paragraph)
    assert (title.level, said(title)) == (1, "Test procedure")
    assert (subtitle.style, said(subtitle)) == ("subtitle", "A procedure for tests")
    assert isinstance(rule, Rule)
    assert isinstance(page_break, PageBreak)


def test_one_layout_is_filled_for_many_records(bench: Bench) -> None:
    layout = bench.layout("  - {id: t, type: text, text: '{{ record.specialty }}'}")
    one = compose(layout, bench.record("specialty: One\n"))
    other = compose(layout, bench.record("specialty: Other\n"))
    assert [said(document.blocks[0]) for document in (one, other)] == ["One", "Other"]


def test_phones_come_from_the_organization(bench: Bench) -> None:
    layout = bench.layout(
        "  - {id: p, type: text, for_each: phone in organization.phones, "
        'text: "{{ phone.label }}: {{ phone.number }}'
        "{{ ', ' ~ phone.hours if phone.hours else '' }}\"}\n"
        "  - {id: b, type: signature, when: not organization.phones, lines: [Phone]}"
    )
    known = compose(layout, bench.record(), bench.organization()).blocks
    assert [said(block) for block in known] == [
        "Nurse line: 555-0100, Monday to Friday",
        "Front desk: 555-0101",
    ]
    (blank,) = compose(layout, bench.record()).blocks
    assert isinstance(blank, Signature)
