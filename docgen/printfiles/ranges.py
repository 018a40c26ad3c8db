"""Parts of a file to be printed: ranges of pages that keep its sheets and packets whole.

A printer puts the pages that it is asked for on sheets one after the other. Pages 1 to 3 and 7 to 9
on both sides of the paper come out as 1|2, 3|7, 8|9: what stood on a front stands on a back, behind
a page that it has nothing to do with.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from docgen.diagnostics import Findings
from docgen.printfiles.measuring import packet_starts

PageSpan = tuple[int, int]
"""A first page and a last one, counted from 1."""


def check_ranges(
    path: Path,
    pages: int,
    ranges: Sequence[PageSpan],
    findings: Findings,
    *,
    packets: int,
    duplex: bool,
) -> None:
    """Tells of ranges that do not keep the sheets and the packets of a file whole.

    ``duplex`` says that both sides of the paper are printed, or may be. Of a file that is no print
    file, ``packets`` is 0: only its sheets are known.

    Raises DocgenError where the file cannot be read as a PDF.
    """
    if any(first > pages for first, _ in ranges):
        findings.error("range-beyond-end", f"{path.name} has {pages} pages", hint="correct --range")
        return
    starts = packet_starts(path) if packets else ()
    spans = spans_of(ranges, pages)
    chosen = _Chosen(path.name, pages, spans, packets_of(starts, pages), packets > 0)
    chosen.check(findings, duplex=duplex)


def spans_of(ranges: Iterable[PageSpan], pages: int) -> tuple[PageSpan, ...]:
    """Ranges that go upwards, as far as there are pages, neighbours as one."""
    spans: list[PageSpan] = []
    for first, last in ranges:
        if first > pages:
            break
        if spans and first == spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], min(last, pages))
        else:
            spans.append((first, min(last, pages)))
    return tuple(spans)


def packets_of(starts: Sequence[int], pages: int) -> tuple[PageSpan, ...]:
    """The pages of packets that begin on some pages."""
    ends = [*(start - 1 for start in starts[1:]), pages]
    return tuple(zip(starts, ends, strict=True)) if starts else ()


def sheets_of(pages: int) -> Iterator[PageSpan]:
    """The pages of a file on sheets with two sides."""
    return ((front, min(front + 1, pages)) for front in range(1, pages + 1, 2))


def keeps_sheets(spans: Sequence[PageSpan], pages: int, *, whole: bool) -> bool:
    """Whether pages come out on the sheets, and on the sides, that the whole file gives them.

    Unless sheets must be ``whole``, the very last back may stay blank.
    """
    fronts = all(first % 2 for first, _ in spans)
    backs = all(last % 2 == 0 for _, last in spans[:-1])
    end = spans[-1][1] if spans else pages
    return fronts and backs and (not whole or end % 2 == 0 or end == pages)


def parts_touched(spans: Sequence[PageSpan], parts: Iterable[PageSpan]) -> tuple[PageSpan, ...]:
    """The parts, such as sheets or packets, of which any page is in some spans."""
    return tuple(
        (first, last)
        for first, last in parts
        if any(begin <= last and first <= end for begin, end in spans)
    )


def parts_within(spans: Sequence[PageSpan], parts: Iterable[PageSpan]) -> tuple[PageSpan, ...]:
    """The parts of which all pages are in some spans."""
    return tuple(
        (first, last)
        for first, last in parts
        if any(begin <= first and last <= end for begin, end in spans)
    )


def in_words(spans: Sequence[PageSpan]) -> str:
    """Spans as ``--range`` takes them, neighbours as one: ``1-4,7``."""
    joined = spans_of(spans, spans[-1][1]) if spans else ()
    return ",".join(f"{a}-{b}" if a != b else f"{a}" for a, b in joined)


class _Chosen(Struct, frozen=True):
    """The pages of a file that are to be printed."""

    name: str
    pages: int
    """Of the whole file."""
    spans: tuple[PageSpan, ...]
    packets: tuple[PageSpan, ...]
    of_packets: bool
    """Whether it is a print file; where its packets lie may not be known."""

    def check(self, findings: Findings, *, duplex: bool) -> None:
        """Tells of what is broken."""
        meant, whole = (
            parts_touched(self.spans, self.packets),
            parts_within(self.spans, self.packets),
        )
        broken = [one for one in meant if one not in whole]
        several = len(meant) > 1
        if duplex and not keeps_sheets(self.spans, self.pages, whole=self.of_packets):
            behind = "one patient's page on the back of another's" if several else "fronts on backs"
            findings.error(
                "range-breaks-sheets",
                f"{self.name}: printed on both sides, pages {in_words(self.spans)} would not "
                f"come out on the sheets of the file: {behind}",
                hint=self._remedy(of_packets=several),
            )
        elif broken and several:
            findings.error(
                "range-breaks-packets",
                f"{self.name}: of the packet on pages {in_words(broken[:1])}, only a part "
                "would come out, among other packets",
                hint=self._remedy(of_packets=True),
            )
        elif broken:
            findings.warning(
                "part-of-packet",
                f"{self.name}: pages {in_words(self.spans)} are only a part of the packet on "
                f"pages {in_words(broken)}",
                hint="put them where they belong; docgen batch reprint prints whole packets",
            )

    def _remedy(self, *, of_packets: bool) -> str:
        """The nearest ranges that break nothing."""
        parts = self.packets if of_packets else tuple(sheets_of(self.pages))
        more, less = parts_touched(self.spans, parts), parts_within(self.spans, parts)
        what = "packets" if of_packets else "sheets"
        ways = [f"--range {in_words(more)} prints all {what} that it touches"]
        if less:
            ways.append(f"--range {in_words(less)} those that it holds whole")
        if not self.of_packets:
            ways.append("--sides one-sided any pages")
        return "; ".join(ways)
