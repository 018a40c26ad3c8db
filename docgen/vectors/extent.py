"""How far the marks of a picture reach."""

from collections.abc import Callable, Iterable, Iterator
from math import hypot, sqrt

from docgen.document import PaintedPath, PaintedText, VectorMark, VectorPath, VectorSource
from docgen.vectors.recording import moved

Extent = tuple[float, float, float, float]
"""Left, bottom, right and top, in points from the picture's lower left corner."""
Measure = Callable[[PaintedText], tuple[float, float, float]]
"""The width of a text, and how far it reaches below and above its baseline."""

_FLAT = 1e-12


def extent_of(picture: VectorSource, measure: Measure) -> Extent | None:
    """How far all marks reach together, lines with half of their width; None where there is none.

    The points of sharp corners are not counted.
    """
    parts = [part for mark in picture.marks if (part := _seen(mark, measure)) is not None]
    return _around(parts)


def _seen(mark: VectorMark, measure: Measure) -> Extent | None:
    if isinstance(mark, PaintedText):
        width, below, above = measure(mark)
        left, right = mark.x, mark.x + width
        bottom, top = mark.y - below, mark.y + above
        corners = [(left, bottom), (right, bottom), (right, top), (left, top)]
        seen = _box(moved(mark.matrix, *corner) for corner in corners)
    else:
        seen = _widened(_of_path(mark.path), mark)
    for clip in mark.clips:
        seen = _within(seen, _of_path(clip))
    return seen if seen[0] <= seen[2] and seen[1] <= seen[3] else None


def _widened(box: Extent, mark: PaintedPath) -> Extent:
    if mark.stroke is None:
        return box
    a, b, c, d, _, _ = mark.path.matrix
    half = mark.stroke.width / 2
    across, up = half * hypot(a, c), half * hypot(b, d)
    return box[0] - across, box[1] - up, box[2] + across, box[3] + up


def _of_path(path: VectorPath) -> Extent:
    return _box(_turning_points(path))


def _turning_points(path: VectorPath) -> Iterator[tuple[float, float]]:
    """The ends of lines and curves, and where curves turn back, in coordinates of the picture."""
    points = iter(
        moved(path.matrix, x, y) for x, y in zip(path.points[::2], path.points[1::2], strict=True)
    )
    here = (0.0, 0.0)
    for operator in path.operators:
        if operator == "h":
            continue
        if operator == "c":
            curve = (here, next(points), next(points), next(points))
            xs, ys = zip(*curve, strict=True)
            for moment in (*_turns(*xs), *_turns(*ys)):
                yield _on_curve(moment, *xs), _on_curve(moment, *ys)
            here = curve[3]
        else:
            here = next(points)
        yield here


def _turns(p0: float, p1: float, p2: float, p3: float) -> list[float]:
    """Where in a Bézier curve one coordinate turns back: the roots of its derivative."""
    a, b, c = p3 - 3 * p2 + 3 * p1 - p0, 2 * (p2 - 2 * p1 + p0), p1 - p0
    if abs(a) < _FLAT:
        roots = [-c / b] if abs(b) >= _FLAT else []
    else:
        under = b * b - 4 * a * c
        roots = [(-b + sign * sqrt(under)) / (2 * a) for sign in (1, -1)] if under >= 0 else []
    return [root for root in roots if 0 < root < 1]


def _on_curve(t: float, p0: float, p1: float, p2: float, p3: float) -> float:
    u = 1 - t
    return u * u * u * p0 + 3 * u * u * t * p1 + 3 * u * t * t * p2 + t * t * t * p3


def _box(points: Iterable[tuple[float, float]]) -> Extent:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _within(box: Extent, clip: Extent) -> Extent:
    return max(box[0], clip[0]), max(box[1], clip[1]), min(box[2], clip[2]), min(box[3], clip[3])


def _around(boxes: list[Extent]) -> Extent | None:
    if not boxes:
        return None
    left, bottom, right, top = zip(*boxes, strict=True)
    return min(left), min(bottom), max(right), max(top)
