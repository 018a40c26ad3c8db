"""No word of a page is lost, whatever its parts: proven on generated pages."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from docgen.code_systems import CPT
from docgen.diagnostics import DocgenError
from docgen.imports.accounting import lost_words, words_and_signs
from docgen.imports.record_files import record_text
from tests.saved_pages import SECTIONS, draft_of, saved_page

WORDS_OF_PAGES = (
    "The test is not done when ill. Most people go home; (mostly) 5 mg #1 *now* a_b 1990. "
    "<b> & &amp; A. The knee: Crohn's 20% [x] `y` - Surgery removes it"
)
WORDS = st.sampled_from(WORDS_OF_PAGES.split())
LINES = st.lists(WORDS, min_size=1, max_size=9).map(" ".join)
MARKS = st.sampled_from(
    ["", "", "  • ", "•", "- ", "  * ", "\t▪ ", "  1. ", "  2. ", "a) ", "    ◦ ", "(3) ", "  •\n"]
)
LISTS = st.lists(
    st.one_of(st.just(""), st.tuples(MARKS, LINES).map("".join)), min_size=1, max_size=8
).map("\n".join)
HEADINGS = st.sampled_from(
    ["Recovery", "RISKS:", "Benefits", "Coding Notes", "Setting: at home", "Summary", "Home"]
)
ENTRIES = st.sampled_from(
    [
        "Related policies from health plans",
        "Similar Codes",
        "29871 - Knee rinse",
        "CPT 29873: Other",
        "• Plan | Knee | K-1 | https://example.org/k",
        "Plan: Knee (K-2)",
        "Privacy Policy",
        "© 2026 Example. All rights reserved.",
        "",
    ]
)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.tuples(HEADINGS, LISTS), max_size=4),
    st.lists(st.one_of(ENTRIES, LINES), max_size=6),
    st.sampled_from(["\n", "\r\n"]),
)
def test_a_record_has_every_word_of_its_page(
    sections: list[tuple[str, str]], end: list[str], line_end: str
) -> None:
    body = "".join(f"\n{heading}\n\n{text}\n" for heading, text in sections)
    page = saved_page(end=body + "\n".join(end)).replace("\n", line_end)
    draft = draft_of(page)
    _, record = record_text(draft, "29870", CPT, ())
    assert lost_words(draft, record) == ()
    said = Counter(words_and_signs(page.replace("&amp;", "&")))
    assert not said - Counter(words_and_signs(draft.said))


def test_a_lost_word_is_named_as_often_as_it_was_said() -> None:
    draft = draft_of(saved_page({**SECTIONS, "Setting": "In a clinic, a clinic only."}))
    sections = {**draft.sections, "setting": "In a clinic, only."}
    with pytest.raises(DocgenError) as error:
        record_text(replace(draft, sections=sections), "29870", CPT, ())
    (told,) = error.value.diagnostics
    assert told.rule == "words-lost"
    assert told.message == "2 words of the input would not be in the record: a clinic"


def test_a_word_that_markup_swallows_is_lost() -> None:
    draft = draft_of(saved_page({**SECTIONS, "Setting": "1990. A good year"}))
    assert draft.sections["setting"] == r"1990\. A good year"
    unescaped = replace(draft, sections={**draft.sections, "setting": "1990. A good year"})
    with pytest.raises(DocgenError, match="words-lost"):
        record_text(unescaped, "29870", CPT, ())
