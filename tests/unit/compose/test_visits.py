"""What a sheet says of a patient's visit."""

import os
import subprocess
import sys
from datetime import date, datetime

import pytest
from msgspec.structs import replace

from docgen.compose.visits import filled
from docgen.document import (
    Document,
    Heading,
    KeyFacts,
    Paragraph,
    PreparedFor,
    TextRun,
    Visit,
    VisitFact,
    VisitValue,
)
from docgen.typeset import typeset
from docgen.typeset.pages import TextPiece
from tests.sheets import paper, text

LABELS: dict[str, VisitValue] = {
    "For": "patient_name",
    "Born": "birth_date",
    "When": "appointment",
    "Where": "place",
    "With": "provider",
}
VISIT = Visit(
    patient_name="Pat Example",
    birth_date=date(1948, 3, 9),
    appointment=datetime(2026, 11, 24, 14, 5),
    place="Room 2",
    provider="Dr. Sample",
)


def sheet(language: str = "en", dated_in: str | None = "en") -> Document:
    facts = tuple(VisitFact(text(label, "label"), value) for label, value in LABELS.items())
    document = paper(Heading(1, (TextRun("A test"),)), PreparedFor(facts, "note", 2, dated_in))
    return replace(document, language=language)


def said(visit: Visit, language: str | None = "en") -> list[tuple[str, str]]:
    """What a sheet says of a visit, its dates in a language."""
    (block,) = (
        block
        for block in filled(sheet(language or "hmn", language), visit).blocks
        if isinstance(block, PreparedFor)
    )
    return [
        (plain(fact.label), plain(value))
        for facts in block.blocks
        if isinstance(facts, KeyFacts)
        for fact in facts.facts
        for value in fact.blocks
        if isinstance(value, Paragraph)
    ]


def plain(paragraph: Paragraph) -> str:
    return "".join(run.text for run in paragraph.inlines if isinstance(run, TextRun))


def printed(document: Document) -> str:
    items = (item for page in typeset(document).pages for item in page.marks)
    return " ".join(item.text for item in items if isinstance(item, TextPiece))


def test_a_visit_is_said_fact_by_fact() -> None:
    assert said(VISIT) == [
        ("For", "Pat Example"),
        ("Born", "March 9, 1948"),
        ("When", "Tuesday, November 24, 2026, 2:05 PM"),
        ("Where", "Room 2"),
        ("With", "Dr. Sample"),
    ]


def test_what_a_visit_does_not_say_is_left_out_with_its_label() -> None:
    assert said(Visit(patient_name="Pat Example")) == [("For", "Pat Example")]


@pytest.mark.parametrize(
    ("moment", "language", "expected"),
    [
        (datetime(2026, 11, 24, 0, 0), "en", "Tuesday, November 24, 2026, 12:00 AM"),
        (datetime(2026, 11, 24, 12, 30), "en-US", "Tuesday, November 24, 2026, 12:30 PM"),
        (date(2026, 11, 24), "en", "Tuesday, November 24, 2026"),
        (datetime(2026, 11, 24, 14, 5), "es", "martes, 24 de noviembre de 2026, 14:05"),
        (date(2026, 11, 24), "es", "martes, 24 de noviembre de 2026"),
    ],
)
def test_an_appointment_is_said_as_its_language_does(
    moment: date, language: str, expected: str
) -> None:
    visit = Visit(patient_name="Pat Example", appointment=moment)
    assert said(visit, language)[1] == ("When", expected)


def test_dates_are_digits_where_no_language_has_words_for_them() -> None:
    assert said(VISIT, None)[1:3] == [("Born", "1948-03-09"), ("When", "2026-11-24, 14:05")]


def test_dates_in_another_language_say_so_and_nothing_else_does() -> None:
    (block,) = (
        block
        for block in filled(sheet("hmn", "en"), VISIT).blocks
        if isinstance(block, PreparedFor)
    )
    (facts,) = block.blocks
    assert isinstance(facts, KeyFacts)
    values = [fact.blocks[0] for fact in facts.facts]
    spoken = [
        value.inlines[0].language
        for value in values
        if isinstance(value, Paragraph) and isinstance(value.inlines[0], TextRun)
    ]
    assert spoken == [None, "en", "en", None, None]


@pytest.mark.parametrize("zone", ["America/New_York", "EST5EDT,M3.2.0,M11.1.0", "<+1245>-12:45"])
def test_an_hour_is_the_same_in_whatever_zone_the_machine_stands(zone: str) -> None:
    """On the night that clocks go forward in New York, 2:30 does not exist there.

    ICU reads zones without a name in another way than Python does.
    """
    program = (
        "from datetime import datetime\n"
        "from docgen.compose.regional import appointment\n"
        "print(appointment(datetime(2026, 3, 8, 2, 30), 'es'))"
    )
    environment = {**os.environ, "TZ": zone}
    run = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, check=True, text=True
    )
    assert run.stdout == "domingo, 8 de marzo de 2026, 2:30\n"


def test_a_name_is_printed_as_it_stands_and_read_as_nothing_else() -> None:
    name = "{{ record }} **Bold** [a](b) <i>O'Neil</i> & Sons"
    assert name.split(maxsplit=1)[0] in printed(filled(sheet(), Visit(patient_name=name)))
    assert (
        "".join(printed(filled(sheet(), Visit(patient_name=name))).split()).count(
            "".join(name.split())
        )
        == 1
    )


def test_a_sheet_for_nobody_has_no_place_for_a_name() -> None:
    assert printed(sheet()) == "A test"


def test_what_shows_a_visit_shows_none_of_it() -> None:
    assert repr(VISIT) == str(VISIT) == "Visit(…)"
