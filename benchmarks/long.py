"""Long: time and peak memory of documents of 125, 250 and 500 pages, each in its own process."""

import subprocess
import sys
from itertools import cycle
from pathlib import Path
from time import perf_counter

import msgspec

from benchmarks.memory import peak_megabytes
from docgen import Project
from docgen.document import Block
from docgen.pdf import write_pdf
from docgen.typeset import typeset

ROOT = Path(__file__).resolve().parent.parent
PAGES = (125, 250, 500)


def measure() -> list[str]:
    """The table of the long benchmark."""
    lines = []
    for pages in PAGES:
        command = [sys.executable, "-m", "benchmarks.long", str(pages)]
        run = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
        count, seconds, before, peak = (float(word) for word in run.stdout.split())
        lines.append(
            f"  {count:4.0f} pages  {seconds:7.2f} s  {seconds / count * 1000:6.2f} ms a page"
            f"  {peak:6.0f} MB at most, {(peak - before) * 1024 / count:6.0f} KB a page"
        )
    return lines


def _long_document(pages: int) -> None:
    """Sets handout after handout into one document, and prints pages, seconds, MB before, MB."""
    project = Project.open(ROOT, organization="sample")
    layout = "patient-handout"
    first = project.compose(project.record("77299"), layout)
    pages_each = len(typeset(first).pages)
    write_pdf(typeset(first))
    before = peak_megabytes()
    records = cycle([project.record(code) for code in ("77299", "G0103")])
    start = perf_counter()
    blocks: list[Block] = []
    for _ in range(pages // pages_each):
        blocks += project.compose(next(records), layout).blocks
    pdf = write_pdf(typeset(msgspec.structs.replace(first, blocks=tuple(blocks))))
    print(pdf.page_count, perf_counter() - start, before, peak_megabytes())


if __name__ == "__main__":
    _long_document(int(sys.argv[1]))
