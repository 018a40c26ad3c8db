"""Text in the place of images and codes, for those who cannot see them (WCAG 2.1, 1.1.1)."""

import re

from docgen.diagnostics import Findings
from docgen.layouts.model import ImageBlock
from docgen.source import TextNode

GOOD_ALTERNATIVE = (
    "say in a few words what it shows or what it is for, as you would to someone on the phone"
)

_FILE_NAME = re.compile(r"\S+\.(?:png|jpe?g|gif|svg|webp)", re.IGNORECASE)


def check_alternative(image: ImageBlock, findings: Findings) -> None:
    """Tells of an alternative text that is written out and only names a file."""
    if "{{" not in image.alt.value:
        check_filled_alternative(image.alt.value, image.file, image.alt, findings)


def check_filled_alternative(
    alt: str, file: TextNode, written: TextNode, findings: Findings
) -> None:
    """Tells of an alternative text that only names a file: the image's own, or any image.

    ``written`` is the text of the input that gives it.
    """
    if alt.strip() == file.value or _FILE_NAME.fullmatch(alt.strip()):
        message = "the alternative text of this image is the name of a file"
        findings.error("missing-alt", message, written.span, GOOD_ALTERNATIVE)
