"""Peers that only ``make bench`` installs."""

from importlib import import_module
from typing import Any


def needed(name: str) -> Any:
    """The module of a peer; ends the run with the remedy where it is not installed."""
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        raise SystemExit(f"this benchmark needs {name}: run it with 'make bench'") from error
