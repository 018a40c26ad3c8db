"""Policies of health plans: read, found by code, and joined to records."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docgen.code_systems import CODE_SYSTEMS, CPT, HCPCS, LOCAL
from docgen.diagnostics import DocgenError, Findings
from docgen.document import Code
from docgen.policies import PolicyLibrary, read_policy
from docgen.policies.library import mentions
from docgen.project import Project, RenderOptions
from docgen.records import ProcedureRecord
from tests.commands import ROOT, invoke_docgen
from tests.pdf_text import page_texts

KNEES = """\
payer: Sample Plan
number: SP-1
title: Knees
url: https://example.org/knees
effective: 2026-01-01
review_due: 2026-10-01
expires: 2026-12-31
codes:
  cpt: ["27440-27447", "0054T"]
  hcpcs: [G0121]
  local: [RAD-12]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    made = tmp_path / "data/policies"
    made.mkdir(parents=True)
    return made


def numbers(library: PolicyLibrary, system: str, code: str) -> list[str]:
    found = library.covering(CODE_SYSTEMS[system], code)
    return [str(one.policy.number) for one in found]


def test_policies_are_found_by_the_codes_that_they_cover(folder: Path) -> None:
    (folder / "knees.yaml").write_text(KNEES)
    library = PolicyLibrary([folder])
    for system, code in [("cpt", "27447"), ("cpt", "0054T"), ("hcpcs", "G0121")]:
        assert numbers(library, system, code) == ["SP-1"]
    assert numbers(library, "local", "rad12") == ["SP-1"]
    for system, code in [("cpt", "27448"), ("hcpcs", "G0122"), ("local", "27447")]:
        assert numbers(library, system, code) == []


def test_only_files_that_may_be_about_a_code_are_parsed(folder: Path) -> None:
    (folder / "knees.yaml").write_text(KNEES)
    (folder / "broken.yaml").write_text('payer: [\ncodes: {cpt: ["10000-19999"]}\n')
    library = PolicyLibrary([folder])
    assert numbers(library, "cpt", "27447") == ["SP-1"]
    with pytest.raises(DocgenError, match=r"data/policies/broken\.yaml:1:8"):
        library.covering(CPT, "15000")
    assert [told.span.path for told in library.check() if told.span] == [
        "data/policies/broken.yaml"
    ]


@pytest.mark.parametrize(
    "text",
    [
        'cpt: ["27440-\\\n    27447"]',
        'cpt: ["\\x32\\x37447"]',
        "cpt:\n    - 27430\n    - 27440\n    - 27440 - 27450",
        "cpt: [27440 –\n    27450]",
        "cpt: [27300, 27440-27450]",
    ],
)
def test_no_way_to_write_a_code_is_passed_over(text: str, folder: Path) -> None:
    (folder / "a.yaml").write_text(f"payer: A\ntitle: B\ncodes:\n  {text}\n")
    assert len(PolicyLibrary([folder]).covering(CPT, "27447")) == 1


CODES = st.from_regex("[0-9]{5}", fullmatch=True)
SPANS = st.tuples(CODES, CODES).map(lambda ends: "-".join(sorted(ends)))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(texts=st.lists(CODES | SPANS, min_size=1, max_size=6), code=CODES, block=st.booleans())
def test_what_covers_a_code_mentions_it(
    texts: list[str], code: str, block: bool, tmp_path: Path
) -> None:
    items = "".join(f"\n    - {text}" for text in texts) if block else f" [{', '.join(texts)}]"
    path = tmp_path / "a.yaml"
    path.write_text(f"payer: A\ntitle: B\ncodes:\n  cpt:{items}\n")
    if read_policy(path).covers(CPT, code):
        assert mentions(path).may_cover(CPT, code)


def test_a_folder_that_cannot_be_read_is_told(folder: Path) -> None:
    folder.rmdir()
    assert PolicyLibrary([folder]).covering(CPT, "27447") == ()
    folder.touch()
    with pytest.raises(DocgenError, match=r"data/policies: error\[unreadable-folder\]"):
        PolicyLibrary([folder]).covering(CPT, "27447")


def test_files_of_earlier_folders_hide_those_of_their_name(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (folder / "knees.yaml").write_text(KNEES)
    (own / "knees.yaml").write_text(KNEES.replace("27440-27447", "27400").replace("SP-1", "SP-2"))
    library = PolicyLibrary([own, folder])
    assert numbers(library, "cpt", "27447") == []
    assert numbers(library, "cpt", "27400") == ["SP-2"]


def test_policies_come_by_health_plan_and_none_twice(folder: Path) -> None:
    (folder / "a.yaml").write_text(KNEES.replace("SP-1", "SP-2"))
    (folder / "b.yaml").write_text(KNEES.replace("Sample Plan", "Another Plan"))
    (folder / "c.yaml").write_text(KNEES)
    (folder / "d.yaml").write_text(KNEES.replace("SP-1", "sp-1"))
    library = PolicyLibrary([folder])
    found = library.covering(HCPCS, "G0121")
    assert [(str(one.policy.payer), str(one.policy.number)) for one in found] == [
        ("Another Plan", "SP-1"),
        ("Sample Plan", "SP-2"),
        ("Sample Plan", "SP-1"),
    ]
    (told,) = library.check()
    assert str(told) == (
        "data/policies/d.yaml:1:1: error[duplicate-policy]: this policy of Sample Plan has a file "
        "already: data/policies/c.yaml\n  hint: keep one of the two files"
    )


def test_mistakes_are_told_at_their_places(folder: Path) -> None:
    (folder / "a.yaml").write_text(
        "payer: A\n"
        "titel: B\n"
        "url: ftp://example.org\n"
        "effective: 2026-02-30\n"
        "codes:\n"
        '  cpt: ["77261-G0121", 7726]\n'
        "  icd10: [0SR90J9]\n"
        "  local: [A-B]\n"
    )
    findings = Findings()
    PolicyLibrary([folder]).list(findings)
    assert [
        (told.span.line, told.span.column, told.rule) for told in findings.diagnostics if told.span
    ] == [
        (1, 1, "missing-field"),
        (2, 1, "unknown-field"),
        (4, 12, "not-a-date"),
        (7, 3, "unknown-field"),
    ]
    (folder / "a.yaml").write_text(
        "payer: A\ntitle: B\nurl: ftp://example.org\nexpires: 2026-01-01\neffective: 2026-02-01\n"
        'codes:\n  cpt: ["77261-G0121", 7726]\n'
    )
    (folder / "b.yaml").write_text("payer: A\ntitle: C\ncodes: {}\n")
    findings = Findings()
    PolicyLibrary([folder]).list(findings)
    assert [
        (told.span.line, told.span.column, told.rule) for told in findings.diagnostics if told.span
    ] == [
        (1, 1, "bad-policy-date"),
        (3, 6, "bad-link"),
        (7, 9, "bad-code"),
        (7, 24, "bad-code"),
        (3, 8, "missing-field"),
    ]


def test_policies_stand_after_those_of_the_record(folder: Path) -> None:
    (folder / "knees.yaml").write_text(KNEES)
    (folder / "own.yaml").write_text(
        KNEES.replace("Sample Plan", "sample health  PLAN").replace("SP-1", "shp-ort-033")
    )
    record = Project.open().record("27447")
    joined = PolicyLibrary([folder]).joined(record)
    assert [str(policy.number) for policy in joined.policies] == [
        "SHP-ORT-033",
        "EMI-3110",
        "SP-1",
    ]
    assert joined.policies[:2] == record.policies
    other = Project.open().record("77299")
    assert PolicyLibrary([folder]).joined(other) is other


@pytest.mark.parametrize(
    ("day", "expired", "overdue"),
    [
        (None, False, False),
        (date(2026, 10, 1), False, False),
        (date(2026, 10, 2), False, True),
        (date(2026, 12, 31), False, True),
        (date(2027, 1, 1), True, True),
    ],
)
def test_a_policy_is_expired_after_its_last_day(
    day: date | None, expired: bool, overdue: bool, folder: Path
) -> None:
    (folder / "knees.yaml").write_text(KNEES)
    policy = read_policy(folder / "knees.yaml").policy.on(day)
    assert (policy.is_expired, policy.is_overdue) == (expired, overdue)


@pytest.mark.parametrize(
    ("language", "day", "said"),
    [
        (None, None, "Until 2026-12-31"),
        (None, date(2026, 11, 1), "Review was due 2026-10-01"),
        (None, date(2027, 1, 1), "Expired 2026-12-31"),
        ("es", date(2027, 1, 1), "Venció el 2026-12-31"),
    ],
)
def test_the_summary_says_how_it_stands_with_a_policy(
    language: str | None, day: date | None, said: str, folder: Path
) -> None:
    (folder / "a.yaml").write_text(KNEES.replace("27440-27447", "77261-77299"))
    created = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None
    options = RenderOptions(created=created, language=language)
    (sheet,) = Project.open().render("77299", ["clinician-summary"], options=options)
    text = " ".join(" ".join(page_texts(sheet.data)).split())
    assert "Knees SP-1 2026-01-01 " + said + " https://example.org/knees" in text


def test_a_layout_can_print_a_qr_code_of_each_address(folder: Path, tmp_path: Path) -> None:
    (folder / "a.yaml").write_text(KNEES.replace("27440-27447", "77261-77299"))
    (folder / "b.yaml").write_text('payer: A\ntitle: B\ncodes: {cpt: ["77299"]}\n')
    layouts = tmp_path / "layouts"
    layouts.mkdir()
    (layouts / "own.yaml").write_text(
        "id: own\nextends: clinician-summary\ninsert:\n  - after: policies\n    blocks:\n"
        "      - {id: codes, type: qr-code, for_each: policy in record.policies, "
        'when: policy.url, value: "{{ policy.url }}", alt: "QR code of {{ policy.url }}", '
        'caption: "{{ policy.payer }}"}\n'
    )
    project = Project.open()
    document = project.compose(project.record("77299"), "own")
    codes = [block for block in document.blocks if isinstance(block, Code)]
    assert [code.payload for code in codes] == [
        "https://example.org/policies/shp-rad-014",
        "https://example.org/policies/emi-2207",
        "https://example.org/knees",
    ]


def test_sample_policies_join_sample_records_only(folder: Path) -> None:
    sample = ROOT / "data/records/45378.yaml"
    of_docgen = Project.open()
    assert "SHP-GAS-020" in joined_numbers(of_docgen, of_docgen.record("45378"))
    (folder.parent / "records").mkdir()
    (folder.parent / "records/45378.yaml").write_text(sample.read_text("utf-8"), "utf-8")
    (folder / "knees.yaml").write_text(KNEES.replace("27440-27447", "45300-45399"))
    own = Project.open()
    joined = joined_numbers(own, own.record("45378"))
    assert "SHP-GAS-020" not in joined
    assert "SP-1" in joined


def joined_numbers(project: Project, record: ProcedureRecord) -> list[str]:
    return [str(policy.number) for policy in project.policies.joined(record).policies]


def test_a_handout_does_not_depend_on_policies(folder: Path) -> None:
    (before,) = Project.open().render("77299", ["patient-handout"])
    (folder / "a.yaml").write_text(KNEES.replace("27440-27447", "77261-77299"))
    (folder / "b.yaml").write_text("codes: 77299")
    (after,) = Project.open().render("77299", ["patient-handout"])
    assert after.data == before.data
    with pytest.raises(DocgenError, match=r"data/policies/b\.yaml:1:1"):
        Project.open().render("77299", ["clinician-summary"])


def test_the_command_line_lists_shows_and_checks(folder: Path, tmp_path: Path) -> None:
    (folder / "knees.yaml").write_text(KNEES)
    listed = invoke_docgen("policies", "list", cwd=tmp_path)
    line = b"Sample Plan  SP-1  Knees  27440-27447, 0054T, G0121, RAD-12  until 2026-12-31\n"
    assert (listed.returncode, line in listed.stdout) == (0, True)
    shown = invoke_docgen("policies", "show", "27444", "--date", "2027-02-01", cwd=tmp_path)
    assert shown.stdout.endswith(b"RAD-12  expired 2026-12-31\n")
    uncovered = invoke_docgen("policies", "show", "27499", cwd=tmp_path)
    said = b"warning[no-policy]: no policy covers the code '27499'\n"
    assert uncovered == (0, b"", said)
    asked = invoke_docgen("policies", "show", "RAD12", "--code-system", LOCAL.id, cwd=tmp_path)
    assert asked.stdout == line
    checked = invoke_docgen("policies", "check", "--date", "2026-11-01", cwd=tmp_path)
    assert checked[:2] == (0, b"2 policies are right\n")
    assert b"warning[overdue-policy]: Sample Plan was to review" in checked.stderr
    (folder / "knees.yaml").write_text(KNEES.replace("G0121", "G01"))
    assert invoke_docgen("policies", "check", cwd=tmp_path).returncode == 1
