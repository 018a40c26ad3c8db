"""Pages on sheets: which side each of them takes."""

from collections.abc import Sequence

Paper = tuple[float, float]
"""Width and height of a page in points."""


def sides(papers: Sequence[Paper], *, duplex: bool) -> tuple[int | None, ...]:
    """The sides of a packet in the order of printing: indexes of pages, None for a blank back.

    In duplex each sheet has two, front and back. A page goes onto the back of the one before where
    both are of the same paper, upright or not.
    """
    if not duplex:
        return tuple(range(len(papers)))
    placed: list[int | None] = []
    for page, paper in enumerate(papers):
        if len(placed) % 2 and sorted(papers[page - 1]) != sorted(paper):
            placed.append(None)
        placed.append(page)
    return (*placed, None) if len(placed) % 2 else tuple(placed)
