"""Print files: packets gathered into PDFs that a printer takes as they are."""

from docgen.printfiles.gathering import write_print_files
from docgen.printfiles.packets import PrintDocument, PrintFile, PrintOptions, PrintPacket, SlipMaker

__all__ = [
    "PrintDocument",
    "PrintFile",
    "PrintOptions",
    "PrintPacket",
    "SlipMaker",
    "write_print_files",
]
