"""Files of other kinds are known by how they begin; texts are not taken for them."""

import bz2
import gzip
import io
import lzma
import sqlite3
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from docgen.signatures import FileKind, kind_of
from tests.commands import ROOT


def _image(kind: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (300, 200)).save(file, kind)
    return file.getvalue()


def _tar() -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        archive.add(ROOT / "LICENSE", "LICENSE")
    return file.getvalue()


def _zip(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "text")
    return file.getvalue()


MADE: tuple[tuple[FileKind, Callable[[], bytes]], ...] = (
    *((FileKind[kind], lambda kind=kind: _image(kind)) for kind in ("PNG", "JPEG", "GIF", "BMP")),
    *((FileKind[kind], lambda kind=kind: _image(kind)) for kind in ("TIFF", "WEBP", "PDF", "EPS")),
    (FileKind.ZIP, lambda: _zip("a.txt")),
    (FileKind.ARCHIVE, _zip),
    (FileKind.ARCHIVE, _tar),
    (FileKind.ARCHIVE, lambda: gzip.compress(b"text")),
    (FileKind.ARCHIVE, lambda: bz2.compress(b"text")),
    (FileKind.ARCHIVE, lambda: lzma.compress(b"text")),
    (FileKind.PROGRAM, lambda: Path(sys.executable).read_bytes()[:1000]),
    (FileKind.TRUETYPE, lambda: next((ROOT / "docgen/fonts").rglob("*.ttf")).read_bytes()),
)


@pytest.mark.parametrize(("kind", "made"), MADE, ids=[kind.name for kind, _ in MADE])
def test_a_file_of_a_kind_is_known(kind: FileKind, made: Callable[[], bytes]) -> None:
    assert kind_of(made()) is kind


def test_a_database_is_known(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "a") as connection:
        connection.execute("CREATE TABLE a (b)")
    connection.close()
    assert kind_of((tmp_path / "a").read_bytes()) is FileKind.DATABASE


@pytest.mark.parametrize(
    "text",
    [
        *("MZ twins: what to expect", "BMI chart", "true or false", "GIF8 is a word", "OTTO,77299"),
        *("BZh9 is the name of a gene", "The ftyp", "PK 77299", "RIFF, a word", "ttcf", ""),
        "x" * 257 + "ustar",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_text_is_no_other_kind_of_file(text: str, encoding: str) -> None:
    assert kind_of(text.encode(encoding)) is None
