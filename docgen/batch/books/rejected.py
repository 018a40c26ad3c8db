"""The rows that have no packet, as they stand in the worklist, each with the reason.

It is a worklist: once its rows are corrected it can be run, since the column of reasons is known.
"""

from pathlib import Path

from docgen.batch.books.table_files import table_writer
from docgen.batch.journal.journal import Journal
from docgen.delivery import written_whole
from docgen.worklist import Worklist, reason_heading

REJECTED = "rejected.csv"


def write_rejected(journal: Journal, rows: Worklist, run: Path) -> None:
    """Writes the table, whole or not at all; of headings only where nothing was rejected.

    All of ``rows`` have been read before: only then are the columns of JSON Lines known.

    Raises DocgenError where it cannot be written.
    """
    with written_whole(run, REJECTED) as file:
        table = table_writer(file)
        table.writerow([*rows.columns, reason_heading(rows.columns)])
        if not journal.counts().rejected:
            return
        for row in rows:
            reason = journal.reason(row.number)
            if reason is not None:
                lacking = len(rows.columns) - len(row.cells)
                table.writerow([*row.cells, *("",) * lacking, reason])
