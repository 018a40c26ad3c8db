"""Codes carry exactly their payload, or are refused with the reason."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import deqr  # type: ignore[import-untyped]
import pytest
import zxingcpp
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from docgen.codes import UnencodableCode, data_matrix, encode_code
from docgen.document import Code
from tests.programs import needs, program


def code(payload: str, symbology: Literal["qr", "code128"] = "qr", size: float = 500) -> Code:
    return Code(symbology, payload, size, alt="a code")


def printed(rows: tuple[bytes, ...], height: int = 1) -> Image.Image:
    """A code on white paper, four pixels a module."""
    shades = bytes(255 * (1 - module) for row in rows for module in row)
    modules = Image.frombytes("L", (len(rows[0]), len(rows)), shades)
    size = (4 * len(rows[0]), 4 * height * len(rows))
    return modules.resize(size, Image.Resampling.NEAREST)


def read_back(rows: tuple[bytes, ...], height: int = 1) -> str:
    """What the reader of zxing-cpp sees, which also wrote the code."""
    [found] = zxingcpp.read_barcodes(printed(rows, height))
    return found.text


PAYLOADS = (
    "https://example.org/77299?a=b&c=(d)",
    "7",
    "naïve café",
    "éé",  # in Latin-1, zbar takes it for Chinese
    "ÁÉÍÓÚ ñ ¿Dónde?",
    "https://example.org/citas/mañana",
    "Привет",  # in Shift JIS, without being told
    "Ελλ",
    "trước 日本語 🙂",
    "x" * 1000,
)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_qr_code_carries_its_payload(payload: str) -> None:
    assert read_back(encode_code(code(payload))) == payload


@pytest.mark.parametrize("decoder", [deqr.QRdecDecoder, deqr.QuircDecoder])
@pytest.mark.parametrize("payload", PAYLOADS)
def test_readers_that_share_no_code_with_the_writer_read_utf_8(
    payload: str, decoder: type[deqr.QRdecDecoder | deqr.QuircDecoder]
) -> None:
    """The decoders of zbar and of quirc, before any guess at what their bytes mean."""
    [found] = decoder().decode(printed(encode_code(code(payload))), convert_data=False)
    assert b"".join(entry.data for entry in found.data_entries).decode("utf-8") == payload


@needs("zbarimg")
@pytest.mark.parametrize("payload", PAYLOADS)
def test_zbar_shows_the_payload(payload: str, tmp_path: Path) -> None:
    picture = tmp_path / "code.png"
    printed(encode_code(code(payload))).save(picture)
    command = (program("zbarimg"), "--quiet", str(picture))
    seen = subprocess.run(command, capture_output=True, check=True)
    assert seen.stdout.decode("utf-8") == f"QR-Code:{payload}\n"


_MASKS: tuple[Callable[[int, int], int], ...] = (
    lambda row, column: (row + column) % 2,
    lambda row, _: row % 2,
    lambda _, column: column % 3,
    lambda row, column: (row + column) % 3,
    lambda row, column: (row // 2 + column // 3) % 2,
    lambda row, column: row * column % 2 + row * column % 3,
    lambda row, column: (row * column % 2 + row * column % 3) % 2,
    lambda row, column: ((row + column) % 2 + row * column % 3) % 2,
)
"""Where each gives 0, a module is turned (ISO/IEC 18004, table 10)."""


@pytest.mark.parametrize("payload", [one for one in PAYLOADS if len(one) < 20])
def test_a_code_begins_by_telling_that_it_is_utf_8_unless_it_is_ascii(payload: str) -> None:
    """Mode 0111, interpretation 26 (ISO/IEC 18004, 7.4.2). In a small code the first bits stand in
    the last two columns, from the foot up. An ASCII code has none, and is as large as ever."""
    rows = encode_code(code(payload))
    [found] = deqr.QRdecDecoder().decode(printed(rows), convert_data=False)
    last = len(rows) - 1 - 4
    places = [(last - bit // 2, last - bit % 2) for bit in range(12)]
    bits = "".join(
        str(rows[row][column] ^ (not _MASKS[found.mask](row - 4, column - 4)))
        for row, column in places
    )
    assert (bits == f"0111{26:08b}") is not payload.isascii()


@pytest.mark.parametrize("payload", ["77299", "0DJ08ZZ", "G0105", "a-B c/9~", "1234567890" * 4])
def test_a_bar_code_carries_its_payload(payload: str) -> None:
    assert read_back(encode_code(code(payload, "code128")), height=40) == payload


def test_a_qr_code_brings_a_quiet_zone_of_four_modules() -> None:
    rows = encode_code(code("7"))
    assert len(rows) == len(rows[0]) == 21 + 2 * 4
    assert not any(b"".join(rows[:4] + rows[-4:]))
    assert not any(any(row[:4] + row[-4:]) for row in rows)
    assert rows[4][4:11] == bytes([1] * 7)


def test_a_bar_code_is_one_row_with_a_quiet_zone_of_ten_modules() -> None:
    [row] = encode_code(code("77299", "code128"))
    # start, 7, switch to pairs, 72, 99, check: 6 characters of 11 modules, and 13 to stop
    assert len(row) == 6 * 11 + 13 + 2 * 10
    assert not any(row[:10] + row[-10:])
    assert row[10] == row[-11] == 1


@pytest.mark.parametrize(
    ("refused", "reason"),
    [
        (code(""), "at least one character"),
        (code("x" * 3000), "longer than a QR code can carry"),
        (code("x" * 200, "code128"), "longer than a Code 128 bar code can carry"),
        (code("café", "code128"), "only ASCII"),
        (code("a\nb", "code128"), "only ASCII"),
        # 106 bytes fit in version 6: 41 modules and two quiet zones of 4, 0.25 mm each
        (code("x" * 106, size=20), "at least 35 pt are needed"),
    ],
)
def test_what_a_code_cannot_carry_is_refused(refused: Code, reason: str) -> None:
    with pytest.raises(UnencodableCode, match=reason):
        encode_code(refused)


def test_a_refusal_does_not_quote_the_payload() -> None:
    with pytest.raises(UnencodableCode) as refused:
        encode_code(code("Zoë Example", "code128"))
    assert "Zo" not in str(refused.value)


@pytest.mark.parametrize("payload", ["R:3fa9c2d1 P:120 S:2/5", "R:00000000 P:1048576 S:100/100"])
def test_a_data_matrix_code_carries_its_payload_in_a_quiet_zone(payload: str) -> None:
    rows = data_matrix(payload)

    assert read_back(rows) == payload
    assert len(rows) == len(rows[0])
    edges = {*rows[0], *rows[-1], *(row[0] for row in rows), *(row[-1] for row in rows)}
    assert edges == {0}


@given(st.from_regex(r"R:[0-9a-f]{8} P:[1-9][0-9]{0,5} S:[0-9]/[1-9]", fullmatch=True))
@example("R:25da6730 P:4 S:1/2")
def test_sheet_marks_are_square(payload: str) -> None:
    """An oblong one would run over the edge of the paper."""
    rows = data_matrix(payload)
    assert {len(row) for row in rows} == {len(rows)}
