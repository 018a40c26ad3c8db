"""Headings of columns, as they are compared."""

from functools import lru_cache
from typing import TypeVar

T = TypeVar("T")


@lru_cache(maxsize=512)
def plain_heading(heading: str) -> str:
    """A heading as headings are compared: its letters and digits, in small letters.

    One of marks alone, such as #, stays as it is.
    """
    return "".join(char for char in heading.casefold() if char.isalnum()) or heading.strip()


def values_for_field(given: T | tuple[T, ...] | None) -> tuple[T, ...]:
    """What a column map gives for a field: one value, several, or none."""
    if given is None:
        return ()
    return given if isinstance(given, tuple) else (given,)
