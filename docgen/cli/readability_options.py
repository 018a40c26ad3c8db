"""The options of ``docgen records check``: its day, and those of ``--readability``."""

from collections.abc import Callable
from datetime import date, datetime
from functools import update_wrapper
from typing import Any, NamedTuple

import click

from docgen.cli.dates import date_option, moment_of_environment
from docgen.cli.options import code_system_option, language_option


class ReadabilityRequest(NamedTuple):
    """Of which records the readability is asked for, in which language and on which day."""

    codes: tuple[str, ...]
    code_system: str | None
    language: str | None
    day: date | None


def readability_options(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command what is ``asked`` for, None or a ``ReadabilityRequest``, and the day that
    records are held against as ``created``."""

    def run(
        *args: Any,
        codes: tuple[str, ...],
        readability: bool,
        code_system: str | None,
        language: str | None,
        created: datetime | None,
        **options: Any,
    ) -> None:
        given: dict[str, object] = {
            "CODE": codes,
            "--code-system": code_system,
            "--language": language,
        }
        made = created or moment_of_environment()
        if not readability:
            _refuse_alone(given)
            command(*args, asked=None, created=made, **options)
            return
        day = made.date() if made else None
        asked = ReadabilityRequest(codes, code_system, language, day)
        command(*args, asked=asked, created=made, **options)

    wrapped = update_wrapper(run, command)
    wrapped = date_option(
        "The day that reviews, and the days of codes, are held against, such as 2026-11-22.  "
        "[default: SOURCE_DATE_EPOCH; without either, no review is overdue, and no code has ended]"
    )(wrapped)
    wrapped = click.option(
        "--language",
        metavar="TAG",
        callback=language_option,
        help="Read the translations into this language, such as es.",
    )(wrapped)
    wrapped = code_system_option(wrapped)
    wrapped = click.option(
        "--readability", is_flag=True, help="Tell how the sections for patients read."
    )(wrapped)
    return click.argument("codes", nargs=-1, metavar="[CODE]...")(wrapped)


def _refuse_alone(given: dict[str, object]) -> None:
    for name, value in given.items():
        if value:
            raise click.UsageError(f"{name} goes with --readability; every record is checked.")
