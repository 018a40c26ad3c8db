"""Whatever refuses a sheet is found by a check, at the same place, or only a patient can tell it.

The list of refusals is read from the source: a new one fails here until it has its example.
"""

import ast
import re
import struct
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from msgspec import Struct
from PIL import Image

import docgen
from docgen import fonts
from docgen.fonts.own import forget_families
from tests.commands import invoke_docgen
from tests.font_files import as_symbols, changed, renamed, with_group

ROOMS = ("compose", "drawings", "typeset", "fonts", "pdf")
_TELLING = frozenset({"refuse", "refuse_at", "error", "Diagnostic"})
_PASSED_ON = frozenset({"rule"})
"""The names under which a function is handed the rule that it tells."""
NOTO = Path(fonts.__file__).parent / "faces/noto-sans"

RECORD = "data/records/T1.yaml"
OWN = "layouts/organizations/own/organization.yaml"
SHEET = "layouts/organizations/own/sheet.yaml"
FILES = {
    RECORD: """\
code: T1
code_system: local
language: en
title: A procedure for tests
name: a test
specialty: Testing
summary: A test in short.
setting: In a clinic.
risks: None that anyone knows.
further_sections:
  - {title: When to call for help, audience: patients, text: Call if it hurts.}
similar_codes:
  - {code_system: local, code: T2, title: Another test}
provenance: {version: "1", authors: [Ann Sample], reviewed_on: 2026-06-01, review_due: 2028-06-01}
""",
    OWN: """\
name: Own Clinic
language: en
phones: [{label: Nurse line, number: (555) 555-0100, use: nurse-line}]
page: {size: a5}
defaults: {layouts: [sheet]}
""",
    SHEET: """\
id: sheet
title: "{{ record.title }}"
description: A sheet for tests.
audience: patients
language: en
theme: base
page: {size: a5, margins: {top: 0.5in, right: 0.5in, bottom: 0.5in, left: 0.5in}}
blocks:
  - {id: head, type: title, text: "{{ record.title }}"}
  - {id: where, type: section, heading: Where, field: record.setting}
  - {id: risks, type: section, heading: Risks, field: record.risks, required: true}
  - id: urgent
    type: section
    for_each: section in record.further_sections
    when: section.urgent
    heading: "{{ section.title }}"
    field: section.text
  - id: calls
    type: text
    for_each: phone in organization.phones
    text: "{{ phone.label }}: {{ phone.number }}"
""",
}


class Refused(Struct, frozen=True, kw_only=True):
    """A change of a good project, and the check that finds what rendering refuses for it."""

    check: tuple[str, ...]
    change: tuple[str, str, str] | None = None
    """A file, and what stands there in the place of what."""
    add: str = ""
    """A block that the sheet has besides."""
    font: Callable[[], bytes] | None = None
    """What stands in the file of a family of the organization's own."""
    says: str = "error"


LAYOUT = ("organizations", "check", "own")
RECORDS = ("records", "check", "--organization", "own")
LONG = "word " * 3000


def _regular() -> bytes:
    return (NOTO / "NotoSans-Regular.ttf").read_bytes()


def _in(text: str) -> Refused:
    return Refused(check=LAYOUT, add=f"{{id: more, type: text, text: '{text}'}}")


def _drawing(name: str, *values: str, label: str = "A", check: tuple[str, ...] = LAYOUT) -> Refused:
    given = ", ".join(f"{{value: '{value}', label: {label}}}" for value in values)
    add = f"{{id: more, type: drawing, drawing: {name}, alt: A day"
    return Refused(check=check, add=f"{add}, values: [{given}]}}" if given else f"{add}}}")


FOUND = {
    ("compose.checking", "unknown-name"): _in("{{ recrod.title }}"),
    ("compose.checking", "unknown-field"): _in("{{ record.titel }}"),
    ("compose.checking", "unknown-filter"): _in("{{ record.title | upperr }}"),
    ("compose.checking", "template-syntax"): _in("{{ record.title | join }}"),
    ("compose.checking", "wrong-type"): _in("{{ record.title ~ record.risks }}"),
    ("compose.expressions", "template-syntax"): _in("{{ record. }}"),
    ("compose.reading", "wrong-type"): _in("{{ record.policies }}"),
    ("compose.reading", "template-syntax"): Refused(
        check=LAYOUT, add="{id: more, type: text, for_each: record.policies, text: A}"
    ),
    ("compose.reading", "unknown-name"): Refused(
        check=LAYOUT, add="{id: more, type: text, for_each: record in record.policies, text: A}"
    ),
    ("compose.templates", "template-syntax"): _in("{{ record.title"),
    ("compose.templates", "bad-text"): Refused(
        check=LAYOUT, add='{id: more, type: section, heading: "One\\n\\nTwo", text: A}'
    ),
    ("compose.composing", "required-block"): Refused(
        check=RECORDS, change=(RECORD, "risks: None that anyone knows.\n", "")
    ),
    ("compose.composing", "no-sections"): Refused(
        check=RECORDS,
        change=(
            RECORD,
            FILES[RECORD].partition("specialty")[2].partition("provenance")[0],
            ": T\n",
        ),
        says="warning",
    ),
    ("compose.filling", "empty-value"): Refused(
        check=RECORDS, add="{id: more, type: text, text: '{{ record.duration }}'}"
    ),
    ("compose.filling", "missing-alt"): Refused(
        check=RECORDS,
        change=(RECORD, "specialty: Testing\n", ""),
        add="{id: more, type: qr-code, value: A, alt: \"{{ record.specialty or '' }}\"}",
    ),
    ("compose.filling", "empty-link"): Refused(
        check=RECORDS,
        change=(RECORD, "specialty: Testing\n", ""),
        add="{id: more, type: text, text: \"[{{ record.specialty or '' }}](https://example.org)\"}",
    ),
    ("compose.filling", "wrong-type"): Refused(
        check=RECORDS,
        change=(RECORD, "setting: In a clinic.", "setting: |\n  In a clinic.\n\n  Or at home."),
        add="{id: more, type: text, text: 'Here: {{ record.setting }}'}",
    ),
    ("compose.letterhead", "bad-page"): Refused(
        check=LAYOUT, change=(OWN, "page:", "letterhead: {height: 5.9in}\npage:")
    ),
    ("compose.lettering", "unprintable-character"): Refused(
        check=LAYOUT, change=(OWN, "label: Nurse line", "label: Nurse 中 line")
    ),
    ("compose.safety", "no-urgent-section"): Refused(
        check=LAYOUT, change=(SHEET, "when: section.urgent", "when: false")
    ),
    ("compose.safety", "no-phones"): Refused(
        check=LAYOUT,
        change=(
            SHEET,
            "for_each: phone in organization.phones",
            "for_each: phone in organization.phones\n    when: phone.use == 'other'",
        ),
    ),
    ("drawings.packages", "unknown-drawing"): _drawing("hours-of-a-week", "8", "16"),
    ("drawings.packages", "drawing-fails"): _drawing("hours-of-a-day"),
    ("drawings.making", "unprintable-character"): _drawing("hours-of-a-day", "24", label="骨"),
    ("drawings.making", "drawing-raises"): _drawing("hours-of-a-day", "8", check=RECORDS),
    ("drawings.making", "drawing-fails"): _drawing("hours-of-a-day", "24", label="long " * 99),
    ("typeset.marks", "unencodable-code"): Refused(
        check=RECORDS,
        change=(RECORD, "name: a test", "name: a tést with ½"),
        add="{id: more, type: barcode, value: '{{ record.name }}', alt: Bars}",
    ),
    ("typeset.marks", "barcode-too-wide"): Refused(
        check=LAYOUT,
        add="{id: more, type: columns, columns: [{width: 0.5in, blocks: [{id: bars, "
        "type: barcode, value: '{{ record.code }}-{{ record.code }}', alt: Bars}]}, "
        "{blocks: [{id: b, type: text, text: B}]}]}",
    ),
    ("typeset.setting", "no-room"): Refused(
        check=LAYOUT,
        add="{id: more, type: table, rows: code in record.similar_codes, columns: "
        "[{heading: Code, text: '{{ code.code }}', width: 4.8in}, {heading: A, text: A title}]}",
    ),
    ("typeset.typesetting", "no-room"): Refused(
        check=LAYOUT,
        change=(
            SHEET,
            "blocks:\n  - {id: head",
            "header: {first: [{id: tall, type: image, file: tall.png, alt: A tower}]}\n"
            "blocks:\n  - {id: head",
        ),
    ),
    ("typeset.paginate", "too-tall"): Refused(
        check=RECORDS,
        change=(RECORD, "summary: A test in short.", f"summary: {LONG}"),
        add="{id: more, type: columns, columns: [{blocks: [{id: box, type: callout, "
        "text: '{{ record.summary }}'}]}, {blocks: [{id: b, type: text, text: B}]}]}",
    ),
    ("fonts.opening", "font-format"): Refused(check=LAYOUT, font=lambda: b"no font"),
    ("fonts.opening", "font-damaged"): Refused(check=LAYOUT, font=lambda: _regular()[:5000]),
    ("fonts.opening", "font-too-large"): Refused(check=LAYOUT, font=lambda: bytes(40_000_001)),
    ("fonts.opening", "font-variable"): Refused(
        check=LAYOUT, font=lambda: renamed(_regular(), b"GDEF", b"fvar")
    ),
    ("fonts.opening", "font-not-embeddable"): Refused(
        check=LAYOUT, font=lambda: changed(_regular(), b"OS/2", 8, b"\x00\x02")
    ),
    ("fonts.opening", "font-characters"): Refused(
        check=LAYOUT, font=lambda: as_symbols(_regular())
    ),
    ("fonts.opening", "font-unreadable"): Refused(
        check=LAYOUT,
        font=_regular,
        change=(OWN, "fonts: {Own Sans: {regular: own.ttf", "fonts: {Own Sans: {regular: folder"),
    ),
    ("fonts.own", "font-family-taken"): Refused(
        check=LAYOUT, font=_regular, change=(OWN, "{Own Sans:", "{Noto Sans:")
    ),
    ("fonts.own", "font-characters"): Refused(
        check=LAYOUT, font=lambda: with_group(_regular(), 2, (0x30, 0x39, 19))
    ),
    ("fonts.own", "font-too-tall"): Refused(
        check=LAYOUT, font=lambda: changed(_regular(), b"head", 18, struct.pack(">H", 700))
    ),
    ("layouts.heading_order", "skipped-heading"): Refused(
        check=LAYOUT, add="{id: more, type: section, level: 5, heading: Deep, text: A}"
    ),
    ("prose.links", "bad-link"): Refused(
        check=RECORDS,
        change=(RECORD, "specialty: Testing", "specialty: ftp"),
        add="{id: more, type: text, text: '[A link]({{ record.specialty }}://example.org)'}",
    ),
}
"""By the room's module and the rule. The last two are told by other rooms, for these."""

UNMET = {
    ("compose.visit_checks", "unprintable-character"): "a patient's name is known with the visit",
    ("fonts.own", "font-style-missing"): "an organization that lacks one is refused before",
    ("pdf.passwords", "bad-password"): "the password is given with the command",
    ("pdf.metadata", "broken-installation"): "a file of docgen's own is missing",
}


def _told() -> Iterator[tuple[str, str]]:
    """Every refusal of the rooms: module and rule."""
    package = Path(docgen.__file__).parent
    for room in ROOMS:
        for path in sorted((package / room).glob("*.py")):
            tree = ast.parse(path.read_text("utf-8"))
            names = _constants(tree)
            for call in ast.walk(tree):
                if isinstance(call, ast.Call) and _called(call.func) in _TELLING and call.args:
                    rule = _rule(call.args[0], names)
                    if rule:
                        yield f"{room}.{path.stem}", rule


def _called(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _rule(argument: ast.expr, names: dict[str, str]) -> str | None:
    if isinstance(argument, ast.Constant):
        return str(argument.value)
    assert isinstance(argument, ast.Name), ast.unparse(argument)
    if argument.id in _PASSED_ON:
        return None
    return names[argument.id]


def _constants(tree: ast.Module) -> dict[str, str]:
    """The rules that a module gives a name, or takes from another one under a name."""
    from docgen.compose.lettering import UNPRINTABLE  # noqa: PLC0415
    from docgen.records import NO_URGENT_SECTION  # noqa: PLC0415

    shared = {"UNPRINTABLE": UNPRINTABLE, "NO_URGENT_SECTION": NO_URGENT_SECTION}
    return shared | {
        target.id: statement.value.value
        for statement in tree.body
        if isinstance(statement, ast.Assign)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }


def test_every_refusal_has_its_example_or_a_reason() -> None:
    known = {*FOUND, *UNMET}
    assert set(_told()) - known == set()
    elsewhere = {one for one in known if one[0].partition(".")[0] not in ROOMS}
    handed_on = {("compose.filling", "missing-alt")}
    assert known - set(_told()) == elsewhere | handed_on, "an example of what nobody tells"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    picture = BytesIO()
    Image.new("1", (100, 2000)).save(picture, "PNG")
    (tmp_path / SHEET).with_name("tall.png").write_bytes(picture.getvalue())
    (tmp_path / OWN).with_name("folder").mkdir()
    return tmp_path


def _apply(refused: Refused, project: Path) -> None:
    if refused.add:
        text = (project / SHEET).read_text("utf-8")
        (project / SHEET).write_text(f"{text}  - {refused.add}\n", "utf-8")
    if refused.font:
        (project / OWN).with_name("own.ttf").write_bytes(refused.font())
        text = (project / OWN).read_text("utf-8")
        family = "fonts: {Own Sans: {regular: own.ttf, bold: own.ttf}}\n"
        (project / OWN).write_text(f"{text}{family}", "utf-8")
    if refused.change:
        file, find, put = refused.change
        text = (project / file).read_text("utf-8")
        assert text.count(find) == 1
        (project / file).write_text(text.replace(find, put), "utf-8")


def _places(stderr: bytes, severity: str, rule: str) -> set[str]:
    pattern = rf"^(\S+:\d+:\d+): {severity}\[{rule}\]"
    return set(re.findall(pattern, stderr.decode(), re.MULTILINE))


def test_the_unchanged_project_is_right_and_prints(project: Path) -> None:
    for command in (LAYOUT, RECORDS, ("render", "T1", "--organization", "own")):
        ended = invoke_docgen(*command, cwd=project)
        assert (ended.returncode, ended.stderr) == (0, b"")


@pytest.mark.parametrize("told", FOUND, ids=lambda told: f"{told[0]}: {told[1]}")
def test_a_check_finds_what_rendering_refuses(told: tuple[str, str], project: Path) -> None:
    refused = FOUND[told]
    _apply(refused, project)
    forget_families()
    rendered = invoke_docgen("render", "T1", "--organization", "own", cwd=project)
    assert rendered.returncode == 1
    assert rendered.stdout == b""
    places = _places(rendered.stderr, "error", told[1])
    assert places, rendered.stderr.decode()
    forget_families()
    checked = invoke_docgen(*refused.check, cwd=project)
    assert places <= _places(checked.stderr, refused.says, told[1]), checked.stderr.decode()
    assert checked.returncode == int(refused.says == "error")
    forget_families()
