"""The import: inputs read, held against what is there, and written, all or nothing of each."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from docgen.delivery.together import NewFile, backup_path, sole_writer, write_all
from docgen.diagnostics import Diagnostic, DocgenError, Findings, refuse
from docgen.imports.drafts import ImportSource
from docgen.imports.opening import MAX_BYTES, inputs
from docgen.imports.opening import input_of_stream as of_standard_input
from docgen.imports.planning import ImportOptions, Plan, read_plan, refuse_rivals, settle
from docgen.records import RecordFiles


class ImportReport(Struct, frozen=True):
    """What an import did, or would do."""

    plans: tuple[Plan, ...]
    """For each input, what became of each file that it makes."""
    told: tuple[Diagnostic, ...]
    """What was left out, divided or kept unplaced, and why inputs were refused."""

    @property
    def has_made(self) -> bool:
        """Whether anything that was asked for is there now, or would be."""
        return any(made.outcome != "refused" for plan in self.plans for made in plan.made)


def import_files(
    paths: Iterable[Path],
    options: ImportOptions,
    column_map: Path | None = None,
    standard_input: BinaryIO | None = None,
) -> ImportReport:
    """Imports files, folders with files and, before them, what comes from ``standard_input``.

    ``column_map`` says which column of a table is which field. Raises DocgenError where another
    import is at work in the folder, or too much comes from standard input.
    """
    findings = Findings()

    def sources() -> Iterator[ImportSource]:
        if standard_input is not None:
            yield of_standard_input(standard_input.read(MAX_BYTES + 1), column_map)
        yield from inputs(paths, column_map, findings)

    plans = run_import(sources(), options, findings)
    return ImportReport(plans, findings.diagnostics)


def run_import(
    sources: Iterable[ImportSource], options: ImportOptions, findings: Findings
) -> tuple[Plan, ...]:
    """Imports what some inputs hold into a folder of records, and says what became of each file.

    Findings get every warning and every refusal; an input with one error is refused as a whole,
    and the others go on. Files that are as they would be made are not touched. With ``dry_run``
    nothing is written. Raises DocgenError where another import is at work in the folder.
    """
    plans = tuple(read_plan(source, options, findings) for source in sources)
    refuse_rivals(plans, findings)
    with _lock(plans, options):
        files = RecordFiles((options.output,))
        for plan in plans:
            if not plan.refused:
                settle(plan, files, options, findings)
            if not plan.refused and not options.dry_run:
                _write(plan, findings)
            if plan.refused:
                _mark_refused(plan)
    if options.codes:
        options.codes.tell_unused(findings)
    return plans


def _lock(plans: Sequence[Plan], options: ImportOptions) -> AbstractContextManager[None]:
    writes = not options.dry_run and not all(plan.refused for plan in plans)
    return sole_import(options.output) if writes else nullcontext()


def sole_import(folder: Path) -> AbstractContextManager[None]:
    """The right to import into a folder; raises DocgenError where another import holds it."""
    busy = refuse(
        "import-busy",
        f"another import is writing into {str(folder)!r}",
        hint="wait until it has ended, or choose another folder with --output",
    )
    return sole_writer(folder, busy)


def _write(plan: Plan, findings: Findings) -> None:
    new = []
    for made in plan.made:
        if made.outcome not in ("new", "changed"):
            continue
        assert made.path
        made.backup = backup_path(made.path) if made.keeps_backup else None
        new.append(NewFile(made.path, made.content(plan.source), made.backup))
    try:
        write_all(new)
    except DocgenError as error:
        findings.extend(error.diagnostics)
        plan.refused = True


def _mark_refused(plan: Plan) -> None:
    for made in plan.made:
        made.outcome = "refused"
        made.backup = None
