"""Reading one record file, and what must hold in it beyond the types of its fields."""

from typing import Any, TypeVar

from msgspec.structs import replace

from docgen.code_systems import CPT, CodeSystem, canonical_code, is_well_formed
from docgen.diagnostics import Diagnostic, DocgenError, Findings, Span, quoted
from docgen.prose import WEB_SCHEMES, check_link, lines_run_together
from docgen.records.groups import NotSimilar, Policy, Provenance, SimilarCode
from docgen.records.record import ProcedureRecord
from docgen.records.translations import check_inline
from docgen.records.urgency import check_waiver
from docgen.records.wordings import with_urgency
from docgen.source import MappingNode, Node, TextNode, json_schema, place_of, salvage

_UNPRINTED = ("translations", "unplaced")
"""Fields whose texts are printed nowhere, or only once they are the record's own."""

Other = TypeVar("Other", SimilarCode, NotSimilar)


def record_schema() -> dict[str, Any]:
    """The JSON Schema of a record file."""
    return json_schema(ProcedureRecord, "Record")


def record_of(node: Node, file: MappingNode | None = None) -> ProcedureRecord:
    """The record that a file's content describes. Raises DocgenError with all that is wrong.

    Where the content was changed on its way, ``file`` is what the file says: its translations are
    those of its own texts.
    """
    findings = Findings()
    said = with_urgency(node) if isinstance(node, MappingNode) else node
    record = salvage(said, ProcedureRecord, findings)
    if record is not None:
        record = _completed(record)
        _check_record(record, node, findings)
        if record.translations and isinstance(node, MappingNode):
            check_inline(file or node, findings)
    if record is None or findings.diagnostics:
        raise DocgenError(findings.diagnostics)
    return record


def lines_told(record: ProcedureRecord) -> tuple[Diagnostic, ...]:
    """What is to be told of lines in a record that are printed as one."""
    return lines_run_together(record, _UNPRINTED)


def _completed(record: ProcedureRecord) -> ProcedureRecord:
    """The record with its codes as they are printed, and with what follows from its fields."""
    code = canonical_code(record.code, record.code_system)
    title_only = not record.further_sections and next(record.sections(), None) is None
    similar = tuple(map(_canonical, record.similar_codes))
    banned = tuple(map(_canonical, record.not_similar))
    return replace(
        record, code=code, similar_codes=similar, not_similar=banned, title_only=title_only
    )


def _canonical(other: Other) -> Other:
    return replace(other, code=canonical_code(other.code, other.code_system))


def _check_record(record: ProcedureRecord, node: Node, findings: Findings) -> None:
    findings.extend(told for told in lines_told(record) if told.severity == "error")
    _check_code(record.code, record.code_system, place_of(node, "code"), findings)
    others: tuple[SimilarCode | NotSimilar, ...] = (*record.similar_codes, *record.not_similar)
    for other in others:
        _check_similar(other, record, findings)
    _check_banned(record, findings)
    for policy in record.policies:
        check_policy(policy, findings)
    for source in record.provenance.sources:
        _check_url(source.url, findings)
    descriptor = record.licensed_descriptor
    if descriptor and record.code_system != CPT:
        findings.error(
            "bad-descriptor",
            f"a licensed descriptor belongs to CPT codes, and this is {record.code_system.name}",
            descriptor.span,
            "delete 'licensed_descriptor'",
        )
    _check_review_dates(record.provenance, node, findings)
    check_waiver(record, findings)


def _check_review_dates(provenance: Provenance, node: Node, findings: Findings) -> None:
    reviewed, due = provenance.reviewed_on, provenance.review_due
    if (reviewed is None) != (due is None):
        given, lacking = ("review_due", "reviewed_on") if due else ("reviewed_on", "review_due")
        findings.error(
            "bad-review-date",
            f"{given!r} is there, but {lacking!r} is not",
            place_of(node, "provenance", given),
            f"write {lacking!r} too, or neither while nobody has reviewed the record",
        )
    elif reviewed and due and due < reviewed:
        findings.error(
            "bad-review-date",
            "the next review is due before the last one",
            place_of(node, "provenance", "review_due"),
            "write a day after 'reviewed_on'",
        )


def _check_code(code: str, system: CodeSystem, span: Span, findings: Findings) -> None:
    if not is_well_formed(code, system):
        findings.error(
            "bad-code",
            f"{quoted(code)} does not have the form that {system.name} asks for",
            span,
            f"write {system.form}; or is 'code_system' another one?",
        )


def _check_similar(
    similar: SimilarCode | NotSimilar, record: ProcedureRecord, findings: Findings
) -> None:
    _check_code(similar.code, similar.code_system, similar.span, findings)
    if (similar.code_system, similar.code) == (record.code_system, record.code):
        findings.error(
            "bad-code",
            f"{similar.code} is the code of this record itself",
            similar.span,
            "name other codes here",
        )


def _check_banned(record: ProcedureRecord, findings: Findings) -> None:
    named = {(similar.code_system, similar.code) for similar in record.similar_codes}
    for banned in record.not_similar:
        if (banned.code_system, banned.code) in named:
            findings.error(
                "bad-code",
                f"{banned.code} is among the similar codes as well",
                banned.span,
                "delete it here or there",
            )


def check_policy(policy: Policy, findings: Findings) -> None:
    """Tells what is wrong with a policy beyond the types of its fields."""
    _check_url(policy.url, findings)
    if policy.effective and policy.expires and policy.expires < policy.effective:
        findings.error(
            "bad-policy-date",
            f"the policy expires on {policy.expires}, before it takes effect",
            policy.span,
            "write a day after 'effective'",
        )


def _check_url(url: TextNode | None, findings: Findings) -> None:
    if url:
        check_link(url.value, url.span, findings, WEB_SCHEMES)
