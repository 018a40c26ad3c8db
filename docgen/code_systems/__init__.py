"""The code systems that procedures are named in: names, identifiers, and how codes are written."""

from docgen.code_systems.codes import canonical_code, family_of, is_well_formed, normalise_code
from docgen.code_systems.naming import (
    asked_system,
    ids_in_words,
    names_in_words,
    system_named,
    system_of_uri,
)
from docgen.code_systems.systems import (
    CODE_SYSTEMS,
    CPT,
    HCPCS,
    ICD_10_PCS,
    LOCAL,
    MAX_LOCAL_LENGTH,
    PUBLISHED,
    CodeSystem,
    Order,
)

__all__ = [
    "CODE_SYSTEMS",
    "CPT",
    "HCPCS",
    "ICD_10_PCS",
    "LOCAL",
    "MAX_LOCAL_LENGTH",
    "PUBLISHED",
    "CodeSystem",
    "Order",
    "asked_system",
    "canonical_code",
    "family_of",
    "ids_in_words",
    "is_well_formed",
    "names_in_words",
    "normalise_code",
    "system_named",
    "system_of_uri",
]
