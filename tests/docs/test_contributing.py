"""The recipes of CONTRIBUTING.md work as they stand: their changes are made in a copy of docgen."""

import re
from pathlib import Path
from textwrap import dedent

import pytest

from tests.commands import ROOT
from tests.copies import asked, copied, edited

_RECIPE = re.compile(r"^### (?P<title>.*?)\n(?P<text>.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)
_CHANGE = re.compile(r"<!-- change: docgen/(\S+) -->\n\s*```diff\n(.*?)\n\s*```", re.DOTALL)


def followed(title: str, copy: Path) -> int:
    """Makes the changes of a recipe in a copy of docgen; returns how many there were."""
    recipes = {one["title"]: one["text"] for one in _RECIPE.finditer(_guide())}
    changes = _CHANGE.findall(recipes[title])
    for module, change in changes:
        lines = [line or " " for line in dedent(change).splitlines()]
        old = "\n".join(line[1:] for line in lines if line[0] in " -")
        new = "\n".join(line[1:] for line in lines if line[0] in " +")
        edited(copy, module, old, new)
    return len(changes)


def _guide() -> str:
    return (ROOT / "CONTRIBUTING.md").read_text("utf-8")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return copied(tmp_path / "copy")


def test_a_visit_field_is_added_in_one_place(copy: Path) -> None:
    assert followed("Add a visit field", copy) == 1
    (copy / "day.csv").write_text("Patient Name,Codes,Interpreter\nAda Example,77299,Quimby\n")
    ended = asked(
        copy,
        "from pathlib import Path\nfrom docgen.diagnostics import Findings\n"
        "from docgen.worklist import open_worklist\n"
        "(row,) = open_worklist(Path('day.csv'), Findings())\n"
        "print(row.entry.visit.interpreter)\n",
    )
    assert (ended.stdout, ended.stderr) == ("Quimby\n", "")


def test_a_code_system_is_added_in_one_place(copy: Path) -> None:
    assert followed("Add a code system", copy) == 1
    ended = asked(
        copy,
        "from docgen.code_systems import CODE_SYSTEMS, is_well_formed, system_named\n"
        "cdt = system_named('CDT')\n"
        "print(cdt.id, is_well_formed('D0120', cdt), is_well_formed('0120', cdt))\n"
        "print('cdt' in CODE_SYSTEMS)\n",
    )
    assert (ended.stdout, ended.stderr) == ("cdt True False\nTrue\n", "")


def test_every_file_that_a_recipe_names_is_there() -> None:
    named = set(re.findall(r"`((?:docgen|tests|layouts)/[\w/.-]+)`", _guide()))
    assert len(named) > 15
    assert {name for name in named if not (ROOT / name).exists()} == set()
