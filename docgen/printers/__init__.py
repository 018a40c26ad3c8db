"""Printers, by way of CUPS: jobs sent, followed to their end, and sent again where they failed.

It speaks IPP itself (RFC 8010, RFC 8011), with any server that does, CUPS above all. It knows
nothing of runs: a file, a printer, options and the name of a job are all it is given.
"""

from docgen.printers.jobs import (
    JobId,
    JobLostError,
    JobPhase,
    JobState,
    cancel_job,
    create_job,
    follow,
    send_document,
    state_of_job,
)
from docgen.printers.options import (
    LONG_EDGE,
    ONE_SIDED,
    SIDES,
    JobOptions,
    check_options,
    media_name,
)
from docgen.printers.paper import check_paper, fitting_media
from docgen.printers.printer import Printer, PrinterName, find_printer, known_printers, printers
from docgen.printers.server import Server, ServerUnreachableError, is_printer_address, print_server

__all__ = [
    "LONG_EDGE",
    "ONE_SIDED",
    "SIDES",
    "JobId",
    "JobLostError",
    "JobOptions",
    "JobPhase",
    "JobState",
    "Printer",
    "PrinterName",
    "Server",
    "ServerUnreachableError",
    "cancel_job",
    "check_options",
    "check_paper",
    "create_job",
    "find_printer",
    "fitting_media",
    "follow",
    "is_printer_address",
    "known_printers",
    "media_name",
    "print_server",
    "printers",
    "send_document",
    "state_of_job",
]
