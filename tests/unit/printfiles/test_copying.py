"""Objects come over as they are, whatever their numbers were, and equal ones once."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from docgen.pdf.packing import LARGE, PackedFile
from docgen.printfiles import copying
from docgen.printfiles.copying import SharedObjects

SAID = "see 12 0 R and (3 0 R) \\ 1 0 R"


def a_document(before: int) -> Pdf:
    """A document whose objects of interest follow after some others."""
    pdf = pikepdf.new()
    pdf.Root.Before = Array([pdf.make_indirect(Dictionary(Number=n)) for n in range(before)])
    inner = pdf.make_stream(b"inner \r\n endstream", Dictionary(Name=String("12 0 R")))
    shared = pdf.make_indirect(Dictionary(Type=Name("/a b"), Inner=inner, Width=12))
    pdf.Root.Held = pdf.make_indirect(
        Dictionary(
            Said=String(SAID),
            Bytes=String(bytes(range(256)).decode("latin-1")),
            Both=Array([shared, shared, 1.5, True]),
            Inner=inner,
        )
    )
    file = io.BytesIO()
    pdf.save(file)
    return Pdf.open(file)


def copied(*documents: Pdf) -> tuple[Pdf, list[int]]:
    """A file with what some documents hold, and the number of each."""
    file = io.BytesIO()
    pdf = PackedFile(file, LARGE)
    objects = SharedObjects(pdf)
    numbers = [objects.copy(one).number_of(one.Root.Held) for one in documents]
    pages = pdf.add("<< /Type /Pages /Count 0 /Kids [] >>")
    pdf.finish(pdf.add(f"<< /Type /Catalog /Pages {pages} >>"), pdf.add("<< >>"))
    return Pdf.open(file), numbers


def test_objects_come_over_as_they_are() -> None:
    source = a_document(3)

    found, [number] = copied(source)

    held = found.get_object((number, 0))
    assert bytes(held.Said) == SAID.encode()
    assert bytes(held.Bytes) == bytes(source.Root.Held.Bytes)
    assert held.Both[0].Type == "/a b"
    assert [held.Both[2], held.Both[3]] == [pytest.approx(1.5), True]
    assert isinstance(held.Inner, Stream)
    assert held.Inner.read_bytes() == b"inner \r\n endstream"
    assert bytes(held.Inner.Name) == b"12 0 R"
    assert held.Both[0].objgen == held.Both[1].objgen
    assert held.Both[0].Inner.objgen == held.Inner.objgen


def test_equal_objects_are_one_whatever_their_numbers_were() -> None:
    first, second = a_document(3), a_document(8)
    assert first.Root.Held.objgen != second.Root.Held.objgen

    _, numbers = copied(first, second)

    assert numbers[0] == numbers[1]


def test_what_was_forgotten_is_stored_again_and_stays_right(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(copying, "_KNOWN", 1)

    found, numbers = copied(a_document(3), a_document(8))

    assert numbers[0] != numbers[1]
    for number in numbers:
        held = found.get_object((number, 0))
        assert held.Both[0].Inner.read_bytes() == b"inner \r\n endstream"
