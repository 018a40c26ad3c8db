"""Drawings of one's own: functions of installed packages that layouts name.

A package gives a function in the entry point group ``docgen.drawings``. It is called with the
record, the width that there is in points, and the theme, and returns a Drawing of
``reportlab.graphics``.
"""

from docgen.drawings.given import DrawingTheme, DrawingValue
from docgen.drawings.making import DrawingRoom, check_drawing

__all__ = ["DrawingRoom", "DrawingTheme", "DrawingValue", "check_drawing"]
