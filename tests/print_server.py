"""A CUPS server and an IPP printer of our own on loopback, each in a folder of its own.

cupsd runs without privileges; a test that runs as root starts it as the user ``lp``. The printer is
CUPS's ``ippeveprinter``, which needs a D-Bus to start although nothing is announced on it.
"""

import grp
import os
import shutil
import signal
import socket
import stat
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.programs import needs, program

_PRINTED = "printed"
_BEHAVIOUR = "behaviour"
_SECONDS = 10.0
_TRIES = 5

_FILES = """\
ServerRoot {root}
ServerBin /usr/lib/cups
DataDir /usr/share/cups
CacheDir {root}/cache
StateDir {root}/state
RequestRoot {root}/spool
AccessLog {root}/log/access
ErrorLog {root}/log/error
PageLog {root}/log/page
SystemGroup {group}
"""
_SETTINGS = """\
Listen 127.0.0.1:{port}
Browsing Off
WebInterface No
PreserveJobHistory Yes
PreserveJobFiles No
ErrorPolicy abort-job
DirtyCleanInterval 0
<Location />
  Allow localhost
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""
_BUS = """\
<busconfig><type>system</type><listen>unix:path={path}</listen>
<policy context="default">
<allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/><allow user="*"/>
</policy>
</busconfig>
"""
# The printer runs it for each job. What it is to do stands in a file, so that tests can change it.
_COMMAND = """\
#!/bin/sh
. {folder}/behaviour
"""
PRINTS = 'env > {folder}/asked; cp "$1" {folder}/printed/'


needs_cups = needs("cupsd", "ippeveprinter", "dbus-daemon", "lpadmin")


class PrintShop:
    """One printer, and a CUPS server with a queue for it named ``front-desk``."""

    QUEUE = "front-desk"

    def __init__(self, folder: Path, document_format: str = "application/pdf") -> None:
        self.folder = folder
        self._format = document_format
        self.port = free_port()
        self._printer_port = free_port()
        self._running: list[subprocess.Popen[bytes]] = []
        self._cups: subprocess.Popen[bytes] | None = None
        (folder / _PRINTED).mkdir()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def printer_address(self) -> str:
        """Of the printer itself, which is an IPP server too; its certificate nobody has signed."""
        return f"ipps://localhost:{self._printer_port}"

    @property
    def printed(self) -> list[Path]:
        """What came out of the printer, oldest first."""
        return sorted((self.folder / _PRINTED).iterdir(), key=lambda one: one.stat().st_mtime_ns)

    @property
    def asked(self) -> dict[str, str]:
        """The attributes of the last job as the printer tells them to its driver, IPP_COPIES …"""
        lines = (self.folder / "asked").read_text().splitlines()
        return dict(line.split("=", 1) for line in lines if line.startswith("IPP_"))

    def behaves(self, script: str = PRINTS) -> None:
        """What the printer does with each job: a shell script; the job's file is ``$1``."""
        (self.folder / _BEHAVIOUR).write_text(script.format(folder=self.folder) + "\n")

    def open(self) -> None:
        """Starts everything and adds the queue."""
        self.behaves()
        self._start_printer()
        self._write_settings()
        self.start_cups()
        self.lpadmin("-v", f"ipp://localhost:{self._printer_port}/ipp/print", "-m", "everywhere")

    def hands_over(self) -> None:
        """Has the server take a job for done once the printer has it: a second less to wait."""
        self.lpadmin("-v", f"ipp://localhost:{self._printer_port}/ipp/print?waitjob=false")

    def loses_its_printer(self) -> None:
        """Has the queue lead to a printer that is not there."""
        self.lpadmin("-v", "ipp://localhost:9/ipp/print?contimeout=1")

    def lpadmin(self, *arguments: str) -> None:
        """Sets the queue up."""
        command = [program("lpadmin"), "-h", self.address, "-p", self.QUEUE, "-E", *arguments]
        described = ["-D", "Sheets", "-L", "Front desk"]
        subprocess.run([*command, *described], check=True, timeout=30, capture_output=True)

    def run(self, command: str, *arguments: str) -> str:
        """Runs one of CUPS's own commands against the server and gives what it prints."""
        asked = subprocess.run(
            [program(command), "-h", self.address, *arguments],
            check=True,
            timeout=30,
            capture_output=True,
            text=True,
            env={**os.environ, "LC_ALL": "C"},
        )
        return asked.stdout

    def _write_settings(self) -> None:
        root = self.folder / "cups"
        for name in ("", "cache", "state", "spool", "log"):
            (root / name).mkdir(exist_ok=True)
        group = "lp" if os.getuid() == 0 else grp.getgrgid(os.getgid()).gr_name
        (root / "cups-files.conf").write_text(_FILES.format(root=root, group=group))
        (root / "cupsd.conf").write_text(_SETTINGS.format(port=self.port))
        if os.getuid() == 0:
            for path in (root, *root.rglob("*")):
                shutil.chown(path, "lp", "lp")

    def start_cups(self) -> None:
        """Starts the server, with what it remembers."""
        root = self.folder / "cups"
        as_whom = {"user": "lp", "group": "lp", "extra_groups": []} if os.getuid() == 0 else {}
        self._cups = subprocess.Popen(
            [program("cupsd"), "-f", "-c", root / "cupsd.conf", "-s", root / "cups-files.conf"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            **as_whom,  # type: ignore[call-overload]
        )
        await_that(lambda: _answers(socket.AF_INET, ("127.0.0.1", self.port)))

    def kill_cups(self) -> None:
        """Ends the server as a power cut does, along with its filters."""
        if self._cups:
            os.killpg(self._cups.pid, signal.SIGKILL)
            self._cups.wait()
            self._cups = None

    def forget_jobs(self) -> None:
        """Takes away what the server would remember of jobs; it must not run."""
        for path in (self.folder / "cups" / "spool").glob("[cd]0*"):
            path.unlink()
        (self.folder / "cups" / "cache" / "job.cache").unlink(missing_ok=True)

    def close(self) -> None:
        self.kill_cups()
        for one in reversed(self._running):
            one.kill()
            one.wait()

    def _start_printer(self) -> None:
        bus, settings = self.folder / "bus", self.folder / "bus.conf"
        settings.write_text(_BUS.format(path=bus))
        self._start("dbus-daemon", f"--config-file={settings}", "--nofork", "--nopidfile")
        await_that(lambda: _answers(socket.AF_UNIX, str(bus)))
        command = self.folder / "command"
        command.write_text(_COMMAND.format(folder=self.folder))
        command.chmod(stat.S_IRWXU)
        (self.folder / "printer-spool").mkdir()
        # Another program may take the port first.
        for _ in range(_TRIES):
            self._printer_port = free_port()
            printer = self._start(
                "ippeveprinter",
                "-2",
                *("-r", "off"),
                *("-n", "localhost"),
                *("-p", str(self._printer_port)),
                *("-d", str(self.folder / "printer-spool")),
                *("-f", self._format),
                *("-c", str(command)),
                "Sheets",
                DBUS_SYSTEM_BUS_ADDRESS=f"unix:path={bus}",
            )
            if self._has_started(printer):
                return
        raise AssertionError("ippeveprinter does not start")

    def _has_started(self, printer: "subprocess.Popen[bytes]") -> bool:
        address = ("127.0.0.1", self._printer_port)
        await_that(lambda: printer.poll() is not None or _answers(socket.AF_INET, address))
        return printer.poll() is None

    def _start(self, *command: str, **settings: str) -> "subprocess.Popen[bytes]":
        started = subprocess.Popen(
            [program(command[0]), *command[1:]],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **settings},
        )
        self._running.append(started)
        return started


@contextmanager
def print_shop(document_format: str = "application/pdf") -> Iterator[PrintShop]:
    """A printer and its server, as long as they are needed.

    The printer takes documents of one format, into which the server turns all others. Their folder
    lies outside of pytest's own, which the server's user could not enter.
    """
    with tempfile.TemporaryDirectory(prefix="docgen-print-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        shop = PrintShop(folder, document_format)
        try:
            shop.open()
            yield shop
        finally:
            shop.close()


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def _answers(family: int, address: str | tuple[str, int]) -> bool:
    with socket.socket(family) as one:
        return one.connect_ex(address) == 0


def await_that(happened: Callable[[], bool]) -> None:
    """Waits until something has happened, for some seconds."""
    end = time.monotonic() + _SECONDS
    while not happened():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)
