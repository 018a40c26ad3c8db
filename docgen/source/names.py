"""Names of files whose bytes are no text."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from docgen.diagnostics import refuse

_NO_TEXT = re.compile("[\udc80-\udcff]")
"""Bytes of names that are no UTF-8 (PEP 383)."""


@contextmanager
def refusing_names_without_text() -> Iterator[None]:
    """Refuses names whose bytes are no text, where only text can be kept."""
    try:
        yield
    except UnicodeEncodeError as error:
        if not _NO_TEXT.search(error.object):
            raise
        raise refuse(
            "name-not-utf-8",
            "docgen could not go on: a file or folder has a name that is not UTF-8 text",
            hint="rename it, and the folders above it, with letters that every computer knows",
        ) from error
