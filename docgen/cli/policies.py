"""``docgen policies``: health plans' policies, what they cover and how long they hold."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from docgen.cli.dates import date_option, moment_of_environment
from docgen.cli.options import FOLDER, code_system_option, data_option, open_project
from docgen.cli.reporting import Reporter, json_text, print_result, reports_diagnostics
from docgen.diagnostics import Diagnostic, DocgenError, Findings, quoted

if TYPE_CHECKING:
    from docgen.policies import CoveringPolicy
    from docgen.policies.importing import PlannedFile

_date_option = date_option(
    "The day on which a policy has expired, or its review was due.  "
    "[default: SOURCE_DATE_EPOCH of the environment, else nothing has]"
)


@click.group()
def command() -> None:
    """List, show, check and import health plans' policies."""


@command.command("list")
@_date_option
@data_option
@reports_diagnostics
def list_policies(reporter: Reporter, created: datetime | None, data: tuple[Path, ...]) -> None:
    """Print every policy, one a line: health plan, number, title, codes and state.

    With --format json, each line is an object.
    """
    findings = Findings()
    policies = open_project(data).policies.list(findings)
    _print(reporter, policies, _day_of_check(created))
    findings.raise_if_any()


@command.command("show")
@click.argument("code")
@code_system_option
@_date_option
@data_option
@reports_diagnostics
def show_policies(
    reporter: Reporter,
    *,
    code: str,
    code_system: str | None,
    created: datetime | None,
    data: tuple[Path, ...],
) -> None:
    """Print the policies that cover a CODE, one a line, whether it has a record or not.

    The clinician summary of a code shows them after those that its record names itself.
    """
    from docgen.code_systems import CODE_SYSTEMS, asked_system, canonical_code, is_well_formed

    library = open_project(data).policies
    asked = asked_system(code_system)
    codes = {
        system: canonical_code(code, system)
        for system in ((asked,) if asked else CODE_SYSTEMS.values())
    }
    covering = [
        one
        for system, canonical in codes.items()
        if is_well_formed(canonical, system)
        for one in library.covering(system, canonical)
    ]
    if not covering:
        findings = Findings()
        findings.warning("no-policy", f"no policy covers the code {quoted(code)}")
        reporter.tell(findings.diagnostics)
    _print(reporter, covering, _day_of_check(created))


@command.command("check")
@_date_option
@data_option
@reports_diagnostics
def check_policies(reporter: Reporter, created: datetime | None, data: tuple[Path, ...]) -> None:
    """Check every file of a policy, whether two are about the same one, and whether sheets can
    print them all.

    With --date, warn of those that have expired, or whose review was due.
    """
    from docgen.proofs import problems_of_policies

    project = open_project(data)
    policies = project.policies
    diagnostics = (*policies.check(), *problems_of_policies(project))
    if any(one.severity == "error" for one in diagnostics):
        raise DocgenError(diagnostics)
    reporter.tell(diagnostics)
    found = policies.list(Findings())
    day = _day_of_check(created)
    reporter.tell(warning for one in found for warning in _warnings(one, day))
    print_result("1 policy is right" if len(found) == 1 else f"{len(found):,} policies are right")


@command.command("import")
@click.argument("table", metavar="FILE", type=FOLDER)
@click.option(
    "--output",
    "-o",
    "folder",
    metavar="DIR",
    type=FOLDER,
    default="data/policies",
    show_default=True,
    help="Folder for the policies' files, made where it is missing.",
)
@click.option("--update", is_flag=True, help="Write policies anew that have changed.")
@click.option(
    "--force",
    is_flag=True,
    help="Write those anew as well that were edited by hand; what they were is kept as .bak-1.",
)
@click.option("--dry-run", is_flag=True, help="Only tell what would be done.")
@reports_diagnostics
def import_policies(
    reporter: Reporter,
    *,
    table: Path,
    folder: Path,
    update: bool,
    force: bool,
    dry_run: bool,
) -> None:
    """Make a file of each policy in a table (CSV), all of them or none.

    Its headings are payer, number, title, url, effective, review_due, expires, language and codes,
    in any order; payer, title and codes must be there. Days are written 2026-01-31. Codes and
    ranges are separated by commas, semicolons or blanks: 77261-77299; G0121; local:RAD-12. Rows
    about one policy may each name some of its codes.

    What is there already is left alone where the table says the same as when it was imported. A
    change is shown, and made with --update; a file that somebody edited is only replaced with
    --force.
    """
    from docgen.policies.importing import planned_files, write_policies
    from docgen.policies.table import read_policies

    findings = Findings()
    planned = planned_files(read_policies(table, findings), folder, table.name)
    reporter.tell(findings.diagnostics)
    for one in planned:
        _print_planned(one)
    if not dry_run:
        write_policies(planned, folder, update=update or force, force=force)
    counts = Counter(one.state for one in planned)
    said = ", ".join(f"{count} {state}" for state, count in counts.items())
    print_result(f"{said}{'; nothing was written' if dry_run else ''}")


def _print_planned(one: "PlannedFile") -> None:
    if one.state != "unchanged":
        print_result(f"{one.state} {one.path}")
    if one.state in ("changed", "edited"):
        print_result(one.diff.rstrip())


def _print(reporter: Reporter, policies: Sequence["CoveringPolicy"], day: date | None) -> None:
    for one in policies:
        if reporter.as_json:
            print_result(json_text(dict(_fields_of_policy(one, day))))
        else:
            print_result("  ".join(_cells_of_policy(one, day)))


def _cells_of_policy(one: "CoveringPolicy", day: date | None) -> Iterator[str]:
    policy = one.policy
    yield str(policy.payer)
    if policy.number:
        yield str(policy.number)
    yield str(policy.title)
    yield ", ".join(map(str, one.ranges))
    state = _validity_in_words(one, day)
    if state:
        yield state


def _validity_in_words(one: "CoveringPolicy", day: date | None) -> str | None:
    policy = one.policy.on(day)
    if policy.is_expired:
        return f"expired {policy.expires}"
    if policy.is_overdue:
        return f"review was due {policy.review_due}"
    return f"until {policy.expires}" if policy.expires else None


def _fields_of_policy(one: "CoveringPolicy", day: date | None) -> Iterator[tuple[str, Any]]:
    policy = one.policy.on(day)
    for name in ("payer", "number", "title", "url"):
        value = getattr(policy, name)
        yield name, str(value) if value else None
    for name in ("effective", "review_due", "expires"):
        yield name, getattr(policy, name)
    codes: dict[str, list[str]] = {}
    for one_range in one.ranges:
        codes.setdefault(one_range.system.id, []).append(str(one_range))
    yield "codes", codes
    yield "expired", policy.is_expired
    yield "overdue", policy.is_overdue
    yield "path", str(one.path)


def _warnings(one: "CoveringPolicy", day: date | None) -> Iterator[Diagnostic]:
    policy = one.policy.on(day)
    if policy.is_expired:
        message = f"this policy of {policy.payer} expired on {policy.expires}"
        hint = "ask the health plan for the one that took its place"
        yield Diagnostic("expired-policy", message, policy.span, hint, "warning")
    elif policy.is_overdue:
        message = f"{policy.payer} was to review this policy by {policy.review_due}"
        hint = "ask the health plan whether it still holds"
        yield Diagnostic("overdue-policy", message, policy.span, hint, "warning")


def _day_of_check(created: datetime | None) -> date | None:
    moment = created or moment_of_environment()
    return moment.date() if moment else None
