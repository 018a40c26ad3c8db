"""The table of rules is what the code tells: no rule too many, each with its severity and meaning.

That none is missing, type checking says: whatever tells of a rule takes one of the table only.
"""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import get_args

import docgen
from docgen.rules import SUBJECTS, ErrorRule, WarningRule

HOUSE = Path(docgen.__file__).parent
ERRORS = frozenset(get_args(ErrorRule))
WARNINGS = frozenset(get_args(WarningRule))
MEANINGS = [(rule, meaning) for one in SUBJECTS for rule, meaning in one.meanings.items()]

CHOSEN_ELSEWHERE = {
    "bad-total": "an error, or with --incomplete a warning",
    "code-not-yet-valid": "a warning of a sheet, an error in a run",
    "ended-code": "a warning of a sheet, an error in a run",
    "fewer-than-total": "an error, or with --incomplete a warning",
    "hard-to-read": "an error where a project's limits say so",
    "job-lost": "a warning where jobs of before are asked for",
    "lines-run-together": "an error where doses stand on the lines",
    "long-sentence": "an error where a project's limits say so",
    "more-pages": "an error, or with --incomplete a warning",
    "no-sections": "a warning of checks, an error of rendering",
    "no-urgent-section": "an error of reviewed records, a warning of drafts",
    "not-a-print-server": "a warning where jobs of before are asked for",
    "not-reviewed": "a warning of a sheet, an error in a run",
    "overdue-record": "a warning of a sheet, an error in a run",
    "partial-list": "an error, or with --shrink a warning",
    "print-server-refused": "a warning where jobs of before are asked for",
    "printing-not-allowed": "a warning where jobs of before are asked for",
    "sample-record": "a warning of a sheet, an error in a run",
    "server-error": "an error, or with --incomplete a warning",
    "server-not-trusted": "a warning where jobs of before are asked for",
    "server-unreachable": "a warning where jobs of before are asked for",
    "server-wants-encryption": "a warning where jobs of before are asked for",
}
"""Rules whose severity is decided at run time, where the code cannot be read for both."""


@cache
def _modules() -> dict[str, list[ast.AST]]:
    """The nodes of each module but those of the table."""
    return {
        path.relative_to(HOUSE).as_posix(): list(ast.walk(ast.parse(path.read_text("utf-8"))))
        for path in HOUSE.rglob("*.py")
        if path.parent != HOUSE / "rules"
    }


def _texts() -> Iterator[str]:
    for nodes in _modules().values():
        for node in nodes:
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def _told() -> Iterator[tuple[str, str]]:
    """Each rule that a call names itself, with the severity that it is told with."""
    for nodes in _modules().values():
        for node in nodes:
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                severity = _severity(node)
                if severity:
                    yield str(node.args[0].value), severity


def _severity(call: ast.Call) -> str | None:
    named = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if named == "Diagnostic":
        given = [*call.args[4:], *(one.value for one in call.keywords if one.arg == "severity")]
        if not given:
            return "error"
        return str(given[0].value) if isinstance(given[0], ast.Constant) else None
    return {"refuse": "error", "error": "error", "warning": "warning"}.get(named)


def test_each_rule_is_used() -> None:
    assert (ERRORS | WARNINGS) - set(_texts()) == set()


def test_each_call_tells_a_rule_with_a_severity_of_the_table() -> None:
    told = set(_told())
    assert len(told) > 300
    assert {rule for rule, severity in told if severity == "error"} <= ERRORS
    assert {rule for rule, severity in told if severity == "warning"} <= WARNINGS


def test_what_can_be_either_is_told_as_both() -> None:
    told = set(_told())
    both = {rule for rule, severity in told if (rule, "error") in told and severity == "warning"}
    assert both | set(CHOSEN_ELSEWHERE) == ERRORS & WARNINGS
    assert not both & set(CHOSEN_ELSEWHERE)


def test_what_only_warns_is_never_told_as_an_error() -> None:
    told = set(_told())
    assert {rule for rule, severity in told if severity == "error"}.isdisjoint(WARNINGS - ERRORS)
    assert {rule for rule, severity in told if severity == "warning"}.isdisjoint(ERRORS - WARNINGS)


def test_each_rule_has_one_meaning() -> None:
    rules = [rule for rule, _ in MEANINGS]
    assert sorted(rules) == sorted(ERRORS | WARNINGS)


def test_a_meaning_is_a_line_in_plain_words() -> None:
    for rule, meaning in MEANINGS:
        assert 15 < len(meaning) < 110, rule
        assert meaning.isprintable(), rule
        assert not meaning.endswith("."), rule


def test_no_two_rules_have_one_meaning() -> None:
    meanings = [meaning for _, meaning in MEANINGS]
    assert len(set(meanings)) == len(meanings)


WORDS_ONLY = {
    "batch/journal/journal.py": "what is written there may be of an earlier docgen",
    "batch/journal/outcomes.py": "what is read there may be of an earlier docgen",
    "preview/application.py": "what the page shows",
    "validation/sentences.py": "rules of the validator, which are its own",
}
"""Where a rule is a word that nobody compares with the table."""


def test_what_takes_a_rule_takes_one_of_the_table() -> None:
    taking = {path for path, nodes in _modules().items() if any(map(_takes_any_word, nodes))}
    assert taking == set(WORDS_ONLY)


def _takes_any_word(node: ast.AST) -> bool:
    if not isinstance(node, ast.arg | ast.AnnAssign) or node.annotation is None:
        return False
    name = node.arg if isinstance(node, ast.arg) else ast.unparse(node.target)
    return name == "rule" and ast.unparse(node.annotation).startswith("str")


def test_no_command_waits_for_the_table() -> None:
    importing = {path for path, nodes in _modules().items() if any(map(_imports_rules, nodes))}
    assert importing == {"diagnostics.py"}
    says = "import sys, docgen.diagnostics; print('docgen.rules' in sys.modules)"
    run = [sys.executable, "-c", says]
    assert subprocess.run(run, capture_output=True, text=True, check=True).stdout == "False\n"


def _imports_rules(node: ast.AST) -> bool:
    match node:
        case ast.Import(names=names):
            return any(name.name.startswith("docgen.rules") for name in names)
        case ast.ImportFrom(module="docgen", names=names):
            return any(name.name == "rules" for name in names)
        case ast.ImportFrom(module=str(module)):
            return module.startswith("docgen.rules")
    return False
