"""A peer for comparison: WeasyPrint, its style sheet and fonts read once, PDF/UA-1."""

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

import zxingcpp

from benchmarks.installation import needed

Part = dict[str, Any]

_FACES = Path(__file__).resolve().parent.parent / "docgen/fonts/faces/atkinson-hyperlegible-next"
_STYLES = {
    "Regular": "400; font-style: normal",
    "Bold": "700; font-style: normal",
    "Italic": "400; font-style: italic",
    "BoldItalic": "700; font-style: italic",
}
_LOOK = """
@page { size: letter; margin: 32.4pt 72pt 58.4pt;
  @bottom-left { content: string(foot); width: 80%; font: 10.5pt Peer; color: #4b5560 }
  @bottom-right { content: "Page " counter(page) " of " counter(pages);
    font: 10.5pt Peer; color: #4b5560 } }
@page :first { @bottom-left { content: string(first-foot) } }
html { font: 12pt/14.8pt Peer; color: #1c1c1c }
body, p, ul, ol, h1, h2, h3 { margin: 0 }
.foot { string-set: foot content(); position: absolute; visibility: hidden }
.first-foot { string-set: first-foot content(); position: absolute; visibility: hidden }
p, ul, ol { margin-bottom: 7.4pt }
h1 { font-size: 22.8pt; line-height: 29.6pt; color: #0b4a6f }
h2 { font-size: 14.4pt; line-height: 14.8pt; color: #0b4a6f; margin-top: 14.8pt }
a { color: #0b4a6f }
ul, ol { padding-left: 19.2pt }
li > p { margin: 0 }
li::marker { color: #0b4a6f }
ul.check { list-style: "☐  " }
.label { font-size: 10.8pt; font-weight: bold; color: #0b4a6f; margin: 0 }
.subtitle { font-size: 13.2pt; color: #4b5560 }
.small { font-size: 10.5pt; color: #4b5560; margin: 0 }
.box { padding: 7.4pt 12pt; margin: 7.4pt 0 }
.box h2 { margin-top: 0 }
.summary { background: #e9f2f8; border-left: 4pt solid #0b4a6f }
.warning { background: #fdf1ec; border: 1pt solid #9b2c14; border-left-width: 5pt }
.note { background: #f3f4f6; border-left: 3pt solid #4b5560 }
.plain { border: 0.75pt solid #75828e }
.columns { display: flex; gap: 19.2pt }
"""


class WeasyPrintPeer:
    """Sets the content of documents; one style sheet and its fonts serve all."""

    def __init__(self) -> None:
        self._weasyprint = needed("weasyprint")
        self._fonts = needed("weasyprint.text.fonts").FontConfiguration()
        faces = "".join(
            f"@font-face {{ font-family: Peer; font-weight: {look}; "
            f"src: url({(_FACES / f'AtkinsonHyperlegibleNext-{style}.ttf').as_uri()}) }}\n"
            for style, look in _STYLES.items()
        )
        self._look = self._weasyprint.CSS(string=faces + _LOOK, font_config=self._fonts)

    def build(self, content: Part) -> bytes:
        """The PDF of some content."""
        first, later = content["footers"]
        page = (
            f"<html lang=en><head><title>{escape(content['title'])}</title></head><body>"
            f"<div class=first-foot>{escape(first)}</div><div class=foot>{escape(later)}</div>"
            f"{_parts(content['parts'])}</body></html>"
        )
        data: bytes = self._weasyprint.HTML(string=page).write_pdf(
            stylesheets=[self._look], font_config=self._fonts, pdf_variant="pdf/ua-1"
        )
        return data


def _parts(parts: Sequence[Part]) -> str:
    return "".join(map(_part, parts))


def _part(part: Part) -> str:
    match part["kind"]:
        case "paragraph":
            return _paragraph(part["style"], part["text"])
        case "list":
            return _list(part)
        case "callout":
            return f"<div class='box {part['style']}'>{_parts(part['parts'])}</div>"
        case "facts":
            return _columns(part["facts"], [1.0] * part["across"])
        case "columns":
            return _columns(part["slots"], part["weights"])
        case _:
            return _code(part)


def _paragraph(style: str, text: str) -> str:
    if style.startswith("heading-"):
        return f"<h{style[-1]}>{text}</h{style[-1]}>"
    return f"<p class={style}>{text}</p>"


def _list(part: Part) -> str:
    items = "".join(f"<li>{_parts(item)}</li>" for item in part["items"])
    if part["marker"] == "ordered":
        return f"<ol start={part['start']}>{items}</ol>"
    return f"<ul class={part['marker']}>{items}</ul>"


def _code(part: Part) -> str:
    barcode = zxingcpp.create_barcode(part["payload"], zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image = quote(barcode.to_svg(add_quiet_zones=True))
    look = f"width: {part['size']}pt"
    return f"<img alt='{escape(part['alt'])}' style='{look}' src='data:image/svg+xml,{image}'>"


def _columns(slots: Sequence[Sequence[Part]], weights: Sequence[float]) -> str:
    rows = []
    for first in range(0, len(slots), len(weights)):
        row = zip(slots[first : first + len(weights)], weights, strict=False)
        cells = "".join(f"<div style='flex: {weight}'>{_parts(slot)}</div>" for slot, weight in row)
        rows.append(f"<div class=columns>{cells}</div>")
    return "".join(rows)
