"""Inputs read in child processes, some after each other.

So a reader that hangs, dies or takes all memory is known by its name and the number of the input,
and the others go on.
"""

import faulthandler
import os
import resource
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import IO, Literal, get_args

from msgspec import Struct, json

from docgen.diagnostics import DocgenError
from tests.fire.reader import Reader

MOST_SECONDS = 10.0
MOST_MEGABYTES = 500.0
_NO_MORE = 2_000_000_000
"""Bytes of memory at which a process is stopped, whatever it does."""
_SIZE = 60
_LONGEST_MESSAGE = 2_100
"""Characters of a message with its hint."""
_LONGEST_TOLD = 6_000

Outcome = Literal["read", "refused", "traceback", "hang", "memory"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
GOOD: frozenset[Outcome] = frozenset({"read", "refused"})


class Batch(Struct, frozen=True):
    """Inputs of a reader that one process reads."""

    reader: Reader
    first: int
    size: int


class Tried(Struct, frozen=True):
    """What came of an input."""

    reader: str
    number: int
    outcome: Outcome
    seconds: float = 0.0
    megabytes: float = 0.0
    told: str = ""


def batches(count: int, readers: Sequence[Reader]) -> Iterator[Batch]:
    """So many inputs, to each reader its part."""
    whole = sum(reader.weight for reader in readers)
    given = weights = 0
    for reader in readers:
        weights += reader.weight
        number = count * weights // whole - given
        given += number
        for first in range(0, number, _SIZE):
            yield Batch(reader, first, min(_SIZE, number - first))


def fire(count: int, seed: int, workers: int, readers: Sequence[Reader]) -> Iterator[Tried]:
    """Tries so many inputs over some readers, in so many processes at a time."""
    for reader in readers:
        reader.samples()  # once for all processes
    waiting = list(batches(count, readers))
    running: dict[int, _Child] = {}
    while waiting or running:
        while waiting and len(running) < workers:
            child = _Child(waiting.pop(0), seed)
            running[child.pid] = child
        pid, _ = os.wait()
        child = running.pop(pid)
        tried = child.tried()
        yield from tried
        batch, done = child.batch, len(tried)
        if done < batch.size:
            waiting.append(Batch(batch.reader, batch.first + done, batch.size - done))


class _Child:
    """A process that reads the inputs of a batch."""

    def __init__(self, batch: Batch, seed: int) -> None:
        self.batch = batch
        self._notes: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - until it has ended
        self._errors: IO[str] = tempfile.TemporaryFile("w+")  # noqa: SIM115 - the same
        sys.stdout.flush()
        sys.stderr.flush()
        self.pid = os.fork()
        if self.pid == 0:
            status = 1
            try:
                _read_all(batch, seed, self._notes, self._errors)
                status = 0
            except BaseException:
                traceback.print_exc(file=self._errors)
            finally:
                self._errors.flush()
                os._exit(status)

    def tried(self) -> list[Tried]:
        """What it has taken down; where it died, the input that it was at as well."""
        with self._notes as notes, self._errors as errors:
            notes.seek(0)
            found = [json.decode(line, type=Tried) for line in notes]
            errors.seek(0)
            told = errors.read()
        has_ended = len(found) == self.batch.size or (found and found[-1].outcome == "memory")
        if not has_ended:
            outcome: Outcome = "hang" if "Timeout" in told else "traceback"
            number = self.batch.first + len(found)
            found.append(Tried(self.batch.reader.name, number, outcome, told=told or "it died"))
        return found


def _read_all(batch: Batch, seed: int, notes: IO[bytes], errors: IO[str]) -> None:
    os.dup2(errors.fileno(), 1)
    os.dup2(errors.fileno(), 2)
    faulthandler.enable(errors)
    resource.setrlimit(resource.RLIMIT_AS, (_NO_MORE, _NO_MORE))
    with tempfile.TemporaryDirectory(prefix="docgen-fire-") as folder:
        os.chdir(folder)
        for number in range(batch.first, batch.first + batch.size):
            tried = _tried(batch.reader, number, seed, Path(folder, str(number)), errors)
            notes.write(json.encode(tried) + b"\n")
            notes.flush()
            if tried.outcome == "memory":
                return


def _tried(reader: Reader, number: int, seed: int, folder: Path, errors: IO[str]) -> Tried:
    data = reader.input(number, seed)
    folder.mkdir()
    faulthandler.dump_traceback_later(MOST_SECONDS, exit=True, file=errors)
    _forget_peak()
    begun = time.monotonic()
    outcome, told = outcome_of(reader, data, folder)
    seconds = time.monotonic() - begun
    faulthandler.cancel_dump_traceback_later()
    megabytes = _peak()
    shutil.rmtree(folder)
    if megabytes > MOST_MEGABYTES:
        outcome = "memory"
    return Tried(reader.name, number, outcome, seconds, megabytes, told[-_LONGEST_TOLD:])


def outcome_of(reader: Reader, data: bytes, folder: Path) -> tuple[Outcome, str]:
    """What comes of an input, and the trace of whatever should not."""
    try:
        reader.read(data, folder)
    except DocgenError as error:
        wrong = "; ".join(islice(_faults(error), 3))
        return ("traceback", wrong) if wrong else ("refused", "")
    except BaseException:
        return "traceback", traceback.format_exc()
    return "read", ""


def _faults(error: DocgenError) -> Iterator[str]:
    """What keeps a refusal from being some sentences."""
    if not error.diagnostics:
        yield "nothing is told"
    for told in error.diagnostics:
        text = str(told)
        try:
            text.encode()
        except UnicodeEncodeError:
            yield f"cannot be written as UTF-8: {text!r}"
        if not told.message or len(text) > _LONGEST_MESSAGE:
            yield f"not a sentence: {text[:300]!r}"


def _forget_peak() -> None:
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def _peak() -> float:
    """The most memory since it was forgotten, in megabytes; where that is not told, in all."""
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1000
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
