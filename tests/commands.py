"""Runs the real command line in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCGEN = (sys.executable, "-m", "docgen")


def environment(**settings: str) -> dict[str, str]:
    """This process's environment, in which docgen is found from any folder."""
    return {**os.environ, "PYTHONPATH": str(ROOT), **settings}


def run_docgen(
    *arguments: str, cwd: Path, stdin: bytes = b"", **settings: str
) -> "subprocess.CompletedProcess[bytes]":
    """Runs docgen in a folder and gives its exit code and what it printed."""
    return subprocess.run(
        [*DOCGEN, *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        timeout=120,
        check=False,
        env=environment(**settings),
    )


def start_docgen(*arguments: str, cwd: Path) -> "subprocess.Popen[bytes]":
    """Starts docgen in a folder, with pipes."""
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [*DOCGEN, *arguments], cwd=cwd, stdin=pipe, stdout=pipe, stderr=pipe, env=environment()
    )
