"""Where print servers are, and what is said of those that are none."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from docgen.diagnostics import DocgenError
from docgen.printers import Server, ServerUnreachableError, print_server, printers


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("CUPS_SERVER", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.mark.parametrize(
    ("address", "server", "shown"),
    [
        ("print.example", Server("print.example"), "print.example:631"),
        ("print.example:8631", Server("print.example", 8631), "print.example:8631"),
        ("127.0.0.1:1631/version=1.1", Server("127.0.0.1", 1631), "127.0.0.1:1631"),
        ("[::1]:1631", Server("::1", 1631), "[::1]:1631"),
        (
            "ipps://print.example",
            Server("print.example", encrypted=True),
            "ipps://print.example:631",
        ),
        (
            "/run/cups/cups.sock",
            Server("localhost", socket="/run/cups/cups.sock"),
            "/run/cups/cups.sock",
        ),
    ],
)
def test_a_server_is_named_as_cups_names_it(address: str, server: Server, shown: str) -> None:
    assert print_server(address) == server
    assert str(server) == shown
    assert print_server(shown) == server


def test_the_environment_counts_before_the_settings(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".cups").mkdir()
    (tmp_path / ".cups" / "client.conf").write_text("# mine\nServerName print.example\n")
    assert print_server() == Server("print.example")
    monkeypatch.setenv("CUPS_SERVER", "other.example:1631")
    assert print_server() == Server("other.example", 1631)
    assert print_server("third.example") == Server("third.example")


@pytest.mark.parametrize("address", ["host:port", "host:99999", "user@host", ":631", "ipps://"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(DocgenError, match="no address of a print server"):
        print_server(address)


@pytest.mark.parametrize(
    ("server", "is_exposed"),
    [
        (Server("localhost"), False),
        (Server("127.0.0.1"), False),
        (Server("127.example"), True),
        (Server("::1"), False),
        (Server("localhost", socket="/run/cups/cups.sock"), False),
        (Server("print.example", encrypted=True), False),
        (Server("print.example"), True),
        (Server("localhost.example"), True),
    ],
)
def test_plain_text_on_a_network_is_known(server: Server, is_exposed: bool) -> None:
    assert server.is_exposed == is_exposed


def test_a_server_that_is_down_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        server = Server("127.0.0.1", taken.getsockname()[1])
        with pytest.raises(ServerUnreachableError, match="does not answer: connection refused"):
            printers(server)


def test_a_socket_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(ServerUnreachableError, match="no such file"):
        printers(Server("localhost", socket=str(tmp_path / "cups.sock")))


class _Other(BaseHTTPRequestHandler):
    """Answers as something else than a print server does."""

    status = 200
    kind = "application/ipp"
    body = b""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(self.status)
        self.send_header("Content-Type", self.kind)
        self.send_header("Content-Length", str(len(self.body)))
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, format: str, *args: object) -> None:
        """Is quiet."""


@pytest.fixture
def other() -> Iterator[Server]:
    with HTTPServer(("127.0.0.1", 0), _Other) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield Server("127.0.0.1", server.server_port)
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("status", "body", "rule"),
    [
        (401, b"", "printing-not-allowed"),
        (403, b"", "printing-not-allowed"),
        (426, b"", "server-wants-encryption"),
        (404, b"<html>", "not-a-print-server"),
        (200, b"", "not-a-print-server"),
        (200, b"\x02\x00\x05\x00\x00\x00\x00\x01\x03", "print-server-refused"),
        (200, b"\x02\x00\x04\x06\x00\x00\x00\x01\x03", None),
    ],
)
def test_other_servers_are_told_apart(
    other: Server,
    monkeypatch: pytest.MonkeyPatch,
    status: int,
    body: bytes,
    rule: str | None,
) -> None:
    monkeypatch.setattr(_Other, "status", status)
    monkeypatch.setattr(_Other, "body", body)
    if rule is None:
        assert printers(other) == ()
        return
    with pytest.raises(DocgenError) as refused:
        printers(other)
    assert [one.rule for one in refused.value.diagnostics] == [rule]


def test_a_web_server_is_no_print_server(other: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_Other, "kind", "text/html")
    monkeypatch.setattr(_Other, "body", b"<html>It works</html>")
    with pytest.raises(DocgenError, match="does not speak IPP"):
        printers(other)
