"""What people put into the folder of their organization: pictures, fonts, measures, colours."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from docgen import fonts
from tests.commands import run_docgen
from tests.conformance import conformance_problems

NOTO = Path(fonts.__file__).parent / "faces/noto-sans"
FILE = "layouts/organizations/clinic/organization.yaml"


@pytest.fixture
def says(tmp_path: Path) -> Callable[[str], Path]:
    """Writes what an organization says; its folder holds pictures and fonts."""
    folder = (tmp_path / FILE).parent
    folder.mkdir(parents=True)
    Image.new("RGB", (4800, 1200), "navy").save(folder / "large.png")
    Image.new("CMYK", (40, 20)).save(folder / "cmyk.jpg")
    (folder / "logo.eps").write_text("%!PS-Adobe-3.0 EPSF")
    for style in ("Regular", "Bold"):
        font = (NOTO / f"NotoSans-{style}.ttf").read_bytes()
        (folder / f"{style}.ttf").write_bytes(font)
        (folder / f"Variable-{style}.ttf").write_bytes(font.replace(b"GDEF", b"fvar", 1))

    def write(text: str) -> Path:
        (tmp_path / FILE).write_text(text, encoding="utf-8")
        return tmp_path

    return write


def refused(project: Path) -> list[str]:
    """The messages of a check without their hints, from the line on."""
    run = run_docgen("organizations", "check", "clinic", cwd=project)
    assert run.returncode == 1
    lines = run.stderr.decode().splitlines()
    return [line.removeprefix(f"{FILE}:") for line in lines if line.startswith(FILE)]


def test_all_that_is_wrong_is_told_at_once(says: Callable[[str], Path]) -> None:
    project = says(
        "name: Clinic\n"
        "logo: {file: logo.eps, alt: Clinic, height: 2 inches}\n"
        "page: {size: A4, margins: {top: 1}}\n"
        "fonts:\n"
        "  Own: {regular: Variable-Regular.ttf, bold: Bold.ttf}\n"
        "theme:\n"
        "  palette: {blue: navy}\n"
        "  text: {heading-1: {size: 150%}}\n"
    )
    assert refused(project) == [
        "2:14: error[image-format]: image 'logo.eps' is an EPS file",
        "2:45: error[bad-value]: 'logo.height': '2 inches' is not a length",
        "3:14: error[bad-value]: 'page.size': 'A4' is not a paper size",
        "3:33: error[bad-value]: 'page.margins.top': '1' is not a length",
        "5:18: error[font-variable]: font 'Variable-Regular.ttf' is a variable font, which holds "
        "all weights in one file",
        "7:19: error[bad-value]: 'theme.palette.blue': 'navy' is not a colour",
        "8:28: error[bad-value]: 'theme.text.heading-1.size': '150%' is not a multiple of the body "
        "size",
    ]


def test_a_logo_in_print_colours_is_refused(says: Callable[[str], Path]) -> None:
    project = says("name: Clinic\nlogo: {file: cmyk.jpg, alt: Clinic}\n")
    assert refused(project) == [
        "2:14: error[image-colours]: image 'cmyk.jpg' is a JPEG in CMYK colours, which look "
        "different on every device"
    ]


def test_an_address_cut_short_by_a_hash_is_refused(says: Callable[[str], Path]) -> None:
    project = says("name: “Clinic”\naddress: 12 Main Street, Suite #4\n")
    assert refused(project) == [
        "1:7: error[typographic-quotes]: typographic quotes such as “ do not put a value in quotes",
        "2:32: error[lost-after-hash]: this # and what follows it is a comment, not part of the "
        "value",
    ]


def test_what_is_changed_is_told_and_the_sheet_conforms(says: Callable[[str], Path]) -> None:
    project = says(
        "name: Clinic\n"
        "logo: {file: large.png, alt: Clinic, width: 2in}\n"
        "fonts: {Own: {regular: Regular.ttf, bold: Bold.ttf}}\n"
        "theme: {fonts: {text: Own, headings: Own}}\n"
    )
    run = run_docgen("render", "93306", "--organization", "clinic", cwd=project)
    assert run.returncode == 0
    told = [line for line in run.stderr.decode().splitlines() if line.startswith(FILE)]
    assert [line.removeprefix(f"{FILE}:").split("]")[0] for line in told] == [
        "2:14: warning[image-scaled",
        "3:24: warning[font-style-missing",
        "3:43: warning[font-style-missing",
    ]
    data = (project / "output/cpt-93306-patient-handout.pdf").read_bytes()
    assert conformance_problems(data) == []
    with pikepdf.open(BytesIO(data)) as pdf:
        names = {str(font.BaseFont)[8:] for font in pdf.pages[0].Resources.Font.values()}
        [image] = pdf.pages[0].Resources.XObject.values()
        size = (int(image.Width), int(image.Height))
    assert {name.rpartition("-")[0] for name in names} == {"Own-Regular", "Own-Bold"}
    assert size == (2400, 600)
