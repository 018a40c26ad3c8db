"""What an organization puts on a sheet: its logo, or room for its letterhead; standing texts."""

from pathlib import Path

import pytest

from docgen.compose import compose
from docgen.compose.letterhead import page_under
from docgen.diagnostics import DocgenError, Findings
from docgen.document import (
    Block,
    Document,
    Figure,
    ImageSource,
    PageSetup,
    Paragraph,
    TextRun,
    plain_text,
)
from tests.unit.compose.conftest import Bench

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c636000000002000148afa4710000000049454e44ae426082"
)
LOGO = "logo: {file: logo.png, alt: Sample Clinic}\n"
LETTERHEAD = "letterhead: {height: 2in}\n"
HEAD = """\
header:
  first:
    - {id: first-logo, type: logo}
    - {id: first-words, type: text, text: First}
  later:
    - {id: later-logo, type: logo}
    - {id: later-words, type: text, text: Later}
"""
BLOCKS = "  - {id: logo, type: logo}\n  - {id: words, type: text, text: Words}"


def composed(bench: Bench, own: str | None, blocks: str = BLOCKS, more: str = HEAD) -> Document:
    """A document of an organization with some keys, or of none."""
    folder = Path("organizations/sample")
    folder.mkdir(parents=True)
    (folder / "logo.png").write_bytes(PNG)
    organization = None if own is None else bench.organization(own)
    return compose(bench.layout(blocks, more), bench.record(), organization)


def logos(blocks: tuple[Block, ...]) -> list[Figure]:
    return [block for block in blocks if isinstance(block, Figure)]


def texts(blocks: tuple[Block, ...]) -> list[str]:
    return [plain_text(block.inlines) for block in blocks if isinstance(block, Paragraph)]


def test_a_logo_is_a_figure_with_its_alternative_text(bench: Bench) -> None:
    document = composed(bench, LOGO)
    (logo,) = logos(document.blocks)
    assert isinstance(logo.image, ImageSource)
    assert (logo.image.data, logo.alt, logo.align) == (PNG, "Sample Clinic", "left")
    assert logo.max_width is None
    assert logo.max_height == pytest.approx(0.6 * 72)
    assert [len(logos(part)) for part in (document.header.first, document.header.later)] == [1, 1]


def test_the_organization_says_how_large_a_logo_is_and_a_block_overrules_it(bench: Bench) -> None:
    own = "logo: {file: logo.png, alt: A, width: 2in, height: 1in}\n"
    blocks = "  - {id: a, type: logo}\n  - {id: b, type: logo, height: 36pt, align: right}"
    one, other = logos(composed(bench, own, blocks).blocks)
    assert (one.max_width, one.max_height) == (144, 72)
    assert (other.max_width, other.max_height, other.align) == (144, 36, "right")


@pytest.mark.parametrize("own", [None, ""])
def test_without_a_logo_its_block_prints_nothing(bench: Bench, own: str | None) -> None:
    document = composed(bench, own)
    assert len(document.blocks) == 1
    assert len(document.header.first) == 1


def test_a_required_logo_must_be_there(bench: Bench) -> None:
    with pytest.raises(DocgenError, match=r"error\[required-block\]: the block 'logo'"):
        composed(bench, "", "  - {id: logo, type: logo, required: true}")


def test_a_letterhead_takes_the_place_of_header_and_logo_on_the_first_page(bench: Bench) -> None:
    document = composed(bench, LOGO + LETTERHEAD)
    assert document.page.letterhead == 144
    assert document.header.first == ()
    assert logos(document.blocks) == []
    assert texts(document.blocks) == ["Words"]
    assert texts(document.header.later) == ["Later"]
    assert len(logos(document.header.later)) == 1


def test_without_a_letterhead_no_room_is_kept(bench: Bench) -> None:
    document = composed(bench, LOGO)
    assert document.page.letterhead == 0
    assert texts(document.header.first) == ["First"]


def test_a_letterhead_that_leaves_no_room_is_refused(bench: Bench) -> None:
    letterhead = bench.organization("letterhead: {height: 5in}\n").organization.letterhead
    assert letterhead
    findings = Findings()
    half_letter = PageSetup(396, 612, 36, 36, 180, 36)
    page_under(letterhead, half_letter, findings)
    (found,) = findings.diagnostics
    assert found.message == "this letterhead leaves 1.00 in of the paper's height for text"
    assert found.span == letterhead.span
    fits = Findings()
    assert page_under(letterhead, PageSetup(612, 792, 36, 36, 36, 36), fits).letterhead == 360
    assert not fits.diagnostics


def test_standing_texts_are_prose_that_layouts_print(bench: Bench) -> None:
    own = "texts: {whom_to_call: 'Call **early**.'}\n"
    blocks = (
        "  - {id: a, type: text, when: organization.texts.whom_to_call, "
        'text: "{{ organization.texts.whom_to_call }}"}\n'
        "  - {id: b, type: text, when: organization.texts.feedback, "
        'text: "{{ organization.texts.feedback }}"}'
    )
    (paragraph,) = composed(bench, own, blocks).blocks
    assert isinstance(paragraph, Paragraph)
    assert paragraph.inlines == (TextRun("Call "), TextRun("early", strong=True), TextRun("."))


def test_a_layout_may_choose_a_number_by_its_use(bench: Bench) -> None:
    organization = bench.organization_of(
        "name: A\nphones:\n  - {label: Desk, number: 555-0101}\n"
        "  - {label: Ward, number: 555-0102, use: emergency}\n"
    )
    blocks = (
        "  - {id: a, type: text, for_each: phone in organization.phones, "
        "when: phone.use == 'emergency', text: '{{ phone.number }}'}"
    )
    assert texts(bench.document(blocks, organization=organization).blocks) == ["555-0102"]
