"""Forms of worklists have one list; whoever offers them without importing worklists agrees."""

import inspect
from typing import Literal, get_args

import click

from docgen import Project
from docgen.cli.batch import run
from docgen.worklist import Form


def test_the_command_line_offers_each() -> None:
    (option,) = (one for one in run.params if one.name == "form")
    assert isinstance(option.type, click.Choice)
    assert tuple(option.type.choices) == get_args(Form)


def test_a_call_from_python_takes_each() -> None:
    taken = inspect.signature(Project.run).parameters["form"].annotation
    assert eval(taken, {"Literal": Literal}) == Form | None
