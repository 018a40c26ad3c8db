"""The golden pages: every mark of the sheets of code 77299, as text that a person has read."""

from pathlib import Path

from docgen import BASE_LAYOUTS, Project
from docgen.typeset import dump
from tests.commands import ROOT

FOLDER = Path(__file__).parent
GOLDENS = {layout: FOLDER / f"77299-{layout}.txt" for layout in BASE_LAYOUTS}


def dumped(layout: str) -> str:
    """The pages of a layout as they are set today."""
    project = Project.open(ROOT, organization="sample")
    document = project.compose(project.record("77299"), layout)
    return dump(project.typeset(document))
