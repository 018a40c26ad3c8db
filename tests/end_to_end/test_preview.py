"""``docgen preview``: what it serves, to whom, and how it ends."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest

from tests.commands import ROOT, environment, run_docgen
from tests.previewing import (
    CODE,
    ORGANIZATION,
    RECORD,
    RunningPreview,
    change,
    make_project,
    preview,
    rendered,
    version,
)
from tests.sample_records import but_for_reviews

SOON = 3.0
"""Seconds within which a save must show. It takes a fraction of one; test machines are busy."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path / "clinic")


@pytest.fixture
def running(project: Path) -> Iterator[RunningPreview]:
    with preview(project) as started:
        yield started


def test_its_sheet_is_the_one_that_render_gives(running: RunningPreview) -> None:
    with running.answer("/sheet.pdf") as answer:
        assert answer.status == 200
        assert answer.getheader("content-type") == "application/pdf"
        assert answer.getheader("content-disposition") == (
            'inline; filename="local-example-1-patient-handout.pdf"'
        )
        assert answer.read() == rendered(running.project)


def test_every_view_is_the_one_that_render_gives(running: RunningPreview) -> None:
    shown = running.sheet("?layout=clinician-summary&large-print=")
    assert shown == rendered(running.project, "clinician-summary", "--large-print")


def test_a_date_of_making_is_that_of_render(project: Path) -> None:
    with preview(project, SOURCE_DATE_EPOCH="1795305600") as running:
        shown = running.sheet()
    assert b"2026-11-22" in shown
    run = run_docgen(
        *("render", "EXAMPLE-1", "--organization", "my-clinic"),
        *("--layout", "patient-handout", "--output", "-"),
        cwd=project,
        SOURCE_DATE_EPOCH="1795305600",
    )
    assert shown == run.stdout


def test_a_language_is_that_of_render(project: Path) -> None:
    with preview(project, "77299", "--language", "es") as running:
        shown = running.sheet()
    arguments = ("render", "77299", "--layout", "patient-handout", "--language", "es")
    run = run_docgen(*arguments, "--output", "-", cwd=project)
    assert (run.returncode, run.stdout) == (0, shown)


def test_what_is_not_translated_is_told_or_printed_in_another_language(project: Path) -> None:
    with preview(project, *CODE, "--language", "es") as running:
        state = next(running.states())
        assert "missing-translation" in {found.rule for found in state.findings}
    with preview(project, *CODE, "--language", "es", "--fallback-language", "en") as running:
        assert next(running.states()).is_current


def test_a_save_is_told_with_the_new_sheet(running: RunningPreview) -> None:
    states = running.states()
    before = next(states)
    assert before.is_current
    assert [found.rule for found in before.findings] == ["not-reviewed"]
    assert before.layouts == ["clinician-summary", "patient-handout"]
    change(running.project / RECORD, "title: Example visit", "title: Quite another visit")
    saved = monotonic()
    after = next(state for state in states if state.version != before.version)
    assert monotonic() - saved < SOON
    assert after.version == version(rendered(running.project))
    assert running.sheet() == rendered(running.project)


def test_a_mistake_is_told_and_the_last_good_sheet_stays(running: RunningPreview) -> None:
    states = running.states()
    before = next(states)
    good = running.sheet()
    record = running.project / RECORD
    lines = record.read_text("utf-8").splitlines()
    change(record, "title: ", "titel: ")
    after = next(state for state in states if not state.is_current)
    assert (after.version, after.page_count) == (before.version, before.page_count)
    misspelled = next(found for found in after.findings if found.rule == "unknown-field")
    line = next(number for number, text in enumerate(lines, 1) if text.startswith("title: "))
    assert misspelled.place == f"{RECORD}:{line}:1"
    assert misspelled.hint == "did you mean 'title'?"
    assert running.sheet() == good
    change(record, "titel: ", "title: ")
    mended = next(state for state in states if state.is_current)
    assert (mended.version, mended.findings) == (before.version, before.findings)


def test_a_file_that_is_half_saved_is_an_error_until_it_is_whole(running: RunningPreview) -> None:
    states = running.states()
    before = next(states)
    organization = running.project / ORGANIZATION
    whole = organization.read_bytes()
    organization.write_bytes(b'name: "Half')
    broken = next(state for state in states if not state.is_current)
    assert broken.findings[0].place.startswith(f"{ORGANIZATION}:1:")
    organization.write_bytes(whole)
    mended = next(state for state in states if state.is_current)
    assert mended.findings == before.findings


def test_a_folder_that_is_made_or_put_back_later_counts(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    with preview(empty, "EXAMPLE-1") as running:
        states = running.states()
        unknown = next(states)
        assert [found.rule for found in unknown.findings] == ["unknown-code"]
        assert running.status("/sheet.pdf") == 404
        run_docgen("init", ".", cwd=empty)
        found = next(state for state in states if state.is_current)
        (empty / "data").rename(empty / "aside")
        next(state for state in states if not state.is_current)
        (empty / "aside").rename(empty / "data")
        assert next(state for state in states if state.is_current).version == found.version
        change(empty / RECORD, "title: Example visit", "title: Quite another visit")
        # One rename may be told twice, the second time as nothing new.
        next(state for state in states if state.version != found.version)


FONTS = """
fonts:
  House Sans: {regular: fonts/one.ttf, bold: fonts/two.ttf}
theme:
  fonts: {text: House Sans}
"""


def test_fonts_of_its_own_are_those_that_the_files_name_now(project: Path) -> None:
    faces = ROOT / "docgen/fonts/faces/noto-sans"
    fonts = (project / ORGANIZATION).parent / "fonts"
    fonts.mkdir()
    for name, style in (("one", "Regular"), ("two", "Bold"), ("three", "Italic")):
        shutil.copy(faces / f"NotoSans-{style}.ttf", fonts / f"{name}.ttf")
    organization = project / ORGANIZATION
    plain = organization.read_text("utf-8")
    with preview(project) as running:
        states = running.states()
        before = next(states)
        organization.write_text(plain + FONTS)
        own = next(state for state in states if state.version != before.version)
        assert own.version == version(rendered(project))
        change(organization, "fonts/one.ttf", "fonts/three.ttf")
        other = next(state for state in states if state.version != own.version)
        assert other.version == version(rendered(project))
        shutil.copy(fonts / "one.ttf", fonts / "three.ttf")
        assert next(state for state in states if state.version != other.version).is_current
        change(organization, "  House Sans: ", "  Home Sans: ")
        gone = next(state for state in states if not state.is_current)
        assert any("'House Sans'" in found.message for found in gone.findings)


def test_files_that_are_linked_count(project: Path, tmp_path: Path) -> None:
    """A clinic that shares its files: an organization by folder, a record by file."""
    shared = tmp_path / "shared"
    shared.mkdir()
    organization = (project / ORGANIZATION).parent
    organization.rename(shared / "organization")
    organization.symlink_to(shared / "organization")
    (project / RECORD).rename(shared / "record.yaml")
    (project / RECORD).symlink_to(shared / "record.yaml")
    (shared / "organization/round").symlink_to(shared)
    (shared / "organization/itself").symlink_to(shared / "organization/itself")
    with preview(project) as running:
        states = running.states()
        first = next(states)
        for file, key in (("organization/organization.yaml", "name: "), ("record.yaml", "title: ")):
            change(shared / file, key, f"{key}New ")
            second = next(state for state in states if state.version != first.version)
            change(shared / file, f"{key}New ", key)
            assert second.is_current
            assert next(state for state in states if state.version == first.version).is_current


def test_the_file_of_the_project_counts(project: Path) -> None:
    file = project / "docgen.yaml"
    with preview(project) as running:
        states = running.states()
        assert next(states).is_current
        change(file, "samples: no", "sampels: no")
        wrong = next(state for state in states if not state.is_current)
        assert [found.rule for found in wrong.findings] == ["unknown-field"]
        change(file, "sampels: no", "samples: no")
        right = next(state for state in states if state.is_current)
        assert [found.rule for found in right.findings] == ["not-reviewed"]
        file.unlink()
        next(states)
        file.write_text("sampels: no\n")
        assert not next(state for state in states if not state.is_current).is_current


def test_a_project_that_is_not_right_yet_is_served_all_the_same(project: Path) -> None:
    with preview(project, "EXAMPLE-1", "--organization", "my-klinic") as running:
        (first,) = next(running.states()).findings
        assert (first.rule, first.hint) == ("missing-organization", "did you mean 'my-clinic'?")


def test_the_first_layout_is_the_first_of_the_organization(project: Path) -> None:
    organization = project / ORGANIZATION
    text = organization.read_text("utf-8")
    with preview(project) as running:
        states = running.states()
        assert next(states).layout == "patient-handout"
        organization.write_text(f"{text}\ndefaults: {{layouts: [clinician-summary]}}\n")
        summary = version(rendered(project, "clinician-summary"))
        shown = next(state for state in states if state.version == summary)
        assert shown.layout == "clinician-summary"


def test_readers_of_different_views_are_told_their_own(running: RunningPreview) -> None:
    summary = next(running.states("?layout=clinician-summary"))
    large = next(running.states("?layout=patient-handout&large-print="))
    assert summary.version == version(rendered(running.project, "clinician-summary"))
    assert large.version == version(rendered(running.project, "patient-handout", "--large-print"))
    assert (summary.large_print, large.large_print) == (False, True)


def test_a_layout_that_is_not_there_is_told(running: RunningPreview) -> None:
    state = next(running.states("?layout=patient-handuot"))
    assert [found.rule for found in state.findings] == ["missing-layout"]
    assert (state.version, state.layouts) == ("", ["clinician-summary", "patient-handout"])


def test_names_that_were_made_to_lead_here_are_turned_away(running: RunningPreview) -> None:
    names = ("attacker.example", "attacker.example:80", "127.0.0.1.attacker.example", "")
    for host in names:
        for path in ("/", "/sheet.pdf", "/events", "/nowhere"):
            with running.answer(path, Host=host) as answer:
                assert (answer.status, answer.read()) == (403, b"Not from there.\n")


def test_this_computer_by_any_of_its_own_names_is_served(running: RunningPreview) -> None:
    for host in ("localhost:8642", "LOCALHOST", "127.0.0.1", "[::1]:8642"):
        assert running.status(Host=host) == 200


def test_what_other_sites_ask_for_is_turned_away(running: RunningPreview) -> None:
    for site in ("cross-site", "same-site"):
        assert running.status("/sheet.pdf", Sec_Fetch_Site=site) == 403
    for site in ("same-origin", "none"):
        assert running.status("/sheet.pdf", Sec_Fetch_Site=site) == 200


def test_answers_are_for_this_page_and_this_moment_only(running: RunningPreview) -> None:
    for path in ("/", "/page.css", "/page.js", "/sheet.pdf", "/events"):
        with running.answer(path, Origin="http://attacker.example") as answer:
            assert answer.status == 200
            assert answer.getheader("cache-control") == "no-store"
            assert answer.getheader("x-content-type-options") == "nosniff"
            assert answer.getheader("cross-origin-resource-policy") == "same-origin"
            assert answer.getheader("access-control-allow-origin") is None
    with running.answer("/") as page:
        policy = page.getheader("content-security-policy", "")
    assert policy.startswith("default-src 'none'; script-src 'self'; ")
    assert "unsafe" not in policy


def test_only_this_computer_can_connect(running: RunningPreview) -> None:
    assert re.fullmatch(r"http://127\.0\.0\.1:[0-9]+/", running.address)


def test_another_host_is_served_with_a_warning(project: Path) -> None:
    with preview(project, "EXAMPLE-1", "--host", "0.0.0.0") as running:
        assert running.status(Host="192.0.2.7:8642") == 200
        assert running.status(Host="attacker.example") == 403
        assert running.interrupt() == (
            0,
            "warning[open-to-all]: other computers can see this preview\n"
            "  hint: leave out --host to keep it on this one\n",
        )


def test_an_address_of_another_computer_is_refused(project: Path) -> None:
    run = run_docgen("preview", "EXAMPLE-1", "--host", "192.0.2.7", cwd=project)
    assert (run.returncode, run.stdout) == (1, b"")
    assert run.stderr.decode() == (
        "error[bad-host]: cannot serve at '192.0.2.7': it is no address of this computer\n"
        "  hint: leave out --host, which is 127.0.0.1 then\n"
    )


def test_a_port_in_use_is_told(project: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        run = run_docgen("preview", "EXAMPLE-1", "--port", str(port), cwd=project)
    assert (run.returncode, run.stdout) == (1, b"")
    assert run.stderr.decode() == (
        f"error[port-in-use]: port {port} is in use already, perhaps by another preview\n"
        "  hint: --port 0 takes a free one\n"
    )


def test_an_interrupt_ends_it_and_leaves_nothing(running: RunningPreview) -> None:
    states = running.states()
    first = next(states)
    running.sheet()
    interrupted = monotonic()
    assert running.interrupt() == (0, "")
    assert monotonic() - interrupted < SOON
    assert {state.version for state in states} <= {first.version}, "the stream has to end"
    with pytest.raises(ProcessLookupError):
        os.killpg(running.process.pid, signal.SIGINT)
    with pytest.raises(ConnectionRefusedError):
        running.status()
    assert list(running.temporary.iterdir()) == []
    assert list(running.project.rglob("*.pdf")) == []


def test_the_browser_is_opened_only_when_asked(project: Path, tmp_path: Path) -> None:
    opened = tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" >> "{opened}"\n')
    browser.chmod(0o755)
    settings = {"BROWSER": f"{browser} %s"}
    with preview(project, **settings) as running:
        assert running.status() == 200
        assert not opened.exists()
    with preview(project, "EXAMPLE-1", "--open", **settings) as running:
        assert running.status() == 200
        until = monotonic() + SOON
        while not opened.exists() and monotonic() < until:
            sleep(0.02)
        assert opened.read_text() == f"{running.address}\n"


def test_without_the_server_it_says_how_to_install_it(project: Path) -> None:
    hide = "import sys; sys.modules['uvicorn'] = None; from docgen.cli import main; main()"
    run = subprocess.run(
        [sys.executable, "-c", hide, "preview", "EXAMPLE-1"],
        cwd=project,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr == (
        "error[preview-missing]: the preview runs on uvicorn, which is not installed\n"
        "  hint: pip install 'docgen-procedures[preview]'\n"
    )


def test_other_commands_load_no_server() -> None:
    program = (
        "import sys; from docgen.cli.program import program\n"
        "program.main(['render', '77299', '--output', '-', '--layout', 'patient-handout'],"
        " standalone_mode=False)\n"
        "print(sorted({'anyio', 'starlette', 'uvicorn', 'watchfiles'} & set(sys.modules)),"
        " file=sys.stderr)"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True, text=False
    )
    assert but_for_reviews(run.stderr) == "[]\n"
