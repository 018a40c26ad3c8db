"""Readers of what people write by hand: records, layouts and what belongs to them."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from docgen.compose.checking import kind_of_expression
from docgen.compose.evaluation import Values, evaluate
from docgen.compose.expressions import read_expression
from docgen.compose.filters import printed
from docgen.compose.reading import SheetLayout
from docgen.compose.vocabulary import Kind
from docgen.diagnostics import DocgenError, Findings, Span
from docgen.policies import PolicyLibrary, read_policy
from docgen.project import BASE_LAYOUTS, Project, RenderOptions
from docgen.prose import parse_prose
from docgen.readability import Glossary, check_readability, read_glossary
from docgen.readability.sentences import sentences_of
from docgen.records import ProcedureRecord, read_record, record_json
from docgen.source import Scalar, TextNode
from tests.commands import ROOT
from tests.fire.reader import Reader, files, written
from tests.fire.trees import mutated_json, mutated_yaml

ORGANIZATIONS = ROOT / "layouts/organizations"
OWN = ORGANIZATIONS / "lantern-bay-cancer-center"

PROSE = """\
Your clinic uses *light* and **care**. See [our page](https://example.org/a_(b)) or \
[llame](lang:es) us.

1. Eat nothing after midnight
2. Drink water,\\
   one glass
   - at 7 am
   - or [pan de **molde** y [agua](tel:+15550100)](lang:es-MX)

It takes 5 mg &amp; 2 \\* 3 hours. <b>No</b> markup & no harm — “quotes”…
"""
EXPRESSIONS = (
    "record.title ~ ' (' ~ record.code ~ ')' if record.code_system.id in ['cpt', 'hcpcs'] else ''",
    "organization.name or record.name",
    "not record.summary and record.provenance.reviewed_on > record.provenance.review_due",
    "record.provenance.authors | join(', ')",
    "record.further_sections and record.similar_codes or layout.id != 'x'",
    "record.provenance.reviewed_on | date",
)
GLOSSARY = """\
language: en
terms:
  - term: biopsy
    plain: a small piece of tissue
    also: [biopsies, "tissue sample"]
  - term: MRI
    keep: Patients know it by these letters.
"""
CHANGED_LAYOUTS = (
    """\
extends: patient-handout
page: {size: a4}
remove: [benefits]
""",
    """\
extends: patient-handout
former_ids: {old: title}
insert:
  - after: title
    blocks:
      - {id: our-note, type: callout, style: note, text: "**Read** this, {{ record.name }}."}
change:
  title: {text: "Your {{ record.name }}"}
""",
)
OVERRIDE = """\
extends: "77299"
code_system: cpt
note: We begin later.
change:
  title: Planning of your radiation
  summary: |
    Your doctor **plans** your radiation.
"""


@cache
def project() -> Project:
    """The project of the repository, which is opened once."""
    return Project.open(ROOT, organization="sample")


@cache
def glossary() -> Glossary:
    return read_glossary([ROOT / "data"])


def records() -> tuple[bytes, ...]:
    return files("data/records/77299.yaml", "data/records/45378.yaml", "data/records/G0103.yaml")


def records_in_json() -> tuple[bytes, ...]:
    names = ("77299", "70551")
    return tuple(record_json(read_record(ROOT / f"data/records/{name}.yaml")) for name in names)


def read_records(data: bytes, folder: Path) -> None:
    _use(read_record(written(folder / "77299.yaml", data)))


def read_records_in_json(data: bytes, folder: Path) -> None:
    _use(read_record(written(folder / "77299.json", data)))


def _use(record: ProcedureRecord) -> None:
    """All that becomes of a record that was read."""
    record_json(record)
    check_readability(record, glossary())
    record.in_language("es", Findings())
    for layout in BASE_LAYOUTS:
        try:
            project().render_record(record, layout, RenderOptions(fillable=True))
        except DocgenError:
            continue


def translations() -> tuple[bytes, ...]:
    return files("data/records/77299.es.yaml")


def read_translations(data: bytes, folder: Path) -> None:
    records = folder / "records"
    written(records / "77299.yaml", files("data/records/77299.yaml")[0])
    written(records / "77299.es.yaml", data)
    _check(Project.open(folder, data=[folder]), "es", None)


def overrides() -> tuple[bytes, ...]:
    return (*(path.read_bytes() for path in OWN.glob("records/*.yaml")), OVERRIDE.encode())


def read_overrides(data: bytes, folder: Path) -> None:
    own = folder / "layouts/organizations/own"
    written(own / "organization.yaml", files("layouts/organizations/sample/organization.yaml")[0])
    written(own / "records/77299.yaml", data)
    _check(Project.open(folder, organization="own"), None, ())


def _check(opened: Project, language: str | None, checked: tuple[str, ...] | None) -> None:
    """What ``records check`` tells, and the sheet."""
    found = tuple(one for one in opened.records.check(checked) if one.severity == "error")
    opened.render("77299", ["patient-handout"], options=RenderOptions(language=language))
    if found:
        raise DocgenError(found)


def layouts() -> tuple[bytes, ...]:
    return files("layouts/patient-handout.yaml", "layouts/clinician-summary.yaml")


def read_layouts(data: bytes, folder: Path) -> None:
    name = "clinician-summary" if b"clinicians" in data[:900] else "patient-handout"
    written(folder / f"layouts/{name}.yaml", data)
    opened = Project.open(folder)
    opened.check_layout(name)
    opened.render("77299", [name])


def own_layouts() -> tuple[bytes, ...]:
    return tuple(said.encode() for said in CHANGED_LAYOUTS)


def read_own_layouts(data: bytes, folder: Path) -> None:
    written(folder / "layouts/patient-handout.yaml", data)
    Project.open(folder).render("77299", ["patient-handout"])


def themes() -> tuple[bytes, ...]:
    return files("layouts/themes/base.yaml")


def read_themes(data: bytes, folder: Path) -> None:
    written(folder / "layouts/themes/base.yaml", data)
    opened = Project.open(folder)
    opened.layouts.theme("base")
    opened.render("77299", ["patient-handout"])


def organizations() -> tuple[bytes, ...]:
    names = ("sample", "campo-claro", "lantern-bay-cancer-center", "holm-ridge-hospital")
    return tuple((ORGANIZATIONS / name / "organization.yaml").read_bytes() for name in names)


def read_organizations(data: bytes, folder: Path) -> None:
    own = folder / "layouts/organizations/own"
    written(own / "logo.png", (OWN / "logo.png").read_bytes())
    for font in OWN.glob("fonts/*.ttf"):
        written(own / "fonts" / font.name, font.read_bytes())
    written(own / "organization.yaml", data)
    Project.open(folder, organization="own").render("77299", ["patient-handout"])


def catalog_texts() -> tuple[bytes, ...]:
    return files("data/policies/sample-health-plan-colon.yaml")


def read_policies(data: bytes, folder: Path) -> None:
    path = written(folder / "policies/plan.yaml", data)
    library = PolicyLibrary([folder / "policies"])
    record = project().record("45378")
    try:
        library.joined(record)
    finally:
        read_policy(path)


def glossaries() -> tuple[bytes, ...]:
    return (GLOSSARY.encode(),)


def read_glossaries(data: bytes, folder: Path) -> None:
    written(folder / "glossary.yaml", data)
    check_readability(project().record("45378"), read_glossary([folder]))


def prose() -> tuple[bytes, ...]:
    record = read_record(ROOT / "data/records/77299.yaml")
    return (PROSE.encode(), *(said.text.value.encode() for _, _, said in record.sections()))


def read_prose(data: bytes, folder: Path) -> None:
    """Text as it comes from a file: what no sheet can print is refused before."""
    said = data.decode("utf-8", errors="replace").replace("\ufffd", "?").replace("\r", "\n")
    findings = Findings()
    parsed = parse_prose(_text(said), findings)
    sentences_of(parsed)
    findings.raise_if_any()


def expressions() -> tuple[bytes, ...]:
    return tuple(one.encode() for one in EXPRESSIONS)


def read_expressions(data: bytes, folder: Path) -> None:
    findings = Findings()
    source = data.decode("utf-8", errors="replace")
    read = read_expression(source, _text(source), 0, findings)
    record = project().record("77299")
    loaded = project().organization
    layout = project().layout("patient-handout").loaded.layout
    assert loaded
    named: dict[str, Any] = {
        "record": record,
        "layout": SheetLayout(layout.id, layout.description),
        "organization": loaded.organization,
    }
    scope = {name: Kind("fields", model=type(value)) for name, value in named.items()}
    kind = kind_of_expression(read, scope, findings) if read else None
    findings.raise_if_any()
    if read and kind:
        printed(evaluate(read.node, Values(named)), "en")


def yaml_files() -> tuple[bytes, ...]:
    """Forms of YAML that people seldom write, in the place of a record."""
    said = yaml.load(files("data/records/G0103.yaml")[0], yaml.BaseLoader)
    flow = yaml.safe_dump(said, default_flow_style=True, allow_unicode=True, width=60)
    quoted = yaml.safe_dump(said, default_style='"', allow_unicode=False)
    folded = yaml.safe_dump(said, default_style="'", allow_unicode=True, width=100)
    return (flow.encode(), quoted.encode(), folded.encode())


def _text(said: str) -> TextNode:
    return TextNode(said, "summary", Scalar(Span("text.yaml", 1, 1), said))


def project_files() -> tuple[bytes, ...]:
    return (b"# What the project says of itself.\nown_records: no\nsamples: yes\n",)


def read_project_files(data: bytes, folder: Path) -> None:
    written(folder / "docgen.yaml", data)
    Project.open(folder).record("77299")


READERS = (
    Reader("records (YAML)", records, read_records, mutate=mutated_yaml),
    Reader("records (JSON)", records_in_json, read_records_in_json, mutate=mutated_json),
    Reader("rare forms of YAML", yaml_files, read_records, mutate=mutated_yaml),
    Reader("translations", translations, read_translations, mutate=mutated_yaml),
    Reader("changes of records", overrides, read_overrides, mutate=mutated_yaml),
    Reader("layouts", layouts, read_layouts, mutate=mutated_yaml),
    Reader("layouts that extend", own_layouts, read_own_layouts, mutate=mutated_yaml),
    Reader("themes", themes, read_themes, mutate=mutated_yaml),
    Reader("organizations", organizations, read_organizations, mutate=mutated_yaml),
    Reader("policies (YAML)", catalog_texts, read_policies, mutate=mutated_yaml),
    Reader("glossaries", glossaries, read_glossaries, mutate=mutated_yaml),
    Reader("project files", project_files, read_project_files, mutate=mutated_yaml, weight=1),
    Reader("prose", prose, read_prose, weight=3),
    Reader("expressions", expressions, read_expressions, weight=3),
)
