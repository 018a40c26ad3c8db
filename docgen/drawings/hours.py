"""The sample drawing: a bar of how the hours of a day are used, and a key to it."""

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any, Final

from reportlab.graphics.shapes import (  # type: ignore[import-untyped]
    Drawing,
    Group,
    Rect,
    String,
)
from reportlab.lib.colors import Color  # type: ignore[import-untyped]
from reportlab.pdfbase.pdfmetrics import stringWidth  # type: ignore[import-untyped]

from docgen.drawings.given import DrawingTheme, DrawingValue

_DAY: Final = 24.0
_NEAR: Final = 0.01
_LINE: Final = 0.75
_SHARES: Final = (1.0, 0.1, 0.7, 0.3)
"""How much colour each part of the bar has, in turn: neighbours differ in gray as well."""
_DARK: Final = 0.5
_CAPITALS: Final = 0.7
"""How high figures are, as a share of their size."""


def hours_of_a_day(
    record: Mapping[str, Any], width: float, theme: DrawingTheme, values: Sequence[DrawingValue]
) -> Drawing:
    """A bar of 24 hours in as many parts as there are values, each with its hours and its label.

    Raises ValueError where the values are no hours, or do not make a day.
    """
    hours = [_hours(one) for one in values]
    if abs(sum(hours) - _DAY) > _NEAR:
        raise ValueError(f"the hours add up to {sum(hours):g}, and a day has 24")
    across = _columns(values, hours, width, theme)
    rows = -(-len(values) // across)
    bar = 2 * theme.leading
    height = rows * theme.leading + theme.leading / 2 + bar
    drawing = Drawing(width, height)
    inside = width - _LINE
    left = _LINE / 2
    for index, (_, length) in enumerate(zip(values, hours, strict=True)):
        part = inside * length / _DAY
        look = _filled(index, theme)
        box = Rect(left, height - bar + _LINE / 2, part, bar - _LINE, **look)
        drawing.add(_part_of_bar(box, length, _share(index), theme))
        left += part
    for index, (value, length) in enumerate(zip(values, hours, strict=True)):
        x = index % across * width / across
        y = (rows - 1 - index // across) * theme.leading
        drawing.add(_entry(x, y, _said(value, length), index, theme))
    return drawing


def _hours(one: DrawingValue) -> float:
    try:
        hours = float(one.value)
    except ValueError:
        raise ValueError(f"{one.value!r} is no number of hours") from None
    if not isfinite(hours) or hours <= 0:
        raise ValueError(f"{one.value!r} is no number of hours above 0")
    return hours


def _part_of_bar(box: Rect, hours: float, share: float, theme: DrawingTheme) -> Group:
    """A part of the bar, with its hours where there is room for them."""
    part = Group(box)
    figure = f"{hours:g}"
    if stringWidth(figure, theme.bold_font, theme.size) + theme.size <= box.width:
        part.add(
            String(
                box.x + box.width / 2,
                box.y + (box.height - _CAPITALS * theme.size) / 2,
                figure,
                textAnchor="middle",
                fontName=theme.bold_font,
                fontSize=theme.size,
                fillColor=theme.paper if share > _DARK else theme.ink,
            )
        )
    return part


def _entry(x: float, y: float, said: str, index: int, theme: DrawingTheme) -> Group:
    """What a part of the bar is."""
    side = _CAPITALS * theme.size
    base = y + (theme.leading - theme.size) / 2 + 0.2 * theme.size
    box = Rect(x + _LINE / 2, base, side, side, **_filled(index, theme))
    words = String(
        x + 1.75 * side, base, said, fontName=theme.font, fontSize=theme.size, fillColor=theme.ink
    )
    return Group(box, words)


def _columns(
    values: Sequence[DrawingValue], hours: Sequence[float], width: float, theme: DrawingTheme
) -> int:
    """In how many columns the key stands, so that its widest entry has room."""
    widest = max(
        stringWidth(_said(value, length), theme.font, theme.size)
        for value, length in zip(values, hours, strict=True)
    )
    return max(min(int(width // (widest + 3 * theme.size)), len(values)), 1)


def _said(value: DrawingValue, hours: float) -> str:
    return f"{value.label}: {hours:g}" if value.label else f"{hours:g}"


def _filled(index: int, theme: DrawingTheme) -> dict[str, Any]:
    return {
        "fillColor": _mixed(theme.accent, theme.paper, _share(index)),
        "strokeColor": theme.accent,
        "strokeWidth": _LINE,
    }


def _share(index: int) -> float:
    return _SHARES[index % len(_SHARES)]


def _mixed(accent: Color, paper: Color, share: float) -> Color:
    parts = zip(accent.rgb(), paper.rgb(), strict=True)
    return Color(*(share * one + (1 - share) * other for one, other in parts))
