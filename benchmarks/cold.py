"""Cold: a new process each time; docgen writes two PDFs, the peer one."""

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.content import content_of
from benchmarks.timing import seconds_in_turns, table
from docgen import Project

ROUNDS = 15
ROOT = Path(__file__).resolve().parent.parent


def measure() -> list[str]:
    """The table of the cold benchmark."""
    project = Project.open(ROOT, organization="sample")
    content = content_of(project.compose(project.record("77299"), "patient-handout"))
    with TemporaryDirectory() as name:
        folder = Path(name)
        words = folder / "content.json"
        words.write_text(json.dumps(content), "utf-8")
        docgen = ["-m", "docgen", "render", "77299", "--organization", "sample"]
        peer = ["benchmarks/platypus_handout.py", str(words), str(folder / "peer.pdf")]
        taken = seconds_in_turns(
            {
                "docgen render 77299 (two PDFs)": lambda _: _run(*docgen, "--output", name),
                "Platypus script (one PDF)": lambda _: _run(*peer),
            },
            ROUNDS,
        )
    return table(taken, "Platypus script (one PDF)")


def _run(*arguments: str) -> None:
    """Runs Python on modules that are byte-compiled, as those of an installed package are."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )
