"""Words are set in the first family that has their characters, at the font's own widths."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.fonts import FAMILIES, UnprintableCharacter, face, set_word, unprintable
from docgen.fonts.faces import load
from docgen.fonts.printable import (
    COMBINING,
    CONTROL,
    INVISIBLE,
    LINE_CONTROLS,
    NEEDS_SHAPING,
    NO_FONT,
)

ATKINSON, NOTO = FAMILIES
LOOKS = (False, True)


def names(text: str) -> list[tuple[str, str]]:
    return [(glyphs.face.name, glyphs.text) for glyphs in set_word(text, FAMILIES, False, False)]


def test_a_word_of_the_first_family_is_one_piece() -> None:
    assert names("Hello") == [("AtkinsonHyperlegibleNext-Regular", "Hello")]


def test_the_width_is_the_sum_of_the_advances_in_the_font_file() -> None:
    # hmtx of the file: H 718, e 565, l 244, o 533
    (glyphs,) = set_word("Hello", FAMILIES, False, False)
    assert glyphs.width == (718 + 565 + 244 + 244 + 533) / 1000


@pytest.mark.parametrize(
    ("strong", "emphasis", "style"),
    [
        (False, False, "Regular"),
        (False, True, "Italic"),
        (True, False, "Bold"),
        (True, True, "BoldItalic"),
    ],
)
def test_looks_choose_the_style(strong: bool, emphasis: bool, style: str) -> None:
    (glyphs,) = set_word("a", FAMILIES, strong, emphasis)
    assert glyphs.face is face(ATKINSON, strong, emphasis)
    assert glyphs.face.name == f"AtkinsonHyperlegibleNext-{style}"


def test_an_unknown_family_is_an_error() -> None:
    with pytest.raises(KeyError, match="Helvetica"):
        face("Helvetica", strong=False, emphasis=False)


def test_only_the_characters_that_a_family_lacks_fall_back() -> None:
    assert names("fooЖЯbar") == [
        ("AtkinsonHyperlegibleNext-Regular", "foo"),
        ("NotoSans-Regular", "ЖЯ"),
        ("AtkinsonHyperlegibleNext-Regular", "bar"),
    ]


def test_decomposed_letters_are_composed() -> None:
    assert names("cafe\u0301") == [("AtkinsonHyperlegibleNext-Regular", "café")]


def test_no_break_spaces_are_as_wide_as_a_space() -> None:
    space, no_break, narrow = (
        set_word(text, FAMILIES, False, False)[0].width for text in (" ", "\u00a0", "\u202f")
    )
    assert space == no_break == narrow > 0


@pytest.mark.parametrize("text", ["5\u00b5g", "non\u2011breaking", "co\u2010op"])
def test_micro_sign_and_hyphens_stay_in_the_face_of_their_neighbours(text: str) -> None:
    assert names(text) == [("AtkinsonHyperlegibleNext-Regular", text)]


@pytest.mark.parametrize(
    ("character", "reason"),
    [
        ("\u4e2d", NO_FONT),
        ("\U0001f642", NO_FONT),
        ("\u05e9", NEEDS_SHAPING),
        ("\u0634", NEEDS_SHAPING),
        ("\u0905", NEEDS_SHAPING),
        ("\u0e01", NEEDS_SHAPING),
        ("\u0301", COMBINING),
        ("\t", CONTROL),
        ("\u2028", CONTROL),
        ("\u200d", INVISIBLE),
        ("\u202e", INVISIBLE),
        ("\ufeff", INVISIBLE),
    ],
)
def test_what_would_print_wrong_is_refused_with_the_reason(character: str, reason: str) -> None:
    with pytest.raises(UnprintableCharacter) as refused:
        set_word(f"q{character}", FAMILIES, False, False)
    assert (refused.value.character, refused.value.reason) == (character, reason)
    [(offset, found)] = unprintable(f"q{character}", FAMILIES)
    assert (offset, found.character, found.reason) == (1, character, reason)


def test_a_refused_character_names_itself() -> None:
    [(_, found)] = unprintable("\u4e2d", FAMILIES)
    assert found.describe() == "U+4E2D CJK UNIFIED IDEOGRAPH-4E2D"
    assert str(found) == "U+4E2D CJK UNIFIED IDEOGRAPH-4E2D: no font has it"


def test_every_unprintable_character_of_a_text_is_found_at_its_place() -> None:
    found = unprintable("a\u4e2db\u0301 cafe\u0301 \u05e9", FAMILIES)
    assert [(at, each.character) for at, each in found] == [
        (1, "\u4e2d"),
        (3, "\u0301"),
        (11, "\u05e9"),
    ]


def test_line_controls_are_no_fault_of_a_text_but_never_reach_a_font() -> None:
    text = "one\ntwo\u00adthree\u200bfour\u2060five"
    assert unprintable(text, FAMILIES) == []
    with pytest.raises(UnprintableCharacter):
        set_word(text, FAMILIES, False, False)


@pytest.mark.parametrize("family", FAMILIES)
def test_every_style_of_a_family_prints_the_same_characters(family: str) -> None:
    styles = [load(family, strong, emphasis) for strong in LOOKS for emphasis in LOOKS]
    assert all(style.advances.keys() == styles[0].advances.keys() for style in styles)


@pytest.mark.parametrize("family", FAMILIES)
def test_composing_never_leads_out_of_a_family(family: str) -> None:
    printable = load(family, strong=False, emphasis=False).advances.keys()
    composed = {unicodedata.normalize("NFC", character) for character in printable}
    assert composed <= printable


@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_text_is_either_reported_or_set_whole(text: str) -> None:
    text = "".join(character for character in text if character not in LINE_CONTROLS)
    if unprintable(text, FAMILIES):
        with pytest.raises(UnprintableCharacter):
            set_word(text, FAMILIES, False, False)
        return
    glyphs = set_word(text, FAMILIES, False, False)
    assert "".join(piece.text for piece in glyphs) == unicodedata.normalize("NFC", text)


def test_setting_a_word_twice_gives_the_same_object() -> None:
    assert set_word("again", FAMILIES, True, False) is set_word("again", FAMILIES, True, False)


def test_noto_is_used_alone_where_a_style_asks_for_it() -> None:
    (glyphs,) = set_word("abc", (NOTO,), False, False)
    assert glyphs.face.name == "NotoSans-Regular"
