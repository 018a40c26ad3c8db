"""``--range`` of ``docgen print``, as it is typed."""

import click

from docgen.diagnostics import quoted

Ranges = tuple[tuple[int, int], ...]


def parsed_ranges(_: click.Context, __: click.Parameter, value: str | None) -> Ranges:
    """``1-4,7`` as first and last pages, for Click."""
    if value is None:
        return ()
    ranges: list[tuple[int, int]] = []
    for part in value.split(","):
        first, dash, last = (word.strip() for word in part.partition("-"))
        if not first.isascii() or not first.isdigit() or (dash and not last.isdecimal()):
            raise click.BadParameter(f"{quoted(part)} is no range of pages; write 1-4 or 1-4,7.")
        span = (int(first), int(last or first))
        if not 0 < span[0] <= span[1] or (ranges and span[0] <= ranges[-1][1]):
            raise click.BadParameter("pages count from 1, and ranges go upwards: 1-4,7.")
        ranges.append(span)
    return tuple(ranges)
