"""Packets of patients whose names are nearly the same: no page shows another's.

``python -m tests.fire.mixing --count 5000`` makes so many packets in one run, reads every page of
its documents and print files, and says which of them show anything but their own patient's.
"""

import argparse
import random
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pikepdf

from tests.pdf_text import page_texts
from tests.runs import CODES, Line, assert_adds_up, batch, manifest, write_worklist

ARGUMENTS = ("--organization", "sample", "--print-file", "--sort", "time", "--quiet")
_BASES = (
    "Ana María Ruiz López",
    "Ann-Marie O'Neil",
    "Jon Testmann",
    "Li Na",
    "Maximiliana Alexandrina von Beispielhausen-Mustermann zu Probe",
)
_LETTERS = "aeinorst"
_FIRST = datetime(2026, 11, 24, 7)
_BORN = datetime(1950, 1, 1)
_LABELS = ("Prepared for", "Patient", "Date of birth", "Appointment", "Place", "With")
_PAGE = re.compile("Page [0-9]+ of [0-9]+")


class Person(NamedTuple):
    """A patient and what sheets say of the visit, as a reader sees it."""

    name: str
    born: datetime
    comes: datetime
    place: str
    provider: str
    code: str

    def said(self, label: str) -> str:
        """What stands below a label of a sheet in American English."""
        day = f"{self.comes:%A, %B} {self.comes.day}, {self.comes.year}"
        hour = f"{self.comes.hour % 12 or 12}:{self.comes:%M} {self.comes:%p}"
        return {
            "Date of birth": f"{self.born:%B} {self.born.day}, {self.born.year}",
            "Appointment": f"{day}, {hour}",
            "Place": self.place,
            "With": self.provider,
        }.get(label, self.name)

    @property
    def line(self) -> Line:
        return {
            "patient_name": self.name,
            "birth_date": f"{self.born:%Y-%m-%d}",
            "appointment_time": f"{self.comes:%Y-%m-%d %H:%M}",
            "location": self.place,
            "provider": self.provider,
            "codes": self.code,
        }


def alike(name: str, chance: random.Random) -> str:
    """A name that differs from another by a letter or two."""
    for _ in range(chance.randint(1, 2)):
        at = chance.randrange(1, len(name))
        kind = chance.randrange(5)
        if kind == 0:
            name = name[:at] + chance.choice(_LETTERS) + name[at:]
        elif kind == 1:
            name = name[:at] + chance.choice(_LETTERS) + name[at + 1 :]
        elif kind == 2:
            name = name[:at] + name[at - 1] + name[at:]
        elif kind == 3:
            name = name.translate(str.maketrans("íáó", "iao"))
        else:
            name = name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :]
    return " ".join(name.split())


def people(count: int, seed: int) -> list[Person]:
    """So many, no two of one name, blanks aside."""
    chance = random.Random(seed)
    names = {_bare(name): name for name in _BASES}
    while len(names) < count:
        name = alike(chance.choice(_BASES), chance)
        names.setdefault(_bare(name), name)
    mixed = list(names.values())[:count]
    chance.shuffle(mixed)
    return [
        Person(
            name,
            _BORN + timedelta(days=number % 40),
            _FIRST + timedelta(minutes=number % 600),
            f"Room {number % 3}",
            f"Dr. Example {number % 2}",
            CODES[number % len(CODES)],
        )
        for number, name in enumerate(mixed)
    ]


def problems(count: int, seed: int, folder: Path, workers: int = 2) -> list[str]:
    """What pages show that is not their own patient's, in a run of so many packets."""
    everybody = dict(enumerate(people(count, seed), 2))
    write_worklist(folder / "day.csv", [person.line for person in everybody.values()])
    ended = batch(folder, "day.csv", *ARGUMENTS, "--workers", str(workers), "-o", "run")
    assert ended.returncode == 0, ended.stderr.decode()
    assert_adds_up(folder / "run")
    return mixed_up(folder / "run", everybody)


def mixed_up(run: Path, everybody: dict[int, Person]) -> list[str]:
    """What the documents and print files of a run show wrongly."""
    found: list[str] = []
    same: dict[tuple[str, str, int], frozenset[str]] = {}
    for line in manifest(run):
        pages = page_texts((run / "documents" / line["file"]).read_bytes())
        own, rest = _divided(pages)
        # All but the visit is the same for all patients of a code, on as many pages.
        others = rest ^ same.setdefault((line["code"], line["layout"], len(pages)), rest)
        told = [*_untrue(own, everybody[line["row"]]), *(f"differs: {one}" for one in others)]
        found += [f"{line['file']}: {one}" for one in told]
    for path in sorted((run / "print").iterdir()):
        found += [f"{path.name}: {one}" for one in _misplaced(path, everybody)]
    return found


def _divided(pages: Sequence[str]) -> tuple[list[tuple[str, str]], frozenset[str]]:
    """What stands below each label of the visit, and all other lines."""
    own: list[tuple[str, str]] = []
    rest: set[str] = set()
    is_own = False
    for page in pages:
        lines = [" ".join(line.split()) for line in page.splitlines()]
        for number, line in enumerate(lines):
            if line in _LABELS and not (is_own and own[-1][0] == line):
                own.append((line, ""))
                is_own = True
            elif is_own and _goes_on(own[-1], lines[number - 1]):
                own[-1] = (own[-1][0], f"{own[-1][1]} {line}".strip())
            else:
                is_own = False
                rest.add(_PAGE.sub("Page", line))
        is_own = False
    return own, frozenset(rest)


def _goes_on(entry: tuple[str, str], before: str) -> bool:
    """Whether a value is not at its end: the last one has one line, a name any number of them."""
    label, value = entry
    if label in ("Prepared for", "Patient"):
        return True
    return not value or (label == "Appointment" and value.endswith(("November 24,", "2026,")))


def _untrue(own: Sequence[tuple[str, str]], person: Person) -> Iterator[str]:
    labels = [label for label, _ in own]
    if labels[:1] not in (["Prepared for"], ["Patient"]) or "Date of birth" not in labels:
        yield f"nobody's: {labels}"
    for label, value in own:
        if _bare(value) != _bare(person.said(label)):
            yield f"{label}: {value!r} instead of {person.said(label)!r}"


def _misplaced(path: Path, everybody: dict[int, Person]) -> Iterator[str]:
    """Packets of a print file that show somebody else's name, by its bookmarks."""
    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        places = {page.objgen: index for index, page in enumerate(pdf.pages)}
        begins = [places[item.destination[0].objgen] for item in outline.root]  # type: ignore[index]
        rows = [int(item.title.removeprefix("Packet ")) for item in outline.root]
    pages = page_texts(path.read_bytes())
    if sorted(rows) != sorted(everybody):
        yield "not every packet is there once"
    for row, begin, end in zip(rows, begins, [*begins[1:], len(pages)], strict=True):
        own, _ = _divided(pages[begin:end])
        names = {_bare(value) for label, value in own if label in ("Prepared for", "Patient")}
        if names != {_bare(everybody[row].name)}:
            yield f"packet {row} shows {sorted(names)}"


def _bare(text: str) -> str:
    """A text without blanks: a long word is divided where its line ends."""
    return "".join(text.split())


def main() -> int:
    """Prints what is mixed up, and how many packets there were."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = problems(asked.count, asked.seed, Path(folder))
    for problem in found:
        print(problem)
    print(f"{asked.count} packets of near-equal names: {len(found)} pages show something else")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
