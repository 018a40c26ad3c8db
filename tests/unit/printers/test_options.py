"""Options of a job: as attributes, as words, and against what a printer says of itself."""

import pytest

from docgen.diagnostics import Findings
from docgen.printers import JobOptions, Printer, PrinterName, check_options, media_name
from docgen.printers.messages import Attribute, Tag

_NAME = PrinterName("front-desk", "ipp://localhost/printers/front-desk")
_OFFICE = Printer(
    name=_NAME,
    state="idle",
    sides=("one-sided", "two-sided-long-edge"),
    media=("iso_a4_210x297mm", "na_letter_8.5x11in"),
    finishings=(3, 4),
    max_copies=99,
)


def _told(options: JobOptions, printer: Printer) -> list[tuple[str, str, str | None]]:
    findings = Findings()
    check_options(options, printer, findings)
    return [(one.rule, one.message, one.hint) for one in findings.diagnostics]


def test_all_that_a_user_could_have_set_otherwise_is_said() -> None:
    options = JobOptions(
        sides="two-sided-long-edge",
        media="na_letter_8.5x11in",
        copies=2,
        staple=True,
        ranges=((1, 4), (7, 7)),
    )
    assert options.attributes() == (
        Attribute("copies", Tag.INTEGER, (2,)),
        Attribute("finishings", Tag.ENUM, (4,)),
        Attribute("number-up", Tag.INTEGER, (1,)),
        Attribute("print-scaling", Tag.KEYWORD, ("none",)),
        Attribute(
            "multiple-document-handling", Tag.KEYWORD, ("separate-documents-collated-copies",)
        ),
        Attribute("sides", Tag.KEYWORD, ("two-sided-long-edge",)),
        Attribute("media", Tag.KEYWORD, ("na_letter_8.5x11in",)),
        Attribute("page-ranges", Tag.RANGE, ((1, 4), (7, 7))),
    )
    assert options.in_words() == (
        "2 copies, one after the other; on both sides, turned at the long edge; "
        "paper na_letter_8.5x11in; stapled; pages 1-4, 7 only; at full size"
    )


def test_what_is_left_to_the_printer_is_not_asked_for() -> None:
    names = [attribute.name for attribute in JobOptions().attributes()]
    assert not {"sides", "media", "page-ranges"} & set(names)
    assert JobOptions().attributes()[1].values == (3,), "3 is no finishing (RFC 8011, 5.2.6)"


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("A4", "iso_a4_210x297mm"),
        ("letter", "na_letter_8.5x11in"),
        ("na_legal_8.5x14in", "na_legal_8.5x14in"),
    ],
)
def test_paper_is_named_as_people_name_it(word: str, name: str) -> None:
    assert media_name(word) == name


def test_nothing_is_said_of_what_a_printer_can_do() -> None:
    options = JobOptions(sides="two-sided-long-edge", media="iso_a4_210x297mm", staple=True)
    assert _told(options, _OFFICE) == []


@pytest.mark.parametrize(
    ("options", "message", "hint"),
    [
        (
            JobOptions(sides="two-sided-short-edge"),
            "the printer 'front-desk' cannot print on both sides, turned at the short edge",
            "it knows for --sides: one-sided, two-sided-long-edge",
        ),
        (
            JobOptions(media="iso_a3_297x420mm"),
            "the printer 'front-desk' cannot take paper 'iso_a3_297x420mm'",
            "it knows for --media: iso_a4_210x297mm, na_letter_8.5x11in",
        ),
        (
            JobOptions(copies=100),
            "the printer 'front-desk' makes at most 99 copies of a job",
            "ask for fewer, more often",
        ),
    ],
)
def test_what_a_printer_cannot_do_is_refused(options: JobOptions, message: str, hint: str) -> None:
    assert _told(options, _OFFICE) == [("printer-cannot", message, hint)]


def test_a_printer_that_does_not_say_it_staples_is_not_asked_to() -> None:
    """CUPS takes such a job all the same, and leaves the staples out."""
    plain = Printer(name=_NAME, state="idle", finishings=(3,))
    assert [rule for rule, *_ in _told(JobOptions(staple=True), plain)] == ["printer-cannot"]


def test_a_printer_that_cannot_pick_pages_is_not_asked_to() -> None:
    whole = Printer(name=_NAME, state="idle", page_ranges=False)
    told = _told(JobOptions(ranges=((1, 2),)), whole)
    assert [rule for rule, *_ in told] == ["printer-cannot"]


def test_a_stopped_printer_is_warned_of() -> None:
    stopped = Printer(name=_NAME, state="stopped", reasons=("media-empty",))
    findings = Findings()
    check_options(JobOptions(), stopped, findings)
    (told,) = findings.diagnostics
    assert (told.severity, told.rule) == ("warning", "printer-stopped")
    assert "(media-empty)" in told.message


def test_a_printer_that_takes_no_jobs_is_refused() -> None:
    closed = Printer(name=_NAME, state="idle", is_accepting=False)
    assert [rule for rule, *_ in _told(JobOptions(), closed)] == ["printer-not-accepting"]
