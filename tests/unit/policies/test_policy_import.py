"""Policies imported from tables: what becomes a file, and what is left alone."""

import os
import time
from fcntl import LOCK_EX, flock
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docgen.diagnostics import DocgenError, Findings
from docgen.policies import read_policy
from docgen.policies.table import read_policies
from docgen.policies.writing import policy_text
from tests.commands import Ended, invoke_docgen

PLANS = """\
Payer,Number,Title,URL,Effective,Review due,Expires,Codes
Sample Plan,SP-1,"Knees: ""all"" of it",https://example.org/1,2026-01-01,,2026-06-30,\
"27447, 27440 - 27446; G0121"
Other Plan,,Planning,,,,,77261-77299
Other Plan,,Planning,,,,,cpt:77301 local:RAD-12
"""
KNEES = """\
payer: Sample Plan
number: SP-1
title: "Knees: \\"all\\" of it"
url: "https://example.org/1"
effective: 2026-01-01
expires: 2026-06-30
codes:
  cpt:
    - "27447"
    - "27440-27446"
  hcpcs:
    - G0121
"""
PLANNING = """\
payer: Other Plan
title: Planning
codes:
  cpt:
    - "77261-77299"
    - "77301"
  local:
    - RAD-12
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plans.csv").write_text(PLANS)
    return tmp_path


def imported(place: Path, *options: str, text: str | None = None) -> Ended:
    if text is not None:
        (place / "plans.csv").write_text(text)
    return invoke_docgen("policies", "import", "plans.csv", *options, cwd=place)


def files(place: Path) -> dict[str, str]:
    found = sorted((place / "data/policies").iterdir())
    return {path.name: path.read_text() for path in found}


def test_a_table_becomes_a_file_for_each_policy(place: Path) -> None:
    done = imported(place)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, b"2 new")
    made = files(place)
    assert list(made) == ["other-plan-planning.yaml", "sample-plan-sp-1.yaml"]
    head, _, body = made["sample-plan-sp-1.yaml"].partition("\n")
    assert head.startswith("# Imported from plans.csv. SHA-256 of what follows: ")
    assert body == KNEES
    assert made["other-plan-planning.yaml"].endswith(PLANNING)
    assert invoke_docgen("policies", "check", cwd=place).returncode == 0


def test_what_is_as_it_was_stays_byte_for_byte(place: Path) -> None:
    imported(place)
    made = files(place)
    (place / "plans.csv").rename(place / "again.csv")
    done = invoke_docgen("policies", "import", "again.csv", cwd=place)
    assert (done.returncode, done.stdout) == (0, b"2 unchanged\n")
    assert files(place) == made


def test_a_change_is_shown_and_made_when_asked_for(place: Path) -> None:
    imported(place)
    made = files(place)
    changed = PLANS.replace("2026-06-30", "2027-06-30")
    shown = imported(place, text=changed)
    assert (shown.returncode, files(place)) == (1, made)
    assert b"-expires: 2026-06-30\n+expires: 2027-06-30\n" in shown.stdout
    assert b"error[changed-policy]: 1 policy is changed; nothing was written" in shown.stderr
    assert imported(place, "--dry-run").returncode == 0
    assert files(place) == made
    assert imported(place, "--update").stdout.endswith(b"1 changed, 1 unchanged\n")
    assert "expires: 2027-06-30" in files(place)["sample-plan-sp-1.yaml"]
    assert imported(place).stdout == b"2 unchanged\n"


def test_what_was_edited_by_hand_is_not_lost(place: Path) -> None:
    imported(place)
    path = place / "data/policies/sample-plan-sp-1.yaml"
    edited = path.read_text().replace("SP-1", "SP-1a").replace("2026-01-01", "2026-02-02")
    path.write_text(edited)
    assert imported(place).stdout == b"2 unchanged\n"
    changed = PLANS.replace("2026-06-30", "2027-06-30")
    refused = imported(place, "--update", text=changed)
    assert (refused.returncode, path.read_text()) == (1, edited)
    assert b"error[edited-policy]: 1 policy is edited by hand" in refused.stderr
    assert imported(place, "--force").returncode == 0
    made = files(place)
    assert made["sample-plan-sp-1.yaml.bak-1"] == edited
    assert made["sample-plan-sp-1.yaml"].endswith(KNEES.replace("2026-06-30", "2027-06-30"))
    assert len(made) == 3


def test_a_file_of_another_name_is_the_same_policy(place: Path) -> None:
    (place / "data/policies").mkdir(parents=True)
    own = place / "data/policies/mine.yaml"
    own.write_text(KNEES.replace("27447", "27448"))
    assert imported(place).returncode == 1
    assert list(files(place)) == ["mine.yaml"]
    assert imported(place, "--force").returncode == 0
    assert set(files(place)) == {"mine.yaml", "mine.yaml.bak-1", "other-plan-planning.yaml"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("payer,title\nA,B\n", ["1:1 missing-column"]),
        ("payer,title,codes,codes\nA,B,77299,\n", ["1:19 duplicate-column"]),
        ("payer,title,codes\nA,,77299\n", ["2:1 missing-field"]),
        ("payer,title,codes\nA,B,\n", ["2:1 missing-field"]),
        ("payer,title,codes\nA,B,7729\n", ["2:5 bad-code"]),
        ("payer,title,codes\nA,B,77299-77261\n", ["2:5 bad-code"]),
        ("payer,title,codes\nA,B,C,77299\n", ["2:1 wrong-cell-count"]),
        ("payer,title,codes\nA,B,77299\nA,B\x00,77299\n", ["3:4 unprintable-character"]),
        ("payer,title,url,codes\nA,B,x,77299\n", ["2:5 bad-link"]),
        ("payer,title,expires,codes\nA,B,1/2/26,77299\n", ["2:5 not-a-date"]),
        (
            "payer,title,url,codes\nA,B,https://a.example,77299\nA,B,,77261\n",
            ["3:1 duplicate-policy"],
        ),
        ('payer,title,codes\nA,"B" b,77299\n', ["2:3 text-after-quote"]),
        ('payer,"title" x,codes\nA,B,77299\n', ["1:7 text-after-quote"]),
        ('payer;"title" x;codes\nA;B;77299\n', ["1:7 text-after-quote"]),
        ('"payer,title,codes\nA,B,77299\n', ["1:1 unclosed-quote"]),
        (
            'payer,title,codes\nA,"B,77299\nC,D,77261\n\nE,F,77261\n',
            ["2:3 unclosed-quote", "3:1 after-wrong-quote"],
        ),
        ('payer,title,codes\nA,"B\nC,D,77261\nE",77299\n', ["2:3 row-in-quotes"]),
        ('payer,title,codes\nA,\nB",C,77299\n', ["2:1 wrong-cell-count", "3:2 stray-quote"]),
        ("payer,title,codes\n", ["1:1 empty-file"]),
        ("%PDF-1.7 payer,title,codes\n", ["1:1 not-text"]),
    ],
)
def test_a_table_that_is_wrong_is_refused_as_a_whole(
    text: str, told: list[str], place: Path
) -> None:
    (place / "plans.csv").write_text(text)
    with pytest.raises(DocgenError) as refused:
        read_policies(Path("plans.csv"), Findings())
    found = refused.value.diagnostics
    assert [f"{one.span.line}:{one.span.column} {one.rule}" for one in found if one.span] == told
    assert imported(place).returncode == 1
    assert not (place / "data").exists()


def test_line_breaks_in_quotes_belong_to_their_cells(place: Path) -> None:
    text = 'payer,title,codes\n"Example Health\nWest",Splints,"L3906\nL3908, L3910, L3912"\n'
    done = imported(place, text=text)
    assert (done.returncode, done.stderr) == (0, b"")
    ((name, made),) = files(place).items()
    assert name == "example-health-west-splints.yaml"
    assert "payer: Example Health West\ntitle: Splints\n" in made
    assert all(f"    - {code}\n" in made for code in ("L3906", "L3908", "L3910", "L3912"))


def test_columns_that_nobody_knows_are_told(place: Path) -> None:
    done = imported(place, text="Payer;Titel;Title;Codes\nA;x;B;77299\n")
    assert done.returncode == 0
    assert b"plans.csv:1:7: warning[unread-column]: the column 'Titel' is left out" in done.stderr


CHANGED = PLANS.replace("77301", "77302").replace("2026-06-30", "2027-06-30")


def test_nothing_is_written_where_something_is_in_the_way(place: Path) -> None:
    imported(place)
    (place / f"data/policies/.sample-plan-sp-1.yaml.{os.getpid()}.part").mkdir()
    made = sorted((place / "data/policies").glob("[a-z]*.yaml*"))
    texts = [path.read_text() for path in made]
    done = imported(place, "--update", text=CHANGED)
    assert (done.returncode, b"error[" in done.stderr) == (1, True)
    assert sorted((place / "data/policies").glob("[a-z]*.yaml*")) == made
    assert [path.read_text() for path in made] == texts


def test_what_was_written_before_a_failure_is_put_back(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported(place)
    for path in (place / "data/policies").iterdir():
        path.write_text(path.read_text() + "# mine\n")
    made = files(place)
    replaced: list[Path] = []
    replace = os.replace

    def fail_at_the_second(path: Path, target: Path) -> None:
        if path.suffix == ".part":
            replaced.append(target)
            if len(replaced) > 1:
                raise OSError(28, "No space left on device")
        replace(path, target)

    monkeypatch.setattr(os, "replace", fail_at_the_second)
    done = imported(place, "--force", text=CHANGED)
    assert (done.returncode, len(replaced)) == (1, 2)
    assert b"error[output-full]" in done.stderr
    assert files(place) == made


def test_a_second_import_at_the_same_time_is_refused(place: Path) -> None:
    imported(place)
    made = files(place)
    handle = os.open(place / "data/policies", os.O_RDONLY)
    try:
        flock(handle, LOCK_EX)
        done = imported(place, "--update", text=PLANS.replace("2026-06-30", "2027-06-30"))
    finally:
        os.close(handle)
    assert (done.returncode, files(place)) == (1, made)
    assert b"error[import-under-way]" in done.stderr


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn", "Zl", "Zp"))
    | st.sampled_from("\"\\'/:#&<>{}[],;|-~ "),
    min_size=1,
).filter(lambda text: text.strip() and not {"\ufeff", "\ufffd"} & set(text))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80)
@given(payer=TEXTS, title=TEXTS)
def test_any_text_comes_through(payer: str, title: str, tmp_path: Path) -> None:
    cells = ['"' + text.replace('"', '""') + '"' for text in (payer, title)]
    table = tmp_path / "plans.csv"
    table.write_text(f"payer,title,codes\n{','.join(cells)},77299\n", "utf-8")
    (policy,) = read_policies(table, Findings())
    path = tmp_path / "policy.yaml"
    path.write_text(policy_text(policy), "utf-8")
    read = read_policy(path)
    said = [" ".join(text.split()) for text in (payer, title)]
    assert [str(read.policy.payer), str(read.policy.title)] == said


@pytest.mark.parametrize("heading", ["x", '"x"'])
def test_a_table_of_many_columns_does_not_take_long(place: Path, heading: str) -> None:
    """Each is told at its place, which is found in a row of 100 KB."""
    headings = ",".join([heading] * 25_000)
    row = f"Sample Plan,Knees,27447{',' * 25_000}"
    (place / "plans.csv").write_text(f"payer,title,codes,{headings}\n{row}\n")
    findings = Findings()
    begun = time.process_time()
    assert len(read_policies(place / "plans.csv", findings)) == 1
    assert time.process_time() - begun < 10
    assert len(findings) == 25_000
    last = findings.diagnostics[-1].span
    assert last
    assert last.column == len("payer,title,codes,") + 24_999 * (len(heading) + 1) + 1
