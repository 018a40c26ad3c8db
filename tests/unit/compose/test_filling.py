"""Values in layout texts: they are data, whatever they look like."""

import json
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docgen.compose import compose
from docgen.diagnostics import DocgenError
from docgen.document import (
    Attachment,
    Block,
    Code,
    Document,
    Heading,
    ListBlock,
    PageField,
    Paragraph,
    TextRun,
    plain_text,
)
from docgen.records import record_json
from tests.unit.compose.conftest import Bench

LITERAL = "<b>&amp;</b> {{ x }} *y* ‹script› {% if %} [a](b) `c` \\d"
QUOTED = LITERAL.replace("\\", "\\\\")


def inlines(document: Document) -> list[object]:
    (paragraph,) = document.blocks
    assert isinstance(paragraph, Paragraph | Heading)
    return list(paragraph.inlines)


def texts(blocks: tuple[Block, ...]) -> list[str]:
    return [plain_text(block.inlines) for block in blocks if isinstance(block, Paragraph | Heading)]


def text_block(text: str) -> str:
    return f"  - id: t\n    type: text\n    text: |-\n      {text}"


def test_a_value_prints_literally(bench: Bench) -> None:
    record = f'specialty: "{QUOTED}"\n'
    document = bench.document(text_block("**Field:** {{ record.specialty }}!"), record)
    assert inlines(document) == [TextRun("Field:", strong=True), TextRun(f" {LITERAL}!")]


def test_a_value_takes_the_look_of_its_place(bench: Bench) -> None:
    document = bench.document(text_block("*a **{{ record.code }}***"))
    assert inlines(document) == [
        TextRun("a ", emphasis=True),
        TextRun("T1", strong=True, emphasis=True),
    ]


def test_prose_keeps_its_own_look_in_a_line(bench: Bench) -> None:
    record = "duration: About **one** hour.\n"
    document = bench.document(text_block("*Time:* {{ record.duration }}"), record)
    assert inlines(document) == [
        TextRun("Time:", emphasis=True),
        TextRun(" About "),
        TextRun("one", strong=True),
        TextRun(" hour."),
    ]


def test_prose_alone_in_a_paragraph_gives_all_its_blocks(bench: Bench) -> None:
    record = "risks: |\n  Few:\n\n  - Pain\n  - Worry\n"
    document = bench.document(text_block("{{ record.risks }}"), record)
    first, second = document.blocks
    assert isinstance(first, Paragraph)
    assert isinstance(second, ListBlock)
    assert [texts(item.blocks) for item in second.items] == [["Pain"], ["Worry"]]


def test_prose_alone_in_a_look_or_a_link_keeps_both(bench: Bench) -> None:
    record = "duration: One *long* hour.\n"
    strong = bench.document(text_block("**{{ record.duration }}**"), record)
    assert inlines(strong) == [
        TextRun("One ", strong=True),
        TextRun("long", strong=True, emphasis=True),
        TextRun(" hour.", strong=True),
    ]
    linked = inlines(bench.document(text_block("[{{ record.duration }}](tel:5550100)"), record))
    assert [run.link and run.link.href for run in linked if isinstance(run, TextRun)] == (
        ["tel:5550100"] * 3
    )


def test_prose_of_many_paragraphs_in_a_line_is_refused(bench: Bench) -> None:
    with pytest.raises(DocgenError) as refused:
        bench.document(text_block("Risks: {{ record.risks }}"), "risks: |\n  One.\n\n  Two.\n")
    assert str(refused.value) == (
        "sheet.yaml:12:17: error[wrong-type]: 'record.risks' is more than one paragraph in "
        "records/local/T1.yaml, and stands in a line here\n"
        "  hint: give it a section with 'field', or a text of its own"
    )


def test_line_breaks_in_a_value_are_blanks(bench: Bench) -> None:
    document = bench.document(text_block("{{ record.specialty }}"), "specialty: |\n  One\n  two\n")
    assert inlines(document) == [TextRun("One two")]


def test_braces_in_quotes_belong_to_the_text(bench: Bench) -> None:
    document = bench.document(text_block("{{ '{{ }}' }} {{ '{%' }}"))
    assert inlines(document) == [TextRun("{{ }} {%")]


def test_page_numbers_are_fields(bench: Bench) -> None:
    footer = """\
footer:
  first:
    - {id: foot, type: text, text: "**Page {{ page.number }}** of {{ page.count }}"}
"""
    layout = bench.layout(text_block("x"), footer)
    (paragraph,) = compose(layout, bench.record()).footer.first
    assert isinstance(paragraph, Paragraph)
    assert paragraph.inlines == (
        TextRun("Page ", strong=True),
        PageField("number", strong=True),
        TextRun(" of "),
        PageField("count"),
    )


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("[site]({{ organization.website }})", "https://clinic.example"),
        ("[site]({{ organization.website }}/a?q={{ record.title }})", "https://clinic.example/a?q=Test%20procedure"),
        ("[call](tel:{{ '555 0100' }})", "tel:5550100"),
        ("[find](https://a.example/{{ record.title }}/x)", "https://a.example/Test%20procedure/x"),
        ("[find](https://a.example/?q={{ 'a&b=c#d/é' }})", "https://a.example/?q=a%26b%3Dc%23d%2F%C3%A9"),
        ("[fixed](https://a.example/b)", "https://a.example/b"),
    ],
)  # fmt: skip
def test_values_fill_link_targets(text: str, target: str, bench: Bench) -> None:
    layout = bench.layout(text_block(text))
    document = compose(layout, bench.record(), bench.organization())
    (run,) = inlines(document)
    assert isinstance(run, TextRun)
    assert run.link
    assert run.link.href == target


def test_a_link_with_a_filled_scheme_is_checked(bench: Bench) -> None:
    with pytest.raises(DocgenError) as refused:
        bench.document(
            text_block("[x]({{ record.specialty }})"), "specialty: javascript:alert(1)\n"
        )
    assert str(refused.value) == (
        "sheet.yaml:12:14: error[bad-link]: this link has the scheme 'javascript', which no sheet "
        "may open\n"
        "  hint: a link begins with one of https, http, mailto, tel, such as https://example.org"
    )


def test_each_use_of_a_link_is_a_link_of_its_own(bench: Bench) -> None:
    record = "risks: See [here](https://a.example) and [here](https://a.example).\n"
    document = bench.document(text_block("{{ record.risks }}\n\n      {{ record.risks }}"), record)
    links = [
        inline.link
        for block in document.blocks
        if isinstance(block, Paragraph)
        for inline in block.inlines
        if isinstance(inline, TextRun) and inline.link
    ]
    assert len({id(link) for link in links}) == 4
    assert len({id(block) for block in document.blocks}) == 2


def test_plain_texts_are_no_commonmark(bench: Bench) -> None:
    block = """\
  - id: qr
    type: qr-code
    value: "https://a.example/{{ record.code }}?*a*"
    alt: "*{{ record.title }}*"
    caption: "_{{ record.code }}_"
"""
    (code,) = bench.document(block).blocks
    assert isinstance(code, Code)
    assert (code.payload, code.alt, code.caption) == (
        "https://a.example/T1?*a*",
        "*Test procedure*",
        "_T1_",
    )


def test_the_document_tells_what_it_is(bench: Bench) -> None:
    layout = bench.layout(text_block("x"))
    document = compose(layout, bench.record(), bench.organization())
    assert (document.title, document.language, document.subject, document.author) == (
        "Test procedure",
        "en",
        "Local code T1",
        "Sample Clinic",
    )
    assert compose(layout, bench.record()).author == "Ann Sample, Bo Sample"


def test_the_document_carries_its_record_and_nothing_of_the_organization(bench: Bench) -> None:
    record = bench.record()
    layout = bench.layout(text_block("x"))
    attachment = compose(layout, record, bench.organization()).attachment
    assert attachment == Attachment(
        name="local-T1.json",
        media_type="application/json",
        description="Record of Local code T1, version 1",
        data=record_json(record),
        modified=date(2026, 6, 1),
    )
    assert json.loads(attachment.data)["title"] == "Test procedure"
    assert b"Sample Clinic" not in attachment.data


PRINTABLE = st.text(
    st.characters(min_codepoint=0x20, max_codepoint=0x17F, exclude_categories=("Cc", "Cf")),
    min_size=1,
).filter(str.strip)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(value=PRINTABLE)
def test_any_text_of_a_record_survives(value: str, bench: Bench) -> None:
    quoted = value.replace("'", "''")
    layout = text_block("[{{ record.specialty }}] {{ record.specialty }}") + (
        "\n  - {id: h, type: section, heading: '{{ record.specialty }}', field: record.specialty}"
    )
    document = bench.document(layout, f"specialty: '{quoted}'\n")
    first, section = document.blocks
    assert isinstance(first, Paragraph)
    known = str(bench.record(f"specialty: '{quoted}'\n").specialty)
    assert plain_text(first.inlines) == f"[{known}] {known}"
    assert texts(section.blocks) == [known, known]  # type: ignore[union-attr]
