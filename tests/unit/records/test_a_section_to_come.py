"""A section that is added to the record in one place is there in all others."""

import json
from pathlib import Path
from typing import Any

from tests.copies import asked, copied, edited

SECTION = """
    costs: Annotated[
        Prose | None,
        Meta(description="What it costs."),
        RecordField(title="What you pay", headings=("costs", "costs of the procedure")),
    ] = None
"""
BEFORE = "    further_sections: Annotated[\n        tuple[FurtherSection, ...],"
ASKED = """
import json
from pathlib import Path
from docgen.cli.schema import schema_of
from docgen.diagnostics import Findings
from docgen.imports.drafts import ImportSource
from docgen.imports.pages.headings import heading_of
from docgen.imports.tables.reading import read_table
from docgen.records.overriding import CHANGEABLE
from docgen.records.wordings import TEXTS
from docgen.search.texts import FIELDS
from docs.generate import pages

def imported(heading):
    data = f"code,title,{heading}\\n77299,Treatment planning,Twelve.\\n".encode()
    source = ImportSource(path=Path("list.csv"), shown="list.csv", data=data)
    (draft,) = read_table(source, Findings())
    return dict(draft.sections)

written = {path.name: text for path, text in pages().items()}
print(json.dumps({
    "record": "costs" in schema_of("record")["properties"],
    "translation": schema_of("translation")["properties"]["costs"]["description"],
    "override": "costs" in CHANGEABLE,
    "translated": "costs" in TEXTS,
    "map": schema_of("import-map")["$defs"]["RecordColumns"]["properties"]["costs"]["description"],
    "imported": [imported(one) for one in ("costs", "What you pay", "Costs of the procedure")],
    "page": heading_of("Costs of the Procedure"),
    "searched": FIELDS["costs"],
    "docs": [name for name, text in written.items() if "`costs`" in text],
}))
"""


def test_a_section_is_everywhere_once_it_is_defined(tmp_path: Path) -> None:
    copy = copied(tmp_path / "copy")
    edited(copy, "records/record.py", BEFORE, SECTION.lstrip("\n") + BEFORE)
    ended = asked(copy, ASKED)
    assert ended.returncode == 0, ended.stderr
    told: dict[str, Any] = json.loads(ended.stdout)
    assert told == {
        "record": True,
        "translation": "What it costs.",
        "override": True,
        "translated": True,
        "map": "What it costs.",
        "imported": [{"costs": "Twelve."}] * 3,
        "page": "costs",
        "searched": "What you pay",
        "docs": ["record.md", "import.md"],
    }
