"""Files are written, locked and told by their beginnings in one place each.

``docgen.writing`` alone makes files and gives them names, ``docgen.system`` alone says an OSError
in words, ``docgen.locking`` alone holds locks, and ``docgen.signatures`` alone knows how files of
other kinds begin.
"""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from docgen import signatures
from tests.commands import ROOT

WRITING = frozenset(
    {"mkstemp", "NamedTemporaryFile", "fsync", "write_bytes", "write_text", "renames"}
)
"""Functions that make files, or bring them to the disk."""
NAMING = {"replace": 1, "rename": 1}
"""Methods of paths that give a file a name, and how many arguments those have: ``str.replace`` has
two."""
OF_WRITERS = frozenset({"O_CREAT", "O_WRONLY", "O_RDWR", "O_TRUNC", "O_APPEND"})

MAY_WRITE = {
    "writing.py": "the one place that does",
    "batch/make/generations.py": "a folder of a run is renamed, not a file",
    "cli/streams.py": "the null device, in the place of a stream that is closed",
    "cli/program.py": "the null device, in the place of a stream that takes no more",
}
MAY_BEGIN = {
    "signatures.py": "the one table",
    "pdf/packing.py": "how a PDF of ours begins, print files among them",
    "validation/reading.py": "a PDF may have up to 1,024 bytes of something else before it",
}
BEGINNINGS = tuple(
    sign
    for table in (signatures._TOLD, signatures._TOLD_OF_BYTES)
    for _, sign, _ in table
    if len(sign) > 2
)


_MODE = re.compile(r"[bt]*[wax][bt+]*|r[bt]*\+[bt]*")


def _writes(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in OF_WRITERS:
            yield node.attr
        if not isinstance(node, ast.Call):
            continue
        name = _called(node)
        if name in WRITING or (name == "open" and _is_open_to_write(node)):
            yield name
        elif isinstance(node.func, ast.Attribute) and NAMING.get(name) == len(node.args):
            if not node.keywords:
                yield name
        elif ast.unparse(node.func) in ("os.replace", "os.rename"):
            yield name


def _called(node: ast.Call) -> str:
    called = node.func
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def _is_open_to_write(node: ast.Call) -> bool:
    modes = [one.value for one in node.args if isinstance(one, ast.Constant)]
    modes += [one.value.value for one in node.keywords if isinstance(one.value, ast.Constant)]
    return any(isinstance(mode, str) and _MODE.fullmatch(mode) for mode in modes)


def _reasons(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "strerror":
            if ast.unparse(node) != "os.strerror":
                yield "strerror"
        elif isinstance(node, ast.Constant) and node.value == "strerror":
            yield "strerror"


def _locks(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        yield from (name for name in names if name in ("fcntl", "msvcrt", "filelock"))


def _signs(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, bytes):
            yield from (repr(sign) for sign in BEGINNINGS if node.value.startswith(sign))


@pytest.mark.parametrize(
    ("search", "allowed"),
    [
        (_writes, MAY_WRITE),
        (_reasons, {"system.py": "the one place that does"}),
        (_locks, {"locking.py": "the one place that does"}),
        (_signs, MAY_BEGIN),
    ],
)
def test_one_place_does_it(
    search: Callable[[ast.Module], Iterator[str]], allowed: dict[str, str]
) -> None:
    found = {
        path.relative_to(ROOT / "docgen").as_posix(): sorted(set(search(_parsed(path))))
        for path in (ROOT / "docgen").rglob("*.py")
    }
    assert {name: told for name, told in found.items() if told and name not in allowed} == {}
    assert {name for name in allowed if not found.get(name)} == set(), "no reason left"


def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@pytest.mark.parametrize(
    ("search", "line", "found"),
    [
        (_writes, "os.replace(part, path)", ["replace"]),
        (_writes, "part.replace(path)", ["replace"]),
        (_writes, "word.replace('a', 'b')", []),
        (_writes, "path.open('xb')", ["open"]),
        (_writes, "open(path, mode='w')", ["open"]),
        (_writes, "open(path, 'rb')", []),
        (_writes, "os.open(path, os.O_CREAT | os.O_EXCL)", ["O_CREAT"]),
        (_writes, "(folder / name).write_text(text)", ["write_text"]),
        (_reasons, "(error.strerror or 'it cannot be read').lower()", ["strerror"]),
        (_reasons, "getattr(error, 'strerror', None)", ["strerror"]),
        (_locks, "import fcntl", ["fcntl"]),
        (_locks, "from fcntl import flock", ["fcntl"]),
        (_signs, "data.startswith(b'%PDF-')", ["b'%PDF'"]),
        (_signs, "data.startswith(b'<')", []),
    ],
)
def test_the_search_finds_it(
    search: Callable[[ast.Module], Iterator[str]], line: str, found: list[str]
) -> None:
    assert list(search(ast.parse(line))) == found
