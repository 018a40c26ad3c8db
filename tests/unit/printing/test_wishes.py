"""What a program may wish of a printer is checked as the options of a command are."""

from pathlib import Path

import click
import pytest

from docgen.cli.batch import run
from docgen.cli.print import command
from docgen.cli.printer_options import PRINTER_PARAMETERS
from docgen.diagnostics import DocgenError
from docgen.printers import SIDES
from docgen.printing.plan import PrintWish, check_wish
from docgen.printing.session import PrintSession
from tests.printable_run import blank_pdf, printable_run

NOWHERE = "127.0.0.1:1"


@pytest.mark.parametrize(
    ("wish", "rule"),
    [
        (PrintWish(again=True, copies=2), "again-as-before"),
        (PrintWish(again=True, staple=True), "again-as-before"),
        (PrintWish(copies=0), "bad-copies"),
        (PrintWish(copies=-1), "bad-copies"),
        (PrintWish(sides="both"), "bad-sides"),
        (PrintWish(ranges=((0, 2),)), "bad-ranges"),
        (PrintWish(ranges=((4, 2),)), "bad-ranges"),
        (PrintWish(ranges=((1, 4), (4, 5))), "bad-ranges"),
    ],
)
def test_what_makes_no_sense_is_refused(tmp_path: Path, wish: PrintWish, rule: str) -> None:
    with PrintSession(printable_run(tmp_path)) as session, pytest.raises(DocgenError) as error:
        session.plans(wish)
    (told,) = error.value.diagnostics
    assert told.rule == rule
    assert told.hint


@pytest.mark.parametrize(
    "wish",
    [
        PrintWish(),
        PrintWish(again=True, twice=True, printer="desk"),
        PrintWish(copies=2, sides=SIDES[0], ranges=((1, 4), (5, 5))),
    ],
)
def test_what_makes_sense_is_not(wish: PrintWish) -> None:
    check_wish(wish)


def test_files_of_no_run_have_no_standing(tmp_path: Path) -> None:
    with (
        PrintSession(blank_pdf(tmp_path / "flyer.pdf")) as session,
        pytest.raises(DocgenError) as error,
    ):
        session.standing()
    assert error.value.diagnostics[0].rule == "not-of-a-run"


def test_a_file_without_a_printer_is_refused_by_a_session_as_well(tmp_path: Path) -> None:
    with (
        PrintSession(blank_pdf(tmp_path / "flyer.pdf")) as session,
        pytest.raises(DocgenError) as error,
    ):
        session.plans(PrintWish(printer="desk", server=NOWHERE))
    assert error.value.diagnostics[0].rule == "server-unreachable"


def _option(of: click.Command, name: str) -> click.Parameter:
    return next(one for one in of.params if one.name == name)


def test_both_commands_take_the_options_of_a_wish() -> None:
    for of in (command, run):
        sides = _option(of, "sides").type
        assert isinstance(sides, click.Choice)
        assert tuple(sides.choices) == SIDES
        names = {one.name for one in of.params}
        assert names.issuperset(PRINTER_PARAMETERS)
