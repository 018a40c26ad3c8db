"""Rooms are entered by their faces, which import-linter holds; and no face is wider than need be.

The rooms here are drawn by hand, so that it is seen what the contract finds.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from pathlib import PurePath

import grimp
import pytest

from tests.commands import ROOT
from tests.faces import FacesContract, entries, listed_faces, needless, past_faces


def _graph(*imports: tuple[str, str]) -> grimp.ImportGraph:
    graph = grimp.ImportGraph()
    for module in {module for pair in imports for module in pair}:
        graph.add_module(module, is_squashed=not module.startswith("docgen"))
    for line, (importer, imported) in enumerate(imports, start=1):
        graph.add_import(
            importer=importer, imported=imported, line_number=line, line_contents="import"
        )
    return graph


@pytest.mark.parametrize(
    ("importer", "imported", "is_past"),
    [
        ("docgen.cli.render", "docgen.records", False),
        ("docgen.cli.render", "docgen.codes", False),
        ("docgen.cli.render", "docgen.records.versions", True),
        ("docgen.cli.render", "docgen.records.stamping", False),
        ("docgen.cli.render", "docgen.records.stamping.lines", True),
        ("docgen.cli.render", "docgen.cli.options", False),
        ("docgen.cli.render", "click", False),
        ("docgen.records", "docgen.records.versions", False),
        ("docgen.records_room", "docgen.records.versions", True),
        ("docgen", "docgen.records.versions", True),
        ("docgen.records.versions", "docgen", False),
    ],
)
def test_what_goes_past_a_face(importer: str, imported: str, is_past: bool) -> None:
    found = past_faces(_graph((importer, imported)), {"docgen.records.stamping"})
    assert [(one.importer, one.imported) for one in found] == [(importer, imported)] * is_past


def test_a_module_of_a_face_is_needed_by_another_room() -> None:
    graph = _graph(
        ("docgen.cli.render", "docgen.records.stamping"),
        ("docgen.records.library", "docgen.records.pairs"),
    )
    faces = {"docgen.records.stamping", "docgen.records.pairs", "docgen.records.gone"}
    assert needless(graph, faces) == ["docgen.records.gone", "docgen.records.pairs"]


def test_the_contract_breaks_and_names_the_line(capsys: pytest.CaptureFixture[str]) -> None:
    contract = FacesContract("Faces", {}, {"modules": ["docgen.records.gone"]})
    kept = _graph(("docgen.cli.render", "docgen.records"))
    assert not contract.check(kept, verbose=False).kept
    broken = contract.check(_graph(("docgen.cli.render", "docgen.records.versions")), verbose=False)
    assert not broken.kept
    contract.render_broken_contract(broken)
    told = " ".join(capsys.readouterr().out.split())
    assert "docgen.cli.render (l.1) goes past the face of docgen.records" in told
    assert "No other room imports docgen.records.gone" in told


def test_the_contract_holds_in_docgen() -> None:
    graph = grimp.build_graph("docgen", cache_dir=None)
    faces = listed_faces()
    assert past_faces(graph, faces) == ()
    assert needless(graph, faces) == []
    assert any(entry.is_past_package for entry in entries(graph))


def _exported(trees: Mapping[PurePath, ast.Module]) -> dict[str, Set[str]]:
    """The names that each package exports."""
    return {
        ".".join(path.parent.parts): set(ast.literal_eval(node.value))
        for path, tree in trees.items()
        if path.name == "__init__.py"
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    }


def _asked_for(trees: Mapping[PurePath, ast.Module]) -> Iterator[tuple[str, str]]:
    """Each name that a module imports from elsewhere than its own room."""
    for path, tree in trees.items():
        room = path.parts[:2]
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                if tuple(node.module.split(".")[:2]) == (room[0], PurePath(room[1]).stem):
                    continue
                yield from ((node.module, name.name) for name in node.names)


def _unasked(trees: Mapping[PurePath, ast.Module]) -> dict[str, Set[str]]:
    """What packages below docgen's own export, and nobody outside of their rooms asks for."""
    asked = defaultdict(set)
    for module, name in _asked_for(trees):
        asked[module].add(name)
    unasked = {package: names - asked[package] for package, names in _exported(trees).items()}
    return {package: names for package, names in unasked.items() if names and package != "docgen"}


def test_nothing_is_exported_that_nobody_asks_for() -> None:
    trees = {
        PurePath(path.relative_to(ROOT)): ast.parse(path.read_text("utf-8"))
        for folder in ("docgen", "tests", "docs", "benchmarks")
        for path in (ROOT / folder).rglob("*.py")
    }
    assert len(_exported(trees)) > 20
    assert _unasked(trees) == {}


def test_the_search_finds_what_nobody_asks_for() -> None:
    sources = {
        "docgen/a/__init__.py": "from docgen.a.b import C, D, E\n__all__ = ['C', 'D', 'E']",
        "docgen/a/f.py": "from docgen.a import D",
        "docgen/g.py": "from docgen.a import C",
        "tests/unit/test_a.py": "from docgen.a import E",
    }
    trees = {PurePath(path): ast.parse(text) for path, text in sources.items()}
    assert _unasked(trees) == {"docgen.a": {"D"}}
