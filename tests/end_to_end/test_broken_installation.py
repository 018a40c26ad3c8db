"""Where files of docgen's own are missing or damaged, it says so and writes nothing."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import ROOT
from tests.sample_records import but_for_reviews

PROFILE = "docgen/pdf/profiles/sRGB-v4.icc"
FACE = "docgen/fonts/faces/atkinson-hyperlegible-next/AtkinsonHyperlegibleNext-Bold.ttf"


@pytest.fixture
def installation(tmp_path: Path) -> Path:
    """A copy of docgen whose files a test may damage."""
    for folder in ("docgen", "layouts", "data"):
        shutil.copytree(
            ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__")
        )
    return tmp_path


def render(installation: Path) -> tuple[int, str, list[Path]]:
    run = subprocess.run(
        [sys.executable, "-m", "docgen", "render", "77299"],
        cwd=installation,
        capture_output=True,
        text=True,
        check=False,
    )
    return run.returncode, run.stderr, list(installation.rglob("*.pdf"))


def test_a_whole_installation_renders(installation: Path) -> None:
    status, told, written = render(installation)
    assert (status, but_for_reviews(told), len(written)) == (0, "", 2)


def test_a_missing_colour_profile_is_told(installation: Path) -> None:
    (installation / PROFILE).unlink()
    assert render(installation) == (
        1,
        "error[broken-installation]: the colour profile sRGB-v4.icc of docgen cannot be read\n"
        "  hint: install docgen again\n",
        [],
    )


def test_a_damaged_face_is_told(installation: Path) -> None:
    path = installation / FACE
    path.write_bytes(path.read_bytes()[:20_000])
    status, told, written = render(installation)
    assert (status, written) == (1, [])
    assert told.startswith(
        "error[font-damaged]: font 'AtkinsonHyperlegibleNext-Bold.ttf' is damaged"
    )
