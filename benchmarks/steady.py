"""A hundred thousand packets in one run: memory over time, as a chart.

``python -m benchmarks.steady [PACKETS] [CHART.svg]`` makes a worklist of made-up patients, runs
``docgen batch`` over it, and looks every other second at the memory of the driver and of all
workers.
"""

import csv
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct

PACKETS = 100_000
CODES = ("45378", "70551", "77299", "93306", "G0103", "G0121", "Q0091", "66984", "27447", "59510")
_FIRST = ("Ada", "Bruno", "Carmen", "Dilip", "Edith", "Farid", "Greta", "Hugo", "Ines", "Jonas")
_LAST = ("Example", "Placeholder", "Muestra", "Specimen", "Testperson", "Sample", "Model")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_MEGABYTE = 1_000_000
_BETWEEN = 2.0
"""Seconds between two looks."""


class Moment(Struct, frozen=True):
    """What was seen at a moment of the run."""

    seconds: float
    megabytes: float
    """Resident memory of the driver and all workers; what they share is counted for each."""
    packets: int


def main(count: int, chart: Path | None) -> None:
    """Runs, prints what was seen, and draws it."""
    with TemporaryDirectory() as folder:
        worklist, run = Path(folder, "day.csv"), Path(folder, "run")
        write_worklist(worklist, count)
        seen = watched(worklist, run)
    last = seen[-1]
    most = max(moment.megabytes for moment in seen)
    print(f"{count} packets in {last.seconds:.0f} s, {count / last.seconds:.0f}/s")
    for share in (0.1, 0.25, 0.5, 0.75, 1.0):
        at = next(moment for moment in seen if moment.seconds >= share * last.seconds)
        print(f"  after {at.seconds:6.0f} s {at.packets:7} packets {at.megabytes:6.0f} MB")
    print(f"  at most {most:.0f} MB")
    if chart:
        chart.write_text(drawn(seen, count), "utf-8")


def write_worklist(path: Path, count: int) -> None:
    """A worklist of so many made-up patients, one code each."""
    start = datetime(2026, 11, 24, 7)
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(
            ["patient_name", "birth_date", "appointment_time", "location", "codes", "layouts"]
        )
        for number in range(count):
            first, last = _FIRST[number % len(_FIRST)], _LAST[number % len(_LAST)]
            born = 1930 + number % 70
            moment = start + timedelta(minutes=number % 600)
            rows.writerow(
                [
                    f"{first} {last} {number}",
                    f"{born}-0{1 + number % 9}-1{number % 10}",
                    moment.isoformat(sep=" ", timespec="minutes"),
                    f"Clinic {number % 12 + 1}",
                    CODES[number % len(CODES)],
                    "patient-handout",
                ]
            )


def watched(worklist: Path, run: Path) -> list[Moment]:
    """Runs the worklist and looks again and again."""
    command = [sys.executable, "-m", "docgen", "batch", str(worklist), "--organization", "sample"]
    driver = subprocess.Popen([*command, "-o", str(run), "--quiet"])
    start = time.monotonic()
    seen: list[Moment] = []
    while driver.poll() is None:
        time.sleep(_BETWEEN)
        memory = resident([driver.pid, *children(driver.pid)])
        if memory:
            seen.append(Moment(time.monotonic() - start, memory / _MEGABYTE, made(run)))
    if driver.returncode:
        raise SystemExit(driver.returncode)
    return seen


def made(run: Path) -> int:
    """How many documents have their names."""
    folder = run / "documents"
    return sum(len(files) for _, _, files in os.walk(folder)) if folder.is_dir() else 0


def children(pid: int) -> list[int]:
    """The processes that a process has started."""
    try:
        words = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [int(word) for word in words]


def resident(pids: Sequence[int]) -> int:
    """Bytes that some processes hold in memory; one that has ended holds none."""
    total = 0
    for pid in pids:
        try:
            total += int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
        except OSError:
            continue
    return total


def drawn(seen: Sequence[Moment], count: int) -> str:
    """Memory over time as SVG: a line, the limit of 400 MB, and what the axes say."""
    width, height, left, bottom = 720, 300, 60, 40
    across, up = width - left - 20, height - bottom - 30
    end = seen[-1].seconds

    def x(seconds: float) -> float:
        return left + across * seconds / end

    def y(megabytes: float) -> float:
        return height - bottom - up * megabytes / 450

    line = " ".join(f"{x(one.seconds):.1f},{y(one.megabytes):.1f}" for one in seen)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        'font-family="sans-serif" font-size="12" fill="#1c1c1c">',
        f"<title>Memory of a run of {count:,} packets</title>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
    ]
    for megabytes in (0, 100, 200, 300, 400):
        at = y(megabytes)
        colour, label = ("#9b2c14", " MB") if megabytes == 400 else ("#c8d0d8", "")
        parts += [
            f'<line x1="{left}" x2="{left + across}" y1="{at:.1f}" y2="{at:.1f}" '
            f'stroke="{colour}"/>',
            f'<text x="{left - 8}" y="{at + 4:.1f}" text-anchor="end">{megabytes}{label}</text>',
        ]
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        at = x(share * end)
        parts.append(
            f'<text x="{at:.1f}" y="{height - bottom + 18}" text-anchor="middle">'
            f"{share * end:.0f} s</text>"
        )
    parts += [
        f'<polyline points="{line}" fill="none" stroke="#0b4a6f" stroke-width="2"/>',
        f'<text x="{left}" y="18">Driver and workers together, {count:,} packets; '
        "the limit is 400 MB</text>",
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else PACKETS,
        Path(sys.argv[2]) if len(sys.argv) > 2 else None,
    )
