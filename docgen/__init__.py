"""docgen turns a medical procedure code into a patient handout and a clinician summary sheet.

from docgen import Project

project = Project.open(".")
for sheet in project.render("77299"):
    print(sheet.save("output"))
"""

from importlib import import_module
from typing import TYPE_CHECKING

from docgen.version import __version__

if TYPE_CHECKING:
    from docgen.diagnostics import Diagnostic, DocgenError, Span
    from docgen.project import Project
    from docgen.rendered import RenderedSheet
    from docgen.sheets import BASE_LAYOUTS, RenderOptions

__all__ = [
    "BASE_LAYOUTS",
    "Diagnostic",
    "DocgenError",
    "Project",
    "RenderOptions",
    "RenderedSheet",
    "Span",
    "__version__",
]

_HOMES = {
    "BASE_LAYOUTS": "docgen.sheets",
    "Diagnostic": "docgen.diagnostics",
    "DocgenError": "docgen.diagnostics",
    "Project": "docgen.project",
    "RenderOptions": "docgen.sheets",
    "RenderedSheet": "docgen.rendered",
    "Span": "docgen.diagnostics",
}
"""Where each public name lives; imported when it is first used, so that docgen starts at once."""


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'docgen' has no attribute {name!r}")
    return getattr(import_module(home), name)
