"""How far a run is, how fast it goes, and how long it will take."""

import time
from collections.abc import Callable, Iterable

from docgen.diagnostics import Diagnostic

_MOST_TOLD = 20
"""Rejected rows that are told one by one, all of which are in rejected.csv, and warnings."""

_LEAST_SECONDS = 2.0
"""Before, no rate is told: it would be that of the start."""

Tell = Callable[[Iterable[Diagnostic]], None]


class Progress:
    """Counts what a run does; ``tell`` shows diagnostics, ``show`` is called at every step."""

    def __init__(
        self,
        tell: Tell,
        show: Callable[["Progress"], None],
        rows: int | None,
        before: int = 0,
        began: float | None = None,
    ) -> None:
        """``rows`` is about how many there will be, if that is known, ``before`` how many packets
        were done before; ``began`` is when the work began, on the monotonic clock, if not now."""
        self.rows_read = 0
        self.done = 0
        self.refused = 0
        self.warnings = 0
        self._tell = tell
        self._show = show
        self._expected = rows
        self._before = before
        self._began = time.monotonic() if began is None else began

    def read(self) -> None:
        """A row was read."""
        self.rows_read += 1
        self._show(self)

    def made(self) -> None:
        """A packet is done."""
        self.done += 1
        self._show(self)

    def rejected(self, diagnostics: Iterable[Diagnostic]) -> None:
        """A row has no packet."""
        self.refused += 1
        if self.refused <= _MOST_TOLD:
            self._tell(diagnostics)
        self._show(self)

    def told(self, warnings: Iterable[Diagnostic]) -> None:
        """Something is to be said of packets that are made all the same."""
        for warning in warnings:
            self.warnings += 1
            if self.warnings <= _MOST_TOLD:
                self._tell((warning,))

    @property
    def untold_warnings(self) -> int:
        """How many warnings were not told."""
        return max(0, self.warnings - _MOST_TOLD)

    @property
    def untold(self) -> int:
        """How many rejected rows were not told."""
        return max(0, self.refused - _MOST_TOLD)

    def line(self, now: float | None = None) -> str:
        """One line: ``1,200 of about 5,000 packets, 310 a second, 12 s left, 3 rejected``."""
        elapsed = (time.monotonic() if now is None else now) - self._began
        parts = [self._packets()]
        settled = self.done + self.refused
        if elapsed >= _LEAST_SECONDS and settled:
            rate = settled / elapsed
            parts.append(f"{_rate(rate)} a second")
            left = self._left()
            if left is not None:
                parts.append(f"{duration(left / rate)} left")
        if self.refused:
            parts.append(f"{self.refused:,} rejected")
        return ", ".join(parts)

    def _packets(self) -> str:
        done = self._before + self.done
        if self._expected is None:
            return f"{done:,} packets done, {self.rows_read:,} rows read"
        return f"{done:,} of about {max(self._expected, self.rows_read):,} packets"

    def _left(self) -> int | None:
        if self._expected is None:
            return None
        return max(0, self._expected - self.rows_read)


def duration(seconds: float) -> str:
    """A time to wait for: ``45 s``, ``12 min``, ``3 h 05 min``."""
    whole = max(1, round(seconds))
    if whole < 90:  # noqa: PLR2004 - a minute and a half is told in seconds
        return f"{whole} s"
    minutes = round(whole / 60)
    if minutes < 60:  # noqa: PLR2004 - minutes of an hour
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60:02} min"


def _rate(rate: float) -> str:
    return f"{rate:,.0f}" if rate >= 10 else f"{rate:.1f}"  # noqa: PLR2004 - two digits are enough
