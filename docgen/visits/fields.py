"""What is to be known of a field of a visit, said where the field is declared and nowhere else.

A field of ``Visit``, or of an entry of a worklist, carries a ``VisitField`` in its annotation.
Names of columns, usual headings, column maps, readers, what FHIR says, the values that a layout may
name, reference pages and what is kept private all follow from it.
"""

from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache
from typing import Annotated, Any, Final, Literal, get_args, get_origin, get_type_hints

from msgspec import NODEFAULT, Struct
from msgspec.structs import replace

Kind = Literal[
    "text",
    "identifier",
    "day",
    "moment",
    "yes-or-no",
    "copies",
    "language",
    "codes",
    "layouts",
    "status",
    "cancellation",
]
"""How a value is read and printed. Whoever reads or prints decides on each of them, and the type
checker tells where one was left out."""

_BY_TYPE: Final[dict[Any, Kind]] = {
    str: "text",
    date: "day",
    datetime | date: "moment",
    bool: "yes-or-no",
}


class VisitField(Struct, frozen=True, kw_only=True):
    """One thing that a worklist may say of a visit.

    What does not differ from what is usual is left out; whether the field is a patient's own is
    usual: a new one is, unless it says otherwise.
    """

    called: str
    """What it is, as sentences name it: ``the patient's name``."""
    about: str
    """What a column map says of its headings: ``Name as it is printed.``"""
    fhir: str | None
    """Where FHIR says it, for the reference page; None where FHIR says nothing of it."""
    headings: tuple[str, ...] = ()
    """Headings that need no column map, besides its own name."""
    column: str = ""
    """Its name in worklists, where it is not that of the attribute."""
    kind: Kind | None = None
    """Where the type of the field does not tell it."""
    private: bool = True
    """Whether a value is the patient's own: no message, journal or name of a file repeats it."""
    otherwise: str | None = None
    """The column whose value stands in where a row says nothing under this one."""
    after: str | None = None
    """The column that it stands behind in tables that docgen writes, if not the one before it."""
    words: str | None = None
    """An example of what a map may say of its words, for fields whose words have a meaning."""
    attribute: str = ""
    """Its name in Python; ``visit_fields`` fills in this and the next, and ``column``, ``kind``."""
    required: bool = False
    """Whether every row needs it."""


@lru_cache(maxsize=8)
def visit_fields(model: type[Struct]) -> tuple[VisitField, ...]:
    """The fields of a model that carry a ``VisitField``, in its order, with all that is known.

    Raises TypeError for a field whose type is of no kind and that names none.
    """
    return tuple(_fields_of_model(model))


def _fields_of_model(model: type[Struct]) -> Iterator[VisitField]:
    hints = get_type_hints(model, include_extras=True)
    names = model.__struct_fields__
    defaults = (NODEFAULT,) * (len(names) - len(model.__struct_defaults__))
    for name, default in zip(names, (*defaults, *model.__struct_defaults__), strict=True):
        marks = get_args(hints[name])[1:] if get_origin(hints[name]) is Annotated else ()
        for field in (mark for mark in marks if isinstance(mark, VisitField)):
            yield replace(
                field,
                attribute=name,
                column=field.column or name,
                kind=field.kind or _kind_of_type(get_args(hints[name])[0], name),
                required=default is NODEFAULT,
            )


def _kind_of_type(hint: Any, name: str) -> Kind:
    for known, kind in _BY_TYPE.items():
        if hint in (known, known | None):
            return kind
    raise TypeError(f"of what kind is '{name}'? Its type, {hint}, does not tell")
