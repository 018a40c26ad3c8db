"""A clinic's day: a thousand patients over twenty codes, each file another one, written to disk.

docgen starts from composed sheets and visits, its peer from the same words as it wants them; both
end with a file under its name. What may be prepared once is prepared within the time measured.
"""

import gc
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.distinct import distinct_records, distinct_visit
from benchmarks.typst_peer import TypstPeer, typst_content
from benchmarks.warm import LAYOUT, RECORD, code_payload, with_code
from docgen import Project
from docgen.batch.make.generations import Generation
from docgen.batch.make.press import Press
from docgen.batch.make.storing import DocumentStore
from docgen.batch.plan.tasks import SheetKit
from docgen.compose.visits import filled

PATIENTS = 1000
CODES = 20
ROUNDS = 10
TYPST = "typst, PDF/UA-1"


def measure() -> list[str]:
    """The table of the clinic's day."""
    project = Project.open(RECORD.parents[2], organization="sample")
    kits = [
        SheetKit(f"kit-{number}", with_code(project.compose(record, LAYOUT), number))
        for number, record in enumerate(distinct_records(CODES))
    ]
    visits = [distinct_visit(number) for number in range(PATIENTS)]
    worded = [
        typst_content(filled(kits[number % CODES].document, visit))
        for number, visit in enumerate(visits)
    ]
    typst = TypstPeer()
    typst.build(worded[-1], code_payload(0))
    press = Press()
    with TemporaryDirectory() as folder, Generation(Path(folder, "docgen"), 1) as generation:
        store = DocumentStore(generation.workshop)
        other = Path(folder, "typst")
        other.mkdir()

        def docgen(number: int) -> int:
            pdf = press.made(kits[number % CODES], visits[number])
            store.keep([f"{number:06}.pdf"], [pdf])
            return len(pdf.data)

        def peer(number: int) -> int:
            data = typst.build(worded[number], code_payload(number % CODES))
            Path(other, f"{number:06}.pdf").write_bytes(data)
            return len(data)

        taken = _in_turns({"docgen": docgen, TYPST: peer})
    against = sum(taken[TYPST][0])
    return [_line(name, sum(seconds), against, size) for name, (seconds, size) in taken.items()]


def _line(name: str, seconds: float, against: float, size: int) -> str:
    return (
        f"  {name:<28} {seconds / PATIENTS * 1000:7.3f} ms   {seconds / against:5.3f} x   "
        f"{PATIENTS / seconds:6.0f}/s   {size // PATIENTS:6} bytes"
    )


def _in_turns(tasks: dict[str, Callable[[int], int]]) -> dict[str, tuple[list[float], int]]:
    """Seconds of each round, and the bytes of all files: a tenth of the day in each round."""
    seconds: dict[str, list[float]] = {name: [] for name in tasks}
    sizes = dict.fromkeys(tasks, 0)
    gc.collect()
    gc.freeze()
    for round_ in range(ROUNDS):
        for name, task in tasks.items():
            gc.collect()
            start = perf_counter()
            for number in range(round_ * PATIENTS // ROUNDS, (round_ + 1) * PATIENTS // ROUNDS):
                sizes[name] += task(number)
            seconds[name].append(perf_counter() - start)
    return {name: (seconds[name], sizes[name]) for name in tasks}
