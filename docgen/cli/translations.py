"""``docgen translations``: what is translated from what, and what somebody has read of it."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from docgen.cli.options import (
    code_system_option,
    data_option,
    language_option,
    open_project,
    organization_option,
)
from docgen.cli.reporting import Reporter, json_text, print_result, reports_diagnostics
from docgen.diagnostics import Findings, did_you_mean, quoted, refuse

if TYPE_CHECKING:
    from docgen.project import Project
    from docgen.records import PairedTexts, ProcedureRecord, TextPair
    from docgen.records.agreement import Standing

_whose = organization_option(
    "The texts of this organization's own records, and of its changes of others."
)


@click.group()
def command() -> None:
    """Show translations beside their sources, and keep what somebody has read of them.

    A translation says of each text from which wording it was made. Where that has changed, or the
    two differ in their parts or numbers, the text is not printed until somebody has read both.
    """


@command.command("status")
@_whose
@data_option
@reports_diagnostics
def status(reporter: Reporter, *, organization: str | None, data: tuple[Path, ...]) -> None:
    """Print how each translation stands to its source, one line for each record and language.

    With --format json, each line is an object with the number of texts of each standing.
    """
    from docgen.records.agreement import standing

    project = open_project(data, organization=organization)
    findings = Findings()
    for entry in project.records.list(findings):
        record = project.record(entry.code, entry.system.id)
        for texts in _all_texts(record, organization, findings):
            counts = Counter(standing(pair) for pair in texts.pairs)
            print_result(_status_line(record, texts, counts, as_json=reporter.as_json))
    findings.raise_if_any()


def _texts_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The code, and which of its texts."""
    language = click.option(
        "--language",
        metavar="TAG",
        required=True,
        callback=language_option,
        help="The language of the translation, such as es.",
    )
    texts = click.argument("names", metavar="[TEXT]...", nargs=-1)
    return click.argument("code")(texts(language(command)))


@command.command("show")
@_texts_option
@click.option("--all", "whole", is_flag=True, help="Show the texts that are current as well.")
@code_system_option
@_whose
@data_option
@reports_diagnostics
def show(
    reporter: Reporter,
    *,
    code: str,
    names: tuple[str, ...],
    language: str,
    whole: bool,
    code_system: str | None,
    organization: str | None,
    data: tuple[Path, ...],
) -> None:
    """Print texts of the record of a CODE beside their translation: those to be read, or each TEXT.

    A TEXT is named as in messages, such as risks or 'further_sections[0].text'.

    With --format json, each text is an object on one line, with the digest of its source.
    """
    from docgen.cli.text_columns import print_pair
    from docgen.records.agreement import standing

    project = open_project(data, organization=organization)
    texts = _texts_of(project, code, code_system, language, organization)
    for pair in _chosen_pairs(texts, names) if names else texts.pairs:
        if names or whole or standing(pair) != "current":
            print_pair(pair, as_json=reporter.as_json)


@command.command("accept")
@_texts_option
@click.option("--all", "whole", is_flag=True, help="Accept all texts that do not differ.")
@click.option(
    "--difference",
    "differing",
    metavar="TEXT",
    multiple=True,
    help="Accept this text although its parts or numbers differ from those of its source.",
)
@code_system_option
@_whose
@data_option
@reports_diagnostics
def accept(
    reporter: Reporter,
    *,
    code: str,
    names: tuple[str, ...],
    language: str,
    whole: bool,
    differing: tuple[str, ...],
    code_system: str | None,
    organization: str | None,
    data: tuple[Path, ...],
) -> None:
    """Keep that you have read texts of the record of a CODE beside their translation.

    Each TEXT that you name is shown beside its source, and the digest of the source is written
    into the file of the translation; all else in that file stays as it is. Without a TEXT, docgen
    shows one after the other and asks. A text whose list items, steps or numbers differ from its
    source's is accepted only with --difference: then the digests of both texts are kept, so that a
    change of either asks anew.
    """
    from docgen.cli.accepting import Acceptance

    project = open_project(data, organization=organization)
    texts = _texts_of(project, code, code_system, language, organization)
    known = _chosen_pairs(texts, (*names, *differing))
    acceptance = Acceptance(texts, reporter)
    if known or whole:
        wanted = [pair for pair in texts.pairs if whole or pair in known]
        acceptance.take(wanted, frozenset(differing))
    else:
        acceptance.ask()
    print_result(acceptance.write(data))


def _all_texts(
    record: "ProcedureRecord", organization: str | None, findings: Findings
) -> "Iterator[PairedTexts]":
    """What is translated of a record, or in the records of an organization."""
    from docgen.records import RecordVersions

    versions = record.versions
    assert isinstance(versions, RecordVersions)
    yield from (one for one in versions.adapted_texts() if one.organization == organization)
    if versions.owner != organization:
        return
    for tag in versions.tags():
        if texts := versions.translated(tag, findings):
            findings.extend(texts.uneven.values())
            yield texts


def _texts_of(
    project: "Project", code: str, system: str | None, tag: str, organization: str | None
) -> "PairedTexts":
    record = project.record(code, system)
    findings = Findings()
    found = list(_all_texts(record, organization, findings))
    findings.raise_if_any()
    texts = next((one for one in found if one.tag == tag), None)
    if texts is None:
        others = ", ".join(one.tag for one in found)
        whose = f"organization {organization!r} has" if organization else "there is"
        raise refuse(
            "no-translation",
            f"{whose} no translation of {record.code} into {tag}",
            record.span,
            f"there are {others}" if others else "see docgen translations status",
        )
    return texts


def _chosen_pairs(texts: "PairedTexts", names: Sequence[str]) -> "list[TextPair]":
    by_name = {pair.name: pair for pair in texts.pairs}
    findings = Findings()
    for name in names:
        if name not in by_name:
            findings.error(
                "unknown-text",
                f"{quoted(name)} is not a text that is translated into {texts.tag}",
                texts.node.span,
                did_you_mean(name, by_name) or f"its texts are {', '.join(by_name)}",
            )
    findings.raise_if_any()
    return [by_name[name] for name in dict.fromkeys(names)]


def _status_line(
    record: "ProcedureRecord",
    texts: "PairedTexts",
    counts: "Counter[Standing]",
    *,
    as_json: bool,
) -> str:
    from docgen.cli.text_columns import STANDINGS

    path = texts.node.span.path
    if as_json:
        fields: dict[str, object] = {
            "code_system": record.code_system.id,
            "code": record.code,
            "language": texts.tag,
            "path": path,
            **{word: counts[word] for word in STANDINGS},
        }
        return json_text(fields)
    said = ", ".join(f"{counts[word]} {word}" for word in STANDINGS if counts[word])
    return f"{record.code_system.id:<10}  {record.code:<10}  {texts.tag:<7}  {said}  {path}"
