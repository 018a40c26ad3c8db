"""The same command gives the same bytes: elsewhere, later, in another language and time zone."""

import re
import subprocess
import time
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from tests.commands import DOCGEN, ROOT, environment, run_docgen
from tests.programs import needs
from tests.sample_records import but_for_reviews, take_over_samples

DATE = ("--date", "2026-11-22T09:30:00+01:00")
SECONDS = "1795336200"
"""The same moment, counted from 1970."""

HERE = {"TZ": "UTC", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": ""}
THERE = {
    "TZ": "Pacific/Kiritimati",
    "LC_ALL": "C.UTF-8",
    "LANG": "tr_TR.UTF-8",
    "PYTHONHASHSEED": "2",
    "SOURCE_DATE_EPOCH": "",
}


def _rendered(environment: dict[str, str], *options: str, cwd: Path = ROOT) -> bytes:
    command = ("render", "77299", "--output", "-", *options)
    run = run_docgen(*command, cwd=cwd, stdin=b"", **environment)
    assert (run.returncode, but_for_reviews(run.stderr)) == (0, "")
    return run.stdout


@pytest.mark.parametrize(
    "options",
    [(), DATE, ("--large-print",), ("--fillable", *DATE)],
    ids=["plain", "dated", "large print", "fillable"],
)
@pytest.mark.parametrize("layout", ["patient-handout", "clinician-summary"])
def test_bytes_hang_on_the_input_alone(
    layout: str, options: tuple[str, ...], tmp_path: Path
) -> None:
    """In another folder the record's path differs, which no sheet shows."""
    first = _rendered(HERE, "--layout", layout, *options)
    time.sleep(1.01 - time.time() % 1)  # Another second of the clock at least.
    take_over_samples(tmp_path)
    second = _rendered(THERE, "--layout", layout, *options, cwd=tmp_path)
    assert first == second


@needs("faketime")
def test_another_day_changes_nothing() -> None:
    options = ("render", "77299", "--layout", "patient-handout", "--output", "-")
    later = subprocess.run(
        ["faketime", "2031-03-04 05:06:07", *DOCGEN, *options],
        cwd=ROOT,
        env=environment(**HERE),
        capture_output=True,
        check=True,
    )
    assert later.stdout == _rendered(HERE, "--layout", "patient-handout")


def test_the_environments_date_is_worth_the_options() -> None:
    layout = ("--layout", "patient-handout")
    by_option = _rendered(HERE, *layout, *DATE)
    by_environment = _rendered({**THERE, "SOURCE_DATE_EPOCH": SECONDS}, *layout)
    assert by_option == by_environment
    # Where both are given, the option holds, and nothing of the other gets into the file.
    assert _rendered({**HERE, "SOURCE_DATE_EPOCH": "1"}, *layout, *DATE) == by_option


def test_another_date_changes_only_what_the_file_says_of_itself() -> None:
    layout = ("--layout", "patient-handout")
    one = _objects(_rendered(HERE, *layout, "--date", "2026-11-22"))
    other = _objects(_rendered(HERE, *layout, "--date", "2026-11-23"))
    assert one.keys() == other.keys()
    changed = {name for name in one if one[name] != other[name]}
    assert changed == {"information", "metadata"}
    for name in changed:
        assert re.sub(rb"2026-?11-?22", b"DAY", one[name]) == re.sub(
            rb"2026-?11-?23", b"DAY", other[name]
        )


def _objects(data: bytes) -> dict[str, bytes]:
    """Every object of a file, by its number or by what it is."""
    with pikepdf.open(BytesIO(data)) as pdf:
        known = {pdf.trailer.Info.objgen[0]: "information", pdf.Root.Metadata.objgen[0]: "metadata"}
        return {
            known.get(number, str(number)): _content(pdf.get_object(number, 0))
            for number in range(1, len(pdf.objects) + 1)
            if not _is_packing(pdf.get_object(number, 0))
        }


def _is_packing(item: pikepdf.Object) -> bool:
    """Whether an object only holds others: where those changed, it did too."""
    return isinstance(item, pikepdf.Stream) and item.get("/Type") in ("/ObjStm", "/XRef")


def _content(item: pikepdf.Object) -> bytes:
    if isinstance(item, pikepdf.Stream):
        return item.unparse() + item.read_raw_bytes()
    return item.unparse(resolved=True)
