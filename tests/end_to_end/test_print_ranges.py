"""``docgen print --range`` on a driverless printer: no sheet holds what belongs to two.

Page 3 of the file has three bars on it, so that the raster which the printer gets tells what came
out on which side of which sheet.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from docgen.batch.journal.journal import Journal
from docgen.document import Block, Document, PageBreak, Rule
from docgen.printfiles import PrintFile, PrintOptions, PrintPacket, write_print_files
from tests.commands import Ended, invoke_docgen
from tests.print_server import PrintShop, await_that, needs_cups, print_shop
from tests.printed_packets import pdf_of, stored
from tests.pwg_raster import sides_of
from tests.sheets import paper

pytestmark = needs_cups

PACKETS = ((1, 2, 3, 4), (5, 6), (7, 8, 9, 10))
"""The pages of three patients' packets."""
BOTH = ("--sides", "two-sided-long-edge")


@pytest.fixture(scope="module")
def open_shop() -> Iterator[PrintShop]:
    with print_shop("image/pwg-raster") as shop:
        yield shop


@pytest.fixture
def shop(open_shop: PrintShop) -> PrintShop:
    open_shop.hands_over()
    for file in open_shop.printed:
        file.unlink()
    return open_shop


def print_file(run: Path, *, duplex: bool = True) -> Path:
    """A run with one print file."""
    run.mkdir()
    packets = [
        PrintPacket(
            number=number,
            title=f"Packet {number}",
            documents=(stored(pdf_of(_barred(pages)), run, f"{number}.pdf"),),
        )
        for number, pages in enumerate(PACKETS, 2)
    ]
    options = PrintOptions(run="0123abcd", duplex=duplex, mark=False)
    (made,) = write_print_files(packets, run / "print", "patients", options)
    _take_down(run, made)
    return made.path


def _barred(pages: tuple[int, ...]) -> Document:
    blocks: list[Block] = []
    for page in pages:
        blocks += [*(Rule() for _ in range(page)), PageBreak()]
    return paper(*blocks[:-1], width=612.0, height=792.0)


def _take_down(run: Path, made: PrintFile) -> None:
    with Journal.create(run, {"run": "0123abcd", "organization": ""}) as journal:
        journal.connection.execute(
            "INSERT INTO print_files (file, audience, packets, pages, sheets, bytes, sha256)"
            " VALUES ('print/patients.pdf', 'patients', ?, ?, ?, ?, ?)",
            (made.packets, made.pages, made.sheets, made.size, made.sha256),
        )


def docgen_print(shop: PrintShop, folder: Path, *arguments: str) -> Ended:
    return invoke_docgen(
        *("print", *arguments, "--printer", shop.QUEUE, "--yes"),
        cwd=folder,
        CUPS_SERVER=shop.address,
        HOME=str(folder),
    )


def printed(shop: PrintShop) -> list[tuple[int, ...]]:
    """The sheets that came out, by the bars on their sides."""
    await_that(lambda: bool(shop.printed))
    sides = sides_of(shop.printed[-1])
    if not any(duplex for duplex, _ in sides):
        return [(bars,) for _, bars in sides]
    bars = [bars for _, bars in sides]
    return [tuple(bars[at : at + 2]) for at in range(0, len(bars), 2)]


@pytest.mark.parametrize("ranges", ["1-3,7-9", "2-9", "1-4,9-10", "4-5"])
@pytest.mark.parametrize("sides", [BOTH, ()], ids=["asked for", "as the file is made"])
def test_what_would_mix_two_patients_is_refused(
    shop: PrintShop, tmp_path: Path, ranges: str, sides: tuple[str, ...]
) -> None:
    print_file(tmp_path / "run")
    done = docgen_print(shop, tmp_path, "run", "--range", ranges, *sides)
    assert done.returncode == 1
    assert b"error[range-breaks-" in done.stderr
    assert b"--range " in done.stderr
    assert shop.printed == []


@pytest.mark.parametrize(
    ("ranges", "sheets"),
    [
        ("1-4,7-10", [(1, 2), (3, 4), (7, 8), (9, 10)]),
        ("5-6", [(5, 6)]),
        ("9-10", [(9, 10)]),
        ("1-2,3-6", [(1, 2), (3, 4), (5, 6)]),
    ],
)
def test_what_is_printed_stands_on_the_sheets_of_the_file(
    shop: PrintShop, tmp_path: Path, ranges: str, sheets: list[tuple[int, ...]]
) -> None:
    print_file(tmp_path / "run")
    done = docgen_print(shop, tmp_path, "run", "--range", ranges, *BOTH)
    assert done.returncode == 0, done.stderr.decode()
    assert (b"warning[part-of-packet]" in done.stderr) == (ranges == "9-10")
    assert printed(shop) == sheets


def test_the_ranges_that_a_refusal_names_are_printed(shop: PrintShop, tmp_path: Path) -> None:
    print_file(tmp_path / "run")
    refused = docgen_print(shop, tmp_path, "run", "--range", "3,7-9", *BOTH)
    named = refused.stderr.decode().split("--range ")[1].split()[0]
    assert named == "1-4,7-10"
    assert docgen_print(shop, tmp_path, "run", "--range", named, *BOTH).returncode == 0
    assert printed(shop) == [(1, 2), (3, 4), (7, 8), (9, 10)]


def test_a_print_file_is_known_wherever_it_lies(shop: PrintShop, tmp_path: Path) -> None:
    print_file(tmp_path / "run").rename(tmp_path / "moved.pdf")
    refused = docgen_print(shop, tmp_path, "moved.pdf", "--range", "1-3,7-9", *BOTH)
    assert b"error[range-breaks-sheets]" in refused.stderr
    assert shop.printed == []


@pytest.mark.parametrize("moved", [False, True], ids=["in its run", "elsewhere"])
def test_a_file_for_one_side_is_not_printed_on_both(
    shop: PrintShop, tmp_path: Path, moved: bool
) -> None:
    file = print_file(tmp_path / "run", duplex=False)
    target = file.rename(tmp_path / "moved.pdf") if moved else file
    refused = docgen_print(shop, tmp_path, str(target), *BOTH)
    assert refused.returncode == 1
    assert b"error[packets-share-sheets]" in refused.stderr
    assert shop.printed == []
    assert docgen_print(shop, tmp_path, str(target), "--sides", "one-sided").returncode == 0
    assert printed(shop) == [(page,) for packet in PACKETS for page in packet]


def test_what_failed_is_not_sent_again_with_such_ranges(shop: PrintShop, tmp_path: Path) -> None:
    print_file(tmp_path / "run")
    shop.loses_its_printer()
    assert docgen_print(shop, tmp_path, "run", "--range", "1-4", *BOTH).returncode == 1
    with Journal.open(tmp_path / "run") as journal:
        journal.connection.execute(
            "UPDATE jobs SET options = replace(options, '[[1,4]]', '[[1,3],[7,9]]')"
        )
    shop.hands_over()
    again = docgen_print(shop, tmp_path, "run", "--again")
    assert again.returncode == 1
    assert b"error[range-breaks-sheets]" in again.stderr
    assert shop.printed == []
