"""A patient's visit: the only values of a sheet that differ from one patient to the next."""

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

VisitValue = Literal["patient_name", "birth_date", "appointment", "place", "provider"]
"""What a sheet may say of a visit, named as the attributes of ``Visit``."""


class Visit(Struct, frozen=True, kw_only=True):
    """Whom a sheet is prepared for. Texts are data: they are printed as they stand.

    Its values are a patient's: they belong on the patient's pages and nowhere else, so that a
    representation of it shows none of them.
    """

    patient_name: str
    birth_date: date | None = None
    appointment: datetime | date | None = None
    """In the clinic's own time, without a zone; a day where its hour is not known."""
    place: str | None = None
    provider: str | None = None

    def __repr__(self) -> str:
        return "Visit(…)"
