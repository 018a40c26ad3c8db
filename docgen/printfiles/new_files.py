"""Files that appear in a folder all together, or not at all."""

from pathlib import Path
from types import TracebackType
from typing import Self

from docgen.delivery import make_folder, refusing
from docgen.writing import PartialFile


class HiddenFile:
    """One file on its way, under a hidden name, for the eyes of its owner only."""

    def __init__(self, target: Path) -> None:
        self.target = target
        with refusing(target):
            self._part = PartialFile(target, target.with_name(f".{target.name}.part"))

    def write(self, data: bytes) -> None:
        with refusing(self.target):
            self._part.stream.write(data)

    def finish(self) -> None:
        """Waits until all of it is on the disk. Raises DocgenError where it cannot be written."""
        with refusing(self.target):
            self._part.settle()

    def take_name(self) -> None:
        with refusing(self.target):
            self._part.take_name()

    def discard(self) -> None:
        """Takes it away, where it did not get its name."""
        self._part.discard()


class NewFiles:
    """New files of one folder, which is made where it is missing.

    As a context: they get their names at its end. Until then whatever had these names before stays
    as it was, and after an error nothing is left of them.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: list[HiddenFile] = []

    def __enter__(self) -> Self:
        with refusing(self._folder):
            make_folder(self._folder)
        return self

    def begin(self, name: str) -> HiddenFile:
        """A file that will have a name. Raises DocgenError where it cannot be made."""
        file = HiddenFile(self._folder / name)
        self._files.append(file)
        return file

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if error is None:
                for file in self._files:
                    file.take_name()
        finally:
            for file in self._files:
                file.discard()
