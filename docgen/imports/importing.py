"""The import: inputs read, held against what is there, and written, all or nothing of each."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from docgen.delivery.together import NewFile, backup_path, sole_writer, write_all
from docgen.diagnostics import DocgenError, Findings, refuse
from docgen.imports.drafts import ImportSource
from docgen.imports.planning import ImportOptions, Plan, read_plan, refuse_rivals, settle
from docgen.records.files import RecordFiles


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
