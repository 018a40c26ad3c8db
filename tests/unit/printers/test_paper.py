"""Paper of the size of the pages."""

import pytest

from docgen.diagnostics import Findings
from docgen.printers import Printer, PrinterName, check_paper, fitting_media
from docgen.printers.paper import media_size

_A4 = "iso_a4_210x297mm"
_LETTER = "na_letter_8.5x11in"
_PRINTER = Printer(name=PrinterName("front-desk", "ipp://localhost/"), media=(_A4, _LETTER))


@pytest.mark.parametrize(
    ("name", "size"),
    [
        (_LETTER, (612.0, 792.0)),
        (_A4, (595.28, 841.89)),
        ("na_number-10_4.125x9.5in", (297.0, 684.0)),
        ("custom_max_215.9x1117.6mm", (612.0, 3168.0)),
    ],
)
def test_a_name_says_how_large_a_paper_is(name: str, size: tuple[float, float]) -> None:
    assert media_size(name) == pytest.approx(size, abs=0.01)


@pytest.mark.parametrize("name", ["main", "auto", "iso_a4", ""])
def test_other_names_say_nothing(name: str) -> None:
    assert media_size(name) is None


@pytest.mark.parametrize(
    ("pages", "paper"),
    [
        ((612, 792), _LETTER),
        ((792, 612), _LETTER),
        ((595.2756, 841.8898), _A4),
        ((595, 842), _A4),
        ((420, 595), None),
    ],
)
def test_the_paper_is_that_of_the_pages(pages: tuple[float, float], paper: str | None) -> None:
    assert fitting_media(pages, _PRINTER.media) == paper


def test_pages_are_not_cut_without_a_word() -> None:
    findings = Findings()
    check_paper((612, 792), _A4, _PRINTER, findings)
    (told,) = findings.diagnostics
    assert (told.severity, told.message) == (
        "warning",
        f"the pages are 216 × 279 mm, the paper {_A4}: edges may be cut off",
    )


def test_a_printer_without_the_paper_is_refused() -> None:
    findings = Findings()
    check_paper((420, 595), None, _PRINTER, findings)
    (told,) = findings.diagnostics
    assert (told.severity, told.rule) == ("error", "paper-differs")


def test_a_printer_that_names_no_paper_is_trusted() -> None:
    findings = Findings()
    check_paper((420, 595), None, Printer(name=_PRINTER.name), findings)
    assert findings.diagnostics == ()
