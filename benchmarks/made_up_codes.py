"""A library as large as a country's: made-up codes with made-up titles, always the same ones."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

MOST: Final = 80_000
_ACTS: Final = (
    "Removal",
    "Repair",
    "Scan",
    "Test",
    "Biopsy",
    "Drainage",
    "Replacement",
    "Planning",
)
_WAYS: Final = ("open", "keyhole", "with a scope", "through the skin", "with dye", "without dye")
_PARTS: Final = ("left ear", "right knee", "upper gullet", "small bowel", "heart valve",
                 "left lung", "lower spine", "right hand", "thyroid", "bladder", "left eye",
                 "skull base", "gallbladder", "right hip", "kidney", "liver")  # fmt: skip
_TOOLS: Final = ("made-up device", "sample graft", "test stent", "demo tube", "no device")


def made_up_codes(count: int = MOST) -> Iterator[tuple[str, str]]:
    """Codes in the form of ICD-10-PCS, sorted, each with its title; none of them is meant."""
    for number in range(count):
        yield f"Z{number:06d}", _title(number)


def write_table(folder: Path, count: int = MOST) -> Path:
    """A code table of made-up codes in a data folder."""
    rows = "".join(f"{code}\t{title}\t\t\n" for code, title in made_up_codes(count))
    head = {
        "code_system": "icd-10-pcs",
        "version": "1",
        "authors": "Ada Sample",
        "language": "en",
        "source": "made_up_codes.py",
        "sha256": hashlib.sha256(rows.encode()).hexdigest(),
        "rows": str(count),
    }
    lines = "".join(f"# {key}: {value}\n" for key, value in head.items())
    path = folder / "tables" / "made-up.tsv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"# docgen code table 1\n{lines}{rows}")
    return path


def write_records(folder: Path, count: int = MOST) -> Path:
    """A data folder with a record file for each of some made-up codes, 1,000 in a folder."""
    records = folder / "records"
    for number, (code, title) in enumerate(made_up_codes(count)):
        shelf = records / f"{number // 1000:03d}"
        if number % 1000 == 0:
            shelf.mkdir(parents=True, exist_ok=True)
        (shelf / f"{code}.yaml").write_text(_record(code, title))
    return records


def _title(number: int) -> str:
    rest, act = divmod(number, len(_ACTS))
    rest, part = divmod(rest, len(_PARTS))
    rest, way = divmod(rest, len(_WAYS))
    rest, tool = divmod(rest, len(_TOOLS))
    return f"{_ACTS[act]} of {_PARTS[part]}, {_WAYS[way]}, {_TOOLS[tool]}, variant {rest + 1}"


def _record(code: str, title: str) -> str:
    name = title.partition(",")[0]
    return f"""\
code: "{code}"
code_system: icd-10-pcs
language: en
title: {title}
name: {name}
specialty: Made-up medicine
summary: |
  {name} is a made-up procedure that stands for none. The team looks after you all the time.
purpose: |
  It shows how a large library is searched.
preparation: |
  - Eat nothing after midnight.
  - Bring a list of your medicines.
procedure_description: |
  1. You lie down.
  2. The team does the {name.lower()}.
  3. You get up again.
risks: |
  - Bleeding is rare.
  - Infection is rare.
recovery: |
  You go home the same day.
provenance:
  version: "1.0"
  authors: [Ada Sample]
  reviewed_on: 2026-01-05
  review_due: 2027-01-05
"""
