"""Where the print server is, and asking it: IPP over HTTP (RFC 8010, RFC 8011)."""

import os
import socket
import ssl
from collections.abc import Iterator, Sequence
from http.client import (
    HTTPConnection,
    HTTPException,
    HTTPSConnection,
    IncompleteRead,
    RemoteDisconnected,
)
from ipaddress import ip_address
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from msgspec import Struct

from docgen.diagnostics import Diagnostic, DocgenError, quoted, refuse
from docgen.opening import read_whole
from docgen.printers.bounded import BoundedResponse, TooLongError
from docgen.printers.messages import Answer, Attribute, Group, Tag, read_answer, request_head
from docgen.system import reason_of, user_name

IPP_PORT = 631
_LOCAL: int | None = getattr(socket, "AF_UNIX", None)
"""Sockets that have a path. Python has none on Windows."""
_SCHEMES = ("ipp://", "ipps://")
_SOCKETS = (Path("/run/cups/cups.sock"), Path("/var/run/cups/cups.sock"))
_MOST_OF_SETTINGS = 1_000_000
"""Bytes of CUPS's settings that are read: they have a few lines."""
_SETTINGS = (Path("~/.cups/client.conf"), Path("/etc/cups/client.conf"))
_MESSAGE = "application/ipp"
_SECONDS = 30.0
"""How long the server may keep silent."""
_BLOCK = 1 << 18
_UNAUTHORIZED = (401, 403)
_UPGRADE = 426
_OK = 200
_FIRST_ERROR = 0x100


class ServerUnreachableError(DocgenError):
    """The server gave no answer that can be read: whether it did what it was asked is not known."""


class Server(Struct, frozen=True):
    """A print server: a host and a port, or a socket of this machine."""

    host: str
    port: int = IPP_PORT
    socket: str | None = None
    encrypted: bool = False

    def __str__(self) -> str:
        if self.socket:
            return self.socket
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'ipps://' if self.encrypted else ''}{host}:{self.port}"

    @property
    def is_exposed(self) -> bool:
        """Whether what is sent goes over a network as plain text."""
        return not (self.socket or self.encrypted or _is_this_machine(self.host))

    def ask(
        self,
        operation: int,
        about: Sequence[Attribute],
        job: Sequence[Attribute] = (),
        *,
        path: str = "/",
        document: BinaryIO | None = None,
    ) -> Answer:
        """Asks for an operation (RFC 8011) and gives the answer, be it a refusal.

        ``about`` are operation attributes besides charset, language and user, which go along with
        every request. Raises ServerUnreachableError where no answer comes that can be read.
        """
        groups = [(Group.OPERATION, (*_GREETING, *about, _user()))]
        if job:
            groups.append((Group.JOB, tuple(job)))
        try:
            return read_answer(self._exchange(path, request_head(operation, groups), document))
        except ssl.SSLCertVerificationError as error:
            raise refuse(
                "server-not-trusted",
                f"the print server {self} cannot be trusted: {error.verify_message}",
                hint="have its certificate signed by an authority that this machine trusts",
            ) from error
        except (RemoteDisconnected, IncompleteRead) as error:
            raise self._unreachable("the connection ended before its answer did") from error
        except OSError as error:
            raise self._unreachable(reason_of(error)) from error
        except HTTPException as error:
            raise self._not_understood("HTTP") from error
        except TooLongError as error:
            raise self._not_understood("IPP: its answer does not end") from error
        except ValueError as error:
            raise self._not_understood(f"IPP: {error}") from error

    def _exchange(self, path: str, head: bytes, document: BinaryIO | None) -> bytes:
        connection = self._connection()
        try:
            size = os.fstat(document.fileno()).st_size if document else 0
            connection.request(
                "POST",
                path,
                body=_body(head, document),
                headers={
                    "Content-Type": _MESSAGE,
                    "Content-Length": str(len(head) + size),
                },
            )
            with connection.getresponse() as response:
                assert isinstance(response, BoundedResponse)
                if response.status != _OK:
                    raise self._refusal(response.status, response.reason)
                if response.headers.get_content_type() != _MESSAGE:
                    raise ValueError("it answers with something else")
                return response.whole()
        finally:
            connection.close()

    def _connection(self) -> HTTPConnection:
        connection = self._plain_connection()
        connection.response_class = BoundedResponse
        return connection

    def _plain_connection(self) -> HTTPConnection:
        if self.socket:
            return _SocketConnection(self.socket)
        if self.encrypted:
            return HTTPSConnection(self.host, self.port, timeout=_SECONDS)
        return HTTPConnection(self.host, self.port, timeout=_SECONDS)

    def _refusal(self, status: int, reason: str) -> DocgenError:
        if status in _UNAUTHORIZED:
            return refuse(
                "printing-not-allowed",
                f"the print server {self} does not let you do that without a password",
                hint="ask whoever runs it to let this user print, or print the file with lp",
            )
        if status == _UPGRADE:
            return refuse(
                "server-wants-encryption",
                f"the print server {self} takes encrypted connections only",
                hint=f"name it as ipps://{self.host}:{self.port}",
            )
        return refuse(
            "not-a-print-server",
            f"what answers at {self} takes no print jobs: HTTP {status} {quoted(reason)}",
            hint="check --server and CUPS_SERVER; CUPS listens on port 631",
        )

    def _unreachable(self, reason: str) -> ServerUnreachableError:
        hint = "see that CUPS runs (lpstat -r), or name another server with --server"
        message = f"the print server {self} does not answer: {reason}"
        return ServerUnreachableError((Diagnostic("server-unreachable", message, None, hint),))

    def _not_understood(self, what: str) -> ServerUnreachableError:
        hint = "check --server and CUPS_SERVER; CUPS listens on port 631"
        message = f"what answers at {self} does not speak {what}"
        return ServerUnreachableError((Diagnostic("not-a-print-server", message, None, hint),))


def print_server(address: str | None = None) -> Server:
    """The server at an address, or the one that CUPS's own programs would ask.

    An address is ``HOST``, ``HOST:PORT``, ``ipps://HOST`` or the path of a socket. Without one,
    the environment's CUPS_SERVER counts, then ServerName in the client.conf of the user and of
    the machine, then CUPS on this machine.

    Raises DocgenError where the address is none of a print server.
    """
    named = address or os.environ.get("CUPS_SERVER") or _configured()
    if named:
        return _parsed(named)
    local = next(filter(_is_there, _SOCKETS), None) if _LOCAL is not None else None
    return Server("localhost", socket=str(local) if local else None)


def is_printer_address(name: str) -> bool:
    """Whether a printer is named by its own address, such as ``ipp://10.0.0.9/ipp/print``."""
    return name.lower().startswith(_SCHEMES)


def accepted_answer(asked: Answer, doing: str) -> Answer:
    """Gives a server's answer back, or raises what stands in it against ``doing`` something.

    Raises DocgenError with the server's words.
    """
    if asked.status < _FIRST_ERROR:
        return asked
    words = f": {asked.message}" if asked.message else ""
    raise refuse(
        "print-server-refused",
        f"the print server refuses {doing} (IPP status 0x{asked.status:04x}){words}",
        hint="lpstat -t shows what the server makes of its printers",
    )


_GREETING = (
    Attribute("attributes-charset", Tag.CHARSET, ("utf-8",)),
    Attribute("attributes-natural-language", Tag.LANGUAGE, ("en",)),
)


class _SocketConnection(HTTPConnection):
    """HTTP through a socket of this machine."""

    def __init__(self, path: str) -> None:
        super().__init__("localhost", timeout=_SECONDS)
        self._path = path

    def connect(self) -> None:
        assert _LOCAL is not None
        self.sock = socket.socket(_LOCAL, socket.SOCK_STREAM)
        self.sock.settimeout(_SECONDS)
        self.sock.connect(self._path)


def _body(head: bytes, document: BinaryIO | None) -> Iterator[bytes]:
    yield head
    while document and (block := document.read(_BLOCK)):
        yield block


def _user() -> Attribute:
    return Attribute("requesting-user-name", Tag.NAME, (user_name() or "anonymous",))


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _is_there(path: Path) -> bool:
    """Whether a socket can be seen: one that cannot is not to be connected to either."""
    try:
        path.stat()
    except OSError:
        return False
    return True


def _configured() -> str | None:
    for path in _SETTINGS:
        try:
            data = read_whole(path.expanduser(), _MOST_OF_SETTINGS)
        except (OSError, RuntimeError):
            continue  # CUPS's own programs pass over what they may not read as well
        for line in data.decode("utf-8", "replace").splitlines():
            match line.split():
                case [word, value, *_] if word.lower() == "servername":
                    return value
    return None


def _parsed(address: str) -> Server:
    if address.startswith("/"):
        if _LOCAL is None:
            raise refuse(
                "no-local-sockets",
                "this system has no sockets that a print server could be reached by",
                hint="name the server's host with --server, or the printer itself with --printer "
                "ipp://HOST/ipp/print",
            )
        return Server("localhost", socket=address)
    encrypted = address.lower().startswith("ipps://")
    bare = address.partition("://")[2] if is_printer_address(address) else address
    # CUPS writes the protocol's version behind the host: HOST:PORT/version=1.1.
    bare = bare.partition("/")[0]
    try:
        parts = urlsplit(f"//{bare}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or parts.username is not None:
        raise refuse(
            "server-unclear",
            "this is no address of a print server",
            hint="write HOST, HOST:PORT, ipps://HOST:PORT, or the path of a socket",
        )
    return Server(host, port or IPP_PORT, encrypted=encrypted)
