"""What a worklist can say of a visit, and the headings under which it may say it."""

from typing import Final, Literal, get_args

from docgen.code_systems import CODE_SYSTEMS
from docgen.source.headings import plain_heading

Field = Literal[
    "patient_name",
    "patient_id",
    "birth_date",
    "appointment_time",
    "location",
    "provider",
    "codes",
    "language",
    "large_print",
    "copies",
    "layouts",
    "clinic",
    "status",
    "cancelled",
]

FIELDS: Final[tuple[Field, ...]] = get_args(Field)
REQUIRED: Final[tuple[Field, ...]] = ("patient_name", "codes")

USUAL_HEADINGS: Final[dict[Field, tuple[str, ...]]] = {
    "patient_name": ("Patient Name", "Patient", "Name", "Full Name", "Patient Full Name"),
    "patient_id": ("Patient ID", "MRN", "Medical Record Number", "MR Number", "Patient Number"),
    "birth_date": ("Birth Date", "DOB", "Date of Birth", "Birthdate", "Patient DOB"),
    "appointment_time": (
        "Appointment Time",
        "Appt Time",
        "Appointment",
        "Appt",
        "Appointment Date Time",
        "Appt Date Time",
        "Appointment Date",
        "Appt Date",
    ),
    "location": ("Location", "Place", "Room", "Appointment Location", "Appt Location"),
    "provider": ("Provider", "Provider Name", "Physician", "Doctor", "Clinician"),
    "codes": (
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
    "language": ("Language", "Preferred Language", "Patient Language", "Lang"),
    "large_print": ("Large Print",),
    "copies": ("Copies", "Number of Copies"),
    "layouts": ("Layouts", "Layout", "Sheets"),
    "clinic": ("Clinic", "Department", "Dept", "Clinic Name", "Department Name"),
}
"""Headings that need no column map. Case, blanks, underscores and other marks do not matter.

The fields that are not here are known by a map alone: a column called Status may well be that of
an insurance.
"""

USUAL: Final[tuple[Field, ...]] = tuple(USUAL_HEADINGS)
"""The fields that every worklist may have, in their order."""

_KNOWN: Final[dict[str, Field]] = {
    plain_heading(heading): field
    for field, headings in USUAL_HEADINGS.items()
    for heading in (field, *headings)
}


def field_under(heading: str) -> Field | None:
    """The field that stands under a heading, or None where the heading is not known."""
    return _KNOWN.get(plain_heading(heading))
