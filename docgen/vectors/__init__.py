"""Pictures made of paths: ReportLab's drawings and SVG files, checked and kept as data."""

from docgen.vectors.extent import extent_of
from docgen.vectors.recording import UndrawableError, recorded
from docgen.vectors.svg.reading import read_svg
from docgen.vectors.svg.tree import MOST_BYTES

__all__ = ["MOST_BYTES", "UndrawableError", "extent_of", "read_svg", "recorded"]
