"""The organization that hands a document out: its names, its look, its words, its defaults."""

from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from docgen.diagnostics import Findings
from docgen.layouts.alternatives import check_filled_alternative
from docgen.layouts.leaves import Length
from docgen.prose import WEB_SCHEMES, Prose, check_link, lines_run_together
from docgen.source import (
    LINED,
    WORDED,
    Language,
    MappingNode,
    Positioned,
    TextNode,
    Wording,
    if_missing,
    place_of,
)

_FEWEST_DIGITS = 3
_MOST_DIGITS = 15
"""Digits of a full international number (ITU-T E.164)."""
_LEAST_LETTERHEAD = 0.25 * 72
_MOST_LETTERHEAD = 6 * 72.0
"""Heights of letterheads in points: less is a slip of the unit, more leaves no page."""


WordedProse = Annotated[Prose, WORDED]


FontStyle = Literal["regular", "bold", "italic", "bold_italic"]


class Phone(Positioned, frozen=True, kw_only=True, eq=False):
    """A number to call."""

    called: ClassVar[str] = "phone"

    label: Annotated[Wording, Meta(description="What the number is for, such as Nurse line.")]
    number: Annotated[TextNode, Meta(description="The number as patients should read it.")]
    hours: Annotated[
        Wording | None, Meta(description="When it is answered, such as Monday to Friday, 8 to 5.")
    ] = None
    use: Annotated[
        Literal["scheduling", "nurse-line", "emergency", "other"],
        Meta(description="What patients use it for, so that layouts can choose among the numbers."),
    ] = "other"


class Logo(Positioned, frozen=True, kw_only=True, eq=False):
    """The organization's mark, printed by the blocks of the type logo."""

    called: ClassVar[str] = "logo"

    file: Annotated[
        TextNode,
        Meta(description="Path of a PNG or JPEG file, counted from the folder of this file."),
    ]
    alt: Annotated[
        Wording,
        Meta(
            description="What the logo shows, for those who cannot see it: the name is enough.",
            extra=if_missing("missing-alt"),
        ),
    ]
    width: Annotated[Length | None, Meta(description="Greatest width.")] = None
    height: Annotated[
        Length | None,
        Meta(description="Greatest height; 0.6 in where neither width nor height is given."),
    ] = None


class FontFamily(Positioned, frozen=True, kw_only=True, eq=False):
    """The TrueType files of a font family, their paths counted from the folder of this file."""

    called: ClassVar[str] = "font family"

    regular: Annotated[TextNode, Meta(description="Upright type, such as fonts/Own-Regular.ttf.")]
    bold: Annotated[TextNode, Meta(description="Bold type, for what must stand out.")]
    italic: Annotated[
        TextNode | None, Meta(description="Italic type; without it, upright type stands in.")
    ] = None
    bold_italic: Annotated[
        TextNode | None, Meta(description="Bold italic type; without it, bold type stands in.")
    ] = None

    @property
    def files(self) -> dict[FontStyle, TextNode]:
        """The files that are given, by their styles."""
        named: dict[FontStyle, TextNode | None] = {
            "regular": self.regular,
            "bold": self.bold,
            "italic": self.italic,
            "bold_italic": self.bold_italic,
        }
        return {style: file for style, file in named.items() if file}


class StandingTexts(Positioned, frozen=True, kw_only=True, eq=False):
    """Texts of the organization that its sheets print where they belong."""

    called: ClassVar[str] = "the standing texts"

    disclaimer: Annotated[
        WordedProse | None,
        Meta(description="What the sheet cannot promise; near the consent notice."),
    ] = None
    whom_to_call: Annotated[
        WordedProse | None, Meta(description="What to know about calling, above the numbers.")
    ] = None
    feedback: Annotated[
        WordedProse | None, Meta(description="Where to say what could be better; at the end.")
    ] = None


class Letterhead(Positioned, frozen=True, kw_only=True, eq=False):
    """Paper that is printed already: nothing of page 1 is printed there, no header and no logo."""

    called: ClassVar[str] = "letterhead"

    height: Annotated[
        Length, Meta(description="Height kept free on page 1, from the top of the paper.")
    ]


class Defaults(Positioned, frozen=True, kw_only=True, eq=False):
    """How its sheets are made where nobody asks for anything else."""

    called: ClassVar[str] = "the defaults"

    large_print: Annotated[
        bool,
        Meta(
            description="Every sheet in large print: 18 pt or more, one column, lines of at most "
            "6 in."
        ),
    ] = False
    layouts: Annotated[
        tuple[TextNode, ...] | None,
        Meta(
            description="The layouts that are rendered for a code: patient-handout and "
            "clinician-summary if none are named.",
            min_length=1,
        ),
    ] = None
    overdue_records: Annotated[
        Literal["warn", "refuse"],
        Meta(
            description="What happens to a record whose review was due before the day on which "
            "the sheet is made, where that day is given."
        ),
    ] = "warn"
    ended_codes: Annotated[
        Literal["warn", "refuse"],
        Meta(
            description="What happens to a code whose code table says that it ended before the "
            "day of the visit, or begins after it; without a visit, the day on which the sheet is "
            "made counts, where that is given."
        ),
    ] = "warn"


class SlipSheets(Positioned, frozen=True, kw_only=True, eq=False):
    """What the sheets between packets say in print files."""

    called: ClassVar[str] = "the slip sheets"

    initials: Annotated[
        bool,
        Meta(description="Whether they say the patient's initials; else nothing of the patient."),
    ] = False


class ReadabilityLimits(Positioned, frozen=True, kw_only=True, eq=False):
    """What the sections for patients may ask of their readers; more is an error of the record."""

    called: ClassVar[str] = "the limits of readability"

    grade: Annotated[
        float | None,
        Meta(description="Highest grade (Flesch-Kincaid) of a section, such as 8.", ge=1, le=18),
    ] = None
    sentence: Annotated[
        int | None, Meta(description="Words of the longest sentence, such as 20.", ge=5, le=100)
    ] = None


class Organization(Positioned, frozen=True, kw_only=True, eq=False):
    """An organization file; what it does not say, it takes from its parent."""

    called: ClassVar[str] = "organization"

    parent: Annotated[
        TextNode | None,
        Meta(description="Id of the organization that this one is part of, such as a hospital."),
    ] = None
    name: Annotated[TextNode, Meta(description="Name as patients know it.")]
    short_name: Annotated[TextNode | None, Meta(description="Name where there is little room.")] = (
        None
    )
    phones: Annotated[
        tuple[Phone, ...], Meta(description="Numbers to call, the most important first.")
    ] = ()
    address: Annotated[
        TextNode | None,
        Meta(description="Postal address; its lines are printed below each other."),
        LINED,
    ] = None
    website: Annotated[
        TextNode | None, Meta(description="Address of its website, such as https://example.org.")
    ] = None
    logo: Annotated[Logo | None, Meta(description="Its logo.")] = None
    language: Annotated[
        Language | None,
        Meta(
            description="Language of its texts and of its sheets (BCP 47), such as en or es-MX; "
            "else the layout's."
        ),
    ] = None
    languages: Annotated[
        tuple[Language, ...],
        Meta(description="Languages that it offers sheets in, its own among them."),
    ] = ()
    page: Annotated[
        MappingNode | None,
        Meta(description="Paper and margins of all its sheets, as in a layout; only what differs."),
    ] = None
    theme: Annotated[
        MappingNode | None,
        Meta(description="Changes of the layout's theme, as in a theme; only what differs."),
    ] = None
    fonts: Annotated[
        dict[str, FontFamily] | None,
        Meta(description="Font families of its own by name, which its theme may then name."),
    ] = None
    texts: Annotated[StandingTexts | None, Meta(description="Its standing texts.")] = None
    letterhead: Annotated[Letterhead | None, Meta(description="Its pre-printed paper.")] = None
    defaults: Annotated[
        Defaults | None, Meta(description="How its sheets are made unless asked otherwise.")
    ] = None
    slip_sheets: Annotated[
        SlipSheets | None, Meta(description="The sheets between packets in its print files.")
    ] = None
    readability: Annotated[
        ReadabilityLimits | None,
        Meta(
            description="Limits that docgen records check --readability holds its records to; "
            "without them, it only tells."
        ),
    ] = None

    @property
    def large_print(self) -> bool:
        """Whether all its sheets are in large print."""
        return self.defaults is not None and self.defaults.large_print


def check_organization(organization: Organization, node: MappingNode, findings: Findings) -> None:
    """Tells everything in which an organization is unusable, but for the files that it names.

    ``node`` is what it was read from: single values of some fields know their place only there.
    """
    findings.extend(lines_run_together(organization))
    for phone in organization.phones:
        _check_phone(phone, findings)
    if organization.website:
        check_link(organization.website.value, organization.website.span, findings, WEB_SCHEMES)
    if organization.logo:
        _check_logo(organization.logo, findings)
    if organization.letterhead:
        _check_letterhead(organization.letterhead, node, findings)
    _check_languages(organization, node, findings)


def _check_phone(phone: Phone, findings: Findings) -> None:
    digits = sum(character.isdigit() for character in phone.number.value)
    if not _FEWEST_DIGITS <= digits <= _MOST_DIGITS:
        findings.error(
            "bad-phone",
            f"a phone number has {_FEWEST_DIGITS} to {_MOST_DIGITS} digits, "
            f"but {phone.number.value!r} has {digits}",
            phone.number.span,
            "write the number as patients dial it, such as (555) 555-0100",
        )


def _check_logo(logo: Logo, findings: Findings) -> None:
    check_filled_alternative(logo.alt.value, logo.file, logo.alt, findings)
    if any(limit and not limit.points for limit in (logo.width, logo.height)):
        findings.error("bad-measure", "a logo cannot be limited to a size of 0", logo.span)


def _check_letterhead(letterhead: Letterhead, node: MappingNode, findings: Findings) -> None:
    height = letterhead.height.points
    if not _LEAST_LETTERHEAD <= height <= _MOST_LETTERHEAD:
        findings.error(
            "bad-measure",
            f"a letterhead is 0.25 to 6 in high, but this one is {height / 72:.2f} in",
            place_of(node, "letterhead", "height"),
            "measure the paper from its top edge to where text may begin, such as 1.6in",
        )


def _check_languages(organization: Organization, node: MappingNode, findings: Findings) -> None:
    own, offered = organization.language, organization.languages
    if own and offered and own not in offered:
        findings.error(
            "unknown-language",
            f"its own language {own.tag!r} is not among the languages that it offers",
            place_of(node, "languages"),
            f"add {own.tag} to 'languages', or leave 'languages' out",
        )
