"""Print files: packets gathered into PDFs that a printer takes as they are."""

from docgen.printfiles.gathering import gather_packets, write_print_files
from docgen.printfiles.new_files import NewFiles
from docgen.printfiles.packets import PrintDocument, PrintFile, PrintOptions, PrintPacket, SlipMaker

__all__ = [
    "NewFiles",
    "PrintDocument",
    "PrintFile",
    "PrintOptions",
    "PrintPacket",
    "SlipMaker",
    "gather_packets",
    "write_print_files",
]
