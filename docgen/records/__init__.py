"""Records of procedures: their model, and the library that finds them by code."""

from docgen.records.code_systems import (
    CODE_SYSTEMS,
    CPT,
    HCPCS,
    ICD_10_PCS,
    LOCAL,
    CodeSystem,
    normalise_code,
)
from docgen.records.library import RecordEntry, RecordLibrary
from docgen.records.reading import read_record, record_schema
from docgen.records.record import (
    SECTION_TITLES,
    FurtherSection,
    LicensedDescriptor,
    Policy,
    ProcedureRecord,
    Provenance,
    Reference,
    SimilarCode,
)
from docgen.records.writing import record_file_name, record_json

__all__ = [
    "CODE_SYSTEMS",
    "CPT",
    "HCPCS",
    "ICD_10_PCS",
    "LOCAL",
    "SECTION_TITLES",
    "CodeSystem",
    "FurtherSection",
    "LicensedDescriptor",
    "Policy",
    "ProcedureRecord",
    "Provenance",
    "RecordEntry",
    "RecordLibrary",
    "Reference",
    "SimilarCode",
    "normalise_code",
    "read_record",
    "record_file_name",
    "record_json",
    "record_schema",
]
