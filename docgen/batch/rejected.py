"""The rows that have no packet, as they stand in the worklist, each with the reason.

It is a worklist: once its rows are corrected it can be run, since the reason is not read.
"""

from pathlib import Path

from docgen.batch.journal import Journal
from docgen.batch.table_files import table_writer
from docgen.delivery import written_whole
from docgen.worklist import Worklist

REJECTED = "rejected.csv"
REASON = "reason"
"""The heading of the last column. A column of that name from an earlier run makes way for it."""


def write_rejected(journal: Journal, rows: Worklist, run: Path) -> None:
    """Writes the table, whole or not at all; of headings only where nothing was rejected."""
    kept = [at for at, name in enumerate(rows.columns) if name.strip().lower() != REASON]
    with written_whole(run, REJECTED) as file:
        table = table_writer(file)
        table.writerow([*(rows.columns[at] for at in kept), REASON])
        if not journal.counts().rejected:
            return
        for row in rows:
            reason = journal.reason(row.number)
            if reason is not None:
                table.writerow([*(row.cells[at] for at in kept), reason])
