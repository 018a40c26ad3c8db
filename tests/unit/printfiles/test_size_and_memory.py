"""What packets share is stored once, and memory does not grow with them."""

import io
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from random import Random

import pytest
from PIL import Image

from docgen.batch.make.press import Press
from docgen.batch.plan.kits import Sheet, made_kit
from docgen.document import Figure, ImageSource, Visit
from docgen.printfiles import PrintOptions, PrintPacket, write_print_files
from docgen.project import Project, RenderOptions
from tests.commands import environment
from tests.conformance import syntax_problems
from tests.printed_packets import pdf_of, stored
from tests.sheets import paper

CODES = ("77299", "27447", "45378", "70551")
NAMES = ("Ana Testcase", "Bo Sampleson", "Émile Beispiel", "Łukasz Dummy-Placeholder")
MOST_BYTES_OF_A_PACKET = 12 * 1024
PACKETS = 200
SIDE = 320
"""Of a picture, in pixels."""


def visit(number: int) -> Visit:
    return Visit(
        patient_name=f"{NAMES[number % len(NAMES)]} {number}",
        birth_date=date(1940 + number % 60, 1 + number % 12, 1 + number % 28),
        appointment=datetime(2026, 11, 24, 8 + number % 9, number % 60),
        place=f"Room {number % 7}",
    )


@pytest.fixture(scope="module")
def packets(tmp_path_factory: pytest.TempPathFactory) -> list[PrintPacket]:
    """The handouts of distinct patients, of a few codes."""
    folder = tmp_path_factory.mktemp("documents")
    project, press = Project.open(organization="sample"), Press()
    plain = RenderOptions()
    kits = [
        made_kit(project, Sheet(project.record(code), "patient-handout", plain, True)).kit
        for code in CODES
    ]
    return [
        PrintPacket(number, f"Packet {number}", (stored(made.data, folder, f"{number}.pdf"),))
        for number in range(PACKETS)
        for made in (press.made(kits[number % len(CODES)], visit(number)),)
    ]


def test_a_packet_takes_little_room_beyond_the_first_of_its_code(
    packets: list[PrintPacket], tmp_path: Path
) -> None:
    options = PrintOptions(run="3fa9c2d1")
    [first] = write_print_files(packets[: len(CODES)], tmp_path, "first", options)
    [every] = write_print_files(packets, tmp_path, "every", options)

    grown = (every.size - first.size) / (PACKETS - len(CODES))
    assert grown <= MOST_BYTES_OF_A_PACKET
    assert syntax_problems(every.path) == []


_ASSEMBLE = """
import sys
from hashlib import sha256
from pathlib import Path
from docgen.printfiles import PrintDocument, PrintOptions, PrintPacket, write_print_files

folder, count = Path(sys.argv[1]), int(sys.argv[2])
packets = (
    PrintPacket(n, f"Packet {n}", (PrintDocument(path, sha256(path.read_bytes()).hexdigest()),))
    for n, path in ((n, folder / f"{n}.pdf") for n in range(count))
)
[file] = write_print_files(packets, folder, f"of-{count}", PrintOptions(run="3fa9c2d1"))
[peak] = [line for line in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line]
print(file.size, 1024 * int(peak.split()[1]))
"""


def _assembled(folder: Path, count: int) -> tuple[int, int]:
    """The size of a print file, and the most memory that its making took."""
    run = subprocess.run(
        [sys.executable, "-c", _ASSEMBLE, folder, str(count)],
        capture_output=True,
        text=True,
        check=True,
        env=environment(),
    )
    size, peak = map(int, run.stdout.split())
    return size, peak


def test_memory_does_not_grow_with_the_print_file(tmp_path: Path) -> None:
    for number in range(150):
        stored(_incompressible(number), tmp_path, f"{number}.pdf")

    small, low = _assembled(tmp_path, 20)
    large, high = _assembled(tmp_path, 150)

    assert large - small > 13_000_000
    assert high - low < 5_000_000


def _incompressible(number: int) -> bytes:
    """A document that shares the 100 KB of its picture with no other."""
    picture = io.BytesIO()
    pixels = Random(number).randbytes(SIDE * SIDE)
    Image.frombytes("L", (SIDE, SIDE), pixels).save(picture, "PNG", compress_level=0)
    source = ImageSource(picture.getvalue(), SIDE, SIDE, "png")
    return pdf_of(paper(Figure(source, "noise", max_width=100.0)))
