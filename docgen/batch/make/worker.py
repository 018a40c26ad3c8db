"""A worker: a process that makes packets until the one that started it is gone.

``python -m docgen.batch.make.worker WHEREABOUTS [WORKSHOP]``, with a socket by way of standard
input (``docgen.batch.make.wire``). It prints nothing, since what goes wrong may have to do with a
patient.
"""

import gc
import os
import re
import signal
import socket
import sys
import threading
from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from queue import SimpleQueue
from time import monotonic

from docgen.batch.make import bugs
from docgen.batch.make.generations import report_for_work
from docgen.batch.make.press import Press
from docgen.batch.make.storing import DocumentStore, made_sheets
from docgen.batch.make.wire import (
    NO_MEMORY,
    Frames,
    Halt,
    Order,
    OrderedPacket,
    Ready,
    Report,
    Told,
    Whereabouts,
    end_given,
    frame,
)
from docgen.batch.plan.tasks import FontFile, PacketMade, PacketRejected, SheetKit
from docgen.diagnostics import DocgenError, Rule
from docgen.document import Visit
from docgen.fonts.own import add_carried
from docgen.pdf import RenderedPdf
from docgen.visits import private_values

_PIECE = 1 << 18
_TELL_SECONDS = 0.01
_WORD = re.compile(r"\w+")
_LEAST_PART = 3
"""Letters of a word that is looked for within others as well: shorter ones are in many."""


class Worker:
    """Makes the packets of orders, one after the other."""

    def __init__(self, whereabouts: Whereabouts, store: DocumentStore | None) -> None:
        self._press = Press()
        self._kits: dict[str, SheetKit] = {}
        self._whereabouts = whereabouts
        self._store = store
        self._packets = 0

    def take(self, order: Order) -> None:
        """Gets ready for an order's packets. Raises DocgenError for a font that cannot be used."""
        for digest in order.forget:
            del self._kits[digest]
        _add_fonts(order.fonts)
        self._kits.update((kit.digest, kit) for kit in order.kits)

    def made(self, packet: OrderedPacket) -> Report:
        """The documents of a packet, written if there is a folder for them, or why there are none.

        Raises DocgenError where they cannot be written, MemoryError where memory is used up.
        """
        self._packets += 1
        pdfs: list[RenderedPdf] = []
        for number, (digest, _) in enumerate(packet.sheets):
            self._whereabouts.begin(self._packets, number)
            try:
                pdfs.append(self._press.made(self._kits[digest], packet.visit))
            except MemoryError:
                raise
            except Exception as error:  # a bug costs a packet, not the run
                rule, reason = _told(error, packet.visit)
                return Report(PacketRejected(packet.row, number, rule, reason))
        return self._report_of_kept(packet, pdfs)

    def _report_of_kept(self, packet: OrderedPacket, pdfs: list[RenderedPdf]) -> Report:
        files = [file for _, file in packet.sheets]
        if self._store is None:
            sheets = made_sheets(files, pdfs)
            return Report(PacketMade(packet.row, sheets), tuple(pdf.data for pdf in pdfs))
        return Report(PacketMade(packet.row, self._store.keep(files, pdfs)))


def main(arguments: Sequence[str]) -> None:
    """Answers orders until the other end closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    driver = end_given()
    store = None
    if len(arguments) > 1:
        workshop = Path(arguments[1])
        report_for_work(workshop)
        store = DocumentStore(workshop)
    worker = Worker(Whereabouts(arguments[0]), store)
    orders: SimpleQueue[Order] = SimpleQueue()
    threading.Thread(target=_listen, args=(driver, orders), daemon=True).start()
    gc.freeze()
    try:
        driver.sendall(frame(Ready()))
        while True:
            _fulfil(orders.get(), worker, driver)
    except MemoryError:
        os._exit(NO_MEMORY)
    except OSError:
        os._exit(0)


def _listen(driver: socket.socket, orders: SimpleQueue[Order]) -> None:
    """Takes in orders; ends the process with the driver, whatever it is at.

    What it was writing goes with the workshop; a document that has its name is whole.
    """
    frames = Frames()
    code = 1
    try:
        while piece := driver.recv(_PIECE):
            for order in frames.feed(piece):
                orders.put(order)
        code = 0
    except MemoryError:
        code = NO_MEMORY
    finally:
        os._exit(code)


def _fulfil(order: Order, worker: Worker, driver: socket.socket) -> None:
    worker.take(order)
    reports: list[Report] = []
    told = monotonic()
    for packet in order.packets:
        try:
            reports.append(worker.made(packet))
        except DocgenError as error:
            driver.sendall(frame(Told(tuple(reports))) + frame(Halt(error.diagnostics)))
            return
        if monotonic() - told > _TELL_SECONDS:
            driver.sendall(frame(Told(tuple(reports))))
            reports.clear()
            told = monotonic()
    driver.sendall(frame(Told(tuple(reports))))


def _add_fonts(fonts: Sequence[FontFile]) -> None:
    for family, files in groupby(fonts, attrgetter("family")):
        add_carried(family, {file.style: file.data for file in files})


def _told(error: Exception, visit: Visit | None) -> tuple[Rule, str]:
    """The rule that stands against a packet, and why, without a value of the patient."""
    if not isinstance(error, DocgenError):
        return "internal-error", bugs.named(error)
    first = next(told for told in error.diagnostics if told.severity == "error")
    reason = f"{first.message} ({first.span})" if first.span else first.message
    if _says_of(visit, reason):
        return first.rule, "a value of the visit cannot be printed right"
    return first.rule, reason


def _says_of(visit: Visit | None, reason: str) -> bool:
    """Whether a reason might repeat what is a patient's own: its model says what is."""
    if visit is None:
        return False
    said = reason.casefold()
    own = set(_WORD.findall(" ".join(map(str, private_values(visit))).casefold()))
    if own.intersection(_WORD.findall(said)):
        return True
    return any(len(word) >= _LEAST_PART and word in said for word in own)


if __name__ == "__main__":
    main(sys.argv[1:])
