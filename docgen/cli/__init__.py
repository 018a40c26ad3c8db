"""The command line: a thin layer over the public API, and the only room that prints."""

import gc
from typing import NoReturn

__all__ = ["main"]

_NEW_OBJECTS = 100_000
"""How many new objects make the collector look for cycles. Starting up makes many objects and
hardly any garbage; Python's own count, 700 to 2000, has it search again and again in vain."""


def main() -> NoReturn:
    """Runs the program and exits: 0 done, 1 refused, 2 usage, 3 partly refused, 130 interrupted."""
    gc.set_threshold(_NEW_OBJECTS)
    from docgen.cli.program import run

    run()
