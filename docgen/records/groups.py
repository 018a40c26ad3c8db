"""The groups of values that a record holds, and those that translations hold."""

from datetime import date
from typing import Annotated, ClassVar, Literal

from msgspec import Meta
from msgspec.structs import replace

from docgen.code_systems import CodeSystem
from docgen.prose import Prose
from docgen.records.record_fields import RecordField
from docgen.source import Positioned, TextNode

Audience = Literal["patients", "clinicians", "both"]
Found = Literal["text", "code", "text-and-code"]


class LicensedDescriptor(Positioned, frozen=True, kw_only=True, eq=False):
    """The wording of a CPT code, for holders of a license of the American Medical Association."""

    called: ClassVar[str] = "licensed descriptor"

    text: Annotated[TextNode, Meta(description="The licensed wording.")]
    copyright_year: Annotated[
        int, Meta(description="Year of the AMA's copyright notice.", ge=1966, le=2100)
    ]


class FurtherSection(Positioned, frozen=True, kw_only=True, eq=False):
    """A section of the author's own."""

    called: ClassVar[str] = "further section"

    title: Annotated[TextNode, Meta(description="Heading of the section.")]
    audience: Annotated[Audience, Meta(description="Whose sheets print the section.")] = "both"
    urgent: Annotated[
        bool | None,
        Meta(
            description="Whether it tells when to call for help, which sheets print in a box of "
            "warning; if left out, a section with the title When to call for help does."
        ),
    ] = None
    text: Annotated[Prose, Meta(description="The section's text.")]


class Policy(Positioned, frozen=True, kw_only=True, eq=False):
    """A health plan's policy about the procedure."""

    called: ClassVar[str] = "policy"

    unwritten: ClassVar[frozenset[str]] = Positioned.unwritten | {"is_expired", "is_overdue"}

    payer: Annotated[TextNode, Meta(description="The health plan.")]
    title: Annotated[TextNode, Meta(description="Title of the policy.")]
    number: Annotated[TextNode | None, Meta(description="The plan's number of the policy.")] = None
    url: Annotated[TextNode | None, Meta(description="Where to read it: https://…")] = None
    effective: Annotated[date | None, Meta(description="Since when it holds: year-month-day.")] = (
        None
    )
    review_due: Annotated[
        date | None, Meta(description="Day by which the plan reviews it: year-month-day.")
    ] = None
    expires: Annotated[
        date | None, Meta(description="The last day on which it holds: year-month-day.")
    ] = None
    is_expired: bool = False
    """Whether it held no longer on the day on which the sheet is made."""
    is_overdue: bool = False
    """Whether its review was due before the day on which the sheet is made."""

    def on(self, day: date | None) -> "Policy":
        """The policy as it stands on a day; without one, nothing is expired or overdue."""
        if day is None:
            return self
        return replace(
            self,
            is_expired=self.expires is not None and self.expires < day,
            is_overdue=self.review_due is not None and self.review_due < day,
        )


class SimilarCode(Positioned, frozen=True, kw_only=True, eq=False):
    """A code that is easily taken for this one."""

    called: ClassVar[str] = "similar code"

    code_system: Annotated[CodeSystem, Meta(description="Code system of the similar code.")]
    code: Annotated[str, Meta(description="The similar code.")]
    title: Annotated[TextNode, Meta(description="What it stands for, in your own words.")]
    difference: Annotated[TextNode | None, Meta(description="How the two codes differ.")] = None
    found: Annotated[
        Found | None,
        Meta(
            description="How docgen found it: by similar text, by its place in the code system, or "
            "by both. Leave it out where a person named the code."
        ),
    ] = None


class NotSimilar(Positioned, frozen=True, kw_only=True, eq=False):
    """A code that docgen must not take for a similar one."""

    called: ClassVar[str] = "code that is not similar"

    code_system: Annotated[CodeSystem, Meta(description="Code system of that code.")]
    code: Annotated[str, Meta(description="That code.")]


class RecordWaiver(Positioned, frozen=True, kw_only=True, eq=False):
    """What the handouts of a record do without although it keeps patients safe, and why."""

    called: ClassVar[str] = "the reasons under 'without'"

    urgent: Annotated[
        TextNode | None,
        Meta(
            description="Why patients are told nothing on when to call for help. No sheet prints "
            "the reason."
        ),
    ] = None


class UnplacedText(Positioned, frozen=True, kw_only=True, eq=False):
    """Words of an imported page that fit no field, kept so that none is lost; printed nowhere."""

    called: ClassVar[str] = "unplaced text"

    heading: Annotated[TextNode | None, Meta(description="The heading that they stood under.")] = (
        None
    )
    text: Annotated[TextNode, Meta(description="The words as they stood.")]


class HandoutOf(Positioned, frozen=True, kw_only=True, eq=False):
    """The record whose handout patients of this code get."""

    called: ClassVar[str] = "record that has the same handout"

    code_system: Annotated[CodeSystem, Meta(description="Code system of that record.")]
    code: Annotated[str, Meta(description="Code of that record.")]


class Reference(Positioned, frozen=True, kw_only=True, eq=False):
    """A published source of the record's content."""

    called: ClassVar[str] = "source"

    title: Annotated[TextNode, Meta(description="Title of the source.")]
    publisher: Annotated[TextNode | None, Meta(description="Who published it.")] = None
    url: Annotated[TextNode | None, Meta(description="Where to read it: https://…")] = None
    accessed: Annotated[date | None, Meta(description="When it was last read: year-month-day.")] = (
        None
    )


class Provenance(Positioned, frozen=True, kw_only=True, eq=False):
    """Where the content comes from and how long it may be trusted."""

    called: ClassVar[str] = "the provenance"

    version: Annotated[TextNode, Meta(description="Version of the content, such as 1.0.")]
    authors: Annotated[
        tuple[TextNode, ...],
        Meta(description="Who wrote it.", min_length=1),
        RecordField(
            headings=("author", "authors", "written by"),
            in_tables="Who wrote it, with semicolons between.",
            after="specialty",
        ),
    ]
    sources: Annotated[
        tuple[Reference, ...], Meta(description="The published sources that it rests on.")
    ] = ()
    reviewed_on: Annotated[
        date | None,
        Meta(
            description="Day of the last review by a clinician: year-month-day. Sheets of a record "
            "without one say that it was not reviewed yet."
        ),
    ] = None
    review_due: Annotated[
        date | None, Meta(description="Day by which to review it again; needed once reviewed.")
    ] = None
    note: Annotated[TextNode | None, Meta(description="A note on how to use the content.")] = None


class TranslatedSection(Positioned, frozen=True, kw_only=True, eq=False):
    """A section of the author's own, in another language."""

    called: ClassVar[str] = "translated section"

    title: Annotated[TextNode, Meta(description="Heading of the section.")]
    audience: Annotated[
        Audience, Meta(description="As in the record: it tells that this is the same section.")
    ] = "both"
    text: Annotated[TextNode, Meta(description="The section's text: prose (CommonMark).")]


class TranslatedPolicy(Positioned, frozen=True, kw_only=True, eq=False):
    """What a health plan's policy is called, in another language."""

    called: ClassVar[str] = "translated policy"

    payer: Annotated[TextNode | None, Meta(description="The health plan.")] = None
    title: Annotated[TextNode | None, Meta(description="Title of the policy.")] = None


class TranslatedSimilarCode(Positioned, frozen=True, kw_only=True, eq=False):
    """What the record says of a similar code, in another language."""

    called: ClassVar[str] = "translated similar code"

    code: Annotated[str, Meta(description="As in the record: it tells that this is the same code.")]
    title: Annotated[TextNode, Meta(description="What it stands for, in your own words.")]
    difference: Annotated[TextNode | None, Meta(description="How the two codes differ.")] = None


class TranslatedProvenance(Positioned, frozen=True, kw_only=True, eq=False):
    """What is said of the content, in another language."""

    called: ClassVar[str] = "the translated provenance"

    note: Annotated[TextNode | None, Meta(description="A note on how to use the content.")] = None
