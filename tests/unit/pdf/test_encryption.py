"""Encrypted files, seen with qpdf: AES-256 that opens with its password only."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf.models import EncryptionMethod

from docgen.diagnostics import DocgenError
from docgen.pdf import write_pdf
from docgen.pdf.encryption import encrypt
from docgen.typeset.pages import Pages
from tests.conformance import syntax_problems

PASSWORD = "four plain Wörter"


@pytest.fixture
def plain(pages_of: Callable[..., Pages]) -> bytes:
    return write_pdf(pages_of([], [], title="A title to hide")).data


@pytest.fixture
def secret(plain: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "secret.pdf"
    path.write_bytes(encrypt(plain, PASSWORD))
    return path


def test_qpdf_finds_aes_256_and_all_that_readers_need_allowed(secret: Path) -> None:
    assert syntax_problems(secret, PASSWORD) == []
    with pikepdf.open(secret, password=PASSWORD) as pdf:
        used = pdf.encryption
        assert used.R == 6
        methods = {used.stream_method, used.string_method, used.file_method}
        assert methods == {EncryptionMethod.aesv3}
        assert pdf.user_password_matched
        allowed = {name for name, is_allowed in pdf.allow._asdict().items() if is_allowed}
    assert allowed == {
        "accessibility",
        "extract",
        "print_lowres",
        "print_highres",
        "modify_form",
    }


@pytest.mark.parametrize("password", ["", "four plain Worter", PASSWORD.upper()])
def test_no_other_password_opens_it(secret: Path, password: str) -> None:
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(secret, password=password)


def test_nothing_of_it_can_be_read_without_the_password(plain: bytes, secret: Path) -> None:
    for hidden in (
        b"docgen",
        b"dc:title",
        b"A title",
        "A title".encode("utf-16-be").hex().encode(),
    ):
        assert hidden not in secret.read_bytes()
        assert hidden.upper() not in secret.read_bytes().upper()
    assert b"dc:title" in plain
    with pikepdf.open(secret, password=PASSWORD) as pdf:
        assert str(pdf.docinfo.Title) == "A title to hide"


def test_it_claims_pdf_ua_and_no_archive(plain: bytes, secret: Path) -> None:
    with pikepdf.open(BytesIO(plain)) as pdf, pdf.open_metadata() as metadata:
        before = dict(metadata)
    with pikepdf.open(secret, password=PASSWORD) as pdf, pdf.open_metadata() as metadata:
        after = dict(metadata)
    gone = {name.rpartition("}")[2] for name in before.keys() - after.keys()}
    assert gone == {"part", "conformance"}
    assert {name: after[name] for name in after} == {name: before[name] for name in after}
    assert after["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"


def test_its_pages_are_those_of_the_plain_file(plain: bytes, secret: Path) -> None:
    def contents(pdf: pikepdf.Pdf) -> list[bytes]:
        return [page.Contents.read_bytes() for page in pdf.pages]

    with pikepdf.open(BytesIO(plain)) as one, pikepdf.open(secret, password=PASSWORD) as other:
        assert contents(one) == contents(other)
        assert len(other.pages) == 2


def test_a_password_is_prepared_before_it_is_used(plain: bytes) -> None:
    data = encrypt(plain, "Gru\u0308n und\u00a0blau")
    with pikepdf.open(BytesIO(data), password="Gr\u00fcn und blau") as pdf:
        assert pdf.encryption.R == 6


def test_a_bad_password_gives_no_file(plain: bytes) -> None:
    with pytest.raises(DocgenError, match="the password is empty"):
        encrypt(plain, "")


def test_owners_password_is_not_that_of_the_user(plain: bytes) -> None:
    with pikepdf.open(BytesIO(encrypt(plain, PASSWORD)), password=PASSWORD) as pdf:
        assert pdf.user_password_matched
        assert not pdf.owner_password_matched
