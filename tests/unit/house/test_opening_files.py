"""Nobody opens an input file but ``docgen.opening``, which neither waits nor reads without end.

``open`` waits for whoever writes to a pipe, and ``Path.read_bytes`` reads a device for ever.
"""

import ast
from collections.abc import Iterator

import pytest

from tests.commands import ROOT

OPENING = frozenset({"open", "read_bytes", "read_text"})
"""Functions of paths, of ``os``, and Python's own, that open a file."""

ALLOWED = {
    "opening.py": "the one place that does",
    "writing.py": "files that are written, and their folders",
    "locking.py": "locks, opened without waiting, and folders",
    "cli/new_files.py": "the scaffold within docgen's own package",
    "cli/streams.py": "the null device, in the place of a stream that is closed",
    "cli/program.py": "the null device, in the place of a stream that takes no more",
    "preview/application.py": "files of docgen's own package",
    "pdf/metadata.py": "a file of docgen's own package",
    "validation/profiles.py": "a stream within a PDF",
    "validation/reading.py": "bytes that were read",
    "pdf/encryption.py": "bytes that were made",
    "printfiles/opening.py": "bytes that were read",
    "printfiles/measuring.py": "a file that was opened",
    "imports/workbooks/parts.py": "a part of an archive",
}
"""Modules that may call them, each with the reason."""


def _calls(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The calls that open a file: line and name. ``Project.open`` and its like open none."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        if isinstance(called, ast.Name) and called.id == "open":
            yield node.lineno, "open"
        elif isinstance(called, ast.Attribute) and called.attr in OPENING:
            owner = called.value.id if isinstance(called.value, ast.Name) else ""
            if not owner[:1].isupper() and owner not in ("cls", "self"):
                yield node.lineno, called.attr


def test_only_the_modules_with_a_reason_open_files() -> None:
    opening = {
        path.relative_to(ROOT / "docgen").as_posix(): list(_calls(ast.parse(path.read_text())))
        for path in (ROOT / "docgen").rglob("*.py")
    }
    assert {name: found for name, found in opening.items() if found and name not in ALLOWED} == {}
    assert {name for name in ALLOWED if not opening.get(name)} == set(), "no reason left"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("path.open('rb')", ["open"]),
        ("open(path)", ["open"]),
        ("os.open(path, 0)", ["open"]),
        ("pikepdf.open(path)", ["open"]),
        ("(folder / name).read_bytes()", ["read_bytes"]),
        ("Path(name).read_text()", ["read_text"]),
        ("Project.open(folder)", []),
        ("read_text(text, 'line.json')", []),
        ("open_file(path)", []),
    ],
)
def test_the_search_finds_them(line: str, found: list[str]) -> None:
    assert [name for _, name in _calls(ast.parse(line))] == found
