"""Runs that are killed at any moment, on slow disks, with workers that stand still meanwhile.

``python -m tests.fire.kills --count 300`` kills so many runs, goes on with each, and says how many
lost a document or came out other than undisturbed.
"""

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import psutil  # type: ignore[import-untyped]

from tests.commands import DOCGEN, environment
from tests.runs import assert_adds_up, contents, visits, write_worklist

SLOW_DISK = Path(__file__).with_name("slow_disk")
ARGUMENTS = ("--workers", "2", "--print-file", "--slip-sheets")
PACKETS = 9
DELAYS = (0.0, 0.03, 0.7)
"""Seconds that an operation on the disk takes longer."""
MOST_SECONDS = 180.0


class Case(NamedTuple):
    """One run that is disturbed."""

    seed: int
    delay: float
    """Of each operation of workers on the disk, in seconds."""


class Fire:
    """A project, and how its run comes out where nobody disturbs it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        write_worklist(folder / "day.csv", visits(PACKETS))
        (folder / "docgen.yaml").write_text("samples: yes\n", "utf-8")
        with self._started(0.0, "day.csv", *ARGUMENTS, "-o", "undisturbed") as process:
            _, told = process.communicate(timeout=MOST_SECONDS)
        assert process.returncode == 0, told.decode()
        self._expected = outcome(folder / "undisturbed")
        assert any(name.startswith("print/") for name in self._expected)

    def problem(self, case: Case) -> str | None:
        """What is wrong with a run after it was disturbed and gone on with; None where nothing."""
        chance = random.Random(case.seed)
        run = self._folder / f"run-{case.seed}-{case.delay}"
        frozen: list[psutil.Process] = []
        try:
            # Gone on with until it comes to its end; only the last time is nobody killed.
            for time_left in range(chance.randint(1, 3), -1, -1):
                self._worked_at(run, case.delay, chance, frozen, disturbed=time_left > 0)
                if chance.random() < 1 / 2:
                    _thaw(frozen)
            _thaw(frozen)
            psutil.wait_procs(frozen, timeout=10)
            assert_adds_up(run)
            if outcome(run) != self._expected:
                return "it came out otherwise than undisturbed"
        except AssertionError as error:
            return str(error) or repr(error)
        finally:
            for process in frozen:
                with suppress(psutil.Error):
                    process.kill()
        return None

    def _worked_at(
        self,
        run: Path,
        delay: float,
        chance: random.Random,
        frozen: list[psutil.Process],
        *,
        disturbed: bool,
    ) -> None:
        has_begun = (run / "journal.sqlite").exists()
        arguments = ("--resume", run.name) if has_begun else ("day.csv", *ARGUMENTS, "-o", run.name)
        with self._started(delay, *arguments) as process:
            if disturbed:
                with suppress(subprocess.TimeoutExpired):
                    process.wait(timeout=chance.uniform(0.1, 1.5 + 8 * delay))
                _strike(process, chance, frozen)
            _, told = process.communicate(timeout=MOST_SECONDS)
        assert b"Traceback" not in told, told.decode()
        assert process.returncode in ({0, -9} if disturbed else {0}), told.decode()

    @contextmanager
    def _started(self, delay: float, *arguments: str) -> "Iterator[subprocess.Popen[bytes]]":
        path = environment()["PYTHONPATH"]
        with subprocess.Popen(
            [*DOCGEN, "batch", *arguments],
            cwd=self._folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(PYTHONPATH=f"{SLOW_DISK}:{path}", SLOW_DISK_SECONDS=str(delay)),
        ) as process:
            yield process


def outcome(run: Path) -> dict[str, str]:
    """The digests of all that a finished run consists of, its print files included."""
    printed = {
        str(path.relative_to(run)): sha256(path.read_bytes()).hexdigest()
        for path in (run / "print").iterdir()
    }
    return contents(run) | printed


def _strike(
    process: "subprocess.Popen[bytes]", chance: random.Random, frozen: list[psutil.Process]
) -> None:
    """Freezes workers, or not, and kills the driver, one of the workers, or both."""
    with suppress(psutil.Error):
        workers = psutil.Process(process.pid).children()
        if chance.random() < 1 / 3:
            for worker in workers:
                worker.suspend()
                frozen.append(worker)
            time.sleep(chance.uniform(0, 0.1))
        dies = chance.choice(("driver", "driver", "worker", "both"))
        if dies != "driver" and workers:
            chance.choice(workers).kill()
        if dies != "worker":
            process.kill()
        else:
            _thaw(frozen)


def _thaw(frozen: list[psutil.Process]) -> None:
    for process in frozen:
        with suppress(psutil.Error):
            process.resume()


def problems(count: int, seed: int, folder: Path, delays: Sequence[float] = DELAYS) -> list[str]:
    """What is wrong with the runs of so many cases, each with its case."""
    fire = Fire(folder)
    found: list[str] = []
    for number in range(count):
        case = Case(seed + number, delays[number % len(delays)])
        problem = fire.problem(case)
        if problem:
            found.append(f"{case}: {problem}")
        print(f"{number + 1} of {count}: {len(found)} wrong", file=sys.stderr, flush=True)
    return found


def main() -> int:
    """Prints what is wrong, and how many runs were killed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = problems(asked.count, asked.seed, Path(folder))
    for problem in found:
        print(problem)
    print(f"{asked.count} runs were killed and gone on with: {len(found)} came out wrong")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
