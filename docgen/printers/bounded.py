"""Answers of a server that may send slowly, or without end: both have a limit.

A socket's time limit begins anew with every byte, and http.client passes over any number of interim
answers: neither bounds an answer as a whole.
"""

import socket
import time
from http.client import HTTPResponse
from io import BufferedReader, RawIOBase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAX_ANSWER = 8_000_000
"""Bytes of an answer, its head included: some thousand printers, each with all that it can do."""
ANSWER_SECONDS = 60.0
"""How long an answer may take as a whole, from when it is first waited for."""


class TooLongError(Exception):
    """An answer that has more bytes than any of IPP."""


class BoundedResponse(HTTPResponse):
    """An answer of which reading raises TimeoutError or TooLongError at its limits."""

    def __init__(
        self,
        sock: socket.socket,
        debuglevel: int = 0,
        method: str | None = None,
        url: str | None = None,
    ) -> None:
        super().__init__(sock, debuglevel, method, url)
        self.fp = BufferedReader(_Bounded(sock, self.fp.detach()))

    def whole(self) -> bytes:
        """All of it, but for its head."""
        # Without a number of bytes, memory is asked for as many as the server announces.
        return self.read(MAX_ANSWER)


class _Bounded(RawIOBase):
    def __init__(self, connected: socket.socket, answer: RawIOBase) -> None:
        super().__init__()
        self._socket = connected
        self._answer = answer
        self._silence = connected.gettimeout() or ANSWER_SECONDS
        self._end = time.monotonic() + ANSWER_SECONDS
        self._left = MAX_ANSWER

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int | None:
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError("timed out")
        self._socket.settimeout(min(left, self._silence))
        count = self._answer.readinto(buffer)
        self._left -= count or 0
        if self._left < 0:
            raise TooLongError
        return count

    def close(self) -> None:
        self._answer.close()
        super().close()
