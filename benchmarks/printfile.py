"""Print files: packets over twenty codes gathered into files of several lengths, up to 5,000.

Documents are made beforehand. Each print file is written by a process of its own, so that its peak
of memory is that of its own work; what a packet takes is what the file grows by beyond the first of
each code.
"""

import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.distinct import distinct_records, distinct_visit
from benchmarks.memory import peak_megabytes
from benchmarks.warm import LAYOUT, RECORD, with_code
from docgen import Project
from docgen.batch.make.press import Press
from docgen.batch.plan.tasks import SheetKit
from docgen.printfiles import PrintDocument, PrintOptions, PrintPacket, write_print_files

PACKETS = 5000
CODES = 20
COUNTS = (CODES, 500, PACKETS)


def measure() -> list[str]:
    """Milliseconds, bytes and peak memory for print files of several lengths."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        _make_documents(folder)
        lines: list[str] = []
        least = 0
        for count in COUNTS:
            seconds, size, megabytes = _assembled(folder, count)
            least = least or size
            each = (size - least) / (count - CODES) if count > CODES else 0.0
            lines.append(
                f"  {count:5} packets {seconds / count * 1000:8.2f} ms each {size:11,} bytes   "
                f"{each:6.0f} bytes a further packet   peak {megabytes:4.0f} MB"
            )
        return lines


def _make_documents(folder: Path) -> None:
    project = Project.open(RECORD.parents[2], organization="sample")
    kits = [
        SheetKit(f"kit-{number}", with_code(project.compose(record, LAYOUT), number))
        for number, record in enumerate(distinct_records(CODES))
    ]
    press = Press()
    for number in range(PACKETS):
        made = press.made(kits[number % CODES], distinct_visit(number))
        (folder / f"{number}.pdf").write_bytes(made.data)


def _assembled(folder: Path, count: int) -> tuple[float, int, float]:
    command = [sys.executable, "-m", "benchmarks.printfile", str(folder), str(count)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return float(told[0]), int(told[1]), float(told[2])


def _assemble(folder: Path, count: int) -> None:
    began = perf_counter()
    packets = (_packet(folder, number) for number in range(count))
    [file] = write_print_files(packets, folder, f"of-{count}", PrintOptions(run="3fa9c2d1"))
    sys.stdout.write(f"{perf_counter() - began} {file.size} {peak_megabytes()}\n")


def _packet(folder: Path, number: int) -> PrintPacket:
    path = folder / f"{number}.pdf"
    document = PrintDocument(path, sha256(path.read_bytes()).hexdigest())
    return PrintPacket(number, f"Packet {number}", (document,))


if __name__ == "__main__":
    _assemble(Path(sys.argv[1]), int(sys.argv[2]))
