"""Print files to a printer: planned, sent once, and followed to their end."""

from docgen.printing.candidates import PrintCandidate
from docgen.printing.plan import PrintPlan, PrintWish, check_printer
from docgen.printing.session import (
    PrintedFile,
    PrintObserver,
    PrintReport,
    PrintSession,
    print_files,
)

__all__ = [
    "PrintCandidate",
    "PrintObserver",
    "PrintPlan",
    "PrintReport",
    "PrintSession",
    "PrintWish",
    "PrintedFile",
    "check_printer",
    "print_files",
]
