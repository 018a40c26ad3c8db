"""Programs and files of the system that some tests use: real parts that no Python package brings.

``.ci/programs`` lists them. Where one is missing, the tests that need it are skipped and say what
to install; ``make system`` does. In CI nothing may be skipped (tests/conftest.py).
"""

import os
import shutil
from pathlib import Path
from typing import Final

import pytest

from tests.commands import ROOT

_LIST = ROOT / ".ci/programs"
PACKAGES: Final[dict[str, str]] = dict(
    line.split() for line in _LIST.read_text("utf-8").splitlines() if not line.startswith("#")
)
"""The Debian package that brings a program or file."""


def needs(*programs: str) -> pytest.MarkDecorator:
    """Marks tests that use some programs and files of the list, which are looked for by PATH."""
    missing = [program for program in programs if _found(program) is None]
    packages = ", ".join(PACKAGES[program] for program in programs)
    return pytest.mark.skipif(
        bool(missing),
        reason=f"needs {', '.join(missing)}: run 'make system', or install {packages}",
    )


def program(name: str) -> str:
    """The path of a program or file of the list."""
    found = _found(name)
    assert found, f"{name} is not installed ({PACKAGES[name]})"
    return found


def _found(name: str) -> str | None:
    if "/" not in name:
        return shutil.which(name)
    folders = os.environ["PATH"].split(os.pathsep)
    # With PATH=/usr/bin, share/… is looked for in /usr.
    beside = (Path(folder).parent / name for folder in folders)
    return next((str(file) for file in beside if file.exists()), None)
