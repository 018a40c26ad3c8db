"""Packets made by worker processes of this machine."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Self

from docgen.batch.make.crew import Crew
from docgen.batch.make.generations import Generation
from docgen.batch.make.storing import DocumentStore
from docgen.batch.plan.tasks import Outcome, PacketRejected, PacketTask


class LocalExecutor:
    """Makes packets in processes of their own, which write the documents themselves."""

    def __init__(
        self,
        folder: Path,
        workers: int | None = None,
        limit_seconds: float = 60,
        generation: int = 1,
    ) -> None:
        """``folder`` is the run's ``documents/``; ``limit_seconds`` is what one document may take.

        Without a number of workers there are as many as there are cores to run on. ``generation``
        tells how often the run was worked at.
        """
        self._generation = Generation(folder, generation)
        self._store = DocumentStore(self._generation.workshop)
        self._crew = Crew(self._generation.workshop, workers or cores(), limit_seconds)

    def __enter__(self) -> Self:
        self._generation.__enter__()
        return self

    def __exit__(self, *ended: object) -> None:
        self._crew.close()
        self._generation.__exit__(*ended)

    def outcomes(self, tasks: Iterable[PacketTask]) -> Iterator[Outcome]:
        """What became of each task, as ``docgen.batch.plan.tasks.TaskExecutor`` says."""
        answers = self._crew.answers(tasks)
        for answered in answers:
            outcome = answered.report.outcome
            if isinstance(outcome, PacketRejected):
                # A worker that died may have written some.
                self._store.drop([sheet.file for sheet in answered.task.sheets])
            yield outcome


def cores() -> int:
    """How many processor cores this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
