"""Rules about themes and organizations."""

from typing import Final, Literal

Refused = Literal[
    "bad-phone",
    "low-contrast",
    "missing-organization",
    "missing-style",
    "missing-theme",
    "organization-cycle",
    "shipped-organization",
    "small-type",
    "tight-lines",
    "unknown-colour",
    "unknown-font",
    "unknown-style",
]

MEANINGS: Final[dict[Refused, str]] = {
    "bad-phone": "a phone number has too few or too many digits",
    "low-contrast": "text or lines do not stand out enough from their ground (WCAG 2.1, 1.4.3)",
    "missing-organization": "there is no organization of this id",
    "missing-style": "a theme lacks styles that every sheet needs",
    "missing-theme": "there is no theme of this name",
    "organization-cycle": "an organization is a part of itself",
    "shipped-organization": (
        "an organization comes with docgen, and an upgrade would replace changes"
    ),
    "small-type": "body text is too small for patients",
    "tight-lines": "lines of a style would overlap",
    "unknown-colour": "a palette has no colour of this name",
    "unknown-font": "there is no font family of this name",
    "unknown-style": "a theme has no style of this name",
}
