"""Memory and time do not grow with the length of a FHIR file."""

import json
import subprocess
import sys
from pathlib import Path

from tests.fhir_bundles import appointment, order, participant, patient

_READ = """
import resource, sys
from pathlib import Path
from docgen.diagnostics import Findings
from docgen.worklist.fhir.reading import open_fhir
made = sum(row.entry is not None for row in open_fhir(Path(sys.argv[1]), Findings()))
print(made, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def peak(path: Path) -> tuple[int, int]:
    """How many rows have an entry, and the most memory that reading them took, in KiB."""
    done = subprocess.run(
        [sys.executable, "-c", _READ, str(path)], capture_output=True, text=True, check=True
    )
    made, kibibytes = done.stdout.split()
    return int(made), int(kibibytes)


def day(number: int) -> list[dict[str, object]]:
    """Three resources of one visit, in an order in which nothing refers backwards."""
    return [
        appointment(
            f"a{number}",
            basedOn=[{"reference": f"ServiceRequest/o{number}"}],
            participant=[participant(f"Patient/p{number}")],
        ),
        order(f"o{number}", subject={"reference": f"Patient/p{number}"}),
        patient(f"p{number}", photo=[{"data": "x" * 1000}]),
    ]


def test_memory_is_flat(tmp_path: Path) -> None:
    few, many = tmp_path / "few.ndjson", tmp_path / "many.json"
    few.write_text("".join(json.dumps(one) + "\n" for one in day(0)))
    with many.open("w") as out:
        out.write('{"resourceType": "Bundle", "entry": [')
        for number in range(6000):
            entries = (json.dumps({"resource": one}) for one in day(number))
            out.write("," * (number > 0) + ",\n".join(entries))
        out.write("]}")

    made, base = peak(few)
    many_made, peaked = peak(many)

    assert (made, many_made) == (1, 6000)
    assert peaked - base < 10_000, "KiB more for 6,000 visits than for one"
