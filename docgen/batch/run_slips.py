"""The slip sheets of a run: what each says comes from the journal, its look from the layouts."""

from functools import partial
from typing import TYPE_CHECKING

import msgspec

from docgen.batch.opening import open_project
from docgen.batch.run import Run
from docgen.batch.settings import RunSettings
from docgen.batch.slips import SlipFacts, SlipLook, initials, slip_look, slip_sheet
from docgen.printfiles import SlipMaker
from docgen.project import Project

if TYPE_CHECKING:
    from docgen.batch.gathering import PacketLine

_FIRST_LAYOUT = "SELECT layout FROM kits WHERE audience = ? ORDER BY id LIMIT 1"


class RunSlips:
    """Makes slips that look like the sheets they lie between."""

    def __init__(self, run: Run) -> None:
        self._run = run
        settings = msgspec.json.decode(run.journal.meta["settings"], type=RunSettings)
        self._project = open_project(settings)
        self._looks: dict[str, SlipLook] = {}
        self._initials = _initials(run) if _with_initials(self._project) else {}

    def maker(self, audience: str, place: int, line: "PacketLine", documents: int) -> SlipMaker:
        """Makes the slip of an audience's packet with so many documents."""
        return partial(self._slip, audience, place, line, documents)

    def _slip(
        self, audience: str, place: int, line: "PacketLine", documents: int, sheets: int
    ) -> bytes:
        facts = SlipFacts(
            packet=line.row,
            place=place,
            clinic=line.clinic,
            provider=line.provider,
            documents=documents,
            sheets=sheets,
            copies=line.copies,
            initials=self._initials.get(line.row),
        )
        return slip_sheet(facts, self._look(audience))

    def _look(self, audience: str) -> SlipLook:
        if audience not in self._looks:
            journal = self._run.journal
            (layout,) = journal.connection.execute(_FIRST_LAYOUT, (audience,)).fetchone()
            self._looks[audience] = slip_look(self._project, layout, journal.meta["run"])
        return self._looks[audience]


def _with_initials(project: Project) -> bool:
    own = project.organization.organization.slip_sheets if project.organization else None
    return own is not None and own.initials


def _initials(run: Run) -> dict[int, str]:
    """They are in no journal, so that the worklist is read again."""
    return {
        row.number: initials(row.entry.visit.patient_name) for row in run.source.rows if row.entry
    }
