"""The command line: a thin layer over the public API, and the only room that prints."""

from docgen.cli.program import main

__all__ = ["main"]
