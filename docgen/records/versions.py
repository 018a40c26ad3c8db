"""A record in all its languages, and with the changes that organizations made to it."""

from __future__ import annotations

from collections.abc import Mapping as Named
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from docgen.diagnostics import Diagnostic, DocgenError, Findings, Span, quoted, refuse
from docgen.records.reading import record_of
from docgen.records.record import ProcedureRecord
from docgen.records.translations import (
    TRANSLATIONS,
    closest,
    inline_translations,
    own_language,
    read_translation,
)
from docgen.records.wordings import (
    Change,
    at,
    beside,
    is_name,
    marked,
    serving,
    with_texts,
    with_urgency,
    wordings,
)
from docgen.records.wordings import Path as TextPath
from docgen.source import (
    SUFFIXES,
    Language,
    Mapping,
    Node,
    display_path,
    language_name,
    place_of,
    read_file,
    same_language,
)

if TYPE_CHECKING:
    from docgen.records.code_days import CodeDays
    from docgen.records.overriding import Adaptation

MISSING = "missing-translation"

Files = Named[str, tuple[Path, ...]]
"""By language tag, the files beside a record that translate it; more than one is refused."""


def read_record(path: Path) -> ProcedureRecord:
    """Reads and checks a record file, without translations beside it.

    Raises DocgenError with all that is wrong with it.
    """
    return versioned(read_file(path), path)


def versioned(
    node: Node,
    path: Path,
    files: Files | None = None,
    adaptations: Sequence[Adaptation] = (),
    days: CodeDays | None = None,
) -> ProcedureRecord:
    """The record that a file holds, in its own language, with what it takes to be in others, and
    the days on which its code may be used.

    Raises DocgenError with all that is wrong with it.
    """
    record = record_of(node)
    assert isinstance(node, Mapping)  # nothing else is a record
    versions = RecordVersions(node, path, files or {}, tuple(adaptations), days)
    if adaptations:
        return versions.as_adapted()
    return replace(record, sources=(path,), versions=versions, code_days=days)


class RecordVersions:
    """The texts of a record in its own language and in others."""

    def __init__(
        self,
        node: Mapping,
        path: Path,
        files: Files,
        adaptations: tuple[Adaptation, ...],
        days: CodeDays | None,
    ) -> None:
        self._node = node
        entries = (entry for entry in node.entries if entry[0].value != TRANSLATIONS)
        self._texts = with_urgency(Mapping(node.span, tuple(entries)))
        self._path = path
        self._files = files
        self._adaptations = adaptations
        self._days = days
        self._own = own_language(node)
        self._chosen: dict[tuple[str, str | None, str], ProcedureRecord] = {}

    def tags(self) -> tuple[str, ...]:
        """The languages of its translations."""
        inline = (key.value for key, _ in inline_translations(self._node))
        return tuple(dict.fromkeys([*inline, *self._files]))

    def as_adapted(self) -> ProcedureRecord:
        """The record as organizations changed it, in its own language wherever they wrote in it."""
        own = self._own or ""
        findings = Findings()
        node = self._with_adaptations(self._texts, own, findings)
        findings.raise_if_any()
        return self._record(_Choice(own, None, own, None).record(node), ())

    def in_language(
        self,
        record: ProcedureRecord,
        tag: str,
        findings: Findings,
        fallback: str | None,
        assumed: str | None,
    ) -> ProcedureRecord:
        """As ``ProcedureRecord.in_language``."""
        own = self._own or assumed
        if own is None or self._is_in(tag, own):
            return record
        key = (tag, fallback, own)
        try:
            if key not in self._chosen:
                self._chosen[key] = self._choose(tag, fallback, own)
        except DocgenError as error:
            findings.extend(error.diagnostics)
            return record
        return self._chosen[key]

    def _is_in(self, tag: str, own: str) -> bool:
        """Whether all texts are in a language already, or in its like of another country."""
        if self._adaptations:
            return False
        found = closest(tag, {own, *self.tags()})
        return found == own or (found is None and same_language(tag, own))

    def _choose(self, tag: str, fallback: str | None, own: str) -> ProcedureRecord:
        findings = Findings()
        node = self._texts
        read: list[Path] = []
        for one in dict.fromkeys((*serving(tag), *serving(fallback or ""))):
            translation = self._translation(one, read, findings)
            if translation:
                node = with_texts(node, _weaving(translation, own, one))
        node = self._with_adaptations(node, own, findings)
        findings.raise_if_any()
        chosen = _Choice(tag, fallback, own, findings).record(node)
        if findings.diagnostics:
            raise DocgenError(self._missing(tag, fallback, own, findings.diagnostics))
        record = self._record(chosen, tuple(read))
        return replace(record, language=Language(tag), has_foreign_texts=True)

    def _translation(self, tag: str, read: list[Path], findings: Findings) -> Mapping | None:
        """The translation into exactly one language."""
        inline = [(key, node) for key, node in inline_translations(self._node) if key.value == tag]
        files = self._files.get(tag, ())
        _tell_several(tag, [key.span for key, _ in inline], files, findings)
        if inline:
            return inline[0][1]
        if not files:
            return None
        read.append(files[0])
        try:
            return read_translation(files[0], tag, self._node)
        except DocgenError as error:
            findings.extend(error.diagnostics)
            return None

    def _with_adaptations(self, node: Mapping, own: str, findings: Findings) -> Mapping:
        if not self._adaptations:
            return node
        from docgen.records.adaptation import adapted  # noqa: PLC0415 - most records are as written

        for adaptation in self._adaptations:
            node = adapted(node, own, adaptation, findings)
        return with_urgency(node)

    def _record(self, node: Mapping, read: tuple[Path, ...]) -> ProcedureRecord:
        record = record_of(node)
        return replace(
            record,
            adapted_by=tuple(dict.fromkeys(one.organization for one in self._adaptations)),
            adaptation_notes=tuple(
                one.override.note for one in self._adaptations if one.override.note
            ),
            code_days=self._days,
            has_foreign_texts=bool(self._adaptations),
            sources=(self._path, *read, *(one.path for one in self._adaptations)),
            versions=self,
        )

    def _missing(
        self, tag: str, fallback: str | None, own: str, found: tuple[Diagnostic, ...]
    ) -> tuple[Diagnostic, ...]:
        """What has no translation: each text, or, where nothing has one, the whole record."""
        offered = {own, *self.tags()}
        if closest(tag, offered) or closest(fallback or "", offered):
            return found
        others = ", ".join(sorted(offered))
        if self._path.suffix in SUFFIXES:
            wanted = self._path.with_name(f"{self._path.stem}.{tag}{self._path.suffix}")
            translate = f"translate it in {display_path(wanted)}"
        else:
            translate = "write a record with a translation"
        return refuse(
            MISSING,
            f"this record has no {language_name(tag)} translation, only {others}",
            place_of(self._node, "language"),
            f"{translate}, or print it in another language with --fallback-language {own}",
        ).diagnostics


def _weaving(translation: Mapping, own: str, tag: str) -> Change:
    """Puts the texts of a translation beside those of the record."""

    def change(path: TextPath, text: Node) -> Node:
        translated = at(translation, path)
        return beside(text, own, translated, tag) if translated is not None else text

    return change


def _tell_several(
    tag: str, inline: list[Span], files: tuple[Path, ...], findings: Findings
) -> None:
    """Tells of two translations into one language: neither may win in silence."""
    places = [*inline, *(Span(display_path(path), 1, 1) for path in files)]
    for place in places[1:]:
        findings.error(
            "duplicate-translation",
            f"there is another {language_name(tag)} translation of this record: {places[0]}",
            place,
            "keep one of the two",
        )


class _Choice:
    """Chooses the texts of a record in one language."""

    def __init__(self, tag: str, fallback: str | None, own: str, findings: Findings | None) -> None:
        """Without findings to tell them to, texts that are missing are taken as they are."""
        self._tag = tag
        self._fallback = fallback
        self._own = own
        self._findings = findings

    def record(self, node: Mapping) -> Mapping:
        """The record with one text in the place of each; names and the like say their language."""
        if same_language(self._own, self._tag):
            return with_texts(node, self._chosen)
        return with_texts(node, self._chosen, lambda other: marked(other, self._own))

    def _chosen(self, path: TextPath, text: Node) -> Node:
        spoken = wordings(text, self._own)
        found = self._nearest(self._tag, spoken)
        if found is not None:
            return self._marked(spoken[found], found)
        found = self._nearest(self._fallback, spoken) if self._fallback else None
        if found is None and not is_name(path):
            self._tell_missing(path, text, spoken)
        found = found or next(iter(spoken), self._own)
        return self._marked(spoken.get(found, text), found)

    def _nearest(self, tag: str, spoken: Named[str, Node]) -> str | None:
        if self._own in spoken and same_language(tag, self._own):
            return closest(tag, spoken) or self._own
        return closest(tag, spoken)

    def _marked(self, text: Node, language: str) -> Node:
        """A text that names its language where it is not the one asked for."""
        return (
            text if not language or same_language(language, self._tag) else marked(text, language)
        )

    def _tell_missing(self, path: TextPath, text: Node, spoken: Named[str, Node]) -> None:
        if self._findings is None:
            return
        others = ", ".join(sorted(spoken))
        self._findings.error(
            MISSING,
            f"{quoted(_called(path))} has no {language_name(self._tag)} translation, only {others}",
            text.span,
            f"translate it, or print it in another language with --fallback-language {self._own}",
        )


def _called(path: TextPath) -> str:
    """A text as messages name it: ``further_sections[1].title``."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).removeprefix(".")
