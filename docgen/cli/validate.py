"""``docgen validate``: whether PDFs conform to the standards that they claim."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docgen.cli.reporting import Reporter, json_text, print_result, reports_diagnostics
from docgen.cli.streams import STANDARD_STREAM, standard_input
from docgen.diagnostics import Diagnostic, DocgenError

if TYPE_CHECKING:
    from docgen.validation import Profile, Validation, Verdict

PROFILE_IDS = ("ua1", "1a", "1b", "2a", "2b", "2u", "3a", "3b", "3u")


@click.command(no_args_is_help=True)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--profile",
    "profile_ids",
    type=click.Choice(PROFILE_IDS),
    multiple=True,
    help="Check against this standard: ua1 is PDF/UA-1, 3a is PDF/A-3a; repeat for more.  "
    "[default: what each file claims, or ua1 where it claims nothing]",
)
@click.option(
    "--password-file",
    metavar="FILE",
    type=click.Path(allow_dash=True),
    help="Open encrypted PDFs with the password on the one line of FILE.",
)
@reports_diagnostics
def command(
    reporter: Reporter,
    files: tuple[str, ...],
    profile_ids: tuple[str, ...],
    password_file: str | None,
) -> None:
    """Check PDFs, whoever made them, against the standards for access and archives.

    A FILE of - reads a PDF from stdin. Needs the validator:

    \b
      pip install 'docgen-procedures[validate]'

    \b
      docgen validate output/*.pdf
      docgen validate --profile ua1 --profile 3a handout.pdf
    """
    if STANDARD_STREAM in files and password_file == STANDARD_STREAM:
        raise click.UsageError(
            "a PDF and the password cannot both come from stdin. Put one of them into a file."
        )
    from docgen.validation import PROFILES, require_validator

    require_validator()
    profiles = [PROFILES[id] for id in dict.fromkeys(profile_ids)]
    password = _password(password_file)
    for file in dict.fromkeys(files):
        try:
            validation = _validation(file, profiles, password)
        except DocgenError as error:
            reporter.report(error)
            continue
        _tell_problems(reporter, validation.diagnostics)
        for verdict in validation.verdicts:
            print_result(_json(verdict) if reporter.as_json else _sentence(verdict))


def _password(file: str | None) -> str | None:
    if file is None:
        return None
    from docgen.cli.password_files import read_password
    from docgen.pdf.passwords import prepare_password

    return prepare_password(read_password(file))


def _validation(file: str, profiles: Sequence["Profile"], password: str | None) -> "Validation":
    from docgen.validation import read_pdf, read_stream, validate_pdf

    if file != STANDARD_STREAM:
        return validate_pdf(read_pdf(Path(file)), file, profiles, password)
    name = "standard input"
    return validate_pdf(read_stream(standard_input(), name), name, profiles, password)


def _tell_problems(reporter: Reporter, diagnostics: Sequence[Diagnostic]) -> None:
    if any(diagnostic.severity == "error" for diagnostic in diagnostics):
        reporter.report(DocgenError(diagnostics))
    else:
        reporter.tell(diagnostics)


def _sentence(verdict: "Verdict") -> str:
    if verdict.conforms:
        return f"{verdict.path}: conforms to {verdict.profile.name} ({verdict.rules} rules checked)"
    broken = f"{verdict.broken} of {verdict.rules} rules broken"
    return f"{verdict.path}: does not conform to {verdict.profile.name} ({broken})"


def _json(verdict: "Verdict") -> str:
    fields = {
        "path": verdict.path,
        "profile": verdict.profile.id,
        "claimed": verdict.claimed,
        "conforms": verdict.conforms,
        "rules": verdict.rules,
        "broken": verdict.broken,
    }
    return json_text(fields)
