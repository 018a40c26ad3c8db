"""One print file: its pages, blank backs and bookmarks, and what readers begin with."""

import zlib
from collections.abc import Sequence
from typing import Any

import pikepdf

from docgen.pdf import LARGE_PACKING, CodeContents, PackedFile, PageTree, text_string
from docgen.printfiles.bookmarks import Bookmarks
from docgen.printfiles.copying import DocumentCopy, SharedObjects
from docgen.printfiles.imposition import ImposedPacket, Side
from docgen.printfiles.marks import MarkPlace, mark, mark_text, place_for_mark
from docgen.printfiles.new_files import HiddenFile
from docgen.printfiles.packets import PrintFile, PrintOptions

TITLE = "Print file of run "
"""What the title of every print file begins with."""
_LEVEL = 6


class PrintFileWriter:
    """A print file on its way; packets are added whole."""

    def __init__(self, file: HiddenFile, options: PrintOptions) -> None:
        self._file = file
        self._options = options
        self._pdf = PackedFile(file, LARGE_PACKING)
        self._objects = SharedObjects(self._pdf)
        self._tree = PageTree(self._pdf)
        self._codes = CodeContents()
        self._bookmarks = Bookmarks(self._pdf)
        self._packets: list[int] = []
        """The numbers of the first packet and the last."""
        self._count = self._pages = 0
        self.sheets = 0
        """Sheets so far, blank backs and slips included."""

    def add(self, imposed: ImposedPacket) -> None:
        """Adds a packet: its slip, and each of its copies.

        Raises DocgenError where it cannot be written.
        """
        packet = imposed.packet
        slip = self._bodies(imposed, imposed.slip, first_sheet=0)
        copy = self._bodies(imposed, imposed.copy, first_sheet=1)
        first: int | None = None
        for body in (*slip, *copy * packet.copies):
            number = self._put_page(body)
            if first is None:
                first = number
                self._bookmarks.add(packet.title, first)
        self._packets = [*self._packets[:1], packet.number]
        self._count += 1
        self.sheets += imposed.sheets

    def finish(self) -> PrintFile:
        """Ends the file; it gets its name with the others."""
        sides = "DuplexFlipLongEdge" if self._options.duplex else "Simplex"
        catalog = self._pdf.add(
            f"<< /Type /Catalog /Pages {self._tree.finish()} 0 R "
            f"/Outlines {self._bookmarks.finish()} 0 R /PageMode /UseOutlines "
            f"/ViewerPreferences << /Duplex /{sides} /PrintScaling /None "
            "/PickTrayByPDFSize true >> >>"
        )
        title = text_string(f"{TITLE}{self._options.run}")
        information = self._pdf.add(f"<< /Title {title} /Producer (docgen) >>")
        digest = self._pdf.finish(catalog, information)
        self._file.finish()
        return PrintFile(
            path=self._file.target,
            packets=self._count,
            first=self._packets[0],
            last=self._packets[-1],
            pages=self._pages,
            sheets=self.sheets,
            size=self._pdf.size,
            sha256=digest,
        )

    def _put_page(self, body: str) -> int:
        number = self._pdf.reserve()
        parent = self._tree.add(number)
        self._pdf.put(number, f"<< /Type /Page /Parent {parent} 0 R {body} >>")
        self._pages += 1
        return number

    def _bodies(
        self, imposed: ImposedPacket, sides: Sequence[Side], *, first_sheet: int
    ) -> list[str]:
        """The pages of some sides, but for their parents."""
        copies: dict[int, DocumentCopy] = {}
        bodies: list[str] = []
        for index, side in enumerate(sides):
            sheet, is_back = divmod(index, imposed.sides_of_sheet)
            box = f"/MediaBox {pikepdf.Array(side.page.mediabox).unparse().decode()}"
            if side.blank:
                bodies.append(f"{box} /Resources << >>")
                continue
            key = id(side.source)
            if key not in copies:
                copies[key] = self._objects.copy(side.source)
            contents, resources = _copied(side.page, copies[key])
            if self._options.mark and not is_back:
                place = place_for_mark(side.page, imposed.packet.number)
                contents.append(self._mark(imposed, first_sheet + sheet, place))
            drawn = " ".join([f"{content} 0 R" for content in contents])
            bodies.append(f"{box} /Resources {resources} 0 R /Contents [{drawn}]")
        return bodies

    def _mark(self, imposed: ImposedPacket, sheet: int, place: MarkPlace) -> int:
        number, sheets = imposed.packet.number, imposed.copy_sheets
        text = mark_text(self._options.run, number, sheet, sheets)
        content = self._codes.content(mark(text, place), place.top)
        return self._objects.add_stream(b"/Filter/FlateDecode", zlib.compress(content, _LEVEL))


def _copied(page: pikepdf.Page, document: DocumentCopy) -> tuple[list[int], int]:
    """The numbers of a page's content streams, and of its resources."""
    drawn: Any = page.obj.get("/Contents", ())
    streams = [drawn] if isinstance(drawn, pikepdf.Stream) else drawn
    return [document.number_of(one) for one in streams], document.number_of(page.resources)
