"""A docgen project: records and layouts in a folder, and all that can be done with them.

A project has the shape ``data/records/``, ``layouts/``, ``output/``. Its own files win over the
ones that come with docgen.
"""

from docgen.sheets import BASE_LAYOUTS, PLAIN, RenderOptions, SheetMaker

__all__ = ["BASE_LAYOUTS", "PLAIN", "Project", "RenderOptions"]


class Project(SheetMaker):
    """Records, layouts and an organization, found in folders of which the first wins."""
