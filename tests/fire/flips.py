"""Journals in which one bit is another: each is refused in a sentence, or does no harm at all.

``python -m tests.fire.flips --count 1728`` flips so many bits, one at a time and evenly over the
journal of a finished run, and has each command read what is left of it.
"""

import argparse
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from docgen.batch.journal.jobs import Destination, JobBook, PlannedJob
from docgen.batch.journal.journal import JOURNAL, Journal
from docgen.printers import JobId, JobOptions, PrinterName
from tests.commands import Ended, invoke_docgen
from tests.fire.kills import outcome
from tests.runs import visit, write_worklist

COMMANDS = (
    ("batch", "status", "run"),
    ("print", "run", "--status"),
    ("print", "run", "--printer", "desk", "--server", "127.0.0.1:9", "--dry-run"),
    ("batch", "reprint", "run", "--rows", "2-4", "--quiet"),
    ("batch", "assemble", "run"),
    ("batch", "--resume", "run", "--quiet"),
)
"""Those that look come before those that write."""
_BITS = 8


class Counts(NamedTuple):
    """What became of journals that were damaged."""

    refused: int
    harmless: int
    wrong: list[str]


class Verdict(NamedTuple):
    """What became of one damaged journal."""

    is_refused: bool
    """Whether a command said that it is damaged; where none did, all came out as undamaged."""
    problem: str | None


class FinishedRun:
    """A finished run with all that a journal can hold, and what each command makes of it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._run = folder / "run"
        lines = [visit(number, copies=str(1 + number % 2)) for number in range(3)]
        write_worklist(folder / "day.csv", [*lines, visit(3, codes="99999")])
        (folder / "docgen.yaml").write_text("samples: yes\n", "utf-8")
        asked = ("--print-file", "--slip-sheets", "--sort", "provider", "--workers", "1", "--quiet")
        invoke_docgen("batch", "day.csv", *asked, "-o", "run", cwd=folder)
        self._print_once()
        # Once more of each, so that what they leave behind is there.
        for command in COMMANDS:
            invoke_docgen(*command, cwd=folder)
        _pack(self._run / JOURNAL)
        self.journal = (self._run / JOURNAL).read_bytes()
        self._ended = [invoke_docgen(*command, cwd=folder) for command in COMMANDS]
        self._expected = outcome(self._run)
        shutil.copytree(self._run, folder / "undamaged")
        assert any(name.startswith("print/") for name in self._expected)

    def verdict(self, bit: int) -> "Verdict":
        """What the commands make of the journal with one bit flipped."""
        data = bytearray(self.journal)
        data[bit // _BITS] ^= 1 << bit % _BITS
        for ending in ("-wal", "-shm"):
            (self._run / f"{JOURNAL}{ending}").unlink(missing_ok=True)
        (self._run / JOURNAL).write_bytes(data)
        try:
            refused = [
                self._is_refused(command, before)
                for command, before in zip(COMMANDS, self._ended, strict=True)
            ]
            assert outcome(self._run) == self._expected, "something came out otherwise"
        except AssertionError as error:
            shutil.rmtree(self._run)
            shutil.copytree(self._folder / "undamaged", self._run)
            return Verdict(is_refused=False, problem=str(error) or repr(error))
        return Verdict(is_refused=any(refused), problem=None)

    def _is_refused(self, command: tuple[str, ...], before: Ended) -> bool:
        ended = invoke_docgen(*command, cwd=self._folder)
        if ended == before:
            return False
        told = ended.stderr.decode()
        assert ended.returncode == 1, (command, ended)
        assert "error[journal-" in told or "error[output-" in told, (command, ended)
        assert not ended.stdout, (command, ended)
        return True

    def _print_once(self) -> None:
        to = Destination("127.0.0.1:9", PrinterName("desk", "ipp://127.0.0.1:9/printers/desk"))
        with Journal.open(self._run) as journal:
            book = JobBook(journal)
            file = book.print_files()[0]
            (job,) = book.plan([PlannedJob(file.name, file.sha256, to, JobOptions(), 0)])
            book.announced(job, JobId(7, "urn:uuid:7"))
            book.is_now(job, "failed", "media-empty")


def _pack(journal: Path) -> None:
    """In small pages: most of a short journal would be empty space, and every flip harmless."""
    with closing(sqlite3.connect(journal, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA page_size = 512")
        connection.execute("VACUUM")


def flipped(count: int, folder: Path) -> Counts:
    """Flips so many bits of a journal, evenly from its first to its last."""
    run = FinishedRun(folder)
    refused = harmless = 0
    wrong: list[str] = []
    for done, bit in enumerate(_bits(len(run.journal) * _BITS, count), 1):
        verdict = run.verdict(bit)
        if verdict.problem:
            wrong.append(f"bit {bit}: {verdict.problem}")
        elif verdict.is_refused:
            refused += 1
        else:
            harmless += 1
        if done % 100 == 0:
            print(f"{done} of {count}: {len(wrong)} wrong", file=sys.stderr, flush=True)
    return Counts(refused, harmless, wrong)


def _bits(size: int, count: int) -> Iterator[int]:
    """Evenly over the whole, and over the bits of bytes as well."""
    return (number * size // count + number % _BITS for number in range(count))


def main() -> int:
    """Prints what is wrong, and what became of how many."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1728)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        counts = flipped(asked.count, Path(folder))
    for problem in counts.wrong:
        print(problem)
    print(
        f"{asked.count} bits were flipped: {counts.refused} journals were refused, "
        f"{counts.harmless} did no harm, {len(counts.wrong)} came out wrong"
    )
    return 1 if counts.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
