"""A pipe, a device or a folder in the place of any file: a sentence, at once, and the rest goes on.

A pipe that nobody writes to would be waited for without end, and a device gives bytes for ever.
"""

import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from docgen.opening import FileTooLargeError, NotAFileError, open_file, read_whole
from docgen.printers import server
from docs.catalogs import compiled
from tests.commands import DOCGEN, ROOT, environment, invoke_docgen
from tests.indexed import code_table
from tests.made_workbooks import saved
from tests.runs import visits, write_worklist
from tests.saved_pages import saved_page

MOST_SECONDS = 30
OWN = "layouts/organizations/own"
ORGANIZATION = """\
name: Our Clinic
language: en
logo: {file: logo.png, alt: Our Clinic}
fonts:
  Own: {regular: own.ttf, bold: own.ttf}
theme: {fonts: {text: Own}}
"""
PLANS = "payer,title,codes\nSample Plan,Knees,27447\n"
SHEETS = ("--organization", "own", "--layout", "patient-handout")


@contextmanager
def promptly() -> Iterator[None]:
    """Fails a test that waits for somebody."""

    def late(*_: object) -> None:
        raise TimeoutError("it waits")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(MOST_SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def pipe(path: Path) -> None:
    os.mkfifo(path)


def endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def folder(path: Path) -> None:
    path.mkdir()


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    """A project that has a file of each kind."""
    for name in ("77299.yaml", "77299.es.yaml", "45378.yaml"):
        _copy(ROOT / "data/records" / name, tmp_path / "data/records" / name)
    _copy(
        ROOT / "data/policies/sample-health-plan-colon.yaml", tmp_path / "data/policies/plan.yaml"
    )
    code_table(tmp_path / "data", {"A0010": "Made-up ride", "A0020": "Made-up meal"})
    for name in ("patient-handout.yaml", "themes/base.yaml"):
        _copy(ROOT / "layouts" / name, tmp_path / "layouts" / name)
    own = tmp_path / OWN
    _copy(ROOT / "layouts/organizations/campo-claro/logo.png", own / "logo.png")
    fonts = ROOT / "docgen/fonts/faces/atkinson-hyperlegible-next"
    _copy(fonts / "AtkinsonHyperlegibleNext-Regular.ttf", own / "own.ttf")
    texts = {
        f"{OWN}/organization.yaml": ORGANIZATION,
        f"{OWN}/clinician-summary.yaml": "extends: clinician-summary\n",
        f"{OWN}/records/77299.yaml": 'extends: "77299"\ncode_system: cpt\nchange: {title: Ours}\n',
        f"{OWN}/glossary.yaml": "language: en\nterms: [{term: biopsy, plain: a small piece}]\n",
        "docgen.yaml": "samples: yes\n",
        "data/glossary.yaml": "language: en\nterms: [{term: biopsy, plain: a small piece}]\n",
        "codes.txt": "77299\n",
        "plans.csv": PLANS,
        "page.txt": saved_page(),
        "list.csv": "code,code_system,title\nS-1,local,A\n",
        "import-map.yaml": "language: en\n",
        "codes.csv": "file,code,code_system\npage.txt,29870,cpt\n",
        "map.yaml": "language: en\n",
        "password": "correct horse battery\n",
    }
    for name, text in texts.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (tmp_path / "list.xlsx").write_bytes(saved())
    (tmp_path / "layouts/locale").mkdir()
    (tmp_path / "layouts/locale/es.mo").write_bytes(compiled("es", {"In short": "En breve"}))
    write_worklist(tmp_path / "day.csv", visits(2))
    return tmp_path


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, target)


@pytest.mark.parametrize("put", [pipe, endless, folder])
@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("data/records/77299.yaml", "render 77299"),
        ("data/records/77299.yaml", "records check"),
        ("data/records/77299.yaml", "records list"),
        ("data/records/77299.yaml", "search radiation"),
        ("data/records/77299.es.yaml", "render 77299 --language es"),
        ("data/records/77299.es.yaml", "records check"),
        ("data/tables/sample.tsv", "records list"),
        ("data/tables/sample.tsv", "records check"),
        ("data/tables/sample.tsv", "search ride"),
        ("data/tables/sample.tsv", "records show A0010"),
        ("data/policies/plan.yaml", "policies list"),
        ("data/policies/plan.yaml", "render 45378 --layout clinician-summary"),
        ("data/glossary.yaml", "records check --readability"),
        ("docgen.yaml", "render 77299"),
        ("layouts/patient-handout.yaml", "layouts check"),
        ("layouts/patient-handout.yaml", "render 77299"),
        ("layouts/themes/base.yaml", "render 77299"),
        ("layouts/locale/es.mo", "render 77299 --language es"),
        (f"{OWN}/organization.yaml", "render 77299 --organization own"),
        (f"{OWN}/organization.yaml", "organizations list"),
        (f"{OWN}/logo.png", "render 77299 --organization own"),
        (f"{OWN}/own.ttf", "render 77299 --organization own"),
        (f"{OWN}/clinician-summary.yaml", "organizations check own"),
        (f"{OWN}/records/77299.yaml", "render 77299 --organization own"),
        (f"{OWN}/glossary.yaml", "records check --readability --organization own"),
        ("password", "render 77299 --password-file password --layout patient-handout"),
        ("day.csv", "batch day.csv --workers 1"),
        ("map.yaml", "batch day.csv --map map.yaml --workers 1"),
        ("worklist-map.yaml", "batch day.csv --workers 1"),
        ("codes.txt", "batch --codes-from codes.txt --workers 1"),
        ("page.txt", "records import page.txt --code 29870"),
        ("list.csv", "records import list.csv"),
        ("list.xlsx", "records import list.xlsx"),
        ("import-map.yaml", "records import list.csv --map import-map.yaml"),
        ("codes.csv", "records import page.txt --codes codes.csv"),
        ("data/records/S1.yaml", "records import list.csv"),
        ("plans.csv", "policies import plans.csv"),
        ("data/policies/sample-plan-knees.yaml", "policies import plans.csv"),
        ("sheet.pdf", "validate sheet.pdf"),
        ("password", "validate sheet.pdf --password-file password"),
        ("sheet.pdf", "print sheet.pdf --dry-run --printer none --server localhost:1"),
    ],
)
def test_what_is_no_file_is_refused_at_once(
    clinic: Path, name: str, command: str, put: Callable[[Path], None]
) -> None:
    target = clinic / name
    target.unlink(missing_ok=True)
    put(target)
    with promptly():
        done = invoke_docgen(*command.split(), cwd=clinic)
    told = done.stderr.decode()
    assert "Traceback" not in told
    if done.returncode == 0:
        # A folder of a record's name is walked, and a map that is a folder is none.
        assert put is folder
    else:
        # Without one of two layouts, the sheet of the other is made.
        assert done.returncode == (3 if done.stdout.endswith(b".pdf\n") else 1)
        assert "error[" in told


@pytest.mark.parametrize("put", [pipe, endless, folder])
@pytest.mark.parametrize("name", ["journal.sqlite", "lock", "summary.json", "DOCUMENT", "PRINT"])
def test_what_is_no_file_in_a_run_is_no_hindrance_or_refused(
    clinic: Path, name: str, put: Callable[[Path], None]
) -> None:
    batch = ("batch", "day.csv", "--workers", "1", "--print-file", "-o", "run")
    assert invoke_docgen(*batch, cwd=clinic).returncode == 0
    run = clinic / "run"
    named = {
        "DOCUMENT": next(iter(sorted(run.glob("documents/**/*.pdf")))),
        "PRINT": run / "print/patients.pdf",
    }
    target = named.get(name, run / name)
    target.unlink()
    put(target)
    for command in (
        "batch status run",
        "batch assemble run",
        "batch reprint run --rows 1-2",
        "print run --dry-run --printer none --server localhost:1",
        "batch --resume run",
    ):
        with promptly():
            done = invoke_docgen(*command.split(), cwd=clinic)
        assert "Traceback" not in done.stderr.decode()
        assert done.returncode in (0, 1)


@pytest.mark.parametrize("put", [pipe, endless, folder])
def test_what_is_no_file_in_the_cache_is_done_without(
    clinic: Path, monkeypatch: pytest.MonkeyPatch, put: Callable[[Path], None]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(clinic / "cache"))
    assert invoke_docgen("search", "radiation", cwd=clinic).returncode == 0
    (index,) = (clinic / "cache").glob("*/codes-*.sqlite")
    for path in (index, index.with_suffix(".lock")):
        path.unlink(missing_ok=True)
        put(path)
    with promptly():
        done = invoke_docgen("search", "radiation", cwd=clinic)
    assert (done.returncode, b"77299" in done.stdout) == (0, True)


def test_settings_of_cups_that_are_a_pipe_are_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "client.conf"
    monkeypatch.setattr(server, "_SETTINGS", (settings,))
    monkeypatch.delenv("CUPS_SERVER", raising=False)
    pipe(settings)
    with promptly():
        assert server.print_server().host == "localhost"
    settings.unlink()
    settings.write_text("ServerName printers.example\n")
    assert server.print_server().host == "printers.example"


def test_what_the_shell_hands_over_is_read(clinic: Path) -> None:
    """``<(command)`` is a pipe that somebody writes to."""
    command = f"{' '.join(DOCGEN)} validate /dev/stdin --password-file <(sleep 1; cat password)"
    made = invoke_docgen("render", "77299", *SHEETS, "--password-file", "password", cwd=clinic)
    assert made.returncode == 0, made.stderr
    (sheet,) = (clinic / "output").glob("*.pdf")
    done = subprocess.run(
        ["bash", "-c", f"cat {sheet} | {command}"],
        cwd=clinic,
        env=environment(),
        capture_output=True,
        timeout=MOST_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert b"conforms to PDF/UA-1" in done.stdout


def test_a_file_is_looked_at_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"12345")
    assert read_whole(path, 5) == b"12345"
    with pytest.raises(FileTooLargeError, match="it is larger than"):
        read_whole(path, 4)
    with path.open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(FileTooLargeError):
        read_whole(path, 1_000_000)
    with pytest.raises(IsADirectoryError):
        open_file(tmp_path)
    with pytest.raises(FileNotFoundError):
        open_file(tmp_path / "none")
    for place, word in (("/dev/null", "a device"), (tmp_path / "pipe", "a pipe")):
        if not Path(place).exists():
            pipe(Path(place))
        with pytest.raises(NotAFileError, match=f"it is {word}, not a file"):
            open_file(place)


def test_a_pipe_behind_a_link_is_one(tmp_path: Path) -> None:
    pipe(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("pipe")
    with promptly(), pytest.raises(NotAFileError):
        open_file(tmp_path / "link")
