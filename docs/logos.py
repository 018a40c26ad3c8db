"""Draws the logos of the sample organizations: ``python -m docs.logos``.

They are the project's own drawings, in flat shapes that stay clear in grayscale. Each is drawn four
times as large as it is kept, for smooth edges, and kept at 450 pixels an inch of its printed size.
"""

from collections.abc import Callable
from itertools import pairwise
from math import cos, pi, sin
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageChops, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parent.parent
ORGANIZATIONS = ROOT / "layouts/organizations"
_FACES = ROOT / "docgen/fonts/faces/atkinson-hyperlegible-next"
PLAIN = _FACES / "AtkinsonHyperlegibleNext-Regular.ttf"
_BOLD = _FACES / "AtkinsonHyperlegibleNext-Bold.ttf"
_SERIF = ORGANIZATIONS / "lantern-bay-cancer-center/fonts/SourceSerifPro-Bold.ttf"

_WHITE = "#ffffff"
_OVERSIZE = 4

Point = tuple[float, float]


class Face(NamedTuple):
    """A font file and a size in units of the logo's height."""

    file: Path
    size: float


class Pen(NamedTuple):
    """Draws in units of the logo's height: the mark fills the square from 0 to 1."""

    draw: ImageDraw.ImageDraw
    unit: float

    def shape(self, points: list[Point], colour: str) -> None:
        """A filled outline."""
        self.draw.polygon([(x * self.unit, y * self.unit) for x, y in points], fill=colour)

    def disc(self, x: float, y: float, radius: float, colour: str) -> None:
        """A filled circle around a point."""
        box = (x - radius, y - radius, x + radius, y + radius)
        self.draw.ellipse([side * self.unit for side in box], fill=colour)

    def box(self, box: tuple[float, float, float, float], radius: float, colour: str) -> None:
        """A filled rectangle with round corners."""
        self.draw.rounded_rectangle(
            [side * self.unit for side in box], radius=radius * self.unit, fill=colour
        )

    def words(self, x: float, base: float, text: str, face: Face, colour: str) -> None:
        """Words that start at ``x`` and stand on a baseline."""
        font = ImageFont.truetype(face.file, face.size * self.unit)
        place = (x * self.unit, base * self.unit)
        self.draw.text(place, text, font=font, fill=colour, anchor="ls")


def lantern_bay(pen: Pen) -> None:
    """A lit lantern over two waves."""
    plum, gold, violet = "#4b1d52", "#e0a23a", "#7c4a86"
    pen.box((0.44, 0.02, 0.56, 0.13), 0.06, plum)
    pen.disc(0.5, 0.075, 0.028, _WHITE)
    pen.shape([(0.36, 0.21), (0.42, 0.11), (0.58, 0.11), (0.64, 0.21)], plum)
    pen.box((0.30, 0.19, 0.70, 0.25), 0.03, plum)
    pen.box((0.33, 0.27, 0.67, 0.64), 0.03, plum)
    pen.shape(_flame(0.5, 0.59, 0.115, 0.27), gold)
    pen.shape(_flame(0.5, 0.59, 0.055, 0.13), _WHITE)
    pen.box((0.30, 0.66, 0.70, 0.72), 0.03, plum)
    pen.shape(_wave(0.79, 0.055), violet)
    pen.shape(_wave(0.91, 0.055), plum)
    pen.words(1.13, 0.53, "Lantern Bay", Face(_SERIF, 0.50), plum)
    pen.words(1.15, 0.88, "Cancer Center", Face(PLAIN, 0.285), plum)


def campo_claro(pen: Pen) -> None:
    """The sun over the furrows of a field."""
    clay, ochre, leaf = "#8a3b1a", "#e9a227", "#55702f"
    pen.disc(0.5, 0.47, 0.245, ochre)
    for turn in range(9):
        angle = pi * (1 + turn / 8)
        pen.shape(_ray(0.5, 0.47, angle, 0.30, 0.42), ochre)
    pen.shape(_furrow(0.49, 0.93), _WHITE)
    pen.shape(_furrow(0.52, 0.63), leaf)
    pen.shape(_furrow(0.66, 0.78), clay)
    pen.shape(_furrow(0.81, 0.94), clay)
    pen.words(1.15, 0.55, "Campo Claro", Face(_BOLD, 0.48), clay)
    pen.words(1.16, 0.89, "Clínicas comunitarias", Face(PLAIN, 0.285), clay)


def holm_ridge(pen: Pen) -> None:
    """Three ridges, one behind the other, in a round field."""
    slate, middle, pale = "#26323b", "#66757f", "#a9b4bb"
    pen.disc(0.5, 0.5, 0.49, slate)
    pen.disc(0.5, 0.5, 0.455, _WHITE)
    pen.shape(_within([(0.0, 0.62), (0.36, 0.25), (0.60, 0.50), (1.0, 0.62)]), pale)
    pen.shape(_within([(0.0, 0.78), (0.40, 0.60), (0.70, 0.33), (1.0, 0.66)]), middle)
    pen.shape(_within([(0.0, 0.70), (0.22, 0.57), (0.55, 0.76), (1.0, 0.62)]), slate)
    pen.words(1.15, 0.53, "Holm Ridge", Face(_BOLD, 0.46), slate)
    pen.words(1.16, 0.87, "Hospital", Face(PLAIN, 0.30), slate)


LOGOS: dict[str, tuple[Callable[[Pen], None], float]] = {
    "lantern-bay-cancer-center/logo.png": (lantern_bay, 0.62),
    "campo-claro/logo.png": (campo_claro, 0.62),
    "holm-ridge-hospital/logo.png": (holm_ridge, 0.62),
}
"""By file: what draws it, and its height in inches."""

_DOTS = 450
"""Pixels an inch at the printed size."""
_WIDEST = 6
"""Width of the canvas as a multiple of its height; what stays empty is cut off."""
_COLOURS = 64


def logo(drawn: Callable[[Pen], None], height: float) -> Image.Image:
    """A logo as pixels, on white."""
    tall = round(height * _DOTS) * _OVERSIZE
    canvas = Image.new("RGB", (tall * _WIDEST, tall), _WHITE)
    drawn(Pen(ImageDraw.Draw(canvas), tall))
    blank = Image.new("RGB", canvas.size, _WHITE)
    box = ImageChops.difference(canvas, blank).getbbox()
    assert box is not None, "a logo without a mark"
    kept = canvas.crop((0, 0, box[2], tall))
    small = kept.resize((kept.width // _OVERSIZE, tall // _OVERSIZE), Image.Resampling.LANCZOS)
    return small.quantize(_COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)


def _flame(x: float, foot: float, half: float, height: float) -> list[Point]:
    """A drop that stands on its round end."""
    steps = 60
    middle = foot - half
    right = [
        (x + half * sin(pi * step / steps / 2), foot - half + half * cos(pi * step / steps / 2))
        for step in range(steps + 1)
    ]
    tip = foot - height
    right += [
        (x + half * (1 - step / steps) ** 1.4, middle + (tip - middle) * step / steps)
        for step in range(steps + 1)
    ]
    return [*right, *((2 * x - across, down) for across, down in reversed(right))]


def _wave(y: float, thick: float) -> list[Point]:
    """A band that goes up and down twice."""
    steps = 120
    top = [
        (0.02 + 0.96 * step / steps, y - 0.028 * sin(2 * pi * 2 * step / steps))
        for step in range(steps + 1)
    ]
    return [*top, *((across, down + thick) for across, down in reversed(top))]


def _ray(x: float, y: float, angle: float, near: float, far: float) -> list[Point]:
    """A short thick line that points away from the middle of a sun."""
    half = 0.022
    corners = ((near, half), (far, half), (far, -half), (near, -half))
    return [
        (x + out * cos(angle) - side * sin(angle), y + out * sin(angle) + side * cos(angle))
        for out, side in corners
    ]


def _furrow(top: float, foot: float) -> list[Point]:
    """A band of the field that rises to its middle."""
    steps, rise = 60, 0.06
    upper = [
        (0.02 + 0.96 * step / steps, top + rise - rise * sin(pi * step / steps))
        for step in range(steps + 1)
    ]
    return [*upper, *((across, down + foot - top) for across, down in reversed(upper))]


def _within(ridge: list[Point]) -> list[Point]:
    """A ridge line and all below it, cut to the round field."""
    steps, radius = 240, 0.435
    upper: list[Point] = []
    lower: list[Point] = []
    for step in range(steps + 1):
        across = 0.5 - radius + 2 * radius * step / steps
        half = max(radius**2 - (across - 0.5) ** 2, 0.0) ** 0.5
        height = max(_height(ridge, across), 0.5 - half)
        if height < 0.5 + half:
            upper.append((across, height))
            lower.append((across, 0.5 + half))
    return [*upper, *reversed(lower)]


def _height(ridge: list[Point], across: float) -> float:
    """Where a ridge line stands, straight between its points."""
    for (left, one), (right, other) in pairwise(ridge):
        if left <= across <= right:
            return one + (other - one) * (across - left) / (right - left)
    return 1.0


if __name__ == "__main__":
    for name, (drawn, height) in LOGOS.items():
        path = ORGANIZATIONS / name
        logo(drawn, height).save(path, optimize=True, dpi=(_DOTS, _DOTS))
        print(path.relative_to(ROOT))
