"""Bad organizations beside what must be told about them."""

from pathlib import Path

import pytest

from docgen.diagnostics import DocgenError, Span
from docgen.layouts import LayoutLibrary
from docgen.shipped import layouts_folder

FILE = "organizations/north/organization.yaml"


def told(text: str) -> str:
    """What is told of an organization's file, with its name cut off."""
    Path(FILE).parent.mkdir(parents=True)
    Path(FILE).write_text(text, encoding="utf-8")
    with pytest.raises(DocgenError) as refused:
        LayoutLibrary([Path()]).organization("north")
    return str(refused.value).replace(f"{FILE}:", "")


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('name: "  "\n', "1:7: error[missing-field]: 'name' is empty"),
        (
            "name: A\nphones: [{label: Nurse line, number: call us}]\n",
            "2:38: error[bad-phone]: a phone number has 3 to 15 digits, but 'call us' has 0",
        ),
        (
            "name: A\nphones: [{label: '', number: 555-010-0100}]\n",
            "2:18: error[missing-field]: 'label' is empty: a phone needs it",
        ),
        (
            "name: A\nphones: [{label: B, number: 555-0100, use: nurse line}]\n",
            "2:44: error[unknown-choice]: 'nurse line' is not a choice for 'phones[0].use'\n"
            "  hint: did you mean 'nurse-line'?",
        ),
        ("name: A\nlanguage: English\n", "'English' is not a language tag"),
        ("name: A\nfax: none\n", "2:1: error[unknown-field]: 'fax' is not a field"),
        ("just a name\n", "1:1: error[wrong-type]: this file must be an organization"),
        (
            "name: A\nwebsite: clinic.example.org\n",
            "2:10: error[bad-link]: this link has no scheme, which no sheet may open\n"
            "  hint: a link begins with one of https, http",
        ),
        (
            "name: A\nphones:\n  - label: Nurse line\n    number: 555-010-0100\n"
            "    hours: |\n      8 a.m. to 5 p.m.\n      Saturday 9 a.m. to 1 p.m.\n",
            "7:7: error[lines-run-together]: this line would be printed right behind the one "
            "above, and a number with its unit stands there\n"
            "  hint: write them on one line, with the signs between that they need",
        ),
        (
            "name: A\ntexts:\n  feedback: |\n    • in 5 days\n    • by phone\n",
            "5:5: error[lines-run-together]: this line would be printed right behind the one above",
        ),
        (
            "name: A\nlogo: {file: logo.png}\n",
            "2:7: error[missing-alt]: 'alt' is missing: a logo needs it",
        ),
        (
            "name: A\nlogo: {file: logo.png, alt: logo.png}\n",
            "2:29: error[missing-alt]: the alternative text of this image is the name of a file",
        ),
        (
            "name: A\nlogo: {file: lgo.png, alt: Our mark}\n",
            "2:14: error[image-missing]: there is no image 'lgo.png'\n"
            "  hint: its path counts from the folder 'organizations/north'",
        ),
        (
            "name: A\nlogo: {file: ../logo.png, alt: Our mark}\n",
            "2:14: error[image-outside-project]: image '../logo.png' lies outside",
        ),
        (
            "name: A\nlogo: {file: logo.png, alt: Our mark, height: 0in}\n",
            "2:7: error[bad-measure]: a logo cannot be limited to a size of 0",
        ),
        (
            "name: A\nletterhead: {height: 1.6}\n",
            "2:22: error[bad-value]: 'letterhead.height': '1.6' is not a length",
        ),
        (
            "name: A\nletterhead: {height: 1.6pt}\n",
            "2:22: error[bad-measure]: a letterhead is 0.25 to 6 in high, but this one is 0.02 in\n"
            "  hint: measure the paper from its top edge to where text may begin, such as 1.6in",
        ),
        (
            "name: A\nlanguage: es\nlanguages: [en, fr]\n",
            "3:12: error[unknown-language]: its own language 'es' is not among the languages that "
            "it offers\n  hint: add es to 'languages', or leave 'languages' out",
        ),
        (
            "name: A\ntexts: {disclaimer: '# Careful'}\n",
            "2:22: error[not-prose]: a heading cannot stand inside of a text",
        ),
        ("name: A\ntheme: dark\n", "2:8: error[wrong-type]: 'theme' must be a group of named"),
        (
            "name: A\nfonts: {Own: {regular: a.ttf}}\n",
            "2:14: error[missing-field]: 'bold' is missing: a font family needs it",
        ),
        (
            "name: A\nfonts: {Own: {regular: a.ttf, bold: ../b.ttf}}\n",
            "2:24: error[font-missing]: there is no font 'a.ttf'\n"
            "  hint: its path counts from the folder 'organizations/north'\n"
            "2:37: error[font-outside-project]: font '../b.ttf' lies outside of the folder",
        ),
        (
            "name: A\ndefaults: {layouts: []}\n",
            "2:21: error[out-of-range]: 'defaults.layouts' has no items",
        ),
        (
            "name: A\ndefaults: {overdue_records: ignore}\n",
            "2:29: error[unknown-choice]: 'ignore' is not a choice",
        ),
        (
            "name: A\ndefaults: {ended_codes: never}\n",
            "2:25: error[unknown-choice]: 'never' is not a choice",
        ),
        (
            "name: A\nlarge_print: yes\n",
            "2:1: error[unknown-field]: 'large_print' is not a field of an organization",
        ),
    ],
)
def test_a_bad_organization_gives_its_message(text: str, message: str) -> None:
    assert message in told(text)


def test_all_that_is_wrong_is_told_at_once() -> None:
    lines = told(
        "name: A\nfax: none\nwebsite: clinic\nlogo: {file: logo.png, alt: logo.png}\n"
        "phones: [{label: B, number: none}]\nletterhead: {height: 40in}\n"
        "language: es\nlanguages: [en]\nfonts: {Own: {regular: a.ttf, bold: b.ttf}}\n"
    )
    rules = [line.partition("[")[2].partition("]")[0] for line in lines.splitlines()]
    assert [rule for rule in rules if rule] == [
        "unknown-field",
        "bad-link",
        "image-missing",
        "missing-alt",
        "bad-phone",
        "bad-measure",
        "unknown-language",
        "font-missing",
        "font-missing",
    ]


def test_a_mistyped_organization_is_named() -> None:
    Path(FILE).parent.mkdir(parents=True)
    Path(FILE).write_text("name: A\n", encoding="utf-8")
    with pytest.raises(DocgenError, match="did you mean 'north'"):
        LayoutLibrary([Path()]).organization("nroth")


def test_wrong_paper_and_wrong_colours_are_told_together_where_they_are_written() -> None:
    Path(FILE).parent.mkdir(parents=True)
    Path(FILE).write_text(
        'name: A\ntheme:\n  palette: {accent: "#12345"}\n  texts: {}\n'
        "page:\n  size: a44\n  margin: {top: 1in}\n",
        encoding="utf-8",
    )
    library = LayoutLibrary([Path(), layouts_folder()])
    with pytest.raises(DocgenError) as refused:
        library.of(library.organization("north")).find("patient-handout")
    told = [(found.rule, found.span, found.hint) for found in refused.value.diagnostics]
    assert told == [
        ("bad-value", Span(FILE, 3, 21), 'write six hexadecimal digits, such as "#1b4f72"'),
        ("unknown-field", Span(FILE, 4, 3), "did you mean 'text'?"),
        ("bad-value", Span(FILE, 6, 9), told[2][2]),
        ("unknown-field", Span(FILE, 7, 3), "did you mean 'margins'?"),
    ]
