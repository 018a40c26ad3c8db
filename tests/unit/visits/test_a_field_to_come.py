"""A field that is added to a visit in one place is there in all others, and private.

Each test edits one definition in a copy of docgen, and asks the copy.
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.copies import asked, copied, edited
from tests.fhir_bundles import appointment, bundle, order, patient

FIELD = """
    interpreter: Annotated[
        str | None,
        VisitField(
            called="the interpreter",
            about="Who interprets.",
            headings=("Interpreter Name",),
            fhir=None,
        ),
    ] = None
"""
END = """
    def __repr__(self) -> str:
        return "Visit(…)"
"""
ASKED = """
import json
from pathlib import Path
from docgen.batch.make.worker import _told
from docgen.cli.schema import schema_of
from docgen.compose.visits import field_of, visit_text
from docgen.diagnostics import Findings, refuse
from docgen.document import Paragraph, VisitFact
from docgen.proofs.probe import VISIT
from docgen.worklist import open_worklist
from docs.generate import pages

def visits(name, column_map=None):
    rows = open_worklist(Path(name), Findings(), column_map and Path(column_map))
    return [row.entry.visit.interpreter for row in rows]

(row,) = open_worklist(Path("table.csv"), Findings())
visit, fact = row.entry.visit, VisitFact(Paragraph((), "body"), "interpreter")
places = schema_of("layout")["$defs"]["VisitFactEntry"]["properties"]["value"]["enum"]
(page,) = (text for path, text in pages().items() if path.name == "worklist.md")
print(json.dumps({
    "table": visits("table.csv"),
    "mapped": visits("mapped.csv", "map.yaml"),
    "lines": visits("lines.jsonl"),
    "map": schema_of("worklist-map")["$defs"]["ColumnSection"]["properties"]["interpreter"],
    "layout": places,
    "page": [line for line in page.splitlines() if "`interpreter`" in line],
    "printed": visit_text(visit, fact, "en"),
    "called": field_of(fact).called,
    "reason": _told(refuse("rule", "no room for 'Quimby'"), visit),
    "shown": repr(visit),
    "proof": VISIT.interpreter,
}))
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return copied(tmp_path / "copy")


def test_a_field_is_everywhere_once_it_is_defined(copy: Path) -> None:
    edited(copy, "visits/visit.py", END, FIELD + END)
    head = "patient_name,codes,{}\nAda Example,77299,Quimby\n"
    (copy / "table.csv").write_text(head.format("Interpreter Name"))
    (copy / "mapped.csv").write_text(head.format("Language Help"))
    (copy / "map.yaml").write_text("columns: {interpreter: Language Help}\n")
    line = {"patient_name": "Ada Example", "codes": "77299", "interpreter": "Quimby"}
    (copy / "lines.jsonl").write_text(f"{json.dumps(line)}\n")
    ended = asked(copy, ASKED)
    assert ended.returncode == 0, ended.stderr
    told: dict[str, Any] = json.loads(ended.stdout)
    assert told.pop("map")["description"] == "Who interprets."
    assert told.pop("layout")[-1] == "interpreter"
    page = told.pop("page")
    assert "| `interpreter` | Interpreter Name | yes |" in page
    assert sum("Who interprets." in line for line in page) == 1
    assert told == {
        "table": ["Quimby"],
        "mapped": ["Quimby"],
        "lines": ["Quimby"],
        "printed": "Quimby",
        "called": "the interpreter",
        "reason": ["rule", "a value of the visit cannot be printed right"],
        "shown": "Visit(…)",
        "proof": "A text",
    }


def test_what_fhir_is_said_to_say_has_to_be_read(copy: Path) -> None:
    """The definition promises what the reader of FHIR does not know: its rows stop at once."""
    field = FIELD.replace("fhir=None", 'fhir="the interpreter among the participants"')
    edited(copy, "visits/visit.py", END, field + END)
    made = bundle(appointment(), patient(), order())
    (copy / "day.json").write_text(json.dumps(made))
    ended = asked(
        copy,
        "from pathlib import Path\nfrom docgen.diagnostics import Findings\n"
        "from docgen.worklist import open_worklist\n"
        "list(open_worklist(Path('day.json'), Findings()))\n",
    )
    assert ended.returncode == 1
    assert ended.stderr.endswith("KeyError: 'interpreter'\n")


def test_a_type_that_nothing_reads_is_refused_before_any_row(copy: Path) -> None:
    edited(copy, "visits/visit.py", END, FIELD.replace("str | None", "bytes | None") + END)
    ended = asked(copy, "import docgen.worklist")
    assert "TypeError: of what kind is 'interpreter'?" in ended.stderr


def test_a_kind_that_nobody_decides_on_is_a_type_error(copy: Path) -> None:
    """Whoever reads cells and whoever prints values has to say what becomes of it."""
    edited(copy, "visits/fields.py", '    "moment",\n', '    "moment",\n    "span",\n')
    modules = ("docgen/worklist/rows/cells.py", "docgen/compose/visits.py")
    command = (sys.executable, "-m", "mypy", "--follow-imports=silent", *modules)
    ended = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    told = re.findall(
        r'^(\S+):\d+: error: .*incompatible type "Literal\[\'span\'\]"', ended.stdout, re.M
    )
    assert sorted(told) == sorted(modules), ended.stdout
