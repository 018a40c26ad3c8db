"""What proofs of layouts find beyond a plain sheet: other branches, languages, looks, packets."""

from pathlib import Path

import pytest

from docgen import BASE_LAYOUTS, Project
from docgen.proofs.layouts import problems_of_layout
from docgen.proofs.probe import draft_record, whole_organization, whole_record
from docgen.records import ProcedureRecord
from docgen.source import fields_of
from tests.commands import ROOT, invoke_docgen

ORGANIZATIONS = sorted(path.name for path in (ROOT / "layouts/organizations").iterdir())
FOLDER = Path("layouts/organizations/own")
LAYOUT = FOLDER / "patient-handout.yaml"
HEAD = "id: patient-handout\nextends: patient-handout\n"


@pytest.fixture
def _own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    _write(FOLDER / "organization.yaml", "name: Own\nlanguage: en\n")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _told(layout: str = "patient-handout") -> list[str]:
    found = problems_of_layout(Project.open(".", organization="own"), layout)
    return [f"{told.span} {told.severity}[{told.rule}]" for told in found]


@pytest.mark.parametrize("organization", [None, *ORGANIZATIONS])
def test_shipped_layouts_pass_for_every_organization(organization: str | None) -> None:
    project = Project.open(ROOT, organization=organization)
    assert [problems_of_layout(project, layout) for layout in BASE_LAYOUTS] == [(), ()]


def test_the_record_for_proof_says_something_in_every_field() -> None:
    record = whole_record()
    silent = {key for key in fields_of(ProcedureRecord) if getattr(record, key) in (None, ())}
    assert silent == {"translations", "without", "language"}
    assert record.find_similar is False
    assert whole_organization().texts
    assert draft_record().provenance.reviewed_on is None


@pytest.mark.usefixtures("_own")
@pytest.mark.parametrize(
    ("block", "place"),
    [
        ("{id: a, type: text, when: record.code == '0', text: 中}", "5:61"),
        ("{id: a, type: text, text: \"{{ '中' if record.unlisted else 'A' }}\"}", "5:39"),
        ("{id: a, type: text, text: \"{{ 'A' if record.unlisted else '中' }}\"}", "5:39"),
        ("{id: a, type: text, text: \"{{ record.title or '中' }}\"}", "5:39"),
        ("{id: a, type: section, heading: 中, text: A, when: false}", "5:41"),
        ("{id: a, type: ruled-lines, count: 1, label: 中, when: false}", "5:53"),
    ],
)
def test_words_are_read_that_hardly_any_sheet_prints(block: str, place: str) -> None:
    _write(LAYOUT, f"{HEAD}insert:\n  - blocks:\n      - {block}\n")
    assert _told() == [f"{LAYOUT}:{place} error[unprintable-character]"]


@pytest.mark.usefixtures("_own")
def test_words_that_are_only_compared_print_nowhere() -> None:
    text = "\"{{ 'A' if record.code == '中' else 'B' }}\""
    block = f"{{id: a, type: text, when: record.code == '中', text: {text}}}"
    _write(LAYOUT, f"{HEAD}insert:\n  - blocks:\n      - {block}\n")
    assert _told() == []


@pytest.mark.usefixtures("_own")
def test_each_language_that_is_offered_is_read() -> None:
    own = "name: Own\nlanguage: en\nlanguages: [en, es]\ntexts:\n  disclaimer: {en: A, es: 中}\n"
    _write(FOLDER / "organization.yaml", own)
    assert _told() == [f"{FOLDER}/organization.yaml:5:27 error[unprintable-character]"]
    _write(FOLDER / "organization.yaml", own.replace("[en, es]", "[en]"))
    assert _told() == []


@pytest.mark.usefixtures("_own")
def test_large_print_needs_its_room_too() -> None:
    """A bar code that stands well in a line of letters may be too wide in the narrow one."""
    bars = (
        "insert:\n  - blocks:\n      - {id: bars, type: barcode, alt: Bars, value: "
        f'"{{{{ record.code }}}}{"-A" * 33}"}}\n'
    )
    wide = "page: {margins: {left: 0.25in, right: 0.25in}}\naudience: clinicians\n"
    _write(LAYOUT, f"{HEAD}{wide}{bars}")
    plain = Project.open(".", organization="own")
    plain.render("45378", ["patient-handout"])
    assert _told() == [f"{LAYOUT}:7:9 error[barcode-too-wide]"]


@pytest.mark.usefixtures("_own")
def test_the_patients_block_needs_its_room_too() -> None:
    change = (
        "change:\n  prepared-for: {across: 5}\n"
        "page: {size: a5, margins: {left: 1.9in, right: 1.9in}}\n"
    )
    _write(LAYOUT, HEAD + change)
    assert any("error[no-room]" in told for told in _told())


@pytest.mark.usefixtures("_own")
def test_a_value_that_some_records_lack_is_no_fault_of_a_layout() -> None:
    change = (
        "insert:\n  - blocks:\n      - {id: a, type: text, "
        'text: "{{ record.provenance.reviewed_on }} {{ record.further_sections | length }}"}\n'
    )
    _write(LAYOUT, HEAD + change)
    assert _told() == []
    assert invoke_docgen("layouts", "check", cwd=Path.cwd()).returncode == 0


@pytest.mark.usefixtures("_own")
def test_a_value_that_the_organization_lacks_is_one() -> None:
    change = "insert:\n  - blocks: [{id: a, type: text, text: '{{ organization.address }}'}]\n"
    _write(LAYOUT, HEAD + change)
    assert _told() == [f"{LAYOUT}:4:44 error[empty-value]"]
