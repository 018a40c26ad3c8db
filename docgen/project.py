"""A docgen project: records and layouts in a folder, and all that can be done with them.

A project has the shape ``data/records/``, ``layouts/``, ``output/``. Its own files win over the
ones that come with docgen. Whatever a command refuses is refused here too: the commands only read
options and print.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta
from msgspec.structs import replace

from docgen.calls import check_argument, check_struct, checked_call
from docgen.sheets import BASE_LAYOUTS, PLAIN, RenderOptions, SheetMaker

if TYPE_CHECKING:
    from docgen.batch.books import RunStatus
    from docgen.batch.plan.packets import PlanOptions
    from docgen.batch.running import RunObserver, RunResult, Work
    from docgen.batch.single import PacketMaker, PatientPacket
    from docgen.document import Visit
    from docgen.imports import ImportReport
    from docgen.printing import PrintObserver, PrintPlan, PrintReport, PrintWish
    from docgen.records import ProcedureRecord
    from docgen.search import FoundCodes

__all__ = ["BASE_LAYOUTS", "PLAIN", "Project", "RenderOptions"]


class Project(SheetMaker):
    """Records, layouts and an organization, found in folders of which the first wins.

    >>> from docgen import Project
    >>> project = Project.open(".", organization="sample")
    >>> [(sheet.layout, sheet.page_count) for sheet in project.render("77299")]
    [('patient-handout', 2), ('clinician-summary', 1)]
    """

    def record_in_memory(self, fields: Mapping[str, object]) -> ProcedureRecord:
        """A record that no file holds, of fields named as in a record file; dates may be dates.

        It can be given to ``compose`` and ``render_record``. Organizations change nothing of it.
        Raises DocgenError with all that is wrong with it, by the lines of its JSON.

        >>> record = project.record_in_memory({
        ...     "code": "PLAN-1",
        ...     "code_system": "local",
        ...     "title": "Planning visit",
        ...     "name": "Planning visit",
        ...     "provenance": {"version": "1", "authors": ["A. Example"]},
        ... })
        >>> record.title.value
        'Planning visit'
        """
        from docgen.records.in_memory import record_in_memory

        return record_in_memory(fields, self.records.tables)

    @checked_call
    def packet(
        self,
        visit: Visit,
        codes: Sequence[str] | str,
        *,
        layouts: Sequence[str] | str | None = None,
        language: str | None = None,
        fallback_language: str | None = None,
        large_print: bool | None = None,
        created: datetime | None = None,
    ) -> PatientPacket:
        """The sheets for one visit of one patient, as a run would make them; nothing is written.

        ``codes`` are those of the visit, in its order; each may name its code system, as in
        ``"cpt:77299"``. All else is as in a worklist.

        Raises DocgenError, without any value of the patient, where one of the sheets cannot be
        made; samples are refused unless ``docgen.yaml`` lets them in.

        >>> from datetime import datetime
        >>> from docgen import Visit
        >>> visit = Visit(patient_name="Ada Example", appointment=datetime(2026, 11, 24, 9, 30))
        >>> packet = project.packet(visit, ["77299", "hcpcs:G0121"])
        >>> [(sheet.code, sheet.layout) for sheet in packet.sheets[:2]]
        [('77299', 'patient-handout'), ('G0121', 'patient-handout')]
        """
        from docgen.batch.plan.packets import PlanOptions
        from docgen.batch.single import entry_of

        RenderOptions(fallback_language=fallback_language, created=created)  # raises what is wrong
        entry = entry_of(visit, codes, layouts=layouts, language=language, large_print=large_print)
        options = PlanOptions(
            fallback_language=fallback_language, created=created, samples=self.file.samples
        )
        return self._packets(options).made(entry)

    @checked_call
    def run(
        self,
        worklist: str | Path,
        output: str | Path | None = None,
        *,
        work: Work | None = None,
        observer: RunObserver | None = None,
        column_map: str | Path | None = None,
        form: Literal["csv", "jsonl", "fhir"] | None = None,
        incomplete: bool = False,
        layouts: Sequence[str] | str | None = None,
        language: str | None = None,
        fallback_language: str | None = None,
        large_print: bool = False,
        created: datetime | None = None,
    ) -> RunResult:
        """Makes the packets of a worklist, and accounts for every row: ``docgen batch``.

        ``output`` is the folder of the run, new or empty; without one, the next free one below the
        project's ``output/``. ``work`` says how it is worked at, and whether there are to be print
        files; ``observer`` is told how it goes on. All else holds where a row does not say.

        Raises DocgenError, and leaves nothing behind, where the run cannot begin, and
        RunStoppedError where it stops later: ``resume`` goes on with it. Rows that are rejected
        raise nothing; the summary counts them, and ``rejected.csv`` has them with their reasons.

        >>> from pathlib import Path
        >>> from docgen import Work
        >>> rows = ["patient_name,codes", "Ada Example,77299", "Bo Example,"]
        >>> size = Path("day.csv").write_text("\\n".join(rows))
        >>> result = project.run("day.csv", work=Work(prints=True))
        >>> (result.summary.packets, result.summary.rejected, result.is_whole)
        (1, 1, False)
        >>> [file.path.name for file in result.print_files]
        ['patients.pdf', 'clinicians.pdf']
        """
        from docgen.batch.plan.settings import RunSettings
        from docgen.batch.running import RunObserver, Work, begin

        check_struct("work", work := work or Work(), Work)
        check_argument("observer", observer := observer or RunObserver(), RunObserver)
        RenderOptions(language=language, fallback_language=fallback_language, created=created)
        named = (layouts,) if isinstance(layouts, str) else layouts
        settings = RunSettings(
            file=self._said(worklist),
            column_map=self._said(column_map) if column_map is not None else None,
            form=form,
            incomplete=incomplete,
            folder=str(self.folder.absolute()),
            data=tuple(map(self._said, self.named.data)),
            layout_folders=tuple(map(self._said, self.named.layouts)),
            organization=self.organization.id if self.organization else None,
            layouts=tuple(named) if named is not None else None,
            language=language,
            fallback_language=fallback_language,
            large_print=large_print,
            created=created,
        )
        folder = Path(output) if output is not None else None
        return begin(settings, folder, work, observer)

    @checked_call
    def resume(
        self, run: str | Path, *, work: Work | None = None, observer: RunObserver | None = None
    ) -> RunResult:
        """Goes on with the run in a folder: checks what is there, and makes what is missing.

        Worklist, project and options are those that it began with. Raises DocgenError where there
        is none, where it is under way, or where what it is made from has changed; RunStoppedError
        where it stops again.

        >>> project.resume(result.folder).summary.packets
        1
        """
        from docgen.batch.running import RunObserver, Work, go_on

        check_struct("work", work := work or Work(), Work)
        check_argument("observer", observer := observer or RunObserver(), RunObserver)
        return go_on(Path(run), work, observer)

    @checked_call
    def status(self, run: str | Path) -> RunStatus:
        """How far the run in a folder is, also while it is under way. Raises DocgenError where
        there is none.

        >>> project.status(result.folder).condition
        'done'
        """
        from docgen.batch.books import status_of

        return status_of(Path(run))

    @checked_call
    def print_plans(
        self,
        target: str | Path,
        wish: PrintWish,
        *,
        audience: Literal["patients", "clinicians"] | None = None,
    ) -> tuple[PrintPlan, ...]:
        """What ``print`` would send, where and how; nothing is sent.

        Raises DocgenError with all that stands against it.

        >>> from docgen import DocgenError, PrintWish
        >>> try:
        ...     plans = project.print_plans(result.folder, PrintWish(copies=0))
        ... except DocgenError as error:
        ...     error.diagnostics[0].rule
        'bad-copies'
        """
        from docgen.printing import PrintSession, PrintWish

        check_struct("wish", wish, PrintWish)
        with PrintSession(Path(target), audience) as session:
            return session.plans(wish)

    @checked_call
    def print(
        self,
        target: str | Path,
        wish: PrintWish,
        *,
        audience: Literal["patients", "clinicians"] | None = None,
        seconds: float | None = None,
        observer: PrintObserver | None = None,
    ) -> PrintReport:
        """Prints a run, or a PDF file, and follows each job to its end: ``docgen print``.

        ``target`` is the folder of a run, one of its print files, or any PDF. Nobody is asked: look
        at ``print_plans`` before. Of a run, no file is sent twice unless the wish says so, since
        each step is kept in its journal. A job is followed at most ``seconds``, or to its end.

        Raises DocgenError, and sends nothing, with all that stands against it. What goes wrong
        later is in the report.
        """
        from docgen.printing import PrintObserver, PrintWish, print_files

        check_struct("wish", wish, PrintWish)
        check_argument("observer", observer, PrintObserver | None)
        check_argument("seconds", seconds, Annotated[float, Meta(ge=0)] | None)
        return print_files(Path(target), wish, audience, seconds, observer)

    @checked_call
    def search(
        self,
        query: str,
        *,
        code_system: str | None = None,
        specialty: str | None = None,
        limit: int = 20,
    ) -> FoundCodes:
        """The codes that a query may mean: a code, the beginning of one, or words of records.

        ``code_system`` is cpt, hcpcs, icd-10-pcs or local. What is misspelled finds what is spelled
        nearly so; ``limit`` is from 1 to 1000. Raises DocgenError where there is nothing to look
        for in the query.

        >>> found = project.search("colonoscpy", limit=1)
        >>> [(hit.code_system, hit.code) for hit in found.hits]
        [('hcpcs', 'G0121')]
        >>> [told.message for told in found.told]
        ["no record has the word 'colonoscpy'; looked for 'colonoscopy' instead"]
        """
        from docgen.search import search_codes

        found = search_codes(
            lambda: self.index, query, code_system=code_system, specialty=specialty, limit=limit
        )
        return replace(found, told=(*self.index_findings, *found.told))

    @checked_call
    def import_records(
        self,
        paths: Iterable[str | Path],
        *,
        code: str | None = None,
        code_system: str | None = None,
        codes_file: str | Path | None = None,
        column_map: str | Path | None = None,
        authors: Iterable[str] = (),
        update: bool = False,
        force: bool = False,
        shrink: bool = False,
        dry_run: bool = False,
    ) -> ImportReport:
        """Makes record files of saved pages, tables and code lists: ``docgen records import``.

        They go into the project's ``data/records``, all of an input or nothing of it. ``update``
        writes records again whose input has changed, ``force`` also those that people have edited
        (they are kept as ``NAME.bak-1``); ``shrink`` takes a code list that is not whole;
        ``dry_run`` only tells.

        Raises DocgenError where the import cannot begin; what is refused of an input is in the
        report.

        >>> rows = ["code,code_system,title,summary", "PLAN-2,local,Planning,It is planned."]
        >>> size = Path("codes.csv").write_text("\\n".join(rows))
        >>> report = project.import_records(["codes.csv"], dry_run=True)
        >>> [made.outcome for plan in report.plans for made in plan.made]
        ['new']
        """
        from docgen.imports import ImportOptions, asked_code_system, import_files, read_codes_file

        check_argument("code", code, str | None)
        options = ImportOptions(
            output=self.folder / "data" / "records",
            code=code,
            code_system=asked_code_system(code_system),
            codes=read_codes_file(Path(codes_file)) if codes_file is not None else None,
            authors=tuple(authors),
            update=update,
            force=force,
            shrink=shrink,
            dry_run=dry_run,
        )
        return import_files(
            map(Path, paths), options, Path(column_map) if column_map is not None else None
        )

    def _packets(self, options: PlanOptions) -> PacketMaker:
        """What makes packets with some options, kept with all that it has composed."""
        from docgen.batch.single import PacketMaker

        if self._packet_maker is None or self._packet_maker[0] != options:
            self._packet_maker = (options, PacketMaker(self, options))
        return self._packet_maker[1]

    _packet_maker: tuple[PlanOptions, PacketMaker] | None = None

    def _said(self, path: str | Path) -> str:
        """A path that counts from the current folder, as the settings of a run say it."""
        from docgen.source import current_folder

        is_here = self.folder.absolute() == current_folder()
        return str(path) if is_here else str(Path(path).absolute())
