"""Programs of the system that some tests run: real parts that no Python package brings.

``.ci/programs`` lists them. Where one is missing, the tests that need it are skipped and say what
to install; ``make system`` does. In CI nothing may be skipped (tests/conftest.py).
"""

import shutil
from typing import Final

import pytest

from tests.commands import ROOT

_LIST = ROOT / ".ci/programs"
PACKAGES: Final[dict[str, str]] = dict(
    line.split() for line in _LIST.read_text("utf-8").splitlines() if not line.startswith("#")
)
"""The Debian package that brings a program."""


def needs(*programs: str) -> pytest.MarkDecorator:
    """Marks tests that run some programs of the list, which are looked for on the PATH."""
    missing = [program for program in programs if shutil.which(program) is None]
    packages = ", ".join(PACKAGES[program] for program in programs)
    return pytest.mark.skipif(
        bool(missing),
        reason=f"needs {', '.join(missing)}: run 'make system', or install {packages}",
    )


def program(name: str) -> str:
    """The path of a program of the list."""
    found = shutil.which(name)
    assert found, f"{name} is not installed ({PACKAGES[name]})"
    return found
