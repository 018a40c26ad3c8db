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
    from docgen.batch.books import Progress, RunStatus, Summary
    from docgen.batch.plan.settings import PrintSettings
    from docgen.batch.running import RunObserver, RunResult, RunStoppedError, Work
    from docgen.batch.single import PatientPacket
    from docgen.diagnostics import Diagnostic, DocgenError, Span
    from docgen.document import Visit
    from docgen.imports import ImportReport
    from docgen.printing import PrintedFile, PrintObserver, PrintPlan, PrintReport, PrintWish
    from docgen.project import Project
    from docgen.rendered import RenderedSheet
    from docgen.search import FoundCodes, Hit
    from docgen.sheets import BASE_LAYOUTS, RenderOptions

__all__ = [
    "BASE_LAYOUTS",
    "Diagnostic",
    "DocgenError",
    "FoundCodes",
    "Hit",
    "ImportReport",
    "PatientPacket",
    "PrintObserver",
    "PrintPlan",
    "PrintReport",
    "PrintSettings",
    "PrintWish",
    "PrintedFile",
    "Progress",
    "Project",
    "RenderOptions",
    "RenderedSheet",
    "RunObserver",
    "RunResult",
    "RunStatus",
    "RunStoppedError",
    "Span",
    "Summary",
    "Visit",
    "Work",
    "__version__",
]

_HOMES = {
    "BASE_LAYOUTS": "docgen.sheets",
    "Diagnostic": "docgen.diagnostics",
    "DocgenError": "docgen.diagnostics",
    "FoundCodes": "docgen.search",
    "Hit": "docgen.search",
    "ImportReport": "docgen.imports",
    "PatientPacket": "docgen.batch.single",
    "PrintObserver": "docgen.printing",
    "PrintPlan": "docgen.printing",
    "PrintReport": "docgen.printing",
    "PrintSettings": "docgen.batch.plan.settings",
    "PrintWish": "docgen.printing",
    "PrintedFile": "docgen.printing",
    "Progress": "docgen.batch.books",
    "Project": "docgen.project",
    "RenderOptions": "docgen.sheets",
    "RenderedSheet": "docgen.rendered",
    "RunObserver": "docgen.batch.running",
    "RunResult": "docgen.batch.running",
    "RunStatus": "docgen.batch.books",
    "RunStoppedError": "docgen.batch.running",
    "Span": "docgen.diagnostics",
    "Summary": "docgen.batch.books",
    "Visit": "docgen.document",
    "Work": "docgen.batch.running",
}
"""Where each public name lives; imported when it is first used, so that docgen starts at once."""


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'docgen' has no attribute {name!r}")
    return getattr(import_module(home), name)
