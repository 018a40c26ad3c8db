"""The way from a code to its sheets, with the records, layouts and organization of a project."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, Self, TypeVar
from weakref import finalize

from msgspec.structs import replace

from docgen import shipped
from docgen.calls import check_argument, check_fields, checked_call
from docgen.diagnostics import Diagnostic, DocgenError, Findings
from docgen.rendered import ComposedSheet, RenderedSheet
from docgen.sheets.arguments import check_is_record, code_of
from docgen.sheets.compiled import CompiledLayouts
from docgen.sheets.fitness import Fitness
from docgen.sheets.options import BASE_LAYOUTS, NO_FOLDERS, PLAIN, NamedFolders, RenderOptions

if TYPE_CHECKING:
    from docgen.compose import CompiledLayout
    from docgen.document import Document
    from docgen.layouts import LayoutLibrary, LoadedLayout, LoadedOrganization
    from docgen.policies import PolicyLibrary
    from docgen.project_file import ProjectFile
    from docgen.records import OrganizationRecords, ProcedureRecord, RecordLibrary, RecordVersions
    from docgen.search import Index
    from docgen.typeset import Pages

R_co = TypeVar("R_co", covariant=True)


class SheetMaker:
    """Records, layouts and an organization, found in folders of which the first wins."""

    def __init__(
        self,
        folder: Path,
        *,
        file: ProjectFile,
        records: RecordLibrary,
        layouts: LayoutLibrary,
        policies: PolicyLibrary,
        organization: LoadedOrganization | None,
        named: NamedFolders = NO_FOLDERS,
    ) -> None:
        self.folder = folder
        self.file = file
        """What its ``docgen.yaml`` says of the project."""
        self.records = records
        self.layouts = layouts
        self.policies = policies
        self.organization = organization
        self.named = named
        """The folders that were named besides the project's own."""
        self.fitness = Fitness(folder, organization.organization if organization else None)
        """What stands against printing a record."""
        self._compiled = CompiledLayouts(layouts, organization)
        self._index_findings = Findings()

    @classmethod
    @checked_call
    def open(
        cls,
        folder: str | Path = ".",
        *,
        data: Iterable[str | Path] = (),
        layouts: Iterable[str | Path] = (),
        organization: str | None = None,
    ) -> Self:
        """Opens the project in a folder.

        ``data`` and ``layouts`` name folders that win over the project's own. ``organization`` is
        the id of whose name and phone numbers to print; without one, phone numbers become lines
        to fill in by hand.

        Raises DocgenError where one of the folders is not there or cannot be read, or where a named
        one holds nothing that is looked for, and with all that is wrong with ``docgen.yaml``.
        """
        from docgen.layouts import LayoutLibrary
        from docgen.policies import POLICIES, PolicyLibrary
        from docgen.project_file import read_project_file
        from docgen.records import RecordLibrary

        root = Path(folder)
        file = read_project_file(root)
        named, named_layouts = tuple(map(Path, data)), tuple(map(Path, layouts))
        if named or named_layouts:
            from docgen.named_folders import check_named

            check_named(named, named_layouts)
        library = LayoutLibrary((*named_layouts, root / "layouts", shipped.layouts_folder()))
        found = library.organization(organization) if organization else None
        library = library.of(found) if found else library
        folders = (*named, root / "data", shipped.data_folder())
        said = file.own_records_span
        declared = {root / "data": said} if said else {}
        records = RecordLibrary(folders, _own_records(found), declared)
        policies = PolicyLibrary([folder / POLICIES for folder in folders])
        return cls(
            root,
            file=file,
            records=records,
            layouts=library,
            policies=policies,
            organization=found,
            named=NamedFolders(named, named_layouts),
        )

    @checked_call
    def record(self, code: str, code_system: str | None = None) -> ProcedureRecord:
        """The record of a code, looked up without regard to case and punctuation.

        Raises DocgenError where there is none, where several code systems have the code and none
        is asked for, and with all that is wrong with the record.
        """
        return self.records.find(code_of(code), code_system)

    def layout(self, name: str, options: RenderOptions = PLAIN) -> CompiledLayout:
        """A layout by its name, checked and compiled once.

        It is in large print where that is asked for here, by the organization or by the layout.
        Raises DocgenError with all that is wrong with it, wording that is missing in the sheet's
        language included.
        """
        compiled = self._compiled.of(name, options)
        if compiled.loaded.untranslated:
            raise DocgenError(compiled.loaded.untranslated)
        return compiled

    def check_layout(self, name: str, options: RenderOptions = PLAIN) -> None:
        """Raises DocgenError with all that is wrong with a layout whatever the record.

        Wording that is missing is told with what the record lacks, by ``compose``.
        """
        self._compiled.of(name, options)

    @cached_property
    def index(self) -> Index:
        """The index over all records, built or refreshed once, and closed with the project.

        Raises DocgenError where this Python's SQLite has no full-text search.
        """
        from docgen.search import Index

        opened = Index.open(self.records, self._index_findings)
        finalize(self, opened.close)
        return opened

    @property
    def index_findings(self) -> tuple[Diagnostic, ...]:
        """What was found as the index was opened: where it could not be kept."""
        return self._index_findings.diagnostics

    def warnings(
        self, layout: str | CompiledLayout, options: RenderOptions = PLAIN
    ) -> tuple[Diagnostic, ...]:
        """What a layout prints on every sheet, but perhaps not as its author wishes."""
        own = self.organization.warnings if self.organization else ()
        told = self._index_findings.diagnostics
        return (*own, *self._compiled.of(layout, options).warnings, *told)

    @property
    def default_layouts(self) -> tuple[str, ...]:
        """The layouts that are rendered where none are named: the organization's, or the base."""
        defaults = self.organization.organization.defaults if self.organization else None
        named = defaults.layouts if defaults else None
        return tuple(layout.value for layout in named) if named else BASE_LAYOUTS

    def records_for(
        self,
        code: str,
        layouts: Sequence[str],
        code_system: str | None = None,
        options: RenderOptions = PLAIN,
    ) -> tuple[tuple[str, ProcedureRecord], ...]:
        """The record of a code as its sheets say it, each with its layout: bound once for each
        language that they are in. Where it cannot be in that of a sheet, composing tells why.

        Raises DocgenError as ``record`` does.
        """
        versions = self.records.find_versions(code_of(code), code_system)
        if not layouts:
            versions.own  # noqa: B018 - raises what is wrong with the record
        return tuple((name, self._version(versions, name, options)) for name in layouts)

    def _version(
        self, versions: RecordVersions, layout: str, options: RenderOptions
    ) -> ProcedureRecord:
        try:
            loaded = self._compiled.of(layout, options).loaded
        except DocgenError:
            return versions.own
        return _in_language(versions.version, loaded, Findings()) or versions.own

    def check_urgency(
        self,
        record: ProcedureRecord,
        layout: str | CompiledLayout,
        options: RenderOptions,
        findings: Findings,
    ) -> None:
        """Tells of a record whose sheet would lack when to call for help, in a layout that has to
        say it."""
        from docgen.compose import owes_urgency
        from docgen.records import check_urgency

        if owes_urgency(self._compiled.of(layout, options).loaded.layout) and not record.title_only:
            check_urgency(record, findings)

    def name_of(self, path: Path) -> str:
        """What books call a file, so that they are the same wherever the project lies: its path
        from the project's folder, or ``docgen:`` and its path among what comes with docgen."""
        place, folder = path.absolute(), self.folder.absolute()
        if place.is_relative_to(folder):
            return place.relative_to(folder).as_posix()
        return shipped.name_of(place) or place.as_posix()

    @checked_call
    def compose(
        self,
        record: ProcedureRecord,
        layout: str | CompiledLayout,
        options: RenderOptions = PLAIN,
        *,
        first_in_packet: bool = True,
    ) -> Document:
        """A record in a layout: what the sheet will say. As ``composed``, without its files.

        A layout that ``layout`` returned keeps the look and language that were chosen there.

        Raises DocgenError as ``composed`` does.
        """
        check_is_record(record)
        check_fields("options", options)
        return self.composed(record, layout, options, first_in_packet=first_in_packet).document

    def composed(
        self,
        record: ProcedureRecord,
        layout: str | CompiledLayout,
        options: RenderOptions = PLAIN,
        *,
        first_in_packet: bool = True,
        for_packets: bool = False,
    ) -> ComposedSheet:
        """A record in a layout: what the sheet will say, and the files that it comes from.

        Later sheets of a packet leave out the notices that a packet says once. What is made for
        packets has a place for the patient, even where the layout has none.

        Raises DocgenError with every text that is not in the sheet's language, neither in the
        layout nor in the record, and with all else that stands against printing it.
        """
        from docgen.compose import compose, refuse_title_only, with_patient

        compiled = self._compiled.of(layout, options)
        loaded = compiled.loaded
        refuse_title_only(record, loaded.layout)
        findings = Findings()
        findings.extend(loaded.untranslated)
        spoken = _in_language(record.in_language, loaded, findings)
        findings.raise_if_any()
        spoken = self._completed(spoken, compiled, options)
        own = loaded.organization
        document = compose(compiled, spoken, own, first_in_packet=first_in_packet)
        if for_packets:
            document = with_patient(document, loaded)
        return ComposedSheet(document, tuple(dict.fromkeys(spoken.sources)))

    def checked(
        self,
        record: ProcedureRecord,
        layout: str | CompiledLayout,
        options: RenderOptions,
        findings: Findings,
        *,
        first_in_packet: bool = True,
        for_packets: bool = False,
    ) -> ComposedSheet:
        """As ``composed``, where the record is fit to be printed; findings tell what to look at.

        Raises DocgenError with all that stands against it.
        """
        self.fitness.check_review(record, options, findings)
        self.check_urgency(record, layout, options, findings)
        try:
            composed = self.composed(
                record,
                layout,
                options,
                first_in_packet=first_in_packet,
                for_packets=for_packets,
            )
        except DocgenError as error:
            against = Findings()
            against.extend(one for one in findings.diagnostics if one.severity == "error")
            against.extend(error.diagnostics)
            raise DocgenError(against.diagnostics) from None
        findings.raise_if_any()
        self.fitness.check_sample(record, findings)
        return composed

    def _completed(
        self, record: ProcedureRecord, layout: CompiledLayout, options: RenderOptions
    ) -> ProcedureRecord:
        """A record with what the library adds to it, as far as the layout may print it."""
        if layout.texts.mention("policies"):
            record = self.policies.joined(record)
            day = options.created.date() if options.created else None
            policies = tuple(policy.on(day) for policy in record.policies)
            record = replace(record, policies=policies)
        finds = not record.similar_codes if record.find_similar is None else record.find_similar
        if finds and layout.texts.mention("similar_codes"):
            from docgen.search import with_similar_codes

            record = with_similar_codes(record, layout.loaded.language, self.records, self.index)
        return record

    def typeset(self, document: Document) -> Pages:
        """A document on pages: every mark with its place.

        Raises DocgenError with everything that cannot be set.
        """
        from docgen.document import Document
        from docgen.typeset import typeset

        check_argument("document", document, Document)
        return typeset(document)

    @checked_call
    def render_record(
        self,
        record: ProcedureRecord,
        layout: str | CompiledLayout,
        options: RenderOptions = PLAIN,
    ) -> RenderedSheet:
        """One record in one layout, as a PDF.

        Raises DocgenError with all that stands against it.
        """
        from docgen.pdf import write_pdf

        check_is_record(record)
        check_fields("options", options)
        findings = Findings()
        self.fitness.check_code(record, options, findings)
        composed = self.checked(record, layout, options, findings)
        document = composed.document
        pages = self.typeset(document)
        pdf = write_pdf(pages, fillable=options.fillable, created=options.created)
        data, warnings = _protected(pdf.data, options.password)
        return RenderedSheet(
            code_system=record.code_system.id,
            code=record.code,
            layout=layout if isinstance(layout, str) else layout.loaded.path.stem,
            variant=options.variant,
            page_count=pdf.page_count,
            data=data,
            warnings=(
                *findings.diagnostics,
                *self.warnings(layout, options),
                *document.warnings,
                *pages.warnings,
                *warnings,
            ),
            files=composed.files,
            is_sample=self.fitness.is_sample(record),
        )

    @checked_call
    def render(
        self,
        code: str,
        layouts: Sequence[str] | str | None = None,
        code_system: str | None = None,
        options: RenderOptions = PLAIN,
    ) -> tuple[RenderedSheet, ...]:
        """The sheets of a code in some layouts, or in the ``default_layouts``.

        Raises DocgenError with all that stands against any of them.
        """
        named = (layouts,) if isinstance(layouts, str) else layouts
        names = self.default_layouts if named is None else named
        findings = Findings()
        sheets: list[RenderedSheet] = []
        for name, record in self.records_for(code, names, code_system, options):
            try:
                sheets.append(self.render_record(record, name, options))
            except DocgenError as error:
                findings.extend(error.diagnostics)
        findings.raise_if_any()
        return tuple(sheets)


class _Speaking(Protocol[R_co]):
    def __call__(
        self, tag: str, findings: Findings, *, fallback: str | None, assumed: str | None
    ) -> R_co: ...


def _in_language(speaking: _Speaking[R_co], loaded: LoadedLayout, findings: Findings) -> R_co:
    """A record in the language of a sheet, with texts in the fallback language where it has to."""
    told = Findings()
    tag, assumed = loaded.language, loaded.own_language
    spoken = speaking(tag, told, fallback=None, assumed=assumed)
    fallback = loaded.fallback_language
    if not told or not fallback:
        findings.extend(told.diagnostics)
        return spoken
    return speaking(tag, findings, fallback=fallback, assumed=assumed)


def _protected(data: bytes, password: str | None) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """A file that opens with a password, where there is one, and what is to be said of it."""
    if password is None:
        return data, ()
    from docgen.pdf.encryption import encrypt
    from docgen.pdf.passwords import tell_if_short

    findings = Findings()
    tell_if_short(password, findings)
    return encrypt(data, password), findings.diagnostics


def _own_records(organization: LoadedOrganization | None) -> tuple[OrganizationRecords, ...]:
    """The records of an organization and its parents."""
    if organization is None:
        return ()
    from docgen.records import OrganizationRecords

    languages = organization.languages.values()
    chain = zip(organization.folders, organization.names, languages, strict=True)
    return tuple(OrganizationRecords(*one) for one in chain)
