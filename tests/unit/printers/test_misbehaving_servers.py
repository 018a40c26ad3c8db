"""Print servers that drip, never end, break off or lie: each is told in a sentence, and soon."""

import time
from collections.abc import Iterator
from itertools import repeat

import pytest

from docgen.diagnostics import DocgenError
from docgen.printers import ServerUnreachableError, bounded, find_printer, printers
from tests.misbehaving_server import OK, Pieces, ipp, misbehaving, printer

CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
MESSAGE = printer("desk", "ipp://127.0.0.1/printers/desk")
CHUNK = b"%x\r\n%s\r\n" % (len(MESSAGE), MESSAGE)


@pytest.fixture(autouse=True)
def _low_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "ANSWER_SECONDS", 1.0)
    monkeypatch.setattr(bounded, "MAX_ANSWER", 200_000)


def begins_with(head: bytes, then: bytes) -> Pieces:
    def pieces() -> Iterator[bytes]:
        yield head
        yield from repeat(then)

    return pieces


@pytest.mark.parametrize(
    "pieces",
    [
        begins_with(OK + b"Content-Length: 1000000\r\n\r\n", b"\x02"),
        begins_with(OK + b"X-Long: ", b"x"),
        begins_with(CHUNKED, b"1\r\n\x02\r\n"),
        begins_with(b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
    ids=["body", "header", "chunks", "interim"],
)
def test_a_server_that_drips_is_not_waited_for(pieces: Pieces) -> None:
    began = time.monotonic()
    with (
        misbehaving(pieces, pause=0.05) as server,
        pytest.raises(ServerUnreachableError, match="does not answer: timed out"),
    ):
        printers(server)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    "pieces",
    [
        begins_with(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100),
        begins_with(OK, b"X-More: 1\r\n"),
        begins_with(OK + b"X-Long: ", b"x" * 4096),
        begins_with(OK + b"\r\n", b"\x02" * 4096),
        begins_with(CHUNKED, b"1000\r\n" + b"\x02" * 4096 + b"\r\n"),
        begins_with(CHUNKED, b"fffffffffffffff\r\n" + b"\x02" * 4096),
        begins_with(CHUNKED + b"0\r\n", b"X-Trailer: 1\r\n" * 100),
        begins_with(OK + b"Content-Length: 99999999999999999999\r\n\r\n", b"\x02" * 4096),
    ],
    ids=["interim", "headers", "header", "body", "chunks", "chunk", "trailers", "announced"],
)
def test_an_answer_without_end_is_not_read_to_its_end(pieces: Pieces) -> None:
    began = time.monotonic()
    with misbehaving(pieces) as server, pytest.raises(DocgenError) as refused:
        printers(server)
    assert time.monotonic() - began < 5
    assert "does not speak" in refused.value.diagnostics[0].message


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\xff\xfe\x00 nothing of the kind\r\n\r\n",
        b"HTTP/1.1 abc OK\r\n\r\n",
        OK,
        OK + b"Content-Length: 50\r\n\r\n" + MESSAGE[:20],
        OK + b"Content-Length: -7\r\n\r\n" + MESSAGE[:-1],
        CHUNKED + CHUNK[:-30],
        CHUNKED + b"zz\r\n" + MESSAGE,
        CHUNKED + b"-5\r\n" + MESSAGE,
        OK + b"\r\n" + b"\x02\x00\x00\x00\x00\x00\x00\x01\x04\x42\xff\xff",
        OK + b"\r\n" + b"\x02\x00\x00\x00\x00\x00\x00\x01\x04\x21\x00\x01a\x00\x01b\x03",
        b"HTTP/1.1 200 \x1b[2J\r\nContent-Type: \x1b]0;x\x07\r\n\r\n",
        b"HTTP/1.1 599 \x1b[2J" + b"x" * 60_000 + b"\r\n\r\n",
    ],
)
def test_a_broken_answer_is_told_in_a_sentence(answer: bytes) -> None:
    with misbehaving(lambda: iter((answer,))) as server, pytest.raises(DocgenError) as refused:
        printers(server)
    (told,) = refused.value.diagnostics
    assert told.rule in ("server-unreachable", "not-a-print-server")
    assert told.message.isprintable()
    assert len(told.message) < 200


def test_an_attribute_with_very_many_values_is_read_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Time must not grow with the square of their number."""
    monkeypatch.setattr(bounded, "MAX_ANSWER", 8_000_000)
    monkeypatch.setattr(bounded, "ANSWER_SECONDS", 60.0)
    began = time.monotonic()
    with misbehaving(ipp(MESSAGE[:-1] + b"\x44\x00\x00\x00\x01a" * 300_000 + b"\x03")) as server:
        assert [one.name for one in printers(server)] == ["desk"]
    assert time.monotonic() - began < 20


@pytest.mark.parametrize(
    "uri",
    ["ipp://[::1/printers/desk", "ipp://host/a b", "ipp://host/\u00e4", "desk", "ipp://host/\x01"],
)
def test_a_printer_whose_address_is_none_is_refused(uri: str) -> None:
    with misbehaving(ipp(printer("desk", uri))) as server:
        assert [one.name for one in printers(server)] == ["desk"]
        with pytest.raises(DocgenError) as refused:
            find_printer(server, "desk")
    (told,) = refused.value.diagnostics
    assert told.rule == "printer-unclear"
    assert "'desk'" in told.message


def test_an_empty_address_stands_for_the_server_itself() -> None:
    with misbehaving(ipp(printer("desk", "ipp://127.0.0.1"))) as server:
        assert find_printer(server, "desk").name.path == "/"


def test_many_printers_are_named_in_part() -> None:
    body = MESSAGE[:-1] + b"".join(
        printer(f"p{number}", "ipp://127.0.0.1/p")[8:-1] for number in range(500)
    )
    with misbehaving(ipp(body + b"\x03")) as server, pytest.raises(DocgenError) as refused:
        find_printer(server, "zzz")
    hint = refused.value.diagnostics[0].hint or ""
    assert len(hint) < 200
    assert hint.endswith("and 489 more")
