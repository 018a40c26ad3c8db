"""Sheets with an SVG logo, an SVG picture and a drawing: they are what any sheet is."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from msgspec.structs import replace

from docgen import Project, RenderOptions
from docgen.batch.make.press import Press
from docgen.batch.plan.tasks import SheetKit
from docgen.compose.visits import filled
from docgen.document import Visit
from docgen.pdf import write_pdf
from docgen.printfiles import PrintOptions, PrintPacket, write_print_files
from docgen.typeset import PlacedDrawing, typeset
from tests.commands import run_docgen
from tests.conformance import conformance_problems, syntax_problems
from tests.printed_packets import stored

LOGO = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 60">
  <style>.mark { fill: #0b4a6f }</style>
  <circle class="mark" cx="30" cy="30" r="26"/>
  <path d="M30 12v36M12 30h36" stroke="#fff" stroke-width="8" stroke-linecap="round"/>
  <path fill="none" stroke="#9b2c14" stroke-width="4" d="M70 40q30-40 60 0t60 0"/>
</svg>
"""
ARROW = """\
<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40" viewBox="0 0 80 40">
  <path d="M0 15h50V0l30 20-30 20V25H0z" fill="#75828e"/>
</svg>
"""
OWN = """\
name: Sample Bay
logo: {file: art/logo.svg, alt: "Sample Bay: a cross and a wave"}
phones: [{label: Nurse line, number: 555-555-0100}]
"""
SHEET = """\
id: drawn
extends: patient-handout
insert:
  - after: title
    blocks:
      - {id: arrow, type: image, file: art/arrow.svg, alt: An arrow to the right, align: center}
      - id: hours
        type: drawing
        drawing: hours-of-a-day
        alt: "A bar of 24 hours: {{ record.title }} takes two."
        values:
          - {label: Asleep, value: "8"}
          - {label: "{{ record.code }}", value: "2"}
          - {label: Café rest, value: "14"}
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    own = tmp_path / "layouts/organizations/own"
    for folder in (own, tmp_path / "layouts"):
        (folder / "art").mkdir(parents=True)
    (own / "art/logo.svg").write_text(LOGO, "utf-8")
    (tmp_path / "layouts/art/arrow.svg").write_text(ARROW, "utf-8")
    (own / "organization.yaml").write_text(OWN, "utf-8")
    (tmp_path / "layouts/drawn.yaml").write_text(SHEET, "utf-8")
    return Project.open(tmp_path, organization="own")


def rendered(project: Project, *, large_print: bool = False, fillable: bool = False) -> bytes:
    options = RenderOptions(large_print=large_print, fillable=fillable)
    [sheet] = project.render("77299", "drawn", options=options)
    return sheet.data


@pytest.mark.parametrize("large_print", [False, True])
@pytest.mark.parametrize("fillable", [False, True])
def test_such_sheets_conform(project: Project, large_print: bool, fillable: bool) -> None:
    data = rendered(project, large_print=large_print, fillable=fillable)
    assert conformance_problems(data) == []


def test_nothing_of_them_is_a_picture_of_pixels(project: Project) -> None:
    with pikepdf.open(BytesIO(rendered(project))) as pdf:
        kinds = [
            str(one.get("/Subtype"))
            for one in pdf.objects
            if isinstance(one, pikepdf.Stream) and one.get("/Type") == "/XObject"
        ]
        fonts = {str(one.BaseFont) for one in pdf.objects if _is_font(one)}
    assert kinds == ["/Form", "/Form", "/Form"]
    assert all("AtkinsonHyperlegibleNext" in name for name in fonts)


def _is_font(one: pikepdf.Object) -> bool:
    return isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"


def test_each_is_a_figure_with_its_alternative_text(project: Project) -> None:
    data = rendered(project)
    with pikepdf.open(BytesIO(data)) as pdf:
        figures = [
            str(one.Alt)
            for one in pdf.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"
        ]
    title = project.record("77299").title
    assert figures == [
        "Sample Bay: a cross and a wave",
        "An arrow to the right",
        f"A bar of 24 hours: {title} takes two.",
    ]


def test_the_text_of_a_drawing_is_text(project: Project) -> None:
    with pypdfium2.PdfDocument(rendered(project)) as pdf:
        said = pdf[0].get_textpage().get_text_range()
    assert "Asleep: 8" in said
    assert "77299: 2" in said
    assert "Café rest: 14" in said


def test_pictures_are_scaled_down_and_never_up(project: Project) -> None:
    document = project.compose(project.record("77299"), "drawn")
    placed = [
        item
        for page in typeset(document).pages
        for item in page.marks
        if isinstance(item, PlacedDrawing)
    ]
    logo, arrow, hours = placed
    # A logo without a size is 0.6 in high at most; 60 pixels are 45 points.
    assert (round(logo.width, 1), round(logo.height, 1)) == (144, 43.2)
    assert (arrow.width, arrow.height) == (60, 30)
    assert hours.width == 468
    assert arrow.x == pytest.approx(72 + (468 - 60) / 2)


def test_what_is_shown_on_each_page_is_in_the_file_once(project: Project) -> None:
    document = project.compose(project.record("77299"), "drawn")
    logo = document.blocks[0]
    again = tuple(replace(logo) for _ in range(3))
    data = write_pdf(typeset(replace(document, blocks=(*document.blocks, *again)))).data
    with pikepdf.open(BytesIO(data)) as pdf:
        forms = [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]
        assert sum(one.get("/Subtype") == "/Form" for one in forms) == 3
    assert conformance_problems(data) == []


def test_the_next_patient_is_imprinted_with_the_same_bytes(project: Project) -> None:
    document = project.compose(project.record("77299"), "drawn")
    press, kit = Press(), SheetKit("drawn", document)
    for name in ("Ana Ejemplo", "Bo Sample"):
        visit = Visit(patient_name=name, birth_date=date(1950, 2, 3))
        alone = write_pdf(typeset(filled(document, visit))).data
        assert press.made(kit, visit).data == alone
        assert conformance_problems(alone) == []


def test_other_processes_make_the_same_bytes(project: Project) -> None:
    ends = [
        run_docgen(
            *("render", "77299", "--layout", "drawn", "--organization", "own", "--output", "-"),
            cwd=project.folder,
            PYTHONHASHSEED=seed,
        )
        for seed in ("1", "2")
    ]
    assert [run.returncode for run in ends] == [0, 0]
    assert ends[0].stdout == ends[1].stdout == rendered(project)


def test_protected_sheets_open_with_their_password(project: Project) -> None:
    options = RenderOptions(password="four plain little words")
    [sheet] = project.render("77299", "drawn", options=options)
    with pikepdf.open(BytesIO(sheet.data), password="four plain little words") as pdf:
        assert len(pdf.pages) > 1


def test_print_files_show_what_the_sheets_show(project: Project, tmp_path: Path) -> None:
    data = rendered(project)
    packet = PrintPacket(2, "Packet 2", (stored(data, tmp_path, "sheet.pdf"),))
    options = PrintOptions(run="3fa9c2d1", mark=False)
    [file] = write_print_files([packet, packet], tmp_path / "print", "patients", options)
    assert syntax_problems(file.path) == []
    with pypdfium2.PdfDocument(data) as sheet, pypdfium2.PdfDocument(file.path) as printed:
        pictures = [pdf[0].render(scale=2).to_pil().tobytes() for pdf in (sheet, printed)]
    assert pictures[0] == pictures[1]
    with pikepdf.open(file.path) as pdf:
        forms = [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]
        assert sum(one.get("/Subtype") == "/Form" for one in forms) == 3


@pytest.mark.parametrize(
    ("file", "command"),
    [
        ("layouts/art/arrow.svg", ("layouts", "check", "drawn")),
        ("layouts/organizations/own/art/logo.svg", ("organizations", "check", "own")),
    ],
)
def test_checks_find_what_rendering_refuses(
    project: Project, file: str, command: tuple[str, ...]
) -> None:
    path = project.folder / file
    path.write_text(path.read_text("utf-8").replace("</svg>", '<text x="1">A</text></svg>'))
    checked = run_docgen(*command, cwd=project.folder)
    options = ("--layout", "drawn", "--organization", "own", "--output", "out")
    made = run_docgen("render", "77299", *options, cwd=project.folder)
    assert (checked.returncode, made.returncode) == (1, 1)
    told = [line for line in made.stderr.decode().splitlines() if "svg-not-allowed" in line]
    assert told
    assert told[0].startswith(f"{file}:")
    assert told[0] in checked.stderr.decode().splitlines()
