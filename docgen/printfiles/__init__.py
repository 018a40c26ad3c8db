"""Print files: packets gathered into PDFs that a printer takes as they are."""

from docgen.printfiles.gathering import write_print_files
from docgen.printfiles.packets import PrintDocument, PrintFile, PrintOptions, PrintPacket

__all__ = ["PrintDocument", "PrintFile", "PrintOptions", "PrintPacket", "write_print_files"]
