"""The peer that the goals count by: typst, set up as those would who know it well.

One compiler for all documents; one template (``handout.typ``), which typst reads once; fonts from
their folder and none of the system's; words as JSON through ``sys.inputs``; PDF/UA-1. typst has no
QR codes without a package from the network: zxing-cpp makes them, as SVG. Between two documents
typst keeps what it knows of fonts and, for ten documents, every part of its work whose input comes
again.
"""

import json
from pathlib import Path
from typing import Any

import zxingcpp

from benchmarks.content import content_of, stretches
from benchmarks.installation import needed
from docgen.document import Document

_HERE = Path(__file__).resolve().parent
_FACES = _HERE.parent / "docgen/fonts/faces/atkinson-hyperlegible-next"


def typst_content(document: Document) -> dict[str, Any]:
    """What the template prints."""
    return content_of(document, stretches)


class TypstPeer:
    """Sets the content of documents; one compiler serves all."""

    def __init__(self) -> None:
        typst = needed("typst")
        self._compiler: Any = typst.Compiler(
            _HERE / "handout.typ", root=_HERE, font_paths=[_FACES], ignore_system_fonts=True
        )

    def build(self, content: dict[str, Any], payload: str) -> bytes:
        """The PDF of some content with a QR code."""
        barcode = zxingcpp.create_barcode(payload, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
        inputs = {"content": json.dumps(content), "code": barcode.to_svg(add_quiet_zones=True)}
        data: bytes = self._compiler.compile(sys_inputs=inputs, pdf_standards=["ua-1"])
        return data
