"""Print files hold every page of every packet, once a copy, in order, each copy on a front."""

from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.diagnostics import DocgenError
from docgen.printfiles import (
    PrintDocument,
    PrintFile,
    PrintOptions,
    PrintPacket,
    write_print_files,
)
from tests.conformance import syntax_problems
from tests.printed_packets import page_texts, pages_saying, stored

PLAIN = PrintOptions(run="3fa9c2d1", mark=False)
ONE_SIDED = PrintOptions(run="3fa9c2d1", mark=False, duplex=False)


@pytest.fixture
def documents(tmp_path: Path) -> dict[int, PrintDocument]:
    """Documents of one to three pages, which say how many they are and where each stands."""
    return {
        count: stored(
            pages_saying(*[f"page {page} of {count}" for page in range(1, count + 1)]),
            tmp_path,
            f"{count}.pdf",
        )
        for count in (1, 2, 3)
    }


def printed(
    packets: list[PrintPacket], folder: Path, options: PrintOptions = PLAIN
) -> tuple[PrintFile, ...]:
    return write_print_files(packets, folder / "print", "patients", options)


def test_each_packet_starts_on_a_front(documents: dict[int, PrintDocument], tmp_path: Path) -> None:
    packets = [
        PrintPacket(2, "Packet 2", (documents[1],)),
        PrintPacket(3, "Packet 3", (documents[2], documents[1])),
        PrintPacket(4, "Packet 4", (documents[2],)),
    ]

    [file] = printed(packets, tmp_path)

    assert page_texts(file.path) == [
        "page 1 of 1",
        "",
        "page 1 of 2",
        "page 2 of 2",
        "page 1 of 1",
        "",
        "page 1 of 2",
        "page 2 of 2",
    ]
    assert (file.packets, file.first, file.last) == (3, 2, 4)
    assert (file.pages, file.sheets) == (8, 4)


def test_every_copy_starts_on_a_front(documents: dict[int, PrintDocument], tmp_path: Path) -> None:
    [file] = printed([PrintPacket(2, "Packet 2", (documents[1],), copies=2)], tmp_path)

    assert page_texts(file.path) == ["page 1 of 1", "", "page 1 of 1", ""]


def test_one_sided_sheets_have_no_blanks(
    documents: dict[int, PrintDocument], tmp_path: Path
) -> None:
    packets = [PrintPacket(2, "Packet 2", (documents[1], documents[3]), copies=2)]

    [file] = printed(packets, tmp_path, ONE_SIDED)

    copy = ["page 1 of 1", "page 1 of 3", "page 2 of 3", "page 3 of 3"]
    assert page_texts(file.path) == copy * 2
    assert file.sheets == 8


def test_a_page_of_other_paper_begins_a_new_sheet(tmp_path: Path) -> None:
    small = stored(pages_saying("small"), tmp_path, "small.pdf")
    large = stored(pages_saying("large", width=400, height=500), tmp_path, "large.pdf")

    [file] = printed([PrintPacket(2, "Packet 2", (small, large))], tmp_path)

    assert page_texts(file.path) == ["small", "", "large", ""]
    with pikepdf.open(file.path) as pdf:
        widths = [float(page.mediabox[2]) for page in pdf.pages]
    assert widths == [200, 200, 400, 400]


def test_a_page_on_its_side_is_of_the_same_paper(tmp_path: Path) -> None:
    upright = stored(pages_saying("upright", width=300, height=400), tmp_path, "upright.pdf")
    turned = stored(pages_saying("turned", width=400, height=300), tmp_path, "turned.pdf")

    [file] = printed([PrintPacket(2, "Packet 2", (upright, turned))], tmp_path)

    assert page_texts(file.path) == ["upright", "turned"]


def test_slips_take_a_sheet_of_their_own(
    documents: dict[int, PrintDocument], tmp_path: Path
) -> None:
    def slip(sheets: int) -> bytes:
        return pages_saying(f"{sheets} sheets follow")

    packets = [PrintPacket(2, "Packet 2", (documents[3],), 2, slip)]

    [file] = printed(packets, tmp_path)

    copy = ["page 1 of 3", "page 2 of 3", "page 3 of 3", ""]
    assert page_texts(file.path) == ["2 sheets follow", "", *copy, *copy]
    assert (file.pages, file.sheets) == (10, 5)


def test_files_are_split_by_sheets_but_packets_are_not(
    documents: dict[int, PrintDocument], tmp_path: Path
) -> None:
    sizes = (2, 2, 3, 3, 1)  # sheets in duplex: 1, 1, 2, 2, 1
    packets = [PrintPacket(n, f"Packet {n}", (documents[size],)) for n, size in enumerate(sizes, 2)]
    options = PrintOptions(run="3fa9c2d1", mark=False, sheets_per_file=3)

    files = printed(packets, tmp_path, options)

    assert [file.path.name for file in files] == [
        "patients-001.pdf",
        "patients-002.pdf",
        "patients-003.pdf",
    ]
    assert [(file.first, file.last, file.sheets) for file in files] == [
        (2, 3, 2),
        (4, 4, 2),
        (5, 6, 3),
    ]


def test_a_packet_with_more_sheets_than_a_file_may_have_gets_a_file(
    documents: dict[int, PrintDocument], tmp_path: Path
) -> None:
    packets = [PrintPacket(n, f"Packet {n}", (documents[3],), copies=2) for n in (2, 3)]
    options = PrintOptions(run="3fa9c2d1", mark=False, sheets_per_file=1)

    assert [file.sheets for file in printed(packets, tmp_path, options)] == [4, 4]


def test_bookmarks_lead_to_packets(documents: dict[int, PrintDocument], tmp_path: Path) -> None:
    packets = [PrintPacket(n, f"Packet {n}", (documents[1],), copies=2) for n in (120, 7, 9)]

    [file] = printed(packets, tmp_path)

    with pikepdf.open(file.path) as pdf, pdf.open_outline() as outline:
        found = [(item.title, _page_index(pdf, item)) for item in outline.root]
    assert found == [("Packet 120", 0), ("Packet 7", 4), ("Packet 9", 8)]


def _page_index(pdf: pikepdf.Pdf, item: pikepdf.OutlineItem) -> int:
    destination: Any = item.destination
    return pdf.pages.index(pikepdf.Page(destination[0]))


def test_print_files_tell_printers_and_readers_what_they_are(
    documents: dict[int, PrintDocument], tmp_path: Path
) -> None:
    packets = [PrintPacket(2, "Packet 2", (documents[1],))]
    duplex, single = (
        printed(packets, tmp_path / name, options)[0].path
        for name, options in (("two", PLAIN), ("one", ONE_SIDED))
    )

    with pikepdf.open(duplex) as pdf:
        assert pdf.Root.ViewerPreferences.Duplex == "/DuplexFlipLongEdge"
        assert pdf.Root.ViewerPreferences.PrintScaling == "/None"
        assert str(pdf.docinfo.Title) == "Print file of run 3fa9c2d1"
        assert "/StructTreeRoot" not in pdf.Root
        assert "/Metadata" not in pdf.Root
        assert "/Names" not in pdf.Root
    with pikepdf.open(single) as pdf:
        assert pdf.Root.ViewerPreferences.Duplex == "/Simplex"


def test_the_same_packets_give_the_same_bytes(
    documents: dict[int, PrintDocument], tmp_path: Path
) -> None:
    packets = [PrintPacket(n, f"Packet {n}", (documents[3], documents[2])) for n in range(2, 6)]
    options = PrintOptions(run="3fa9c2d1")

    [first] = printed(packets, tmp_path / "first", options)
    [again] = printed(packets, tmp_path / "again", options)

    assert first.path.read_bytes() == again.path.read_bytes()
    assert first.sha256 == again.sha256


def test_hundreds_of_pages_conform(tmp_path: Path) -> None:
    """More than the page tree and an object stream take on one level."""
    document = stored(pages_saying("one"), tmp_path, "one.pdf")
    packets = [PrintPacket(n, f"Packet {n}", (document,)) for n in range(2, 2 + 64 * 64 // 2 + 1)]

    [file] = printed(packets, tmp_path)

    assert syntax_problems(file.path) == []
    with pikepdf.open(file.path) as pdf:
        assert len(pdf.pages) == pdf.Root.Pages.Count == 64 * 64 + 2
        assert len(pdf.Root.Pages.Kids) == 2


def test_files_are_private(documents: dict[int, PrintDocument], tmp_path: Path) -> None:
    [file] = printed([PrintPacket(2, "Packet 2", (documents[1],))], tmp_path)

    assert file.path.stat().st_mode & 0o777 == 0o600
    assert file.path.parent.stat().st_mode & 0o777 == 0o700


def test_no_packets_make_no_file(tmp_path: Path) -> None:
    assert printed([], tmp_path) == ()
    assert list((tmp_path / "print").iterdir()) == []


packet_shapes = st.lists(
    st.tuples(
        st.lists(st.integers(1, 3), min_size=1, max_size=3),
        st.integers(1, 3),
        st.booleans(),
    ),
    min_size=1,
    max_size=6,
)


@pytest.fixture(scope="module")
def lettered(tmp_path_factory: pytest.TempPathFactory) -> list[dict[int, PrintDocument]]:
    """For each of six packets documents of one to three pages that name their packet."""
    folder = tmp_path_factory.mktemp("lettered")
    return [
        {
            count: stored(
                pages_saying(*[f"packet {packet} page {page}" for page in range(1, count + 1)]),
                folder,
                f"{packet}-{count}.pdf",
            )
            for count in (1, 2, 3)
        }
        for packet in range(6)
    ]


@settings(max_examples=60, deadline=None)
@given(packet_shapes, st.booleans(), st.none() | st.integers(1, 8))
def test_nothing_is_lost_nothing_comes_twice_and_fronts_are_fronts(
    lettered: list[dict[int, PrintDocument]],
    shapes: list[tuple[list[int], int, bool]],
    duplex: bool,
    sheets_per_file: int | None,
) -> None:
    slip = pages_saying("slip")
    packets = [
        PrintPacket(
            number,
            f"Packet {number}",
            tuple(lettered[number][count] for count in counts),
            copies,
            (lambda _: slip) if with_slip else None,
        )
        for number, (counts, copies, with_slip) in enumerate(shapes)
    ]
    options = PrintOptions(
        run="3fa9c2d1", duplex=duplex, sheets_per_file=sheets_per_file, mark=False
    )

    with TemporaryDirectory() as folder:
        files = write_print_files(packets, Path(folder), "patients", options)
        texts = [page_texts(file.path) for file in files]

    def blank(pages: int) -> list[str]:
        return [""] if duplex and pages % 2 else []

    units: list[list[str]] = []
    for number, (counts, copies, with_slip) in enumerate(shapes):
        said = [f"packet {number} page {page}" for count in counts for page in range(1, count + 1)]
        copy = said + blank(len(said))
        units.append((["slip", *blank(1)] if with_slip else []) + copy * copies)
    assert [page for pages in texts for page in pages] == [page for unit in units for page in unit]
    ends = set(accumulate(len(unit) for unit in units))
    assert set(accumulate(map(len, texts))) <= ends
    per_sheet = 2 if duplex else 1
    for file, pages in zip(files, texts, strict=True):
        assert file.pages == len(pages) == file.sheets * per_sheet
        assert sheets_per_file is None or file.sheets <= sheets_per_file or file.packets == 1


def test_a_missing_document_is_named_and_nothing_is_written(
    documents: dict[int, PrintDocument], tmp_path: Path
) -> None:
    packets = [PrintPacket(n, f"Packet {n}", (documents[n - 1],)) for n in (2, 3)]
    [file] = printed(packets, tmp_path)
    before = file.path.read_bytes()
    documents[2].path.unlink()

    with pytest.raises(DocgenError) as caught:
        printed(packets, tmp_path)

    [finding] = caught.value.diagnostics
    assert finding.rule == "missing-document"
    assert finding.message == "row 3: its document '2.pdf' cannot be read"
    assert file.path.read_bytes() == before
    assert list(file.path.parent.iterdir()) == [file.path]


def test_a_changed_document_is_refused(documents: dict[int, PrintDocument], tmp_path: Path) -> None:
    documents[1].path.write_bytes(pages_saying("something else"))

    with pytest.raises(DocgenError) as caught:
        printed([PrintPacket(2, "Packet 2", (documents[1],))], tmp_path)

    [finding] = caught.value.diagnostics
    assert finding.rule == "changed-document"
    assert finding.message == "row 2: its document '1.pdf' is not what the run made"
    assert list((tmp_path / "print").iterdir()) == []


def _encrypted(folder: Path, user: str) -> bytes:
    path = folder / "encrypted.pdf"
    with pikepdf.open(stored(pages_saying("secret"), folder, "secret.pdf").path) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="owner", user=user))
    return path.read_bytes()


def _foreign(folder: Path) -> bytes:
    path = folder / "foreign.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path)
    return path.read_bytes()


def test_documents_that_docgen_did_not_make_are_refused(tmp_path: Path) -> None:
    told = []
    for data in (
        _encrypted(tmp_path, "user"),
        _encrypted(tmp_path, ""),
        _foreign(tmp_path),
        b"no pdf",
    ):
        with pytest.raises(DocgenError) as caught:
            printed([PrintPacket(2, "Packet 2", (stored(data, tmp_path, "x.pdf"),))], tmp_path)
        told += [(finding.rule, finding.message) for finding in caught.value.diagnostics]

    assert told == [
        ("foreign-document", "row 2: a document of it is encrypted"),
        ("foreign-document", "row 2: a document of it is encrypted"),
        ("foreign-document", "row 2: a document of it was not made by docgen"),
        ("foreign-document", "row 2: a document of it is no PDF"),
    ]
