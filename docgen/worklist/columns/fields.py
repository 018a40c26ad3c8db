"""What a worklist can say of a visit, and the headings under which it may say it.

All of it follows from the fields of ``Visit`` and ``Entry``; only the two that say whether a visit
takes place stand here, since no entry keeps them.
"""

from typing import Final

from docgen.columns import Vocabulary, in_order
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


_OF_MODELS: Final = {
    field.column: field for model in (Visit, Entry) for field in visit_fields(model)
}
ENTERED: Final = tuple(
    _OF_MODELS[name] for name in in_order((one.column, one.after) for one in _OF_MODELS.values())
)
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
