"""Documents put into the folder of a run: those of a packet together, each whole or not at all."""

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from docgen.batch.plan.tasks import MadeSheet
from docgen.delivery import make_folder
from docgen.diagnostics import DocgenError, refuse
from docgen.source import unreadable
from docgen.system import is_full, reason_of
from docgen.writing import give_name, write_new

if TYPE_CHECKING:
    from docgen.pdf import RenderedPdf

_PART = ".part"


class DocumentStore:
    """Names and removes documents, by way of the workshop of a generation.

    They are for the eyes of their owner only. Nothing is forced onto the disk: after a power cut a
    resumed run looks at every file's digest.
    """

    def __init__(self, workshop: Path) -> None:
        self._folder = str(workshop.parent)
        self._part = f"{workshop}/{os.getpid()}-"
        self._parts = 0
        self._there: set[str] = set()

    def keep(self, files: Sequence[str], pdfs: "Sequence[RenderedPdf]") -> tuple[MadeSheet, ...]:
        """Writes the documents of a packet under their names below ``documents/``.

        Raises DocgenError (``output-full``, ``output-unwritable``) where that cannot be done; then
        none of them is left there, and what was not finished goes with the workshop.
        """
        targets = [self._target(file) for file in files]
        parts: list[str] = []
        named: list[str] = []
        try:
            for pdf in pdfs:
                parts.append(self._new_part())
                write_new(parts[-1], pdf.data)
            for part, target in zip(parts, targets, strict=True):
                give_name(part, target)
                named.append(target)
        except OSError as error:
            with suppress(OSError):
                for target in named:
                    self._remove(target)
            raise _cannot_store(error) from error
        return made_sheets(files, pdfs)

    def drop(self, files: Sequence[str]) -> None:
        """Removes those of a packet's documents that are there.

        Raises DocgenError where one cannot be removed.
        """
        try:
            for file in files:
                self._remove(f"{self._folder}/{file}")
        except OSError as error:
            raise _cannot_store(error) from error

    def _target(self, file: str) -> str:
        """The path of a document, in a folder that is there."""
        target = f"{self._folder}/{file}"
        folder = target.rpartition("/")[0]
        if folder not in self._there:
            make_folder(Path(folder))
            self._there.add(folder)
        return target

    def _new_part(self) -> str:
        """Where a document is written before it gets its name."""
        self._parts += 1
        return f"{self._part}{self._parts}"

    def _remove(self, target: str) -> None:
        """Only by way of the workshop: whose generation is over removes nothing."""
        part = self._new_part()
        with suppress(FileNotFoundError):
            give_name(target, part)
            os.unlink(part)  # noqa: PTH108


def made_sheets(files: Sequence[str], pdfs: "Sequence[RenderedPdf]") -> tuple[MadeSheet, ...]:
    """What the documents of a packet are known by."""
    return tuple(
        MadeSheet(file, pdf.page_count, len(pdf.data), pdf.sha256)
        for file, pdf in zip(files, pdfs, strict=True)
    )


def stored_files(folder: Path) -> Iterator[Path]:
    """Every file below a folder of documents. Raises DocgenError where it cannot be read."""
    for parent, _, names in os.walk(folder, onerror=_refuse_unreadable):
        yield from (Path(parent, name) for name in names)


def remove_unfinished(folder: Path) -> None:
    """Removes what a run that was killed had not finished writing below its folder.

    Raises DocgenError where the folder cannot be read.
    """
    for file in stored_files(folder):
        if file.name.startswith(".") and file.name.endswith(_PART):
            file.unlink(missing_ok=True)


def _refuse_unreadable(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        raise unreadable(error.filename, error, "folder") from None


def _cannot_store(error: OSError) -> DocgenError:
    """What to say of a document that cannot be written."""
    if is_full(error):
        return refuse(
            "output-full",
            "no room is left for the documents of this run; those that are done are kept",
            hint="free some space, then continue with 'docgen batch --resume' and the run's folder",
        )
    return refuse(
        "output-unwritable",
        f"cannot write the documents of this run: {reason_of(error)}",
        hint="see to it that the run's folder can be written, then continue with 'docgen batch "
        "--resume'",
    )
