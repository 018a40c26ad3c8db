"""Files that a command makes to start from. What is there already is kept as it is."""

from collections.abc import Iterable, Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath

from docgen.cli.reporting import print_result
from docgen.cli.schema import SCHEMAS, schema_text
from docgen.diagnostics import DocgenError, refuse
from docgen.source import is_file
from docgen.system import reason_of
from docgen.writing import READABLE, write_new

NewFile = tuple[PurePosixPath, bytes]
"""A path below the folder of a project, and what the file will hold."""


def make_files(folder: Path, new: Iterable[NewFile]) -> None:
    """Writes the files that are not there yet, and prints of each whether it was made or kept."""
    for name, content in new:
        path = folder / name
        made = _write_new(path, content)
        print_result(f"{'made' if made else 'kept'} {path}")


def scaffold_files(kind: str) -> Iterator[NewFile]:
    """The files of a kind of scaffold that comes with docgen."""
    yield from _files(_scaffold(kind), PurePosixPath())


def scaffold_text(kind: str, name: str) -> str:
    """The text of one file of a scaffold."""
    return (_scaffold(kind) / name).read_text("utf-8")


def schema_files(*kinds: str) -> Iterator[NewFile]:
    """JSON Schemas, by which editors complete and check what is written; all of them by default."""
    for kind in kinds or SCHEMAS:
        yield PurePosixPath("schema", f"{kind}.json"), f"{schema_text(kind)}\n".encode()


def _scaffold(kind: str) -> Traversable:
    return files("docgen.cli") / "scaffold" / kind


def _files(folder: Traversable, name: PurePosixPath) -> Iterator[NewFile]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _files(entry, name / entry.name)
        else:
            yield name / entry.name, entry.read_bytes()


def _write_new(path: Path, content: bytes) -> bool:
    """Writes a file that is not there yet, and tells whether it did."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_new(path, content, READABLE)
    except FileExistsError:
        if is_file(path):
            return False
        raise _unwritable(path, "something that is not a folder is in the way") from None
    except OSError as error:
        raise _unwritable(path, reason_of(error)) from error
    return True


def _unwritable(path: Path, reason: str) -> DocgenError:
    return refuse(
        "unwritable",
        f"cannot make {str(path)!r}: {reason}",
        hint="name a folder that you may write to",
    )
