"""Headings of columns, as they are compared."""

from functools import lru_cache


@lru_cache(maxsize=512)
def plain_heading(heading: str) -> str:
    """A heading as headings are compared: its letters and digits, in small letters.

    One of marks alone, such as #, stays as it is.
    """
    return "".join(char for char in heading.casefold() if char.isalnum()) or heading.strip()
