"""``docgen records check --readability``: how sections for patients read, as a table or JSON."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from docgen.cli.readability_options import ReadabilityRequest
from docgen.cli.reporting import Reporter, json_text, print_result
from docgen.diagnostics import Diagnostic, DocgenError, ErrorRule, Findings
from docgen.project import Project
from docgen.readability import (
    FEW_WORDS,
    GOAL,
    GRADE,
    PEMAT_ITEMS,
    SENTENCE,
    ReadingLimits,
    RecordReadability,
    SectionReadability,
    check_readability,
    ease_level,
    read_glossary,
)
from docgen.records import ProcedureRecord
from docgen.source import Language

_ROW = "{:<10}  {:<28}  {:>5}  {:>5}  {:>7}  {:>8}  {}"
_MOST_HARD_WORDS = 3
_LONGEST_TITLE = 28
_MISSING: Final[ErrorRule] = "missing-translation"
_ASSUMED = "en"
"""Language of records that name none, as layouts take it."""


def tell_readability(
    reporter: Reporter, project: Project, asked: ReadabilityRequest, data: tuple[Path, ...]
) -> None:
    """Prints how records read; those that cannot be read are refused, and the others go on."""
    glossary = read_glossary(_glossary_folders(project, data))
    limits = _limits(project)
    totals = _Totals(limits)
    if not reporter.as_json:
        print_result(_ROW.format("record", "section", "grade", "words", "longest", "findings", ""))
    for record in _records_asked(reporter, project, asked, totals):
        if not any(True for _ in record.sections()) and not record.further_sections:
            totals.without_text += 1
            continue
        told = check_readability(record, glossary, limits, asked.day)
        totals.add(told)
        _print(reporter, told)
    if reporter.as_json:
        print_result(json_text({"totals": totals.fields()}))
        return
    for line in totals.lines():
        print_result(line)


def _print(reporter: Reporter, told: RecordReadability) -> None:
    errors = tuple(one for one in told.diagnostics if one.severity == "error")
    if errors:
        reporter.report(DocgenError(errors))
    if reporter.as_json:
        print_result(json_text(_fields_of_record(told)))
        return
    for line in _lines_of_record(told):
        print_result(line)
    reporter.tell(told.diagnostics)


def _glossary_folders(project: Project, data: tuple[Path, ...]) -> tuple[Path, ...]:
    """Folders that may have a glossary, the one that wins last."""
    own = project.organization.folders if project.organization else ()
    return (Path("data"), *reversed(data), *own)


def _limits(project: Project) -> ReadingLimits:
    organization = project.organization.organization if project.organization else None
    if organization is None:
        return ReadingLimits()
    own, defaults = organization.readability, organization.defaults
    grade, sentence = (own.grade, own.sentence) if own else (None, None)
    return ReadingLimits(
        grade=GRADE if grade is None else grade,
        sentence=SENTENCE if sentence is None else sentence,
        grade_refused=grade is not None,
        sentence_refused=sentence is not None,
        review_refused=defaults is not None and defaults.overdue_records == "refuse",
    )


def _records_asked(
    reporter: Reporter, project: Project, asked: ReadabilityRequest, totals: "_Totals"
) -> Iterator[ProcedureRecord]:
    for code, system in _asked_codes(reporter, project, asked):
        try:
            record = project.record(code, system)
            yield _in_language(record, asked.language) if asked.language else record
        except DocgenError as error:
            if asked.codes or any(one.rule != _MISSING for one in error.diagnostics):
                reporter.report(error)
            else:
                totals.untranslated += 1


def _asked_codes(
    reporter: Reporter, project: Project, asked: ReadabilityRequest
) -> Iterator[tuple[str, str | None]]:
    if asked.codes:
        yield from ((code, asked.code_system) for code in dict.fromkeys(asked.codes))
        return
    findings = Findings()
    for entry in project.records.list(findings):
        if asked.code_system in (None, entry.system.id):
            yield entry.code, entry.system.id
    if findings:
        reporter.report(DocgenError(findings.diagnostics))


def _in_language(record: ProcedureRecord, language: str) -> ProcedureRecord:
    findings = Findings()
    spoken = record.in_language(language, findings, assumed=_ASSUMED)
    findings.raise_if_any()
    return msgspec.structs.replace(spoken, language=Language.parse(language))


class _Totals:
    """What all records come to."""

    def __init__(self, limits: ReadingLimits) -> None:
        self._limits = limits
        self._records = 0
        self._grades: Counter[str] = Counter()
        self._rules: Counter[str] = Counter()
        self._has_short = False
        self.without_text = 0
        self.untranslated = 0

    def add(self, told: RecordReadability) -> None:
        self._records += 1
        self._rules.update(one.rule for one in told.diagnostics)
        for section in told.sections:
            self._grades[self._band(section)] += 1
            self._has_short |= section.is_short and section.grade is not None

    def _band(self, section: SectionReadability) -> str:
        if section.grade is None:
            return "ungraded"
        if section.grade <= min(GOAL, self._limits.grade):
            return "goal"
        return "limit" if section.grade <= self._limits.grade else "above"

    def fields(self) -> dict[str, object]:
        return {
            "records": self._records,
            "records_without_text": self.without_text,
            "records_without_translation": self.untranslated,
            "sections": self._grades.total(),
            "up_to_grade_6": self._grades["goal"],
            "up_to_the_limit": self._grades["limit"],
            "above_the_limit": self._grades["above"],
            "ungraded": self._grades["ungraded"],
            "limit": self._limits.grade,
            "findings": dict(sorted(self._rules.items())),
        }

    def lines(self) -> Iterator[str]:
        counts, limit = self._grades, self._limits.grade
        parts = [f"{counts['goal']} at grade {min(GOAL, limit):g} or lower"]
        if limit > GOAL:
            parts.append(f"{counts['limit']} up to {limit:g}")
        parts.append(f"{counts['above']} above")
        if counts["ungraded"]:
            parts.append(f"{counts['ungraded']} without a grade")
        sections = _number_of(counts.total(), "section")
        yield f"{_number_of(self._records, 'record')}, {sections}: {', '.join(parts)}"
        rules = ", ".join(f"{count} {rule}" for rule, count in sorted(self._rules.items()))
        yield f"findings: {rules or 'none'}"
        if self._has_short:
            yield f"~ says little: the section has fewer than {FEW_WORDS} words, and no limit holds"
        if self.untranslated:
            yield f"not in this language: {_number_of(self.untranslated, 'record')}, passed over"
        if self.without_text:
            yield f"a title and no text: {_number_of(self.without_text, 'record')}, passed over"


def _number_of(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _lines_of_record(told: RecordReadability) -> Iterator[str]:
    for section in told.sections:
        name = section.title if section.id.startswith("further") else section.id
        yield _ROW.format(
            told.code,
            name if len(name) <= _LONGEST_TITLE else f"{name[: _LONGEST_TITLE - 1]}…",
            _grade(section.grade, "~" if section.is_short else ""),
            section.words,
            section.longest_sentence,
            len(section.findings),
            _reason(section),
        ).rstrip()
    scale = "" if told.smog is None else f"SMOG {told.smog:g}"
    scale = scale if told.ease is None else _ease(told.ease)
    yield _ROW.format(
        told.code,
        "(all)",
        _grade(told.grade, ""),
        told.words,
        told.longest_sentence,
        len(told.diagnostics),
        scale,
    ).rstrip()
    if told.pemat:
        yield f"{told.code:<10}  {_pemat(told.pemat)}"


def _grade(grade: float | None, mark: str) -> str:
    return "-" if grade is None else f"{mark}{grade:.1f}"


def _reason(section: SectionReadability) -> str:
    """What keeps a section above the grade that is the goal, or how easy a Spanish one is."""
    if section.ease is not None:
        return _ease(section.ease)
    if section.grade is None or section.grade <= GOAL:
        return ""
    length = section.words / section.sentences
    hard = ", ".join(section.hard_words[:_MOST_HARD_WORDS])
    return f"{length:.0f} words a sentence{'; ' if hard else ''}{hard}"


def _ease(ease: float) -> str:
    return f"INFLESZ {ease:.1f}, {ease_level(ease)}"


def _pemat(items: dict[str, bool | None]) -> str:
    asked = [number for number, met in items.items() if met is not None]
    missed = [number for number in asked if not items[number]]
    said = "; ".join(f"not {number}: {PEMAT_ITEMS[number].lower()}" for number in missed)
    met = f"PEMAT-P: {len(asked) - len(missed)} of {len(asked)} items met that can be checked here"
    return f"{met}{'; ' if said else ''}{said}"


def _fields_of_record(told: RecordReadability) -> dict[str, object]:
    fields = msgspec.to_builtins(told)
    fields["findings"] = [_finding(one) for one in told.findings]
    fields["sections"] = [_section_fields(section) for section in told.sections]
    return dict(fields)


def _section_fields(section: SectionReadability) -> dict[str, object]:
    fields = msgspec.to_builtins(section)
    place = fields.pop("span")
    fields["findings"] = [_finding(one) for one in section.findings]
    return {**fields, "is_short": section.is_short, **place}


def _finding(diagnostic: Diagnostic) -> dict[str, object]:
    span = diagnostic.span
    return {
        "severity": diagnostic.severity,
        "rule": diagnostic.rule,
        "message": diagnostic.message,
        "path": span.path if span else None,
        "line": span.line if span else None,
        "column": span.column if span else None,
        "hint": diagnostic.hint,
    }
