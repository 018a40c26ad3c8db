"""Whatever a machine's language, clock and encoding, docgen makes the same files and says the same.

``tests.machines`` names machines; nothing has to be installed to be like one of them.
"""

from hashlib import sha256
from pathlib import Path

import pytest

from tests.commands import ROOT, run_docgen
from tests.machines import MACHINES
from tests.pdf_text import page_texts
from tests.runs import visit, write_worklist

LANGUAGES = ("en", "es", "es-MX", "fr-CA", "hmn", "ht", "so", "sm", "vi")
"""Those of the samples, others that ICU knows, and hmn, ht and sm, whose months it cannot name."""


@pytest.fixture(scope="module")
def packets(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The run of one clinic day, a visit in each language, on each of the machines."""
    folder = tmp_path_factory.mktemp("machines")
    day = write_worklist(
        folder / "day.csv",
        [
            visit(number, codes="45378", language=language, appointment_time="2026-11-24 00:05")
            for number, language in enumerate(LANGUAGES)
        ],
    )
    (folder / "docgen.yaml").write_text("samples: yes\n", "utf-8")
    runs = [folder / f"run-{number}" for number in range(len(MACHINES))]
    for run, machine in zip(runs, MACHINES, strict=True):
        options = ("--organization", "sample", "--fallback-language", "en", "--workers", "1")
        command = ("batch", str(day), *options, "--output", str(run))
        made = run_docgen(*command, cwd=folder, stdin=b"", **machine)
        assert made.returncode == 0, made.stderr
    return runs


def test_packets_in_every_language_are_the_same_on_every_machine(packets: list[Path]) -> None:
    first, *others = ({path.name: digest for path, digest in _made(run)} for run in packets)
    assert len(first) == 2 * len(LANGUAGES)
    for other in others:
        assert other == first


def _made(run: Path) -> list[tuple[Path, str]]:
    paths = sorted((run / "documents").rglob("*.pdf"))
    return [(path, sha256(path.read_bytes()).hexdigest()) for path in paths]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("hmn", "Tuesday, November 24, 2026, 12:05 AM"),
        ("ht", "Tuesday, November 24, 2026, 12:05 AM"),
        ("so", "Talaado, Noofeembar 24, 2026, 12:05 GH"),
        ("es", "martes, 24 de noviembre de 2026, 0:05"),
    ],
)
def test_an_appointment_is_said_in_the_sheets_language_or_in_the_one_that_stands_in(
    packets: list[Path], language: str, said: str
) -> None:
    row = f"{LANGUAGES.index(language) + 2:06}"
    for run in packets:
        [path] = (run / "documents").rglob(f"{row}-1-*.pdf")
        assert said in " ".join(" ".join(page_texts(path.read_bytes())).split())


@pytest.mark.parametrize(
    "command",
    [
        ("records", "show", "45378", "--language", "es"),
        ("records", "show", "45378", "--format", "json"),
        ("schema", "record"),
        ("explain", "patient-handout"),
        ("render", "nonsense"),
    ],
    ids=" ".join,
)
def test_what_docgen_says_is_the_same_on_every_machine(command: tuple[str, ...]) -> None:
    """In UTF-8: a Latin-1 machine could not write the "…" of a schema, nor all of a record."""
    first, *others = (run_docgen(*command, cwd=ROOT, stdin=b"", **machine) for machine in MACHINES)
    assert b"Traceback" not in first.stderr
    for other in others:
        assert (other.returncode, other.stdout, other.stderr) == (
            first.returncode,
            first.stdout,
            first.stderr,
        )
