"""The generated pages are what the code says today, and the guides name only what exists."""

import re
from pathlib import Path

import pytest

from docgen.cli.program import COMMANDS
from docs.generate import DOCS, pages

ROOT = DOCS.parent
GUIDES = sorted(
    [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *DOCS.glob("*.md")]
)


@pytest.mark.parametrize("path", sorted(pages()), ids=lambda path: path.name)
def test_page_is_fresh(path: Path) -> None:
    assert path.read_text("utf-8") == pages()[path], "run: make docs"


def test_no_page_is_left_over() -> None:
    there = {*DOCS.glob("reference/*"), *DOCS.glob("schema/*")}
    assert there == {path for path in pages() if path.parent.name in ("reference", "schema")}


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_links_lead_somewhere(guide: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|lang:|#)([^)#]+)", guide.read_text("utf-8"))
    missing = [target for target in targets if not (guide.parent / target).exists()]
    assert missing == []


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_commands_exist(guide: Path) -> None:
    named = re.findall(r"(?:^ +|`)(?:\$ )?docgen ([a-z]+)", guide.read_text("utf-8"), re.MULTILINE)
    assert set(named) <= set(COMMANDS)
