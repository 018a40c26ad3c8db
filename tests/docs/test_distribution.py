"""What docgen is installed as: never by the name that a stranger's package has."""

import re
import subprocess
import sys
import tomllib
from importlib.metadata import distribution
from typing import get_args

import pytest

from docgen.extras import DISTRIBUTION, Extra, installing
from tests.commands import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
TEXTS = sorted(
    path
    for pattern in ("*.md", "*.toml", "docs/**/*", "docgen/**/*", "tests/**/*.py", ".ci/*")
    for path in ROOT.glob(pattern)
    if path.suffix in {".md", ".toml", ".py", ".yaml", ".html", ".js", ""} and path.is_file()
)
STRANGER = re.compile(
    r"docgen\[[a-z]"  # an extra of the stranger's
    r"|pip (?:install|download) (?:-\S+ )*['\"]?docgen(?![\w./-])"
)


def test_it_has_one_name() -> None:
    assert PROJECT["name"] == DISTRIBUTION
    scripts = distribution(DISTRIBUTION).entry_points.select(group="console_scripts")
    assert {point.name for point in scripts} == {"docgen"}
    assert set(get_args(Extra)) <= PROJECT["optional-dependencies"].keys()


@pytest.mark.parametrize(
    "text", ["pip install 'docgen" + "[validate]'", "pip install -U docgen", "pip install docgen\n"]
)
def test_a_strangers_requirement_is_seen(text: str) -> None:
    assert STRANGER.search(text)


def test_nothing_says_to_install_the_strangers_package() -> None:
    told = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in TEXTS
        if path != ROOT / "tests/docs/test_distribution.py"
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if STRANGER.search(line)
    ]
    assert len(TEXTS) > 500
    assert told == []


@pytest.mark.parametrize("extra", get_args(Extra))
def test_where_docgen_is_installed_pip_asks_no_index_for_it(extra: Extra) -> None:
    """The tests' environment has all extras, so that nothing is left to fetch."""
    requirement = installing(extra).removeprefix("pip install ").strip("'")
    pip = [sys.executable, "-m", "pip", "install", "--no-index", "--dry-run", requirement]
    done = subprocess.run(pip, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Would install" not in done.stdout
