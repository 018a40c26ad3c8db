"""Where the layouts and sample records that come with docgen are, and which files are among them.

A wheel carries them inside of the package; in a checkout, which is itself a docgen project, they
lie beside it.
"""

import os
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def data_folder() -> Path:
    """The folder of the sample data; its records are in ``records/``."""
    return _root() / "data"


def layouts_folder() -> Path:
    """The folder of the base layouts, themes and the sample organization."""
    return _root() / "layouts"


def is_sample(path: Path) -> bool:
    """Whether a file is one of the sample data that come with docgen, by whatever links."""
    return Path(os.path.realpath(path)).is_relative_to(data_folder())


def name_of(path: Path) -> str | None:
    """``docgen:`` and the path of a file among those that come with docgen; None for any other."""
    root = _root()
    return f"docgen:{path.relative_to(root).as_posix()}" if path.is_relative_to(root) else None


def is_data_folder(path: Path) -> bool:
    """Whether a folder is that of the sample data: it is, for the project in docgen's checkout."""
    return Path(os.path.realpath(path)) == data_folder()


def _root() -> Path:
    carried = _PACKAGE / "shipped"
    return carried if carried.is_dir() else _PACKAGE.parent
