"""Nothing is sent twice: what is known of earlier jobs decides which files of a run may leave."""

from collections.abc import Iterable
from pathlib import Path
from shlex import quote

from docgen.batch.journal.jobs import DONE, NOT_PRINTED, UNCERTAIN
from docgen.diagnostics import Findings
from docgen.printing.candidates import PrintCandidate
from docgen.printing.plan import PrintWish


def to_send(
    files: Iterable[PrintCandidate], wish: PrintWish, run: Path | None
) -> tuple[PrintCandidate, ...]:
    """Which files are to be sent. Raises DocgenError where one would be printed twice."""
    if wish.again:
        return _not_printed(files, wish, run)
    found, command = tuple(files), quote(str(run))
    sent = [one for one in found if one.last and one.last.state not in NOT_PRINTED]
    if sent and not wish.twice:
        findings = Findings()
        for one in sent:
            findings.error(
                "sent-before",
                f"{one.path.name} was sent before: {_last_job_in_words(one)}",
                hint=f"docgen print {command} --again sends what failed; --twice sends all anew",
            )
        findings.raise_if_any()
    return found


def _not_printed(
    files: Iterable[PrintCandidate], wish: PrintWish, run: Path | None
) -> tuple[PrintCandidate, ...]:
    chosen: list[PrintCandidate] = []
    findings = Findings()
    command = quote(str(run))
    for one in files:
        if one.last is None or one.last.state == DONE:
            continue
        if one.kept and one.kept.sha256 != one.last.sha256:
            findings.error(
                "print-file-made-anew",
                f"{one.path.name} was made anew since it was sent ({_last_job_in_words(one)})",
                hint=f"to print it as it is now: docgen print {quote(str(one.path))} --twice",
            )
            continue
        if one.last.state in NOT_PRINTED or (one.last.state in UNCERTAIN and wish.twice):
            chosen.append(one)
        elif one.last.state in UNCERTAIN:
            findings.error(
                "perhaps-printed",
                f"whether {one.path.name} was printed is not known ({_last_job_in_words(one)}): "
                "its server lost sight of it",
                hint="look at the printer; --again --twice sends it once more",
            )
        else:
            findings.error(
                "job-under-way",
                f"{one.path.name} is still under way ({_last_job_in_words(one)})",
                hint=f"docgen print {command} --status tells how it goes; cancel it to resend it",
            )
    findings.raise_if_any()
    return tuple(chosen)


def _last_job_in_words(file: PrintCandidate) -> str:
    job = file.last
    if job is None:
        return "not sent"
    number = f"job {job.job.number}" if job.job else "a job"
    return f"{number} on {job.to.printer.name}, {job.state}"
