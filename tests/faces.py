"""Faces of rooms: the modules by which other rooms may enter them.

A room is entered by its package, ``docgen.records``, or by a module that the contract in
pyproject.toml lists: what few callers need, and all others would have to wait for, stands apart.
import-linter holds it, by ``FacesContract``; how often rooms enter each other, and how, this
counts:

    python -m tests.faces
"""

import tomllib
from collections.abc import Iterator, Sequence, Set
from pathlib import Path
from typing import NamedTuple, cast

import grimp
from importlinter import Contract, ContractCheck, fields, output
from importlinter.domain.imports import Module

PACKAGE = "docgen"
TYPE = "faces"


class Entry(NamedTuple):
    """A module of one room that a module outside of it imports."""

    importer: str
    imported: str
    lines: tuple[int, ...]
    """Where; an import of several names may stand on several lines."""

    @property
    def is_past_package(self) -> bool:
        """Whether it goes past the package of the room: ``docgen.records.versions``."""
        return self.imported.count(".") > 1


def entries(graph: grimp.ImportGraph) -> Iterator[Entry]:
    """Each import from room to room, those for type checking among them."""
    for importer in sorted(graph.modules):
        for imported in sorted(graph.find_modules_directly_imported_by(importer)):
            if _room(imported) not in ("", _room(importer)):
                details = graph.get_import_details(importer=importer, imported=imported)
                lines = tuple(detail["line_number"] for detail in details)
                yield Entry(importer, imported, lines)


def past_faces(graph: grimp.ImportGraph, faces: Set[str]) -> tuple[Entry, ...]:
    """The imports that go past the faces of rooms."""
    return tuple(
        entry for entry in entries(graph) if entry.is_past_package and entry.imported not in faces
    )


def needless(graph: grimp.ImportGraph, faces: Set[str]) -> Sequence[str]:
    """Modules of faces that no other room imports, or that are not there."""
    return sorted(faces - {entry.imported for entry in entries(graph) if entry.is_past_package})


class FacesContract(Contract):
    """import-linter's contract that no import goes past a face, and that no face is too wide."""

    type_name = TYPE

    modules = fields.SetField(subfield=fields.ModuleField())

    def check(self, graph: grimp.ImportGraph, verbose: bool) -> ContractCheck:
        modules = cast(set[Module], self.modules)  # a field gives its value once it is read
        faces = {module.name for module in modules}
        past, unneeded = past_faces(graph, faces), needless(graph, faces)
        return ContractCheck(
            kept=not past and not unneeded, metadata={"past": past, "needless": unneeded}
        )

    def render_broken_contract(self, check: ContractCheck) -> None:
        for entry in check.metadata["past"]:
            lines = ", ".join(map(str, entry.lines))
            output.print_error(
                f"{entry.importer} (l.{lines}) goes past the face of {_room(entry.imported)}: "
                f"{entry.imported}"
            )
        for module in check.metadata["needless"]:
            output.print_error(f"No other room imports {module}: take it out of the contract")


def _room(module: str) -> str:
    """``docgen.records`` of all that is in it; nothing for ``docgen`` itself, and for others."""
    package, _, rest = module.partition(".")
    return f"{package}.{rest.split('.')[0]}" if package == PACKAGE and rest else ""


def listed_faces() -> Set[str]:
    """The modules that the contract in pyproject.toml lists."""
    text = (Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8")
    contracts = tomllib.loads(text)["tool"]["importlinter"]["contracts"]
    return {module for one in contracts if one["type"] == TYPE for module in one["modules"]}


def main() -> None:
    """Prints how many imports between rooms there are, and by which door they enter."""
    graph = grimp.build_graph(PACKAGE, cache_dir=None)
    faces = listed_faces()
    found = list(entries(graph))
    further = [entry for entry in found if entry.is_past_package]
    past = past_faces(graph, faces)
    print(f"{len(found)} imports between rooms")
    print(f"  {len(found) - len(further)} of the package of a room")
    print(f"  {len(further) - len(past)} of {len(faces)} modules that belong to a face")
    print(f"  {len(past)} past a face")


if __name__ == "__main__":
    main()
