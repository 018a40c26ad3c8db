"""Runs as the command line makes them: begun, killed at any moment, gone on with, compared."""

import csv
import io
import json
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from tests.commands import DOCGEN, Ended, environment, invoke_docgen, run_docgen
from tests.sample_records import take_over_samples

COLUMNS = (
    "patient_name",
    "patient_id",
    "birth_date",
    "appointment_time",
    "location",
    "provider",
    "codes",
    "language",
    "large_print",
    "copies",
    "layouts",
    "clinic",
)
CODES = ("77299", "45378", "70551", "93306", "27447", "G0121")
BOOKS = ("manifest.csv", "manifest.jsonl", "rejected.csv", "summary.json")
"""What a run writes at its end, and what has to be the same however often it was killed."""

Line = Mapping[str, str]


def visit(number: int, **values: str) -> Line:
    """A made-up patient's visit, another one for each number."""
    hour, minute = divmod(8 * 60 + 5 * number, 60)
    return {
        "patient_name": f"Sample Patient{number}",
        "patient_id": f"MRN{number:05}",
        "birth_date": f"19{number % 90 + 10}-02-03",
        "appointment_time": f"2026-11-24 {hour % 24:02}:{minute:02}",
        "location": f"Room {number % 7}",
        "provider": f"Dr. Example {number % 3}",
        "codes": CODES[number % len(CODES)],
        "clinic": ("North", "South")[number % 2],
        **values,
    }


def visits(count: int, **values: str) -> list[Line]:
    """So many of them."""
    return [visit(number, **values) for number in range(count)]


def write_worklist(path: Path, lines: Sequence[Line]) -> Path:
    """A worklist as a table."""
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, COLUMNS, restval="")
        table.writeheader()
        table.writerows(lines)
    return path


def batch(
    folder: Path, *arguments: str, stdin: bytes = b""
) -> "subprocess.CompletedProcess[bytes]":
    """``docgen batch`` in a folder, to its end. The sample records are the folder's own."""
    take_over_samples(folder)
    return run_docgen("batch", *arguments, cwd=folder, stdin=stdin)


def batch_here(folder: Path, *arguments: str) -> Ended:
    """``docgen batch`` in a folder, in this process: for what does no work and ends soon."""
    return invoke_docgen("batch", *arguments, cwd=folder)


def begun(folder: Path, *arguments: str, niceness: int = 0) -> "subprocess.Popen[bytes]":
    """``docgen batch`` in a folder, under way, in a process group of its own.

    A nice one yields to the test that wants to do something to it, on busy machines as well.
    """
    take_over_samples(folder)
    pipe = subprocess.PIPE
    return subprocess.Popen(
        ["nice", "-n", str(niceness), *DOCGEN, "batch", *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=pipe,
        stderr=pipe,
        env=environment(),
        start_new_session=True,
    )


def killed_after(seconds: float, folder: Path, *arguments: str) -> bool:
    """Kills ``docgen batch`` with SIGKILL after some seconds; False where it had come to its end
    before, which it must then have done in order."""
    with begun(folder, *arguments) as process:
        try:
            _, told = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return True
    assert process.returncode in (0, 3), told.decode()
    assert b"docgen: stopped" not in told, told.decode()
    assert b"Traceback" not in told, told.decode()
    return False


def wait_for_documents(run: Path, count: int, seconds: float = 30) -> None:
    """Waits until a run has made so many documents."""
    until = time.monotonic() + seconds
    while sum(1 for _ in run.glob("documents/*/*.pdf")) < count:
        assert time.monotonic() < until, f"not {count} documents in {seconds} seconds"
        time.sleep(0.01)


def contents(run: Path) -> dict[str, str]:
    """The digests of all that a finished run consists of, by path."""
    documents = (path for path in (run / "documents").rglob("*") if path.is_file())
    files = [*documents, *(run / name for name in BOOKS)]
    return {str(path.relative_to(run)): sha256(path.read_bytes()).hexdigest() for path in files}


def summary(run: Path) -> dict[str, Any]:
    """The numbers of a run."""
    found: dict[str, Any] = json.loads((run / "summary.json").read_bytes())
    return found


def manifest(run: Path) -> list[dict[str, Any]]:
    """The manifest, line by line."""
    return [json.loads(line) for line in (run / "manifest.jsonl").read_bytes().splitlines()]


def rejected(run: Path) -> list[dict[str, str]]:
    """The rejected rows with their reasons."""
    text = (run / "rejected.csv").read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def all_bytes(run: Path) -> Iterator[tuple[Path, bytes]]:
    """Every file of a run but what is meant to name patients: documents, print files, rejected
    rows, and a worklist that it keeps."""
    for path in run.rglob("*"):
        private = {"documents", "print"} & set(path.relative_to(run).parts)
        if path.is_file() and not private and path.name not in ("rejected.csv", "worklist"):
            yield path, path.read_bytes()


def assert_adds_up(run: Path) -> None:
    """Nothing lost, nothing twice, nothing mixed up: books and disk say the same."""
    numbers, lines = summary(run), manifest(run)
    done = [line for line in lines if line["state"] == "done"]
    refused = {line["row"] for line in lines if line["state"] == "rejected"}
    packets = {line["row"] for line in done}
    left_out = sum(numbers["left_out"].values())
    assert numbers["rows"] == numbers["packets"] + numbers["rejected"] + left_out
    assert (len(packets), len(refused)) == (numbers["packets"], numbers["rejected"])
    assert not packets & refused
    assert len(rejected(run)) == numbers["rejected"]
    on_disk = {
        str(path.relative_to(run / "documents"))
        for path in (run / "documents").rglob("*")
        if path.is_file()
    }
    assert on_disk == {line["file"] for line in done}
    assert len(done) == len(on_disk) == numbers["documents"]
    for line in done:
        data = (run / "documents" / line["file"]).read_bytes()
        assert (sha256(data).hexdigest(), len(data)) == (line["sha256"], line["bytes"])
