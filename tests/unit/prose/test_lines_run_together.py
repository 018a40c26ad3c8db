"""Lines that a sheet would run together: where they are told, and how."""

import pytest

from docgen.diagnostics import Diagnostic, Findings
from docgen.prose import parse_prose
from docgen.source import MappingNode, Scalar, TextNode, read_text


def told(yaml: str) -> tuple[Diagnostic, ...]:
    """What is told of the prose of the field ``text`` in a file: errors, then warnings."""
    node = read_text(yaml, "in.yaml")
    assert isinstance(node, MappingNode)
    scalar = node.entries[0][1]
    assert isinstance(scalar, Scalar)
    findings = Findings()
    prose = parse_prose(TextNode(scalar.value, "text", scalar), findings)
    return (*findings.diagnostics, *prose.warnings)


def places(yaml: str) -> tuple[list[str], list[str]]:
    """Where errors are, and where warnings."""
    found = told(yaml)
    errors = [str(one.span) for one in found if one.severity == "error"]
    return errors, [str(one.span) for one in found if one.severity == "warning"]


Told = tuple[list[str], list[str]]
ERROR: Told = (["in.yaml:3:3"], [])
WARNING: Told = ([], ["in.yaml:3:3"])


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("text: |\n  Take 5 mg\n  Take 10 mg at night\n", ERROR),
        ("text: |\n  Take **one** tablet\n  Call us\n", ERROR),
        ("text: |\n  • rest\n  • sleep\n", WARNING),
        ("text: |\n  Rest:\n      - sleep\n", ([], ["in.yaml:3:7"])),
        ("text: |\n  - rest\n  Take 5 mg\n", ERROR),
        ("text: |\n  1. First we meet you\n     2. then you sleep\n", ([], ["in.yaml:3:6"])),
        # What YAML folds, CommonMark never sees.
        ("text: >-\n  - rest\n  - sleep\n", WARNING),
        ("text: >-\n  Rest.\n\n  Take 5 mg.\n", (["in.yaml:4:3"], [])),
        ("text:\n  Take 5 mg\n  Take 10 mg at night\n", ERROR),
        ("text: 'Take 5 mg\n  Take 10 mg at night'\n", (["in.yaml:2:3"], [])),
        ('text: "Take 5 mg\\nTake 10 mg at night"\n', (["in.yaml:1:19"], [])),
        ('{"text": "Take 5 mg\\nTake 10 mg"}', (["in.yaml:1:22"], [])),
        # What stays on lines of its own is told by nobody.
        ("text: |\n  Take 5 mg\\\n  Take 10 mg at night\n", ([], [])),
        ("text: |\n  Take 5 mg  \n  Take 10 mg at night\n", ([], [])),
        ("text: |\n  - Take 5 mg\n  - Take 10 mg at night\n", ([], [])),
        ("text: |\n  Take 5 mg\n\n  Take 10 mg at night\n", ([], [])),
        ("text: |\n  \\- Take 5 mg\n\n  \\- Take 10 mg\n", ([], [])),
        ("text: >\n  Take 5 mg and\n  rest.\n", ([], [])),
        ('text: "Take \\\n  5 mg"\n', ([], [])),
    ],
)
def test_where_lines_that_run_together_are_told(
    yaml: str, expected: tuple[list[str], list[str]]
) -> None:
    assert places(yaml) == expected


def test_an_error_says_what_is_wrong_and_what_to_do() -> None:
    (error,) = told("text: |\n  • 5 mg\n  • 10 mg\n  • rest\n")
    assert str(error) == (
        "in.yaml:3:3: error[lines-run-together]: this line and 1 more would be printed right "
        "behind those above, and a number with its unit stands there\n"
        "  hint: begin each with '- ' or '1. ' where they are a list; else leave a blank line "
        "between them, or end the upper one with a backslash"
    )


def test_where_yaml_folds_the_lines_the_hint_keeps_them_first() -> None:
    (warning,) = told("text: >-\n  - rest\n  - sleep\n")
    assert str(warning) == (
        "in.yaml:3:3: warning[lines-run-together]: this line is printed right behind the one above"
        "\n  hint: write '|' before the text, so that its lines stay; then begin each with '- ' or "
        "'1. ' where they are a list; else leave a blank line between them, or end the upper one "
        "with a backslash"
    )
