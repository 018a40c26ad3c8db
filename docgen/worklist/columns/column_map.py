"""``worklist-map.yaml``: how one EHR names its columns and writes its dates."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final, Literal

import msgspec
from msgspec import Meta
from msgspec.structs import replace

from docgen.code_systems import CODE_SYSTEMS
from docgen.columns import (
    Asked,
    Delimiter,
    Headings,
    TableEncoding,
    asked_by,
    column_fields,
    plain_heading,
    tell_given_twice,
    values_for_field,
)
from docgen.diagnostics import Findings, Span
from docgen.source import (
    SUFFIXES,
    Language,
    MappingNode,
    Positioned,
    Scalar,
    TextNode,
    bind,
    is_there,
    json_schema,
    place_of,
    read_file,
    with_fields,
)
from docgen.visits import Kind
from docgen.worklist.columns.fields import ALL, FIELDS, USUAL, of_kinds
from docgen.worklist.values.date_forms import DateForm
from docgen.worklist.values.statuses import Status
from docgen.worklist.values.time_zones import TimeZone

NAME: Final = "worklist-map"

if TYPE_CHECKING:
    CodeSystemId = str
else:
    CodeSystemId = Literal[*CODE_SYSTEMS]

Forms = DateForm | tuple[DateForm, ...]

DATED: Final = of_kinds("day", "moment")
LISTED: Final = of_kinds("codes", "layouts")


@with_fields(column_fields((field.column, field.about) for field in ALL))
class ColumnSection(Positioned, frozen=True, kw_only=True, eq=False):
    """The headings of each field; of several, the cells are joined by a space in this order."""

    called: ClassVar[str] = "the columns of a worklist"


def _form_fields() -> Iterator[tuple[str, Any]]:
    for field in DATED:
        such = "MM/DD/YYYY hh:mm AM" if field.kind == "moment" else "MM/DD/YYYY"
        yield (
            field.column,
            Annotated[Forms | None, Meta(description=f"Such as {such}.", min_length=1)],
        )


@with_fields(_form_fields())
class DateSection(Positioned, frozen=True, kw_only=True, eq=False):
    """The forms in which dates are written besides ISO 8601, which is always read."""

    called: ClassVar[str] = "the forms of dates"


_SEPARATOR: Final = "Else a semicolon, comma, vertical bar, blank or line break."


@with_fields(
    (field.column, Annotated[TextNode | None, Meta(description=_SEPARATOR)]) for field in LISTED
)
class SeparatorSection(Positioned, frozen=True, kw_only=True, eq=False):
    """What stands between several values of one cell, where it is not the usual."""

    called: ClassVar[str] = "the separators"


_MEANINGS: Final[dict[Kind | None, Any]] = {
    "language": dict[str, Language],
    "yes-or-no": dict[str, bool],
    "status": dict[str, Status],
    "cancellation": dict[str, bool],
}


def _value_fields() -> Iterator[tuple[str, Any]]:
    for field in of_kinds("language", "yes-or-no", "status", "cancellation"):
        meta = Meta(description=f"Such as {field.words}.")
        yield field.column, Annotated[_MEANINGS[field.kind] | None, meta]


@with_fields(_value_fields())
class ValueSection(Positioned, frozen=True, kw_only=True, eq=False):
    """What words of the worklist stand for; capitals or not does not matter."""

    called: ClassVar[str] = "the meanings of words"


class WorklistMap(Positioned, frozen=True, kw_only=True, eq=False):
    """How to read the worklists of one system; what it does not say is as usual."""

    called: ClassVar[str] = "worklist map"

    unwritten: ClassVar[frozenset[str]] = Positioned.unwritten | {"places"}

    columns: Annotated[
        ColumnSection | None, Meta(description="Headings of the worklist, by field.")
    ] = None
    dates: Annotated[DateSection | None, Meta(description="Forms of its dates.")] = None
    separators: Annotated[
        SeparatorSection | None, Meta(description="What separates values in a cell.")
    ] = None
    code_system: Annotated[
        CodeSystemId | None,
        Meta(description="Code system of codes that do not name one themselves."),
    ] = None
    values: Annotated[ValueSection | None, Meta(description="What its words stand for.")] = None
    time_zone: Annotated[
        TimeZone | None,
        Meta(
            description="The clinic's, for times that are in UTC or another zone, as FHIR has them."
        ),
    ] = None
    encoding: TableEncoding = None
    delimiter: Delimiter = None
    ignore_columns: Annotated[
        Headings | None,
        Meta(
            description="Headings that are not read, such as Insurance Status: they do not say "
            "whether a visit takes place.",
            min_length=1,
        ),
    ] = None
    places: dict[str, Span] = msgspec.field(default_factory=dict)
    """Where each of its entries stands."""

    def headings(self, field: str) -> tuple[TextNode, ...]:
        """The headings that a field is joined from, or none where the map does not name it."""
        given: Headings | None = getattr(self.columns, field, None)
        return values_for_field(given)

    @property
    def asked(self) -> tuple[Asked, ...]:
        """All headings that are for a field, field by field."""
        return tuple(asked_by(self.columns, FIELDS))

    @property
    def named(self) -> frozenset[str]:
        """All headings that are for a field, as headings are compared."""
        return frozenset(plain_heading(one.heading) for one in self.asked)

    @property
    def ignored(self) -> frozenset[str]:
        """All headings that are not read, as headings are compared."""
        ignored = asked_by(self, ("ignore_columns",))
        return frozenset(plain_heading(one.heading) for one in ignored)

    def forms(self, field: str) -> tuple[DateForm, ...]:
        """The forms of a field's dates besides ISO 8601."""
        given: Forms | None = getattr(self.dates, field, None)
        return values_for_field(given)

    def separator(self, field: str) -> str | None:
        """What separates a field's values; None where it is the usual."""
        given: TextNode | None = getattr(self.separators, field, None) if self.separators else None
        return given.value if given else None


def find_column_map(worklist: Path, project: Path | None = None) -> Path | None:
    """The map beside a worklist, or in a project's folder, or None where there is none.

    Raises DocgenError where that cannot be told: without its map, a worklist says something else.
    """
    folders = (worklist.parent, project) if project else (worklist.parent,)
    places = (folder / f"{NAME}{suffix}" for folder in folders for suffix in SUFFIXES)
    return next((place for place in places if is_there(place)), None)


def read_column_map(path: Path) -> WorklistMap:
    """Reads a column map. Raises DocgenError with all that is wrong with it."""
    node = read_file(path)
    findings = Findings()
    bound = bind(node, WorklistMap, findings)
    if bound is not None and isinstance(node, MappingNode):
        bound = replace(bound, places={key.value: key.span for key, _ in node.entries})
        _check_headings(bound, findings)
        _check_forms(bound, node, findings)
        _check_values(bound, node, findings)
    findings.raise_if_any()
    assert bound is not None  # else there were findings
    return bound


def refuse_idle(column_map: WorklistMap | None, form: str, idle: Iterable[str]) -> None:
    """Raises DocgenError where a map says what worklists of a form do not go by.

    ``idle`` names the entries that say nothing of them: whoever wrote one waits for its effect.
    """
    findings = Findings()
    for entry in idle:
        if getattr(column_map, entry, None) is not None:
            assert column_map is not None  # else it has no entries
            findings.error(
                "idle-entry",
                f"'{entry}' says nothing of a worklist in {form}",
                column_map.places[entry],
                f"take it out; where other worklists need it, give this one a {NAME}.yaml of its "
                "own, beside it or with --map",
            )
    findings.raise_if_any()


def column_map_schema() -> dict[str, Any]:
    """The JSON Schema of a column map."""
    return json_schema(WorklistMap, "WorklistMap")


def _check_headings(bound: WorklistMap, findings: Findings) -> None:
    """A cell that served for two fields would put one patient's value where another belongs."""

    def sentence(first: Asked, other: Asked) -> str:
        return (
            f"the heading '{other.heading}' is given to '{first.field}' already, on line "
            f"{first.span.line}"
        )

    ignored = asked_by(bound, ("ignore_columns",))
    tell_given_twice((*bound.asked, *ignored), sentence, findings)


def _check_forms(bound: WorklistMap, node: MappingNode, findings: Findings) -> None:
    for field in (one.column for one in DATED):
        texts = [form.text for form in bound.forms(field)]
        if len(texts) != len(set(texts)):
            findings.error(
                "duplicate-form",
                f"'dates.{field}' says the same form twice",
                place_of(node, "dates", field),
                "keep one of them",
            )


def _check_values(bound: WorklistMap, node: MappingNode, findings: Findings) -> None:
    """Words of a field that no heading is for, and words that mean two things."""
    section = node.get("values")
    for key, given in section.entries if isinstance(section, MappingNode) else ():
        field = next((field for field in FIELDS if field == key.value), None)
        if field and field not in USUAL and not bound.headings(field):
            findings.error(
                "idle-entry",
                f"'values.{field}' says what words mean, but no column is for '{field}'",
                key.span,
                f"name its heading under 'columns': {field}: …",
            )
        said: dict[str, Scalar] = {}
        for word, _ in given.entries if isinstance(given, MappingNode) else ():
            first = said.setdefault(plain_word(word.value), word)
            if first is not word:
                findings.error(
                    "duplicate-value",
                    f"'values.{key.value}' says the same word on line {first.span.line} already: "
                    "capitals and blanks do not matter",
                    word.span,
                    "keep one of them",
                )


@lru_cache(maxsize=512)
def plain_word(text: str) -> str:
    """A word of a worklist as words are compared: without blanks around it, in small letters."""
    return " ".join(text.split()).casefold()
