"""Which column is which field: one answer for worklists and imports, in the words of each."""

from collections.abc import Sequence

from msgspec import Struct

from docgen.columns import (
    Asked,
    ColumnsOfFields,
    Vocabulary,
    asked_by,
    match_headings,
    tell_given_twice,
)
from docgen.diagnostics import Findings, Span
from docgen.source import Scalar, TextNode
from docgen.worklist.columns.fields import VOCABULARY as OF_WORKLISTS
from tests.definitions import matchers, section_definitions

VOCABULARY = Vocabulary(
    {"name": ("Full Name", "Pt"), "code": ("CPT",), "room": ()},
    lambda heading: "code" if heading.startswith("#") else None,
)
HERE = Span("map.yaml", 3, 7)


class _Noted:
    def __init__(self) -> None:
        self.said: list[tuple[str, str, tuple[int, ...]]] = []

    def missing(self, asked: Asked) -> None:
        self.said.append(("missing", asked.heading, ()))

    def same_heading(self, asked: Asked, there: Sequence[int]) -> None:
        self.said.append(("same heading", asked.heading, tuple(there)))

    def same_field(self, field: str, there: Sequence[int]) -> None:
        self.said.append(("same field", field, tuple(there)))


def matched(
    headings: str, *asked: tuple[str, str], passed_over: Sequence[str] = ()
) -> tuple[ColumnsOfFields, list[tuple[str, str, tuple[int, ...]]]]:
    noted = _Noted()
    wanted = [Asked(field, heading, HERE) for field, heading in asked]
    columns = match_headings(headings.split(","), wanted, set(passed_over), VOCABULARY, noted)
    return columns, noted.said


def test_usual_headings_need_no_map() -> None:
    columns, said = matched("PT,full-nome,# of it,Room")
    assert columns.indexes == {"name": (0,), "code": (2,), "room": (3,)}
    assert (columns.unknown, said) == ((1,), [])
    assert columns.heading("code") == "'# of it'"


def test_what_a_map_asks_for_wins_and_joins_in_its_order() -> None:
    columns, said = matched("Pt,Last,First,CPT", ("name", "first"), ("name", "LAST"))
    assert columns.indexes == {"name": (2, 1), "code": (3,)}
    assert (columns.unknown, said) == ((0,), []), "a field of the map has no usual heading besides"
    assert columns.heading("name") == "'First' and 'Last'"


def test_a_heading_that_is_passed_over_is_neither_read_nor_unknown() -> None:
    columns, _ = matched("Pt,Room,Plan", passed_over=["room", "plan"])
    assert (columns.indexes, columns.unknown) == ({"name": (0,)}, ())


def test_each_fault_is_told_once() -> None:
    asked = (("name", "Gone"), ("code", "Cd"))
    columns, said = matched("Cd,Pt,cd,Room,Full Name,ROOM", *asked)
    assert said == [
        ("missing", "Gone", ()),
        ("same heading", "Cd", (0, 2)),
        ("same field", "name", (1, 4)),
        ("same field", "room", (3, 5)),
    ]
    assert columns.unknown == ()


def test_headings_that_a_map_names_count_as_known() -> None:
    assert VOCABULARY.known_count(["Pt", "#", "Wing", "Plan"], {"wing"}) == 3


def test_a_heading_that_is_given_twice_is_told_at_its_second_place() -> None:
    class Section(Struct):
        name: tuple[TextNode, ...]
        code: TextNode
        room: TextNode | None = None

    def text(value: str, line: int) -> TextNode:
        return TextNode(value, "", Scalar(Span("map.yaml", line, 1), value))

    section = Section((text("First", 1), text("Last", 2)), text("last", 3))
    findings = Findings()
    asked = asked_by(section, ("name", "code", "room"))
    tell_given_twice(asked, lambda first, other: f"{first.field}, {other.field}", findings)
    (told,) = findings.diagnostics
    assert (told.rule, told.message, told.span) == (
        "duplicate-column",
        "name, code",
        Span("map.yaml", 3, 1),
    )


def test_the_vocabularies_are_kept_apart() -> None:
    """``Procedure`` is the title of a record, and may be anything in a worklist."""
    from docgen.imports.tables.columns import VOCABULARY as OF_IMPORTS  # noqa: PLC0415 - see name

    assert OF_IMPORTS.field_under("Procedure") == "title"
    assert OF_WORKLISTS.field_under("Procedure") is None
    assert OF_WORKLISTS.field_under("Name") == "patient_name"
    assert OF_IMPORTS.field_under("Name") == "name"


def test_one_matcher_serves_all_tables() -> None:
    assert matchers() == ("columns/matching.py",)


def test_every_section_of_a_record_is_defined_once() -> None:
    assert set(section_definitions().values()) == {1}
