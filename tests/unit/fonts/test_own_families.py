"""Families of one's own: what is added, what stands in, and what is refused at its place."""

import struct
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from msgspec.structs import replace

from docgen import fonts
from docgen.diagnostics import Diagnostic, DocgenError, Findings, Span
from docgen.document import Document, Heading, TextRun, TextStyle
from docgen.fonts import face, families, set_word, tables
from docgen.fonts.faces import load
from docgen.fonts.own import Style, add_carried, add_family, carried_families, forget_families
from docgen.pdf import write_pdf
from docgen.typeset import typeset
from docgen.typeset.pages import TextPiece
from tests.conformance import conformance_problems
from tests.font_files import as_symbols, changed, place_of, renamed, with_group
from tests.pdf_text import page_texts
from tests.sheets import paper, text

NOTO = Path(fonts.__file__).parent / "faces/noto-sans"
FILES: dict[Style, str] = {
    "regular": "NotoSans-Regular.ttf",
    "bold": "NotoSans-Bold.ttf",
    "italic": "NotoSans-Italic.ttf",
    "bold_italic": "NotoSans-BoldItalic.ttf",
}
SPANS: dict[Style, Span] = {
    style: Span("organization.yaml", 10 + index, 14) for index, style in enumerate(FILES)
}


def add(family: str, styles: dict[Style, Path]) -> tuple[Diagnostic, ...]:
    findings = Findings()
    add_family(family, {style: (path, SPANS[style]) for style, path in styles.items()}, findings)
    return findings.diagnostics


def add_whole(family: str, folder: Path = NOTO) -> tuple[Diagnostic, ...]:
    return add(family, {style: folder / name for style, name in FILES.items()})


def add_changed(family: str, data: bytes, folder: Path) -> tuple[Diagnostic, ...]:
    """Adds a family of one file in both styles that are needed; without what stands in."""
    (folder / "own.ttf").write_bytes(data)
    told = add(family, {"regular": folder / "own.ttf", "bold": folder / "own.ttf"})
    return tuple(one for one in told if one.rule != "font-style-missing")


def in_family(document: Document, family: str) -> Document:
    """The document with all of its text in a family."""

    def own(style: TextStyle) -> TextStyle:
        return replace(style, family=family)

    styles = document.styles
    return replace(
        document,
        styles=replace(styles, text={name: own(look) for name, look in styles.text.items()}),
    )


def regular() -> bytes:
    return (NOTO / FILES["regular"]).read_bytes()


def test_an_added_family_prints_as_its_files_say() -> None:
    assert add_whole("Clinic Sans") == ()
    assert "Clinic Sans" in families()
    for strong in (False, True):
        for emphasis in (False, True):
            (own,) = set_word("Hello", ("Clinic Sans",), strong, emphasis)
            (noto,) = set_word("Hello", ("Noto Sans",), strong, emphasis)
            assert own.width == noto.width
            assert own.face.name != noto.face.name
            assert (own.face.ascent, own.face.descent) == (noto.face.ascent, noto.face.descent)


def test_adding_a_family_again_changes_nothing() -> None:
    assert add_whole("Twice Sans") == ()
    first = face("Twice Sans", strong=True, emphasis=False)
    assert add_whole("Twice Sans") == ()
    assert face("Twice Sans", strong=True, emphasis=False) is first


def test_a_family_of_other_files_is_refused_by_both_places(tmp_path: Path) -> None:
    assert add_whole("Brand Sans") == ()
    (tmp_path / "own.ttf").write_bytes((NOTO / FILES["italic"]).read_bytes())
    [told] = add("Brand Sans", {"regular": tmp_path / "own.ttf", "bold": NOTO / FILES["bold"],
                                "italic": NOTO / FILES["italic"],
                                "bold_italic": NOTO / FILES["bold_italic"]})  # fmt: skip
    assert told.rule == "font-family-taken"
    assert str(SPANS["regular"]) in told.message
    assert told.span == SPANS["regular"]


def test_files_that_changed_on_disk_are_read_anew(tmp_path: Path) -> None:
    for name in FILES.values():
        (tmp_path / name).write_bytes((NOTO / name).read_bytes())
    assert add_whole("Preview Sans", tmp_path) == ()
    (before,) = set_word("Hello", ("Preview Sans",), False, False)
    (tmp_path / FILES["regular"]).write_bytes((NOTO / FILES["bold"]).read_bytes())
    assert add_whole("Preview Sans", tmp_path) == ()
    (after,) = set_word("Hello", ("Preview Sans",), False, False)
    (bold,) = set_word("Hello", ("Noto Sans",), True, False)
    assert before.width != after.width == bold.width


def test_a_family_of_the_packages_own_name_is_refused() -> None:
    [told] = add_whole("Noto Sans")
    assert told.rule == "font-family-taken"
    assert face("Noto Sans", strong=False, emphasis=False).name == "NotoSans-Regular"


def test_missing_italics_stand_upright_and_are_told() -> None:
    told = add("Plain Sans", {style: NOTO / FILES[style] for style in ("regular", "bold")})
    assert [(one.severity, one.rule, one.span) for one in told] == [
        ("warning", "font-style-missing", SPANS["regular"]),
        ("warning", "font-style-missing", SPANS["bold"]),
    ]
    for strong in (False, True):
        upright = face("Plain Sans", strong, emphasis=False)
        assert face("Plain Sans", strong, emphasis=True) is upright
    again = add("Plain Sans", {style: NOTO / FILES[style] for style in ("regular", "bold")})
    assert again == told


def test_a_family_without_bold_is_refused() -> None:
    [told] = add("Thin Sans", {"regular": NOTO / FILES["regular"]})
    assert (told.severity, told.rule, told.span) == (
        "error",
        "font-style-missing",
        SPANS["regular"],
    )
    assert "Thin Sans" not in families()


def test_every_bad_file_is_told_at_its_own_place(tmp_path: Path) -> None:
    (tmp_path / "bold.ttf").write_bytes(b"no font")
    told = add("Bad Sans", {"regular": tmp_path / "none.ttf", "bold": tmp_path / "bold.ttf"})
    assert [(one.rule, one.span) for one in told] == [
        ("font-unreadable", SPANS["regular"]),
        ("font-format", SPANS["bold"]),
    ]
    assert "Bad Sans" not in families()


@pytest.mark.parametrize(
    ("data", "rule", "words"),
    [
        (renamed(regular(), b"GDEF", b"fvar"), "font-variable", "variable font"),
        (changed(regular(), b"OS/2", 8, b"\x00\x02"), "font-not-embeddable", "does not allow"),
        (changed(regular(), b"OS/2", 8, b"\x01\x00"), "font-not-embeddable", "fsType"),
        (changed(regular(), b"OS/2", 8, b"\x02\x00"), "font-not-embeddable", "fsType"),
        (renamed(regular(), b"cmap", b"cmax"), "font-damaged", "damaged"),
        (renamed(regular(), b"glyf", b"glyx"), "font-damaged", "damaged"),
        (changed(regular(), b"loca", 40, b"\xff\xff"), "font-damaged", "damaged"),
        (changed(regular(), b"name", 2, b"\0\0"), "font-damaged", "lacks what every TrueType font"),
        (renamed(regular(), b"name", b"nama"), "font-damaged", "damaged"),
        (changed(regular(), b"head", 18, b"\0\0"), "font-damaged", "damaged"),
        (changed(regular(), b"maxp", 4, b"\xff\xff"), "font-damaged", "damaged"),
    ],
)
def test_fonts_that_cannot_be_embedded_right_are_refused(
    tmp_path: Path, data: bytes, rule: str, words: str
) -> None:
    told = add_changed("Refused Sans", data, tmp_path)
    assert {one.rule for one in told} == {rule}
    assert words in told[0].message
    assert "Refused Sans" not in families()


@pytest.mark.parametrize("bits", [b"\x00\x00", b"\x00\x04", b"\x00\x08"])
def test_fonts_for_installing_printing_and_editing_are_embedded(
    tmp_path: Path, bits: bytes
) -> None:
    data = changed(regular(), b"OS/2", 8, bits)
    assert add_changed(f"Licensed Sans {bits[1]}", data, tmp_path) == ()


def test_a_symbol_font_is_refused(tmp_path: Path) -> None:
    data = as_symbols(regular())
    told = add_changed("Symbol Sans", data, tmp_path)
    assert {one.rule for one in told} == {"font-characters"}


def odd_metrics(ascent: int, descent: int) -> bytes:
    return changed(regular(), b"OS/2", 68, struct.pack(">hh", ascent, descent))


@pytest.mark.parametrize(
    ("ascent", "descent"), [(0, 0), (3000, -100), (100, -2000), (-500, 500), (2500, -2500)]
)
def test_odd_metrics_give_way_to_those_of_the_letters(
    tmp_path: Path, ascent: int, descent: int
) -> None:
    family = f"Odd Sans {ascent}"
    assert add_changed(family, odd_metrics(ascent, descent), tmp_path) == ()
    own = face(family, strong=False, emphasis=False)
    # The tallest letter of Noto Sans reaches 765 units above the baseline, the deepest 240 below.
    assert (own.ascent, own.descent) == (0.765, 0.24)
    document = in_family(paper(text("Hxg " * 40)), family)
    items = typeset(document).pages[0].items
    lines = sorted({item.baseline for item in items if isinstance(item, TextPiece)})
    assert {round(below - above, 3) for above, below in pairwise(lines)} == {12}
    body = document.styles.text["body"]
    # The first line's box is 30 to 42: all of its letters stand inside.
    assert lines[0] - 0.765 * body.size >= 30
    assert lines[0] + 0.24 * body.size <= 42


def test_letters_taller_than_any_line_are_refused(tmp_path: Path) -> None:
    data = changed(regular(), b"head", 18, struct.pack(">H", 700))
    told = add_changed("Tall Sans", data, tmp_path)
    assert {one.rule for one in told} == {"font-too-tall"}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("Whole Sans", regular()),
        ("Wide Sans", changed(regular(), b"head", 18, struct.pack(">H", 2048))),
        ("Bare Sans", renamed(regular(), b"OS/2", b"OS/9")),
    ],
)
def test_sheets_in_a_family_of_ones_own_conform(tmp_path: Path, name: str, data: bytes) -> None:
    assert add_changed(name, data, tmp_path) == ()
    words = text("Größe 5 µg – “Жж” ½ ₂ Ω, the quick brown fox.")
    document = in_family(paper(Heading(1, (TextRun("Title"),)), words), name)
    pdf_bytes = write_pdf(typeset(document)).data
    assert conformance_problems(pdf_bytes) == []
    loaded = load(name, strong=False, emphasis=False)
    with pikepdf.open(BytesIO(pdf_bytes)) as pdf:
        for font in pdf.pages[0].Resources.Font.values():
            assert len(font.FontDescriptor.FontFile2.read_bytes()) < 60_000
        base = pdf.pages[0].Resources.Font["/F1_0"]
        widths = [float(width) for width in base.Widths]
    # 639 units is the width of A in Noto Sans.
    assert widths[ord("A") - 32] == pytest.approx(639 * 1000 / loaded.units_per_em, abs=0.01)


def test_characters_that_the_own_font_lacks_fall_back(tmp_path: Path) -> None:
    atkinson = NOTO.parent / "atkinson-hyperlegible-next/AtkinsonHyperlegibleNext-Regular.ttf"
    assert add_changed("Latin Sans", atkinson.read_bytes(), tmp_path) == ()
    own, other = set_word("abЖ", ("Latin Sans", "Noto Sans"), False, False)
    assert (own.text, other.text, other.face.name) == ("ab", "Ж", "NotoSans-Regular")


def test_subsets_of_families_of_one_name_have_names_of_their_own(tmp_path: Path) -> None:
    assert add_changed("Same Sans", regular(), tmp_path) == ()
    assert add_changed("SameSans", (NOTO / FILES["bold"]).read_bytes(), tmp_path) == ()
    one = face("Same Sans", strong=False, emphasis=False).name
    other = face("SameSans", strong=False, emphasis=False).name
    assert one != other
    assert one.startswith("SameSans-Regular-")


def test_a_character_without_a_glyph_falls_back(tmp_path: Path) -> None:
    assert add_changed("Dotted Sans", with_group(regular(), 4, (0x131, 0x131, 0)), tmp_path) == ()
    word, other = set_word("sı", ("Dotted Sans", "Noto Sans"), False, False)
    assert (word.text, other.text, other.face.name) == ("s", "ı", "NotoSans-Regular")


def test_a_font_without_all_of_ascii_prints_what_it_has(tmp_path: Path) -> None:
    without_mark = with_group(with_group(regular(), 1, (0x20, 0x20, 3)), 2, (0x22, 0x7E, 5))
    assert add_changed("Calm Sans", without_mark, tmp_path) == ()
    document = in_family(paper(Heading(1, (TextRun("Title"),)), text("Hello!")), "Calm Sans")
    data = write_pdf(typeset(document)).data
    assert conformance_problems(data) == []
    assert "Hello!" in "".join(page_texts(data))


def test_a_character_that_one_style_lacks_is_the_same_in_all(tmp_path: Path) -> None:
    atkinson = NOTO.parent / "atkinson-hyperlegible-next/AtkinsonHyperlegibleNext-Bold.ttf"
    add("Mixed Sans", {"regular": NOTO / FILES["regular"], "bold": atkinson})
    for strong in (False, True):
        (cyrillic,) = set_word("Ж", ("Mixed Sans", "Noto Sans"), strong, False)
        assert cyrillic.face is face("Noto Sans", strong, emphasis=False)


def test_a_family_carried_to_another_process_prints_the_same() -> None:
    assert add_whole("Carried Sans") == ()
    document = in_family(paper(Heading(1, (TextRun("Hello"),)), text("Read this.")), "Carried Sans")
    here = write_pdf(typeset(document)).data
    carried = carried_families()
    forget_families()
    for family, contents in carried.items():
        add_carried(family, contents)
    assert write_pdf(typeset(document)).data == here


def test_a_carried_family_does_not_replace_another_of_its_name() -> None:
    assert add_whole("Rival Sans") == ()
    other = {style: regular() for style in carried_families()["Rival Sans"]}
    with pytest.raises(DocgenError) as raised:
        add_carried("Rival Sans", other)
    assert [told.rule for told in raised.value.diagnostics] == ["font-family-taken"]


@pytest.mark.parametrize(
    "group",
    [(0x20, 0x7E, 3), (0x131, 0x130, 1), (0x10FFFF, 0x110000, 1)],
)
def test_a_map_that_no_font_can_have_is_refused(
    tmp_path: Path, group: tuple[int, int, int]
) -> None:
    """Groups out of order, or beyond the last character, would be gone through one by one."""
    told = add_changed("Absurd Sans", with_group(regular(), 4, group), tmp_path)
    assert {one.rule for one in told} == {"font-damaged"}


def test_a_map_of_more_characters_than_a_font_shows_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "_MOST_MAPPED", 1000)
    told = add_changed("Endless Sans", regular(), tmp_path)
    assert {one.rule for one in told} == {"font-damaged"}


def test_the_map_that_is_checked_is_the_one_that_is_read(tmp_path: Path) -> None:
    """ReportLab takes a map for Japanese Macintoshes, wherever it stands, for one of Unicode."""
    data = regular()
    (count,) = struct.unpack_from(">H", data, place_of(data, b"cmap") + 2)
    data = changed(data, b"cmap", 4 + 8 * (count - 1), b"\x00\x01\x00\x01")
    told = add_changed("Mac Sans", data, tmp_path)
    assert {one.rule for one in told} == {"font-characters"}


def test_a_font_of_many_bytes_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "own.ttf").open("wb") as file:
        file.truncate(1 << 40)
    told = add("Large Sans", {"regular": tmp_path / "own.ttf", "bold": NOTO / FILES["bold"]})
    assert [one.rule for one in told] == ["font-too-large"]
