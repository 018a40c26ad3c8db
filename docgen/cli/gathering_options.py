"""Options that say how packets are gathered into print files."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from docgen.cli.reporting import Reporter, json_text, print_result

if TYPE_CHECKING:
    from docgen.batch.plan.ordering import SortKey
    from docgen.batch.plan.settings import PrintSettings
    from docgen.printfiles import PrintFile

C = TypeVar("C", bound=Callable[..., Any])

_SORT_KEYS = ("clinic", "provider", "time")


def _sort_keys(_: click.Context, __: click.Parameter, value: str | None) -> tuple[str, ...]:
    keys = tuple(key.strip() for key in value.split(",")) if value else ()
    for key in keys:
        if key not in _SORT_KEYS:
            raise click.BadParameter(f"{key!r} is none of clinic, provider and time.")
    return keys


def _split(_: click.Context, __: click.Parameter, value: str | None) -> str | int | None:
    if value is None or value == "clinic":
        return value
    if not value.isascii() or not value.isdecimal() or not int(value):
        raise click.BadParameter(f"{value!r} is neither 'clinic' nor a number of sheets.")
    return int(value)


_OPTIONS = (
    click.option(
        "--sort",
        metavar="KEYS",
        callback=_sort_keys,
        help="Order of the packets in print files, such as clinic,provider,time.  [default: the "
        "worklist's]",
    ),
    click.option(
        "--split",
        metavar="HOW",
        callback=_split,
        help="Begin a new print file for each clinic ('clinic'), or after so many sheets (a "
        "number). No packet is divided.",
    ),
    click.option(
        "--slip-sheets",
        is_flag=True,
        help="Begin each packet with a sheet that says its number, clinic and counts.",
    ),
    click.option("--single-sided", is_flag=True, help="Print files for one side: no blank backs."),
    click.option(
        "--no-marks",
        is_flag=True,
        help="Print no Data Matrix code of run, packet and sheet at the foot of sheets.",
    ),
)


def gathering_options(command: C) -> C:
    """``--sort`` to ``--no-marks``: what ``print_settings`` takes."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def print_settings(
    *,
    sort: "tuple[SortKey, ...]",
    split: str | int | None,
    slip_sheets: bool,
    single_sided: bool,
    no_marks: bool,
) -> "PrintSettings":
    """What the options say, each of them checked."""
    from docgen.batch.plan.settings import PrintSettings

    return PrintSettings(
        sort=sort,
        by_clinic=split == "clinic",
        sheets_per_file=split if isinstance(split, int) else None,
        duplex=not single_sided,
        slip_sheets=slip_sheets,
        mark=not no_marks,
    )


def tell_print_files(reporter: Reporter, run: Path, files: "Iterable[PrintFile]") -> None:
    """Prints where print files of a run are: a path a line, or one JSON object."""
    paths = [str(file.path) for file in files]
    if reporter.as_json:
        print_result(json_text({"folder": str(run), "print_files": paths}))
        return
    for path in paths:
        print_result(path)
