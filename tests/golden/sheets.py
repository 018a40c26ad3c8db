"""What the sheets of code 77299 are, as text that a person has read: their marks and their tags."""

from collections.abc import Callable
from pathlib import Path

from docgen import BASE_LAYOUTS, Project
from docgen.typeset import dump
from tests.commands import ROOT
from tests.tag_tree import tag_tree

FOLDER = Path(__file__).parent
CODE = "77299"


def marks(layout: str) -> str:
    """Every mark on the pages of a layout as they are set today."""
    project = _project()
    return dump(project.typeset(project.compose(project.record(CODE), layout)))


def tags(layout: str) -> str:
    """The structure tree of a layout's PDF: what a screen reader gets to know."""
    project = _project()
    return tag_tree(project.render_record(project.record(CODE), layout).data)


GOLDENS: dict[str, tuple[Callable[[str], str], str]] = {
    f"{CODE}-{layout}.{name}.txt": (made, layout)
    for layout in BASE_LAYOUTS
    for name, made in (("marks", marks), ("tags", tags))
}
"""What makes each golden file, and of which layout."""


def _project() -> Project:
    return Project.open(ROOT, organization="sample")
