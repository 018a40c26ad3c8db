"""A patient's visit: the only values of a sheet that differ from one patient to the next."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from msgspec import Struct

from docgen.visits.fields import VisitField, visit_fields


class Visit(Struct, frozen=True, kw_only=True):
    """Whom a sheet is prepared for. Texts are data: they are printed as they stand.

    Its values are a patient's: they belong on the patient's pages and nowhere else, so that a
    representation of it shows none of them.
    """

    called: ClassVar[str] = "visit"

    patient_name: Annotated[
        str,
        VisitField(
            called="the patient's name",
            about="Name as it is printed, such as [Pt First, Pt Last].",
            headings=("Patient Name", "Patient", "Name", "Full Name", "Patient Full Name"),
            fhir="the Patient's name that holds on the day: the official, else the usual, else "
            "another one, but never an old one",
        ),
    ]
    birth_date: Annotated[
        date | None,
        VisitField(
            called="the date of birth",
            about="Date of birth.",
            headings=("Birth Date", "DOB", "Date of Birth", "Birthdate", "Patient DOB"),
            fhir="Patient.birthDate, which must be whole",
        ),
    ] = None
    appointment: Annotated[
        datetime | date | None,
        VisitField(
            called="the appointment",
            about="Day and time, such as [Appt Date, Appt Time].",
            column="appointment_time",
            headings=(
                "Appointment Time",
                "Appt Time",
                "Appointment",
                "Appt",
                "Appointment Date Time",
                "Appt Date Time",
                "Appointment Date",
                "Appt Date",
            ),
            fhir="Appointment.start, by the clock of its offset",
        ),
    ] = None
    """In the clinic's own time, without a zone; a day where its hour is not known."""
    place: Annotated[
        str | None,
        VisitField(
            called="the place",
            about="Where the patient is to come.",
            column="location",
            headings=("Location", "Place", "Room", "Appointment Location", "Appt Location"),
            fhir="the places among the participants",
            otherwise="clinic",
        ),
    ] = None
    provider: Annotated[
        str | None,
        VisitField(
            called="the provider",
            about="Whom the patient will see.",
            headings=("Provider", "Provider Name", "Physician", "Doctor", "Clinician"),
            fhir="the clinicians among the participants, those who do it before all others",
        ),
    ] = None

    def __repr__(self) -> str:
        return "Visit(…)"


if TYPE_CHECKING:
    VisitValue = str
else:
    VisitValue = Literal[Visit.__struct_fields__]
"""What a sheet may say of a visit, named as the attributes of ``Visit``.

At run time the choice of their names, so that a layout that names another one is refused.
"""


def private_values(visit: Visit) -> Iterator[object]:
    """All that a visit says and that is the patient's own; what no field is marked for is."""
    known = {field.attribute for field in visit_fields(Visit) if not field.private}
    for name in Visit.__struct_fields__:
        value = getattr(visit, name)
        if value is not None and name not in known:
            yield value
