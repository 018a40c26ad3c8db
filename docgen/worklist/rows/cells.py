"""Single values of a row, each as its field reads it."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, tzinfo
from typing import Final, assert_never

from docgen.source import is_unprintable
from docgen.visits import Kind
from docgen.worklist.columns.column_map import WorklistMap, plain_word
from docgen.worklist.columns.fields import ENTERED
from docgen.worklist.rows.listed_codes import USUAL_SEPARATORS, listed_codes
from docgen.worklist.values.date_forms import DateForm, NotLocalError, read_iso
from docgen.worklist.values.languages import language_tag
from docgen.worklist.values.refusals import RefusedError

Reader = Callable[[str], object]

_YES_AND_NO: Final = {
    **dict.fromkeys(("y", "yes", "true", "t", "1", "x"), True),
    **dict.fromkeys(("n", "no", "false", "f", "0"), False),
}
_COPIES: Final = re.compile("[1-9][0-9]?")
_LINE_BREAKS: Final = re.compile(r"[ \t]*\n[ \t\n]*")
_LAYOUT: Final = re.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
_ROUNDED: Final = re.compile(r"[0-9](?:\.[0-9]+)?[eE]\+[0-9]+")
_ISO_HINT: Final = "write it as {}, or name the form of the column under 'dates' in {}"
_MAP: Final = "worklist-map.yaml"


def readers_of(column_map: WorklistMap | None) -> dict[str, Reader]:
    """What reads the value of each field, which is not blank; each raises RefusedError.

    Whether a visit takes place (``status``, ``cancelled``) is read before, by ``status_reading``.
    """
    return {field.column: _reader(field.column, field.kind, column_map) for field in ENTERED}


def _reader(field: str, kind: Kind | None, column_map: WorklistMap | None) -> Reader:  # noqa: PLR0911, one case for each kind
    forms = column_map.forms(field) if column_map else ()
    separator = column_map.separator(field) if column_map else None
    words = meanings_of_words(column_map, field)
    match kind:
        case "text":
            return _printable_text
        case "identifier":
            return _identifier
        case "day":
            return lambda text: _day_meant(text, forms)
        case "moment":
            zone = column_map.time_zone if column_map else None
            clock = zone.clock if zone else None
            return lambda text: _moment_meant(text, forms, "2026-11-24 09:30", clock)
        case "yes-or-no":
            return lambda text: _yes_or_no(text, words)
        case "copies":
            return _copies
        case "language":
            return lambda text: _language_meant(text, words)
        case "codes":
            system = column_map.code_system if column_map else None
            return lambda text: listed_codes(text, separator, system)
        case "layouts":
            return lambda text: _layouts(text, separator)
        case "status" | "cancellation" | None:
            raise TypeError(f"'{field}' is no field of an entry")
        case _:
            assert_never(kind)


def meanings_of_words(column_map: WorklistMap | None, field: str) -> dict[str, object]:
    """What the map says the words of a field mean, by the words as they are compared."""
    values = column_map.values if column_map else None
    given: dict[str, object] = getattr(values, field, None) or {}
    return {plain_word(word): meant for word, meant in given.items()}


def _printable_text(text: str) -> str:
    """Text that is printed as it stands, save that a line break in it is a blank.

    U+FFFD, a letter that was lost, is the only such character that Python takes for printable.
    """
    if text.isprintable() and "\ufffd" not in text:
        return text
    text = _LINE_BREAKS.sub(" ", text)
    for char in text:
        if char == "\t" or is_unprintable(char):
            raise RefusedError(
                "unprintable-character",
                f"holds U+{ord(char):04X}, which cannot be printed in a line",
                "write the value without tabs and control characters",
            )
    return text


def _identifier(text: str) -> str:
    if _ROUNDED.fullmatch(text):
        raise RefusedError(
            "rounded-number",
            "holds a number that a spreadsheet has rounded",
            "format the column as text in the spreadsheet, and export it anew",
        )
    if "\n" in text:
        raise RefusedError(
            "line-break",
            "holds a line break, so that nobody can tell whether it is one number",
            "write the number on one line",
        )
    return _printable_text(text)


def _moment_meant(
    text: str, forms: tuple[DateForm, ...], example: str, clock: tzinfo | None = None
) -> date | datetime:
    """Two forms that read a text as different days leave it open which is meant."""
    text = " ".join(text.split())
    wrong = "is no day of the calendar, or no time of a day"
    hint = _ISO_HINT.format(example, _MAP)
    found: list[date | datetime] = []
    impossible = False
    for form in (None, *forms):
        try:
            moment = form.read(text) if form else read_iso(text, clock)
        except NotLocalError:
            raise RefusedError(
                "not-local-time",
                "gives the time in UTC, and not as the clock of the clinic shows it",
                f"export the clinic's own time, or name its 'time_zone' in {_MAP}",
            ) from None
        except ValueError:
            impossible = True
            continue
        if moment is not None and moment not in found:
            found.append(moment)
    if len(found) > 1:
        raise RefusedError("ambiguous-date", "fits several forms that mean different days", hint)
    if found:
        return found[0]
    if impossible:
        raise RefusedError("bad-date", wrong, "check its day, month and year, and its hour")
    raise RefusedError("bad-date", "is not written in a form that can mean one day only", hint)


def _day_meant(text: str, forms: tuple[DateForm, ...]) -> date:
    """Some exports write midnight behind every birth date."""
    moment = _moment_meant(text, forms, "1950-03-31")
    if not isinstance(moment, datetime):
        return moment
    if moment.time() == time():
        return moment.date()
    raise RefusedError(
        "bad-date", "is a day with a time, but should be a day", "is it the column of birth dates?"
    )


def _language_meant(text: str, words: dict[str, object]) -> str:
    meant = words.get(plain_word(text))
    tag = getattr(meant, "tag", None) or language_tag(text)
    if isinstance(tag, str):
        return tag
    raise RefusedError(
        "unknown-language",
        "names a language that is not known",
        f"write its tag, such as es, or say what the word means under 'values' in {_MAP}",
    )


def _yes_or_no(text: str, words: dict[str, object]) -> bool:
    meant = words.get(plain_word(text), _YES_AND_NO.get(text.casefold()))
    if isinstance(meant, bool):
        return meant
    raise RefusedError(
        "bad-value",
        "says neither yes nor no",
        f"write yes or no, or say what the word means under 'values' in {_MAP}",
    )


def _copies(text: str) -> int:
    if _COPIES.fullmatch(text):
        return int(text)
    raise RefusedError(
        "bad-value", "is not a number of copies", "write a whole number from 1 to 99"
    )


def _layouts(text: str, separator: str | None) -> tuple[str, ...] | None:
    parts = USUAL_SEPARATORS.split(text) if separator is None else text.split(separator)
    names = [part.strip() for part in parts if part.strip()]
    if all(map(_LAYOUT.fullmatch, names)):
        return tuple(dict.fromkeys(names)) or None
    raise RefusedError(
        "bad-value",
        "holds something that is no name of a layout",
        "write names such as patient-handout",
    )
