"""Files come to be whole, private, or not at all."""

import io
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from docgen.delivery import write_file, write_stream
from docgen.diagnostics import DocgenError

NOBODY = 65534


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def refusal(folder: Path, name: str = "a.pdf") -> str:
    with pytest.raises(DocgenError) as refused:
        write_file(b"new", folder, name)
    return str(refused.value)


@pytest.fixture
def unprivileged(tmp_path: Path) -> Iterator[None]:
    """Folder permissions bind everyone but root: the test runs as somebody else."""
    if os.geteuid() != 0:
        yield
        return
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_file_is_written_and_named(tmp_path: Path) -> None:
    path = write_file(b"%PDF", tmp_path, "a.pdf")
    assert path == tmp_path / "a.pdf"
    assert path.read_bytes() == b"%PDF"
    assert list(tmp_path.iterdir()) == [path]


def test_new_files_and_folders_are_private(tmp_path: Path) -> None:
    path = write_file(b"%PDF", tmp_path / "clinic" / "monday", "a.pdf")
    assert mode(path) == 0o600
    assert mode(tmp_path / "clinic" / "monday") == mode(tmp_path / "clinic") == 0o700


def test_an_older_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"old")
    write_file(b"new", tmp_path, "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == b"new"


def test_a_link_is_replaced_and_what_it_led_to_is_left_alone(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(b"old")
    (tmp_path / "a.pdf").symlink_to(elsewhere)
    write_file(b"new", tmp_path, "a.pdf")
    assert elsewhere.read_bytes() == b"old"
    assert (tmp_path / "a.pdf").read_bytes() == b"new"


def test_a_folder_of_the_same_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").mkdir()
    assert refusal(tmp_path) == (
        f"error[output-is-folder]: cannot write '{tmp_path}/a.pdf': a folder has that name\n"
        "  hint: move the folder away, or choose another one with --output"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "output").write_bytes(b"old")
    for folder in (tmp_path / "output", tmp_path / "output" / "deeper"):
        assert refusal(folder) == (
            f"error[output-not-folder]: cannot write into '{folder}': it is, or lies in, a file\n"
            "  hint: choose a folder with --output"
        )


@pytest.mark.usefixtures("unprivileged")
def test_a_folder_without_write_permission_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    message = (
        "error[output-unwritable]: no permission to write into '{}'\n"
        "  hint: ask for write access, or choose another folder with --output"
    )
    if os.geteuid() == NOBODY:
        folder = tmp_path
    else:
        folder.mkdir(mode=0o500)
    assert refusal(folder) == message.format(folder)
    assert refusal(folder / "new") == message.format(folder / "new")


def test_a_name_too_long_is_refused(tmp_path: Path) -> None:
    name = "a" * 300 + ".pdf"
    assert refusal(tmp_path, name).startswith(f"error[output-unwritable]: cannot write '{name}'")
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_the_older_file_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"old")
    script = """
import resource, sys
from pathlib import Path
from docgen.delivery import write_file
from docgen.diagnostics import DocgenError
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    write_file(bytes(100_000), Path(sys.argv[1]), "a.pdf")
except DocgenError as error:
    print(error)
"""
    ran = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert ran.stdout == (
        f"error[output-full]: no room to write 'a.pdf' into '{tmp_path}'; "
        "nothing was left behind\n"
        "  hint: free some space, or choose a folder on another disk with --output\n"
    )
    assert ran.stderr == ""
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.pdf": b"old"}


def test_a_stream_gets_every_byte() -> None:
    stream = io.BytesIO()
    write_stream(b"%PDF" * 1000, stream)
    assert stream.getvalue() == b"%PDF" * 1000


def test_a_pipe_that_takes_a_part_at_a_time_gets_every_byte() -> None:
    class Narrow(io.BytesIO):
        def write(self, data: object) -> int:
            return super().write(bytes(data)[:7])  # type: ignore[call-overload]

    stream = Narrow()
    write_stream(b"0123456789" * 5, stream)
    assert stream.getvalue() == b"0123456789" * 5


def test_a_full_device_is_refused() -> None:
    device = Path("/dev/full").open("wb", buffering=0)  # noqa: SIM115 - raw, so that nothing waits
    with device, pytest.raises(DocgenError, match="cannot write to the output stream: no room"):
        write_stream(b"%PDF", device)


def test_a_closed_pipe_is_refused() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with (
        os.fdopen(writing, "wb", buffering=0) as pipe,
        pytest.raises(DocgenError, match="output stream: broken pipe"),
    ):
        write_stream(b"%PDF", pipe)
