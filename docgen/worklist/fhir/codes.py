"""Procedure codes out of the concepts of FHIR resources."""

from collections.abc import Iterable

from docgen.diagnostics import Span
from docgen.worklist.entries import ListedCode
from docgen.worklist.fhir.resources import Concept, one_line

_SYSTEMS = {
    "http://www.ama-assn.org/go/cpt": "cpt",
    "urn:oid:2.16.840.1.113883.6.12": "cpt",
    "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets": "hcpcs",
    "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets": "hcpcs",
    "urn:oid:2.16.840.1.113883.6.285": "hcpcs",
    "urn:oid:2.16.840.1.113883.6.14": "hcpcs",
    "http://www.cms.gov/Medicare/Coding/ICD10": "icd-10-pcs",
    "https://www.cms.gov/Medicare/Coding/ICD10": "icd-10-pcs",
    "http://hl7.org/fhir/sid/icd-10-pcs": "icd-10-pcs",
    "urn:oid:2.16.840.1.113883.6.4": "icd-10-pcs",
}
"""Code systems by their URI: HL7 Terminology (THO), US Core, and the usual other spellings. The
OID that ends with .14 is HL7's retired one for HCPCS."""


def procedure_codes(concepts: Iterable[Concept], span: Span) -> tuple[ListedCode, ...]:
    """The procedure codes among the codings of concepts, each once, in their order.

    Codings of other systems, such as SNOMED CT, say the same in other words and are passed over.
    Where a person chose one coding of a concept (``userSelected``), it alone counts.
    """
    found: dict[tuple[str, str], ListedCode] = {}
    for concept in concepts:
        known = [
            (coding.user_selected, one_line(coding.code), _SYSTEMS[coding.system])
            for coding in concept.coding
            if coding.system in _SYSTEMS and one_line(coding.code)
        ]
        chosen = [one for one in known if one[0]] or known
        for _, code, system in chosen:
            found.setdefault((system, code), ListedCode(code, system, span))
    return tuple(found.values())


def foreign_codes(concept: Concept) -> tuple[str, ...]:
    """The codings of a concept as FHIR writes tokens, ``system|code``, for who corrects them."""
    return tuple(
        f"{coding.system or '?'}|{one_line(coding.code)}"
        for coding in concept.coding
        if coding.code
    )
