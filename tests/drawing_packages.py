"""A package with drawings, installed in a folder of its own."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from docgen.drawings import packages

HEAD = """\
from reportlab.graphics.shapes import Circle, Drawing, Group, Image, Line, Rect, String
from reportlab.lib.colors import CMYKColor, Color, black

"""


def write_package(site: Path, name: str, source: str, entries: dict[str, str]) -> None:
    """Writes what an installer would: a module and what it says of its entry points.

    ``entries`` are functions of the module by the names of their drawings.
    """
    module = name.replace("-", "_")
    (site / f"{module}.py").write_text(HEAD + source, "utf-8")
    told = site / f"{module}-1.0.dist-info"
    told.mkdir(parents=True)
    (told / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    lines = "".join(f"{drawing} = {module}:{function}\n" for drawing, function in entries.items())
    (told / "entry_points.txt").write_text(f"[{packages.GROUP}]\n{lines}")


@contextmanager
def installed_in(site: Path) -> Iterator[None]:
    """The packages of a folder, besides those that are installed."""
    before, modules = packages._folders, set(sys.modules)
    packages._folders = lambda: [*before(), str(site)]
    packages._entry_points.cache_clear()
    sys.path.insert(0, str(site))
    try:
        yield
    finally:
        sys.path.remove(str(site))
        packages._folders = before
        packages._entry_points.cache_clear()
        for name in set(sys.modules) - modules:
            if getattr(sys.modules[name], "__file__", None) == str(site / f"{name}.py"):
                del sys.modules[name]
