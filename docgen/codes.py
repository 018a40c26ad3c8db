"""QR (ISO/IEC 18004), Data Matrix (16022) and Code 128 bar codes (15417) as modules to print."""

from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING, Any

from docgen.document import Code

if TYPE_CHECKING:
    import zxingcpp

SMALLEST_QR_MODULE = 0.25 * 72 / 25.4
"""In points (0.25 mm): what printers resolve and telephones still read."""

_DARK_AS_ONE = bytes([1]) + bytes(255)
_PRINTABLE_ASCII = range(0x20, 0x7F)


class UnencodableCode(ValueError):  # noqa: N818 - a finding about a payload, not a fault
    """A payload that its code cannot carry; the sentence says why without quoting it."""


def encode_code(code: Code) -> tuple[bytes, ...]:
    """The modules of a code, rows from the top, 1 for dark, the quiet zone around them included.

    A bar code has one row. Raises UnencodableCode for a payload that the code cannot carry.
    """
    if not code.payload:
        raise UnencodableCode("a code needs at least one character")
    if code.symbology == "code128":
        return _code_128(code.payload)
    rows = _qr(code.payload)
    needed = len(rows) * SMALLEST_QR_MODULE
    if code.size < needed:
        raise UnencodableCode(
            f"the text is too long for a QR code of {code.size:.0f} pt: "
            f"at least {ceil(needed)} pt are needed for a telephone to read it"
        )
    return rows


def data_matrix(payload: str) -> tuple[bytes, ...]:
    """The modules of a square Data Matrix code of a short ASCII text, as ``encode_code`` gives
    them."""
    import zxingcpp  # noqa: PLC0415 - only print files have such codes

    # Texts with many digits would fit into an oblong symbol.
    square = zxingcpp.create_barcode(payload, zxingcpp.BarcodeFormat.DataMatrix, force_square=True)
    return _modules(square)


@lru_cache(maxsize=256)
def _qr(payload: str) -> tuple[bytes, ...]:
    import zxingcpp  # noqa: PLC0415 - only documents with codes pay for it

    # Without being told (ECI 26), zxing-cpp writes "é" in Latin-1 and "Ж" in Shift JIS, and readers
    # guess: zbar shows Chinese for "éé", jsQR nothing at all. What is ASCII needs no telling.
    told = {} if payload.isascii() else {"eci": "UTF-8"}
    try:
        barcode = zxingcpp.create_barcode(
            payload, zxingcpp.BarcodeFormat.QRCode, ec_level="M", **told
        )
    except ValueError as error:
        raise UnencodableCode("the text is longer than a QR code can carry") from error
    return _modules(barcode)


@lru_cache(maxsize=256)
def _code_128(payload: str) -> tuple[bytes, ...]:
    import zxingcpp  # noqa: PLC0415

    if any(ord(character) not in _PRINTABLE_ASCII for character in payload):
        raise UnencodableCode("a Code 128 bar code carries only ASCII letters, digits and signs")
    try:
        barcode = zxingcpp.create_barcode(payload, zxingcpp.BarcodeFormat.Code128)
    except ValueError as error:
        raise UnencodableCode("the text is longer than a Code 128 bar code can carry") from error
    return _modules(barcode)[:1]


def _modules(barcode: "zxingcpp.Barcode") -> tuple[bytes, ...]:
    image: Any = barcode.to_image(scale=1, add_quiet_zones=True)
    height, width = image.shape
    flat = bytes(image).translate(_DARK_AS_ONE)
    return tuple(flat[row * width : (row + 1) * width] for row in range(height))
