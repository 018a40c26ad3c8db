"""Runs the real command line, in a process of its own or, more quickly, in this one."""

import contextlib
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from click.testing import CliRunner

from docgen.cli.program import program

ROOT = Path(__file__).resolve().parent.parent
DOCGEN = (sys.executable, "-m", "docgen")


def environment(**settings: str) -> dict[str, str]:
    """This process's environment, in which docgen is found from any folder."""
    return {**os.environ, "PYTHONPATH": str(ROOT), **settings}


class Ended(NamedTuple):
    """How a command ended, and what it said."""

    returncode: int
    stdout: bytes
    stderr: bytes


def invoke_docgen(*arguments: str, cwd: Path, **settings: str) -> Ended:
    """Runs a command in a folder, in this process: a start costs more than most of them."""
    with contextlib.chdir(cwd):
        done = CliRunner().invoke(program, arguments, env=settings, prog_name="docgen")
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return Ended(done.exit_code, done.stdout_bytes, done.stderr_bytes)


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
