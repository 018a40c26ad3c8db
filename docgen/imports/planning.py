"""What an import would do to each file, decided before anything is written."""

from collections.abc import Mapping, Sequence
from difflib import unified_diff
from pathlib import Path
from typing import Literal, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from docgen.code_systems import (
    CODE_SYSTEMS,
    CodeSystem,
    canonical_code,
    is_well_formed,
    normalise_code,
    system_named,
)
from docgen.diagnostics import Diagnostic, DocgenError, Findings, Severity, Span, refuse
from docgen.imports.codes_file import CodesFile
from docgen.imports.drafts import Draft, ImportSource, TableDraft
from docgen.imports.opening import reader_of
from docgen.imports.record_files import body_digest, mark_of, record_text, with_mark
from docgen.imports.shrinking import loss_of, tell_loss
from docgen.opening import open_file
from docgen.records import SECTION_TITLES, TABLE_SUFFIX, TABLES, RecordFiles
from docgen.source import display_path, is_there, read_file, word_of
from docgen.system import reason_of

Outcome = Literal["new", "changed", "unchanged", "kept", "refused"]
T = TypeVar("T")
_MOST_DIFFERENCES = 20


class ImportOptions(Struct, frozen=True, kw_only=True):
    """How an import is wanted."""

    output: Path
    """The folder of record files; code tables go into ``tables`` beside it."""
    code: str | None = None
    code_system: CodeSystem | None = None
    codes: CodesFile | None = None
    authors: tuple[str, ...] = ()
    update: bool = False
    """Write files again whose input has changed."""
    force: bool = False
    """Overwrite what people have written or edited, and keep it as a backup."""
    shrink: bool = False
    """Take a code list that is not whole, or takes many codes away from its table."""
    dry_run: bool = False


class Made(Struct, kw_only=True):
    """One file that an input makes, and what becomes of it."""

    place: Span
    """Where in the input it comes from."""
    body: str
    """The file without its mark."""
    marked: bool
    """Whether the file carries a mark; tables have a head of their own."""
    code_system: str
    code: str | None
    """None for a table."""
    title: str
    taken: tuple[str, ...]
    """Ids of the fields that were filled."""
    unplaced: int
    codes: int = 1
    doubts: tuple[Diagnostic, ...] = ()
    """What speaks against its input's being whole."""
    path: Path | None = None
    outcome: Outcome = "new"
    diff: tuple[str, ...] = ()
    keeps_backup: bool = False
    backup: Path | None = None

    def content(self, source: ImportSource) -> bytes:
        """The bytes of the file."""
        text = with_mark(self.body, source.name) if self.marked else self.body
        return text.encode()


class Plan(Struct, kw_only=True):
    """An input and the files that it makes: all of them are written, or none."""

    source: ImportSource
    made: list[Made]
    refused: bool = False


def asked_code_system(name: str | None) -> CodeSystem | None:
    """The code system that somebody asked for by a name that it goes by, if any.

    Raises DocgenError for a name that is none.
    """
    if name is None:
        return None
    system = system_named(name)
    if system is None:
        known = ", ".join(CODE_SYSTEMS)
        message = f"'{name}' is not a code system"
        raise refuse("unknown-code-system", message, None, f"it is one of {known}")
    return system


def read_plan(source: ImportSource, options: ImportOptions, findings: Findings) -> Plan:
    """Reads an input. Findings tell of everything, and the plan says whether it is refused."""
    told = Findings()
    plan = Plan(source=source, made=[])
    try:
        for draft in reader_of(source)(source, told):
            told.extend(draft.notes)
            made = (
                _table(draft, options)
                if isinstance(draft, TableDraft)
                else _made_of_draft(draft, source, options, told)
            )
            if made:
                plan.made.append(made)
    except DocgenError as error:
        told.extend(error.diagnostics)
    plan.refused = any(one.severity == "error" for one in told.diagnostics)
    if not plan.made and not plan.refused:
        told.error(
            "nothing-found", "nothing in this input can be imported", Span(source.shown, 1, 1)
        )
        plan.refused = True
    findings.extend(told.diagnostics)
    return plan


def refuse_rivals(plans: Sequence[Plan], findings: Findings) -> None:
    """Refuses every input that makes a file which another place of the inputs makes as well."""
    first_of: dict[tuple[str, str | None], tuple[Plan, Made]] = {}
    for plan in plans:
        for made in plan.made:
            key = made.code_system, made.code and normalise_code(made.code)
            first = first_of.setdefault(key, (plan, made))
            if first[1] is made:
                continue
            first[0].refused = plan.refused = True
            what = (
                f"{made.code_system} {made.code}" if made.code else f"the table {made.code_system}"
            )
            findings.error(
                "two-for-one-code",
                f"this makes {what}, and so does {first[1].place}",
                made.place,
                "leave one of them out; neither was imported",
            )


def settle(plan: Plan, files: RecordFiles, options: ImportOptions, findings: Findings) -> None:
    """Says what becomes of each file of a plan, by what is there already."""
    for made in plan.made:
        try:
            made.path = _path(made, files, options.output)
            there = _text_of(made.path)
        except DocgenError as error:
            findings.extend(error.diagnostics)
            plan.refused = True
            continue
        if there is not None:
            _compare(plan, made, there, options, findings)
        if made.doubts and made.outcome != "unchanged":
            plan.refused |= not options.shrink
            severity: Severity = "warning" if options.shrink else "error"
            findings.extend(replace(doubt, severity=severity) for doubt in made.doubts)


def _compare(
    plan: Plan, made: Made, there: str, options: ImportOptions, findings: Findings
) -> None:
    """Holds the file that is there against the one that would be made."""
    assert made.path
    mark = mark_of(there) if made.marked else None
    old_body = there.partition("\n")[2] if mark else there
    if old_body == made.body and (mark is not None or not made.marked):
        made.outcome = "unchanged"
        return
    by_hand = made.marked and (mark is None or mark.is_edited)
    if mark and mark.is_edited and mark.digest == body_digest(made.body) and not options.force:
        made.outcome = "kept"
        return
    if made.code is None:
        loss, shown = loss_of(there, made.body), display_path(made.path)
        plan.refused |= tell_loss(loss, shown, made.place, findings, allowed=options.shrink)
    made.outcome = "changed"
    made.diff = _difference(made, old_body, display_path(made.path))
    made.keeps_backup = by_hand or not made.marked
    place = Span.whole_file(display_path(made.path))
    if by_hand and not options.force:
        plan.refused = True
        findings.error(
            "edited-by-hand",
            "people have edited this file since it was imported"
            if mark
            else "this file was written by people, not imported",
            place,
            "merge the changes yourself, or use --force: the file is then kept as a backup",
        )
    elif not by_hand and not options.update and not options.force:
        plan.refused = True
        findings.error(
            "record-changed",
            "the input says something else than when this file was imported",
            place,
            "read the differences, then use --update",
        )


def _difference(made: Made, old: str, shown: str) -> tuple[str, ...]:
    if made.marked:
        lines = unified_diff(
            old.splitlines(), made.body.splitlines(), shown, "imported", lineterm=""
        )
        return tuple(lines)
    before, after = set(old.splitlines()), set(made.body.splitlines())
    changes = [f"-{line}" for line in sorted(before - after)]
    changes += [f"+{line}" for line in sorted(after - before)]
    more = len(changes) - _MOST_DIFFERENCES
    shortened = changes[:_MOST_DIFFERENCES] + ([f"… and {more} more"] if more > 0 else [])
    return (f"--- {shown}", "+++ imported", *shortened)


def _text_of(path: Path) -> str | None:
    if not is_there(path):
        return None
    try:
        with open_file(path) as file:
            return file.read().decode("utf-8", errors="surrogateescape")
    except OSError as error:
        raise refuse(
            "unreadable-file",
            f"what is there already cannot be read: {reason_of(error)}",
            Span.whole_file(display_path(path)),
            "move it away, or choose another folder with --output",
        ) from None


def _path(made: Made, files: RecordFiles, output: Path) -> Path:
    """The file that has the record already, or the name of a new one."""
    if made.code is None:
        return output.parent / TABLES / f"{made.code_system}{TABLE_SUFFIX}"
    code = normalise_code(made.code)
    there = files.of_code(code)
    own = [file.path for file in there if file.tag is None and _is_of(file.path, file.system, made)]
    if len(own) > 1:
        shown = " and ".join(display_path(path) for path in own)
        raise refuse(
            "duplicate-record",
            f"{made.code_system} {made.code} has more than one record already: {shown}",
            made.place,
            "keep one of the files",
        )
    if own:
        return own[0]
    plain = output / f"{code}.yaml"
    return output / f"{made.code_system}-{code.lower()}.yaml" if there else plain


def _is_of(path: Path, system: CodeSystem | None, made: Made) -> bool:
    """Whether a file is about the code system, by its name or by what it says."""
    if system is not None:
        return system.id == made.code_system
    try:
        said = word_of(read_file(path), "code_system").lower()
    except DocgenError as error:
        raise refuse(
            "unreadable-record",
            f"{display_path(path)} may be about {made.code}, but it cannot be read as a record",
            error.diagnostics[0].span,
            "mend it (docgen records check), then import again",
        ) from None
    return said == made.code_system


def _table(draft: TableDraft, options: ImportOptions) -> Made:
    asked = options.code_system
    said = {"the input": draft.name, "--code-system": asked.id if asked else None}
    _agreed(said, "code-system", draft.source)
    return Made(
        place=draft.source,
        body=draft.content,
        marked=False,
        code_system=draft.name,
        code=None,
        title="1 code" if draft.codes == 1 else f"{draft.codes:,} codes",
        taken=(),
        unplaced=0,
        codes=draft.codes,
        doubts=draft.doubts,
    )


def _made_of_draft(
    draft: Draft, source: ImportSource, options: ImportOptions, findings: Findings
) -> Made | None:
    try:
        code, system = _code_of_draft(draft, source, options)
        body, record = record_text(draft, code, system, options.authors)
    except DocgenError as error:
        findings.extend(error.diagnostics)
        return None
    lists = {
        "further_sections": record.further_sections,
        "policies": record.policies,
        "similar_codes": record.similar_codes,
    }
    return Made(
        place=draft.source,
        body=body,
        marked=True,
        code_system=system.id,
        code=record.code,
        title=record.title.value,
        taken=(
            *(id for id in SECTION_TITLES if getattr(record, id)),
            *(key for key, value in lists.items() if value),
        ),
        unplaced=len(record.unplaced),
    )


def _code_of_draft(
    draft: Draft, source: ImportSource, options: ImportOptions
) -> tuple[str, CodeSystem]:
    """The code of a draft: what its input, the table of codes or the options say."""
    named = options.codes.code_of(source) if options.codes else None
    systems = {
        "the input": CodeSystem.parse(draft.code_system) if draft.code_system else None,
        "--codes": named.system if named else None,
        "--code-system": options.code_system,
    }
    system = _agreed(systems, "code-system", draft.source)
    if system is None:
        raise refuse(
            "no-code-system",
            "the input does not tell the code system",
            draft.source,
            "say it with --code-system, or in the column code_system of a table for --codes",
        )
    codes = {
        "the input": draft.code,
        "--codes": named.code if named else None,
        "--code": options.code,
    }
    spelled = {who: canonical_code(code, system) if code else None for who, code in codes.items()}
    code = _agreed(spelled, "code", draft.source)
    if code is None:
        raise refuse(
            "no-code",
            f"the input '{draft.title[:60]}' does not tell its code",
            draft.source,
            "say it with --code, or name a table file,code,code_system with --codes",
        )
    if not is_well_formed(code, system):
        raise refuse(
            "bad-code",
            f"'{code[:60]}' does not have the form that {system.name} asks for",
            named.span if named and not draft.code else draft.source,
            f"write {system.form}; or is the code system another one?",
        )
    return code, system


def _agreed(
    said: Mapping[str, T | None], what: Literal["code", "code-system"], place: Span
) -> T | None:
    """What several places say, where they do not contradict each other."""
    given = {who: value for who, value in said.items() if value is not None}
    if len(set(given.values())) > 1:
        (one, first), (other, second) = list(given.items())[:1] + list(given.items())[-1:]
        raise refuse(
            "other-code" if what == "code" else "other-code-system",
            f"{one} says {first}, and {other} says {second}",
            place,
            "is it the right file?",
        )
    return next(iter(given.values()), None)
