"""Documents put into the folder of a run: those of a packet together, each whole or not at all."""

import errno
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from docgen.batch.tasks import MadeSheet
from docgen.diagnostics import DocgenError, refuse

if TYPE_CHECKING:
    from docgen.pdf import RenderedPdf

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_PART = ".part"
_NEW = os.O_CREAT | os.O_EXCL | os.O_WRONLY


class DocumentStore:
    """Writes documents below a folder, for the eyes of their owner only.

    Nothing is forced onto the disk: after a power cut a resumed run looks at every file's digest.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)
        self._there: set[str] = set()
        self._mark = f".{os.urandom(4).hex()}{_PART}"
        """Ends the names of files that are not finished, and tells those of two processes apart."""

    def keep(self, files: Sequence[str], pdfs: "Sequence[RenderedPdf]") -> tuple[MadeSheet, ...]:
        """Writes the documents of a packet under their names below the folder.

        Raises DocgenError (``output-full``, ``output-unwritable``) where that cannot be done; then
        none of them is left.
        """
        targets = [os.path.join(self._folder, file) for file in files]  # noqa: PTH118 - for speed
        parts: list[str] = []
        try:
            for target, pdf in zip(targets, pdfs, strict=True):
                parts.append(self._part(target))
                _write(parts[-1], pdf.data)
            for part, target in zip(parts, targets, strict=True):
                os.replace(part, target)  # noqa: PTH105
        except OSError as error:
            _unlink((*parts, *targets))
            raise _refusal(error) from error
        return made_sheets(files, pdfs)

    def drop(self, files: Sequence[str]) -> None:
        """Removes those of a packet's documents that are there."""
        _unlink([os.path.join(self._folder, file) for file in files])  # noqa: PTH118

    def _part(self, target: str) -> str:
        """Where a document is written before it gets its name, in a folder that is there."""
        folder, name = os.path.split(target)
        if folder not in self._there:
            _make_folder(Path(folder))
            self._there.add(folder)
        return f"{folder}/.{name}{self._mark}"


def made_sheets(files: Sequence[str], pdfs: "Sequence[RenderedPdf]") -> tuple[MadeSheet, ...]:
    """What the documents of a packet are known by."""
    return tuple(
        MadeSheet(file, pdf.page_count, len(pdf.data), pdf.sha256)
        for file, pdf in zip(files, pdfs, strict=True)
    )


def remove_unfinished(folder: Path) -> None:
    """Removes what a run that was killed had not finished writing below its folder."""
    for part in folder.rglob(f".*{_PART}"):
        part.unlink(missing_ok=True)


def _make_folder(folder: Path) -> None:
    if not folder.parent.is_dir():
        _make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)


def _write(part: str, data: bytes) -> None:
    descriptor = os.open(part, _NEW, 0o600)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
    finally:
        os.close(descriptor)


def _unlink(paths: Sequence[str]) -> None:
    for path in paths:
        Path(path).unlink(missing_ok=True)


def _refusal(error: OSError) -> DocgenError:
    """What to say of a document that cannot be written."""
    if error.errno in _FULL:
        return refuse(
            "output-full",
            "no room is left for the documents of this run; those that are done are kept",
            hint="free some space, then continue with 'docgen batch --resume' and the run's folder",
        )
    reason = (error.strerror or type(error).__name__).lower()
    return refuse(
        "output-unwritable",
        f"cannot write the documents of this run: {reason}",
        hint="see to it that the run's folder can be written, then continue with 'docgen batch "
        "--resume'",
    )
