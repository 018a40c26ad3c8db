"""Walks through a guide as its reader would: runs its commands, writes its lines into files.

A guide is Markdown with these steps:

- a block ``console``: commands after ``$``, each followed by what it prints, where ``...`` stands
  for any lines and, in a line, for any words; if nothing is shown, it must only succeed;
- a block ``yaml`` that begins with ``# FILE``: the lines are put into the file, each top-level key
  in the place of the same key of the file if it has it;
- ``<!-- given: FILE -->``: a picture or a font that the reader is supposed to have;
- ``<!-- taken back: FILE -->``: the file is again what it was before the last lines were put in;
- ``<!-- printed: TEXT -->`` and ``<!-- not printed: TEXT -->``: what the PDFs of the last
  ``docgen render`` say.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from msgspec import Struct
from PIL import Image

from tests.commands import ROOT, environment
from tests.pdf_text import is_printed, page_texts

_STEP = re.compile(
    r"^```(?P<kind>[a-z]*)\n(?P<block>.*?)^```$|^<!-- (?P<said>[a-z ]+): (?P<words>.*?) -->$",
    re.MULTILINE | re.DOTALL,
)
_KEY = re.compile(r"^[A-Za-z_]+:", re.MULTILINE)
_ANY = "..."
_SHELL = 'docgen() { "$DOCGEN_PYTHON" -m docgen "$@"; }\n'
_FONTS = ROOT / "docgen/fonts/faces/noto-sans"


class Step(Struct, frozen=True):
    """One thing that the reader does or sees, and the line of the guide that says so."""

    line: int
    kind: str
    """``$``, ``yaml``, or what a comment says, such as ``printed``; else another kind of block."""
    text: str
    shown: tuple[str, ...] = ()


def steps(guide: str) -> tuple[Step, ...]:
    """The steps of a guide in their order."""
    return tuple(_steps(guide))


def _steps(guide: str) -> Iterator[Step]:
    for match in _STEP.finditer(guide):
        line = guide.count("\n", 0, match.start()) + 1
        if match["said"]:
            yield Step(line, match["said"], match["words"])
        elif match["kind"] == "console":
            yield from _commands(line + 1, match["block"])
        else:
            yield Step(line, match["kind"], match["block"])


def _commands(first: int, block: str) -> Iterator[Step]:
    lines = block.splitlines()
    starts = [at for at, line in enumerate(lines) if line.startswith("$ ")]
    assert starts[:1] == [0], f"line {first}: a console block begins with a command"
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield Step(first + start, "$", lines[start][2:], tuple(lines[start + 1 : end]))


class Walk:
    """A reader who follows a guide in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._sheets: list[Path] = []
        self._before: dict[Path, str] = {}

    def take(self, step: Step) -> None:
        """Does what a step says. Raises AssertionError where it is not as the guide says."""
        acts = {
            "$": self._run,
            "yaml": self._write,
            "given": self._give,
            "taken back": self._take_back,
            "printed": self._look,
            "not printed": self._look,
        }
        assert step.kind in acts, f"line {step.line}: a reader cannot follow a block {step.kind!r}"
        acts[step.kind](step)

    def _run(self, step: Step) -> None:
        if step.text.startswith("cd "):
            self.folder /= step.text.removeprefix("cd ")
            return
        if step.text.startswith("docgen preview"):
            self._preview(step)
            return
        run = subprocess.run(
            ["bash", "-c", _SHELL + step.text],
            cwd=self.folder,
            env=environment(DOCGEN_PYTHON=sys.executable),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
            check=False,
        )
        told = f"line {step.line}: $ {step.text}\n{run.stdout}"
        assert run.returncode == int(any("error[" in line for line in step.shown)), told
        if step.shown:
            assert _alike(step.shown, run.stdout.splitlines()), told
        if step.text.startswith("docgen render"):
            names = [line for line in run.stdout.splitlines() if line.endswith(".pdf")]
            self._sheets = [self.folder / name for name in names]

    def _preview(self, step: Step) -> None:
        """A preview runs until it is interrupted: once it has shown what the guide shows."""
        arguments = step.text.split()[1:]
        with subprocess.Popen(
            [sys.executable, "-m", "docgen", *arguments, "--port", "0"],
            cwd=self.folder,
            env=environment(),
            stdout=subprocess.PIPE,
            text=True,
        ) as preview:
            assert preview.stdout
            first = preview.stdout.readline().rstrip("\n")
            os.kill(preview.pid, signal.SIGINT)
        shown = re.sub(r":\d+", "", step.shown[0])
        assert re.sub(r":\d+", "", first) == shown, f"line {step.line}: {first}"

    def _write(self, step: Step) -> None:
        name, _, lines = step.text.partition("\n")
        assert name.startswith("# "), f"line {step.line}: the first line must name the file"
        path = self.folder / name[2:]
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_text("utf-8") if path.exists() else ""
        path.write_text(with_lines(before, lines), "utf-8")
        self._before[path] = before

    def _take_back(self, step: Step) -> None:
        path = self.folder / step.text
        path.write_text(self._before.pop(path), "utf-8")

    def _give(self, step: Step) -> None:
        path = self.folder / step.text
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".png":
            path.write_bytes(_picture())
        else:
            shutil.copy(_FONTS / f"NotoSans-{path.stem.rpartition('-')[2]}.ttf", path)

    def _look(self, step: Step) -> None:
        assert self._sheets, f"line {step.line}: nothing was rendered"
        pages = [text for sheet in self._sheets for text in page_texts(sheet.read_bytes())]
        found = is_printed(step.text, pages)
        assert found == (step.kind == "printed"), f"line {step.line}: {step.text}"


def with_lines(text: str, lines: str) -> str:
    """A YAML file with some lines put in: their keys replace the same keys of the file."""
    starts = [match.start() for match in _KEY.finditer(lines)]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        entry = lines[start:end].rstrip("\n") + "\n"
        key = entry.partition(":")[0]
        there = re.search(rf"^{key}:.*\n(?:[ \-].*\n|\n(?=[ \-]))*", text, re.MULTILINE)
        text = text[: there.start()] + entry + text[there.end() :] if there else text + entry
    return text


def _alike(shown: Sequence[str], printed: Sequence[str]) -> bool:
    pattern = "".join(
        r"(?:.*\n)*" if line == _ANY else f"{'.*'.join(map(re.escape, line.split(_ANY)))}\n"
        for line in shown
    )
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in printed)) is not None


def _picture() -> bytes:
    file = BytesIO()
    Image.new("RGB", (300, 100), "#0a5c4a").save(file, "PNG")
    return file.getvalue()
