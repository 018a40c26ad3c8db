"""A private function is named by what it gives, so that a reader who greps for it finds few things.

One name for some of the same kind, such as ``_shape`` of two rooms, may stand in a few modules;
a word that says nothing, such as ``_made``, soon stands in a dozen.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping

import pytest

from tests.commands import ROOT

MOST = 3
"""How many modules may give one name to a private function or method."""


def _private(tree: ast.Module) -> Iterator[str]:
    """The private functions and methods of a module, wherever they stand in it."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if node.name.startswith("_") and not node.name.startswith("__"):
            yield node.name


def _bland(modules: Mapping[str, ast.Module]) -> dict[str, list[str]]:
    """Names that more than ``MOST`` modules give to a private function, with these modules."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for module, tree in modules.items():
        for name in set(_private(tree)):
            found[name].append(module)
    return {name: where for name, where in found.items() if len(where) > MOST}


def test_few_modules_give_one_name_to_private_functions() -> None:
    package = ROOT / "docgen"
    modules = {
        path.relative_to(package).as_posix(): ast.parse(path.read_text("utf-8"))
        for path in sorted(package.rglob("*.py"))
    }
    assert _bland(modules) == {}, "name them by what they give"


FUNCTION = "def _place(): ..."
METHOD = "class One:\n    def _place(self): ..."
INNER = "def one():\n    async def _place(): ..."
SPECIAL = "class One:\n    def __init__(self): ..."


@pytest.mark.parametrize(
    ("sources", "found"),
    [
        ([FUNCTION] * 4, ["_place"]),
        ([FUNCTION, METHOD, INNER, METHOD], ["_place"]),
        ([FUNCTION] * 3, []),
        ([f"{FUNCTION}\n{METHOD}"] * 3, []),
        ([SPECIAL] * 4, []),
        (["def place(): ..."] * 4, []),
    ],
    ids=["functions", "methods and inner ones", "three", "twice in each", "special", "public"],
)
def test_the_search_finds_them(sources: list[str], found: list[str]) -> None:
    modules = {f"{number}.py": ast.parse(source) for number, source in enumerate(sources)}
    assert list(_bland(modules)) == found
