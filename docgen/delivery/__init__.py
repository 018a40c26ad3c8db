"""Finished documents handed over: named, and written whole or not at all."""

from docgen.delivery.files import make_folder, refusing, write_file, write_stream, written_whole
from docgen.delivery.names import file_name

__all__ = [
    "file_name",
    "make_folder",
    "refusing",
    "write_file",
    "write_stream",
    "written_whole",
]
