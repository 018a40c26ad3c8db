"""What is told of an exception that nobody foresaw: its text might hold anything of a patient."""

import traceback
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[2]


def named(error: BaseException) -> str:
    """Its type, and where in docgen it came from: ``KeyError at docgen/batch/runs/run.py:120``."""
    return f"{type(error).__name__} at {_place(error)}"


def _place(error: BaseException) -> str:
    for call in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(call.filename)
        if path.is_relative_to(_PACKAGE):
            return f"docgen/{path.relative_to(_PACKAGE)}:{call.lineno}"
    return "an unknown place"
