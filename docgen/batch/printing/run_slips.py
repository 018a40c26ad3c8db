"""The slip sheets of a run: what each says of its row comes from the worklist, which is read once
more, its look from the layouts."""

from collections.abc import Container, Iterator
from functools import partial

import msgspec
from msgspec import Struct

from docgen.batch.journal.print_files import PacketLine, first_layout
from docgen.batch.opening import open_project
from docgen.batch.plan.settings import RunSettings
from docgen.batch.plan.sources import open_source
from docgen.batch.printing.slips import SlipFacts, SlipLook, initials, slip_look, slip_sheet
from docgen.batch.runs.resume import check_worklist
from docgen.batch.runs.run import Run
from docgen.diagnostics import DocgenError, Findings, refuse
from docgen.printfiles import SlipMaker
from docgen.sheets import SheetMaker


class RowWords(Struct, frozen=True):
    """What a slip says of its row. The journal holds nothing of it."""

    clinic: str | None = None
    provider: str | None = None
    initials: str | None = None

    def __repr__(self) -> str:
        return "RowWords(…)"


class RunSlips:
    """Makes slips that look like the sheets they lie between."""

    def __init__(self, run: Run, findings: Findings, rows: Container[int] | None = None) -> None:
        """Slips of some ``rows``, or of any. Where the worklist is not there any more, they say
        what is known without it, and findings tell."""
        self._run = run
        settings = msgspec.json.decode(run.journal.meta["settings"], type=RunSettings)
        self._project = open_project(settings)
        self._looks: dict[str, SlipLook] = {}
        self._words: dict[int, RowWords] = {}
        try:
            self._words.update(_words(run, settings, self._project, rows))
        except DocgenError as error:
            self._words.clear()
            reason = error.diagnostics[0]
            findings.warning(
                "slips-without-names",
                f"slip sheets say neither clinic nor provider: {reason.message}",
                reason.span,
                "put the worklist back as it was to have them on slip sheets",
            )

    def maker(self, audience: str, place: int, line: PacketLine, documents: int) -> SlipMaker:
        """Makes the slip of an audience's packet with so many documents."""
        return partial(self._slip, audience, place, line, documents)

    def _slip(
        self, audience: str, place: int, line: PacketLine, documents: int, sheets: int
    ) -> bytes:
        words = self._words.get(line.row, _NOTHING)
        facts = SlipFacts(
            packet=line.row,
            place=place,
            clinic=words.clinic,
            provider=words.provider,
            documents=documents,
            sheets=sheets,
            copies=line.copies,
            initials=words.initials,
        )
        return slip_sheet(facts, self._look(audience))

    def _look(self, audience: str) -> SlipLook:
        if audience not in self._looks:
            journal = self._run.journal
            layout = first_layout(journal, audience)
            self._looks[audience] = slip_look(self._project, layout, journal.meta["run"])
        return self._looks[audience]


_NOTHING = RowWords()


def _words(
    run: Run, settings: RunSettings, project: SheetMaker, rows: Container[int] | None
) -> Iterator[tuple[int, RowWords]]:
    """What the rows say. Raises DocgenError where the worklist is not what it was."""
    if settings.source != "worklist":
        return
    source, journal = open_source(settings, run.folder, project), run.journal
    check_worklist(journal, source)
    own = project.organization.organization.slip_sheets if project.organization else None
    with_initials = own is not None and own.initials
    same: dict[str, str] = {}
    for row in source.rows:
        if row.entry is None or (rows is not None and row.number not in rows):
            continue
        if journal.digest(row.number) != journal.row_digest(row.cells):
            raise refuse("worklist-changed", f"row {row.number} is not read as it was", row.span)
        clinic, provider = (
            text and same.setdefault(text, text)
            for text in (row.entry.clinic, row.entry.visit.provider)
        )
        letters = initials(row.entry.visit.patient_name) if with_initials else None
        yield row.number, RowWords(clinic, provider, letters)
