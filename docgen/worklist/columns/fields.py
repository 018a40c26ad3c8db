"""What a worklist can say of a visit, and the headings under which it may say it.

All of it follows from the fields of ``Visit`` and ``Entry``; only the two that say whether a visit
takes place stand here, since no entry keeps them.
"""

from typing import Final

from docgen.columns import Vocabulary
from docgen.visits import Kind, Visit, VisitField, visit_fields
from docgen.worklist.entries import Entry

STATUS: Final = VisitField(
    called="the status",
    about="Whether the visit takes place, such as Appt Status. Of several, each is read on its "
    "own.",
    column="status",
    kind="status",
    fhir="Appointment.status, or that of the order",
    private=False,
    words="{Canceled by pt: cancelled, 2 - Intake: arrived}",
)
CANCELLED: Final = VisitField(
    called="the cancellation",
    about="The date, the reason or a mark of a cancellation: whatever stands there, but a no, "
    "cancels the visit. Of several, each is read on its own.",
    column="cancelled",
    kind="cancellation",
    fhir=None,
    words="{1900-01-01: no, Moved: yes}",
)


def _in_order() -> tuple[VisitField, ...]:
    """The fields of an entry in the order in which tables are written."""
    fields = [*visit_fields(Visit), *visit_fields(Entry)]
    for field in [one for one in fields if one.after]:
        fields.remove(field)
        fields.insert([one.column for one in fields].index(str(field.after)) + 1, field)
    return tuple(fields)


ENTERED: Final = _in_order()
"""The fields that an entry is made of, which every worklist may have."""
ALL: Final = (*ENTERED, STATUS, CANCELLED)
"""Those that only a map can name among them: a column called Status may be that of an insurance."""
FIELDS: Final = tuple(field.column for field in ALL)
USUAL: Final = tuple(field.column for field in ENTERED)
"""The fields that every worklist may have, in their order."""
REQUIRED: Final = tuple(field.column for field in ENTERED if field.required)
USUAL_HEADINGS: Final = {field.column: field.headings for field in ENTERED}
"""Headings that need no column map. Case, blanks, underscores and other marks do not matter."""

VOCABULARY: Final = Vocabulary(USUAL_HEADINGS)


def of_kinds(*kinds: Kind) -> tuple[VisitField, ...]:
    """The fields of some kinds, in their order."""
    return tuple(field for field in ALL if field.kind in kinds)
