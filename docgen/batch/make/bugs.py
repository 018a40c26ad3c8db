"""What is told of an exception that nobody foresaw: its text might hold anything of a patient."""

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from docgen.diagnostics import DocgenError, refuse
from docgen.source import refusing_names_without_text

_PACKAGE = Path(__file__).resolve().parents[2]


def named(error: BaseException) -> str:
    """Its type, and where in docgen it came from: ``KeyError at docgen/batch/runs/run.py:120``."""
    return f"{type(error).__name__} at {_place_in_docgen(error)}"


@contextmanager
def telling_bugs() -> Iterator[None]:
    """Refuses what nobody foresaw, told by its place."""
    try:
        with refusing_names_without_text():
            yield
    except (DocgenError, OSError):
        raise
    except Exception as error:
        bug = named(error)
    else:
        return
    # Outside the handler: the error that it would carry along may hold anything.
    raise refuse(
        "internal-error",
        f"docgen has a fault: {bug}",
        hint="what was made is kept; please report it with the version of docgen",
    )


def _place_in_docgen(error: BaseException) -> str:
    for call in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(call.filename)
        if path.is_relative_to(_PACKAGE):
            return f"docgen/{path.relative_to(_PACKAGE)}:{call.lineno}"
    return "an unknown place"
