"""Peers: time, memory and size of the handouts of ``anew``, each contestant in its own process.

The processes take turns; what a contestant prints was composed before, by another process.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from benchmarks.memory import peak_megabytes

ROUNDS = 3
COUNT = 40
_SLOW = 8
"""How many documents of a contestant that takes a hundred times as long."""
ROOT = Path(__file__).resolve().parent.parent
Build = Callable[[int], bytes]


def measure() -> list[str]:
    """The table of the peers benchmark."""
    from benchmarks.anew import sheets  # noqa: PLC0415 - only the parent reads documents
    from benchmarks.content import content_of  # noqa: PLC0415
    from benchmarks.typst_peer import typst_content  # noqa: PLC0415

    measured: dict[str, list[list[float]]] = {name: [] for name in _CONTESTANTS}
    with TemporaryDirectory() as name:
        folder = Path(name)
        document, payloads = sheets(COUNT + 1)
        documents = [document(number) for number in range(COUNT + 1)]
        (folder / "payloads.json").write_text(json.dumps(payloads))
        (folder / "typst.json").write_text(json.dumps([*map(typst_content, documents)]))
        (folder / "markup.json").write_text(json.dumps([*map(content_of, documents)]))
        for _ in range(ROUNDS):
            for contestant, rows in measured.items():
                command = [sys.executable, "-m", "benchmarks.peers", contestant, name]
                run = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
                rows.append([float(word) for word in run.stdout.split()])
    lines = []
    for contestant, rows in measured.items():
        seconds, memory, size = (median(column) for column in zip(*rows, strict=True))
        lines.append(
            f"  {contestant:<18} {seconds * 1000:8.2f} ms  {1 / seconds:7.1f} documents/s"
            f"  {memory:6.0f} MB at most  {size / 1000:6.1f} KB each"
        )
    return lines


def _docgen(_: Path) -> Build:
    from benchmarks.anew import sheets  # noqa: PLC0415 - each contestant imports its own
    from docgen.pdf import write_pdf  # noqa: PLC0415
    from docgen.typeset import typeset  # noqa: PLC0415

    document, _payloads = sheets(COUNT + 1)
    return lambda number: write_pdf(typeset(document(number))).data


def _typst(folder: Path) -> Build:
    from benchmarks.typst_peer import TypstPeer  # noqa: PLC0415

    contents, payloads = _read(folder / "typst.json"), _read(folder / "payloads.json")
    peer = TypstPeer()
    return lambda number: peer.build(contents[number], payloads[number])


def _weasyprint(folder: Path) -> Build:
    from benchmarks.weasyprint_peer import WeasyPrintPeer  # noqa: PLC0415

    contents = _read(folder / "markup.json")[: _SLOW + 1]
    peer = WeasyPrintPeer()
    return lambda number: peer.build(contents[number])


def _platypus(folder: Path) -> Build:
    from benchmarks import platypus_handout  # noqa: PLC0415

    contents = _read(folder / "markup.json")
    platypus_handout.register_fonts()
    return lambda number: platypus_handout.build(contents[number])


def _read(file: Path) -> Any:
    return json.loads(file.read_text())


_CONTESTANTS: dict[str, tuple[Callable[[Path], Build], int]] = {
    "docgen": (_docgen, COUNT),
    "typst": (_typst, COUNT),
    "Platypus": (_platypus, COUNT),
    "WeasyPrint": (_weasyprint, _SLOW),
}


def _contend(name: str, folder: Path) -> None:
    """Prints seconds a document, the most MB held, and bytes a document."""
    make, count = _CONTESTANTS[name]
    build = make(folder)
    build(0)
    seconds, sizes = [], []
    for number in range(1, count + 1):
        start = perf_counter()
        data = build(number)
        seconds.append(perf_counter() - start)
        sizes.append(len(data))
    print(median(seconds), peak_megabytes(), median(sizes))


if __name__ == "__main__":
    _contend(sys.argv[1], Path(sys.argv[2]))
