"""Worker processes of this machine."""

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import pytest

from docgen.batch.make.executor import LocalExecutor
from docgen.batch.make.generations import end_earlier
from docgen.batch.plan.tasks import PacketRejected
from docgen.diagnostics import DocgenError
from tests.kits import packet, packets, sheet_kit
from tests.workplaces import Workplace, assert_as_pressed, long_packet

DRIVER = """
import sys
from pathlib import Path
from docgen.batch.make.executor import LocalExecutor
from tests.kits import packets
with LocalExecutor(Path(sys.argv[1]), 2) as executor:
    for outcome in executor.outcomes(packets(100_000)):
        print(outcome.row, flush=True)
"""


@pytest.fixture
def here() -> Workplace:
    return Workplace(lambda folder, limit: LocalExecutor(folder, 2, limit), [os.getpid()])


@pytest.fixture
def driver(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process, which makes packets below tmp_path."""
    command = [sys.executable, "-c", DRIVER, str(tmp_path)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        yield process
        process.kill()


def test_document_without_enough_memory_is_rejected(here: Workplace, tmp_path: Path) -> None:
    def starve(worker: psutil.Process) -> None:
        most = worker.memory_info().vms + 500_000
        resource.prlimit(worker.pid, resource.RLIMIT_AS, (most, most))

    tasks = [*packets(4), long_packet(4)]
    with here.struck(starve), here.start(tmp_path, 60) as executor:
        outcomes = {outcome.row: outcome for outcome in executor.outcomes(tasks)}
    refused = outcomes.pop(4)
    assert isinstance(refused, PacketRejected)
    assert (refused.sheet, refused.rule) == (1, "worker-died")
    assert "out of memory" in refused.reason
    assert_as_pressed(tasks[:4], list(outcomes.values()), tmp_path)


def test_one_packet_needs_one_worker(here: Workplace, tmp_path: Path) -> None:
    with here.start(tmp_path, 60) as executor:
        list(executor.outcomes(packets(1)))
        assert len(here.workers) == 1
        list(executor.outcomes(packets(40)))
        assert len(here.workers) == 2
    assert not here.workers


def test_more_kits_than_a_worker_keeps(tmp_path: Path) -> None:
    tasks = packets(300, kits=150)
    with LocalExecutor(tmp_path, 1) as executor:
        outcomes = list(executor.outcomes(tasks))
    assert_as_pressed(tasks, outcomes, tmp_path)


def test_workers_end_with_their_driver(driver: subprocess.Popen[str], tmp_path: Path) -> None:
    assert driver.stdout is not None
    done = [int(driver.stdout.readline()) for _ in range(50)]
    workers = psutil.Process(driver.pid).children()
    driver.kill()
    driver.wait()
    _, alive = psutil.wait_procs(workers, timeout=5)
    assert (len(workers), alive) == (2, [])
    assert end_earlier(tmp_path) == ()
    left = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert {f"{row:06}-{number}.pdf" for row in done for number in (1, 2)} <= left
    assert all(name.endswith(".pdf") for name in left)
    tasks = packets(80)
    with LocalExecutor(tmp_path, 1) as executor:
        assert_as_pressed(tasks, list(executor.outcomes(tasks)), tmp_path)


def test_interrupt_is_the_drivers(driver: subprocess.Popen[str], tmp_path: Path) -> None:
    assert driver.stdout is not None
    for _ in range(50):
        driver.stdout.readline()
    workers = psutil.Process(driver.pid).children()
    # A terminal sends it to all of the driver's session.
    assert os.getsid(driver.pid) not in {os.getsid(worker.pid) for worker in workers}
    since = time.monotonic()
    driver.send_signal(signal.SIGINT)
    driver.stdout.read()
    assert driver.wait() != 0
    assert time.monotonic() - since < 20  # Its packets take minutes.
    _, alive = psutil.wait_procs(workers, timeout=5)
    assert not alive
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.parametrize("program", ["false", "no-such-program"])
def test_worker_that_cannot_start(
    program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", program)
    with (
        LocalExecutor(tmp_path, 2) as executor,
        pytest.raises(DocgenError, match="worker-unstartable") as refused,
    ):
        list(executor.outcomes(packets(4)))
    assert "import docgen.batch.make.worker" in str(refused.value)


def test_slow_reader_is_not_taken_for_a_slow_worker(tmp_path: Path) -> None:
    tasks = packets(40)
    with LocalExecutor(tmp_path, 1, limit_seconds=0.5) as executor:
        outcomes = executor.outcomes(tasks)
        made = [next(outcomes)]
        time.sleep(1)
        made += outcomes
    assert_as_pressed(tasks, made, tmp_path)


def test_bug_is_told_without_what_its_exception_says(tmp_path: Path) -> None:
    kit = sheet_kit("Broken")
    broken = type(kit)(kit.digest, "Testa Muster", ())  # type: ignore[arg-type]
    with LocalExecutor(tmp_path, 1) as executor:
        (outcome,) = executor.outcomes([packet(1, (broken,))])
    assert isinstance(outcome, PacketRejected)
    assert (outcome.sheet, outcome.rule) == (0, "internal-error")
    assert "docgen/" in outcome.reason
    assert "Muster" not in outcome.reason
