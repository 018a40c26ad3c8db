"""``docgen search``, as people and programs call it."""

import json
import os
import pty
import subprocess
from pathlib import Path

from tests.commands import DOCGEN, environment, invoke_docgen, run_docgen
from tests.indexed import record, write


def test_elsewhere_than_at_a_terminal_it_is_csv(tmp_path: Path) -> None:
    run = run_docgen("search", "radiation", "planning", "--limit", "1", cwd=tmp_path)
    assert (run.returncode, run.stderr) == (0, b"")
    heading, row = run.stdout.decode().splitlines()
    assert heading == (
        "code_system,code,title,specialty,match,found_in,snippet,language,path,begins,ends"
    )
    assert row.startswith('cpt,77299,"Radiation treatment planning, special case",')


def test_json_tells_where_the_words_stand(tmp_path: Path) -> None:
    run = invoke_docgen("search", "colonoscpy", "--format", "json", cwd=tmp_path)
    first = json.loads(run.stdout.splitlines()[0])
    ((start, end),) = first["found"]
    assert (first["match"], first["snippet"][start:end]) == ("spelling", "colonoscopy")
    told = json.loads(run.stderr)
    assert (told["severity"], told["rule"]) == ("warning", "unknown-word")


def test_a_table_shows_the_section_and_no_marks_where_none_are_wanted(tmp_path: Path) -> None:
    run = invoke_docgen("search", "antibiotics", "--format", "table", cwd=tmp_path, NO_COLOR="1")
    lines = run.stdout.decode().splitlines()
    assert lines[0].split() == ["System", "Code", "Title"]
    assert lines[1].startswith("ICD-10-PCS  0DTJ4ZZ  Removal of the appendix")
    assert ": " in lines[2]
    assert "\x1b" not in run.stdout.decode()


def test_what_was_found_is_bold_at_a_terminal(tmp_path: Path) -> None:
    shown = _at_a_terminal(tmp_path, "search", "keyhole")
    assert "by \x1b[1mkeyhole\x1b[0m surgery" in shown
    assert "\x1b" not in _at_a_terminal(tmp_path, "search", "keyhole", NO_COLOR="1")


def _at_a_terminal(folder: Path, *arguments: str, **settings: str) -> str:
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [*DOCGEN, *arguments], cwd=folder, stdout=theirs, env=environment(**settings), check=True,
        timeout=60,
    )  # fmt: skip
    os.close(theirs)
    shown = os.read(ours, 100_000).decode()
    os.close(ours)
    assert done.returncode == 0
    return shown


def test_nothing_found_is_said_with_what_is_near(tmp_path: Path) -> None:
    run = invoke_docgen("search", "54378", cwd=tmp_path)
    assert (run.returncode, run.stdout) == (1, b"")
    assert run.stderr.decode() == (
        "error[nothing-found]: nothing was found for '54378'\n  hint: known codes like it: 45378\n"
    )
    run = invoke_docgen("search", "qqqqq", "--code-system", "cpt", cwd=tmp_path)
    assert run.stderr.decode().endswith(
        "hint: use fewer or other words, or search without --code-system and --specialty\n"
    )
    assert invoke_docgen("search", "qqqqq", cwd=tmp_path).stderr.endswith(b"or other words\n")


def test_a_search_for_signs_alone_is_told_what_to_name(tmp_path: Path) -> None:
    run = invoke_docgen("search", "*", cwd=tmp_path)
    assert (run.returncode, run.stdout) == (1, b"")
    assert run.stderr.decode() == (
        "error[no-words]: there is no letter and no digit to look for in '*'\n"
        "  hint: name a code, the beginning of one, or words\n"
    )


def test_a_record_of_the_project_is_found_once_it_is_saved(tmp_path: Path) -> None:
    path = tmp_path / "data" / "records" / "RAD-1.yaml"
    write(path, record("RAD-1", "Zebra scan"), age=0)
    assert b"RAD-1" in invoke_docgen("search", "zebra", cwd=tmp_path).stdout
    path.write_text(record("RAD-1", "Okapi scan"))
    assert invoke_docgen("search", "zebra", cwd=tmp_path).returncode == 1
    assert b"data/records/RAD-1.yaml" in invoke_docgen("search", "okapi", cwd=tmp_path).stdout


def test_an_unknown_system_is_refused(tmp_path: Path) -> None:
    run = invoke_docgen("search", "knee", "--code-system", "cptt", cwd=tmp_path)
    assert run.returncode == 1
    assert "error[unknown-code-system]" in run.stderr.decode()
