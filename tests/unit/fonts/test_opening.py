"""Font files that cannot be embedded right are refused by name."""

from pathlib import Path

import pytest

from docgen import fonts
from docgen.diagnostics import DocgenError, Span
from docgen.fonts.opening import open_font

GOOD = Path(fonts.__file__).parent / "faces/noto-sans/NotoSans-Regular.ttf"
PLACE = Span("theme.yaml", 4, 9)


def refusal(path: Path) -> tuple[str, str]:
    with pytest.raises(DocgenError) as caught:
        open_font("Test", path, PLACE)
    [diagnostic] = caught.value.diagnostics
    assert diagnostic.span == PLACE
    return diagnostic.rule, diagnostic.message


def test_a_truetype_font_is_opened() -> None:
    assert open_font("Good", GOOD).face.unitsPerEm == 1000


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"OTTO\x00\x0a\x00\x80", "font-format"),
        (b"", "font-format"),
        (b"wOFF\x00\x01\x00\x00", "font-format"),
        (b"%PDF-1.7", "font-format"),
        (b"\x00\x01\x00\x00", "font-damaged"),
        (b"\x00\x01\x00\x00" + bytes(400), "font-damaged"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, content: bytes, rule: str) -> None:
    path = tmp_path / "face.ttf"
    path.write_bytes(content)
    assert refusal(path)[0] == rule


def test_postscript_outlines_are_named(tmp_path: Path) -> None:
    path = tmp_path / "face.otf"
    path.write_bytes(b"OTTO" + bytes(100))
    assert "PostScript outlines (CFF)" in refusal(path)[1]


@pytest.mark.parametrize("length", [12, 300, 5_000, 100_000])
def test_a_font_cut_short_is_refused(tmp_path: Path, length: int) -> None:
    path = tmp_path / "face.ttf"
    path.write_bytes(GOOD.read_bytes()[:length])
    assert refusal(path)[0] == "font-damaged"


def test_a_missing_font_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "face.ttf")[0] == "font-unreadable"
