"""``docgen init``: a project to start from."""

import shlex
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath

import click

from docgen.cli.reporting import Reporter, print_result, reports_diagnostics
from docgen.cli.schema import SCHEMAS, schema_text
from docgen.diagnostics import DocgenError, refuse


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@reports_diagnostics
def command(reporter: Reporter, folder: Path) -> None:
    """Make a project in DIR: an example record, an organization, and folders for the rest.

    Files that are there already are kept as they are.
    """
    for name, content in _scaffold():
        path = folder / name
        made = _write_new(path, content)
        print_result(f"{'made' if made else 'kept'} {path}")
    print_result("\nNext:")
    if folder.resolve() != Path.cwd():
        print_result(f"  cd {shlex.quote(str(folder))}")
    print_result("  docgen render EXAMPLE-1 --organization my-clinic")


def _scaffold() -> Iterator[tuple[PurePosixPath, bytes]]:
    yield from _files(files("docgen.cli") / "scaffold", PurePosixPath())
    for kind in SCHEMAS:
        yield PurePosixPath("schema", f"{kind}.json"), f"{schema_text(kind)}\n".encode()


def _files(folder: Traversable, name: PurePosixPath) -> Iterator[tuple[PurePosixPath, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _files(entry, name / entry.name)
        else:
            yield name / entry.name, entry.read_bytes()


def _write_new(path: Path, content: bytes) -> bool:
    """Writes a file that is not there yet, and tells whether it did."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _create(path, content)
    except FileExistsError:
        if path.is_file():
            return False
        raise _unwritable(path, "something that is not a folder is in the way") from None
    except OSError as error:
        raise _unwritable(path, (error.strerror or "it cannot be written").lower()) from error
    return True


def _create(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        try:
            file.write(content)
            file.flush()
        except OSError:
            path.unlink()
            raise


def _unwritable(path: Path, reason: str) -> DocgenError:
    return refuse(
        "unwritable",
        f"cannot make {str(path)!r}: {reason}",
        hint="name a folder that you may write to",
    )
