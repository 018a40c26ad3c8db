"""The organization that hands a document out: its name and how patients reach it."""

from typing import Annotated

from msgspec import Meta

from docgen.diagnostics import Findings
from docgen.source import Language, Positioned, Text

_FEWEST_DIGITS = 3
_MOST_DIGITS = 15
"""Digits of a full international number (ITU-T E.164)."""


class Phone(Positioned, frozen=True, kw_only=True, eq=False):
    """A number to call."""

    label: Annotated[Text, Meta(description="What the number is for, such as Nurse line.")]
    number: Annotated[Text, Meta(description="The number as patients should read it.")]
    hours: Annotated[
        Text | None, Meta(description="When it is answered, such as Monday to Friday, 8 to 5.")
    ] = None


class Organization(Positioned, frozen=True, kw_only=True, eq=False):
    """An organization file."""

    name: Annotated[Text, Meta(description="Name as patients know it.")]
    phones: Annotated[
        tuple[Phone, ...], Meta(description="Numbers to call, the most important first.")
    ] = ()
    address: Annotated[Text | None, Meta(description="Postal address.")] = None
    website: Annotated[Text | None, Meta(description="Address of its website.")] = None
    language: Annotated[
        Language | None,
        Meta(description="Language of the texts (BCP 47), such as en or es-MX; else the layout's."),
    ] = None
    large_print: Annotated[
        bool,
        Meta(
            description="Every sheet in large print: 18 pt or more, one column, lines of at most "
            "6 in."
        ),
    ] = False


def check_organization(organization: Organization, findings: Findings) -> None:
    """Tells of phone numbers that cannot be numbers."""
    for phone in organization.phones:
        digits = sum(character.isdigit() for character in phone.number.value)
        if not _FEWEST_DIGITS <= digits <= _MOST_DIGITS:
            findings.error(
                "bad-phone",
                f"a phone number has {_FEWEST_DIGITS} to {_MOST_DIGITS} digits, "
                f"but {phone.number.value!r} has {digits}",
                phone.number.span,
                "write the number as patients dial it, such as (555) 555-0100",
            )
