"""Copies of docgen in which one definition is edited, to see what follows from it."""

import shutil
import subprocess
import sys
from pathlib import Path

from tests.commands import ROOT, environment


def copied(folder: Path) -> Path:
    """A copy of docgen in a new folder, as it is here."""
    for name in ("docgen", "docs", "layouts"):
        ignored = shutil.ignore_patterns("__pycache__", "images")
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def edited(copy: Path, module: str, old: str, new: str) -> None:
    """Edits what stands once in a module of the copy."""
    path = copy / "docgen" / module
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def asked(copy: Path, program: str) -> subprocess.CompletedProcess[str]:
    """What a program says that finds the copy in the place of docgen."""
    command = (sys.executable, "-c", program)
    settings = environment(PYTHONPATH=str(copy))
    return subprocess.run(
        command, cwd=copy, env=settings, capture_output=True, text=True, check=False
    )
