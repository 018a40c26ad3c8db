"""Policies of a table made into files, each whole or not at all, and all of them or none."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from difflib import unified_diff
from pathlib import Path
from typing import Literal

from msgspec import Struct

from docgen.delivery.together import NewFile, backup_path, sole_writer, write_all
from docgen.diagnostics import DocgenError, Findings, Span, refuse
from docgen.opening import open_text
from docgen.policies.library import PolicyLibrary
from docgen.policies.policy_file import CoveringPolicy
from docgen.policies.writing import (
    body_of,
    file_text,
    is_as_imported,
    policy_text,
    was_imported,
    was_imported_as,
)
from docgen.source import display_path, is_there, unreadable

State = Literal["new", "unchanged", "changed", "edited"]
"""``edited``: somebody changed the file by hand, and the table says something else than before."""

_LONGEST_NAME = 80


class PlannedFile(Struct, frozen=True):
    """What an import makes of one policy."""

    path: Path
    state: State
    text: str
    """The file as it is to be."""
    old: str = ""
    """The file as it is."""

    @property
    def diff(self) -> str:
        """The difference between the two as a unified diff."""
        shown = display_path(self.path)
        lines = unified_diff(
            body_of(self.old).splitlines(keepends=True),
            body_of(self.text).splitlines(keepends=True),
            shown,
            f"{shown} (imported)",
        )
        return "".join(lines)


def planned_files(
    policies: Sequence[CoveringPolicy], folder: Path, name: str
) -> tuple[PlannedFile, ...]:
    """What an import of policies into a folder would do to its files.

    A policy has the file that is of its health plan and number already, whatever its name.
    Raises DocgenError where a file that is there cannot be read.
    """
    findings = Findings()
    there = {one.key: one.path for one in PolicyLibrary([folder]).list(findings)}
    findings.raise_if_any()
    taken = {there[one.key] for one in policies if one.key in there}
    planned = []
    for one in policies:
        path = there.get(one.key) or _new_path(one, folder, taken)
        if path.suffix.lower() == ".json":
            raise _in_json(path)
        taken.add(path)
        planned.append(_planned(path, policy_text(one), name))
    return tuple(planned)


def write_policies(
    planned: Sequence[PlannedFile], folder: Path, *, update: bool = False, force: bool = False
) -> None:
    """Writes what is new and, where ``update`` says so, what has changed in the table; with
    ``force`` also what somebody edited, of which a copy is kept.

    Raises DocgenError where something would have to be written unasked, where one cannot be
    written, or another import is under way; then all files are as they were.
    """
    _refuse_unasked(planned, update=update, force=force)
    wanted = [one for one in planned if one.state != "unchanged"]
    if not wanted:
        return
    busy = refuse(
        "import-under-way",
        f"another import writes into {display_path(folder)!r}",
        hint="wait until it is done, then import again",
    )
    with sole_writer(folder, busy):
        for one in wanted:
            _check_old(one)
        write_all(_new_file(one) for one in wanted)


def _refuse_unasked(planned: Sequence[PlannedFile], *, update: bool, force: bool) -> None:
    counts = Counter(one.state for one in planned)
    told = Findings()
    if counts["changed"] and not update:
        told.error(
            "changed-policy",
            f"{_policies_are(counts['changed'])} changed; nothing was written",
            hint="look at what has changed, then import with --update",
        )
    if counts["edited"] and not force:
        told.error(
            "edited-policy",
            f"{_policies_are(counts['edited'])} edited by hand and changed in the table; "
            "nothing was written",
            hint="put the changes into the files, or import with --force, which keeps copies",
        )
    told.raise_if_any()


def _policies_are(count: int) -> str:
    return f"{count} policy is" if count == 1 else f"{count} policies are"


def _in_json(path: Path) -> DocgenError:
    return refuse(
        "file-in-json",
        "the table has this policy too, and an import writes YAML",
        Span(display_path(path), 1, 1),
        "take the policy out of the table, or delete this file",
    )


def _planned(path: Path, body: str, name: str) -> PlannedFile:
    old = _text_of_file(path)
    if old is None:
        return PlannedFile(path, "new", file_text(body, name))
    text = file_text(body, name)
    if body_of(old) == body or was_imported_as(old, body):
        return PlannedFile(path, "unchanged", old, old)
    state: State = "changed" if is_as_imported(old) else "edited"
    return PlannedFile(path, state, text, old)


def _new_path(one: CoveringPolicy, folder: Path, taken: set[Path]) -> Path:
    """Where a policy goes that has no file; if one of its name was imported and is of none of the
    table's, somebody gave that another number or title."""
    policy = one.policy
    stem = _slug(f"{policy.payer} {policy.number or policy.title}") or "policy"
    path, count = folder / f"{stem}.yaml", 1
    while path in taken or _is_by_hand(path):
        count += 1
        path = folder / f"{stem}-{count}.yaml"
    return path


def _is_by_hand(path: Path) -> bool:
    there = _text_of_file(path)
    return there is not None and not was_imported(there)


def _text_of_file(path: Path) -> str | None:
    """What a file says, or None where there is none. Raises DocgenError where that cannot be
    told."""
    if not is_there(path):
        return None
    try:
        with open_text(path) as file:
            return file.read()
    except OSError as error:
        raise unreadable(path, error) from None


def _slug(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall("[a-z0-9]+", letters))[:_LONGEST_NAME].strip("-")


def _check_old(one: PlannedFile) -> None:
    """A file that somebody saved since it was compared must not be lost."""
    if (_text_of_file(one.path) or "") != one.old:
        raise refuse(
            "file-changed",
            "this file was changed while it was imported",
            Span(display_path(one.path), 1, 1),
            "import again",
        )


def _new_file(one: PlannedFile) -> NewFile:
    backup = backup_path(one.path) if one.state == "edited" else None
    return NewFile(one.path, one.text.encode(), backup)
