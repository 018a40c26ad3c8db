"""Whatever happens while print files are made, those that were there stay whole."""

import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from docgen.diagnostics import DocgenError
from docgen.printfiles import PrintFile, PrintOptions, PrintPacket, write_print_files
from tests.commands import environment
from tests.printed_packets import page_texts, pages_saying, stored

_INTERRUPTED = """
import os, signal, sys
from hashlib import sha256
from pathlib import Path
from docgen.printfiles import PrintDocument, PrintOptions, PrintPacket, write_print_files

folder = Path(sys.argv[1])
path = folder / "new.pdf"
document = PrintDocument(path, sha256(path.read_bytes()).hexdigest())

def packets():
    for number in range(2, 600):
        yield PrintPacket(number, f"Packet {number}", (document,))
    os.kill(os.getpid(), signal.SIGKILL)

options = PrintOptions(run="3fa9c2d1", mark=False)
write_print_files(packets(), folder / "print", "patients", options)
"""


def printed(folder: Path, word: str, packets: int = 3) -> tuple[PrintFile, ...]:
    document = stored(pages_saying(word), folder, f"{word}.pdf")
    every = [PrintPacket(n, f"Packet {n}", (document,)) for n in range(2, 2 + packets)]
    options = PrintOptions(run="3fa9c2d1", mark=False)
    return write_print_files(every, folder / "print", "patients", options)


def test_a_killed_assembly_leaves_the_files_as_they_were(tmp_path: Path) -> None:
    [old] = printed(tmp_path, "old")
    before = old.path.read_bytes()
    stored(pages_saying("new"), tmp_path, "new.pdf")

    killed = subprocess.run(
        [sys.executable, "-c", _INTERRUPTED, tmp_path], check=False, env=environment()
    )

    assert killed.returncode == -signal.SIGKILL
    assert old.path.read_bytes() == before
    left = [path for path in old.path.parent.iterdir() if path != old.path]
    assert left
    assert all(path.name.startswith(".") and path.suffix == ".part" for path in left)
    assert {path.stat().st_mode & 0o777 for path in left} == {0o600}
    [new] = printed(tmp_path, "new")
    assert page_texts(new.path) == ["new", ""] * 3


@pytest.fixture
def a_small_disk() -> Iterator[None]:
    """Files may have 30 KB: what the disk does when it is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, handler)


@pytest.mark.usefixtures("a_small_disk")
def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path) -> None:
    [old] = printed(tmp_path, "old")

    with pytest.raises(DocgenError) as caught:
        printed(tmp_path, "new", packets=2000)

    [finding] = caught.value.diagnostics
    assert finding.rule == "output-full"
    assert list(old.path.parent.iterdir()) == [old.path]
    assert page_texts(old.path) == ["old", ""] * 3
