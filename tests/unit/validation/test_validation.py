"""What is read of a file before it is judged, and that no file breaks the judge."""

import io

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Dictionary, Name, Pdf

from docgen.diagnostics import DocgenError
from docgen.validation import validate_pdf
from docgen.validation.profiles import claimed_standards
from tests.tagged_sample import broken, tagged_sample


def claims_of(data: bytes) -> tuple[str, ...]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return claimed_standards(pdf)


def with_metadata(packet: bytes) -> bytes:
    return broken(lambda pdf: pdf.Root.Metadata.write(packet))


ATTRIBUTES = b'<rdf:Description pdfuaid:part = "1" pdfaid:part=\'2\' pdfaid:conformance="B">'


@pytest.mark.parametrize(
    ("data", "claims"),
    [
        (tagged_sample(), ("ua1", "3a")),
        (with_metadata(ATTRIBUTES), ("ua1", "2b")),
        (with_metadata(ATTRIBUTES[:45]), ("ua1",)),
        (with_metadata(ATTRIBUTES.decode().encode("utf-16")), ("ua1", "2b")),
        (with_metadata(b"<pdfaid:part>4</pdfaid:part>"), ("4",)),
        (with_metadata(b"<pdfuaid:part></pdfuaid:part>"), ()),
        (with_metadata(b"\xff\xfe\x00 nothing"), ()),
        (with_metadata(b""), ()),
        (with_metadata(b" " * 200_000_000 + ATTRIBUTES), ()),
    ],
    ids=[
        "elements",
        "attributes",
        "broken XML",
        "UTF-16",
        "PDF/A-4",
        "no value",
        "no XML",
        "empty",
        "too much",
    ],
)
def test_claims_are_read_from_any_metadata(data: bytes, claims: tuple[str, ...]) -> None:
    assert claims_of(data) == claims


def test_metadata_that_is_no_stream_claims_nothing() -> None:
    def change(pdf: Pdf) -> None:
        pdf.Root.Metadata = Dictionary(Type=Name.Metadata)

    assert claims_of(broken(change)) == ()


def test_many_faults_are_counted() -> None:
    data = tagged_sample().replace(b"endobj", b"endxbj", 9)
    validation = validate_pdf(data, "bad.pdf")
    message = validation.diagnostics[0].message
    assert message.startswith("the syntax of this file is broken: ")
    assert message.count("expected endobj") == 3
    assert message.endswith(" more")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, len(tagged_sample()) - 1), st.integers(0, 255)),
        min_size=1,
        max_size=40,
    )
)
def test_no_damage_breaks_the_judge(changes: list[tuple[int, int]]) -> None:
    data = bytearray(tagged_sample())
    for place, value in changes:
        data[place] = value
    try:
        validation = validate_pdf(bytes(data), "bad.pdf")
    except DocgenError as error:
        assert error.diagnostics
        return
    conform = [verdict.conforms for verdict in validation.verdicts]
    assert conform.count(False) <= len(validation.diagnostics)
    assert all(finding.message.isprintable() for finding in validation.diagnostics)
