"""Runs the real command line in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCGEN = (sys.executable, "-m", "docgen")


def run_docgen(
    *arguments: str, cwd: Path, stdin: bytes = b"", **environment: str
) -> "subprocess.CompletedProcess[bytes]":
    """Runs docgen in a folder and gives its exit code and what it printed."""
    return subprocess.run(
        [*DOCGEN, *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        timeout=120,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )
