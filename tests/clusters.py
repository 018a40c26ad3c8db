"""Real dask clusters on the loopback interface: a scheduler and workers, each a process."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import psutil  # type: ignore[import-untyped]
from distributed import Client

Process = subprocess.Popen[bytes]

_START_SECONDS = 30.0


class DaskCluster:
    """A scheduler and the workers that were started for it."""

    def __init__(self, folder: Path, stack: ExitStack, settings: Mapping[str, str]) -> None:
        self._folder = folder
        self._stack = stack
        self._settings = settings
        file = folder / "scheduler.json"
        options = ["--port", "0", "--scheduler-file", str(file)]
        self.scheduler = self._started("dask_scheduler", options)
        self.address: str = _content(file)["address"]
        self.workers: list[Process] = []

    def start_worker(self, *, nanny: bool = False) -> Process:
        """Starts one more worker, of one thread; a nanny would start it again where it died."""
        with_nanny = "--nanny" if nanny else "--no-nanny"
        options = ["--nthreads", "1", with_nanny, "--local-directory", str(self._folder)]
        worker = self._started("dask_worker", [self.address, *options])
        self.workers.append(worker)
        return worker

    def await_workers(self, count: int) -> None:
        """Waits until the scheduler knows so many workers."""
        with Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(count, timeout=_START_SECONDS)

    def _started(self, module: str, options: Sequence[str]) -> Process:
        command = [sys.executable, "-m", f"distributed.cli.{module}", "--host", "127.0.0.1"]
        log = self._stack.enter_context((self._folder / "log").open("ab"))
        process = subprocess.Popen(
            [*command, "--no-dashboard", *options],
            stdout=log,
            stderr=log,
            env={**os.environ, **self._settings},
        )
        self._stack.callback(_ended, process)
        return process

    @property
    def log(self) -> str:
        """All that scheduler and workers have said."""
        return (self._folder / "log").read_text("utf-8")


@contextmanager
def dask_cluster(folder: Path, workers: int, **settings: str) -> Iterator[DaskCluster]:
    """A cluster that keeps its files in a folder; dask's settings are those of the environment."""
    with ExitStack() as stack:
        cluster = DaskCluster(folder, stack, settings)
        for _ in range(workers):
            cluster.start_worker()
        if workers:
            cluster.await_workers(workers)
        yield cluster


def _ended(process: Process) -> None:
    """Ends a process with those that it has started, as a nanny has."""
    with suppress(psutil.NoSuchProcess):
        family = psutil.Process(process.pid).children(recursive=True)
        for one in (*family, process):
            with suppress(psutil.NoSuchProcess):
                one.kill()
    process.wait()


def _content(file: Path) -> dict[str, str]:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if file.exists() and (text := file.read_text("utf-8")):
            content: dict[str, str] = json.loads(text)
            return content
        time.sleep(0.02)
    raise TimeoutError(f"nobody wrote {file.name}")
