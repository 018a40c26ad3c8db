"""``docgen validate``: what it prints, and what each bad file gets told."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result
from pikepdf import Pdf

from docgen.cli.program import program
from docgen.cli.validate import PROFILE_IDS
from docgen.validation import PROFILES
from tests.commands import ROOT, environment
from tests.tagged_sample import broken, element, tagged_sample


@pytest.fixture(autouse=True)
def _in_a_folder_of_samples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("good.pdf").write_bytes(tagged_sample())
    Path("no-alt.pdf").write_bytes(broken(_without_alternative_text))


def _without_alternative_text(pdf: Pdf) -> None:
    del element(pdf, "Figure").Alt


def run(*arguments: str, stdin: bytes = b"") -> Result:
    return CliRunner().invoke(program, ["validate", *arguments], input=stdin)


def encrypted(data: bytes, user: str, *, accessible: bool = True) -> bytes:
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        if accessible:
            protection = pikepdf.Encryption(user=user, owner="owner", R=6)
        else:
            # Revision 3 is the last one that lets a file say no to screen readers.
            closed = pikepdf.Permissions(accessibility=False)
            protection = pikepdf.Encryption(
                user=user, owner="owner", R=3, allow=closed, aes=False, metadata=False
            )
        pdf.save(file, encryption=protection, fix_metadata_version=False)
    return file.getvalue()


def test_profiles_are_those_of_the_validator() -> None:
    assert tuple(PROFILES) == PROFILE_IDS


def test_a_conforming_file_is_told_once_a_standard() -> None:
    result = run("good.pdf", "good.pdf")
    assert result.stdout == (
        "good.pdf: conforms to PDF/UA-1 (104 rules checked)\n"
        "good.pdf: conforms to PDF/A-3a (156 rules checked)\n"
    )
    assert (result.stderr, result.exit_code) == ("", 0)


def test_what_is_wrong_is_told_in_words_with_a_hint() -> None:
    result = run("no-alt.pdf")
    assert result.exit_code == 1
    assert "no-alt.pdf: does not conform to PDF/UA-1 (1 of 104 rules broken)\n" in result.stdout
    assert "no-alt.pdf: conforms to PDF/A-3a" in result.stdout
    head, hint = result.stderr.splitlines()
    assert head.startswith(
        "no-alt.pdf: error[PDFUA1-FIGURE-ALTERNATIVE-TEXT-001]: a picture has no alternative text ("
    )
    assert "; object " in head
    assert hint == "  hint: say in words what the picture shows, or mark it as decoration"


def test_other_files_go_on() -> None:
    result = run("missing.pdf", "no-alt.pdf", "good.pdf")
    assert result.exit_code == 1
    assert "good.pdf: conforms to PDF/UA-1" in result.stdout
    assert "missing.pdf: error[missing-file]: this file does not exist" in result.stderr


def test_json_lines() -> None:
    result = run("--format", "json", "--profile", "ua1", "no-alt.pdf")
    assert json.loads(result.stdout) == {
        "path": "no-alt.pdf",
        "profile": "ua1",
        "claimed": True,
        "conforms": False,
        "rules": 104,
        "broken": 1,
    }
    finding = json.loads(result.stderr)
    assert finding["rule"] == "PDFUA1-FIGURE-ALTERNATIVE-TEXT-001"
    assert (finding["path"], finding["line"], finding["column"]) == ("no-alt.pdf", None, None)


def test_profiles_can_be_named() -> None:
    lines = run("--profile", "3b", "--profile", "ua1", "good.pdf").stdout.splitlines()
    assert [line.partition(" (")[0] for line in lines] == [
        "good.pdf: does not conform to PDF/A-3b",
        "good.pdf: conforms to PDF/UA-1",
    ]


def test_standard_input() -> None:
    result = run("-", stdin=tagged_sample())
    assert result.stdout.startswith("standard input: conforms to PDF/UA-1 ")
    assert run("-", stdin=b"").stderr.startswith("standard input: error[empty-file]")


def test_standard_input_that_is_closed() -> None:
    run = subprocess.run(
        ["sh", "-c", f"exec {sys.executable} -m docgen validate - <&-"],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr.startswith("standard input: error[empty-file]: this file is empty\n")


def test_a_file_without_claims_is_held_to_pdf_ua(tmp_path: Path) -> None:
    Path("bare.pdf").write_bytes(broken(lambda pdf: pdf.Root.__delitem__("/Metadata")))
    result = run("bare.pdf")
    assert result.exit_code == 1
    assert result.stdout.startswith("bare.pdf: does not conform to PDF/UA-1 (")
    assert "bare.pdf: warning[no-claim]: this file claims no standard that can be" in result.stderr


@pytest.mark.parametrize(
    ("claim", "name"),
    [(b"<pdfuaid:part>2<", "PDF/UA-2"), (b"<pdfuaid:part>1<", "PDF/A-4e")],
)
def test_a_claim_that_cannot_be_checked_is_told(claim: bytes, name: str) -> None:
    def change(pdf: Pdf) -> None:
        packet = pdf.Root.Metadata.read_bytes().replace(b"<pdfuaid:part>1<", claim)
        if name == "PDF/A-4e":
            packet = packet.replace(b"<pdfaid:part>3<", b"<pdfaid:part>4<")
            packet = packet.replace(b"conformance>A<", b"conformance>E<")
        pdf.Root.Metadata.write(packet)

    Path("claims.pdf").write_bytes(broken(change))
    said = f"this file claims {name}, which the validator does not know"
    assert said.lower() in run("claims.pdf").stderr.lower()


@pytest.mark.parametrize(
    ("data", "rule", "message"),
    [
        (b"", "empty-file", "this file is empty"),
        (b"hello", "not-a-pdf", "this file is not a PDF"),
        (tagged_sample()[:9000], "damaged-pdf", "it ends too early"),
        (b"%PDF-1.7\n%%EOF\n", "damaged-pdf", "it is damaged"),
        (tagged_sample().replace(b"endobj", b"endxbj", 1), "damaged-pdf", "expected endobj"),
    ],
    ids=["empty", "text", "cut off", "without objects", "broken syntax"],
)
def test_bad_files_are_refused_by_name(data: bytes, rule: str, message: str) -> None:
    Path("bad.pdf").write_bytes(data)
    result = run("bad.pdf", "good.pdf")
    assert result.exit_code == 1
    assert f"bad.pdf: error[{rule}]: " in result.stderr
    assert message in result.stderr
    assert "BytesIO" not in result.stderr
    assert "good.pdf: conforms to PDF/UA-1" in result.stdout


def test_a_folder_is_no_file() -> None:
    Path("folder.pdf").mkdir()
    assert "folder.pdf: error[not-a-file]: this is a folder" in run("folder.pdf").stderr


def test_too_large_a_file_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docgen.validation.reading.MAX_BYTES", len(tagged_sample()) - 1)
    assert "good.pdf: error[file-too-large]" in run("good.pdf").stderr


class TestEncrypted:
    def test_needs_its_password(self) -> None:
        Path("locked.pdf").write_bytes(encrypted(tagged_sample(), "open sesame"))
        result = run("locked.pdf")
        assert (result.exit_code, result.stdout) == (1, "")
        assert "locked.pdf: error[password-needed]: this file opens with a pass" in result.stderr

    def test_wrong_password(self) -> None:
        Path("locked.pdf").write_bytes(encrypted(tagged_sample(), "open sesame"))
        Path("password").write_text("open the door\n")
        result = run("locked.pdf", "--password-file", "password")
        assert (result.exit_code, result.stdout) == (1, "")
        assert "locked.pdf: error[wrong-password]" in result.stderr

    def test_is_judged_as_it_reads(self) -> None:
        Path("locked.pdf").write_bytes(encrypted(tagged_sample(), "open sesame"))
        Path("password").write_text("open sesame\n")
        result = run("locked.pdf", "--profile", "ua1", "--password-file", "password")
        assert result.stdout == "locked.pdf: conforms to PDF/UA-1 (104 rules checked)\n"

    def test_is_no_archive(self) -> None:
        Path("locked.pdf").write_bytes(encrypted(tagged_sample(), "open sesame"))
        Path("password").write_text("open sesame\n")
        result = run("locked.pdf", "--profile", "3a", "--password-file", "password")
        assert "error[PDFA3A-ENCRYPTION-001]: the file is encrypted\n" in result.stderr
        assert "does not conform to PDF/A-3a (1 of 156 rules broken)" in result.stdout

    @pytest.mark.parametrize("user", ["", "open sesame"])
    def test_must_let_screen_readers_in(self, user: str) -> None:
        Path("locked.pdf").write_bytes(encrypted(tagged_sample(), user, accessible=False))
        Path("password").write_text("open sesame\n")
        options = ("--password-file", "password") if user else ()
        result = run("locked.pdf", "--profile", "ua1", *options)
        assert result.exit_code == 1
        assert "error[PDFUA1-ENCRYPTION-P-001]: the file's permissions keep screen" in result.stderr


def test_what_a_document_says_is_not_told() -> None:
    """The validator quotes titles that differ; a title may name a patient."""

    def change(pdf: Pdf) -> None:
        pdf.docinfo["/Title"] = "Sheet of Quentin Testperson"

    Path("titles.pdf").write_bytes(broken(change))
    result = run("--profile", "1b", "titles.pdf")
    said = "error[PDFA1B-INFO-TITLE-001]: the properties and the metadata do not agree on the title"
    assert said in result.stderr
    assert "Testperson" not in result.output


def test_without_the_validator_the_remedy_is_named(tmp_path: Path) -> None:
    code = (
        "import sys\nsys.modules['page'] = None\n"
        "from docgen.cli import main\nsys.argv = ['docgen', 'validate', 'good.pdf']\nmain()"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=environment(PYTHONPATH=str(ROOT)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr == (
        "error[validator-missing]: the validator is not installed\n"
        "  hint: pip install 'docgen-procedures[validate]'\n"
    )


def test_usage_errors() -> None:
    assert run().exit_code == 2
    assert run("--profile", "4", "good.pdf").exit_code == 2
    assert run("-", "--password-file", "-").exit_code == 2
