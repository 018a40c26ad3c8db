"""The code systems that records are named in, and the form of their codes."""

import re
from typing import Self

from msgspec import Struct

from docgen.diagnostics import did_you_mean, refuse

MAX_LOCAL_LENGTH = 20


class CodeSystem(Struct, frozen=True):
    """A code system with its HL7 object identifier and its FHIR URI; local codes have neither."""

    id: str
    name: str
    oid: str
    uri: str
    form: str
    """What a code looks like, in words."""

    def __str__(self) -> str:
        return self.name

    @classmethod
    def parse(cls, text: str) -> Self:
        """The code system of an id such as ``cpt``."""
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


CPT = CodeSystem(
    "cpt",
    "CPT",
    "2.16.840.1.113883.6.12",
    "http://www.ama-assn.org/go/cpt",
    "five digits, or four digits and a letter, such as 77299",
)
HCPCS = CodeSystem(
    "hcpcs",
    "HCPCS",
    "2.16.840.1.113883.6.285",
    "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets",
    "a letter and four digits, such as G0121",
)
ICD_10_PCS = CodeSystem(
    "icd-10-pcs",
    "ICD-10-PCS",
    "2.16.840.1.113883.6.4",
    "http://www.cms.gov/Medicare/Coding/ICD10",
    "seven digits or letters other than I and O, such as 0DTJ4ZZ",
)
LOCAL = CodeSystem(
    "local", "Local code", "", "", f"1 to {MAX_LOCAL_LENGTH} characters, such as RAD-12"
)

CODE_SYSTEMS = {system.id: system for system in (CPT, HCPCS, ICD_10_PCS, LOCAL)}
_FORMS = {
    "cpt": re.compile(r"[0-9]{5}|[0-9]{4}[A-Z]"),
    "hcpcs": re.compile(r"[A-Z][0-9]{4}"),
    "icd-10-pcs": re.compile(r"[0-9A-HJ-NP-Z]{7}"),
}


def normalise_code(code: str) -> str:
    """A code as it is looked up: capital letters and digits, nothing else."""
    return "".join(char for char in code.upper() if char.isalnum())


def canonical_code(code: str, system: CodeSystem) -> str:
    """A code as it is printed: normalised, but local codes keep their punctuation."""
    return code.strip() if system.id == "local" else normalise_code(code)


def is_well_formed(code: str, system: CodeSystem) -> bool:
    """Whether a canonical code has the form of its system."""
    form = _FORMS.get(system.id)
    if form is None:
        return bool(normalise_code(code)) and len(code) <= MAX_LOCAL_LENGTH
    return form.fullmatch(code) is not None


def asked_system(code_system: CodeSystem | str | None) -> CodeSystem | None:
    """The code system that somebody asked for by its id, if any. Raises DocgenError."""
    if code_system is None or isinstance(code_system, CodeSystem):
        return code_system
    try:
        return CodeSystem.parse(code_system)
    except ValueError as error:
        message, hint = error.args
        raise refuse("unknown-code-system", message, None, hint) from None
