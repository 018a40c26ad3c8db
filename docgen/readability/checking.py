"""Everything about a record that keeps patients from reading it with ease."""

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from docgen.diagnostics import Findings, Span
from docgen.prose import Prose
from docgen.readability import pemat
from docgen.readability.actions import speaks_of_others
from docgen.readability.figures import calculations
from docgen.readability.glossary import Glossary
from docgen.readability.grading import grade, hard_words, has_grades, smog
from docgen.readability.jargon import Jargon, unexplained
from docgen.readability.passive import passives
from docgen.readability.report import (
    FEW_WORDS,
    ReadingLimits,
    RecordReadability,
    SectionReadability,
)
from docgen.readability.sentences import Sentence, sentences_of
from docgen.readability.spanish import ease, is_spanish
from docgen.records import ProcedureRecord, check_review, lacks_urgency

_TOLD_WORDS = 4
_NO_STEPS = 2
"""Sentences that need no list to be seen as steps."""
_ACTIONS = {"preparation": "how to get ready", "recovery": "what to do afterwards"}


class _Section(Struct, frozen=True, eq=False):
    """A section for patients."""

    id: str
    title: str
    prose: Prose
    sentences: tuple[Sentence, ...]
    urgent: bool = False


def check_readability(
    record: ProcedureRecord,
    glossary: Glossary,
    limits: ReadingLimits | None = None,
    day: date | None = None,
) -> RecordReadability:
    """How the sections of a record read that its patients get, as the record is, in its language.

    Without a ``day``, no review is overdue. Voice, words, numbers and actions are told of English
    only.
    """
    limits = limits or ReadingLimits()
    sections = tuple(_sections_for_patients(record))
    sentences = [sentence for section in sections for sentence in section.sentences]
    tag = record.language.tag if record.language else None
    is_english = has_grades(tag)
    jargon = _jargon(record, sentences, glossary) if is_english else {}
    read = tuple(_section(section, jargon, limits, tag) for section in sections)
    findings = Findings()
    _tell_missing(record, sections, is_english, findings)
    check_review(record, day, findings, refused=limits.review_refused)
    if not is_english:
        findings.warning(
            "no-grade",
            f"there is no grade for {tag}: formulas that give years of school are for English",
            record.span,
            "have somebody read it who speaks the language as its patients do",
        )
    return RecordReadability(
        code_system=record.code_system.id,
        code=record.code,
        title=record.title.value,
        language=tag,
        path=record.span.path,
        words=sum(section.words for section in read),
        sentences=len(sentences),
        longest_sentence=max((section.longest_sentence for section in read), default=0),
        grade=grade(sentences) if is_english else None,
        ease=ease(sentences) if is_spanish(tag) else None,
        smog=smog(sentences) if is_english else None,
        sections=read,
        findings=findings.diagnostics,
        pemat=_pemat(record, sections, read, limits) if is_english else {},
        reviewed_on=record.provenance.reviewed_on,
        review_due=record.provenance.review_due,
    )


def _sections_for_patients(record: ProcedureRecord) -> Iterator[_Section]:
    for id, title, prose in record.sections():
        yield _Section(id, title, prose, sentences_of(prose))
    for at, further in enumerate(record.further_sections, 1):
        if further.audience != "clinicians":
            yield _Section(
                f"further_sections.{at}",
                further.title.value,
                further.text,
                sentences_of(further.text),
                bool(further.urgent),
            )


def _jargon(
    record: ProcedureRecord, sentences: Sequence[Sentence], glossary: Glossary
) -> dict[str, list[Jargon]]:
    """The unexplained terms of each text, by its path."""
    named = (record.title.value, record.name.value)
    found: dict[str, list[Jargon]] = {}
    for one in unexplained(sentences, named, glossary):
        found.setdefault(one.sentence.source.path, []).append(one)
    return found


def _section(
    section: _Section, jargon: dict[str, list[Jargon]], limits: ReadingLimits, tag: str | None
) -> SectionReadability:
    sentences = section.sentences
    is_english = has_grades(tag)
    findings = Findings()
    found = grade(sentences) if is_english else None
    words = sum(len(sentence.words) for sentence in sentences)
    if found is not None and found > limits.grade and words >= FEW_WORDS:
        _tell_grade(section, found, limits, findings)
    _tell_long(sentences, limits, findings)
    if is_english:
        _tell_voice(sentences, findings)
        _tell_jargon(jargon.get(section.prose.text.path, ()), findings)
        _tell_figures(sentences, findings)
    return SectionReadability(
        id=section.id,
        title=section.title,
        span=section.prose.text.span,
        words=words,
        sentences=len(sentences),
        longest_sentence=max((len(sentence.words) for sentence in sentences), default=0),
        grade=found,
        ease=ease(sentences) if is_spanish(tag) else None,
        hard_words=hard_words(sentences) if is_english else (),
        findings=findings.diagnostics,
    )


def _tell_grade(section: _Section, found: float, limits: ReadingLimits, findings: Findings) -> None:
    sentences = section.sentences
    length = sum(len(sentence.words) for sentence in sentences) / len(sentences)
    hard = ", ".join(hard_words(sentences)[:_TOLD_WORDS])
    tell = findings.error if limits.grade_refused else findings.warning
    tell(
        "hard-to-read",
        f"{section.title!r} reads at grade {found:g}, above {limits.grade:g}",
        sentences[0].span,
        f"its sentences have {length:.0f} words on average; divide them, and find shorter words"
        + (f" for: {hard}" if hard else ""),
    )


def _tell_long(sentences: Sequence[Sentence], limits: ReadingLimits, findings: Findings) -> None:
    tell = findings.error if limits.sentence_refused else findings.warning
    for sentence in sentences:
        if len(sentence.words) > limits.sentence:
            tell(
                "long-sentence",
                f"this sentence has {len(sentence.words)} words, more than {limits.sentence}",
                sentence.span,
                "divide it, or make a list of it",
            )


def _tell_voice(sentences: Sequence[Sentence], findings: Findings) -> None:
    for sentence in sentences:
        for word, words in passives(sentence):
            findings.warning(
                "passive-voice",
                f"{words!r} looks like passive voice",
                sentence.source.locate(word.offset),
                "say who does it: the nurse cleans your skin",
            )
        for start, words in speaks_of_others(sentence):
            findings.warning(
                "not-addressed",
                f"{words!r} speaks of the reader as of somebody else",
                sentence.locate(start),
                "speak to the reader: you can, you should",
            )


def _tell_jargon(jargon: Sequence[Jargon], findings: Findings) -> None:
    for one in jargon:
        place = one.sentence.locate(one.start)
        if one.plain is None:
            findings.warning(
                "initials",
                f"{one.words!r} is nowhere spelled out",
                place,
                "write it out once, with the letters in parentheses after it",
            )
        else:
            findings.warning(
                "jargon",
                f"patients may not know {one.words!r}",
                place,
                f"say: {one.plain}; or explain it where it stands first",
            )


def _tell_figures(sentences: Sequence[Sentence], findings: Findings) -> None:
    for sentence, start, what, remedy in calculations(sentences):
        findings.warning("calculation", what, sentence.locate(start), remedy)


def _tell_missing(
    record: ProcedureRecord, sections: Sequence[_Section], is_english: bool, findings: Findings
) -> None:
    if record.summary is None:
        findings.warning(
            "missing-summary",
            "the record has no summary",
            record.span,
            "write 'summary': what it is, in two or three sentences",
        )
    for id, what in _ACTIONS.items():
        section = next((one for one in sections if one.id == id), None)
        if section is None:
            _tell_no_action(f"nothing says {what}", record.span, findings)
        elif is_english and not pemat.names_an_action(section.sentences):
            message = f"{section.title!r} tells patients nothing that they can do"
            _tell_no_action(message, section.prose.text.span, findings)
    if lacks_urgency(record) and not any(section.urgent for section in sections):
        _tell_no_action("nothing says when to call for help", record.span, findings)


def _tell_no_action(message: str, span: Span, findings: Findings) -> None:
    findings.warning(
        "missing-action",
        message,
        span,
        "write what to do, or that nothing needs to be done, such as: Call your clinic if …",
    )


def _in_steps(section: _Section) -> bool:
    return pemat.has_steps(section.prose) or len(section.sentences) <= _NO_STEPS


def _pemat(
    record: ProcedureRecord,
    sections: Sequence[_Section],
    read: Sequence[SectionReadability],
    limits: ReadingLimits,
) -> dict[str, bool | None]:
    sentences = [sentence for section in sections for sentence in section.sentences]
    told = {finding.rule for section in read for finding in section.findings}
    has_numbers = any(char.isdigit() for sentence in sentences for char in sentence.text)
    todo = [section for section in sections if section.id in _ACTIONS or section.urgent]
    actions = [sentence for section in todo for sentence in section.sentences]
    whole = grade(sentences)
    return {
        "1": bool(record.summary or record.purpose),
        "3": whole is not None and whole <= limits.grade,
        "4": not told & {"jargon", "initials"},
        "5": pemat.mostly_active(sentences),
        "6": "calculation" not in told if has_numbers else None,
        "7": "calculation" not in told,
        "8": all(pemat.is_short(section.prose) for section in sections),
        "11": record.summary is not None,
        "12": pemat.has_cues(section.prose for section in sections),
        "20": pemat.names_an_action(actions),
        "21": pemat.addresses_the_reader(actions) and "not-addressed" not in told,
        "22": bool(todo) and all(_in_steps(section) for section in todo),
        "23": pemat.has_steps(record.preparation),
    }
