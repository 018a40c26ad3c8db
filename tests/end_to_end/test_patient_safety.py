"""What keeps a patient safe stays on every sheet, or somebody said why not.

Checks and sheets agree. Each case takes it away in another way: by a layout's verbs and properties,
by a layout that stands alone, by an organization's records, by what a record lacks.
"""

import re
from pathlib import Path

import pytest

from docgen import Project
from docgen.batch.plan.kits import Sheet, made_kit
from docgen.compose.visits import filled
from docgen.diagnostics import Diagnostic, DocgenError
from docgen.pdf import write_pdf
from docgen.project import BASE_LAYOUTS, PLAIN, RenderOptions
from docgen.proofs.probe import VISIT
from tests.commands import ROOT, invoke_docgen
from tests.conformance import conformance_problems
from tests.pdf_text import is_printed, page_texts
from tests.sample_records import TRANSLATIONS, reviewed

HANDOUT, SUMMARY = BASE_LAYOUTS
FOLDER = Path("layouts/organizations/own")
OWN = FOLDER / "organization.yaml"
LAYOUT = FOLDER / "patient-handout.yaml"
HEAD = "id: patient-handout\nextends: patient-handout\n"
NURSE = "(555) 555-0134"
PHONES = f"""\
name: Own Clinic
language: en
phones:
  - {{label: Nurse line, number: {NURSE}, use: nurse-line}}
  - {{label: Appointments, number: (555) 555-0135, use: scheduling}}
"""
CALL_911 = "for heavy bleeding, fainting, chest pain or trouble breathing."
BOX = "Ask your care team when to call for help, and whom."
NOTICE = "No clinician has reviewed this text yet."


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with an organization that has numbers to call."""
    monkeypatch.chdir(tmp_path)
    write(OWN, PHONES)
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def project() -> Project:
    return Project.open(".", organization="own")


def refused(
    layout: str = HANDOUT, options: RenderOptions = PLAIN, code: str = "45378"
) -> list[str]:
    """What rendering is refused for."""
    with pytest.raises(DocgenError) as error:
        project().render(code, [layout], options=options)
    return [_said(told) for told in error.value.diagnostics if told.severity == "error"]


def checked(*command: str) -> list[str]:
    """The errors that a check finds."""
    ended = invoke_docgen(*(command or ("organizations", "check", "own")), cwd=Path.cwd())
    found = re.findall(r"^(\S+): error\[(\S+)\]", ended.stderr.decode(), re.MULTILINE)
    assert ended.returncode == int(bool(found))
    return [f"{place} {rule}" for place, rule in found]


def _said(told: Diagnostic) -> str:
    return f"{told.span} {told.rule}"


def printed(text: str, layout: str = HANDOUT, code: str = "45378") -> bool:
    (sheet,) = project().render(code, [layout])
    assert conformance_problems(sheet.data) == []
    return is_printed(text, page_texts(sheet.data))


REMOVED = {
    "remove: [call-for-help]": ("3:10", "required-block"),
    "remove: [phones]": ("3:10", "required-block"),
    "remove: [whom-to-call]": ("3:10", "required-block"),
    "remove: [talk]": ("3:10", "required-block"),
    "remove: [prepared-for]": ("3:10", "required-block"),
    "remove: [risks]": ("3:10", "required-block"),
    "replace:\n  whom-to-call: {id: whom-to-call, type: text, text: Call us.}": (
        "4:3",
        "required-block",
    ),
    "replace:\n  call-for-help: {id: call-for-help, type: text, text: Call us.}": (
        "4:3",
        "required-block",
    ),
    "change:\n  call-for-help: {safety: phones}": ("4:27", "required-block"),
    "change:\n  call-for-help: {type: text, text: A}": ("4:19", "bad-content"),
    "change:\n  whom-to-call: {blocks: [{id: a, type: text, text: Call us.}]}": (
        "4:18",
        "required-block",
    ),
    "change:\n  risks: {when: false}": ("4:11", "required-block"),
    "change:\n  risks: {once_per_packet: true}": ("4:11", "required-block"),
    "change:\n  at-a-glance: {for_each: a in record.policies}": ("4:17", "required-block"),
    "change:\n  call-for-help: {when: false}": ("4:25", "no-urgent-section"),
    'change:\n  call-for-help: {text: "Call us."}': ("", "no-urgent-section"),
    "change:\n  call-for-help: {text: \"{{ '' }}\"}": ("", "no-urgent-section"),
    "change:\n  phones: {when: phone.use == 'scheduling'}": ("4:18", "no-phones"),
    "change:\n  phones: {text: Call us.}": ("", "no-phones"),
    "change:\n  talk: {when: false}": ("", "no-phones"),
    "change:\n  phones: {once_per_packet: true}": ("", "no-phones"),
}
"""What a layout of an organization says, where that is told (else at the block), and as what."""


@pytest.mark.parametrize("change", REMOVED)
def test_a_layout_cannot_lose_what_keeps_patients_safe(change: str, folder: Path) -> None:
    write(LAYOUT, f"{HEAD}{change}\n")
    place, rule = REMOVED[change]
    found = checked()
    assert {one.rpartition(" ")[2] for one in found} == {rule}
    if place:
        assert f"{LAYOUT}:{place} {rule}" in found
    if "once_per_packet" in change and rule == "no-phones":
        with pytest.raises(DocgenError, match=r"error\[no-phones\]"):
            project().compose(project().record("45378"), HANDOUT, first_in_packet=False)
        return
    assert set(refused()) <= set(found)


def test_a_change_that_hides_nothing_is_right(folder: Path) -> None:
    change = (
        "change:\n  call-for-help: {heading: Call us, style: note}\n  phones: {style: label}\n"
        "replace:\n  phone-blanks: {id: phone-blanks, type: ruled-lines, count: 2, safety: phones, "
        "when: not organization.phones}\nreorder: [risks, call-for-help]\n"
    )
    write(LAYOUT, HEAD + change)
    assert checked() == []
    assert printed(CALL_911)
    assert printed(NURSE)


def test_a_layout_without_lines_for_numbers_is_refused_where_there_are_none(folder: Path) -> None:
    write(OWN, "name: Own Clinic\nlanguage: en\n")
    assert checked() == []
    write(LAYOUT, f"{HEAD}change:\n  phone-blanks: {{when: false}}\n")
    assert [one.rpartition(" ")[2] for one in checked()] == ["no-phones"]
    assert set(refused()) == set(checked())


REASONS = {
    "urgent": ("remove: [call-for-help]", CALL_911),
    "phones": ("remove: [phones, phone-blanks]", NURSE),
}


@pytest.mark.parametrize("need", REASONS)
def test_a_reason_lets_it_go_and_is_told(need: str, folder: Path) -> None:
    verb, text = REASONS[need]
    write(LAYOUT, f"{HEAD}without: {{{need}: A nurse says it.}}\n{verb}\n")
    ended = invoke_docgen("organizations", "check", "own", cwd=folder)
    assert ended.returncode == 0
    place = f"{LAYOUT}:3:{12 + len(need) + 1}"
    assert f"{place}: warning[without-safety]: sheets of this layout " in ended.stderr.decode()
    assert ended.stderr.decode().count("A nurse says it.") == 1
    assert not printed(text)
    assert not printed("A nurse says it.")
    explained = invoke_docgen("explain", HANDOUT, "--organization", "own", cwd=folder)
    assert re.search(
        rf"without\.{need} +.*= A nurse says it\. +{LAYOUT}:3\n", explained.stdout.decode()
    )
    shown = invoke_docgen("organizations", "show", "own", cwd=folder)
    assert f"  does without {need}: A nurse says it.\n" in shown.stdout.decode()


def test_a_reason_without_words_is_none(folder: Path) -> None:
    for reason in ("", '" "'):
        write(LAYOUT, f"{HEAD}without: {{phones: {reason}}}\nremove: [phones]\n")
        assert f"{LAYOUT}:4:10 required-block" in checked()


def test_an_organization_below_may_take_a_reason_back(folder: Path) -> None:
    write(LAYOUT, f"{HEAD}without: {{urgent: A nurse says it.}}\nremove: [call-for-help]\n")
    write(Path("layouts/organizations/part/organization.yaml"), "parent: own\nname: A part\n")
    part = Path("layouts/organizations/part/patient-handout.yaml")
    write(part, f"{HEAD}without: {{urgent: }}\n")
    assert f"{part}:1:1 no-urgent-section" in checked("organizations", "check", "part")


ALONE = """\
id: alone
title: "{{ record.title }}"
description: Made from nothing.
audience: AUDIENCE
language: en
theme: base
page: {size: letter, margins: {top: 1in, right: 1in, bottom: 1in, left: 1in}}
blocks:
  - {id: head, type: title, text: "{{ record.title }}"}
  - {id: what, type: section, heading: What, text: "{{ record.name }}"}
"""


def test_a_layout_from_nothing_owes_patients_the_same(folder: Path) -> None:
    write(FOLDER / "alone.yaml", ALONE.replace("AUDIENCE", "patients"))
    place = f"{FOLDER}/alone.yaml:1:1"
    assert checked() == [f"{place} no-urgent-section", f"{place} no-phones"]
    assert refused("alone") == checked()
    assert checked("layouts", "check", "alone", "--organization", "own") == checked()


def test_a_layout_for_clinicians_owes_them_no_numbers(folder: Path) -> None:
    write(FOLDER / "alone.yaml", ALONE.replace("AUDIENCE", "clinicians"))
    assert checked() == []
    assert printed("Camera exam of the whole large bowel", "alone")
    write(LAYOUT, f"{HEAD}audience: clinicians\nremove: [call-for-help, phones]\n")
    assert checked() == []


@pytest.mark.parametrize("alone", [True, False])
def test_unreviewed_words_say_so_on_every_sheet(alone: bool, folder: Path) -> None:
    """Whatever the layout: from nothing, with other words in the place of the notice, or without
    any; in a summary too, and where nothing but a title is on file."""
    if alone:
        write(FOLDER / "alone.yaml", ALONE.replace("AUDIENCE", "clinicians"))
        layouts = ["alone"]
    else:
        change = "change:\n  not-reviewed: {text: Checked by all of us.}\n"
        write(LAYOUT, HEAD + change)
        own = "id: clinician-summary\nextends: clinician-summary\nremove: [nobody-reviewed]\n"
        write(FOLDER / "clinician-summary.yaml", own)
        layouts = [HANDOUT, SUMMARY]
    assert checked() == []
    write(
        Path("data/records/local/ONLY.yaml"),
        "code: ONLY\ncode_system: local\ntitle: A title\nname: Only a title\n"
        "provenance: {version: '1', authors: [Ada Sample]}\n",
    )
    for layout in layouts:
        assert printed(NOTICE, layout)
        if layout != HANDOUT:
            assert printed(NOTICE, layout, "ONLY")
    reviewed(folder, "45378")
    assert not any(printed(NOTICE, layout) for layout in layouts)


@pytest.mark.parametrize("layout", BASE_LAYOUTS)
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_notice_is_never_said_twice(layout: str, language: str) -> None:
    sentences = {"en": NOTICE, "es": "Ningún profesional clínico ha revisado este texto todavía."}
    for path in TRANSLATIONS:
        code = path.name.partition(".")[0]
        (sheet,) = Project.open(ROOT).render(
            code, [layout], options=RenderOptions(language=language)
        )
        text = " ".join(" ".join(page_texts(sheet.data)).split())
        assert text.count(sentences[language]) == 1


def test_who_adapted_a_record_is_said_by_docgen_where_the_layout_does_not(folder: Path) -> None:
    change = 'extends: "45378"\ncode_system: cpt\nchange: {duration: About an hour.}\n'
    write(FOLDER / "records/45378.yaml", change)
    own = "id: clinician-summary\nextends: clinician-summary\nremove: [adapted]\n"
    assert not printed("Adapted by Own Clinic.", SUMMARY), "it is a fact there, not a sentence"
    assert printed("Own Clinic", SUMMARY)
    write(FOLDER / "clinician-summary.yaml", own)
    assert printed("Adapted by Own Clinic.", SUMMARY)


def test_a_code_that_ends_says_so_in_every_layout(folder: Path) -> None:
    rows = "G0121\tMade-up scope\t\t2026-01-01\t2026-12-31\n"
    head = {
        "code_system": "hcpcs",
        "version": "2026",
        "authors": "Sample Authority",
        "language": "en",
        "source": "made-up.txt",
        "sha256": "00",
        "rows": "1",
    }
    said = "".join(f"# {name}: {value}\n" for name, value in head.items())
    write(Path("data/tables/hcpcs.tsv"), f"# docgen code table 2\n{said}{rows}")
    write(FOLDER / "alone.yaml", ALONE.replace("AUDIENCE", "clinicians"))
    for layout in ("alone", HANDOUT):
        assert printed("The last day of the code G0121 is December 31, 2026.", layout, "G0121")
        assert printed("The first day of the code G0121 is January 1, 2026.", layout, "G0121")
    for layout in BASE_LAYOUTS:
        (sheet,) = project().render("G0121", [layout])
        assert " ".join(page_texts(sheet.data)).count("day of the code") == 2


DESCRIPTOR = (
    "code: '99001'\ncode_system: cpt\ntitle: A title\nname: A test\nsummary: A test.\n"
    "procedure_description: A test.\nrisks: None.\n"
    "licensed_descriptor: {text: Made-up wording, copyright_year: 2026}\n"
    "provenance: {version: '1', authors: [Ada Sample]}\n"
)


def test_licensed_wording_never_stands_without_its_notice(folder: Path) -> None:
    write(Path("data/records/99001.yaml"), DESCRIPTOR)
    rights = "CPT © 2026 American Medical Association. All rights reserved."
    alone = ALONE.replace("AUDIENCE", "clinicians")
    write(FOLDER / "alone.yaml", alone)
    assert not printed(rights, "alone", "99001"), "its wording is not printed either"
    for place in ("{{ record.name }}", "{{ record.title }}"):
        used = alone.replace(place, "{{ record.licensed_descriptor.text or 'x' }}")
        write(FOLDER / "alone.yaml", used)
        assert printed(rights, "alone", "99001")
    (sheet,) = project().render("99001", [SUMMARY])
    assert " ".join(page_texts(sheet.data)).count("All rights reserved.") == 1


ADAPTED = 'extends: "45378"\ncode_system: cpt\n'
OWN_SECTION = (
    "insert:\n  - section: {title: Our line, audience: patients, urgent: yes, text: Call us now.}\n"
)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ("remove: [When to call for help]", "3:10"),
        ("remove: [further_sections]", "3:10"),
        ("change:\n  further_sections:", "4:3"),
        ("change:\n  further_sections: [{title: Parking, text: Lot B.}]", "4:3"),
        (
            "change:\n  further_sections: [{title: Help, audience: clinicians, urgent: yes, "
            "text: A.}]",
            "4:3",
        ),
    ],
)
def test_an_organization_cannot_silence_a_record(change: str, place: str, folder: Path) -> None:
    file = FOLDER / "records/45378.yaml"
    write(file, f"{ADAPTED}{change}\n")
    told = [f"{file}:{place} required-section"]
    assert refused() == told
    assert checked() == told
    assert checked("records", "check", "--organization", "own") == told
    write(file, f"{ADAPTED}{change}\n{OWN_SECTION}")
    assert checked() == []
    assert printed("Call us now.")


def test_an_organization_may_say_why_a_record_is_silent(folder: Path) -> None:
    file = FOLDER / "records/45378.yaml"
    reason = "change: {without: {urgent: We phone every patient.}}\n"
    write(file, f"{ADAPTED}{reason}remove: [When to call for help]\n")
    assert checked() == []
    assert not printed(BOX)
    write(file, f"{ADAPTED}{reason}")
    assert checked() == [f"{file}:3:28 contradiction"]


RECORD = """\
code: T1
code_system: local
language: en
title: A test
name: a test
summary: A test.
purpose: To test.
procedure_description: |
  1. It is done.
risks: None.
MOREprovenance: {version: "1", authors: [Ada Sample]REVIEW}
"""


def _record(more: str = "", *, review: bool = False) -> None:
    days = ", reviewed_on: 2026-06-01, review_due: 2028-06-01" if review else ""
    text = RECORD.replace("MORE", more).replace("REVIEW", days)
    write(Path("data/records/T1.yaml"), text)


def test_a_draft_that_does_not_say_when_to_call_has_lines_for_it(folder: Path) -> None:
    _record()
    ended = invoke_docgen("records", "check", cwd=folder)
    assert ended.returncode == 0
    warning = "data/records/T1.yaml:1:1: warning[no-urgent-section]: this record does not tell"
    assert warning in ended.stderr.decode()
    (sheet,) = project().render("T1", [HANDOUT])
    assert {told.rule for told in sheet.warnings} == {"not-reviewed", "no-urgent-section"}
    text = "".join(page_texts(sheet.data))
    assert is_printed(BOX, page_texts(sheet.data))
    assert text.index("When to call for help") < text.index("Possible risks")
    assert not is_printed(BOX, page_texts(project().render("T1", [SUMMARY])[0].data))


def test_a_draft_has_lines_for_it_in_a_layout_without_a_place_for_them_too(folder: Path) -> None:
    _record()
    calls = (
        "  - {id: calls, type: text, for_each: phone in organization.phones, "
        "text: '{{ phone.number }}'}\n"
    )
    write(FOLDER / "alone.yaml", ALONE.replace("AUDIENCE", "patients") + calls)
    assert printed(BOX, "alone", "T1")


def test_a_reviewed_record_has_to_say_when_to_call_or_why_not(folder: Path) -> None:
    _record(review=True)
    told = ["data/records/T1.yaml:1:1 no-urgent-section"]
    assert refused(code="T1") == told
    assert checked("records", "check") == told
    assert project().render("T1", [SUMMARY])
    _record("without: {urgent: A laboratory looks at a sample.}\n", review=True)
    assert checked("records", "check") == []
    assert not printed(BOX, code="T1")
    assert not printed("A laboratory looks at a sample.", code="T1")
    shown = invoke_docgen("records", "show", "T1", cwd=folder).stdout.decode()
    assert "Says nothing on when to call for help: A laboratory looks at a sample.\n" in shown


@pytest.mark.parametrize(
    "section",
    [
        "{title: When to call for help, audience: patients, text: Call us.}",
        "{title: when to CALL for help, text: Call us.}",
        "{title: Warning signs, audience: both, urgent: yes, text: Call us.}",
    ],
)
def test_any_urgent_section_for_patients_will_do(section: str, folder: Path) -> None:
    _record(f"further_sections: [{section}]\n", review=True)
    assert checked("records", "check") == []
    assert printed("Call us.", code="T1")


@pytest.mark.parametrize(
    "section",
    [
        "{title: When to call for help, audience: clinicians, text: Call us.}",
        "{title: When to call for help, urgent: no, text: Call us.}",
        "{title: Warning signs, text: Call us.}",
    ],
)
def test_any_other_section_will_not(section: str, folder: Path) -> None:
    _record(f"further_sections: [{section}]\n", review=True)
    assert checked("records", "check") == ["data/records/T1.yaml:1:1 no-urgent-section"]


def test_a_translation_keeps_the_section_urgent(folder: Path) -> None:
    """What is not translated stays in another language, and urgent; it is never left out."""
    options = RenderOptions(language="es")
    (sheet,) = Project.open(".").render("45378", [HANDOUT], options=options)
    assert is_printed("Llame al 911", page_texts(sheet.data))
    whole = (ROOT / "data/records/45378.es.yaml").read_text("utf-8")
    reviewed(folder, "45378")
    partly = whole.partition("further_sections:")[0] + whole[whole.index("similar_codes:") :]
    lines = partly.splitlines(keepends=True)
    partly = "".join(one for one in lines if not one.lstrip().startswith("further_sections["))
    write(Path("data/records/45378.es.yaml"), partly)
    assert {one.rpartition(" ")[2] for one in refused(options=options)} == {"missing-translation"}
    (sheet,) = Project.open(".").render(
        "45378", [HANDOUT], options=RenderOptions(language="es", fallback_language="en")
    )
    assert is_printed(CALL_911, page_texts(sheet.data))


def _for_a_patient(layout: str) -> str:
    sheet = Sheet(project().record("45378"), layout, PLAIN, first_in_packet=True)
    document = filled(made_kit(project(), sheet).kit.document, VISIT)
    data = write_pdf(project().typeset(document)).data
    assert conformance_problems(data) == []
    return " ".join(" ".join(page_texts(data)).split())


@pytest.mark.parametrize("hidden", [True, False])
def test_a_sheet_in_a_packet_says_whom_it_is_for(hidden: bool, folder: Path) -> None:
    if hidden:
        own = "id: clinician-summary\nextends: clinician-summary\n"
        write(
            FOLDER / "clinician-summary.yaml", f"{own}change: {{prepared-for: {{when: false}}}}\n"
        )
        layout = SUMMARY
    else:
        write(FOLDER / "alone.yaml", ALONE.replace("AUDIENCE", "clinicians"))
        layout = "alone"
    assert checked() == []
    text = _for_a_patient(layout)
    assert VISIT.patient_name in text
    assert "January 1, 1950" in text
    assert not printed("Prepared for", layout), "for nobody, there is nothing to say"


def test_a_reason_leaves_the_patient_out(folder: Path) -> None:
    alone = ALONE.replace("AUDIENCE", "clinicians")
    write(FOLDER / "alone.yaml", alone.replace("blocks:", "without: {patient: A poster.}\nblocks:"))
    assert VISIT.patient_name not in _for_a_patient("alone")


def test_a_block_for_the_patient_without_a_name_is_refused(folder: Path) -> None:
    write(LAYOUT, f"{HEAD}remove: [patient-name]\n")
    assert {one.rpartition(" ")[2] for one in checked()} == {"nameless-sheet"}
    assert set(refused()) == set(checked())
