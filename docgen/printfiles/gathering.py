"""Packets gathered into print files."""

from collections.abc import Iterable
from pathlib import Path

from docgen.printfiles.imposition import ImposedPacket, imposed
from docgen.printfiles.new_files import NewFiles
from docgen.printfiles.packets import PrintFile, PrintOptions, PrintPacket
from docgen.printfiles.print_file import PrintFileWriter


def write_print_files(
    packets: Iterable[PrintPacket], folder: Path, stem: str, options: PrintOptions
) -> tuple[PrintFile, ...]:
    """Writes packets, in their order, into ``STEM.pdf``, or ``STEM-001.pdf`` and so on.

    There are several files where ``sheets_per_file`` says so; no packet is divided between them.
    The same packets give the same bytes. Memory does not grow with the number of packets, but for
    a few bytes a page. Raises DocgenError, and writes nothing, where a document is missing or is
    not what the run made.
    """
    with NewFiles(folder) as files:
        return gather_packets(packets, files, stem, options)


def gather_packets(
    packets: Iterable[PrintPacket], files: NewFiles, stem: str, options: PrintOptions
) -> tuple[PrintFile, ...]:
    """Writes packets as ``write_print_files`` does, among other files that appear with them.

    Raises DocgenError as that does.
    """
    gathering = _Gathering(files, stem, options)
    for packet in packets:
        with imposed(packet, duplex=options.duplex) as on_sheets:
            gathering.add(on_sheets)
    return gathering.finish()


class _Gathering:
    """The files of one stream of packets; one of them is open at a time."""

    def __init__(self, files: NewFiles, stem: str, options: PrintOptions) -> None:
        self._files = files
        self._stem = stem
        self._options = options
        self._open: PrintFileWriter | None = None
        self._finished: list[PrintFile] = []

    def add(self, packet: ImposedPacket) -> None:
        most = self._options.sheets_per_file
        if self._open and most is not None and self._open.sheets + packet.sheets > most:
            self._finish_file()
        if self._open is None:
            self._open = PrintFileWriter(self._files.begin(self._next_name()), self._options)
        self._open.add(packet)

    def finish(self) -> tuple[PrintFile, ...]:
        self._finish_file()
        return tuple(self._finished)

    def _finish_file(self) -> None:
        if self._open is not None:
            self._finished.append(self._open.finish())
        self._open = None

    def _next_name(self) -> str:
        if self._options.sheets_per_file is None:
            return f"{self._stem}.pdf"
        return f"{self._stem}-{len(self._finished) + 1:03}.pdf"
