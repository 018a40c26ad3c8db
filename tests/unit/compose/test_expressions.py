"""What an expression may say, and where a diagnostic about it points."""

import pytest

from docgen.compose.checking import kind_of_expression
from docgen.compose.evaluation import Values, evaluate
from docgen.compose.expressions import Expression, read_expression
from docgen.compose.vocabulary import DATE, NUMBER, PROSE, TEXT, YES_OR_NO, Kind, list_of
from docgen.diagnostics import Findings
from docgen.layouts import Organization
from docgen.records import ProcedureRecord
from docgen.source import Scalar, TextNode
from docgen.source.nodes import SourceText
from tests.unit.compose.conftest import Bench

SCOPE = {
    "record": Kind("fields", model=ProcedureRecord),
    "organization": Kind("fields", model=Organization),
}


def text_of(value: str) -> TextNode:
    source = SourceText("layout.yaml", value)
    scalar = Scalar(source.span(0), value, source=source, start=0, end=len(value))
    return TextNode(value, "when", scalar)


def read(value: str) -> Expression:
    findings = Findings()
    expression = read_expression(value, text_of(value), 0, findings)
    findings.raise_if_any()
    assert expression
    return expression


def told(value: str) -> list[str]:
    """The findings about an expression: column, message and hint."""
    findings = Findings()
    expression = read_expression(value, text_of(value), 0, findings)
    if expression:
        kind_of_expression(expression, SCOPE, findings)
    return [
        f"{finding.span.column if finding.span else '?'}: {finding.message}"
        + (f" ({finding.hint})" if finding.hint else "")
        for finding in findings.diagnostics
    ]


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("record.title", TEXT),
        ("record.code_system.name", TEXT),
        ("record.summary", PROSE),
        ("record.unlisted", YES_OR_NO),
        ("record.provenance.reviewed_on", DATE),
        ("record.provenance.reviewed_on | date", TEXT),
        ("record.provenance.authors", list_of(TEXT)),
        ("record.provenance.authors | join(', ')", TEXT),
        ("record.provenance.authors | first | upper", TEXT),
        ("record.policies | length", NUMBER),
        ("record.policies | length > 2", YES_OR_NO),
        ("record.specialty or 'none named'", TEXT),
        ("record.duration or 'Ask your team'", PROSE),
        ("record.unlisted or record.duration", YES_OR_NO),
        ("'a' if record.unlisted else 'b'", TEXT),
        ("record.code ~ ' ' ~ record.title", TEXT),
        ("record.code_system.id in ['cpt', 'hcpcs']", YES_OR_NO),
        ("not organization or not organization.phones", YES_OR_NO),
        ("  record.title  ", TEXT),
    ],
)
def test_an_expression_has_the_kind_of_what_it_yields(value: str, kind: Kind) -> None:
    findings = Findings()
    assert kind_of_expression(read(value), SCOPE, findings) == kind
    assert not findings.diagnostics


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (
            "record.preperation",
            "8: 'preperation' is not a field of a record (did you mean 'preparation'?)",
        ),
        (
            "not record. preperation",
            "13: 'preperation' is not a field of a record (did you mean 'preparation'?)",
        ),
        (
            "'x' if recrod.title else 'y'",
            "8: 'recrod' is not a name that is known here (did you mean 'record'?)",
        ),
        ("page.number", "1: 'page' is known in headers and footers only (move the page number"),
        (
            "record.title.value",
            "14: 'value' is not a field: what stands before it is a text",
        ),
        (
            "record.policies.payer",
            "17: 'payer' is not a field: what stands before it is a list, each item a policy "
            "(list it with for_each)",
        ),
        (
            "record.similar_codes[0]",
            "21: a subscript is no part of an expression",
        ),
        ("record.title.upper()", "19: a call is no part of an expression"),
        ("record.title + '!'", "1: '+' is no part of an expression"),
        ("record.title is defined", "14: a test with 'is' is no part of an expression"),
        ("record.title | uper", "16: 'uper' is not a filter (did you mean 'upper'?)"),
        (
            "record.title | default('x')",
            "16: 'default' is not a filter (write {{ record.field or 'text' }})",
        ),
        ("record.title | attr('x')", "16: 'attr' is not a filter (the filters are date, first"),
        ("record.title | date", "16: the filter 'date' takes a date, but this is a text"),
        ("record.policies | join", "19: the filter 'join' takes one text, as in join(', ')"),
        ("record.policies | join(', ')", "19: the filter 'join' takes a list of texts, but"),
        ("record.title | upper(1)", "16: the filter 'upper' takes no arguments"),
        ("record.summary ~ '!'", "7: ~ joins texts, but this is prose"),
        ("record.code == 77299", "7: a text cannot be compared in this way with a number"),
        ("record.title < 'b'", "7: a text cannot be compared in this way with a text"),
        ("record.title == none", "17: 'none' is not a value (test a field with not)"),
        ("record.policies if record.unlisted else 'x'", "1: one choice is a list, each item"),
        ("record.code in ['1', 2]", "16: a list holds values of one kind"),
        ("record.code in [record.title]", "16: a list in an expression holds texts in quotes"),
        ("record.title record.name", "14: the expression should end before 'record'"),
        ("record.title |", "14: the expression cannot be read:"),
        ("record.", "7: the expression cannot be read:"),
        ("record.title ? 1", "14: the expression cannot be read: unexpected char '?'"),
        ("", "1: the expression is empty (write a field, such as record.title)"),
        ("{{ record.title }}", "1: an expression stands here without braces (leave out {{ and }})"),
        ("'" + "x" * 1000 + "'", "1: the expression has 1002 characters, more than the 1000"),
        ("(" * 400 + "1" + ")" * 400, "1: the expression is nested too deeply"),
        ("record" + ".title" * 100, "1: the expression is nested too deeply"),
    ],
)
def test_a_finding_names_the_place_in_the_expression(value: str, message: str) -> None:
    assert [finding[: len(message)] for finding in told(value)] == [message]


def test_every_name_of_an_expression_is_checked() -> None:
    assert told("record.tite ~ record.nam ~ organisation.name") == [
        "8: 'tite' is not a field of a record (did you mean 'title'?)",
        "22: 'nam' is not a field of a record (did you mean 'name'?)",
        "28: 'organisation' is not a name that is known here (did you mean 'organization'?)",
    ]


@pytest.mark.parametrize(
    ("value", "result"),
    [
        ("record.unlisted", False),
        ("record.code ~ ': ' ~ record.code_system.name", "T1: Local code"),
        ("record.provenance.reviewed_on | date", "June 1, 2026"),
        ("record.provenance.authors | join(' and ')", "Ann Sample and Bo Sample"),
        ("record.provenance.authors | length", 2),
        ("record.licensed_descriptor.text", None),
        ("record.licensed_descriptor.text or 'no wording'", "no wording"),
        ("record.specialty ~ '!'", None),
        ("record.code_system.oid", None),
        ("record.specialty | upper", None),
        ("record.policies | first", None),
        ("'yes' if record.summary else 'no'", "yes"),
        ("'yes' if record.risks else 'no'", "no"),
        ("'yes' if record.unlisted", None),
        ("record.code == 'T1' and not record.unlisted", True),
        ("record.code in ['T1', 'T2']", True),
        ("record.code not in ['T2']", True),
        ("record.specialty in ['T1']", False),
        ("record.specialty != 'T1'", True),
        ("'proc' in record.title", True),
        ("record.provenance.review_due > record.provenance.reviewed_on", True),
        ("organization.name or 'nobody'", "nobody"),
        ("record.title | lower | upper", "TEST PROCEDURE"),
        ("(record.provenance.authors | last) == 'Bo Sample'", True),
    ],
)
def test_an_expression_is_evaluated(value: str, result: object, bench: Bench) -> None:
    values = Values({"record": bench.record(), "organization": None})
    assert evaluate(read(value).node, values) == result


def test_the_fields_of_a_record_are_all_that_can_be_reached() -> None:
    assert told("record.__class__") == [
        "8: '__class__' is not a field of a record (its fields are adapted_by, alternatives, "
        "benefits, code, code_days, code_system, duration, find_similar, further_sections, "
        "indications, language, licensed_descriptor, name, not_similar, patient_experience, "
        "personnel, policies, preparation, procedure_description, "
        "provenance, purpose, recovery, risks, same_handout_as, setting, similar_codes, specialty, "
        "summary, title, title_only, unlisted, unplaced)"
    ]
