"""Print files: packets gathered into PDFs that a printer takes as they are."""

from docgen.printfiles.gathering import gather_packets, write_print_files
from docgen.printfiles.measuring import Measures, measure
from docgen.printfiles.new_files import NewFiles
from docgen.printfiles.packets import PrintDocument, PrintFile, PrintOptions, PrintPacket, SlipMaker
from docgen.printfiles.ranges import check_ranges

__all__ = [
    "Measures",
    "NewFiles",
    "PrintDocument",
    "PrintFile",
    "PrintOptions",
    "PrintPacket",
    "SlipMaker",
    "check_ranges",
    "gather_packets",
    "measure",
    "write_print_files",
]
