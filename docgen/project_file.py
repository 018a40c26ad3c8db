"""``docgen.yaml`` in a project's folder: what the project says of itself.

A project need not have one; then it says nothing, and has the defaults.
"""

from pathlib import Path
from typing import Annotated, Any, ClassVar, Final

from msgspec import Meta
from msgspec.structs import replace

from docgen.diagnostics import DocgenError, Findings, Span, refuse
from docgen.source import (
    SUFFIXES,
    Positioned,
    bind,
    display_path,
    is_folder,
    is_there,
    json_schema,
    place_of,
    read_file,
)

NAME: Final = "docgen"


class ProjectFile(Positioned, frozen=True, kw_only=True, eq=False):
    """What a project says of itself."""

    called: ClassVar[str] = "project file"

    unwritten: ClassVar[frozenset[str]] = frozenset({"span", "own_records_span"})

    own_records: Annotated[
        bool,
        Meta(
            description="Whether the project has records of its own in data/records. Where none is "
            "found there, every code is refused: a share that is not mounted looks like an empty "
            "folder, and samples would be taken in its place."
        ),
    ] = False
    samples: Annotated[
        bool,
        Meta(
            description="Whether sample records that come with docgen may enter patients' packets, "
            "to try docgen out. No clinician has reviewed them."
        ),
    ] = False

    own_records_span: Span | None = None
    """Where it says that the project has records of its own, if it does."""


def project_paths(folder: Path) -> tuple[Path, ...]:
    """Where the file of a project in a folder may be."""
    return tuple(folder / f"{NAME}{suffix}" for suffix in SUFFIXES)


def read_project_file(folder: Path) -> ProjectFile:
    """What the project in a folder says of itself.

    Raises DocgenError with all that is wrong with its file, and where that cannot be read.
    """
    found = [path for path in project_paths(folder) if is_there(path)]
    if not found and not is_folder(folder):
        raise refuse(
            "missing-folder", f"there is no folder {str(folder)!r}", hint="check the project's path"
        )
    if not found:
        return ProjectFile(span=Span.whole_file(display_path(folder)))
    if len(found) > 1:
        raise refuse(
            "duplicate-project-file",
            f"there is another file of this project: {display_path(found[0])}",
            Span(display_path(found[1]), 1, 1),
            "keep one of the two",
        )
    node = read_file(found[0])
    findings = Findings()
    bound = bind(node, ProjectFile, findings)
    if bound is None:
        raise DocgenError(findings.diagnostics)
    if not bound.own_records:
        return bound
    return replace(bound, own_records_span=place_of(node, "own_records"))


def project_schema() -> dict[str, Any]:
    """The JSON Schema of a project's file."""
    return json_schema(ProjectFile, "Project")
