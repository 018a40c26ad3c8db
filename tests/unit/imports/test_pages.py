"""Pages of medical-code directories: what becomes of every part, however it was saved."""

import pytest

from docgen.diagnostics import DocgenError
from docgen.imports.drafts import DraftPolicy, DraftSimilarCode, DraftUnplaced
from tests.saved_pages import SECTIONS, draft_of, saved_page, told

ALL = {
    "Summary": "summary",
    "Purpose": "purpose",
    "Indications": "indications",
    "Preparation": "preparation",
    "Procedure Description": "procedure_description",
    "Duration": "duration",
    "Setting": "setting",
    "Personnel": "personnel",
    "Risks and Complications": "risks",
    "Benefits": "benefits",
    "Recovery": "recovery",
    "Alternatives": "alternatives",
    "Patient Experience": "patient_experience",
}


def test_a_page_fills_every_field() -> None:
    page = saved_page({heading: f"Words of {id}." for heading, id in ALL.items()})
    draft = draft_of(page)
    assert (draft.title, draft.name) == ("Camera inspection of the knee", "Knee Arthroscopy")
    assert (draft.code, draft.code_system) == (None, "cpt")
    assert dict(draft.sections) == {id: f"Words of {id}." for id in ALL.values()}
    assert draft.notes == ()
    assert draft.unplaced == ()


@pytest.mark.parametrize(
    ("line", "system", "code"),
    [
        ("CPT4 code", "cpt", None),
        ("CPT code: 77299", "cpt", "77299"),
        ("77299 CPT4 code", "cpt", "77299"),
        ("HCPCS code", "hcpcs", None),
        ("HCPCS Level II Code G0121", "hcpcs", "G0121"),
        ("ICD10PCS code", "icd-10-pcs", None),
        ("ICD-10-PCS code 0DTJ4ZZ", "icd-10-pcs", "0DTJ4ZZ"),
    ],
)
def test_the_line_of_the_code_system(line: str, system: str, code: str | None) -> None:
    draft = draft_of(saved_page(system=line))
    assert (draft.code_system, draft.code) == (system, code)


def test_a_code_system_that_records_do_not_have_is_told() -> None:
    draft = draft_of(saved_page(system="CDT code"))
    assert draft.code_system is None
    assert told(draft) == [("unknown-code-system", "5:1")]
    assert draft.unplaced == (DraftUnplaced(text="CDT code"),)


@pytest.mark.parametrize(
    "spell",
    [str.upper, str.lower, "{}:".format, "## {}".format, "**{}**".format, "  {}  ".format],
    ids=["capitals", "small", "colon", "markdown", "strong", "blanks"],
)
def test_headings_however_they_are_spelled(spell: object) -> None:
    assert callable(spell)
    page = saved_page({spell(heading): text for heading, text in SECTIONS.items()})
    assert draft_of(page).sections == draft_of(saved_page()).sections


def test_a_value_on_the_line_of_its_heading() -> None:
    page = saved_page().replace("Procedure:\n\nKnee", "Procedure: Knee")
    page = page.replace("Duration\n\nAbout", "Duration: About")
    assert draft_of(page).sections == draft_of(saved_page()).sections
    assert draft_of(page).name == "Knee Arthroscopy"


@pytest.mark.parametrize(
    "saved",
    [
        saved_page().replace("\n", "\r\n"),
        saved_page().replace("\n", "\r"),
        "\ufeff" + saved_page(),
        saved_page().encode("utf-16"),
        saved_page().replace("\n\n", "\n"),
        saved_page().replace("\n", "\n\n"),
        saved_page().replace("  • ", "\t• "),
        saved_page().replace("  • ", "•"),
        saved_page().replace("  • ", "- "),
        saved_page().replace("  • ", "  * "),
        saved_page().replace("  • ", " – "),
        saved_page().replace("  • ", "  o "),
        saved_page().replace("  • ", "▪ "),
        saved_page().replace("  • ", "\uf0b7  "),
        saved_page().replace("  • ", "  •\n"),
        saved_page().replace("  1. ", "1) ").replace("  2. ", "2) "),
        saved_page().replace("  1. ", " (1) ").replace("  2. ", " (2) "),
        saved_page().replace(" ", "\u00a0"),
        saved_page().replace("locks", "lo\u00adcks"),
        saved_page().replace("knee", "k\u200bnee"),
        saved_page().replace("rinsed", "rins&#101;d").replace(" hurts", "&nbsp;hurts"),
        saved_page().replace("\n\nName", "\x0c\n\nName"),
    ],
    ids=[
        "CRLF",
        "CR",
        "mark",
        "utf-16",
        "no blank lines",
        "many blank lines",
        "tabs",
        "tight bullets",
        "hyphens",
        "asterisks",
        "dashes",
        "letters o",
        "squares",
        "symbols",
        "bullets alone",
        "round brackets",
        "two brackets",
        "no-break blanks",
        "soft hyphens",
        "zero width",
        "entities",
        "page break",
    ],
)
def test_the_same_page_saved_in_other_ways(saved: str | bytes) -> None:
    plain, draft = draft_of(saved_page()), draft_of(saved)
    assert draft.sections == plain.sections
    assert (draft.title, draft.name) == (plain.title, plain.name)
    assert draft.notes == ()


def test_lines_broken_by_hand_stay_apart() -> None:
    page = saved_page(
        {
            "Summary": "Take 5 mg\nTake 10 mg at night",
            "Recovery": "  • Take 5 mg\n    Take 10 mg at night\n  • Rest in\n    bed",
        }
    )
    assert dict(draft_of(page).sections) == {
        "summary": "Take 5 mg\n\nTake 10 mg at night",
        "recovery": "- Take 5 mg\n\n  Take 10 mg at night\n- Rest in bed",
    }


def test_lines_broken_at_the_margin_are_joined() -> None:
    text = (
        "The camera shows the joint on a screen, and the surgeon looks at\n"
        "all parts of it. Dr. Example has done this for many years and in\n"
        "Boston as well.\n\n"
        "  • A bullet that goes on for so long that the line must break in\n"
        "    the middle\n"
        "  • A second"
    )
    assert draft_of(saved_page({**SECTIONS, "Setting": text})).sections["setting"] == (
        "The camera shows the joint on a screen, and the surgeon looks at all parts of it. Dr. "
        "Example has done this for\nmany years and in Boston as well.\n\n"
        "- A bullet that goes on for so long that the line must break in the middle\n- A second"
    )


def test_lists_in_lists() -> None:
    text = "1. First\n   a. solids\n   b. liquids\n2. Second\n   • one\n     ◦ deep\n   • two"
    draft = draft_of(saved_page({**SECTIONS, "Preparation": text}))
    assert draft.sections["preparation"] == (
        "1. First\n   1. solids\n   2. liquids\n2. Second\n   - one\n     - deep\n   - two"
    )
    assert [rule for rule, _ in told(draft)] == ["numbered-anew"]


def test_numbers_that_leap_stay_as_they_are_and_are_told() -> None:
    draft = draft_of(saved_page({**SECTIONS, "Preparation": "1. One\n2. Two\n4. Four"}))
    assert draft.sections["preparation"] == "1. One\n2. Two\n\n4) Four"
    assert [rule for rule, _ in told(draft)] == ["uneven-numbers"]


def test_what_looks_like_markup_is_text() -> None:
    draft = draft_of(saved_page({**SECTIONS, "Setting": "1990. A *good* year & <b> #1"}))
    assert draft.sections["setting"] == r"1990\. A \*good\* year & \<b> #1"


def test_a_table_of_contents_and_navigation_are_left_out() -> None:
    contents = "Table of contents\n\n" + "\n".join(f"• {heading}" for heading in SECTIONS)
    plain_contents = "\n".join(SECTIONS)
    for residue in (contents, plain_contents):
        page = saved_page().replace("Summary\n", f"{residue}\n\nSummary\n", 1)
        assert draft_of(page).sections == draft_of(saved_page()).sections
    page = (
        f"Skip to content\nWe use cookies to make the site work.\n{saved_page()}\nPrivacy Policy\n"
    )
    draft = draft_of(page)
    assert draft.sections == draft_of(saved_page()).sections
    assert [rule for rule, _ in told(draft)] == ["left-out"] * 3
    assert draft.unplaced == ()


def test_places_count_lines_as_editors_do() -> None:
    draft = draft_of(
        "Search\x0call medical codes\u2028\n" + saved_page(end="\x0c\nSummary\n\nMore.\n")
    )
    assert draft.source.line == 4
    (note,) = told(draft)
    assert note == ("repeated-section", "35:1")


def test_a_long_list_takes_no_longer_than_its_length_asks() -> None:
    items = "\n".join(f"• {'x' * 9}" for _ in range(5_000))
    draft = draft_of(saved_page({**SECTIONS, "Recovery": items}))
    assert draft.sections["recovery"].count("- xxxxxxxxx") == 5_000


def test_words_of_menus_are_words_within_a_section() -> None:
    sections = {**SECTIONS, "Setting": "Home", "Recovery": "1. Rest\n2. Close\n3. Help"}
    draft = draft_of(saved_page(sections, end="Similar Codes\n\nHome\n• Help\n"))
    assert draft.sections["setting"] == "Home"
    assert draft.sections["recovery"] == "1. Rest\n2. Close\n3. Help"
    assert [rule for rule, _ in told(draft)] == ["left-out", "left-out"]


def test_an_unknown_heading_is_kept_with_its_text() -> None:
    page = saved_page({**SECTIONS, "Coding Notes": "Report it once only."})
    draft = draft_of(page)
    assert draft.unplaced == (DraftUnplaced(heading="Coding Notes", text="Report it once only."),)
    assert draft.sections == draft_of(saved_page()).sections
    assert [rule for rule, _ in told(draft)] == ["unplaced"]


def test_a_lone_word_that_may_be_a_heading_stays_in_its_section_and_is_told() -> None:
    recovery = "Rest.\n\nContraindications\n\n  • A made-up reason"
    draft = draft_of(saved_page({**SECTIONS, "Recovery": recovery}))
    assert draft.sections["recovery"] == "Rest.\n\nContraindications\n\n- A made-up reason"
    (note,) = draft.notes
    assert (note.rule, note.severity) == ("perhaps-heading", "warning")
    assert note.message.startswith("'Contraindications' may be a heading")


def test_a_heading_that_comes_twice_keeps_both_texts() -> None:
    page = saved_page() + "Summary\n\nOnce more.\n"
    draft = draft_of(page)
    assert draft.sections["summary"] == f"{SECTIONS['Summary']}\n\nOnce more."
    assert [rule for rule, _ in told(draft)] == ["repeated-section"]


def test_policies_are_taken_apart_where_that_is_sure() -> None:
    entries = (
        "  • Sample Health Plan | Knee scopes | SHP-12 | https://example.org/12\n"
        "  • Example Mutual: Scopes of joints (EM-7)\n"
        "  • A policy of nobody\n"
    )
    end = (
        "Medical Policies and Guidelines for Camera inspection of the knee\n\n"
        f"Related policies from health plans\n\n{entries}\nSimilar Codes\n"
    )
    draft = draft_of(saved_page(end=end))
    assert draft.policies == (
        DraftPolicy(
            payer="Sample Health Plan",
            title="Knee scopes",
            number="SHP-12",
            url="https://example.org/12",
        ),
        DraftPolicy(payer="Example Mutual", title="Scopes of joints", number="EM-7"),
    )
    heading = "Related policies from health plans"
    assert draft.unplaced == (DraftUnplaced(heading=heading, text="• A policy of nobody"),)
    assert [rule for rule, _ in told(draft)] == ["unplaced"]


def test_similar_codes_are_taken_where_their_system_is_sure() -> None:
    entries = "29871 - Knee rinse\nHCPCS G0289: Knee scope, other\n12 of them\n"
    draft = draft_of(saved_page(end=f"Similar Codes\n\n{entries}"))
    assert draft.similar_codes == (
        DraftSimilarCode(code_system="cpt", code="29871", title="Knee rinse"),
        DraftSimilarCode(code_system="hcpcs", code="G0289", title="Knee scope, other"),
    )
    assert draft.unplaced == (DraftUnplaced(heading="Similar Codes", text="12 of them"),)


def test_the_address_of_a_page_is_its_source() -> None:
    draft = draft_of("https://codes.example.org/29870\n" + saved_page())
    assert draft.references[0].url == "https://codes.example.org/29870"
    assert draft.references[0].title == draft.title


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Just some words of mine.\n", "not-a-page"),
        (saved_page().replace("Camera inspection of the knee", ""), "no-title"),
        ("<!DOCTYPE html><html>" + saved_page(), "not-a-page"),
        (saved_page().replace("why the", "why itâ€™s the"), "mojibake"),
        (saved_page().replace("About", "Ab\x07out"), "unprintable-character"),
        (saved_page().encode("latin-1", "replace") + b"\xe9\n", "not-utf-8"),
        (saved_page() + "x" * 1_000_000, "file-too-large"),
        (" \n ", "empty-file"),
    ],
)
def test_what_is_no_such_page_is_refused(text: str | bytes, rule: str) -> None:
    with pytest.raises(DocgenError) as error:
        draft_of(text)
    assert [one.rule for one in error.value.diagnostics] == [rule]
