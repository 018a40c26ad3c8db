"""A public class has a name of its own, so that a reader who greps for it finds one thing.

What a name of Python's standard vocabulary promises, no class of docgen's may mean otherwise:
``Mapping`` is ``collections.abc.Mapping`` wherever it is read.
"""

import ast
import builtins
import collections.abc
import typing
from collections import defaultdict
from collections.abc import Mapping, Sequence

import pytest

import docgen
from tests.commands import ROOT

STANDARD = (
    frozenset(name for name in dir(builtins) if name[0].isupper())
    | frozenset(collections.abc.__all__)
    | frozenset(typing.__all__)
    | frozenset({"Path", "Enum", "Flag", "Decimal", "Fraction", "Struct", "Template", "Element"})
    | frozenset({"Lock", "Event", "Thread", "Process", "Queue", "Executor", "Future", "Connection"})
)
"""What the standard library, and msgspec, call theirs."""


def _classes(tree: ast.Module) -> list[str]:
    """The public classes of a module."""
    return [
        node.name
        for node in tree.body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    ]


def _aliases(tree: ast.Module) -> list[str]:
    """The names that a module gives to types that have none: ``Path = tuple[str | int, ...]``."""
    return [
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    ]


def _ambiguous(modules: Mapping[str, ast.Module]) -> Mapping[str, Sequence[str]]:
    """Names that several modules give to a class, or that the standard library has given; and
    aliases of types named as either that or a class that users import from docgen."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for module, tree in modules.items():
        for name in _classes(tree):
            found[name].append(module)
    taken = STANDARD | frozenset(docgen.__all__) - frozenset({"BASE_LAYOUTS", "__version__"})
    several = {name: where for name, where in found.items() if len(where) > 1 or name in STANDARD}
    aliases = {
        name: [module]
        for module, tree in modules.items()
        for name in taken.intersection(_aliases(tree))
    }
    return several | aliases


def test_every_public_class_has_a_name_of_its_own() -> None:
    package = ROOT / "docgen"
    modules = {
        path.relative_to(package).as_posix(): ast.parse(path.read_text("utf-8"))
        for path in package.rglob("*.py")
    }
    assert _ambiguous(modules) == {}


@pytest.mark.parametrize(
    ("sources", "found"),
    [
        ({"one.py": "class Line: ...", "two.py": "class Line: ..."}, ["Line"]),
        ({"one.py": "class Sequence: ..."}, ["Sequence"]),
        ({"one.py": "class Path: ..."}, ["Path"]),
        ({"one.py": "Path = tuple[str, ...]"}, ["Path"]),
        ({"one.py": "Span = tuple[int, int]"}, ["Span"]),
        ({"one.py": "class _Line: ...", "two.py": "class Line: ..."}, []),
    ],
)
def test_the_search_finds_them(sources: dict[str, str], found: list[str]) -> None:
    modules = {name: ast.parse(source) for name, source in sources.items()}
    assert list(_ambiguous(modules)) == found
