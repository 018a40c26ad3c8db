"""When a sheet was made: said by an option or the environment, never by the clock."""

import os
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

import click

C = TypeVar("C", bound=Callable[..., Any])

EPOCH = "SOURCE_DATE_EPOCH"
"""Seconds since 1970 (https://reproducible-builds.org/specs/source-date-epoch/)."""

_FIRST = datetime(1970, 1, 1, tzinfo=UTC)
_FORM = "write 2026-11-22, or with a time 2026-11-22T09:30:00+01:00"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(
    rf"{_DAY.pattern}T[0-9]{{2}}:[0-9]{{2}}(:[0-9]{{2}})?(Z|[+-][0-9]{{2}}:[0-9]{{2}})"
)
_SECONDS = re.compile(r"[0-9]{1,12}")


WRITTEN_INTO_PDFS = (
    "Write into the PDFs when they were made: 2026-11-22, which is midnight UTC, or "
    "2026-11-22T09:30:00+01:00.  [default: SOURCE_DATE_EPOCH of the environment, else no date]"
)
"""What the date is for where documents are made."""


def date_option(help: str) -> Callable[[C], C]:
    """``--date``: the parameter ``created``; ``help`` says what the date is for."""
    return click.option("--date", "created", metavar="DATE", callback=moment_of_option, help=help)


def moment_of_option(_: click.Context, __: click.Parameter, value: str | None) -> datetime | None:
    """A day, which begins at midnight UTC, or a time with its offset (ISO 8601), in UTC.

    Raises BadParameter for everything else: no form is guessed, nor is a time zone.
    """
    return None if value is None else _moment_option(value)


def _moment_option(value: str) -> datetime:
    if not (_DAY.fullmatch(value) or _TIME.fullmatch(value)):
        raise click.BadParameter(f"{value!r} has not the form of a date; {_FORM}.")
    try:
        written = datetime.fromisoformat(value)
        moment = (written if written.tzinfo else written.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise click.BadParameter(f"{value!r} is not in the calendar; {_FORM}.") from None
    if moment < _FIRST:
        raise click.BadParameter(f"{value!r} is before 1970; {_FORM}.")
    return moment


def moment_of_environment() -> datetime | None:
    """What ``SOURCE_DATE_EPOCH`` says, if it is set. Raises UsageError where it is no count."""
    value = os.environ.get(EPOCH, "")
    if not value:
        return None
    try:
        if _SECONDS.fullmatch(value):
            return datetime.fromtimestamp(int(value), UTC)
    except (ValueError, OverflowError, OSError):
        pass
    raise click.UsageError(
        f"{EPOCH} in the environment is {value!r}, but must count seconds since 1970 in digits, "
        "such as 1795305600. Correct it, or unset it."
    )
