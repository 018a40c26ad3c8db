"""Made-up patients all of whose words can be told from anything else, and the search for them.

Every word of theirs has the letters ``qx`` in it, every number of a record with the form of a code
is of 95000 to 95999, they were born before 1900, and they come in 2031: nothing of docgen's own
looks like that.
"""

import csv
import io
import random
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pikepdf

from tests.runs import CODES, COLUMNS, Line

_SYLLABLES = ("ba", "do", "fi", "ge", "hu", "jo", "ka", "lo", "mi", "na", "po", "ra", "se", "tu")
_PRIVATE = re.compile(
    r"qx|(?<![0-9a-z])95[0-9]{3}(?![0-9a-z])|18[0-9]{2}-[0-9]{2}-[0-9]{2}"
    r"|[0-9]{2}/[0-9]{2}/18[0-9]{2}|2031-|/2031",
    re.IGNORECASE,
)

_WHOLE = re.compile(f"qx(?:{'|'.join(_SYLLABLES)}|[0-9]{{4}})", re.IGNORECASE)


def word(chance: random.Random, syllables: int = 3) -> str:
    """A name that nobody has."""
    return "Qx" + "".join(chance.choices(_SYLLABLES, k=syllables))


def person(number: int, chance: random.Random) -> dict[str, str]:
    """A visit of a patient, another one for each number, as the columns of a worklist have it."""
    records = (f"{95000 + number}", f"SAMPLE-QX{number:04}", f"QX{number:05}", word(chance, 1))
    return {
        "patient_name": f"{word(chance)} {word(chance)}",
        "patient_id": records[number % len(records)],
        "birth_date": f"18{70 + number % 30}-{1 + number % 12:02}-{1 + number % 28:02}",
        "appointment_time": f"2031-05-{1 + number % 28:02} {7 + number % 12:02}:{number % 60:02}",
        "location": word(chance),
        "provider": f"Dr. {word(chance)}",
        "codes": CODES[number % len(CODES)],
        "language": ("English", "", "Qxa", "en")[number % 4],
        "large_print": "",
        "copies": "1",
        "layouts": ("", "patient-handout")[number % 2],
        "clinic": f"{word(chance)} Clinic",
    }


def people(count: int, seed: int) -> list[dict[str, str]]:
    chance = random.Random(seed)
    return [person(number, chance) for number in range(count)]


def swapped(lines: Iterable[Mapping[str, str]], seed: int) -> Iterator[Line]:
    """The same lines, in each of which up to three pairs of columns have changed places."""
    chance = random.Random(seed)
    for line in lines:
        cells = dict(line)
        for _ in range(chance.randrange(4)):
            one, other = chance.sample(COLUMNS, 2)
            cells[one], cells[other] = cells[other], cells[one]
        yield cells


def private_in(text: str) -> list[str]:
    """What a text says of such a patient, with some of what stands around it."""
    return [
        text[max(found.start() - 40, 0) : found.end() + 40] for found in _PRIVATE.finditer(text)
    ]


def private_in_run(run: Path) -> dict[str, list[str]]:
    """What the files of a run say of patients, and their names: all of them but ``rejected.csv``,
    what is below ``documents/``, and the pages of print files."""
    found = {}
    for path in sorted(run.rglob("*")):
        name = str(path.relative_to(run))
        said = private_in(name)
        if path.is_file() and path.parts[len(run.parts)] != "documents":
            said += private_in("\n".join(_texts(path)))
        if said:
            found[name] = said
    return found


def _texts(path: Path) -> Iterator[str]:
    if path.name in ("rejected.csv", "worklist"):
        return
    if path.suffix == ".pdf":
        yield from _around_pages(path)
    elif path.suffix == ".sqlite":
        with closing(sqlite3.connect(path)) as journal:
            yield from journal.iterdump()
        # What was deleted is still there, byte by byte; digests may have two letters by chance.
        yield from _WHOLE.findall(path.read_bytes().decode("latin-1"))
    else:
        yield path.read_bytes().decode("latin-1")


def _around_pages(path: Path) -> Iterator[str]:
    """All texts of a PDF but those that its pages show."""
    with pikepdf.open(path) as pdf:
        for thing in (*pdf.objects, pdf.trailer):
            yield from _strings(thing)


def _strings(thing: Any) -> Iterator[str]:
    if isinstance(thing, pikepdf.Stream):
        thing = thing.stream_dict
    if isinstance(thing, pikepdf.Dictionary):
        for key, value in thing.items():
            yield str(key)
            yield from () if getattr(value, "is_indirect", False) else _strings(value)
    elif isinstance(thing, pikepdf.Array):
        for value in thing:
            yield from () if getattr(value, "is_indirect", False) else _strings(value)
    elif isinstance(thing, pikepdf.String | pikepdf.Name):
        yield str(thing)


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A worklist as CSV."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(headings)
    writer.writerows(rows)
    return text.getvalue()
