"""What ``docgen print`` says: as lines for people, or as one JSON object a line."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from docgen.batch.journal.jobs import KeptJob
from docgen.cli.reporting import Reporter, json_text, print_result
from docgen.diagnostics import Diagnostic, DocgenError, counted
from docgen.printers import JobId, JobState
from docgen.printing import PrintCandidate, PrintObserver, PrintPlan

_USUAL = ("job-", "cups-", "processing-to-stop-point")
"""Reasons that say no more than that all goes its way."""


class PrintWords:
    """Tells what is going to be sent, and what becomes of it."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json
        self._last = ""

    def plans(self, plans: Sequence[PrintPlan]) -> None:
        """Shows what will be sent, where and how, before anybody is asked."""
        if self._as_json:
            for plan in plans:
                self._event("plan", plan.file.path, **_plan_fields(plan))
            return
        if not plans:
            print_result("Nothing is to be sent: no job failed.")
        for destination in dict.fromkeys((plan.server, plan.printer) for plan in plans):
            server, printer = destination
            about = ", ".join(filter(None, (printer.info, printer.location)))
            state = ", ".join((printer.state, *printer.reasons))
            print_result(f"Printer {printer.name.name} ({about}) at {server}: {state}")
            for plan in plans:
                if (plan.server, plan.printer) == destination:
                    print_result(f"  {_plan_in_words(plan)}\n    {plan.options.in_words()}")

    def sent(self, plan: PrintPlan, id: JobId) -> None:
        """A file has left."""
        if self._as_json:
            self._event("sent", plan.file.path, job=id.number, printer=plan.printer.name.name)
            return
        name = plan.file.path.name
        print_result(f"{name}: sent to {plan.printer.name.name} as job {id.number}")

    def state(self, path: Path, state: JobState) -> None:
        """A job is in another state than before."""
        if self._as_json:
            self._event(
                "state",
                path,
                job=state.id.number,
                state=state.phase,
                answer=state.answer,
                impressions=state.impressions,
            )
            return
        line = f"{path.name}: job {state.id.number} {state.phase}{_because(state)}"
        if line != self._last:
            print_result(line)
        self._last = line

    def standing(self, files: Iterable[PrintCandidate]) -> None:
        """What became of each file, by its last job."""
        for file in files:
            if self._as_json:
                self._event("status", file.path, **_job_fields(file.last))
            else:
                print_result(f"{file.path.name}: {_job_words(file.last)}")

    def _event(self, event: str, path: Path, **fields: object) -> None:
        print_result(json_text({"event": event, "file": str(path), **fields}))


class ToldPrinting(PrintObserver):
    """Says how printing goes on, and reports what is refused."""

    def __init__(self, reporter: Reporter, words: PrintWords) -> None:
        self._reporter = reporter
        self._words = words

    def told(self, warnings: Iterable[Diagnostic]) -> None:
        self._reporter.tell(warnings)

    def sent(self, plan: PrintPlan, id: JobId) -> None:
        self._words.sent(plan, id)

    def state(self, path: Path, state: JobState) -> None:
        self._words.state(path, state)

    def refused(self, path: Path, error: DocgenError) -> None:
        self._reporter.report(error)


def _plan_in_words(plan: PrintPlan) -> str:
    file = plan.file
    packets = f"{counted(file.kept.packets, 'packet')}, " if file.kept else ""
    return (
        f"{file.path}: {packets}{counted(file.pages, 'page')}, "
        f"{counted(plan.sheets, 'sheet')} of paper"
    )


def _plan_fields(plan: PrintPlan) -> dict[str, object]:
    return {
        "server": str(plan.server),
        "printer": plan.printer.name.name,
        "printer_info": plan.printer.info,
        "printer_location": plan.printer.location,
        "printer_state": plan.printer.state,
        "packets": plan.file.kept.packets if plan.file.kept else None,
        "pages": plan.file.pages,
        "sheets": plan.sheets,
        **msgspec.structs.asdict(plan.options),
    }


def _because(state: JobState) -> str:
    """Why a job does not go its way; also in the printer's own words, for the eyes of whoever
    stands before it."""
    goes_well = state.phase in ("waiting", "printing", "done")
    reasons = [word for word in state.reasons if not (goes_well and word.startswith(_USUAL))]
    if state.phase == "done" or (goes_well and not reasons):
        return ""
    words = f": {state.message}" if state.message else ""
    return f" ({', '.join(reasons)}){words}" if reasons else words


def _job_fields(job: KeptJob | None) -> dict[str, object]:
    if job is None:
        return {"job": None, "state": "not-sent"}
    return {
        "job": job.job.number if job.job else None,
        "server": job.to.server,
        "printer": job.to.printer.name,
        "state": job.state,
        "answer": job.answer,
        "ranges": job.options.ranges,
        "copies": job.options.copies,
    }


def _job_words(job: KeptJob | None) -> str:
    if job is None:
        return "not sent"
    number = f"job {job.job.number}" if job.job else "no job"
    only = " (some pages only)" if job.options.ranges else ""
    why = f" ({job.answer})" if job.answer and job.state != "done" else ""
    return f"{number} on {job.to.printer.name}{only}: {job.state}{why}"
