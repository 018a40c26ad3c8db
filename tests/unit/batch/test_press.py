"""One patient after another on one press: each gets the file that he alone would have got."""

import io
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import docgen.fonts
from docgen.batch.make import press as press_room
from docgen.batch.make.press import Press
from docgen.batch.plan.tasks import FontFile, SheetKit
from docgen.compose.visits import filled
from docgen.diagnostics import DocgenError
from docgen.document import (
    Block,
    Document,
    Fact,
    Furniture,
    KeyFacts,
    Link,
    PageBreak,
    PageField,
    Paragraph,
    PreparedFor,
    TextRun,
    Visit,
    VisitFact,
)
from docgen.fonts import UnprintableCharacter
from docgen.fonts.own import Style, forget_families
from docgen.pdf import write_pdf
from docgen.pdf.foot import FREE_PLACE
from docgen.project import Project, RenderOptions
from docgen.typeset import Pages, typeset
from tests.conformance import conformance_problems
from tests.pdf_text import is_printed, page_texts
from tests.sheets import paper, text

ANA = Visit(
    patient_name="Ana Ejemplo",
    birth_date=date(1950, 2, 3),
    appointment=datetime(2026, 12, 1, 9, 30),
    place="Room 4",
    provider="Dr. Sample",
)
_MADE_ON = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
_SHEETS = (
    ("77299", "patient-handout", RenderOptions()),
    ("77299", "patient-handout", RenderOptions(language="es")),
    ("45378", "patient-handout", RenderOptions(large_print=True)),
    ("45378", "clinician-summary", RenderOptions()),
    ("70551", "patient-handout", RenderOptions(large_print=True, language="es")),
)


def _sample_kit(code: str, layout: str, options: RenderOptions) -> SheetKit:
    project = _project()
    document = project.compose(project.record(code), layout, options)
    return SheetKit(f"{code} {layout} {options}", document, created=_MADE_ON)


@cache
def _project() -> Project:
    return Project.open()


@cache
def sample_kits() -> tuple[SheetKit, ...]:
    return tuple(_sample_kit(*sheet) for sheet in _SHEETS)


def _label(words: str, language: str | None = None, link: Link | None = None) -> Paragraph:
    return Paragraph((TextRun(words, language=language, link=link),), "label")


def _block(across: int = 2, link: Link | None = None) -> PreparedFor:
    """Two labels are of the sheet's language and of one length, so that only words tell them."""
    facts = (
        VisitFact(_label("Prepared for", link=link), "patient_name"),
        VisitFact(_label("Lugar", "es"), "place"),
        VisitFact(_label("Seen by"), "provider"),
        VisitFact(_label("Room no"), "birth_date"),
    )
    return PreparedFor(facts, "note", across, "es")


def _narrow(lines: int, *around: Block, block: PreparedFor | None = None) -> Document:
    """A small page on which so many lines stand above the block, and some blocks below it."""
    foot = Paragraph((TextRun("Page "), PageField("number"), TextRun(" of "), PageField("count")))
    above = [text(f"Line {number}") for number in range(lines)]
    prepared = block or _block()
    return paper(*above, prepared, *around, footer=Furniture((foot,), (foot,)), height=260.0)


def _at_the_foot() -> Document:
    """A patient's block on the lowest lines of its page, in the way of the mark of its sheet."""
    block = replace(_block(), style="bare")
    low = paper(*(text(f"Line {number}") for number in range(4)), block, height=125.0)
    boxes = {"bare": replace(low.styles.boxes["note"], fill=None)}
    return replace(
        low,
        page=replace(low.page, top=0.0, bottom=0.0, right=0.0),
        styles=replace(low.styles, boxes=boxes),
    )


def _centred() -> Document:
    """A patient's block whose values stand where their width puts them."""
    sheet = _narrow(1, block=replace(_block(), style="note"))
    body = replace(sheet.styles.text["body"], align="center")
    return replace(sheet, styles=replace(sheet.styles, text={**sheet.styles.text, "body": body}))


@cache
def small_kits() -> tuple[SheetKit, ...]:
    """Blocks that stand high and low on a page, go over its end, and have odd neighbours."""
    documents = [_narrow(lines, text("After it. " * 9)) for lines in range(9)]
    facts = KeyFacts((Fact(_label("Where"), (text("Here"),)),), 2)
    documents += [
        _narrow(0),
        _narrow(1, facts, text("More")),
        _narrow(2, text("Ω after it, and ж"), PageBreak(), text("Later")),
        _narrow(1, block=_block(across=1)),
        _narrow(1, block=_block(link=Link("https://example.org/"))),
        paper(text("No place for a visit")),
        paper(PageBreak(), _block(), text("On page one"), width=110.0, height=150.0),
        _at_the_foot(),
        _centred(),
    ]
    return tuple(SheetKit(f"small {number}", one) for number, one in enumerate(documents))


_LETTERS = (
    "abc DEF ghi 0123456789 O'-.,;:() áñü ÖŁęš Ελλ Жук Việt ½ <b>&amp;</b> *_`[](x) {{ }} % \\"
)
_ODD = "\u00a0\u202f\u00ad\u200b\u0301\u0327\n\t\u200f\u202e\u0000中字한ابजא😀\u2028"


def _texts() -> st.SearchStrategy[str]:
    usual = st.text(st.sampled_from(_LETTERS), min_size=1, max_size=30)
    long = st.lists(st.text(st.sampled_from(_LETTERS), min_size=1, max_size=12), max_size=30)
    odd = st.text(st.sampled_from(_LETTERS + _ODD), max_size=12)
    plain = st.sampled_from(["Ana Ejemplo", "Bo Sample", "Cy Muster-Beispiel", "Łucja Próba"])
    return st.one_of(plain, usual, long.map(" ".join), odd, st.sampled_from(["", " ", "W" * 300]))


def visits() -> st.SearchStrategy[Visit]:
    days = st.dates(date(1500, 1, 1))
    return st.builds(
        Visit,
        patient_name=_texts(),
        birth_date=st.none() | days,
        appointment=st.none() | days | st.datetimes(datetime(1900, 1, 1)),
        place=st.none() | _texts(),
        provider=st.none() | _texts(),
    )


def alone(kit: SheetKit, visit: Visit) -> bytes | str:
    """The file as the plain way through the house makes it, or why it is refused."""
    try:
        return write_pdf(typeset(filled(kit.document, visit)), created=kit.created).data
    except UnprintableCharacter:
        return "unprintable-character"
    except DocgenError as error:
        return str(error)


def pressed(press: Press, kit: SheetKit, visit: Visit) -> bytes | str:
    try:
        made = press.made(kit, visit)
    except DocgenError as error:
        unprintable = error.diagnostics[0].rule == "unprintable-character"
        return "unprintable-character" if unprintable else str(error)
    assert made.sha256 == sha256(made.data).hexdigest()
    return made.data


def _check_all(kits: Callable[[], Sequence[SheetKit]], data: st.DataObject, press: Press) -> None:
    for visit in data.draw(st.lists(visits(), min_size=1, max_size=3)):
        kit = data.draw(st.sampled_from(range(len(kits()))).map(lambda number: kits()[number]))
        assert pressed(press, kit, visit) == alone(kit, visit)


_WARM = Press()
"""Goes through all examples, so that each meets what others left behind."""


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_what_was_printed_before_does_not_show_in_a_file(data: st.DataObject) -> None:
    _check_all(sample_kits, data, _WARM)


@settings(deadline=None, max_examples=90)
@given(st.data())
def test_nor_on_pages_that_a_visit_moves(data: st.DataObject) -> None:
    _check_all(small_kits, data, _WARM)


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_nor_where_few_sheets_are_remembered(data: st.DataObject) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(press_room, "_KITS_KEPT", 2)
        patch.setattr(press_room, "_SHAPES_KEPT", 1)
        _check_all(small_kits, data, _FORGETFUL)


_FORGETFUL = Press()


def test_the_next_patient_is_imprinted_and_nothing_is_set_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    press = Press()
    others = [ANA, Visit(patient_name="Bo Sample"), Visit(patient_name="Zoé", place="Hall 12")]
    for kit in sample_kits():
        for visit in others:
            press.made(kit, visit)
    expected = [alone(kit, _next(visit)) for kit in sample_kits() for visit in others]

    def refused(document: Document) -> Pages:
        raise AssertionError("set anew")

    monkeypatch.setattr(press_room, "typeset", refused)
    made = [press.made(kit, _next(visit)).data for kit in sample_kits() for visit in others]
    assert made == expected


def test_values_that_stand_elsewhere_are_drawn_there() -> None:
    press, kit = Press(), SheetKit("centred", _centred())
    names = ("Al Wii", "Wanda Wwwww", "Bo (b) \\ Ñ")
    made = [pressed(press, kit, Visit(patient_name=name)) for name in names]
    assert made == [alone(kit, Visit(patient_name=name)) for name in names]
    assert len({_text_places(data) for data in made}) == len(names)


def _text_places(data: bytes | str) -> tuple[str, ...]:
    assert isinstance(data, bytes)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return tuple(
            str(instruction.operands)
            for instruction in pikepdf.parse_content_stream(pdf.pages[0], "Tm")
            if isinstance(instruction, pikepdf.ContentStreamInstruction)
        )


def test_a_value_at_the_foot_moves_the_place_that_is_free() -> None:
    """What a page tells of its foot is another one for each patient there."""
    press, kit = Press(), SheetKit("foot", _at_the_foot())
    visits = [
        Visit(patient_name="Ana", provider="Dr. S"),
        Visit(patient_name="Bo", provider="Dr. Muster"),
    ]

    made = [pressed(press, kit, visit) for visit in visits]

    assert made == [alone(kit, visit) for visit in visits]
    assert len({_free_places(data) for data in made}) == len(visits)


def _free_places(data: bytes | str) -> tuple[str, ...]:
    assert isinstance(data, bytes)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return tuple(str(list(page.obj[FREE_PLACE].as_list())) for page in pdf.pages)


def _next(visit: Visit) -> Visit:
    """A patient of whom as much is known."""
    return Visit(
        patient_name="Di Muster",
        birth_date=visit.birth_date and date(2001, 12, 24),
        appointment=visit.appointment and datetime(2026, 12, 31, 16, 5),
        place=visit.place and "Ward 7",
        provider=visit.provider and "Nurse Fiction",
    )


def test_no_word_of_a_patient_is_in_another_ones_file() -> None:
    press = Press()
    names = [f"Qx{number:02}name Vv{number:02}family" for number in range(14)]
    people = [
        Visit(
            patient_name=name + " and more names" * (number % 5),
            birth_date=date(1900 + number, 1, 1 + number),
            place=f"Qx{number:02}place",
            provider=f"Qx{number:02}Łdoctor" if number % 4 == 0 else f"Qx{number:02}doctor",
        )
        for number, name in enumerate(names)
    ]
    for number, visit in enumerate(people):
        for kit in sample_kits():
            data = press.made(kit, visit).data
            pages = page_texts(data)
            assert is_printed(names[number], pages)
            content = _all_of(data)
            told = [other for other in range(len(people)) if f"Qx{other:02}".encode() in content]
            years = [year for year in range(1900, 1914) if str(year) in " ".join(pages)]
            assert (told, years) == ([number], [1900 + number])


def _all_of(data: bytes) -> bytes:
    """Every object of a file, all streams among them uncompressed, and the file itself."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        streams = [one.read_bytes() for one in pdf.objects if isinstance(one, pikepdf.Stream)]
        readable = io.BytesIO()
        pdf.save(readable, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return b"\n".join([data, readable.getvalue(), *streams])


@pytest.mark.parametrize("number", range(len(_SHEETS)))
def test_imprinted_files_conform(number: int) -> None:
    press = Press()
    kit = sample_kits()[number]
    press.made(kit, Visit(patient_name="Somebody Else", place="Elsewhere", provider="Dr. No"))
    press.made(kit, ANA)
    made = press.made(kit, _next(ANA))
    assert conformance_problems(made.data) == []
    assert is_printed("Di Muster", page_texts(made.data))


def test_patients_files_begin_with_all_that_they_have_in_common() -> None:
    press = Press()
    for kit in sample_kits():
        one, other = (press.made(kit, visit).data for visit in (ANA, _next(ANA)))
        common = next(
            at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]
        )
        assert len(one) - common < 1_800
        assert one[:common].count(b"/ObjStm") == one.count(b"/ObjStm") > 0


def test_a_page_with_a_visit_has_three_streams_that_do_not_depend_on_each_other() -> None:
    data = Press().made(sample_kits()[0], ANA).data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        streams = pdf.pages[0].obj.Contents
        assert [_has(stream, b"Ana Ejemplo") for stream in streams] == [False, True, False]
        for stream in streams:
            _check_alone(stream)
        assert not isinstance(pdf.pages[1].obj.Contents, pikepdf.Array)


def _has(stream: pikepdf.Object, words: bytes) -> bool:
    return words in stream.read_bytes()


def _check_alone(stream: pikepdf.Object) -> None:
    """Marks and text objects are closed, and text is shown in a font and colour set before."""
    seen: set[str] = set()
    marks = texts = 0
    for instruction in pikepdf.parse_content_stream(stream):
        operator = str(instruction.operator)
        seen.add(operator)
        marks += (operator in {"BDC", "BMC"}) - (operator == "EMC")
        texts += (operator == "BT") - (operator == "ET")
        assert operator != "Tj" or {"Tf", "rg", "Tm"} <= seen
        assert operator != "S" or {"RG", "w"} <= seen
        assert operator not in {"f", "f*"} or {"rg"} <= seen or "g" in seen
    assert (marks, texts) == (0, 0)


def test_a_value_that_no_font_has_is_refused_without_being_told() -> None:
    press = Press()
    kit = sample_kits()[0]
    press.made(kit, ANA)
    with pytest.raises(DocgenError) as caught:
        press.made(kit, Visit(patient_name="Ana 中村"))
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.rule == "unprintable-character"
    assert not set("Ana中村") & (set(str(caught.value)) - set(diagnostic.message + "hint: ana"))
    assert caught.value.__context__ is None
    assert pressed(press, kit, ANA) == alone(kit, ANA)


def test_without_a_visit_the_block_prints_nothing() -> None:
    kit = sample_kits()[0]
    made = Press().made(kit, None)
    assert made.data == write_pdf(typeset(kit.document), created=kit.created).data
    assert not is_printed("Prepared for", page_texts(made.data))


def test_fonts_that_a_kit_carries_are_used_where_the_process_has_them_not() -> None:
    faces = Path(docgen.fonts.__file__).parent / "faces/noto-sans"
    styles: tuple[tuple[Style, str], ...] = (("regular", "Regular"), ("bold", "Bold"))
    fonts = tuple(
        FontFile("Carried Sans", style, (faces / f"NotoSans-{name}.ttf").read_bytes())
        for style, name in styles
    )
    document = _narrow(0)
    families = {
        name: replace(style, family="Carried Sans") for name, style in document.styles.text.items()
    }
    dressed = replace(document, styles=replace(document.styles, text=families))
    forget_families()
    try:
        kit = SheetKit("carried", dressed, fonts)
        press = Press()
        assert [pressed(press, kit, ANA) for _ in range(2)] == [alone(kit, ANA)] * 2
        assert b"+CarriedSans-Bold" in _all_of(press.made(kit, ANA).data)
    finally:
        forget_families()
