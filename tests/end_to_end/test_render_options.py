"""Large print, fields to fill in, dates and passwords, as a user asks for them."""

import re
import stat
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from docgen import DocgenError, Project, RenderOptions
from tests.commands import ROOT, run_docgen
from tests.pdf_text import page_texts
from tests.sample_records import but_for_reviews, take_over_samples

HANDOUT = ("render", "77299", "--layout", "patient-handout")
PASSWORD = "Zebra-Quilt-41"
DATE = re.compile(rb"D:[0-9]{14}")


def test_variants_do_not_overwrite_one_another(tmp_path: Path) -> None:
    options = ((), ("--large-print",), ("--fillable",), ("--large-print", "--fillable"))
    paths = [
        run_docgen(*HANDOUT, *chosen, cwd=tmp_path).stdout.decode().strip() for chosen in options
    ]
    assert paths == [
        "output/cpt-77299-patient-handout.pdf",
        "output/cpt-77299-patient-handout-large-print.pdf",
        "output/cpt-77299-patient-handout-fillable.pdf",
        "output/cpt-77299-patient-handout-large-print-fillable.pdf",
    ]
    assert len({(tmp_path / path).read_bytes() for path in paths}) == 4


def _project(folder: Path, large_print: str = "no") -> Project:
    organization = folder / "layouts/organizations/own/organization.yaml"
    organization.parent.mkdir(parents=True)
    organization.write_text(f"name: Sample Clinic\ndefaults: {{large_print: {large_print}}}\n")
    return Project.open(folder, organization="own")


def test_an_organization_in_large_print_keeps_the_usual_names(tmp_path: Path) -> None:
    usual = _project(tmp_path / "usual").render("77299", ["patient-handout"])[0]
    project = _project(tmp_path / "large", "yes")
    large = project.render("77299", ["patient-handout"])[0]
    asked = project.render("77299", ["patient-handout"], options=RenderOptions(large_print=True))[0]
    assert large.page_count > usual.page_count
    assert large.data == asked.data
    assert (large.variant, asked.variant) == ((), ("large-print",))
    assert large.save(tmp_path).name == "cpt-77299-patient-handout.pdf"


def test_one_project_renders_both_prints(tmp_path: Path) -> None:
    project = _project(tmp_path)
    record = project.record("77299")
    plain = project.render_record(record, "patient-handout")
    large = project.render_record(record, "patient-handout", RenderOptions(large_print=True))
    assert large.page_count > plain.page_count
    assert project.render_record(record, "patient-handout").data == plain.data


def test_fields_stand_only_where_they_are_asked_for(tmp_path: Path) -> None:
    project = Project.open(tmp_path)
    forms = []
    for fillable in (False, True):
        options = RenderOptions(fillable=fillable)
        (sheet,) = project.render("77299", ["clinician-summary"], options=options)
        with pikepdf.open(BytesIO(sheet.data)) as pdf:
            forms.append("/AcroForm" in pdf.Root)
    assert forms == [False, True]


def test_a_file_names_its_date_only_if_it_is_told(tmp_path: Path) -> None:
    def dates(*options: str, epoch: str = "") -> set[bytes]:
        options = (*HANDOUT, *options, "--output", "-")
        data = run_docgen(*options, cwd=tmp_path, SOURCE_DATE_EPOCH=epoch).stdout
        with pikepdf.open(BytesIO(data)) as pdf:
            written = {str(value).encode() for value in pdf.docinfo.values()}
            packet = pdf.Root.Metadata.read_bytes()
        assert (b"xmp:CreateDate" in packet) == any(map(DATE.match, written))
        return {text for text in written if DATE.match(text)}

    assert dates() == set()
    assert dates("--date", "2026-11-22T01:30:00+02:00") == {b"D:20261121233000Z"}
    assert dates(epoch="1795305600") == {b"D:20261122000000Z"}
    assert dates("--date", "2025-01-01", epoch="1795305600") == {b"D:20250101000000Z"}


def test_a_date_needs_a_time_zone() -> None:
    with pytest.raises(DocgenError) as refused:
        RenderOptions(created=datetime(2026, 11, 22))
    (told,) = refused.value.diagnostics
    assert told.rule == "made-without-time-zone"


def test_a_language_that_is_none_is_refused() -> None:
    with pytest.raises(DocgenError) as refused:
        RenderOptions(language="english")
    (told,) = refused.value.diagnostics
    assert told.rule == "bad-language"


@pytest.mark.parametrize(
    "content",
    [
        PASSWORD.encode(),
        f"{PASSWORD}\n".encode(),
        f"{PASSWORD}\r\n\r\n".encode(),
        f"\ufeff{PASSWORD}\r\n".encode(),
    ],
)
@pytest.mark.parametrize("file", ["secret.txt", "-"])
def test_only_the_password_opens_a_file(content: bytes, file: str, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_bytes(content)
    take_over_samples(tmp_path)
    run = run_docgen(*HANDOUT, "--password-file", file, cwd=tmp_path, stdin=content)
    assert (run.returncode, but_for_reviews(run.stderr)) == (0, "")
    path = tmp_path / run.stdout.decode().strip()
    assert path.name == "cpt-77299-patient-handout.pdf"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert PASSWORD.encode() not in path.read_bytes()
    for wrong in ("", PASSWORD.lower(), f"{PASSWORD} "):
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(path, password=wrong)
    with pikepdf.open(path, password=PASSWORD) as pdf:
        assert (pdf.encryption.R, pdf.allow.accessibility) == (6, True)
        opened = BytesIO()
        pdf.save(opened)
    assert "Radiation treatment planning" in page_texts(opened.getvalue())[0]


def test_an_encrypted_file_goes_to_stdout_as_well(tmp_path: Path) -> None:
    options = ("--password-file", "-", "--output", "-")
    run = run_docgen(*HANDOUT, *options, cwd=tmp_path, stdin=PASSWORD.encode())
    assert run.returncode == 0
    with pikepdf.open(BytesIO(run.stdout), password=PASSWORD) as pdf:
        assert pdf.is_encrypted


def test_a_short_password_is_told_once_and_used(tmp_path: Path) -> None:
    take_over_samples(tmp_path)
    run = run_docgen("render", "77299", "--password-file", "-", cwd=tmp_path, stdin=b"Quilt41\n")
    assert run.returncode == 0
    assert but_for_reviews(run.stderr) == (
        "warning[short-password]: the password has fewer than 8 characters and can be guessed\n"
        "  hint: choose a longer one, such as four words\n"
    )
    paths = run.stdout.decode().split()
    assert len(paths) == 2
    for path in paths:
        with pikepdf.open(tmp_path / path, password="Quilt41") as pdf:
            assert pdf.is_encrypted


def test_options_do_not_show_their_password() -> None:
    options = RenderOptions(password=PASSWORD, created=datetime(2026, 1, 1, tzinfo=UTC))
    assert PASSWORD not in f"{options} {options!r}"
    assert "2026-01-01" in repr(options)
    assert "password=None" in repr(RenderOptions())


def test_the_help_says_what_the_options_do() -> None:
    shown = run_docgen("render", "--help", cwd=ROOT).stdout.decode()
    for option in ("--large-print", "--fillable", "--date DATE", "--password-file FILE"):
        assert f"  {option} " in shown
