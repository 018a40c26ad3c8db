"""Tables of records: CSV and its kin, JSON and JSON Lines."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from docgen.diagnostics import DocgenError, Findings
from docgen.imports.drafts import Draft, ImportSource
from docgen.imports.tables.reading import is_table, read_table
from tests.commands import ROOT

Read = Callable[..., tuple[list[Draft], Findings]]


def source(
    text: str | bytes, name: str = "list.csv", column_map: Path | None = None
) -> ImportSource:
    data = text.encode() if isinstance(text, str) else text
    return ImportSource(path=Path(name), shown=name, data=data, column_map=column_map)


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read(
        text: str | bytes, name: str = "list.csv", mapped: str | None = None
    ) -> tuple[list[Draft], Findings]:
        column_map = None
        if mapped is not None:
            column_map = tmp_path / "import-map.yaml"
            column_map.write_text(mapped)
        findings = Findings()
        drafts = list(read_table(source(text, name, column_map), findings))
        assert all(isinstance(draft, Draft) for draft in drafts)
        return [draft for draft in drafts if isinstance(draft, Draft)], findings

    return read


def told(findings: Findings) -> list[tuple[str, str]]:
    return [(str(one.span), one.rule) for one in findings.diagnostics]


def test_usual_headings_need_no_map(read: Read) -> None:
    (draft,), findings = read(
        "CPT Code,Title,Name of the Procedure,Summary,Risks and Complications,How to get ready\n"
        "99001,Made-up scan,Sample scan,A made-up scan.,It may *itch*.,Eat nothing.\n"
    )
    assert (draft.code, draft.code_system) == ("99001", "cpt")
    assert (draft.title, draft.name) == ("Made-up scan", "Sample scan")
    assert draft.sections == {
        "summary": "A made-up scan.",
        "preparation": "Eat nothing.",
        "risks": r"It may \*itch\*.",
    }
    assert str(draft.source) == "list.csv:2:1"
    assert not findings


PROSE = "Rest, drink, and wait.\n\nCall us, day or night, if it hurts."


def test_line_breaks_in_quotes_belong_to_their_cells(read: Read) -> None:
    """Lines of prose may well have as many commas as there are headings."""
    text = f'code,title,summary\n99001,"Made-up\nscan","{PROSE}"\n99002,Other scan,Short.\n'
    (first, second), findings = read(text)
    assert not findings
    assert (first.title, first.sections["summary"]) == ("Made-up scan", PROSE)
    assert str(second.source) == "list.csv:6:1"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ('99001,"A" b,c\n99002,B,d\n', [("list.csv:2:7", "text-after-quote")]),
        (
            '99001,A,"b\n99002,B,c\n99003,C,d\n',
            [("list.csv:2:9", "unclosed-quote"), ("list.csv:3:1", "after-wrong-quote")],
        ),
        ('99001,A,"b\n99002,B,c\n99003,C,d"\n', [("list.csv:2:9", "row-in-quotes")]),
        (
            '99001\nscan",A,b\n',
            [("list.csv:2:1", "wrong-cell-count"), ("list.csv:3:5", "stray-quote")],
        ),
    ],
)  # fmt: skip
def test_what_a_wrong_quote_may_hold_is_no_record(
    read: Read, text: str, wrong: list[tuple[str, str]]
) -> None:
    _, findings = read(f"code,title,summary\n{text}")
    assert told(findings) == wrong


def test_headings_with_a_wrong_quote_are_told_and_no_row_takes_their_place(read: Read) -> None:
    drafts, findings = read('code,"title" x,summary\ncode,title,summary\n99001,A,b\n')
    assert not drafts
    assert told(findings) == [("list.csv:1:6", "text-after-quote")]


def test_a_text_with_headings_in_quotes_is_a_table_whatever_its_line_ends() -> None:
    assert is_table(source('"x y","code","title"\r\n"1","99001","A"\r\n', "list.txt"))


@pytest.mark.parametrize(
    "mapped",
    [
        "columns: {title: X, summary: x}",
        "columns: {title: A}\nfurther_sections: {a: {audience: both}}",
        "columns: {title: [A, b, A]}",
    ],
)
@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_map_gives_a_heading_to_one_field(read: Read, mapped: str, form: str) -> None:
    text = {"csv": "code,A,x\n99001,B,c\n", "json": '{"code": "99001", "A": "B", "x": "c"}'}[form]
    with pytest.raises(DocgenError) as refused:
        read(text, f"list.{form}", mapped)
    assert [one.rule for one in refused.value.diagnostics] == ["duplicate-column"]


def test_authors_of_an_object_are_in_the_provenance_that_it_has_itself(read: Read) -> None:
    (draft,), _ = read(
        '{"code": "99001", "code_system": "cpt", "title": "A", "authors": "Cy Example; Bo Example",'
        ' "provenance": {"version": "1", "authors": ["Bo Example", "Ada Example"]}}',
        "list.json",
    )
    assert draft.other_fields["provenance"] == {
        "version": "1",
        "authors": ["Bo Example", "Ada Example", "Cy Example; Bo Example"],
    }


def test_a_map_names_columns_sections_of_their_own_and_lists(read: Read) -> None:
    (draft,), findings = read(
        "Nr;Bezeichnung;Prep A;Prep B;Call;Short text;Colour\n"
        "G0121;Made-up test;Eat nothing|Drink water;Rest.;If it hurts.;Short.;red\n",
        mapped="""\
columns:
  code: nr
  title: Bezeichnung
  summary: Short text
  preparation: [Prep A, Prep B]
further_sections:
  Call: {heading: When to call, audience: patients}
separators: {preparation: "|"}
code_system: hcpcs
language: en
""",
    )
    assert (draft.code, draft.code_system, draft.language) == ("G0121", "hcpcs", "en")
    assert draft.sections["preparation"] == "- Eat nothing\n- Drink water\n\nRest."
    (section,) = draft.further_sections
    assert (section.title, section.text, section.audience) == (
        "When to call",
        "If it hurts.",
        "patients",
    )
    (unplaced,) = draft.unplaced
    assert (unplaced.heading, unplaced.text) == ("Colour", "red")
    assert told(findings) == [("list.csv:1:46", "unknown-column")]


def test_bullets_and_steps_of_a_cell_are_lists(read: Read) -> None:
    (draft,), _ = read(
        "code,title,preparation,procedure_description\n"
        '99001,T,"Before:\n• Eat\nnothing\n• Drink","1. You lie down.\n2. You get up.\n\nDone."\n'
    )
    assert draft.sections["preparation"] == "Before:\n\n- Eat nothing\n- Drink"
    assert draft.sections["procedure_description"] == ("1. You lie down.\n2. You get up.\n\nDone.")
    assert "•" in draft.furniture


def test_lines_of_a_cell_that_were_broken_by_hand_stay_apart(read: Read) -> None:
    (draft,), _ = read(
        "code,title,preparation,recovery\n"
        '99001,T,"Take 5 mg\nTake 10 mg at night\nwith food","- aspirin 81 mg\nlisinopril 10 mg"\n'
    )
    assert draft.sections["preparation"] == "Take 5 mg\n\nTake 10 mg at night with food"
    assert draft.sections["recovery"] == "- aspirin 81 mg\n\n  lisinopril 10 mg"


def test_unknown_columns_are_told_once_for_all_rows(read: Read) -> None:
    drafts, findings = read("code,title,Shelf,Sumary\n99001,A,x1,s\n99002,B,x2,\n")
    assert told(findings) == [("list.csv:1:12", "unknown-column")]
    assert "'Shelf', 'Sumary'" in findings.diagnostics[0].message
    assert "did you mean 'summary'?" in (findings.diagnostics[0].hint or "")
    assert [[one.text for one in draft.unplaced] for draft in drafts] == [["x1", "s"], ["x2"]]


@pytest.mark.parametrize(
    ("text", "mapped", "place", "rule"),
    [
        ("code,titel\n99001,A\n", None, "list.csv:1:1", "missing-column"),
        ("code,title,Title\n99001,A,B\n", None, "list.csv:1:12", "duplicate-column"),
        ("code,title\n99001,\n", None, "list.csv:2:7", "missing-value"),
        ("code,title\n,A\n", None, "list.csv:2:1", "missing-value"),
        ("code,title\n100,A\n", None, "list.csv:2:1", "bad-code"),
        ("code,title,code_system\n99001,A,ICD-9\n", None, "list.csv:2:9", "unknown-code-system"),
        ('code,title\n99001,"A\n', None, "list.csv:2:7", "unclosed-quote"),
        ("code,title\n99001,A,B\n", None, "list.csv:2:1", "wrong-cell-count"),
        ("code,title\n99001,A\x00\n", None, "list.csv:2:8", "unprintable-character"),
        ("code,title\n99001,A\x07\n", None, "list.csv:2:7", "unprintable-character"),
        ("code,title\n99001,itâ€™s\n", None, "list.csv:2:7", "mojibake"),
        ("code,title\n9,A\n", "columns: {code: Nr}", "import-map.yaml:1:17", "missing-column"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_place(
    read: Read, text: str, mapped: str | None, place: str, rule: str
) -> None:
    drafts, findings = read(text, mapped=mapped)
    assert drafts == []
    ((span, told_rule),) = told(findings)
    assert span.endswith(place)
    assert told_rule == rule


def test_a_misspelled_title_is_suggested(read: Read) -> None:
    _, findings = read("code,titel\n99001,A\n")
    assert "is it 'titel'?" in (findings.diagnostics[0].hint or "")


@pytest.mark.parametrize(
    ("mapped", "message"),
    [
        ("colums: {code: a}", "columns"),
        ("columns: {codes: a}", "code"),
        ('separators: {preparatoin: ";"}', "preparation"),
    ],
)
def test_mistakes_of_a_map_are_suggested_away(read: Read, mapped: str, message: str) -> None:
    with pytest.raises(DocgenError) as refused:
        read("code,title\n1,A\n", mapped=mapped)
    assert f"did you mean '{message}'?" in str(refused.value)


def test_a_map_from_heading_to_field_is_told_how_to_turn_it_round(read: Read) -> None:
    with pytest.raises(DocgenError) as refused:
        read("Nr,title\n1,A\n", mapped="columns:\n  Nr: code\n  title: title\n  Foo: bar\n")
    (told_once,) = refused.value.diagnostics
    assert (told_once.rule, told_once.hint) == (
        "turned-round",
        "write the field first: 'code: Nr'",
    )
    assert (told_once.span and told_once.span.line) == 2


def test_other_encodings_and_delimiters_are_read(read: Read) -> None:
    (draft,), findings = read("code\ttitle\n99001\tCafé\n".encode("utf-16"), "list.tsv")
    assert draft.title == "Café"
    assert not findings
    (draft,), findings = read("code;title\n99001;Café\n".encode("cp1252"))
    assert draft.title == "Café"
    assert [rule for _, rule in told(findings)] == ["assumed-encoding"]


def test_a_record_in_json_keeps_its_form(read: Read) -> None:
    record = {
        "code": "G0121",
        "code_system": "hcpcs",
        "title": "Made-up test",
        "name": "test",
        "summary": "It is **safe**.",
        "unlisted": True,
        "policies": [{"payer": "Sample Plan", "title": "A policy"}],
        "further_sections": [{"title": "Notes", "text": "One."}],
        "provenance": {"version": "1.0", "authors": ["Ada Sample"]},
    }
    (draft,), findings = read(json.dumps(record), "one.json")
    assert (draft.code, draft.code_system, draft.name) == ("G0121", "hcpcs", "test")
    assert draft.sections == {"summary": "It is **safe**."}
    assert draft.unlisted
    assert draft.other_fields == {
        key: record[key] for key in ("policies", "further_sections", "provenance")
    }
    assert not findings


def test_json_lines_with_other_keys_are_mapped(read: Read) -> None:
    lines = [
        {"CPT": "99001", "Title": "A", "Prep": ["Eat *nothing*", "Rest"], "Bin": {"row": [1, "b"]}},
        {"CPT": "99002", "Title": "B", "Bin": "c"},
    ]
    drafts, findings = read(
        "\n".join(map(json.dumps, lines)),
        "list.jsonl",
        "columns: {preparation: Prep, code: CPT}\ncode_system: cpt\n",
    )
    assert [(draft.code, draft.code_system) for draft in drafts] == [
        ("99001", "cpt"),
        ("99002", "cpt"),
    ]
    assert drafts[0].sections == {"preparation": "- Eat \\*nothing\\*\n- Rest"}
    assert [one.text for one in drafts[0].unplaced] == ["row: 1\nrow: b"]
    assert [str(draft.source) for draft in drafts] == ["list.jsonl:1:1", "list.jsonl:2:1"]
    assert [rule for _, rule in told(findings)] == ["unknown-column"]


def test_unknown_keys_join_what_is_unplaced_already(read: Read) -> None:
    record = {"code": "99001", "title": "A", "unplaced": [{"text": "old"}], "Shelf": "new"}
    (draft,), _ = read(json.dumps([record]), "list.json")
    assert draft.unplaced == ()
    assert draft.other_fields["unplaced"] == [
        {"text": "old"},
        {"text": "new", "heading": "Shelf"},
    ]


@pytest.mark.parametrize(
    ("text", "place", "rule"),
    [
        ('{"code": "99001"}', "list.json:1:1", "missing-value"),
        ('[{"title": "A"}, 3]', "list.json:1:18", "wrong-type"),
        ('{"code": "9", "CPT": "8", "title": "A"}', "list.json:1:15", "duplicate-key"),
        ('{"title": ["A"]}', "list.json:1:11", "wrong-type"),
        ('{"title": "A"}\n{"title": }', "list.json:2:11", "bad-json"),
        (
            '{"title": "A"}\n{"title": "B", "code": "99001", "code_system": "cpt",'
            ' "policies": [{"payer": "P"}]}',
            "list.json:2:68",
            "missing-field",
        ),
    ],
)
def test_what_json_cannot_be_read_is_told_at_its_place(
    read: Read, text: str, place: str, rule: str
) -> None:
    _, findings = read(text, "list.json")
    assert (place, rule) in told(findings)


def test_tables_are_known_by_their_names_or_headings() -> None:
    assert is_table(source("", "a.csv"))
    assert is_table(source('{"title": 1}', "a.txt"))
    assert is_table(source("CPT code|Title\n", "a.txt"))
    assert not is_table(source("Search all medical codes\n\nMade-up scan\nSummary\n", "a.txt"))


def test_lines_of_a_cell_may_look_like_rows(read: Read) -> None:
    (draft,), findings = read('code,title,summary\n99001,A,"Bring:\npaper, pen, shoes\nand ink"\n')
    assert draft.sections == {"summary": "Bring: paper, pen, shoes and ink"}
    assert not findings


def test_the_sample_is_read_by_its_map() -> None:
    folder = ROOT / "data/imports"
    findings = Findings()
    data = (folder / "procedures.csv").read_bytes()
    sample = source(data, "procedures.csv", folder / "import-map.yaml")
    first, second = (one for one in read_table(sample, findings) if isinstance(one, Draft))
    assert first.sections["preparation"] == (
        "- Write down when you sleep\n- Bring your notes\n\nCome ten minutes early."
    )
    assert [section.title for section in first.further_sections] == ["When to call us"]
    assert [one.text for one in second.unplaced] == ["B-9"]
    assert [rule for _, rule in told(findings)] == ["unknown-column"]


def test_mojibake_in_json_is_refused_at_its_place(read: Read) -> None:
    with pytest.raises(DocgenError) as refused:
        read('[{"title":\n "itâ€™s"}]', "list.json")
    assert [(str(one.span), one.rule) for one in refused.value.diagnostics] == [
        ("list.json:2:5", "mojibake")
    ]


def test_a_json_file_that_is_none_is_not_taken_for_a_table(read: Read) -> None:
    with pytest.raises(DocgenError, match=r"list\.json:1:1: error.bad-json"):
        read("title: A", "list.json")


def test_a_page_in_brackets_is_no_json() -> None:
    assert not is_table(source("[Skip to content]\nSearch all medical codes\n", "a.txt"))


def test_a_pdf_is_no_table(read: Read) -> None:
    with pytest.raises(DocgenError) as refused:
        read(b"%PDF-1.7 ...", "list.csv")
    assert "this is a PDF, not text" in str(refused.value)
