"""Where the layouts and sample records that come with docgen are.

A wheel carries them inside of the package; in a checkout, which is itself a docgen project, they
lie beside it.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def data_folder() -> Path:
    """The folder of the sample data; its records are in ``records/``."""
    return _root() / "data"


def layouts_folder() -> Path:
    """The folder of the base layouts, themes and the sample organization."""
    return _root() / "layouts"


def _root() -> Path:
    carried = _PACKAGE / "shipped"
    return carried if carried.is_dir() else _PACKAGE.parent
