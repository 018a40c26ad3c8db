"""The picture of the rooms and their floors, drawn from the import contract that holds them."""

import tomllib
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

PYPROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"

_WIDTH = 760
_FLOOR = 44
_ROOM = 30
_GAP = 8
_LEFT = 8
_LETTER = 7.2
"""Width of a letter at 12 px, on the safe side: it is the reader's own font."""

_HEAD = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">
<title>The rooms of docgen, floor by floor</title>
<desc>{told}</desc>
<style>
text {{ font: 12px system-ui, sans-serif; fill: #1c2733; text-anchor: middle }}
rect {{ fill: #eef3f7; stroke: #5b7186 }}
line {{ stroke: #c5d0da }}
</style>"""


def floors() -> list[list[str]]:
    """The rooms of each floor, the highest floor first, as import-linter holds them."""
    contracts = tomllib.loads(PYPROJECT.read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers: Sequence[str] = next(
        one["layers"] for one in contracts if one.get("containers") == ["docgen"]
    )
    return [floor.split(" | ") for floor in layers]


def picture() -> str:
    """An SVG: a box for each room, the command line on top."""
    above = floors()
    told = "; ".join(
        f"floor {number}: {', '.join(rooms)}"
        for number, rooms in zip(range(len(above), 0, -1), above, strict=True)
    )
    height = len(above) * _FLOOR
    parts = [_HEAD.format(width=_WIDTH, height=height, told=escape(told))]
    for number, rooms in enumerate(above):
        top = number * _FLOOR
        parts += _floor(rooms, top + (_FLOOR - _ROOM) / 2)
        if number:
            parts.append(f'<line x1="0" y1="{top}" x2="{_WIDTH}" y2="{top}"/>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _floor(rooms: Sequence[str], top: float) -> list[str]:
    """The rooms of a floor share its width by the length of their names."""
    free = _WIDTH - 2 * _LEFT - _GAP * (len(rooms) - 1)
    wanted = [len(room) * _LETTER + 2 * _GAP for room in rooms]
    if sum(wanted) > free:
        raise ValueError(f"too many rooms on a floor for the picture: {', '.join(rooms)}")
    more = (free - sum(wanted)) / len(rooms)
    parts: list[str] = []
    left = float(_LEFT)
    for room, width in zip(rooms, wanted, strict=True):
        wide = width + more
        parts.append(
            f'<rect x="{left:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{_ROOM}" rx="4"/>'
            f'<text x="{left + wide / 2:.1f}" y="{top + _ROOM / 2 + 4:.1f}">{room}</text>'
        )
        left += wide + _GAP
    return parts
