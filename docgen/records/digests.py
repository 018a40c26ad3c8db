"""Digests by which a translation says of each text which wording it was made from."""

import re
from hashlib import sha256
from typing import Annotated, Any, ClassVar, Self
from unicodedata import normalize

from msgspec import Meta, Struct

from docgen.source import Positioned

MADE_FROM = "made_from"
ACCEPTED = "accepted_differences"

_LENGTH = 16
_FORM = re.compile(rf"[0-9a-f]{{{_LENGTH}}}")


class Digest(Struct, frozen=True):
    """The first 16 hexadecimal digits of the SHA-256 (FIPS 180-4) of a text's words.

    The text is in the form NFC of Unicode, with one blank for each stretch of white space, and in
    UTF-8: where lines end changes nothing.
    """

    called: ClassVar[str] = "digest"

    value: str

    @classmethod
    def parse(cls, text: str) -> Self:
        if not _FORM.fullmatch(text):
            raise ValueError(
                f"{text!r} is not a digest", "docgen writes it: docgen translations accept"
            )
        return cls(text)

    @classmethod
    def json_schema(cls) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{_FORM.pattern}$"}


class AcceptedDifference(Positioned, frozen=True, kw_only=True, eq=False):
    """A pair of texts that differ in their numbers or their parts, and rightly so."""

    called: ClassVar[str] = "accepted difference"

    source: Annotated[Digest, Meta(description="Digest of the text that was translated.")]
    translation: Annotated[Digest, Meta(description="Digest of the translation.")]


def digest(text: str) -> str:
    """The digest of a text, as ``Digest`` says."""
    words = " ".join(normalize("NFC", text).split())
    return sha256(words.encode()).hexdigest()[:_LENGTH]
