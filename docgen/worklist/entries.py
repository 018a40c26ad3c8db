"""What a worklist says, row by row, whatever form it has."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, Final, Protocol

from msgspec import Struct

from docgen.code_systems import CODE_SYSTEMS
from docgen.diagnostics import Diagnostic, Span
from docgen.visits import Visit, VisitField, visit_fields


class ListedCode(Struct, frozen=True):
    """A procedure as a worklist names it."""

    code: str
    code_system: str | None = None
    """Id of the code system, such as cpt; None where the worklist does not say."""
    span: Span | None = None
    """Where the worklist says so, for refusals of the code."""


class Entry(Struct, frozen=True, kw_only=True):
    """One visit of one patient, as a worklist orders its packet.

    None stands for what the worklist does not say. ``repr`` shows no value of it.
    """

    visit: Visit
    patient_id: Annotated[
        str | None,
        VisitField(
            called="the number of the patient's record",
            about="Number of the patient's record.",
            headings=("Patient ID", "MRN", "Medical Record Number", "MR Number", "Patient Number"),
            fhir="the Patient's identifier of the type MR",
            kind="identifier",
            after="patient_name",
        ),
    ] = None
    codes: Annotated[
        tuple[ListedCode, ...],
        VisitField(
            called="the codes",
            about="Codes of the procedures.",
            headings=(
                "Codes",
                "Code",
                "Procedure Codes",
                "Procedure Code",
                "Proc Code",
                "Proc Codes",
                *(
                    heading
                    for system in CODE_SYSTEMS.values()
                    if system.is_outpatient
                    for heading in (system.name, f"{system.name} Code", f"{system.name} Codes")
                ),
            ),
            fhir="the Appointment's own `serviceType` and `reasonCode`; else the ServiceRequests "
            "that it is `basedOn`, or the Procedures based on those; else a Procedure that is its "
            "reason and still to be done, and the Procedures of its Encounter",
            kind="codes",
            private=False,
        ),
    ]
    language: Annotated[
        str | None,
        VisitField(
            called="the language",
            about="Language of the patient's sheets.",
            headings=("Language", "Preferred Language", "Patient Language", "Lang"),
            fhir="of Patient.communication the preferred language, or the only one",
            kind="language",
            private=False,
            words="{Espanol: es, Declined: en}",
        ),
    ] = None
    large_print: Annotated[
        bool | None,
        VisitField(
            called="large print",
            about="Whether they are in large print.",
            headings=("Large Print",),
            fhir=None,
            private=False,
            words='{"18 pt": yes, Standard: no}',
        ),
    ] = None
    copies: Annotated[
        int,
        VisitField(
            called="the number of copies",
            about="How many copies are printed.",
            headings=("Copies", "Number of Copies"),
            fhir=None,
            kind="copies",
            private=False,
        ),
    ] = 1
    layouts: Annotated[
        tuple[str, ...] | None,
        VisitField(
            called="the layouts",
            about="The layouts, if not the usual ones.",
            headings=("Layouts", "Layout", "Sheets"),
            fhir=None,
            kind="layouts",
            private=False,
        ),
    ] = None
    clinic: Annotated[
        str | None,
        VisitField(
            called="the clinic",
            about="Clinic, to sort and divide by.",
            headings=("Clinic", "Department", "Dept", "Clinic Name", "Department Name"),
            fhir="the healthcare service among the participants",
        ),
    ] = None

    def __repr__(self) -> str:
        return "Entry(…)"


_OF_VISIT: Final = tuple((field.attribute, field.column) for field in visit_fields(Visit))
_OF_ENTRY: Final = tuple((field.attribute, field.column) for field in visit_fields(Entry))
_STAND_INS: Final = tuple(
    (field.attribute, field.otherwise) for field in visit_fields(Visit) if field.otherwise
)


def entry_of(values: Mapping[str, Any]) -> Entry:
    """The entry of what a row says, by the columns of the fields; what is not there it leaves out.

    Nothing else makes one: a field that only some forms of worklists knew would be lost in others.
    """
    visit = {name: values[column] for name, column in _OF_VISIT if column in values}
    for name, otherwise in _STAND_INS:
        if name not in visit and otherwise in values:
            visit[name] = values[otherwise]
    further = {name: values[column] for name, column in _OF_ENTRY if column in values}
    return Entry(visit=Visit(**visit), **further)


class WorklistRow(Struct, frozen=True, kw_only=True):
    """One row of a worklist: what it says, or why it cannot be used."""

    number: int
    """As a spreadsheet counts: the headings of a table are row 1, and a row may go on over several
    lines; below a quote that is wrong, each line is one. Lines of JSON and appointments of a FHIR
    bundle count from 1, without those that are left out."""
    cells: tuple[str, ...]
    """The row as it stands, one text for each of the worklist's ``columns``, of which the last may
    be left out: to correct it and feed it back."""
    entry: Entry | None
    span: Span | None = None
    """Where the row stands."""
    problems: tuple[Diagnostic, ...] = ()
    """Why there is no entry, or warnings about it; no message repeats a value of a patient."""

    def __repr__(self) -> str:
        return f"Row(number={self.number}, …)"


class LeftOut(Struct, frozen=True):
    """A row whose visit does not take place, or is over: why, in the word that is counted."""

    reason: str


def rows_to_print(
    made: Iterable[WorklistRow | LeftOut], left_out: Counter[str]
) -> Iterator[WorklistRow]:
    """The rows that are to be printed; the others are counted, by reason."""
    for one in made:
        if isinstance(one, LeftOut):
            left_out[one.reason] += 1
        else:
            yield one


class Worklist(Protocol):
    """A worklist that is read as a stream: memory does not grow with its length.

    It can be iterated more than once; each time it is read anew from its file.
    """

    columns: tuple[str, ...]
    """The headings of the worklist, in its order; complete once all rows were read."""
    left_out: Mapping[str, int]
    """How many rows were left out for what reason, such as {"cancelled": 3}; complete once all
    rows were read."""
    incomplete: bool
    """Whether the file says itself that it may not be the whole day."""

    def __iter__(self) -> Iterator[WorklistRow]: ...
