"""The wheel carries all that docgen needs: it renders in an empty folder."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.commands import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("docgen_procedures-*.whl"))


def test_it_carries_layouts_fonts_and_samples(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert "docgen/py.typed" in names
    for folder, carried in (("layouts", "layouts"), ("data/records", "data/records")):
        for path in (ROOT / folder).rglob("*"):
            inside = path.relative_to(ROOT / folder).as_posix()
            assert path.is_dir() or f"docgen/shipped/{carried}/{inside}" in names
    # What the checkout says of itself is nobody else's.
    assert not any(name.startswith("docgen/shipped/docgen.") for name in names)
    faces = ROOT / "docgen/fonts/faces"
    for path in faces.rglob("*"):
        if path.is_file():
            assert path.relative_to(ROOT).as_posix() in names


def test_it_renders_and_makes_projects_in_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    site, empty = tmp_path / "site", tmp_path / "empty"
    empty.mkdir()
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*pip, "--target", str(site), str(wheel)], check=True)

    def run(*arguments: str) -> str:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=empty,
            env={**os.environ, "PYTHONPATH": str(site)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    where = run("-c", "import docgen; print(docgen.__file__)").strip()
    assert Path(where).is_relative_to(site)
    assert run("-m", "docgen", "render", "77299").splitlines() == [
        "output/cpt-77299-patient-handout.pdf",
        "output/cpt-77299-clinician-summary.pdf",
    ]
    listed = run("-m", "docgen", "render", "77299", "--format", "json").splitlines()
    assert [json.loads(line)["sample"] for line in listed] == [True, True]
    branded = run("-m", "docgen", "render", "45378", "--organization", "campo-claro-norte")
    assert branded.splitlines()[0] == "output/cpt-45378-patient-handout.pdf"
    assert "made new/data/records/EXAMPLE-1.yaml" in run("-m", "docgen", "init", "new")
