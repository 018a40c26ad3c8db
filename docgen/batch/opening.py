"""The folder of a run: made for a new one, or opened to go on."""

import shutil
from collections.abc import Callable, Iterator, Set
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO

import msgspec
from msgspec.structs import replace

from docgen.batch.books.status import INCOMPLETE_DAY, resume_command
from docgen.batch.journal.journal import DOCUMENTS, JOURNAL, Journal
from docgen.batch.journal.tables import telling
from docgen.batch.make.generations import end_earlier
from docgen.batch.make.storing import remove_unfinished
from docgen.batch.plan.settings import KEPT_WORKLIST, PRINT_SETTINGS, PrintSettings, RunSettings
from docgen.batch.plan.sources import RowSource, open_source
from docgen.batch.runs.links import refuse_links
from docgen.batch.runs.lock import LOCK, RunLock
from docgen.batch.runs.resume import (
    check_documents,
    check_kits,
    check_version,
    check_worklist,
)
from docgen.batch.runs.run import Run
from docgen.delivery import refusing, written_whole
from docgen.diagnostics import Diagnostic, refuse
from docgen.sheets import SheetMaker
from docgen.source import entries, is_file
from docgen.version import __version__

RUNS = "output"
"""Where runs of a project lie whose folder is not named."""

_MODE = 0o700
_RUN = "run-"
_SETTINGS = "settings"


@contextmanager
def new_run(
    settings: RunSettings,
    named: Path | None,
    standard_input: BinaryIO | None = None,
    gathered: PrintSettings | None = None,
) -> Iterator[Run]:
    """A new run in a named folder, or in the next free one below the project's ``output/``.

    ``gathered`` says how print files are wanted, if at all. The worklist comes from
    ``standard_input`` where the settings say that it is kept. Raises DocgenError, and leaves
    nothing behind, where the run cannot begin.
    """
    project = open_project(settings)
    settings = replace(settings, samples=project.file.samples)
    source = None if settings.kept else open_source(settings, Path(), project)
    with ExitStack() as stack:
        folder, is_new = _folder(named, settings.in_project(RUNS))
        refuse_links(folder)
        stack.enter_context(RunLock(folder))
        _check_unused(folder)
        try:
            if standard_input is not None:
                _keep_worklist(standard_input, folder)
            source = source or open_source(settings, folder, project)
            told = _begun(folder / DOCUMENTS)
            meta = _meta(settings, source, gathered)
            journal = stack.enter_context(Journal.create(folder, meta))
        except Exception:
            if is_new:
                shutil.rmtree(folder)
            raise
        stack.enter_context(telling(journal.path))
        yield Run(folder, journal, lambda: source, told)


@contextmanager
def resumed_run(
    folder: Path, checked: Callable[[], None] = lambda: None, rows: Set[int] | None = None
) -> Iterator[Run]:
    """An earlier run, to go on with, or to print some ``rows`` of once more.

    ``checked`` is called for each packet whose documents were compared with the journal.

    Raises DocgenError where there is none, where it is under way, and where docgen, its worklist,
    records or layouts are not what they were. To print, all that matters only if a document of
    these rows is lost.
    """
    refuse_links(folder)
    if not is_file(folder / JOURNAL):
        Journal.open(folder, read_only=True)
    with ExitStack() as stack:
        stack.enter_context(RunLock(folder))
        journal = stack.enter_context(Journal.open(folder))
        stack.enter_context(telling(journal.path))
        journal.begin_generation()
        told = _begun(folder / DOCUMENTS)
        run = Run(folder, journal, partial(_unchanged_source, folder, journal), told)
        if rows is None:
            run.source  # noqa: B018 - refuses what has changed
        remove_unfinished(folder)
        check_documents(run, checked, rows)
        yield run


def _begun(documents: Path) -> tuple[Diagnostic, ...]:
    """Makes ready the folder of documents, in which nobody of earlier is at work any more."""
    with refusing(documents):
        documents.mkdir(mode=_MODE, exist_ok=True)
    return end_earlier(documents)


def _unchanged_source(folder: Path, journal: Journal) -> RowSource:
    """What a run goes through, as it was when the run began."""
    check_version(journal)
    settings = msgspec.json.decode(journal.meta[_SETTINGS], type=RunSettings)
    source = open_source(settings, folder, open_project(settings))
    check_worklist(journal, source)
    check_kits(journal, source)
    return source


def open_project(settings: RunSettings) -> SheetMaker:
    """The project of a run, as it was opened when the run began.

    Raises DocgenError as ``SheetMaker.open`` does.
    """
    return SheetMaker.open(
        settings.in_project("."),
        data=[settings.in_project(path) for path in settings.data],
        layouts=[settings.in_project(path) for path in settings.layout_folders],
        organization=settings.organization,
    )


def _meta(
    settings: RunSettings, source: RowSource, gathered: PrintSettings | None
) -> dict[str, str]:
    """All that was asked for: once the journal is there, a kill may come at any moment."""
    wanted = {PRINT_SETTINGS: gathered.encoded()} if gathered else {}
    return {
        **wanted,
        "run": settings.run_id(source.digest),
        "docgen": __version__,
        "organization": settings.organization or "",
        "worklist_sha256": source.digest,
        "map_sha256": source.map_digest,
        INCOMPLETE_DAY: "yes" if source.rows.incomplete else "",
        _SETTINGS: msgspec.json.encode(settings).decode(),
    }


def _folder(named: Path | None, runs: Path) -> tuple[Path, bool]:
    """The folder of a new run, and whether it was made for it."""
    with refusing((named or runs) / LOCK):
        if named is None:
            return _next_free(runs), True
        named.parent.mkdir(mode=_MODE, parents=True, exist_ok=True)
        try:
            named.mkdir(mode=_MODE)
        except FileExistsError:
            return named, False
        return named, True


def _next_free(runs: Path) -> Path:
    runs.mkdir(mode=_MODE, exist_ok=True)
    begun = (path.name.removeprefix(_RUN) for path in entries(runs) if path.name.startswith(_RUN))
    number = max((int(name) for name in begun if name.isdecimal()), default=0) + 1
    while True:
        folder = runs / f"{_RUN}{number:04}"
        try:
            folder.mkdir(mode=_MODE)
        except FileExistsError:
            number += 1
        else:
            return folder


def _check_unused(folder: Path) -> None:
    """What is left of a run that was killed before it began does not count."""
    names = {path.name for path in entries(folder) if path.suffix != ".part"}
    if JOURNAL in names:
        raise refuse(
            "run-exists",
            f"the folder {str(folder)!r} holds a run already",
            hint=f"go on with it ({resume_command(folder)}), or choose another folder with "
            "--output",
        )
    if names - {LOCK, KEPT_WORKLIST, DOCUMENTS}:
        raise refuse(
            "output-not-empty",
            f"the folder {str(folder)!r} is not empty, and holds no run",
            hint="choose a new folder with --output",
        )


def _keep_worklist(stream: BinaryIO, folder: Path) -> None:
    with written_whole(folder, KEPT_WORKLIST) as file:
        shutil.copyfileobj(stream, file)
