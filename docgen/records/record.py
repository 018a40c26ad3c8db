"""The record of a procedure: what docgen knows about a code."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, ClassVar, Protocol

from msgspec import Meta

from docgen.code_systems import PUBLISHED, CodeSystem, ids_in_words
from docgen.diagnostics import Findings
from docgen.prose import Prose
from docgen.records.code_days import CodeDays
from docgen.records.digests import AcceptedDifference, Digest
from docgen.records.groups import (
    FurtherSection,
    HandoutOf,
    LicensedDescriptor,
    NotSimilar,
    Policy,
    Provenance,
    RecordWaiver,
    SimilarCode,
    TranslatedPolicy,
    TranslatedProvenance,
    TranslatedSection,
    TranslatedSimilarCode,
    UnplacedText,
)
from docgen.records.record_fields import RecordField
from docgen.source import Language, Positioned, TextNode, marks_of, with_fields


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

    called: ClassVar[str] = "record"

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

    code: Annotated[
        str,
        Meta(description="The procedure code."),
        RecordField(
            headings=(
                *("code", "procedure code", "proc code"),
                *(one.id for one in PUBLISHED),
                "billing code",
            )
        ),
    ]
    code_system: Annotated[
        CodeSystem,
        Meta(description=f"Code system of the code: {ids_in_words()}."),
        RecordField(headings=("code system", "coding system", "code type", "vocabulary")),
    ]
    language: Annotated[
        Language | None,
        Meta(description="Language of the texts (BCP 47), such as en or es-MX; else the layout's."),
        RecordField(headings=("language", "lang"), after="name"),
    ] = None
    title: Annotated[
        TextNode,
        Meta(description="Title of the record, in plain wording of your own."),
        RecordField(headings=("title", "procedure title", "procedure"), translated=True),
    ]
    name: Annotated[
        TextNode,
        Meta(description="Name of the procedure as patients say it."),
        RecordField(
            headings=("name", "common name", "patient-friendly name"),
            on_pages=("name of the procedure", "name of procedure", "procedure name"),
            translated=True,
        ),
    ]
    licensed_descriptor: Annotated[
        LicensedDescriptor | None,
        Meta(description="The licensed wording of a CPT code; printed with the AMA's notice."),
    ] = None
    unlisted: Annotated[
        bool, Meta(description="Whether it is an unlisted code, which needs a special report.")
    ] = False
    specialty: Annotated[
        TextNode | None,
        Meta(description="The medical specialty."),
        RecordField(headings=("specialty", "speciality", "medical specialty"), translated=True),
    ] = None
    summary: Annotated[
        Prose | None,
        Meta(description="What the procedure is, in two or three sentences."),
        RecordField(title="In short", headings=("summary", "overview", "procedure summary")),
    ] = None
    purpose: Annotated[
        Prose | None,
        Meta(description="Why it is done."),
        RecordField(
            title="Why it is done",
            headings=("purpose", "purpose of the procedure", "why it is done"),
        ),
    ] = None
    indications: Annotated[
        Prose | None,
        Meta(description="Who may need it."),
        RecordField(
            title="Who may need it",
            headings=("indications", "indications for the procedure", "who may need it"),
        ),
    ] = None
    preparation: Annotated[
        Prose | None,
        Meta(description="How to get ready for it."),
        RecordField(
            title="How to get ready",
            headings=("preparation", "preparation for the procedure", "how to prepare"),
        ),
    ] = None
    procedure_description: Annotated[
        Prose | None,
        Meta(description="What happens, as numbered steps."),
        RecordField(
            title="What happens, step by step",
            headings=(
                "procedure description",
                "description of the procedure",
                "procedure steps",
                "how it is done",
            ),
        ),
    ] = None
    duration: Annotated[
        Prose | None,
        Meta(description="How long it takes."),
        RecordField(
            title="How long it takes",
            headings=("duration", "procedure duration", "how long it takes"),
        ),
    ] = None
    setting: Annotated[
        Prose | None,
        Meta(description="Where it is done."),
        RecordField(title="Where it is done", headings=("setting", "settings", "where it is done")),
    ] = None
    personnel: Annotated[
        Prose | None,
        Meta(description="Who takes part."),
        RecordField(
            title="Who takes part", headings=("personnel", "medical personnel", "who takes part")
        ),
    ] = None
    risks: Annotated[
        Prose | None,
        Meta(description="Risks and complications."),
        RecordField(
            title="Risks and complications",
            headings=(
                "risks and complications",
                "risks & complications",
                "risks/complications",
                "risks / complications",
                "risks",
                "complications",
                "possible complications",
                "potential risks and complications",
            ),
        ),
    ] = None
    benefits: Annotated[
        Prose | None,
        Meta(description="What good it does."),
        RecordField(title="Benefits", headings=("benefits", "benefits of the procedure")),
    ] = None
    recovery: Annotated[
        Prose | None,
        Meta(description="What comes afterwards, and what to watch for."),
        RecordField(
            title="Afterwards",
            headings=("recovery", "recovery and aftercare", "aftercare", "after the procedure"),
        ),
    ] = None
    alternatives: Annotated[
        Prose | None,
        Meta(description="Other choices."),
        RecordField(
            title="Other choices",
            headings=("alternatives", "alternatives to the procedure", "other choices"),
        ),
    ] = None
    patient_experience: Annotated[
        Prose | None,
        Meta(description="What it is like for the patient."),
        RecordField(
            title="What it is like",
            headings=("patient experience", "the patient experience", "what it is like"),
        ),
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
        dict[str, "Translation"] | None,
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


RECORD_FIELDS = marks_of(ProcedureRecord, RecordField)
"""The fields that an input may give as a text of its own, in the order of the record."""

SECTION_TITLES = {name: field.title for name, field in RECORD_FIELDS.items() if field.title}
"""The sections of a record in its order, each with a heading in plain language."""

TRANSLATED = tuple(
    name for name, field in RECORD_FIELDS.items() if field.translated or name in SECTION_TITLES
)
"""The fields whose texts translations say in their language."""


def _translated() -> Iterator[tuple[str, Any]]:
    hints = ProcedureRecord.__annotations__
    for name in TRANSLATED:
        meta = next(mark for mark in hints[name].__metadata__ if isinstance(mark, Meta))
        yield name, Annotated[TextNode | None, Meta(description=meta.description)]


@with_fields(_translated())
class TranslatedTexts(Positioned, frozen=True, kw_only=True, eq=False):
    """The texts of a record's own fields, in another language."""

    called: ClassVar[str] = "the texts of a translation"


class Translation(TranslatedTexts, frozen=True, kw_only=True, eq=False):
    """The texts of a record in another language."""

    called: ClassVar[str] = "translation"

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

    called: ClassVar[str] = "translation file"

    translation_of: Annotated[str, Meta(description="Code of the record.")]
    code_system: Annotated[
        CodeSystem | None,
        Meta(description="Code system of the code; needed where two systems share it."),
    ] = None
    language: Annotated[Language, Meta(description="Language of the texts (BCP 47), such as es.")]
