"""IPP messages, byte by byte as RFC 8010 says, and whatever else a network brings."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.printers.messages import (
    Answer,
    Attribute,
    Group,
    Tag,
    Value,
    all_numbers,
    all_texts,
    first_number,
    first_text,
    read_answer,
    request_head,
)

_NAMES = st.text("abcdefghijklmnopqrstuvwxyz-", min_size=1, max_size=30)
_NUMBERS = st.integers(-(2**31), 2**31 - 1)


def test_a_request_is_encoded_as_the_standard_shows() -> None:
    """RFC 8010, appendix A.1, shortened to what differs in kind."""
    encoded = request_head(
        0x0002,
        (
            (
                Group.OPERATION,
                (
                    Attribute("attributes-charset", Tag.CHARSET, ("utf-8",)),
                    Attribute("ipp-attribute-fidelity", Tag.BOOLEAN, (True,)),
                ),
            ),
            (
                Group.JOB,
                (
                    Attribute("copies", Tag.INTEGER, (20,)),
                    Attribute("sides", Tag.KEYWORD, ("two-sided-long-edge",)),
                    Attribute("page-ranges", Tag.RANGE, ((1, 4), (7, 7))),
                ),
            ),
        ),
    )
    assert encoded == (
        b"\x02\x00\x00\x02\x00\x00\x00\x01"
        b"\x01"
        b"\x47\x00\x12attributes-charset\x00\x05utf-8"
        b"\x22\x00\x16ipp-attribute-fidelity\x00\x01\x01"
        b"\x02"
        b"\x21\x00\x06copies\x00\x04\x00\x00\x00\x14"
        b"\x44\x00\x05sides\x00\x13two-sided-long-edge"
        b"\x33\x00\x0bpage-ranges\x00\x08\x00\x00\x00\x01\x00\x00\x00\x04"
        b"\x33\x00\x00\x00\x08\x00\x00\x00\x07\x00\x00\x00\x07"
        b"\x03"
    )


def test_an_answer_is_read() -> None:
    """A job that was created (RFC 8010, appendix A.2), and a printer with several values."""
    read = read_answer(
        b"\x02\x00\x00\x00\x00\x00\x00\x01"
        b"\x01"
        b"\x47\x00\x12attributes-charset\x00\x05utf-8"
        b"\x41\x00\x0estatus-message\x00\x0dsuccessful-ok"
        b"\x02"
        b"\x21\x00\x06job-id\x00\x04\x00\x00\x00\x93"
        b"\x23\x00\x09job-state\x00\x04\x00\x00\x00\x03"
        b"\x04"
        b"\x44\x00\x0fsides-supported\x00\x09one-sided"
        b"\x44\x00\x00\x00\x13two-sided-long-edge"
        b"\x13\x00\x14printer-geo-location\x00\x00"
        b"\x03"
    )
    assert read.status == 0
    assert read.message == "successful-ok"
    (job,) = read.about(Group.JOB)
    assert (first_number(job, "job-id"), first_number(job, "job-state")) == (147, 3)
    (printer,) = read.about(Group.PRINTER)
    assert all_texts(printer, "sides-supported") == ("one-sided", "two-sided-long-edge")
    assert first_text(printer, "printer-geo-location") == ""
    assert first_number(printer, "copies-supported") is None


def test_values_of_a_collection_are_not_taken_for_the_printers_own() -> None:
    """The members of media-col have no names of their own (RFC 8010, section 3.1.6)."""
    read = read_answer(
        b"\x02\x00\x00\x00\x00\x00\x00\x01\x04"
        b"\x34\x00\x09media-col\x00\x00"
        b"\x4a\x00\x00\x00\x06copies"
        b"\x21\x00\x00\x00\x04\x00\x00\x00\x63"
        b"\x37\x00\x00\x00\x00"
        b"\x21\x00\x06copies\x00\x04\x00\x00\x00\x02"
        b"\x03"
    )
    (printer,) = read.about(Group.PRINTER)
    assert all_numbers(printer, "copies") == (2,)


def test_a_truth_value_is_no_number() -> None:
    assert all_numbers({"copies": (True, 2)}, "copies") == (2,)


def _attribute(name: str, values: tuple[Value, ...]) -> Attribute:
    tags: dict[type, Tag] = {
        bool: Tag.BOOLEAN,
        int: Tag.INTEGER,
        str: Tag.TEXT,
        tuple: Tag.RANGE,
    }
    return Attribute(name, tags[type(values[0])], values)


_VALUES = st.one_of(
    st.lists(st.booleans(), min_size=1, max_size=4),
    st.lists(_NUMBERS, min_size=1, max_size=4),
    st.lists(st.text(max_size=50), min_size=1, max_size=4),
    st.lists(st.tuples(_NUMBERS, _NUMBERS), min_size=1, max_size=4),
)


@given(st.dictionaries(_NAMES, _VALUES, max_size=6))
def test_what_is_written_is_read(attributes: dict[str, list[Value]]) -> None:
    given_ones = [_attribute(name, tuple(values)) for name, values in attributes.items()]
    read = read_answer(request_head(0x0B, ((Group.PRINTER, given_ones),)))
    expected = {name: tuple(values) for name, values in attributes.items()}
    assert read == Answer(0x0B, ((Group.PRINTER, expected),))


@given(st.binary(max_size=200))
def test_what_is_no_message_is_refused_and_nothing_worse(data: bytes) -> None:
    with contextlib.suppress(ValueError):
        read_answer(b"\x02\x00\x00\x00\x00\x00\x00\x01" + data)


@pytest.mark.parametrize("size", range(0, 46))
def test_a_message_cut_anywhere_is_refused(size: int) -> None:
    whole = request_head(
        1, ((Group.JOB, (Attribute("job-name", Tag.NAME, ("docgen 0123abcd",)),)),)
    )
    with pytest.raises(ValueError, match="ends too early"):
        read_answer(whole[: min(size, len(whole) - 1)])
