"""Rules about what a program in Python asks for."""

from typing import Final, Literal

Refused = Literal[
    "again-as-before",
    "appointment-with-time-zone",
    "bad-copies",
    "bad-ranges",
    "bad-sides",
    "code-not-text",
    "made-without-time-zone",
    "no-patient-name",
    "not-a-layout",
    "not-a-record",
    "wrong-argument",
]

MEANINGS: Final[dict[Refused, str]] = {
    "again-as-before": "what is sent again is sent as before, and it is said how to print it",
    "appointment-with-time-zone": "an appointment has a time zone, where sheets say local time",
    "bad-copies": "a number of copies that cannot be printed",
    "bad-ranges": "ranges of pages do not go upwards from 1",
    "bad-sides": "it is not one of the ways to print on the sides of paper",
    "code-not-text": "a code is given as something else than text",
    "made-without-time-zone": "the date of making has no time zone",
    "no-patient-name": "a visit has no name of a patient",
    "not-a-layout": "something else is given where a layout is asked for",
    "not-a-record": "something else is given where a record is asked for",
    "wrong-argument": "a call in Python gives something of another type than it takes",
}
