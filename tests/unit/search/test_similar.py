"""Similar codes that docgen finds by text and by place, and what an author says of them."""

import re
from io import BytesIO
from math import log
from pathlib import Path

import pikepdf
import pytest
from msgspec.structs import replace

from benchmarks.made_up_codes import write_table
from docgen.diagnostics import Findings
from docgen.project import Project, RenderOptions
from docgen.search.index import Index
from docgen.search.similar import nearness, similar_codes
from docgen.search.texts import IndexedText
from tests.commands import ROOT
from tests.indexed import code_table
from tests.pdf_text import page_texts
from tests.structure_tree import Tree
from tests.translated import read_in

SCANS = {
    "70001": "Scan of the left elbow",
    "70002": "Scan of the right elbow",
    "70030": "Scan of the elbow with dye",
    "71999": "Cast of the wrist",
    "79999": "Blood test",
}


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)


def write(code: str, title: str, *, system: str = "cpt", more: str = "") -> Path:
    path = Path("own/records", f"{system}-{code}.yaml")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f'code: "{code}"\ncode_system: {system}\nlanguage: en\ntitle: {title}\nname: {title}\n'
        f"{more}\nprovenance: {{version: 1, authors: [Ada Sample]}}\n",
        "utf-8",
    )
    return path


def found(code: str) -> list[tuple[str, str | None]]:
    project = Project.open(data=["own"])
    similar = similar_codes(project.record(code), project.index)
    return [(one.code, one.found) for one in similar]


@pytest.mark.parametrize(
    ("system", "one", "other", "near"),
    [
        ("cpt", "77299", "77299", 1.0),
        ("cpt", "77299", "77289", 0.5),
        ("cpt", "77299", "77309", 0.5),
        ("cpt", "0042T", "0052T", 0.5),
        ("cpt", "0042T", "0042U", 0.0),
        ("cpt", "0042T", "00421", 0.0),
        ("hcpcs", "G0121", "G0111", 0.5),
        ("hcpcs", "G0121", "Q0121", 0.0),
        ("icd-10-pcs", "0DTJ4ZZ", "0DTJ4ZX", 6 / 7),
        ("icd-10-pcs", "0DTJ4ZZ", "0DTH4ZZ", 3 / 7),
        ("icd-10-pcs", "0DTJ4ZZ", "0DBJ4ZZ", 0.0),
        ("local", "RAD-12", "RAD-13", 0.0),
    ],
)
def test_codes_are_near_by_the_order_of_their_system(
    system: str, one: str, other: str, near: float
) -> None:
    def text(code: str) -> IndexedText:
        return IndexedText(code_system=system, code=code, fields={}, path="")

    assert nearness(text(one), text(other)) == pytest.approx(near)


def test_codes_of_different_systems_have_no_place_in_common() -> None:
    cpt = IndexedText(code_system="cpt", code="0042T", fields={}, path="")
    local = IndexedText(code_system="local", code="0042T", fields={}, path="")
    assert nearness(cpt, local) == 0.0


def test_codes_are_found_by_text_by_place_and_by_both() -> None:
    for code, title in SCANS.items():
        write(code, title)
    write("70010", "Something quite unlike it")
    assert found("70001") == [
        ("70002", "text-and-code"),
        ("70030", "text"),
        ("70010", "code"),
    ]


def test_the_threshold_is_that_of_the_formula() -> None:
    # The sample records have none of these words: n of N codes have each.
    write("70001", "Zonk quux")
    write("79000", "Zonk frob")
    write("79100", "Zonk blarg")
    project = Project.open(data=["own"])
    total = len(project.index)
    in_three, in_one = (log(1 + (total - n + 0.5) / (n + 0.5)) for n in (3, 1))
    covered = in_three / (in_three + in_one)
    assert 0.25 < covered < 0.5
    assert found("70001") == [("79000", "text"), ("79100", "text")]
    for number in range(4 * total):
        write(f"Z-{number}", "Zonk again", system="local")
    assert found("70001") == []


def test_the_words_of_sections_count_as_well() -> None:
    words = "A gremlin was caught with a butterfly net of purple thread near some frozen lake"
    section = f"summary: {words}.\n"
    write("70001", "First", more=section)
    write("79000", "Second", more=section)
    write("79500", "Third", more="summary: Nothing of it.\n")
    assert found("70001") == [("79000", "text")]
    # Of less than ten words, nothing is concluded.
    write("70001", "First", more="summary: A gremlin was caught with a butterfly net.\n")
    assert found("70001") == []


def test_codes_for_inpatients_stand_apart() -> None:
    write("70001", "Scan of the left elbow")
    write("G7000", "Scan of the left elbow", system="hcpcs")
    write("BP0HZZZ", "Scan of the left elbow", system="icd-10-pcs")
    write("BP0HZZ1", "Scan of the left elbow", system="icd-10-pcs")
    assert found("70001") == [("G7000", "text")]
    assert found("BP0HZZZ") == [("BP0HZZ1", "text-and-code")]


def test_there_are_five_at_most_and_ties_go_by_code() -> None:
    for number in range(9):
        write(f"E-{number}", "Scan of the elbow", system="local")
    assert [code for code, _ in found("E-3")] == ["E-0", "E-1", "E-2", "E-4", "E-5"]


def test_tables_of_other_codes_change_nothing() -> None:
    write_table(Path("own"), 2_000)
    project = Project.open(data=["own"])
    record = replace(project.record("G0121"), similar_codes=())
    assert len(project.index) > 2_000
    assert [one.code for one in similar_codes(record, project.index)] == ["45378"]


@pytest.fixture
def colonoscopy() -> Path:
    """The sample of 45378 as a clinic's own record that names no similar codes."""
    text = (ROOT / "data/records/45378.yaml").read_text("utf-8")
    path = Path("own/records/45378.yaml")
    path.parent.mkdir(parents=True)
    path.write_text(re.sub(r"(?s)^similar_codes:.*?(?=^provenance:)", "", text, flags=re.M))
    return path


def test_a_sample_is_similar_to_samples_only(colonoscopy: Path) -> None:
    """Nobody has reviewed it: nothing of it comes onto a sheet of a clinic's own record."""
    assert found("45378") == []
    colonoscopy.rename("own/records/77777.yaml")
    path = Path("own/records/77777.yaml")
    path.write_text(path.read_text("utf-8").replace('"45378"', '"77777"', 1))
    project = Project.open(data=["own"])
    sample = replace(project.record("45378"), similar_codes=())
    similar = [one.code for one in similar_codes(sample, project.index)]
    assert similar == ["77777", "G0121"]


def test_the_title_of_a_code_that_has_a_sample_comes_from_a_table(colonoscopy: Path) -> None:
    code_table(Path("own"), {"G0121": "Colonoscopy, a look at the whole colon for screening"})
    project = Project.open(data=["own"])
    (similar,) = similar_codes(project.record("45378"), project.index)
    assert str(similar.title) == "Colonoscopy, a look at the whole colon for screening"
    assert similar.span.path == "own/tables/sample.tsv"


PINNED = "similar_codes:\n  - {code_system: cpt, code: '79999', title: Blood test}\n"
BANNED = "not_similar:\n  - {code_system: cpt, code: '70002'}\n"


def test_an_author_pins_and_bans() -> None:
    for code, title in SCANS.items():
        write(code, title)
    write("70001", SCANS["70001"], more=PINNED)
    assert found("70001") == [("79999", None), ("70002", "text-and-code"), ("70030", "text")]
    write("70001", SCANS["70001"], more=BANNED)
    assert found("70001") == [("70030", "text")]
    write("70001", SCANS["70001"], more=PINNED + BANNED)
    assert found("70001") == [("79999", None), ("70030", "text")]


@pytest.mark.parametrize(
    ("more", "codes"),
    [
        ("", ["70002", "70030"]),
        ("find_similar: no\n", []),
        (PINNED, ["79999"]),
        (f"{PINNED}find_similar: yes\n", ["79999", "70002", "70030"]),
        (BANNED, ["70030"]),
    ],
)
def test_a_record_says_whether_codes_are_looked_for(more: str, codes: list[str]) -> None:
    for code, title in SCANS.items():
        write(code, title)
    write("70001", SCANS["70001"], more=f"{more}procedure_description: Go.\nrisks: None.\n")
    text = summary("70001")
    assert [
        code for code in SCANS if f"{code} CPT" in text.partition("Similar codes")[2]
    ] == sorted(codes)


def summary(code: str) -> str:
    (sheet,) = Project.open(data=["own"]).render(code, ["clinician-summary"])
    return " ".join(" ".join(page_texts(sheet.data)).split())


def test_the_summary_says_how_a_code_was_found() -> None:
    write("70001", SCANS["70001"], more="procedure_description: Go.\nrisks: None.\n")
    write("70002", SCANS["70002"])
    write("70030", SCANS["70030"])
    write("70010", "Something quite unlike it")
    text = summary("70001")
    assert "70002 CPT Scan of the right elbow Computed: similar text, and near it in the" in text
    assert "70030 CPT Scan of the elbow with dye Computed: similar text 70010" in text
    assert "70010 CPT Something quite unlike it Computed: near it in the code system" in text


def _translate(code: str, texts: str) -> None:
    record = Path(f"own/records/cpt-{code}.yaml")
    translation = read_in(record.read_text(), f'translation_of: "{code}"\n{texts}')
    record.with_suffix(".es.yaml").write_text(translation)


def test_titles_are_in_the_language_of_the_sheet_where_there_is_one() -> None:
    write("70001", SCANS["70001"], more="procedure_description: Go.\nrisks: None.\n")
    write("70002", SCANS["70002"])
    write("70030", SCANS["70030"])
    spanish = "language: es\ntitle: Codo derecho\nname: Codo derecho\n"
    _translate("70002", spanish)
    _translate(
        "70001",
        "language: es\ntitle: Codo izquierdo\nname: Codo izquierdo\n"
        "procedure_description: Vaya.\nrisks: Ninguno.\n",
    )
    (sheet,) = Project.open(data=["own"]).render(
        "70001", ["clinician-summary"], options=RenderOptions(language="es")
    )
    text = " ".join(" ".join(page_texts(sheet.data)).split())
    assert "70002 CPT Codo derecho Calculado: texto parecido y código cercano" in text
    assert "70030 CPT Scan of the elbow with dye Calculado: texto parecido" in text
    with pikepdf.open(BytesIO(sheet.data)) as pdf:
        languages = {element.text("/Lang") for element in Tree(pdf).walk()}
    assert "en" in languages


def test_neither_handouts_nor_named_codes_touch_the_index() -> None:
    project = Project.open()
    project.render("77299")
    assert "index" not in vars(project)
    write("70001", SCANS["70001"], more="risks: None.\nprocedure_description: Go.\n")
    own = Project.open(data=["own"])
    own.render("70001", ["clinician-summary"])
    assert "index" in vars(own)


def test_the_same_records_give_the_same_codes_however_the_index_came_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for code, title in SCANS.items():
        write(code, title)
    at_once = found("70001")
    write("70005", "Scan of the elbow, later")
    assert found("70001") != at_once
    Path("own/records/cpt-70005.yaml").unlink()
    assert found("70001") == at_once
    monkeypatch.setenv("XDG_CACHE_HOME", "/proc/nowhere")
    findings = Findings()
    index = Index.open(Project.open(data=["own"]).records, findings)
    assert [told.severity for told in findings.diagnostics] == ["warning"]
    in_memory = similar_codes(Project.open(data=["own"]).record("70001"), index)
    index.close()
    assert [(one.code, one.found) for one in in_memory] == at_once
    for code in reversed(SCANS):
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "other"))
        Path(f"own/records/cpt-{code}.yaml").rename(f"own/records/{code}.yaml")
        found(code)
    assert found("70001") == at_once
