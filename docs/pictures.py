"""Takes the pictures of sheets and of a clinic's day: ``python -m docs.pictures``.

The hospital's paper carries its letterhead before docgen prints on it. Its picture shows both.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image, ImageDraw, ImageFont

from docgen import Project
from docgen.cli.program import program
from docgen.layouts import LoadedOrganization
from docgen.project import RenderOptions
from docs.logos import ORGANIZATIONS, PLAIN, ROOT

SHOWN = ("lantern-bay-cancer-center", "campo-claro-mercado", "holm-ridge-hospital")

_IMAGES = ROOT / "docs/images"
_CODE, _LAYOUT = "77299", "patient-handout"
_DOTS = 100
"""Pixels an inch."""
_DAY_DOTS = 60
_DAY = ROOT / "data/worklists/clinic-day.csv"
_TO_SHOW = ("Take this sheet out", "Prepared for", "Preparado para")
"""What only a slip sheet says, a handout in English, and one in Spanish."""
_GAP = 16
"""In pixels, between the pages of the day."""
_DESK = "#e4e7ea"
_OVERSIZE = 4
_COLOURS = 64
_INK = "#26323b"


def picture(id: str) -> Image.Image:
    """Page 1 of an organization's handout, on the paper that it is printed on."""
    project = Project.open(ROOT, organization=id)
    options = RenderOptions(fallback_language="en")
    (sheet,) = project.render(_CODE, [_LAYOUT], options=options)
    first = pypdfium2.PdfDocument(sheet.data)[0]
    page: Image.Image = first.render(scale=_DOTS / 72).to_pil().convert("RGB")
    assert project.organization is not None
    if project.organization.organization.letterhead:
        page.paste(_letterhead(project.organization, page.width), (0, 0))
    return _with_few_colours(page)


def sheets() -> dict[str, Image.Image]:
    """The pages of both base sheets, by the names of their pictures."""
    project = Project.open(ROOT, organization="sample")
    taken: dict[str, Image.Image] = {}
    for sheet in project.render(_CODE):
        pages = pypdfium2.PdfDocument(sheet.data)
        for number, page in enumerate(pages, 1):
            name = f"{sheet.layout}-{number}" if len(pages) > 1 else sheet.layout
            picture = page.render(scale=_DOTS / 72).to_pil().convert("RGB")
            taken[name] = _with_few_colours(picture)
    return taken


def clinic_day() -> Image.Image:
    """A slip sheet and two handouts of a day's print file, side by side."""
    with TemporaryDirectory() as folder:
        run = Path(folder) / "run"
        made = ["--organization", "sample", "--print-file", "--slip-sheets", "--quiet"]
        program(["batch", str(_DAY), *made, "-o", str(run)], standalone_mode=False)
        with pypdfium2.PdfDocument(run / "print/patients.pdf") as pdf:
            pages = [_first_page(pdf, words) for words in _TO_SHOW]
    wide = sum(page.width for page in pages) + _GAP * (len(pages) + 1)
    desk = Image.new("RGB", (wide, pages[0].height + 2 * _GAP), _DESK)
    left = _GAP
    for page in pages:
        desk.paste(page, (left, _GAP))
        left += page.width + _GAP
    return _with_few_colours(desk)


def _first_page(pdf: pypdfium2.PdfDocument, words: str) -> Image.Image:
    found = (page for page in pdf if words in page.get_textpage().get_text_range())
    page: Image.Image = next(found).render(scale=_DAY_DOTS / 72).to_pil().convert("RGB")
    return page


def _with_few_colours(page: Image.Image) -> Image.Image:
    # Other methods, or no refinement by k-means, turn the palest fills gray.
    return page.quantize(_COLOURS, Image.Quantize.MEDIANCUT, kmeans=2, dither=Image.Dither.NONE)


def _letterhead(loaded: LoadedOrganization, width: int) -> Image.Image:
    """What the hospital's printer puts at the head of its paper: logo, address and a rule.

    Drawn larger than it is kept, as small type needs it.
    """
    organization = loaded.organization
    strip = Image.new("RGB", (width * _OVERSIZE, _pixels(40)), "#ffffff")
    draw = ImageDraw.Draw(strip)
    left, right = _pixels(25), strip.width - _pixels(20)
    logo = Image.open(ORGANIZATIONS / loaded.id / "logo.png").convert("RGB")
    high = _pixels(16)
    wide = round(logo.width * high / logo.height)
    strip.paste(logo.resize((wide, high), Image.Resampling.LANCZOS), (left, _pixels(15)))
    font = ImageFont.truetype(PLAIN, _pixels(3.2))
    said = (organization.address, organization.phones[0].number, organization.website)
    for line, text in enumerate(text.value for text in said if text):
        place = (right, _pixels(18.5 + 4.8 * line))
        draw.text(place, text.removeprefix("https://"), _INK, font, anchor="rm")
    draw.line((left, _pixels(36), right, _pixels(36)), _INK, _OVERSIZE)
    return strip.resize((width, strip.height // _OVERSIZE), Image.Resampling.LANCZOS)


def _pixels(millimetres: float) -> int:
    return round(millimetres / 25.4 * _DOTS * _OVERSIZE)


if __name__ == "__main__":
    taken = {**sheets(), **{id: picture(id) for id in SHOWN}, "clinic-day": clinic_day()}
    for name, taken_picture in taken.items():
        path = _IMAGES / f"{name}.png"
        taken_picture.save(path, optimize=True)
        print(path.relative_to(ROOT))
