"""The code systems: each with its names, its identifiers and the form of its codes.

To add one, add it here, to ``_KNOWN``. Records, worklists, FHIR, imports, policies, search and the
command line take it up from there.

Names, canonical URIs and OIDs are those of HL7 Terminology (https://terminology.hl7.org, "External
Code Systems" and the metadata records that it links). The other URIs are what servers send in their
place: earlier ones of US Core (http://hl7.org/fhir/us/core/terminology.html, "Externally Published
code systems", has HCPCS by https since 6.0 and by http before), those of the Value Set Authority
Center (https://vsac.nlm.nih.gov) and of FHIR's own ``sid`` space.
"""

from typing import ClassVar, Final, Literal, Self

from msgspec import Struct

from docgen.diagnostics import did_you_mean

MAX_LOCAL_LENGTH = 20

Order = Literal["numbers", "axes", "none"]


class CodeSystem(Struct, frozen=True):
    """A code system with its HL7 object identifier and its FHIR URI; local codes have neither."""

    called: ClassVar[str] = "code system"

    id: str
    name: str
    oid: str
    uri: str
    form: str
    """What a code looks like, in words."""
    pattern: str
    """A regular expression that all of a canonical code matches; nothing for local codes."""
    order: Order
    """How its codes are ordered. ``numbers``: by their digits, among those that share their
    letters. ``axes``: place by place, each of them an axis of meaning. ``none``: not at all."""
    is_outpatient: bool = False
    """Whether visits of a day are billed by it, so that worklists have a column that is called like
    it, and its codes are easily taken for those of other such systems."""
    other_names: tuple[str, ...] = ()
    """What people call it besides; case, blanks, hyphens and other marks do not matter."""
    other_uris: tuple[str, ...] = ()
    """By which FHIR servers name it besides its URI and ``urn:oid:`` with its OID."""

    def __str__(self) -> str:
        return self.name

    @property
    def uris(self) -> tuple[str, ...]:
        """All URIs by which FHIR servers name it, the one that is to be written first."""
        return (self.uri, f"urn:oid:{self.oid}", *self.other_uris) if self.uri else ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """The code system of an id such as ``cpt``.

        Raises ValueError with a sentence and a hint where there is none.
        """
        known: dict[str, Self] = CODE_SYSTEMS  # type: ignore[assignment]
        system = known.get(text.lower())
        if system is None:
            raise ValueError(
                f"'{text}' is not a code system",
                did_you_mean(text.lower(), known) or f"it is one of {', '.join(known)}",
            )
        return system

    @classmethod
    def json_schema(cls) -> dict[str, object]:
        """The JSON Schema of a code system's id."""
        return {"enum": list(CODE_SYSTEMS)}


CPT: Final = CodeSystem(
    id="cpt",
    name="CPT",
    oid="2.16.840.1.113883.6.12",
    uri="http://www.ama-assn.org/go/cpt",
    form="five digits, or four digits and a letter, such as 77299",
    pattern="[0-9]{5}|[0-9]{4}[A-Z]",
    order="numbers",
    is_outpatient=True,
    other_names=("CPT-4", "CPT IV", "CPT II", "CPT III"),
    other_uris=("https://www.ama-assn.org/go/cpt",),
)
HCPCS: Final = CodeSystem(
    id="hcpcs",
    name="HCPCS",
    oid="2.16.840.1.113883.6.285",
    uri="http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets",
    form="a letter and four digits, such as G0121",
    pattern="[A-Z][0-9]{4}",
    order="numbers",
    is_outpatient=True,
    other_names=("HCPCS Level II", "HCPCS Level 2"),
    other_uris=(
        "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets",
        "http://terminology.hl7.org/CodeSystem/HCPCS-all-codes",
        "http://www.nlm.nih.gov/research/umls/hcpcs",
        # HL7's retired entry for HCPCS, by its OID and by its URI.
        "urn:oid:2.16.840.1.113883.6.14",
        "http://terminology.hl7.org/CodeSystem/HCPCS",
    ),
)
"""Level II alone. What names both levels (Blue Button's ``resources/codesystem/hcpcs``) stays out:
level I is CPT, and its codes would be looked up as HCPCS."""
ICD_10_PCS: Final = CodeSystem(
    id="icd-10-pcs",
    name="ICD-10-PCS",
    oid="2.16.840.1.113883.6.4",
    uri="http://www.cms.gov/Medicare/Coding/ICD10",
    form="seven digits or letters other than I and O, such as 0DTJ4ZZ",
    pattern="[0-9A-HJ-NP-Z]{7}",
    order="axes",
    other_uris=(
        "https://www.cms.gov/Medicare/Coding/ICD10",
        "http://hl7.org/fhir/sid/icd-10-pcs",
        "http://www.icd10data.com/icd10pcs",
    ),
)
LOCAL: Final = CodeSystem(
    id="local",
    name="Local code",
    oid="",
    uri="",
    form=f"1 to {MAX_LOCAL_LENGTH} characters, such as RAD-12",
    pattern="",
    order="none",
)
"""Codes of a clinic's own. Their punctuation is theirs."""

_KNOWN: Final = (CPT, HCPCS, ICD_10_PCS, LOCAL)

CODE_SYSTEMS: Final = {system.id: system for system in _KNOWN}
"""By their ids, in the order in which lists name them; local codes last."""
PUBLISHED: Final = tuple(system for system in _KNOWN if system != LOCAL)
"""All but local codes."""
