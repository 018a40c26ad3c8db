"""Running the preview on a port of this computer until it is interrupted."""

import errno
import socket
from collections.abc import Callable
from ipaddress import ip_address

import uvicorn

from docgen.diagnostics import DocgenError, refuse
from docgen.preview.application import application
from docgen.preview.showing import PreviewedCode, View
from docgen.preview.watching import Changes

LOOPBACK = "127.0.0.1"
_PATIENCE = 2
"""Seconds that requests have to end once the preview was interrupted."""


def serve(
    subject: PreviewedCode,
    view: View,
    *,
    host: str = LOOPBACK,
    port: int = 0,
    ready: Callable[[str, bool], None],
) -> None:
    """Serves the preview until it is interrupted.

    ``ready`` is told its address as soon as a browser can connect, and whether other computers
    can as well. Port 0 takes a free one. Raises DocgenError where it cannot listen there.
    """
    changes = Changes()
    listener = _listen(host, port)
    with listener:
        config = uvicorn.Config(
            application(subject, view, host, changes),
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_PATIENCE,
        )
        ready(_address(listener), not _is_loopback(listener))
        try:
            _Server(config, changes).run(sockets=[listener])
        except KeyboardInterrupt:
            return


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, changes: Changes) -> None:
        super().__init__(config)
        self._changes = changes

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # Streams of events end by themselves only when they know of it.
        self._changes.end()
        await super().shutdown(sockets)


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address[:2], family=family)
    except (OSError, UnicodeError) as error:
        raise _cannot_listen(host, port, error) from error


def _cannot_listen(host: str, port: int, error: Exception) -> DocgenError:
    code = error.errno if isinstance(error, OSError) else None
    if code == errno.EADDRINUSE:
        return refuse(
            "port-in-use",
            f"port {port} is in use already, perhaps by another preview",
            hint="--port 0 takes a free one",
        )
    if code in (errno.EACCES, errno.EPERM):
        return refuse("port-refused", f"you may not use port {port}", hint="--port 0 takes one")
    return refuse(
        "bad-host",
        f"cannot serve at {host!r}: it is no address of this computer",
        hint=f"leave out --host, which is {LOOPBACK} then",
    )


def _address(listener: socket.socket) -> str:
    host, port, *_ = listener.getsockname()
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _is_loopback(listener: socket.socket) -> bool:
    return ip_address(listener.getsockname()[0]).is_loopback
