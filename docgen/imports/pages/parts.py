"""The parts of a page: its head, its sections under their headings, and what fits none."""

from collections.abc import Sequence
from itertools import pairwise

from docgen.diagnostics import Findings, quoted, refuse
from docgen.imports.code_lines import CodeLine, code_line
from docgen.imports.drafts import DraftUnplaced
from docgen.imports.pages.headings import (
    NAME,
    POLICIES,
    RELATED_POLICIES,
    SIMILAR_CODES,
    USUAL,
    can_only_be_heading,
    compared_heading,
    heading_of,
    inline_heading,
    is_navigation,
    opens_contents,
    policies_about,
    stands_like_heading,
)
from docgen.imports.pages.text import PageLine, SavedPage, words_on_one_line
from docgen.records import SECTION_TITLES

_UNKNOWN = "unknown"
_ADDRESS = ("http://", "https://")


class Parts:
    """What a page says, by where a record has it."""

    def __init__(self) -> None:
        self.title = ""
        self.title_line = 1
        self.name: str | None = None
        self.code_line: CodeLine | None = None
        self.code_line_number = 1
        self.url: str | None = None
        self.sections: dict[str, list[PageLine]] = {}
        self.policies: list[PageLine] = []
        self.similar: list[PageLine] = []
        self.furniture: list[str] = []
        self.unplaced: list[DraftUnplaced] = []


class _Run:
    """A heading and the lines below it."""

    def __init__(self, id: str | None, heading: PageLine | None) -> None:
        self.id = id
        self.heading = heading
        self.lines: list[PageLine] = []
        self.is_empty = True

    def add(self, line: PageLine) -> None:
        self.lines.append(line)
        self.is_empty = self.is_empty and line.is_blank


def parts_of(page: SavedPage, notes: Findings) -> Parts:
    """Takes a page apart. Notes tell of what is left out, repeated or has no place.

    Raises DocgenError where the page has no title.
    """
    parts = Parts()
    lines = _without_navigation(page, parts, notes)
    head, *runs = _runs(page, lines, notes)
    _read_head(page, head.lines, parts, notes)
    again = {run.id for run in runs if not run.is_empty}
    for run in runs:
        assert run.heading
        if run.is_empty and run.id in again:
            parts.furniture.append(_whole(run.heading))
            continue
        _place_run(page, run, parts, notes)
    return parts


def _without_navigation(page: SavedPage, parts: Parts, notes: Findings) -> list[PageLine]:
    kept: list[PageLine] = []
    in_contents = in_section = False
    for line in page.lines:
        id = None if line.marker else heading_of(line.text)
        in_section = id in SECTION_TITLES if id else in_section
        in_contents = (opens_contents(line.text) and not in_section) or (
            in_contents
            and (line.is_blank or (line.marker is not None and heading_of(line.text) is not None))
        )
        if not line.is_blank and (in_contents or is_navigation(line, in_section=in_section)):
            parts.furniture.append(_whole(line))
            kept.append(line._replace(marker=None, words=(), length=0))
            if compared_heading(line.text) != USUAL and not heading_of(line.text):
                notes.warning(
                    "left-out",
                    f"'{line.text}' belongs to the site around the page, and is left out",
                    page.span(line.number, line.indent + 1),
                )
        else:
            kept.append(line)
    return kept


def _runs(page: SavedPage, lines: Sequence[PageLine], notes: Findings) -> list[_Run]:
    """The lines up to the first heading, then each heading with the lines below it."""
    own_lines = {id for line in lines if not line.marker and (id := heading_of(line.text))}
    runs = [_Run(None, None)]
    blank = PageLine(0, 0, None, (), 0)
    following = _following(lines)
    for before, line in pairwise([blank, *lines]):
        id = None if line.marker else heading_of(line.text)
        if id:
            runs.append(_Run(id, line))
            continue
        inline = None if line.marker or not before.is_blank else inline_heading(line.text)
        if inline and inline[0] not in own_lines:
            count = len(inline[1].split())
            runs.append(_Run(inline[0], line._replace(words=line.words[:count])))
            line = line._replace(words=line.words[count:])  # noqa: PLW2901 - its rest is the text
        elif runs[-1].id in (*SECTION_TITLES, _UNKNOWN) and not runs[-1].is_empty:
            stands = stands_like_heading(line, before, following[line.number])
            if stands and can_only_be_heading(line):
                runs.append(_Run(_UNKNOWN, line))
                continue
            if stands and runs[-1].id != _UNKNOWN:
                notes.warning(
                    "perhaps-heading",
                    f"{quoted(line.text)} may be a heading; it is text of the section above it",
                    page.span(line.number, line.indent + 1),
                    "see in the record whether what follows belongs to that section",
                )
        runs[-1].add(line)
    return runs


def _following(lines: Sequence[PageLine]) -> list[PageLine | None]:
    """By the number of a line, the next one below it that is not blank."""
    found: list[PageLine | None] = [None] * (len(lines) + 1)
    for line in reversed(lines):
        below = found[line.number]
        found[line.number - 1] = below if line.is_blank else line
    return found


def _read_head(page: SavedPage, lines: Sequence[PageLine], parts: Parts, notes: Findings) -> None:
    """The title, the last lines above the code system's; what else stands there has no place."""
    seen = [line for line in lines if not line.is_blank]
    at = next((at for at, line in enumerate(seen) if code_line(line.text)), len(seen))
    above, below = seen[:at], seen[at + 1 :]
    if at < len(seen):
        parts.code_line = code_line(seen[at].text)
        parts.code_line_number = seen[at].number
        _take_code_line(seen[at], parts)
    above = [line for line in above if not _is_address(line, parts)]
    if not above and parts.code_line is None:
        above, below = below[:1], below[1:]
    if not above:
        raise refuse(
            "no-title",
            "this page has no title above the line that names its code system",
            page.span(1),
            "write the title of the page into a line of its own above it",
        )
    begin = len(above) - 1
    while begin and above[begin - 1].number == above[begin].number - 1:
        begin -= 1
    title = above[begin:]
    parts.title = " ".join(_whole(line) for line in title)
    parts.title_line = title[0].number
    for line in (*above[:begin], *below):
        if not _is_address(line, parts):
            _keep_unplaced(page, [line], "it stands above the first section", parts, notes)


def _take_code_line(line: PageLine, parts: Parts) -> None:
    said = parts.code_line
    assert said
    if said.system is None:
        parts.unplaced.append(DraftUnplaced(text=line.text))
        return
    text = line.text
    if said.code:
        at = text.upper().rindex(said.code)
        text = f"{text[:at]} {text[at + len(said.code) :]}"
    parts.furniture.append(text)


def _is_address(line: PageLine, parts: Parts) -> bool:
    """Takes a line that is nothing but the address of the page."""
    *label, last = line.words or (None,)
    if last is None or not last.text.startswith(_ADDRESS) or parts.url:
        return False
    if (
        label
        and compared_heading(" ".join(word.text for word in label if word)) not in _ADDRESS_LABELS
    ):
        return False
    parts.url = last.text
    parts.furniture.append(_whole(line).removesuffix(last.text))
    return True


_ADDRESS_LABELS = frozenset(("url", "source", "address", "link", "retrieved from", "saved from"))


def _place_run(page: SavedPage, run: _Run, parts: Parts, notes: Findings) -> None:
    assert run.heading
    if run.id in SECTION_TITLES:
        _place_section(page, run, parts, notes)
        return
    if run.id == _UNKNOWN:
        reason = "no field is made for this heading"
        heading, number = _whole(run.heading), run.heading.number
        _keep_unplaced(page, run.lines, reason, parts, notes, heading=heading, number=number)
        return
    if run.id == POLICIES:
        _take_policies_heading(page, run, parts, notes)
    else:
        parts.furniture.append(_whole(run.heading))
    if run.id == NAME:
        _place_name(page, run, parts, notes)
    elif run.id in (POLICIES, RELATED_POLICIES):
        parts.policies += run.lines
    elif run.id == SIMILAR_CODES:
        parts.similar += run.lines


def _place_section(page: SavedPage, run: _Run, parts: Parts, notes: Findings) -> None:
    assert run.heading
    assert run.id
    parts.furniture.append(_whole(run.heading))
    place = page.span(run.heading.number)
    if run.is_empty:
        notes.warning("empty-section", f"nothing stands under '{run.heading.text}'", place)
        return
    if run.id in parts.sections:
        notes.warning(
            "repeated-section",
            f"'{run.heading.text}' comes twice on this page; the record has both, one below the "
            "other",
            place,
        )
    parts.sections[run.id] = [*parts.sections.get(run.id, []), *run.lines]


def _take_policies_heading(page: SavedPage, run: _Run, parts: Parts, notes: Findings) -> None:
    """The heading names the title once more, perhaps on more lines than one."""
    assert run.heading
    about = policies_about(run.heading.text)
    rows = 0
    while about and not _same(about, parts.title) and rows < len(run.lines):
        longer = f"{about} {run.lines[rows].text}"
        if run.lines[rows].is_blank or not _same(longer, parts.title[: len(longer)]):
            break
        about, rows = longer, rows + 1
    if not about or _same(about, parts.title):
        parts.furniture += [_whole(line) for line in (run.heading, *run.lines[:rows])]
        run.lines = run.lines[rows:]
        return
    _keep_unplaced(page, [run.heading], "it names something else than the title", parts, notes)


def _place_name(page: SavedPage, run: _Run, parts: Parts, notes: Findings) -> None:
    """The name is the first paragraph below its heading."""
    assert run.heading
    seen = [line for line in run.lines if not line.is_blank]
    if not seen or parts.name is not None:
        if not seen:
            place = page.span(run.heading.number)
            notes.warning("empty-section", f"nothing stands under '{run.heading.text}'", place)
        _keep_unplaced(page, run.lines, "the page has named it before", parts, notes)
        return
    count = 1
    while count < len(seen) and seen[count].number == seen[count - 1].number + 1:
        count += 1
    parts.name = " ".join(_whole(line) for line in seen[:count])
    _keep_unplaced(page, seen[count:], "it stands above the first section", parts, notes)


def _keep_unplaced(
    page: SavedPage,
    lines: Sequence[PageLine],
    reason: str,
    parts: Parts,
    notes: Findings,
    *,
    heading: str | None = None,
    number: int | None = None,
) -> None:
    """Keeps lines as they stand, and tells why they have no place."""
    seen = [line for line in lines if not line.is_blank]
    if not seen and number is None:
        return
    text = "\n".join(_whole(line) for line in seen)
    parts.unplaced.append(
        DraftUnplaced(text=text, heading=heading) if text else DraftUnplaced(text=heading or "")
    )
    notes.warning(
        "unplaced",
        f"{reason}: it is kept under 'unplaced', which no sheet prints",
        page.span(number or seen[0].number),
        "move it in the record to where it belongs, or delete it there",
    )


def _whole(line: PageLine) -> str:
    """A line with its marker."""
    return (
        f"{line.marker.text} {words_on_one_line(line.words)}"
        if line.marker
        else words_on_one_line(line.words)
    )


def _same(one: str, other: str) -> bool:
    return one.split() == other.split()
