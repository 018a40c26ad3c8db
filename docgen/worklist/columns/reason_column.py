"""The column that a file of rejected rows has besides those of its worklist."""

import re
from collections.abc import Sequence
from itertools import count
from typing import Final

from docgen.columns import plain_heading
from docgen.worklist.columns.column_map import WorklistMap

REASON: Final = "docgen_reason"
"""Its heading: the name of no column that any system exports."""
_OWN: Final = re.compile(f"{plain_heading(REASON)}[0-9]*")


def has_reasons(headings: Sequence[str], column_map: WorklistMap | None) -> bool:
    """Whether the last column of a table is that of an earlier run: a map says nothing of it."""
    last = plain_heading(headings[-1])
    named = column_map.named | column_map.ignored if column_map else ()
    return _OWN.fullmatch(last) is not None and last not in named


def reason_heading(columns: Sequence[str]) -> str:
    """A heading for the reasons that none of the columns of a worklist has: ``docgen_reason``, or
    ``docgen_reason_2``."""
    taken = {plain_heading(column) for column in columns}
    names = (f"{REASON}_{number}" if number > 1 else REASON for number in count(1))
    return next(name for name in names if plain_heading(name) not in taken)
