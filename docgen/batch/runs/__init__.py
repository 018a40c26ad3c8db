"""A run and its folder: begun, gone on with, held by one process at a time."""

from docgen.batch.runs.links import refuse_links
from docgen.batch.runs.lock import RunLock

__all__ = [
    "RunLock",
    "refuse_links",
]
