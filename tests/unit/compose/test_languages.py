"""Texts in another language than the layout's name it, and no others do."""

from collections.abc import Iterator

from docgen.compose import compose
from docgen.document import (
    Block,
    Document,
    Heading,
    ListBlock,
    Paragraph,
    Section,
    Table,
    TextRun,
)
from docgen.layouts import LoadedOrganization
from tests.unit.compose.conftest import RECORD, Bench

Spoken = list[tuple[str, str | None]]


def spoken(document: Document) -> Spoken:
    """Every run of the document with its language, in reading order."""
    return [(run.text, run.language) for block in document.blocks for run in _runs(block)]


def _runs(block: Block) -> Iterator[TextRun]:
    match block:
        case Paragraph() | Heading():
            yield from (inline for inline in block.inlines if isinstance(inline, TextRun))
        case Section():
            yield from (run for inner in block.blocks for run in _runs(inner))
        case ListBlock():
            for item in block.items:
                yield from (run for inner in item.blocks for run in _runs(inner))
        case Table():
            for row in block.rows:
                for cell in row.cells:
                    yield from (run for inner in cell.blocks for run in _runs(inner))


def paragraph(text: str) -> str:
    return f"  - id: t\n    type: text\n    text: |-\n      {text}"


def filled(
    bench: Bench,
    blocks: str,
    language: str | None = "es",
    more: str = "",
    organization: LoadedOrganization | None = None,
) -> Spoken:
    """What a layout in English says of a record in a language."""
    said = f"language: {language}\n" if language else ""
    record = bench.record_of(RECORD + said + more)
    return spoken(compose(bench.layout(blocks), record, organization))


def test_values_of_a_record_carry_its_language(bench: Bench) -> None:
    assert filled(bench, paragraph("About **{{ record.title }}**: {{ record.summary }}")) == [
        ("About ", None),
        ("Test procedure", "es"),
        (": ", None),
        ("A short summary.", "es"),
    ]


def test_a_record_in_the_language_of_the_layout_or_in_none_names_no_language(bench: Bench) -> None:
    for language in ("en", None):
        assert filled(bench, paragraph("About {{ record.title }}"), language) == [
            ("About Test procedure", None)
        ]


def test_codes_numbers_and_dates_are_read_in_the_language_of_the_layout(bench: Bench) -> None:
    text = (
        "{{ record.code }} {{ record.code_system.name }} {{ record.provenance.version }} "
        "{{ record.provenance.reviewed_on | date }} {{ record.policies | length }}"
    )
    policy = "policies:\n  - {payer: Plan, title: Policy}\n"
    assert filled(bench, paragraph(text), more=policy) == [("T1 Local code 1 June 1, 2026 1", None)]


def test_each_part_of_an_expression_carries_its_language(bench: Bench) -> None:
    text = (
        "{{ record.name ~ ' by ' ~ (record.provenance.authors | join(' & ')) }} "
        "{{ record.specialty or 'none' }} {{ record.title | upper if record.summary else 'no' }}"
    )
    assert filled(bench, paragraph(text)) == [
        ("A procedure for tests", "es"),
        (" by ", None),
        ("Ann Sample & Bo Sample", "es"),
        (" none ", None),
        ("TEST PROCEDURE", "es"),
    ]


def test_prose_and_its_lists_carry_the_language(bench: Bench) -> None:
    blocks = "  - {id: risks, type: section, heading: Risks, field: record.risks}"
    assert filled(bench, blocks, more="risks: |\n  Uno.\n\n  - dos **tres**\n") == [
        ("Title", None),
        ("Risks", None),
        ("Uno.", "es"),
        ("dos ", "es"),
        ("tres", "es"),
    ]


def test_a_field_of_text_carries_the_language(bench: Bench) -> None:
    blocks = "  - {id: risks, type: section, heading: About, field: record.name ~ '!'}"
    expected = [("Title", None), ("About", None), ("A procedure for tests", "es"), ("!", None)]
    assert filled(bench, blocks) == expected


def test_the_items_of_a_list_carry_the_language_of_its_owner(bench: Bench) -> None:
    blocks = """\
  - id: t
    type: table
    rows: policy in record.policies
    columns:
      - {heading: Payer, text: "{{ policy.payer }}"}
      - {heading: Number, text: "No. {{ policy.number or 'none' }}"}"""
    policy = "policies:\n  - {payer: Plan, title: Policy}\n"
    assert filled(bench, blocks, more=policy) == [("Plan", "es"), ("No. none", None)]


def test_texts_of_an_organization_carry_its_language(bench: Bench) -> None:
    blocks = """\
  - id: t
    type: text
    for_each: phone in organization.phones
    when: phone.hours
    text: "{{ organization.name }} {{ phone.label }}: {{ phone.number }} {{ record.title }}\""""
    assert filled(bench, blocks, organization=bench.organization("language: fr\n")) == [
        ("Sample Clinic", "fr"),
        (" ", None),
        ("Nurse line", "fr"),
        (": 555-0100 ", None),
        ("Test procedure", "es"),
    ]


def test_a_passage_of_a_record_wins_over_the_language_of_the_record(bench: Bench) -> None:
    risks = "risks: uno [two](lang:en) [trois](lang:fr) [cuatro](lang:es)\n"
    assert filled(bench, paragraph("{{ record.risks }}"), more=risks) == [
        ("uno ", "es"),
        ("two", None),
        (" ", "es"),
        ("trois", "fr"),
        (" ", "es"),
        ("cuatro", "es"),
    ]


def test_a_passage_of_a_layout_says_the_language_of_what_is_filled_into_it(bench: Bench) -> None:
    text = "[{{ record.name }} [hoy](lang:es) {{ record.risks }}](lang:fr)"
    assert filled(bench, paragraph(text), more="risks: un [deux](lang:es)\n") == [
        ("A procedure for tests ", "fr"),
        ("hoy", "es"),
        (" un ", "fr"),
        ("deux", "es"),
    ]
    assert filled(bench, paragraph("[{{ record.risks }}](lang:fr)"), more="risks: un\n") == [
        ("un", "fr")
    ]
    assert filled(bench, paragraph("[{{ record.name }}](lang:en)")) == [
        ("A procedure for tests", None)
    ]
