"""The guide's chapter on drawings of one's own, done as it says: a package that pip installs."""

import re
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from tests.commands import ROOT, environment
from tests.conformance import conformance_problems
from tests.pdf_text import page_texts

_FILE = re.compile(r"^```[a-z]+\n# (?P<file>\S+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_CHAPTER = re.compile(r"^### Drawings of your own\n(.*?)^### ", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the chapter's files, and Python with its package beside docgen."""
    folder = tmp_path_factory.mktemp("clinic")
    chapter = _CHAPTER.search((ROOT / "docs/guide.md").read_text("utf-8"))
    assert chapter is not None
    for match in _FILE.finditer(chapter[1]):
        path = folder / match["file"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(match["text"], "utf-8")
    python = folder / "venv"
    venv.create(python, symlinks=sys.platform != "win32")
    paths = sysconfig.get_paths(vars={"base": str(python), "platbase": str(python)})
    # What is installed here is there as well, docgen among it.
    beside = Path(paths["purelib"]) / "beside.pth"
    beside.write_text(f"{sysconfig.get_paths()['purelib']}\n{ROOT}\n", "utf-8")
    pip = [sys.executable, "-m", "pip", "--python", str(_python(folder)), "install", "--quiet"]
    offline = ["--no-index", "--no-deps", "--no-build-isolation", "--disable-pip-version-check"]
    subprocess.run([*pip, *offline, "./clinic-drawings"], cwd=folder, check=True)
    return folder


def _python(folder: Path) -> Path:
    scripts = "Scripts/python.exe" if sys.platform == "win32" else "bin/python"
    return folder / "venv" / scripts


def _docgen(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
    command = [str(_python(folder)), "-m", "docgen", *arguments]
    return subprocess.run(command, cwd=folder, env=environment(), capture_output=True, check=False)


def test_the_chapter_gives_a_sheet_with_the_drawing(installed: Path) -> None:
    made = _docgen(installed, "render", "77299", "--layout", "with-scale", "--output", "out")
    assert made.returncode == 0, made.stderr.decode()
    [path] = (installed / "out").iterdir()
    said = " ".join(" ".join(page_texts(path.read_bytes())).split())
    assert "0 1 2 3 4 5 6 7 8 9 10" in said
    assert conformance_problems(path.read_bytes()) == []


def test_its_layout_is_right(installed: Path) -> None:
    checked = _docgen(installed, "layouts", "check", "with-scale")
    assert checked.returncode == 0, checked.stderr.decode()


def test_a_package_of_the_folder_alone_is_not_found(installed: Path, tmp_path: Path) -> None:
    for file in ("layouts/with-scale.yaml", "clinic-drawings/clinic_drawings.py"):
        text = (installed / file).read_text("utf-8")
        path = tmp_path / file.removeprefix("clinic-drawings/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    told = tmp_path / "clinic_drawings-1.0.dist-info"
    told.mkdir()
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: clinic-drawings\nVersion: 1.0\n")
    entry = "pain-scale = clinic_drawings:pain_scale"
    (told / "entry_points.txt").write_text(f"[docgen.drawings]\n{entry}\n")
    command = [sys.executable, "-m", "docgen", "layouts", "check", "with-scale"]
    settings = environment(PYTHONPATH=str(ROOT))
    checked = subprocess.run(command, cwd=tmp_path, env=settings, capture_output=True, check=False)
    assert checked.returncode == 1
    assert b"no package that is installed has a drawing 'pain-scale'" in checked.stderr
