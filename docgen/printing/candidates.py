"""Files that could be printed: the print files of a run, or a file that belongs to none."""

from pathlib import Path
from shlex import quote

from msgspec import Struct

from docgen.batch.journal import JOURNAL, PRINT, KeptPrintFile
from docgen.batch.journal.jobs import JobBook, KeptJob
from docgen.diagnostics import refuse, some_of
from docgen.printing.sending import sha256_of
from docgen.source import is_file, is_folder, real_path


class PrintCandidate(Struct, frozen=True):
    """A file that could be printed, with what is known of it."""

    path: Path
    pages: int
    kept: KeptPrintFile | None = None
    """None for a file that belongs to no run."""
    last: KeptJob | None = None


def run_folder(target: Path) -> Path | None:
    """The run that a file or folder belongs to, or None.

    Raises DocgenError where that cannot be looked up.
    """
    if is_folder(target):
        return target
    folder = real_path(target).parent
    is_print_file = folder.name == PRINT and is_file(folder.parent / JOURNAL)
    return folder.parent if is_print_file else None


def single_file(path: Path) -> PrintCandidate:
    """A file that belongs to no run. Raises DocgenError where it is no PDF that can be printed."""
    from docgen.printfiles import measure

    return PrintCandidate(path, measure(path).pages)


def files_of_run(
    book: JobBook, run: Path, target: Path, audience: str | None, *, reprints: bool
) -> tuple[PrintCandidate, ...]:
    """The print files of a run, or the one that was named; on request also reprints of which
    there are jobs.

    Raises DocgenError where there are none, and where the journal cannot be read.
    """
    last = book.last_jobs()
    kept = {one.name: one for one in book.print_files()}
    named = None if is_folder(target) else target.name
    others = [named] if named else list(last) if reprints else []
    kept.update(
        (name, _reprint(run / PRINT / name))
        for name in others
        if name not in kept and is_file(run / PRINT / name)
    )
    if not kept:
        raise refuse(
            "no-print-files",
            f"the run {str(run)!r} has no print files yet",
            hint=f"docgen batch assemble {quote(str(run))} makes them of its documents",
        )
    chosen = [
        one
        for one in kept.values()
        if named in (None, one.name) and audience in (None, one.audience)
    ]
    if not chosen:
        raise refuse(
            "no-print-files",
            f"the run {str(run)!r} has no such print file",
            hint=f"it has {some_of([*kept])}",
        )
    return tuple(
        PrintCandidate(run / PRINT / one.name, one.pages, one, last.get(one.name)) for one in chosen
    )


def _reprint(path: Path) -> KeptPrintFile:
    from docgen.printfiles import measure

    found = measure(path)
    sheets = found.pages // 2 if found.is_duplex else found.pages
    audience = path.stem.rpartition("-")[2]
    return KeptPrintFile(
        file=f"{PRINT}/{path.name}",
        audience=audience,
        packets=found.packets,
        pages=found.pages,
        sheets=sheets,
        bytes=path.stat().st_size,
        sha256=sha256_of(path),
    )
