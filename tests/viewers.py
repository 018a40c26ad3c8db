"""Viewers of others, each filling in a form by its own code: poppler, MuPDF and pdf.js.

Each types a text into a line to write on, and saves the file.
"""

import base64
import http.server
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

from tests.browsing import chromium
from tests.programs import needs, program


class Line(NamedTuple):
    """A line to write on: the name of its field, and what a screen reader says for it."""

    name: str
    label: str


Fill = Callable[[bytes, Line, str], bytes]
"""Takes a file, a line of it and what to type; gives the file that was saved."""

_SYSTEM_PYTHON = "/usr/bin/python3"
"""Debian's own, for which its packages are."""
_POPPLER = """\
import sys
import gi
gi.require_version("Poppler", "0.18")
from gi.repository import Poppler
source, target, name, text = sys.argv[1:]
document = Poppler.Document.new_from_file(source, None)
for number in range(document.get_n_pages()):
    for mapping in document.get_page(number).get_form_field_mapping():
        if mapping.field.get_partial_name() == name:
            mapping.field.text_set_text(text)
document.save(target)
"""
_MUPDF = """\
var document = new Document(scriptArgs[0]);
for (var page = 0; page < document.countPages(); page++)
    document.loadPage(page).getWidgets().forEach(function (widget) {
        if (widget.getFieldType() == "text" && widget.getLabel() == scriptArgs[2]) {
            widget.setTextValue(scriptArgs[3]);
            widget.update();
        }
    });
document.save(scriptArgs[1], "");
"""
_OPEN = """\
async (data) => {
    const pdfjs = window["pdfjs-dist/build/pdf"];
    pdfjs.GlobalWorkerOptions.workerSrc = "/pdf.worker.js";
    const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
    window.opened = await pdfjs.getDocument({data: bytes}).promise;
    for (let number = 1; number <= opened.numPages; number++) {
        const page = await opened.getPage(number);
        const div = document.body.appendChild(document.createElement("div"));
        div.style.position = "relative";
        pdfjs.AnnotationLayer.render({
            viewport: page.getViewport({scale: 1}).clone({dontFlip: true}),
            div, page, annotations: await page.getAnnotations(), renderForms: true,
            annotationStorage: opened.annotationStorage, linkService: {addLinkAttributes() {}},
        });
    }
}
"""
_SAVE = """\
async () => btoa(Array.from(await opened.saveDocument(), (b) => String.fromCharCode(b)).join(""))
"""


_PDF_JS = "share/javascript/pdf/build/pdf.js"
needs_poppler = needs(
    "lib/python3/dist-packages/gi/__init__.py", "share/doc/gir1.2-poppler-0.18/copyright"
)
needs_mupdf = needs("mutool")
needs_pdf_js = needs(_PDF_JS, "chromium")


def fill_in_poppler(folder: Path, data: bytes, line: Line, text: str) -> bytes:
    """By the library below Evince and Okular."""
    source, target = _files(folder, data)
    command = (_SYSTEM_PYTHON, "-c", _POPPLER, source.as_uri(), target.as_uri(), line.name, text)
    subprocess.run(command, check=True, capture_output=True)
    return target.read_bytes()


def fill_in_mupdf(folder: Path, data: bytes, line: Line, text: str) -> bytes:
    source, target = _files(folder, data)
    script = folder / "fill.js"
    script.write_text(_MUPDF, "utf-8")
    command = (program("mutool"), "run", script, source, target, line.label, text)
    subprocess.run(command, check=True, capture_output=True)
    return target.read_bytes()


def _files(folder: Path, data: bytes) -> tuple[Path, Path]:
    source, target = folder / "empty.pdf", folder / "filled.pdf"
    source.write_bytes(data)
    return source, target


@contextmanager
def pdf_js() -> Iterator[Fill]:
    """The viewer of Firefox, in Chromium: what is typed goes in by the keyboard."""
    with _served(Path(program(_PDF_JS)).parent) as address, chromium() as browser:

        def fill(data: bytes, line: Line, text: str) -> bytes:
            page = browser.new_page()
            page.goto(f"{address}/pdf.js")
            page.set_content("<!doctype html><body></body>")
            page.add_script_tag(url=f"{address}/pdf.js")
            page.evaluate(_OPEN, base64.b64encode(data).decode())
            page.locator(f"[name='{line.name}']").press_sequentially(text)
            saved = base64.b64decode(page.evaluate(_SAVE))
            page.close()
            return saved

        yield fill


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Says nothing of what is asked for."""


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(_Quiet, directory=str(folder))
    )
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
