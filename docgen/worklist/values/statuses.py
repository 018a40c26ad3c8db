"""Whether a visit takes place, and the words in which worklists say so.

The statuses are those of FHIR R4 (http://hl7.org/fhir/R4/valueset-appointmentstatus.html), and a
few for which R4 has no code. The words are those of R4 and of table 0278 of HL7 v2, "Filler status
codes" (https://terminology.hl7.org/CodeSystem-v2-0278.html), with the names under which EHRs know
the same: only words that can mean one thing. Any other is asked for, under ``values`` in the map.
"""

from functools import lru_cache
from typing import Final, Literal

from docgen.columns import plain_heading

Status = Literal[
    "proposed",
    "pending",
    "booked",
    "arrived",
    "checked-in",
    "fulfilled",
    "cancelled",
    "noshow",
    "entered-in-error",
    "waitlist",
    "rescheduled",
    "left-without-being-seen",
    "deceased",
    "blocked",
]

TAKES_PLACE: Final[tuple[Status, ...]] = ("pending", "booked", "arrived", "checked-in")
"""Whoever is on the list with one of these gets a packet."""

R4_LEFT_OUT: Final[tuple[Status, ...]] = (
    *("cancelled", "entered-in-error", "noshow"),
    *("fulfilled", "proposed", "waitlist"),
)
"""The other codes of R4: the visit will not be, or was already, or nobody has booked it yet."""

WORDS: Final[dict[Status, str]] = {
    "proposed": "proposed",
    "pending": "pending, unconfirmed, not confirmed, pendiente, sin confirmar, por confirmar",
    "booked": "booked, scheduled, sched, confirmed, overbook, overbooked, future, programada, "
    "programado, agendada, agendado, reservada, reservado, confirmada, confirmado",
    "arrived": "arrived, started, in progress, present, here, walk-in, roomed, in room, llegó, "
    "presente, en curso",
    "checked-in": "checked in, check in, admitida, admitido",
    "fulfilled": "fulfilled, complete, completed, checked out, check out, seen, kept, finished, "
    "atendida, atendido, realizada, realizado, completada, completado, cumplida, finalizada",
    "cancelled": "cancelled, canceled, cancel, cancelled by patient, canceled by patient, "
    "cancelled by clinic, canceled by clinic, patient cancelled, patient canceled, "
    "clinic cancelled, clinic canceled, late cancel, dc, discontinued, void, voided, cancelada, "
    "cancelado, anulada, anulado, suspendida, suspendido",
    "noshow": "noshow, no-showed, missed, did not attend, did not show, dna, no asistió, "
    "no asistio, no se presentó, no se presento, no acudió, no acudio, inasistencia, ausente",
    "entered-in-error": "entered in error, deleted",
    "waitlist": "waitlist, waitlisted, waiting list, on waitlist, on waiting list, "
    "lista de espera, en lista de espera",
    "rescheduled": "rescheduled, resched, bumped, postponed, reprogramada, reprogramado, "
    "reagendada, reagendado, pospuesta, aplazada",
    "left-without-being-seen": "left without being seen, left without seen, lwbs, lwobs",
    "deceased": "deceased, died, fallecida, fallecido",
    "blocked": "blocked",
}
"""The usual words of each status. Capitals, blanks and marks do not matter."""

_KNOWN: Final[dict[str, Status]] = {
    plain_heading(word): status for status, words in WORDS.items() for word in words.split(",")
}
_LONGEST: Final = max(len(word.split()) for words in WORDS.values() for word in words.split(","))

_NOT: Final = frozenset(
    {"n", "no", "false", "f", "none", "na", "null", "nil", "notapplicable"}
    | {"notcancelled", "notcanceled"}
)
"""What stands in a column of cancellations where there is none; marks and zeros do as well."""
_SAYS_SOMETHING: Final = frozenset("123456789")


def status_meant(text: str) -> Status | None:
    """The status that a text says in a usual word, or None where it is none of them."""
    return _KNOWN.get(plain_heading(text))


def cancellation(text: str) -> Status | None:
    """What a text says that stands where a cancellation would: its date, its reason, a mark.

    Anything but a no (``N``, ``none``, ``00/00/0000``) or the status of a visit that takes place.
    """
    plain = plain_heading(text)
    if plain in _NOT or not any(char.isalpha() or char in _SAYS_SOMETHING for char in text):
        return None
    status = _KNOWN.get(plain, "cancelled")
    return None if status in TAKES_PLACE else status


@lru_cache(maxsize=512)
def speaks_of_status(text: str) -> bool:
    """Whether a usual word of a status is among those of a text: ``Canceled by pt``."""
    words = "".join(char if char.isalnum() else " " for char in text.casefold()).split()
    return any(
        "".join(words[at : at + count]) in _KNOWN
        for at in range(len(words))
        for count in range(1, _LONGEST + 1)
    )
