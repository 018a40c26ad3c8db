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

from tests.commands import ROOT

Process = subprocess.Popen[bytes]

_START_SECONDS = 30.0
_HERE = ("--host", "127.0.0.1")


class DaskCluster:
    """A scheduler and the workers that were started for it."""

    def __init__(self, folder: Path, stack: ExitStack, settings: Mapping[str, str]) -> None:
        self._folder = folder
        self._stack = stack
        self._settings = settings
        file = folder / "scheduler.json"
        protocol = "tls" if any("TLS" in name for name in settings) else "tcp"
        options = [*_HERE, "--port", "0", "--scheduler-file", str(file), "--protocol", protocol]
        self.scheduler = self._started("dask_scheduler", options)
        self.address: str = _content(file)["address"]
        self.workers: list[Process] = []

    def start_worker(
        self,
        *,
        nanny: bool = False,
        python_path: Path | None = None,
        said_to_be_at: str | None = None,
    ) -> Process:
        """Starts one more worker, of one thread; a nanny would start it again where it died.

        ``python_path`` is a folder whose packages come before all others; ``said_to_be_at`` is the
        address that it gives to others.
        """
        with_nanny = "--nanny" if nanny else "--no-nanny"
        options = ["--nthreads", "1", with_nanny, "--local-directory", str(self._folder)]
        if said_to_be_at:
            options += ["--listen-address", "tcp://127.0.0.1:0", "--contact-address", said_to_be_at]
        else:
            options += _HERE
        worker = self._started("dask_worker", [self.address, *options], python_path)
        self.workers.append(worker)
        return worker

    def await_workers(self, count: int) -> None:
        """Waits until the scheduler knows so many workers."""
        with Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(count, timeout=_START_SECONDS)

    def _started(
        self, module: str, options: Sequence[str], python_path: Path | None = None
    ) -> Process:
        command = [sys.executable, "-P", "-m", f"distributed.cli.{module}"]
        path = [str(python_path)] if python_path else []
        log = self._stack.enter_context((self._folder / "log").open("ab"))
        process = subprocess.Popen(
            [*command, "--no-dashboard", *options],
            stdout=log,
            stderr=log,
            env={
                **os.environ,
                **self._settings,
                "PYTHONPATH": os.pathsep.join([*path, str(ROOT)]),
            },
        )
        self._stack.callback(_ended, process)
        return process

    @property
    def log(self) -> str:
        """All that scheduler and workers have said."""
        return (self._folder / "log").read_text("utf-8")


@contextmanager
def dask_cluster(folder: Path, workers: int, **settings: str) -> Iterator[DaskCluster]:
    """A cluster that keeps its files in a folder; dask's settings are those of the environment.

    With settings for TLS it speaks nothing else. It logs all that it has to say.
    """
    with ExitStack() as stack:
        folder.mkdir(exist_ok=True)
        cluster = DaskCluster(folder, stack, {"DASK_LOGGING__DISTRIBUTED": "debug", **settings})
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
