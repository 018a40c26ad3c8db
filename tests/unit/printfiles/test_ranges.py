"""Ranges of a print file: what they would put on one sheet, told before anything is printed."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.diagnostics import Findings
from docgen.printfiles import PrintOptions, PrintPacket, write_print_files
from docgen.printfiles.measuring import measure, packet_starts
from docgen.printfiles.ranges import PageSpan, check_ranges
from tests.printed_packets import pages_saying, stored

PACKETS = ((1, 4), (5, 6), (7, 12))
"""The pages of three packets of 3, 2 and 5 pages: odd ones end with a blank back."""


def print_file(folder: Path, *, duplex: bool = True) -> Path:
    documents = [
        stored(pages_saying(*"abcdefgh"[:count]), folder, f"{count}.pdf") for count in (3, 2, 5)
    ]
    packets = [
        PrintPacket(number=number, title=f"Packet {number}", documents=(document,))
        for number, document in enumerate(documents, 2)
    ]
    options = PrintOptions(run="0123abcd", duplex=duplex, mark=False)
    (made,) = write_print_files(packets, folder / "print", "patients", options)
    return made.path


@pytest.fixture(scope="module")
def duplex_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return print_file(tmp_path_factory.mktemp("duplex"))


def told(
    path: Path, *ranges: PageSpan, duplex: bool = True, packets: int = 3
) -> list[tuple[str, str]]:
    findings = Findings()
    check_ranges(path, 12, ranges, findings, packets=packets, duplex=duplex)
    return [(one.rule, f"{one.message}; {one.hint}") for one in findings.diagnostics]


def test_a_print_file_says_for_what_it_was_made(duplex_file: Path, tmp_path: Path) -> None:
    found = measure(duplex_file)
    assert (found.pages, found.packets, found.is_duplex) == (12, 3, True)
    assert packet_starts(duplex_file) == (1, 5, 7)
    found = measure(print_file(tmp_path, duplex=False))
    assert (found.pages, found.packets, found.is_duplex) == (10, 3, False)
    document = tmp_path / "alone.pdf"
    document.write_bytes(pages_saying("a", "b"))
    assert (measure(document).packets, measure(document).is_duplex) == (0, False)


@pytest.mark.parametrize(
    ("ranges", "rule", "words"),
    [
        (
            ((1, 3), (7, 9)),
            "range-breaks-sheets",
            "pages 1-3,7-9 would not come out on the sheets of the file: one patient's page on "
            "the back of another's; --range 1-4,7-12 prints all packets that it touches",
        ),
        (
            ((2, 9),),
            "range-breaks-sheets",
            "--range 1-12 prints all packets that it touches; --range 5-6 those that it holds",
        ),
        (
            ((2, 3),),
            "range-breaks-sheets",
            "fronts on backs; --range 1-4 prints all sheets that it touches",
        ),
        (((7, 9),), "range-breaks-sheets", "--range 7-10 prints all sheets that it touches"),
        (
            ((1, 6), (9, 10)),
            "range-breaks-packets",
            "of the packet on pages 7-12, only a part would come out, among other packets; "
            "--range 1-12 prints all packets that it touches; --range 1-6 those that it holds",
        ),
        (((9, 10),), "part-of-packet", "pages 9-10 are only a part of the packet on pages 7-12"),
        (((5, 13),), None, ""),
        (((1, 4), (7, 12)), None, ""),
        (((1, 2), (3, 4), (5, 6)), None, ""),
        (((13, 14),), "range-beyond-end", "has 12 pages"),
    ],
)
def test_what_ranges_break_is_told(
    duplex_file: Path, ranges: tuple[PageSpan, ...], rule: str | None, words: str
) -> None:
    found = told(duplex_file, *ranges)
    assert [one for one, _ in found] == ([rule] if rule else [])
    assert all(words in said for _, said in found)


def test_on_one_side_only_packets_count(duplex_file: Path) -> None:
    assert told(duplex_file, (1, 3), (7, 9), duplex=False)[0][0] == "range-breaks-packets"
    assert told(duplex_file, (2, 3), duplex=False)[0][0] == "part-of-packet"
    assert told(duplex_file, (1, 4), duplex=False) == []


def test_of_a_file_of_somebody_else_only_sheets_are_known(duplex_file: Path) -> None:
    assert told(duplex_file, (1, 3), packets=0) == []
    assert told(duplex_file, (3, 4), (7, 7), packets=0) == []
    ((rule, words),) = told(duplex_file, (2, 9), packets=0)
    assert rule == "range-breaks-sheets"
    assert words.endswith(
        "--range 1-10 prints all sheets that it touches; --range 3-8 those that it holds whole; "
        "--sides one-sided any pages"
    )
    assert told(duplex_file, (2, 9), packets=0, duplex=False) == []


RANGES = st.lists(st.integers(1, 12), min_size=1, unique=True).map(sorted)


@given(RANGES, st.booleans())
@settings(max_examples=300, deadline=None)
def test_what_is_not_refused_keeps_fronts_backs_and_packets_as_they_are(
    duplex_file: Path, pages: list[int], duplex: bool
) -> None:
    refused = [
        words
        for rule, words in told(duplex_file, *((page, page) for page in pages), duplex=duplex)
        if rule != "part-of-packet"
    ]
    sheets = [tuple(pages[at : at + 2]) for at in range(0, len(pages), 2)]
    as_in_the_file = all(sheet in [(n, n + 1) for n in range(1, 12, 2)] for sheet in sheets)
    meant = [set(range(a, b + 1)) for a, b in PACKETS if set(range(a, b + 1)) & set(pages)]
    whole = all(packet <= set(pages) for packet in meant) or len(meant) == 1
    assert bool(refused) is not ((as_in_the_file or not duplex) and whole)
    for words in refused:
        for remedy in words.split("--range ")[1:]:
            spans = [tuple(map(int, span.split("-"))) for span in remedy.split()[0].split(",")]
            again = told(duplex_file, *((span[0], span[-1]) for span in spans), duplex=duplex)
            assert [rule for rule, _ in again if rule != "part-of-packet"] == []
