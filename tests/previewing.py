"""A preview that runs in a process of its own, as its user starts it."""

import contextlib
import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from tests.commands import DOCGEN, ROOT, environment, run_docgen

RECORD = Path("data/records/EXAMPLE-1.yaml")
ORGANIZATION = Path("layouts/organizations/my-clinic/organization.yaml")
LAYOUT = Path("layouts/patient-handout.yaml")
THEME = Path("layouts/themes/base.yaml")
CODE = ("EXAMPLE-1", "--organization", "my-clinic")


class Finding(msgspec.Struct):
    severity: str
    rule: str
    message: str
    place: str
    hint: str


class State(msgspec.Struct):
    """What the page is told."""

    layout: str
    large_print: bool
    layouts: list[str]
    page_count: int
    version: str
    is_current: bool
    findings: list[Finding]


class RunningPreview:
    """A preview of a project and its process."""

    def __init__(self, project: Path, process: "subprocess.Popen[str]", temporary: Path) -> None:
        assert process.stdout is not None
        self.project = project
        self.process = process
        self.temporary = temporary
        self.address = process.stdout.readline().strip()

    @contextlib.contextmanager
    def answer(self, path: str = "/", **headers: str) -> Iterator[HTTPResponse]:
        """What it answers, to be read in the block."""
        connection = HTTPConnection(urlsplit(self.address).netloc, timeout=20)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with contextlib.closing(connection):
            connection.request("GET", path, headers=named)
            with connection.getresponse() as response:
                yield response

    def status(self, path: str = "/", **headers: str) -> int:
        """The status code of what it answers."""
        with self.answer(path, **headers) as response:
            return response.status

    def sheet(self, query: str = "") -> bytes:
        """The PDF that it serves."""
        with self.answer(f"/sheet.pdf{query}") as response:
            assert response.status == 200
            return response.read()

    def states(self, query: str = "") -> Iterator[State]:
        """Each state that it tells of a view."""
        with self.answer(f"/events{query}") as stream:
            assert stream.getheader("content-type") == "text/event-stream; charset=utf-8"
            for line in stream:
                if line.startswith(b"data: "):
                    yield msgspec.json.decode(line.removeprefix(b"data: "), type=State)

    def interrupt(self) -> tuple[int, str]:
        """Presses Ctrl-C and gives the exit code and stderr."""
        os.killpg(self.process.pid, signal.SIGINT)
        _, told = self.process.communicate(timeout=10)
        return self.process.returncode, told


def make_project(folder: Path) -> Path:
    """A new project that has a layout and a theme of its own as well."""
    run_docgen("init", str(folder), cwd=folder.parent)
    for name in (LAYOUT, THEME):
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    return folder


@contextlib.contextmanager
def preview(project: Path, *arguments: str, **settings: str) -> Iterator[RunningPreview]:
    """Runs a preview on a free port; it ends with the block, unless it has ended before."""
    with (
        tempfile.TemporaryDirectory() as temporary,
        subprocess.Popen(
            [*DOCGEN, "preview", *(arguments or CODE), "--port", "0"],
            cwd=project,
            env=environment(TMPDIR=temporary, **settings),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        ) as process,
    ):
        try:
            yield RunningPreview(project, process, Path(temporary))
        finally:
            if process.poll() is None:
                process.terminate()


def rendered(project: Path, layout: str = "patient-handout", *options: str) -> bytes:
    """The sheet as ``docgen render`` gives it."""
    arguments = ("render", *CODE, "--layout", layout, "--output", "-", *options)
    run = run_docgen(*arguments, cwd=project)
    assert run.returncode == 0, run.stderr
    return run.stdout


def version(data: bytes) -> str:
    """How the preview names the version that a PDF is."""
    return hashlib.sha256(data).hexdigest()[:16]


def change(path: Path, old: str, new: str) -> None:
    """Saves a file with other words, as most editors do: anew and by renaming."""
    text = path.read_text("utf-8")
    assert old in text
    draft = path.with_name(f".{path.name}.draft")
    draft.write_text(text.replace(old, new, 1), "utf-8")
    draft.replace(path)
