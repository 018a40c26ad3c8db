"""Each sheet's front bears a mark that a reader decodes, printed over nothing else."""

import io
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from PIL import Image, ImageChops

from docgen.diagnostics import DocgenError
from docgen.document import Furniture, Rule
from docgen.pdf.foot import FREE_PLACE
from docgen.printfiles import PrintOptions, PrintPacket, write_print_files
from tests.documents import words
from tests.printed_packets import page_texts, pages_saying, pdf_of, stored
from tests.sheets import paper, text

RUN = "3fa9c2d1"


def rendered(path: Path, dots_per_inch: int = 300) -> list[Image.Image]:
    """Each page as a printer sees it."""
    with pypdfium2.PdfDocument(path) as pdf:
        return [page.render(scale=dots_per_inch / 72).to_pil().convert("L") for page in pdf]


def read(page: Image.Image) -> list[str]:
    """The Data Matrix codes of a page."""
    found: Any = zxingcpp.read_barcodes(page)
    return [code.text for code in found if code.format == zxingcpp.BarcodeFormat.DataMatrix]


def test_fronts_bear_marks_and_backs_do_not(tmp_path: Path) -> None:
    document = stored(pages_saying("one", "two", "three"), tmp_path, "three.pdf")
    slip = pages_saying("slip")
    packets = [PrintPacket(120, "Packet 120", (document,), copies=2, slip=lambda _: slip)]

    [file] = write_print_files(packets, tmp_path, "patients", PrintOptions(run=RUN))

    copy = [["R:3fa9c2d1 P:120 S:1/2"], [], ["R:3fa9c2d1 P:120 S:2/2"], []]
    expected = [["R:3fa9c2d1 P:120 S:0/2"], [], *copy, *copy]
    assert [read(page) for page in rendered(file.path)] == expected


def test_every_one_sided_sheet_bears_a_mark(tmp_path: Path) -> None:
    document = stored(pages_saying("one", "two", "three"), tmp_path, "three.pdf")
    options = PrintOptions(run=RUN, duplex=False)

    [file] = write_print_files([PrintPacket(7, "Packet 7", (document,))], tmp_path, "p", options)

    expected = [[f"R:3fa9c2d1 P:7 S:{sheet}/3"] for sheet in (1, 2, 3)]
    assert [read(page) for page in rendered(file.path)] == expected


def test_marks_of_large_numbers_are_read(tmp_path: Path) -> None:
    document = stored(pages_saying(*["page"] * 40), tmp_path, "long.pdf")
    packets = [PrintPacket(1_048_576, "Packet 1048576", (document,))]

    [file] = write_print_files(packets, tmp_path, "p", PrintOptions(run=RUN))

    assert read(rendered(file.path)[38]) == ["R:3fa9c2d1 P:1048576 S:20/20"]


def of_an_earlier_docgen(data: bytes) -> bytes:
    """A document without what its pages tell of their foot."""
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            del page.obj[FREE_PLACE]
        pdf.save(written)
    return written.getvalue()


def test_documents_of_runs_made_before_are_refused_by_name(tmp_path: Path) -> None:
    old = stored(of_an_earlier_docgen(pages_saying("one")), tmp_path, "old.pdf")
    packets = [PrintPacket(7, "Packet 7", (old,))]

    with pytest.raises(DocgenError) as caught:
        write_print_files(packets, tmp_path / "print", "p", PrintOptions(run=RUN))

    [finding] = caught.value.diagnostics
    assert finding.rule == "place-for-mark-unknown"
    assert finding.message.startswith("row 7: an earlier docgen made its documents")
    assert "--no-marks" in (finding.hint or "")
    assert list((tmp_path / "print").iterdir()) == []
    [unmarked] = write_print_files(packets, tmp_path, "p", PrintOptions(run=RUN, mark=False))
    assert page_texts(unmarked.path) == ["one", ""]


def test_a_foot_without_room_for_the_mark_is_told_with_its_row(tmp_path: Path) -> None:
    page = paper(text("body"), footer=Furniture((text("words to fill it all " * 6),)))
    low = replace(page, page=replace(page.page, bottom=0.0, left=10.0, right=10.0))
    packets = [PrintPacket(12, "Packet 12", (stored(pdf_of(low), tmp_path, "low.pdf"),))]

    with pytest.raises(DocgenError) as caught:
        write_print_files(packets, tmp_path / "print", "p", PrintOptions(run=RUN))

    [finding] = caught.value.diagnostics
    assert finding.rule == "no-room-for-mark"
    assert finding.message.startswith("row 12: ")
    assert list((tmp_path / "print").iterdir()) == []
    unmarked = PrintOptions(run=RUN, mark=False)
    assert write_print_files(packets, tmp_path / "print", "p", unmarked)


@settings(max_examples=25, deadline=None)
@given(words(), st.floats(0, 25), st.floats(0, 60))
def test_no_mark_is_printed_over_anything(said: str, bottom: float, right: float) -> None:
    page = paper(text("body"), footer=Furniture((text(said), Rule(), text(said))))
    low = replace(page, page=replace(page.page, bottom=bottom, right=right, left=0.0))
    with TemporaryDirectory() as name:
        folder = Path(name)
        packets = [PrintPacket(2, "Packet 2", (stored(pdf_of(low), folder, "any.pdf"),))]
        [plain] = write_print_files(packets, folder, "plain", PrintOptions(run=RUN, mark=False))
        try:
            [marked] = write_print_files(packets, folder, "marked", PrintOptions(run=RUN))
        except DocgenError as error:
            assert [told.rule for told in error.diagnostics] == ["no-room-for-mark"]
            return
        without, with_mark = (rendered(file.path)[0] for file in (plain, marked))
    place = ImageChops.difference(without, with_mark).getbbox()
    assert place is not None
    assert without.crop(place).getextrema() == (255, 255)
    assert read(with_mark) == ["R:3fa9c2d1 P:2 S:1/1"]
