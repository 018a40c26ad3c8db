"""A record in all its languages, and with the changes that organizations made to it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from docgen.diagnostics import Diagnostic, DocgenError, Findings, Span, quoted, refuse
from docgen.records.doubts import Doubts
from docgen.records.pairs import PairedTexts, translated
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
    TextPath,
    at,
    beside,
    called,
    is_name,
    marked,
    serving,
    texts,
    with_texts,
    with_urgency,
    wordings,
)
from docgen.source import (
    SUFFIXES,
    Language,
    MappingNode,
    Node,
    Scalar,
    display_path,
    language_name,
    place_of,
    read_file,
    same_language,
)

if TYPE_CHECKING:
    from docgen.records.code_days import CodeDays
    from docgen.records.overriding import Adaptation

MISSING: Final = "missing-translation"

Files = Mapping[str, tuple[Path, ...]]
"""By language tag, the files beside a record that translate it; more than one is refused."""


def read_record(path: Path) -> ProcedureRecord:
    """Reads and checks a record file, without translations beside it.

    Raises DocgenError with all that is wrong with it.
    """
    return versions_of(read_file(path), path).own


def versions_of(
    node: Node,
    path: Path,
    files: Files | None = None,
    adaptations: Sequence[Adaptation] = (),
    days: CodeDays | None = None,
    *,
    owner: str | None = None,
) -> RecordVersions:
    """The record that a file holds, in its own language and in others, with the days on which its
    code may be used. ``owner`` is the id of the organization that has it.

    Raises DocgenError where the file is nothing like a record.
    """
    if not isinstance(node, MappingNode):
        record_of(node)
    assert isinstance(node, MappingNode)  # nothing else is a record
    return RecordVersions(node, path, files or {}, tuple(adaptations), days, owner=owner)


class RecordVersions:
    """A record in its own language and in others, each bound once, when it is asked for.

    Translations are woven in, changes of organizations made and texts chosen on the nodes of its
    file. Of what stands there, only the texts that the version has are read. Where a version cannot
    be made, the file is bound as it is first: what is wrong there comes before all that follows.
    """

    def __init__(
        self,
        node: MappingNode,
        path: Path,
        files: Files,
        adaptations: tuple[Adaptation, ...],
        days: CodeDays | None,
        *,
        owner: str | None,
    ) -> None:
        self.owner = owner
        """The id of the organization whose own record it is."""
        self._node = node
        entries = (entry for entry in node.entries if entry[0].value != TRANSLATIONS)
        self._texts = with_urgency(MappingNode(node.span, tuple(entries)))
        self._path = path
        self._files = files
        self._adaptations = adaptations
        self._days = days
        self._own = own_language(node)
        self._chosen: dict[tuple[str, str | None, str], ProcedureRecord | DocgenError] = {}

    def tags(self) -> tuple[str, ...]:
        """The languages of its translations."""
        inline = (key.value for key, _ in inline_translations(self._node))
        return tuple(dict.fromkeys([*inline, *self._files]))

    @cached_property
    def own(self) -> ProcedureRecord:
        """The record as organizations changed it, in its own language wherever they wrote in it.

        Raises DocgenError with all that is wrong with it.
        """
        if not self._adaptations:
            record = record_of(self._node)
            return replace(record, sources=(self._path,), versions=self, code_days=self._days)
        self._check_texts()
        try:
            own = self._own or ""
            findings = Findings()
            node = self._with_adaptations(self._texts, own, findings)
            findings.raise_if_any()
            return self._record(_Choice(own, None, own, None, self._doubts(own)).record(node), ())
        except DocgenError:
            record_of(self._node)
            raise

    def _check_texts(self) -> None:
        """Refuses a file that gives a text in several languages itself: only organizations do."""
        if any(not isinstance(text, Scalar) for _, text in texts(self._texts)):
            record_of(self._node)

    def translated(self, tag: str, findings: Findings) -> PairedTexts | None:
        """Its own translation into exactly one language, beside its texts, if there is one."""
        translation = self._translation(tag, [], findings)
        if translation is None or self._own is None:
            return None
        return translated(self._texts, self._own, translation, tag, self.owner)

    def adapted_texts(self, own: str | None = None) -> tuple[PairedTexts, ...]:
        """What organizations change of it in several languages, the topmost parent first."""
        if not self._adaptations:
            return ()
        from docgen.records.pairs import adapted_texts  # noqa: PLC0415 - most records are as written

        language = own or self._own or ""
        changes = (adapted_texts(one, language) for one in self._adaptations)
        return tuple(texts_of for change in changes for texts_of in change)

    def in_language(
        self,
        record: ProcedureRecord,
        tag: str,
        findings: Findings,
        fallback: str | None,
        assumed: str | None,
    ) -> ProcedureRecord:
        """As ``ProcedureRecord.in_language``."""
        return self.version(tag, findings, fallback=fallback, assumed=assumed) or record

    def version(
        self, tag: str, findings: Findings, *, fallback: str | None, assumed: str | None
    ) -> ProcedureRecord | None:
        """As ``ProcedureRecord.in_language``, without binding the record in its own language first.

        None where that is the language, or where findings tell why it cannot be in another.
        """
        own = self._own or assumed
        if own is None or self._is_in(tag, own):
            return None
        key = (tag, fallback, own)
        if key not in self._chosen:
            try:
                self._chosen[key] = self._choose(tag, fallback, own)
            except DocgenError as error:
                self._chosen[key] = error
        made = self._chosen[key]
        if isinstance(made, DocgenError):
            findings.extend(made.diagnostics)
            return None
        return made

    def _is_in(self, tag: str, own: str) -> bool:
        """Whether all texts are in a language already, or in its like of another country."""
        if self._adaptations:
            return False
        found = closest(tag, {own, *self.tags()})
        return found == own or (found is None and same_language(tag, own))

    def _choose(self, tag: str, fallback: str | None, own: str) -> ProcedureRecord:
        self._check_texts()
        findings = Findings()
        node = self._texts
        read: list[Path] = []
        doubts = self._doubts(own)
        for one in dict.fromkeys((*serving(tag), *serving(fallback or ""))):
            translation = self._translation(one, read, findings)
            if translation:
                node = with_texts(node, self._weaving(translation, own, one, doubts))
        node = self._with_adaptations(node, own, findings)
        findings.raise_if_any()
        choice = _Choice(tag, fallback, own, findings, doubts)
        chosen = choice.record(node)
        if findings.diagnostics:
            raise DocgenError(self._missing(tag, fallback, own, findings.diagnostics))
        record = self._record(chosen, tuple(read))
        language = Language(tag)
        return replace(
            record, language=language, has_foreign_texts=True, falls_back=choice.fell_back
        )

    def check_changes(self, languages: Collection[str] | None, findings: Findings) -> None:
        """Tells what is wrong with the texts that organizations wrote in several languages.

        Without ``languages``, those of all are looked at.
        """
        for changed in self.adapted_texts():
            if languages is None or changed.tag in languages:
                doubts = Doubts()
                doubts.add(changed)
                for pair in changed.pairs:
                    findings.extend(doubts.about(pair.translation))

    def _doubts(self, own: str) -> Doubts:
        """What is to be asked of texts that organizations wrote in several languages."""
        doubts = Doubts()
        for changed in self.adapted_texts(own):
            doubts.add(changed)
        return doubts

    def _weaving(self, translation: MappingNode, own: str, tag: str, doubts: Doubts) -> Change:
        """Puts the texts of a translation beside those of the record.

        Of a list that has other items than the record's, no text can be told from another: what
        stands beside the record's is there to be refused.
        """
        woven = translated(self._texts, own, translation, tag, self.owner)
        doubts.add(woven)

        def change(path: TextPath, text: Node) -> Node:
            uneven = woven.uneven.get(str(path[0]))
            if uneven and uneven.span:
                refused = Scalar(uneven.span, tag)
                doubts.refuse(refused, uneven)
                return beside(text, own, refused, tag)
            wording = at(translation, path)
            return beside(text, own, wording, tag) if wording is not None else text

        return change

    def _translation(self, tag: str, read: list[Path], findings: Findings) -> MappingNode | None:
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

    def _with_adaptations(self, node: MappingNode, own: str, findings: Findings) -> MappingNode:
        if not self._adaptations:
            return node
        from docgen.records.adaptation import adapted  # noqa: PLC0415 - most records are as written

        for adaptation in self._adaptations:
            node = adapted(node, own, adaptation, findings)
        return with_urgency(node)

    def _record(self, node: MappingNode, read: tuple[Path, ...]) -> ProcedureRecord:
        inline = (entry for entry in self._node.entries if entry[0].value == TRANSLATIONS)
        record = record_of(MappingNode(node.span, (*node.entries, *inline)), self._node)
        return replace(
            record,
            translations=None,
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

    def __init__(
        self,
        tag: str,
        fallback: str | None,
        own: str,
        findings: Findings | None,
        doubts: Doubts,
    ) -> None:
        """Without findings to tell them to, texts that are missing are taken as they are."""
        self._tag = tag
        self._fallback = fallback
        self._own = own
        self._findings = findings
        self._doubts = doubts
        self.fell_back = False
        """Whether a text that is no name is in the fallback language."""

    def record(self, node: MappingNode) -> MappingNode:
        """The record with one text in the place of each; names and the like say their language."""
        if same_language(self._own, self._tag):
            return with_texts(node, self._chosen)
        return with_texts(node, self._chosen, lambda other: marked(other, self._own))

    def _chosen(self, path: TextPath, text: Node) -> Node:
        spoken = wordings(text, self._own)
        refused: list[Diagnostic] = []
        for asked in filter(None, (self._tag, self._fallback)):
            found = self._nearest(asked, spoken)
            while found is not None and (doubts := self._against(spoken[found])):
                refused += doubts
                if self._fallback is None:
                    break
                # Another wording may serve: that of another country, or the one that stands in.
                del spoken[found]
                found = self._nearest(asked, spoken)
            else:
                if found is not None:
                    stands_in = not is_name(path) and not same_language(found, self._tag)
                    self.fell_back = self.fell_back or stands_in
                    return self._marked(spoken[found], found)
        if (refused and self._fallback is None) or not is_name(path):
            self._tell(path, text, spoken, refused)
        found = next(iter(spoken), self._own)
        return self._marked(spoken.get(found, text), found)

    def _against(self, text: Node) -> tuple[Diagnostic, ...]:
        """What keeps a wording from being printed."""
        return self._doubts.about(text) if self._findings is not None else ()

    def _nearest(self, tag: str, spoken: Mapping[str, Node]) -> str | None:
        if self._own in spoken and same_language(tag, self._own):
            return closest(tag, spoken) or self._own
        return closest(tag, spoken)

    def _marked(self, text: Node, language: str) -> Node:
        """A text that names its language where it is not the one asked for."""
        original = self._doubts.original(text)
        if original is not None and isinstance(text, Scalar):
            text = replace(text, original=original)
        return (
            text if not language or same_language(language, self._tag) else marked(text, language)
        )

    def _tell(
        self, path: TextPath, text: Node, spoken: Mapping[str, Node], refused: list[Diagnostic]
    ) -> None:
        """Tells that a text has no wording that could be printed."""
        if self._findings is None:
            return
        self._findings.extend(refused)
        if refused:
            return
        others = ", ".join(sorted(spoken))
        self._findings.error(
            MISSING,
            f"{quoted(called(path))} has no {language_name(self._tag)} translation, only {others}",
            text.span,
            f"translate it, or print it in another language with --fallback-language {self._own}",
        )
