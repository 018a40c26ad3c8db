"""``worklist-map.yaml``: how one EHR names its columns and writes its dates."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final, Literal

import msgspec
from msgspec import Meta
from msgspec.structs import replace

from docgen.code_systems import CODE_SYSTEMS
from docgen.diagnostics import Findings, Span
from docgen.source import (
    SUFFIXES,
    Language,
    Mapping,
    Positioned,
    Scalar,
    Text,
    bind,
    is_there,
    json_schema,
    place_of,
    read_file,
)
from docgen.source.encodings import Encoding
from docgen.source.headings import plain_heading, several
from docgen.worklist.columns.fields import FIELDS, USUAL, Field
from docgen.worklist.values.date_forms import DateForm
from docgen.worklist.values.statuses import Status
from docgen.worklist.values.time_zones import TimeZone

NAME: Final = "worklist-map"

if TYPE_CHECKING:
    CodeSystemId = str
else:
    CodeSystemId = Literal[*CODE_SYSTEMS]

Headings = Text | tuple[Text, ...]
Forms = DateForm | tuple[DateForm, ...]


class ColumnSection(Positioned, frozen=True, kw_only=True, eq=False):
    """The headings of each field; of several, the cells are joined by a space in this order."""

    patient_name: Annotated[
        Headings | None,
        Meta(description="Name as it is printed, such as [Pt First, Pt Last].", min_length=1),
    ] = None
    patient_id: Annotated[
        Headings | None, Meta(description="Number of the patient's record.", min_length=1)
    ] = None
    birth_date: Annotated[Headings | None, Meta(description="Date of birth.", min_length=1)] = None
    appointment_time: Annotated[
        Headings | None,
        Meta(description="Day and time, such as [Appt Date, Appt Time].", min_length=1),
    ] = None
    location: Annotated[
        Headings | None, Meta(description="Where the patient is to come.", min_length=1)
    ] = None
    provider: Annotated[
        Headings | None, Meta(description="Whom the patient will see.", min_length=1)
    ] = None
    codes: Annotated[
        Headings | None, Meta(description="Codes of the procedures.", min_length=1)
    ] = None
    language: Annotated[
        Headings | None, Meta(description="Language of the patient's sheets.", min_length=1)
    ] = None
    large_print: Annotated[
        Headings | None, Meta(description="Whether they are in large print.", min_length=1)
    ] = None
    copies: Annotated[
        Headings | None, Meta(description="How many copies are printed.", min_length=1)
    ] = None
    layouts: Annotated[
        Headings | None, Meta(description="The layouts, if not the usual ones.", min_length=1)
    ] = None
    clinic: Annotated[
        Headings | None, Meta(description="Clinic, to sort and divide by.", min_length=1)
    ] = None
    status: Annotated[
        Headings | None,
        Meta(
            description="Whether the visit takes place, such as Appt Status. Of several, each is "
            "read on its own.",
            min_length=1,
        ),
    ] = None
    cancelled: Annotated[
        Headings | None,
        Meta(
            description="The date, the reason or a mark of a cancellation: whatever stands there, "
            "but a no, cancels the visit. Of several, each is read on its own.",
            min_length=1,
        ),
    ] = None


class DateSection(Positioned, frozen=True, kw_only=True, eq=False):
    """The forms in which dates are written besides ISO 8601, which is always read."""

    birth_date: Annotated[Forms | None, Meta(description="Such as MM/DD/YYYY.", min_length=1)] = (
        None
    )
    appointment_time: Annotated[
        Forms | None, Meta(description="Such as MM/DD/YYYY hh:mm AM.", min_length=1)
    ] = None


class SeparatorSection(Positioned, frozen=True, kw_only=True, eq=False):
    """What stands between several values of one cell, where it is not the usual."""

    codes: Annotated[
        Text | None,
        Meta(description="Else a semicolon, comma, vertical bar, blank or line break."),
    ] = None
    layouts: Annotated[
        Text | None,
        Meta(description="Else a semicolon, comma, vertical bar, blank or line break."),
    ] = None


class ValueSection(Positioned, frozen=True, kw_only=True, eq=False):
    """What words of the worklist stand for; capitals or not does not matter."""

    language: Annotated[
        dict[str, Language] | None, Meta(description="Such as {Espanol: es, Declined: en}.")
    ] = None
    large_print: Annotated[
        dict[str, bool] | None, Meta(description='Such as {"18 pt": yes, Standard: no}.')
    ] = None
    status: Annotated[
        dict[str, Status] | None,
        Meta(description="Such as {Canceled by pt: cancelled, 2 - Intake: arrived}."),
    ] = None
    cancelled: Annotated[
        dict[str, bool] | None, Meta(description="Such as {1900-01-01: no, Moved: yes}.")
    ] = None


class WorklistMap(Positioned, frozen=True, kw_only=True, eq=False):
    """How to read the worklists of one system; what it does not say is as usual."""

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
    encoding: Annotated[
        Encoding | None, Meta(description="Encoding of the file, such as windows-1252.")
    ] = None
    delimiter: Annotated[
        Literal[",", ";", "|", "tab"] | None,
        Meta(description="What separates the cells of a row, if the headings do not tell."),
    ] = None
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

    def headings(self, field: Field) -> tuple[Text, ...]:
        """The headings that a field is joined from, or none where the map does not name it."""
        given: Headings | None = getattr(self.columns, field, None)
        return several(given)

    @property
    def named(self) -> frozenset[str]:
        """All headings that are for a field, as headings are compared."""
        return _plain(heading for one in FIELDS for heading in self.headings(one))

    @property
    def ignored(self) -> frozenset[str]:
        """All headings that are not read, as headings are compared."""
        return _plain(several(self.ignore_columns))

    def forms(self, field: Literal["birth_date", "appointment_time"]) -> tuple[DateForm, ...]:
        """The forms of a field's dates besides ISO 8601."""
        given: Forms | None = getattr(self.dates, field, None)
        return several(given)

    def separator(self, field: Literal["codes", "layouts"]) -> str | None:
        """What separates a field's values; None where it is the usual."""
        given: Text | None = getattr(self.separators, field, None) if self.separators else None
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
    if bound is not None and isinstance(node, Mapping):
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
    first: dict[str, tuple[str, Text]] = {}
    named = [(str(field), bound.headings(field)) for field in FIELDS]
    for field, headings in (*named, ("ignore_columns", several(bound.ignore_columns))):
        for heading in headings:
            key = plain_heading(heading.value)
            other, text = first.setdefault(key, (field, heading))
            if text is not heading:
                findings.error(
                    "duplicate-column",
                    f"the heading '{heading.value}' is given to '{other}' already, on line "
                    f"{text.span.line}",
                    heading.span,
                    "give each heading to one field",
                )


def _check_forms(bound: WorklistMap, node: Mapping, findings: Findings) -> None:
    fields: tuple[Literal["birth_date", "appointment_time"], ...]
    fields = ("birth_date", "appointment_time")
    for field in fields:
        texts = [form.text for form in bound.forms(field)]
        if len(texts) != len(set(texts)):
            findings.error(
                "duplicate-form",
                f"'dates.{field}' says the same form twice",
                place_of(node, "dates", field),
                "keep one of them",
            )


def _check_values(bound: WorklistMap, node: Mapping, findings: Findings) -> None:
    """Words of a field that no heading is for, and words that mean two things."""
    section = node.get("values")
    for key, given in section.entries if isinstance(section, Mapping) else ():
        field = next((field for field in FIELDS if field == key.value), None)
        if field and field not in USUAL and not bound.headings(field):
            findings.error(
                "idle-entry",
                f"'values.{field}' says what words mean, but no column is for '{field}'",
                key.span,
                f"name its heading under 'columns': {field}: …",
            )
        said: dict[str, Scalar] = {}
        for word, _ in given.entries if isinstance(given, Mapping) else ():
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


def _plain(headings: Iterable[Text]) -> frozenset[str]:
    return frozenset(plain_heading(heading.value) for heading in headings)
