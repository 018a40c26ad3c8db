"""docgen works where Python has not what it has on POSIX systems alone, as on Windows.

``tests/bare_machine/sitecustomize.py`` says what is taken away there, and what is not.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.commands import DOCGEN, ROOT, environment, run_docgen
from tests.print_server import needs_cups, print_shop
from tests.runs import contents, visits, wait_for_documents, write_worklist
from tests.sample_records import take_over_samples

BARE = ROOT / "tests" / "bare_machine"
SETTINGS = {
    "PYTHONPATH": os.pathsep.join((str(BARE), str(ROOT))),
    "PYTHONWARNDEFAULTENCODING": "1",
    "PYTHONTZPATH": "",
}
SAMPLE = ("--organization", "sample")


def docgen(folder: Path, *arguments: str, code: int = 0) -> str:
    """What a command says on a bare machine, results first."""
    ended = run_docgen(*arguments, cwd=folder, stdin=b"", **SETTINGS)
    told = ended.stderr.decode()
    assert "Traceback" not in told, told
    assert ended.returncode == code, told
    return ended.stdout.decode() + told


def python(script: str, *arguments: str) -> str:
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.run(
        command, env=environment(**SETTINGS), capture_output=True, text=True, check=True
    ).stdout


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which a run was made on a bare machine, and one on this, of the same day."""
    folder = tmp_path_factory.mktemp("bare")
    take_over_samples(folder)
    write_worklist(folder / "day.csv", visits(12))
    asked = ("day.csv", *SAMPLE, "--workers", "2", "--print-file", "--output")
    docgen(folder, "batch", *asked, "bare")
    here = run_docgen("batch", *asked, "here", cwd=folder)
    assert here.returncode == 0, here.stderr
    return folder


def test_the_machine_is_bare() -> None:
    script = """
import os, signal, socket
for module in ("fcntl", "pwd", "grp", "resource", "termios"):
    try:
        __import__(module)
    except ModuleNotFoundError:
        continue
    print(module)
for owner, name in ((os, "getuid"), (os, "fork"), (os, "O_NOFOLLOW"), (os, "memfd_create"),
                    (signal, "SIGHUP"), (socket, "AF_UNIX")):
    if hasattr(owner, name):
        print(name)
for path in ("/usr", "."):
    try:
        os.open(path, os.O_RDONLY)
    except PermissionError:
        continue
    print(path)
"""
    assert python(script) == ""


def test_an_open_file_keeps_its_name_there(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    script = """
import os, sys
from pathlib import Path
folder = Path(sys.argv[1])
with (folder / "a").open("rb"):
    try:
        (folder / "a").unlink()
    except PermissionError as error:
        print(error.winerror)
"""
    assert python(script, str(tmp_path)) == "32\n"


@pytest.mark.parametrize("command", ["", "batch", "print", "search", "records", "preview"])
def test_help(tmp_path: Path, command: str) -> None:
    assert docgen(tmp_path, *command.split(), "--help").startswith("Usage: docgen")


def test_a_project_of_ones_own(tmp_path: Path) -> None:
    assert "made clinic/docgen.yaml" in docgen(tmp_path, "init", "clinic")
    told = docgen(tmp_path / "clinic", "render", "EXAMPLE-1", "--organization", "my-clinic")
    assert "local-example-1-patient-handout.pdf" in told


def test_sheets_are_the_same_as_elsewhere(tmp_path: Path) -> None:
    docgen(tmp_path, "render", "77299", *SAMPLE, "--output", "bare")
    run_docgen("render", "77299", *SAMPLE, "--output", "here", cwd=tmp_path)
    bare, here = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
        for name in ("bare", "here")
    )
    assert len(bare) == 2
    assert bare == here


def test_searching(tmp_path: Path) -> None:
    for _ in range(2):  # the second finds the index of the first
        assert "hcpcs,G0121," in docgen(tmp_path, "search", "colonoscpy")


def test_importing_leaves_only_records_behind(tmp_path: Path) -> None:
    imports = ROOT / "data" / "imports"
    asked = (str(imports / "procedures.csv"), "--map", str(imports / "import-map.yaml"))
    for said in ("2 new", "2 unchanged"):
        assert said in docgen(tmp_path, "records", "import", *asked, "--output", "mine")
    assert all(path.suffix == ".yaml" for path in (tmp_path / "mine").iterdir())


def test_of_two_imports_at_once_one_has_the_lock(tmp_path: Path) -> None:
    script = """
import sys
from pathlib import Path
from docgen.locking import lock_folder
folder = Path(sys.argv[1])
first, second = lock_folder(folder), lock_folder(folder)
print(first is not None, second is not None)
first.close()
print(lock_folder(folder) is not None)
"""
    assert python(script, str(tmp_path)) == "True False\nTrue\n"


def test_a_run_is_the_same_as_elsewhere(clinic: Path) -> None:
    bare, here = (contents(clinic / name) for name in ("bare", "here"))
    assert len(bare) > 24
    assert {k: v for k, v in bare.items() if k.endswith(".pdf")} == {
        k: v for k, v in here.items() if k.endswith(".pdf")
    }
    assert sorted(path.name for path in (clinic / "bare/documents").iterdir()) == ["000"]
    assert len(list((clinic / "bare" / "print").iterdir())) == 2


def test_a_run_that_was_killed_is_gone_on_with(clinic: Path) -> None:
    command = [*DOCGEN, "batch", "day.csv", *SAMPLE, "--workers", "2", "--output", "killed"]
    with subprocess.Popen(
        command,
        cwd=clinic,
        env=environment(**SETTINGS),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as killed:
        wait_for_documents(clinic / "killed", 1)
        killed.kill()
    assert killed.returncode == -signal.SIGKILL
    docgen(clinic, "batch", "--resume", "killed")
    documents = [contents(clinic / name) for name in ("killed", "here")]
    assert {k: v for k, v in documents[0].items() if k.endswith(".pdf")} == {
        k: v for k, v in documents[1].items() if k.endswith(".pdf")
    }
    assert sorted(path.name for path in (clinic / "killed/documents").iterdir()) == ["000"]


def test_workers_end_with_the_process_that_started_them(tmp_path: Path) -> None:
    script = """
import sys, time
from docgen.batch.make.child import Child
child = Child(None)
print(child._process.pid, flush=True)
time.sleep(60)
"""
    command = [sys.executable, "-c", script]
    with subprocess.Popen(
        command, env=environment(**SETTINGS, TMPDIR=str(tmp_path)), stdout=subprocess.PIPE
    ) as driver:
        assert driver.stdout is not None
        worker = int(driver.stdout.readline())
        assert _is_there(worker)
        driver.kill()
    until = time.monotonic() + 20
    while _is_there(worker):
        assert time.monotonic() < until
        time.sleep(0.05)


def test_a_worker_that_is_left_over_keeps_the_run_closed(tmp_path: Path) -> None:
    """Its folder cannot be taken away while it lives, and so it might still write into the run."""
    script = """
import subprocess, sys
from pathlib import Path
from docgen.batch.make import generations
from docgen.diagnostics import DocgenError
worker = '''
import sys, time
from pathlib import Path
from docgen.batch.make.generations import report_for_work
held = report_for_work(Path(sys.argv[1]))
print("here", flush=True)
time.sleep(60)
'''
generations._PATIENCE = 0.3
documents = Path(sys.argv[1])
generations.Generation(documents, 1).__enter__()
command = [sys.executable, "-c", worker, str(documents / ".generation-1")]
with subprocess.Popen(command, stdout=subprocess.PIPE) as left_over:
    left_over.stdout.readline()
    try:
        generations.end_earlier(documents)
    except DocgenError as error:
        print(str(error).replace(str(left_over.pid), "N"))
    left_over.kill()
print(generations.end_earlier(documents), list(documents.iterdir()))
"""
    assert python(script, str(tmp_path)) == (
        "error[orphaned-workers]: a worker of an earlier docgen is still there, process N: it "
        "might still write into this run\n  hint: end them if they do not end by themselves\n"
        "() []\n"
    )


def _is_there(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_a_document_that_is_open_elsewhere_costs_the_run_a_sentence(clinic: Path) -> None:
    """A reader of PDFs keeps its file open; Windows then lets nobody put another in its place."""
    shown = next((clinic / "bare" / "print").glob("patients*.pdf"))
    before = shown.read_bytes()
    with shown.open("rb"):
        told = docgen(clinic, "batch", "assemble", "bare", "--sort", "clinic", code=1)
    assert f"cannot write {shown.name!r}" in told
    assert "another program has it open" in told
    assert shown.read_bytes() == before
    docgen(clinic, "batch", "assemble", "bare", "--sort", "clinic")
    assert not list((clinic / "bare").rglob("*.part"))


def test_a_time_zone_is_known_without_the_systems() -> None:
    script = """
from docgen.worklist.values.time_zones import TimeZone
print(TimeZone.parse("America/Chicago").clock)
"""
    assert python(script) == "America/Chicago\n"


def test_a_socket_of_the_machine_is_refused(clinic: Path) -> None:
    asked = ("print", "bare", "--printer", "desk", "--dry-run")
    told = docgen(clinic, *asked, "--server", "/run/cups/cups.sock", code=1)
    assert "error[no-local-sockets]: this system has no sockets" in told
    assert "ipp://HOST/ipp/print" in told


def test_print_servers_are_asked_by_their_network_address(clinic: Path) -> None:
    told = docgen(clinic, "print", "bare", "--printer", "desk", "--dry-run", code=1)
    assert "error[server-unreachable]: the print server localhost:631 does not answer" in told


@needs_cups
def test_a_network_printer_is_reached_by_its_address(clinic: Path) -> None:
    with print_shop() as shop:
        address = shop.printer_address.replace("ipps:", "ipp:") + "/ipp/print"
        asked = ("print", "bare", "--printer", address, "--audience", "patients")
        told = docgen(clinic, *asked, "--dry-run")
        assert f"Printer {address} " in told
        assert "warning[sent-unencrypted]" not in told, "it is this machine's"
        assert shop.printed == []
        docgen(clinic, *asked, "--yes")
        (printed,) = shop.printed
        assert printed.read_bytes() == (clinic / "bare" / "print" / "patients.pdf").read_bytes()
    twice = docgen(clinic, *asked, "--yes", code=1)
    assert "error[sent-before]" in twice


@needs_cups
def test_a_printer_that_takes_no_pdf_is_refused(clinic: Path) -> None:
    with print_shop("image/pwg-raster") as shop:
        address = shop.printer_address.replace("ipps:", "ipp:") + "/ipp/print"
        asked = ("print", "bare", "--printer", address, "--twice", "--dry-run")
        told = docgen(clinic, *asked, code=1)
    assert f"error[printer-cannot]: the printer '{address}' prints no PDF files by itself" in told


def test_an_address_is_its_own_server(clinic: Path) -> None:
    asked = ("print", "bare", "--printer", "ipp://printer.example/ipp/print", "--server", "other")
    assert "give no --server" in docgen(clinic, *asked, code=2)
