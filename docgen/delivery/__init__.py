"""Finished documents handed over: named, and written whole or not at all."""

from docgen.delivery.files import write_file, write_stream, written_whole
from docgen.delivery.names import file_name

__all__ = ["file_name", "write_file", "write_stream", "written_whole"]
