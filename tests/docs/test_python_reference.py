"""The reference of the Python API: all public names are there, and all examples run as they say."""

import contextlib
import doctest
import inspect
import re
from pathlib import Path

import pytest

import docgen
from docgen import Project
from docs.generate import DOCS

PAGE = DOCS / "reference/python.md"


def examples() -> doctest.DocTest:
    text = PAGE.read_text("utf-8").replace("```", "")
    return doctest.DocTestParser().get_doctest(text, {}, "python.md", str(PAGE), 0)


def test_every_example_runs_as_it_says(tmp_path: Path) -> None:
    (tmp_path / "docgen.yaml").write_text("samples: yes\n", "utf-8")
    told: list[str] = []
    with contextlib.chdir(tmp_path):
        ran = doctest.DocTestRunner(verbose=False).run(examples(), out=told.append)
    assert ran.failed == 0, "".join(told)
    assert ran.attempted > 20


def test_every_public_name_has_its_place() -> None:
    there = re.findall(r"^## (\S+)$", PAGE.read_text("utf-8"), re.MULTILINE)
    assert sorted(there) == sorted(set(docgen.__all__) - {"__version__"})
    assert there[0] == "Project"


def test_whatever_can_be_asked_of_a_project_is_there() -> None:
    there = re.findall(r"^### Project\.(\S+)$", PAGE.read_text("utf-8"), re.MULTILINE)
    offered = {name for name in dir(Project) if not name.startswith("_")}
    assert set(there) == offered


@pytest.mark.parametrize("name", ["run", "packet", "print", "search", "import_records"])
def test_signatures_are_those_of_the_code(name: str) -> None:
    """The page is made of the source; Python itself says which parameters there are."""
    page = PAGE.read_text("utf-8")
    block = page.partition(f"### Project.{name}\n")[2].partition("```\n")[0]
    said = re.findall(r"^    (\w+):", block, re.MULTILINE)
    assert ["self", *said] == list(inspect.signature(getattr(Project, name)).parameters)
