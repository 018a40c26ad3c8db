"""A print server of our own on loopback that does not behave: it drips, never ends, or lies.

It answers each connection with bytes of a test's choice, and ends with the test: what it sends is
bounded in time, whatever its reader does.
"""

import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from docgen.printers import Server

Pieces = Callable[[], Iterator[bytes]]

OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\n"
_MOST_SECONDS = 20.0
_END_OF_HEAD = b"\r\n\r\n"
_NAME, _TEXT, _KEYWORD, _URI, _ENUM = 0x42, 0x41, 0x44, 0x45, 0x23


@contextmanager
def misbehaving(pieces: Pieces, pause: float = 0.0) -> Iterator[Server]:
    """A server that answers each request with pieces, and waits between them."""
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.1)
        thread = threading.Thread(target=_serve, args=(listening, pieces, pause, over))
        thread.start()
        try:
            yield Server("127.0.0.1", listening.getsockname()[1])
        finally:
            over.set()
            thread.join()


def ipp(body: bytes) -> Pieces:
    """An answer that is in order as far as HTTP goes."""
    head = OK + f"Content-Length: {len(body)}\r\n\r\n".encode()
    return lambda: iter((head + body,))


def printer(name: str, uri: str, *, state: int = 3, **told: str) -> bytes:
    """What a server says of a printer (RFC 8010): a message with one group of attributes."""
    words = (
        (_NAME, "printer-name", name.encode()),
        (_URI, "printer-uri-supported", uri.encode()),
        (_ENUM, "printer-state", struct.pack(">i", state)),
        *((_TEXT, key.replace("_", "-"), word.encode()) for key, word in told.items()),
        (_KEYWORD, "printer-state-reasons", told.get("printer_info", "none").encode()),
        (_KEYWORD, "media-supported", b"na_letter_8.5x11in"),
    )
    values = b"".join(
        bytes([tag]) + _counted(key.encode()) + _counted(word) for tag, key, word in words
    )
    return b"\x02\x00\x00\x00\x00\x00\x00\x01\x04" + values + b"\x03"


def _counted(data: bytes) -> bytes:
    return struct.pack(">H", len(data)) + data


def _serve(listening: socket.socket, pieces: Pieces, pause: float, over: threading.Event) -> None:
    end = time.monotonic() + _MOST_SECONDS
    while not over.is_set() and time.monotonic() < end:
        with suppress(OSError):
            asking, _ = listening.accept()
            with asking:
                asking.settimeout(1)
                _read_request(asking)
                for piece in pieces():
                    asking.sendall(piece)
                    if over.wait(pause) or time.monotonic() > end:
                        return


def _read_request(asking: socket.socket) -> None:
    data = b""
    while _END_OF_HEAD not in data:
        data += asking.recv(65536)
    head, _, body = data.partition(_END_OF_HEAD)
    length = int(head.lower().partition(b"content-length:")[2].split()[0])
    while len(body) < length:
        body += asking.recv(65536)
