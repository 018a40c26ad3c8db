"""Sample records: no patient gets one unasked, and whoever prints one is told each time."""

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.commands import ROOT, run_docgen
from tests.pdf_text import page_texts
from tests.runs import assert_adds_up, contents, manifest, rejected, summary
from tests.sample_records import RECORDS, but_for_reviews

WORKLIST = (
    "patient_name,codes,language\n"
    "Mina Sample,45378,\n"
    "Noor Sample,local:EXAMPLE-1,\n"
    "Otto Sample,local:EXAMPLE-1; 77299,\n"
    "Pia Sample,45378,es\n"
)
BATCH = ("batch", "day.csv", "--organization", "my-clinic", "--workers", "1", "-o", "run")
RULE = "sample-record"


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    """A fresh project, as ``docgen init`` makes it, with a day's worklist."""
    assert run_docgen("init", ".", cwd=tmp_path).returncode == 0
    (tmp_path / "day.csv").write_text(WORKLIST)
    return tmp_path


def say(clinic: Path, text: str) -> None:
    (clinic / "docgen.yaml").write_text(text)


def rules(told: bytes) -> list[str]:
    return re.findall(r"(?:error|warning)\[(.+?)\]", but_for_reviews(told))


@pytest.mark.parametrize("said", ["as init writes it", "samples: no\n", None])
def test_no_packet_is_made_of_a_sample_unasked(clinic: Path, said: str | None) -> None:
    if said is None:
        (clinic / "docgen.yaml").unlink()
    elif said.startswith("samples"):
        say(clinic, said)
    run = run_docgen(*BATCH, cwd=clinic)
    assert run.returncode == 3
    assert_adds_up(clinic / "run")
    assert rules(run.stderr) == [RULE] * 3
    made = [line for line in manifest(clinic / "run") if line["state"] == "done"]
    assert {(line["row"], line["code"], line["sample"]) for line in made} == {
        (3, "EXAMPLE-1", False)
    }
    assert summary(clinic / "run")["rejected_by_rule"] == {RULE: 3}
    assert summary(clinic / "run")["documents_of_samples"] == {}
    rows = rejected(clinic / "run")
    assert [row["patient_name"] for row in rows] == ["Mina Sample", "Otto Sample", "Pia Sample"]
    assert rows[0]["docgen_reason"] == (
        "day.csv:2:13: the record of CPT 45378 is a sample that comes with docgen, and no patient "
        "gets one (write a record of your own, data/records/45378.yaml, and have it reviewed; to "
        "try docgen out with samples, write 'samples: yes' into docgen.yaml)"
    )


def test_the_remedy_is_one(clinic: Path) -> None:
    """A row that was rejected is made once the clinic has a record of its own."""
    run_docgen(*BATCH, cwd=clinic)
    for path in RECORDS:
        shutil.copy(path, clinic / "data/records")
    for path in (ROOT / "data/records").glob("45378.es.yaml"):
        shutil.copy(path, clinic / "data/records")
    shutil.copy(clinic / "run/rejected.csv", clinic / "day.csv")
    shutil.rmtree(clinic / "run")
    run = run_docgen(*BATCH, cwd=clinic)
    assert (run.returncode, rules(run.stderr)) == (0, [])
    assert not any(line["sample"] for line in manifest(clinic / "run"))


def test_samples_that_were_asked_for_are_told_of(clinic: Path) -> None:
    say(clinic, "samples: yes\n")
    run = run_docgen(*BATCH, cwd=clinic)
    assert run.returncode == 0
    assert_adds_up(clinic / "run")
    told = run.stderr.decode()
    assert rules(run.stderr) == [RULE] * 2, "each record once"
    assert (
        f"{ROOT}/data/records/45378.yaml:2:1: warning[{RULE}]: the record of CPT 45378 is a sample "
        "that comes with docgen: no clinician of yours has reviewed it\n"
    ) in told
    assert told.endswith(
        "for trying out only: 6 documents made of sample records that come with docgen and nobody "
        "has reviewed: cpt:45378, cpt:77299\n"
    )
    assert summary(clinic / "run")["documents_of_samples"] == {"cpt:45378": 4, "cpt:77299": 2}
    samples = {line["code"] for line in manifest(clinic / "run") if line["sample"]}
    assert samples == {"45378", "77299"}
    again = run_docgen(*BATCH[:-1], "second", cwd=clinic)
    assert rules(again.stderr) == [RULE] * 2, "and told anew in every run"


@pytest.mark.parametrize("began", [True, False])
def test_a_run_goes_on_as_it_began(clinic: Path, began: bool) -> None:
    """Whatever the project's file says by then."""
    say(clinic, f"samples: {'yes' if began else 'no'}\n")
    first = run_docgen(*BATCH, "--format", "json", cwd=clinic)
    before = contents(clinic / "run")
    say(clinic, f"samples: {'no' if began else 'yes'}\n")
    documents = sorted((clinic / "run").glob("documents/*/*.pdf"))
    for path in documents:
        path.unlink()
    again = run_docgen("batch", "--resume", "run", "--format", "json", cwd=clinic)
    assert (again.returncode, again.stdout) == (first.returncode, first.stdout)
    assert contents(clinic / "run") == before


def test_a_handout_of_a_sample_is_one_whatever_record_shares_it(clinic: Path) -> None:
    text = (clinic / "data/records/EXAMPLE-1.yaml").read_text("utf-8")
    shared = "same_handout_as: {code: '45378', code_system: cpt}\n"
    (clinic / "data/records/X-2.yaml").write_text(
        text.replace("code: EXAMPLE-1", f"code: X-2\n{shared}".rstrip(), 1)
    )
    (clinic / "day.csv").write_text("patient_name,codes\nMina Sample,local:X-2\n")
    run = run_docgen(*BATCH, cwd=clinic)
    assert (run.returncode, rules(run.stderr)) == (1, [RULE])
    assert "the record of CPT 45378 is a sample" in run.stderr.decode()
    run = run_docgen(*BATCH[:-1], "second", "--layout", "clinician-summary", cwd=clinic)
    assert (run.returncode, rules(run.stderr)) == (0, [])


def test_a_sample_that_an_organization_changes_is_one(clinic: Path) -> None:
    path = clinic / "layouts/organizations/my-clinic/records/45378.yaml"
    path.parent.mkdir()
    path.write_text("extends: 45378\ncode_system: cpt\nchange: {title: As we do it}\n")
    run = run_docgen(*BATCH, cwd=clinic)
    assert rules(run.stderr) == [RULE] * 3
    say(clinic, "samples: yes\n")
    run_docgen(*BATCH[:-1], "second", cwd=clinic)
    line = next(line for line in manifest(clinic / "second") if line["audience"] == "patients")
    assert (line["sample"], line["record_files"]) == (
        True,
        [
            "docgen:data/records/45378.yaml",
            "layouts/organizations/my-clinic/records/45378.yaml",
        ],
    )


def test_a_library_has_samples_and_says_which(clinic: Path) -> None:
    """Its sheets are for no patient."""
    for options in (("--all-codes",), ("--codes-from", "codes.txt")):
        (clinic / "codes.txt").write_text("local:EXAMPLE-1\n77299\n")
        command = ("batch", *options, "--layout", "patient-handout", "--workers", "1")
        run = run_docgen(*command, "-o", options[0].strip("-"), cwd=clinic)
        assert run.returncode == 0
        assert set(rules(run.stderr)) == {RULE}
        count = 1 if options[0] == "--codes-from" else len(RECORDS)
        assert len(rules(run.stderr)) == count
        assert f"for trying out only: {count} document" in run.stderr.decode()


def test_render_says_which_record_is_a_sample(clinic: Path) -> None:
    run = run_docgen("render", "77299", "EXAMPLE-1", "--format", "json", cwd=clinic)
    assert run.returncode == 0
    all_told = [json.loads(line) for line in run.stderr.splitlines()]
    (told,) = [one for one in all_told if one["rule"] != "not-reviewed"]
    assert (told["severity"], told["rule"]) == ("warning", RULE)
    assert told["path"] == f"{ROOT}/data/records/77299.yaml"
    lines = [json.loads(line) for line in run.stdout.splitlines()]
    assert [(line["code"], line["sample"]) for line in lines] == [
        ("77299", True),
        ("77299", True),
        ("EXAMPLE-1", False),
        ("EXAMPLE-1", False),
    ]
    say(clinic, "samples: yes\n")
    assert rules(run_docgen("render", "77299", cwd=clinic).stderr) == [RULE]


def test_a_link_to_a_sample_is_a_sample(clinic: Path) -> None:
    (clinic / "data/records/77299.yaml").symlink_to(ROOT / "data/records/77299.yaml")
    assert rules(run_docgen("render", "77299", cwd=clinic).stderr) == [RULE]
    shutil.copy(ROOT / "data/records/77299.yaml", clinic / "copy")
    (clinic / "copy").replace(clinic / "data/records/77299.yaml")
    assert rules(run_docgen("render", "77299", cwd=clinic).stderr) == []


def test_the_demo_in_the_checkout_is_as_it_was(tmp_path: Path) -> None:
    """There, the samples are the project's own records."""
    run = run_docgen("render", "77299", "--organization", "sample", "-o", str(tmp_path), cwd=ROOT)
    assert (run.returncode, rules(run.stderr)) == (0, [])
    day = ("batch", "data/worklists/clinic-day.csv", "--organization", "sample", "--workers", "1")
    run = run_docgen(*day, "-o", str(tmp_path / "run"), cwd=ROOT)
    assert (run.returncode, rules(run.stderr)) == (0, [])
    assert summary(tmp_path / "run")["documents_of_samples"] == {}
    (line, *_) = manifest(tmp_path / "run")
    assert line["record_files"][0].startswith("data/records/")


def test_the_files_of_a_sheet_are_told(clinic: Path, tmp_path: Path) -> None:
    """Its record, the translation and the changes that it took, and the policies that it shows."""
    records = clinic / "data/records"
    for name in ("77299.yaml", "77299.es.yaml", "45378.yaml"):
        shutil.copy(ROOT / "data/records" / name, records)
    change = clinic / "layouts/organizations/my-clinic/records/77299.yaml"
    change.parent.mkdir()
    change.write_text("extends: 77299\ncode_system: cpt\nremove: [alternatives]\n")
    policy = "payer: Sample Plan\ntitle: Colon\ncodes: {cpt: ['45378']}\n"
    (clinic / "data/policies/colon.yaml").write_text(policy)
    own, changed = "data/records/77299.yaml", str(change.relative_to(clinic))
    options = ("--organization", "my-clinic", "--format", "json")
    spanish = ("--language", "es", "--layout", "patient-handout")
    run = run_docgen("render", "77299", *options, *spanish, cwd=clinic)
    (line,) = map(json.loads, run.stdout.splitlines())
    assert line == {
        "path": "output/cpt-77299-patient-handout-es.pdf",
        "code_system": "cpt",
        "code": "77299",
        "layout": "patient-handout",
        "pages": len(page_texts((clinic / line["path"]).read_bytes())),
        "record_files": [own, "data/records/77299.es.yaml", changed],
        "sample": False,
    }
    (clinic / "day.csv").write_text(
        "patient_name,codes,language\nMina Sample,77299,es\nNoor Sample,45378,\n"
    )
    assert run_docgen(*BATCH, cwd=clinic).returncode == 0
    found = {
        (line["code"], line["audience"]): line["record_files"] for line in manifest(clinic / "run")
    }
    assert found == {
        ("77299", "patients"): [own, "data/records/77299.es.yaml", changed],
        ("77299", "clinicians"): [own, changed],
        ("45378", "patients"): ["data/records/45378.yaml"],
        ("45378", "clinicians"): ["data/records/45378.yaml", "data/policies/colon.yaml"],
    }
    table = (clinic / "run/manifest.csv").read_text("utf-8-sig")
    assert f"{own}; data/records/77299.es.yaml; {changed},false," in table


@pytest.mark.parametrize("named", ["../share", "whole"])
def test_files_outside_of_the_project_are_named_as_their_folder_was(
    tmp_path: Path, named: str
) -> None:
    share, project = tmp_path / "share", tmp_path / "project"
    (share / "records").mkdir(parents=True)
    shutil.copy(ROOT / "data/records/45378.yaml", share / "records")
    project.mkdir()
    (project / "day.csv").write_text("patient_name,codes\nMina Sample,45378\n")
    data = str(share) if named == "whole" else named
    run = run_docgen("batch", "day.csv", "--workers", "1", "-o", "run", "--data", data, cwd=project)
    assert run.returncode == 0
    before = contents(project / "run")
    files = {tuple(line["record_files"]) for line in manifest(project / "run")}
    assert files == {(f"{data}/records/45378.yaml",)}
    # From elsewhere, they are called the same.
    next((project / "run").glob("documents/*/*.pdf")).unlink()
    assert run_docgen("batch", "--resume", "project/run", cwd=tmp_path).returncode == 0
    assert contents(project / "run") == before
