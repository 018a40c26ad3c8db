"""Nobody asks the disk by a question that says no where it ought to say "I cannot tell".

``Path.exists``, ``is_file``, ``is_dir``, ``glob`` and their like hide errors: a link that leads
nowhere, a link loop, a folder that may not be entered. ``docgen.source.presence`` raises there.
"""

import ast
from collections.abc import Iterator

import pytest

from tests.commands import ROOT

HIDING = frozenset(
    {"exists", "is_file", "is_dir", "is_symlink", "glob", "rglob", "iterdir", "walk", "resolve"}
    | {"isfile", "isdir", "islink", "lexists", "realpath", "listdir", "scandir", "cwd", "getcwd"}
)
"""Methods of paths, and functions of ``os``, that hide errors, or raise others than DocgenError."""

ALLOWED = {
    "source/presence.py": "the one place that asks",
    "shipped.py": "whether docgen itself is a checkout or a wheel; not the input's matter",
    "cli/new_files.py": "the scaffold within docgen's own package",
    "batch/make/bugs.py": "where docgen's own package is",
    "delivery/files.py": "folders to write into; writing tells what is wrong",
    "delivery/together.py": "files to be replaced; writing tells what is wrong",
    "batch/make/generations.py": "workshops of a run; what keeps them from being read is refused",
    "batch/make/storing.py": "documents of a run, with every error told, and folders to write into",
    "search/store.py": "the cache, which can be done without",
    "preview/watching.py": "what is watched; rendering tells of what cannot be read",
}
"""Modules that may ask so, each with the reason."""


def _questions(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The calls of a method or function that hides errors: line and name."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        name = node.func.attr
        # ``resolve`` with arguments follows a reference of FHIR.
        if name in HIDING and not (name == "resolve" and node.args):
            yield node.lineno, name


def test_only_the_modules_with_a_reason_ask_so() -> None:
    asking = {
        path.relative_to(ROOT / "docgen").as_posix(): list(_questions(ast.parse(path.read_text())))
        for path in (ROOT / "docgen").rglob("*.py")
    }
    assert {name: found for name, found in asking.items() if found and name not in ALLOWED} == {}
    assert {name for name in ALLOWED if not asking.get(name)} == set(), "no reason left"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("folder.is_dir()", ["is_dir"]),
        ("next(path.rglob('*'))", ["rglob"]),
        ("os.path.isfile(path)", ["isfile"]),
        ("Path.cwd()", ["cwd"]),
        ("path.resolve().parent", ["resolve"]),
        ("store.resolve(reference, source)", []),
        ("is_file(path)", []),
    ],
)
def test_the_search_finds_them(line: str, found: list[str]) -> None:
    assert [name for _, name in _questions(ast.parse(line))] == found
