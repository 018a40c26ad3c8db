"""Files that open with a password only: AES-256, revision 6 (ISO 32000-2, 7.6)."""

import secrets
from io import BytesIO

import pikepdf

from docgen.pdf.passwords import prepare_password

_OWNER_BYTES = 32
_ALLOWED = pikepdf.Permissions(
    accessibility=True,
    extract=True,
    print_highres=True,
    print_lowres=True,
    modify_form=True,
    modify_annotation=False,
    modify_assembly=False,
    modify_other=False,
)
_ARCHIVAL = ("pdfaid:part", "pdfaid:conformance")


def encrypt(data: bytes, password: str) -> bytes:
    """A PDF that opens with a password and then may be read aloud, copied, printed and filled in.

    The password of an owner, who may do more, is random and kept nowhere. The file no longer says
    that it is PDF/A, which forbids encryption; it stays PDF/UA. Keys are random: no two results
    are the same. Raises DocgenError for a password that not every reader takes.
    """
    prepared = prepare_password(password)
    encrypted = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        _claim_no_archive(pdf)
        pdf.save(
            encrypted,
            encryption=pikepdf.Encryption(
                user=prepared, owner=secrets.token_hex(_OWNER_BYTES), R=6, allow=_ALLOWED
            ),
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return encrypted.getvalue()


def _claim_no_archive(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        for key in _ARCHIVAL:
            if key in metadata:
                del metadata[key]
