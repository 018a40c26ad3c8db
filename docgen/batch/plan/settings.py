"""What a run is: its worklist, its options, its name. Kept in the journal, so that it can go on."""

from datetime import datetime
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from docgen.batch.plan.ordering import SortKey
from docgen.batch.plan.packets import PlanOptions
from docgen.diagnostics import refuse
from docgen.opening import open_file
from docgen.source import current_folder, is_file, is_there
from docgen.system import reason_of
from docgen.worklist import Form

Source = Literal["worklist", "codes", "all-codes"]

KEPT_WORKLIST = "worklist"
"""The name of a worklist that came from standard input, in the folder of its run."""

PRINT_SETTINGS = "print"
"""The journal's fact that says how print files are wanted; it has none where none are."""

_ID_DIGITS = 8


class RunSettings(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was asked for when a run began."""

    source: Source = "worklist"
    file: str | None = None
    """The worklist or list of codes, as it was named; None where there is no file, or where the
    run keeps it itself."""
    kept: bool = False
    """Whether it came from standard input, and is kept in the folder of the run."""
    column_map: str | None = None
    form: Form | None = None
    incomplete: bool = False
    """Whether a worklist is taken as well that says itself that it is not the whole day."""
    folder: str
    """The project's folder: absolute."""
    data: tuple[str, ...] = ()
    layout_folders: tuple[str, ...] = ()
    organization: str | None = None
    layouts: tuple[str, ...] | None = None
    language: str | None = None
    fallback_language: str | None = None
    large_print: bool = False
    created: datetime | None = None
    samples: bool = False
    """As the project's file says when the run begins."""

    @property
    def plan(self) -> PlanOptions:
        """What packets are planned with."""
        return PlanOptions(
            layouts=self.layouts,
            language=self.language,
            fallback_language=self.fallback_language,
            large_print=self.large_print,
            created=self.created,
            samples=self.samples,
        )

    def in_project(self, path: str) -> Path:
        """A path that was named in the project's folder, seen from the current one.

        Raises DocgenError where the current folder is gone.
        """
        root = Path(self.folder)
        return Path(path) if root == current_folder() else root / path

    def input_file(self, run: Path) -> Path | None:
        """Where the worklist or the list of codes is; None where there is none.

        Raises DocgenError where the current folder is gone.
        """
        if self.kept:
            return run / KEPT_WORKLIST
        return self.in_project(self.file) if self.file is not None else None

    def run_id(self, input_digest: str) -> str:
        """Eight digits that follow from the worklist and the options, wherever they lie."""
        options = msgspec.structs.replace(
            self, folder="", file=None, kept=False, column_map=None, data=(), layout_folders=()
        )
        text = input_digest.encode() + msgspec.json.encode(options)
        return sha256(text).hexdigest()[:_ID_DIGITS]


class PrintSettings(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How the packets of a run are gathered for a printer."""

    sort: tuple[SortKey, ...] = ()
    """In this order; packets that are alike in all of it stay in the worklist's."""
    by_clinic: bool = False
    """Whether each clinic has files of its own."""
    sheets_per_file: Annotated[int, Meta(ge=1)] | None = None
    duplex: bool = True
    slip_sheets: bool = False
    mark: bool = True

    def encoded(self) -> str:
        """As the journal keeps them."""
        return msgspec.json.encode(self).decode()


def digest_of(path: Path) -> str:
    """SHA-256 (hex) of a file's bytes. Raises DocgenError where it cannot be read more than once:
    a named pipe would be empty after it."""
    if is_there(path) and not is_file(path):
        raise refuse(
            "unreadable-file",
            f"{str(path)!r} is not a file that can be read more than once",
            hint="name a file, or send it to standard input and name it -",
        )
    try:
        with open_file(path) as file:
            return file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        raise refuse(
            "missing-file", f"there is no file {str(path)!r}", hint="check the path"
        ) from None
    except OSError as error:
        raise refuse("unreadable-file", f"cannot read {str(path)!r}: {reason_of(error)}") from error
