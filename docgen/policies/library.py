"""The policies of some folders, ``data/policies/**/NAME.yaml``: each file one policy.

A look-up parses only the files that name the code, or a range around it; what the others hold is
told by ``check``. A file hides those of the same name in later folders.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from docgen import shipped
from docgen.code_systems import LOCAL, CodeSystem, normalise_code
from docgen.diagnostics import Diagnostic, DocgenError, Findings, Span
from docgen.opening import open_file
from docgen.policies.policy_file import CoveringPolicy, key_of_policy, read_policy
from docgen.prose import lines_run_together
from docgen.records import ProcedureRecord, is_sample
from docgen.source import MAX_BYTES, SUFFIXES, display_path, files_below

POLICIES: Final = "policies"
"""The folder of policies in a folder of data."""
_TOKEN = re.compile(r"(?<![0-9A-Z])(?:[0-9A-Z]{5}|[0-9A-Z]{7})(?![0-9A-Z])")
"""What may be a code of a standard, in capital letters."""
_TO = re.compile(r"\s*[-–]\s*")
_BESIDE_CODES = re.compile(r"[\W_]+")
"""What normalising leaves out of a code."""


class Mentions(Struct, frozen=True):
    """What a file may say of codes, told by its characters alone: more than it does, never less."""

    ranges: tuple[tuple[str, str], ...] = ()
    text: str = ""
    """In capital letters: a local code may be anything in it."""
    unclear: bool = False
    """Whether its characters may stand for others, so that only parsing tells."""

    def may_cover(self, system: CodeSystem, code: str) -> bool:
        if self.unclear:
            return True
        if system == LOCAL:
            return normalise_code(code) in _BESIDE_CODES.sub("", self.text)
        return any(first <= code <= last for first, last in self.ranges)


class PolicyLibrary:
    """The policies of some folders, of which the first wins; files are read when needed."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)
        self._read: dict[Path, CoveringPolicy | DocgenError] = {}

    def covering(self, system: CodeSystem, code: str) -> tuple[CoveringPolicy, ...]:
        """The policies about a canonical code, by health plan, then in the order of the files.

        Raises DocgenError with all that is wrong with any file that may be about it.
        """
        files = [path for path, said in self._mentions.items() if said.may_cover(system, code)]
        found = (one for one in self._all(files) if one.covers(system, code))
        first: dict[tuple[str, str], CoveringPolicy] = {}
        for one in found:
            first.setdefault(one.key, one)
        return tuple(sorted(first.values(), key=_payer))

    def joined(self, record: ProcedureRecord) -> ProcedureRecord:
        """A record with the policies about its code after its own; none comes twice.

        The sample policies that come with docgen join the sample records only: no health plan of
        a real clinic has them.

        Raises DocgenError with all that is wrong with any policy that may be about its code.
        """
        own = {key_of_policy(policy) for policy in record.policies}
        covering = self.covering(record.code_system, record.code)
        for_samples = is_sample(record)
        added = tuple(
            one
            for one in covering
            if one.key not in own and (for_samples or not shipped.is_sample(one.path))
        )
        if not added:
            return record
        foreign = any(
            one.policy.language and one.policy.language != record.language for one in added
        )
        return replace(
            record,
            policies=(*record.policies, *(one.as_in_a_record() for one in added)),
            sources=(*record.sources, *(one.path for one in added)),
            has_foreign_texts=record.has_foreign_texts or foreign,
        )

    def list(self, findings: Findings) -> tuple[CoveringPolicy, ...]:
        """Every policy, by health plan, then in the order of the files; findings tell of the
        files that cannot be read."""
        found = []
        for path in self._visible_files:
            try:
                found.append(self._policy(path))
            except DocgenError as error:
                findings.extend(error.diagnostics)
        return tuple(sorted(found, key=_payer))

    def check(self) -> tuple[Diagnostic, ...]:
        """All that is wrong in all files, policies that are there twice among it."""
        findings = Findings()
        first: dict[tuple[str, str], CoveringPolicy] = {}
        for one in self.list(findings):
            findings.extend(lines_run_together(one.policy))
            other = first.setdefault(one.key, one)
            if other is not one:
                findings.error(
                    "duplicate-policy",
                    f"this policy of {one.policy.payer} has a file already: "
                    f"{display_path(other.path)}",
                    Span(display_path(one.path), 1, 1),
                    "keep one of the two files",
                )
        return findings.diagnostics

    def _all(self, paths: Iterable[Path]) -> tuple[CoveringPolicy, ...]:
        findings = Findings()
        found = []
        for path in paths:
            try:
                found.append(self._policy(path))
            except DocgenError as error:
                findings.extend(error.diagnostics)
        findings.raise_if_any()
        return tuple(found)

    def _policy(self, path: Path) -> CoveringPolicy:
        known = self._read.get(path)
        if known is None:
            try:
                known = read_policy(path)
            except DocgenError as error:
                known = error
            self._read[path] = known
        if isinstance(known, DocgenError):
            raise DocgenError(known.diagnostics)
        return known

    @cached_property
    def _visible_files(self) -> tuple[Path, ...]:
        """The files that none of an earlier folder hides, in a fixed order."""
        found: dict[Path, Path] = {}
        for folder in self._folders:
            for path in files_below(folder, SUFFIXES):
                found.setdefault(path.relative_to(folder).with_suffix(""), path)
        return tuple(found.values())

    @cached_property
    def _mentions(self) -> dict[Path, Mentions]:
        return {path: mentions(path) for path in self._visible_files}


def mentions(path: Path) -> Mentions:
    """What the characters of a file say of codes, before it is parsed."""
    try:
        with open_file(path) as file:
            text = file.read(MAX_BYTES + 1).decode().upper()
    except (OSError, ValueError):
        return Mentions(unclear=True)
    if "\\" in text or len(text) > MAX_BYTES:
        return Mentions(unclear=True)
    tokens = list(_TOKEN.finditer(text))
    ranges = [(token[0], token[0]) for token in tokens]
    for before, after in pairwise(tokens):
        if _TO.fullmatch(text, before.end(), after.start()):
            ranges.append((before[0], after[0]))
    return Mentions(tuple(ranges), text)


def _payer(one: CoveringPolicy) -> str:
    return one.key[0]
