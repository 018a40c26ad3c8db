"""The end of a run: does it add up? Then its books are written, from the journal alone."""

from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from docgen.batch.books.manifest import write_manifest
from docgen.batch.books.rejected import write_rejected
from docgen.batch.journal.journal import DOCUMENTS
from docgen.batch.journal.outcomes import (
    documents_by_audience,
    documents_of_samples,
    rejected_by_rule,
    totals,
)
from docgen.batch.make.storing import stored_files
from docgen.batch.runs.run import Run
from docgen.delivery import write_file
from docgen.diagnostics import Findings, counted, refuse

SUMMARY = "summary.json"
FINISHED = "finished"
"""The journal's fact that says that the books are written."""
LEFT_OUT = "left_out"
"""The journal's fact of what was left out, once all rows were read: JSON, by reason."""
INCOMPLETE = "the day may be incomplete: the worklist says so itself"


class Summary(Struct, frozen=True, kw_only=True):
    """What a run did, in numbers; the same for the same input, however often it was resumed."""

    run: str
    docgen: str
    organization: str | None
    worklist_sha256: str
    rows: int
    packets: int
    rejected: int
    documents: int
    pages: int
    bytes: int
    left_out: Mapping[str, int]
    """Rows of visits that do not take place, or that no packet is for, by reason."""
    incomplete: bool
    """Whether the worklist says itself that it may not be the whole day."""
    documents_by_audience: Mapping[str, int]
    rejected_by_rule: Mapping[str, int]
    documents_of_samples: Mapping[str, int] = {}
    """Documents made of sample records that come with docgen, by code, such as ``cpt:45378``."""

    def sentences(self) -> tuple[str, ...]:
        """The reconciliation in plain words."""
        rows = f"{counted(self.rows, 'row')} in = {counted(self.packets, 'packet')} done"
        rows += f" + {self.rejected:,} rejected"
        if self.left_out:
            rows += f" + {left_out_sentence(self.left_out)}"
        lines = [rows, f"{counted(self.documents, 'document')}, {counted(self.pages, 'page')}"]
        if self.incomplete:
            lines.append(INCOMPLETE)
        if self.documents_of_samples:
            count, codes = (
                sum(self.documents_of_samples.values()),
                ", ".join(self.documents_of_samples),
            )
            lines.append(
                f"for trying out only: {counted(count, 'document')} made of sample records that "
                f"come with docgen and nobody has reviewed: {codes}"
            )
        return tuple(lines)


def left_out_sentence(reasons: Mapping[str, int]) -> str:
    """``3 left out (2 cancelled, 1 noshow)``."""
    each = ", ".join(f"{count:,} {reason}" for reason, count in reasons.items())
    return f"{sum(reasons.values()):,} left out ({each})"


def finish(run: Run) -> Summary:
    """Reconciles a run whose rows were all read, and writes manifest, rejected rows and summary.

    Raises DocgenError where the numbers do not add up, or the worklist is not the same any more.
    """
    if not run.source.is_unchanged():
        raise refuse(
            "worklist-changed",
            "the worklist or its map was changed while the run went through it",
            hint="put it back as it was and go on with --resume, or run it in another folder",
        )
    summary = _summary(run)
    _reconcile(run, summary)
    write_manifest(run.journal, run.folder)
    write_rejected(run.journal, run.source.rows, run.folder)
    text = msgspec.json.format(msgspec.json.encode(summary), indent=2)
    write_file(text + b"\n", run.folder, SUMMARY)
    run.journal.set_meta(LEFT_OUT, msgspec.json.encode(summary.left_out).decode())
    run.journal.set_meta(FINISHED, "yes")
    run.journal.commit()
    return summary


def _summary(run: Run) -> Summary:
    journal = run.journal
    counts = journal.counts()
    made = totals(journal)
    left_out = dict(sorted(run.source.rows.left_out.items()))
    return Summary(
        run=journal.meta["run"],
        docgen=journal.meta["docgen"],
        organization=journal.meta["organization"] or None,
        worklist_sha256=journal.meta["worklist_sha256"],
        rows=run.rows_read + sum(left_out.values()),
        packets=counts.made,
        rejected=counts.rejected,
        documents=made.documents,
        pages=made.pages,
        bytes=made.bytes,
        left_out=left_out,
        incomplete=run.source.rows.incomplete,
        documents_by_audience=documents_by_audience(journal),
        rejected_by_rule=rejected_by_rule(journal),
        documents_of_samples=documents_of_samples(journal),
    )


def _reconcile(run: Run, summary: Summary) -> None:
    findings = Findings()
    left_out = sum(summary.left_out.values())
    if summary.rows != summary.packets + summary.rejected + left_out:
        findings.error(
            "unaccounted",
            f"{summary.rows:,} rows in, but {summary.packets:,} packets done, "
            f"{summary.rejected:,} rejected and {left_out:,} left out",
            hint="go on with --resume; if it stays so, do not use the run",
        )
    found = documents_on_disk(run.folder)
    if found != summary.documents:
        findings.error(
            "unaccounted",
            f"{found:,} documents lie in {DOCUMENTS}/, but the journal has {summary.documents:,}",
            hint="go on with --resume, which makes what is missing; move away what is not its own",
        )
    findings.raise_if_any()


def documents_on_disk(run: Path) -> int:
    """How many files lie below ``documents/``."""
    return sum(1 for _ in stored_files(run / DOCUMENTS))
