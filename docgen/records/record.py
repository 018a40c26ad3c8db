"""The record of a procedure: what docgen knows about a code."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, ClassVar, Literal, Protocol

from msgspec import Meta
from msgspec.structs import replace

from docgen.code_systems import CodeSystem, ids_in_words
from docgen.diagnostics import Findings
from docgen.prose import Prose
from docgen.records.code_days import CodeDays
from docgen.records.digests import AcceptedDifference, Digest
from docgen.source import Language, Positioned, Text

Audience = Literal["patients", "clinicians", "both"]
Found = Literal["text", "code", "text-and-code"]

SECTION_TITLES = {
    "summary": "In short",
    "purpose": "Why it is done",
    "indications": "Who may need it",
    "preparation": "How to get ready",
    "procedure_description": "What happens, step by step",
    "duration": "How long it takes",
    "setting": "Where it is done",
    "personnel": "Who takes part",
    "risks": "Risks and complications",
    "benefits": "Benefits",
    "recovery": "Afterwards",
    "alternatives": "Other choices",
    "patient_experience": "What it is like",
}
"""The sections of a record in its order, each with a heading in plain language."""


class LicensedDescriptor(Positioned, frozen=True, kw_only=True, eq=False):
    """The wording of a CPT code, for holders of a license of the American Medical Association."""

    text: Annotated[Text, Meta(description="The licensed wording.")]
    copyright_year: Annotated[
        int, Meta(description="Year of the AMA's copyright notice.", ge=1966, le=2100)
    ]


class FurtherSection(Positioned, frozen=True, kw_only=True, eq=False):
    """A section of the author's own."""

    title: Annotated[Text, Meta(description="Heading of the section.")]
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

    unwritten: ClassVar[frozenset[str]] = Positioned.unwritten | {"is_expired", "is_overdue"}

    payer: Annotated[Text, Meta(description="The health plan.")]
    title: Annotated[Text, Meta(description="Title of the policy.")]
    number: Annotated[Text | None, Meta(description="The plan's number of the policy.")] = None
    url: Annotated[Text | None, Meta(description="Where to read it: https://…")] = None
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

    code_system: Annotated[CodeSystem, Meta(description="Code system of the similar code.")]
    code: Annotated[str, Meta(description="The similar code.")]
    title: Annotated[Text, Meta(description="What it stands for, in your own words.")]
    difference: Annotated[Text | None, Meta(description="How the two codes differ.")] = None
    found: Annotated[
        Found | None,
        Meta(
            description="How docgen found it: by similar text, by its place in the code system, or "
            "by both. Leave it out where a person named the code."
        ),
    ] = None


class NotSimilar(Positioned, frozen=True, kw_only=True, eq=False):
    """A code that docgen must not take for a similar one."""

    code_system: Annotated[CodeSystem, Meta(description="Code system of that code.")]
    code: Annotated[str, Meta(description="That code.")]


class RecordWaiver(Positioned, frozen=True, kw_only=True, eq=False):
    """What the handouts of a record do without although it keeps patients safe, and why."""

    urgent: Annotated[
        Text | None,
        Meta(
            description="Why patients are told nothing on when to call for help. No sheet prints "
            "the reason."
        ),
    ] = None


class UnplacedText(Positioned, frozen=True, kw_only=True, eq=False):
    """Words of an imported page that fit no field, kept so that none is lost; printed nowhere."""

    heading: Annotated[Text | None, Meta(description="The heading that they stood under.")] = None
    text: Annotated[Text, Meta(description="The words as they stood.")]


class HandoutOf(Positioned, frozen=True, kw_only=True, eq=False):
    """The record whose handout patients of this code get."""

    code_system: Annotated[CodeSystem, Meta(description="Code system of that record.")]
    code: Annotated[str, Meta(description="Code of that record.")]


class Reference(Positioned, frozen=True, kw_only=True, eq=False):
    """A published source of the record's content."""

    title: Annotated[Text, Meta(description="Title of the source.")]
    publisher: Annotated[Text | None, Meta(description="Who published it.")] = None
    url: Annotated[Text | None, Meta(description="Where to read it: https://…")] = None
    accessed: Annotated[date | None, Meta(description="When it was last read: year-month-day.")] = (
        None
    )


class Provenance(Positioned, frozen=True, kw_only=True, eq=False):
    """Where the content comes from and how long it may be trusted."""

    version: Annotated[Text, Meta(description="Version of the content, such as 1.0.")]
    authors: Annotated[tuple[Text, ...], Meta(description="Who wrote it.", min_length=1)]
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
    note: Annotated[Text | None, Meta(description="A note on how to use the content.")] = None


class TranslatedSection(Positioned, frozen=True, kw_only=True, eq=False):
    """A section of the author's own, in another language."""

    title: Annotated[Text, Meta(description="Heading of the section.")]
    audience: Annotated[
        Audience, Meta(description="As in the record: it tells that this is the same section.")
    ] = "both"
    text: Annotated[Text, Meta(description="The section's text: prose (CommonMark).")]


class TranslatedPolicy(Positioned, frozen=True, kw_only=True, eq=False):
    """What a health plan's policy is called, in another language."""

    payer: Annotated[Text | None, Meta(description="The health plan.")] = None
    title: Annotated[Text | None, Meta(description="Title of the policy.")] = None


class TranslatedSimilarCode(Positioned, frozen=True, kw_only=True, eq=False):
    """What the record says of a similar code, in another language."""

    code: Annotated[str, Meta(description="As in the record: it tells that this is the same code.")]
    title: Annotated[Text, Meta(description="What it stands for, in your own words.")]
    difference: Annotated[Text | None, Meta(description="How the two codes differ.")] = None


class TranslatedProvenance(Positioned, frozen=True, kw_only=True, eq=False):
    """What is said of the content, in another language."""

    note: Annotated[Text | None, Meta(description="A note on how to use the content.")] = None


class Translation(Positioned, frozen=True, kw_only=True, eq=False):
    """The texts of a record in another language."""

    title: Annotated[Text | None, Meta(description="Title of the record.")] = None
    name: Annotated[Text | None, Meta(description="Name of the procedure.")] = None
    specialty: Annotated[Text | None, Meta(description="The medical specialty.")] = None
    summary: Annotated[Text | None, Meta(description="As in the record, like all below.")] = None
    purpose: Annotated[Text | None, Meta(description="Why it is done.")] = None
    indications: Annotated[Text | None, Meta(description="Who may need it.")] = None
    preparation: Annotated[Text | None, Meta(description="How to get ready for it.")] = None
    procedure_description: Annotated[
        Text | None, Meta(description="What happens, as numbered steps.")
    ] = None
    duration: Annotated[Text | None, Meta(description="How long it takes.")] = None
    setting: Annotated[Text | None, Meta(description="Where it is done.")] = None
    personnel: Annotated[Text | None, Meta(description="Who takes part.")] = None
    risks: Annotated[Text | None, Meta(description="Risks and complications.")] = None
    benefits: Annotated[Text | None, Meta(description="What good it does.")] = None
    recovery: Annotated[Text | None, Meta(description="What comes afterwards.")] = None
    alternatives: Annotated[Text | None, Meta(description="Other choices.")] = None
    patient_experience: Annotated[
        Text | None, Meta(description="What it is like for the patient.")
    ] = None
    further_sections: Annotated[
        tuple[TranslatedSection, ...],
        Meta(description="All sections of the record's own, in the same order."),
    ] = ()
    policies: Annotated[
        tuple[TranslatedPolicy, ...],
        Meta(description="All policies, in the same order; left out, they keep their titles."),
    ] = ()
    similar_codes: Annotated[
        tuple[TranslatedSimilarCode, ...],
        Meta(description="All similar codes, in the same order."),
    ] = ()
    provenance: Annotated[
        TranslatedProvenance | None, Meta(description="The note on the content.")
    ] = None
    made_from: Annotated[
        dict[str, Digest] | None,
        Meta(
            description="For each text, such as risks or further_sections[0].text, the digest of "
            "the wording that it was translated from. `docgen translations accept` writes it."
        ),
    ] = None
    accepted_differences: Annotated[
        dict[str, AcceptedDifference] | None,
        Meta(
            description="Texts whose numbers or parts rightly differ from the record's, each with "
            "the digests of both: when either changes, docgen asks anew."
        ),
    ] = None


class TranslationFile(Translation, frozen=True, kw_only=True, eq=False):
    """The texts of a record in another language, in a file beside the record."""

    translation_of: Annotated[str, Meta(description="Code of the record.")]
    code_system: Annotated[
        CodeSystem | None,
        Meta(description="Code system of the code; needed where two systems share it."),
    ] = None
    language: Annotated[Language, Meta(description="Language of the texts (BCP 47), such as es.")]


class Versions(Protocol):
    """A record in all its languages."""

    def tags(self) -> tuple[str, ...]:
        """The languages (BCP 47) of its translations."""
        ...

    def in_language(
        self,
        record: "ProcedureRecord",
        tag: str,
        findings: Findings,
        fallback: str | None,
        assumed: str | None,
    ) -> "ProcedureRecord":
        """As ``ProcedureRecord.in_language``."""
        ...


class ProcedureRecord(Positioned, frozen=True, kw_only=True, eq=False):
    """All that docgen knows about one procedure code."""

    unwritten: ClassVar[frozenset[str]] = Positioned.unwritten | {
        "adapted_by",
        "adaptation_notes",
        "code_days",
        "falls_back",
        "has_foreign_texts",
        "sources",
        "title_only",
        "versions",
    }

    code: Annotated[str, Meta(description="The procedure code.")]
    code_system: Annotated[
        CodeSystem, Meta(description=f"Code system of the code: {ids_in_words()}.")
    ]
    language: Annotated[
        Language | None,
        Meta(description="Language of the texts (BCP 47), such as en or es-MX; else the layout's."),
    ] = None
    title: Annotated[Text, Meta(description="Title of the record, in plain wording of your own.")]
    name: Annotated[Text, Meta(description="Name of the procedure as patients say it.")]
    licensed_descriptor: Annotated[
        LicensedDescriptor | None,
        Meta(description="The licensed wording of a CPT code; printed with the AMA's notice."),
    ] = None
    unlisted: Annotated[
        bool, Meta(description="Whether it is an unlisted code, which needs a special report.")
    ] = False
    specialty: Annotated[Text | None, Meta(description="The medical specialty.")] = None
    summary: Annotated[
        Prose | None, Meta(description="What the procedure is, in two or three sentences.")
    ] = None
    purpose: Annotated[Prose | None, Meta(description="Why it is done.")] = None
    indications: Annotated[Prose | None, Meta(description="Who may need it.")] = None
    preparation: Annotated[Prose | None, Meta(description="How to get ready for it.")] = None
    procedure_description: Annotated[
        Prose | None, Meta(description="What happens, as numbered steps.")
    ] = None
    duration: Annotated[Prose | None, Meta(description="How long it takes.")] = None
    setting: Annotated[Prose | None, Meta(description="Where it is done.")] = None
    personnel: Annotated[Prose | None, Meta(description="Who takes part.")] = None
    risks: Annotated[Prose | None, Meta(description="Risks and complications.")] = None
    benefits: Annotated[Prose | None, Meta(description="What good it does.")] = None
    recovery: Annotated[
        Prose | None, Meta(description="What comes afterwards, and what to watch for.")
    ] = None
    alternatives: Annotated[Prose | None, Meta(description="Other choices.")] = None
    patient_experience: Annotated[
        Prose | None, Meta(description="What it is like for the patient.")
    ] = None
    further_sections: Annotated[
        tuple[FurtherSection, ...], Meta(description="Sections of your own, in their order.")
    ] = ()
    without: Annotated[
        RecordWaiver | None,
        Meta(
            description="What its handouts do without although it keeps patients safe, with the "
            "reason."
        ),
    ] = None
    policies: Annotated[
        tuple[Policy, ...], Meta(description="Related policies of health plans.")
    ] = ()
    similar_codes: Annotated[
        tuple[SimilarCode, ...], Meta(description="Codes that are easily taken for this one.")
    ] = ()
    find_similar: Annotated[
        bool | None,
        Meta(
            description="Whether docgen adds similar codes that it finds, up to five in all. If "
            "left out, it does where the record names none."
        ),
    ] = None
    not_similar: Annotated[
        tuple[NotSimilar, ...],
        Meta(description="Codes that docgen must not add to the similar ones."),
    ] = ()
    same_handout_as: Annotated[
        HandoutOf | None,
        Meta(
            description="The code whose handout patients of this code get in a packet: two codes "
            "with one handout give one. Clinicians still get the summary of each."
        ),
    ] = None
    unplaced: Annotated[
        tuple[UnplacedText, ...],
        Meta(description="What an import found no field for, until somebody places it."),
    ] = ()
    provenance: Annotated[
        Provenance, Meta(description="Version, authors, sources and reviews of the content.")
    ]
    translations: Annotated[
        dict[str, Translation] | None,
        Meta(
            description="The texts in other languages, each under its language tag; or write them "
            "into a file CODE.TAG.yaml beside the record."
        ),
    ] = None
    adapted_by: tuple[str, ...] = ()
    """The organizations that changed the record for their patients, the topmost parent first."""
    adaptation_notes: tuple[str, ...] = ()
    """What they say of their changes to each other; printed nowhere."""
    code_days: CodeDays | None = None
    """The first and the last day of its code, as a code table says; None where none names any."""
    has_foreign_texts: bool = False
    """Whether some texts name a language of their own."""
    falls_back: bool = False
    """Whether texts are in the language that stands in for the one that was asked for."""
    title_only: bool = False
    """Whether nothing but a title is on file for the code: the record has no section."""
    sources: tuple[Path, ...] = ()
    """The files that it was read from."""
    versions: Versions | None = None

    def in_language(
        self,
        tag: str,
        findings: Findings,
        *,
        fallback: str | None = None,
        assumed: str | None = None,
    ) -> "ProcedureRecord":
        """The record with its texts in a language (BCP 47), or in the nearest that serves it.

        A translation into ``es`` serves ``es-MX`` where there is none closer (RFC 4647, lookup).
        Findings name each text without a translation, and each whose translation is not one of what
        the record says now; with a ``fallback`` language, it is in that one instead and says so. A
        record that names no language is taken to be in ``assumed``. Titles of policies and sources,
        authors and licensed wording are names: without a translation, they stay as they are.
        """
        if self.versions is None:
            return self
        return self.versions.in_language(self, tag, findings, fallback, assumed)

    @property
    def translated_into(self) -> tuple[str, ...]:
        """The languages (BCP 47) that it has translations into."""
        return self.versions.tags() if self.versions else ()

    def sections(self) -> Iterator[tuple[str, str, Prose]]:
        """The sections that are there: id, heading in plain language, prose."""
        for id, heading in SECTION_TITLES.items():
            prose: Prose | None = getattr(self, id)
            if prose is not None:
                yield id, heading, prose
