"""Records of procedures: their model, and the library that finds them by code."""

from docgen.records.candidates import NAMING, RecordEntry, UnknownCodeError
from docgen.records.code_days import CodeDays, CodeState, check_code_days
from docgen.records.code_tables import FOLDER as TABLES
from docgen.records.code_tables import table_files
from docgen.records.files import RECORDS
from docgen.records.groups import (
    FurtherSection,
    LicensedDescriptor,
    Policy,
    Provenance,
    Reference,
    SimilarCode,
)
from docgen.records.library import OrganizationRecords, RecordLibrary
from docgen.records.reading import record_schema
from docgen.records.record import SECTION_TITLES, ProcedureRecord, Translation
from docgen.records.review import check_review
from docgen.records.samples import is_sample, refuse_sample, tell_sample
from docgen.records.translations import translation_schema
from docgen.records.urgency import NO_URGENT_SECTION, check_urgency, lacks_urgency, urgent_sections
from docgen.records.versions import read_record
from docgen.records.writing import record_file_name, record_json

__all__ = [
    "NAMING",
    "NO_URGENT_SECTION",
    "RECORDS",
    "SECTION_TITLES",
    "TABLES",
    "CodeDays",
    "CodeState",
    "FurtherSection",
    "LicensedDescriptor",
    "OrganizationRecords",
    "Policy",
    "ProcedureRecord",
    "Provenance",
    "RecordEntry",
    "RecordLibrary",
    "Reference",
    "SimilarCode",
    "Translation",
    "UnknownCodeError",
    "check_code_days",
    "check_review",
    "check_urgency",
    "is_sample",
    "lacks_urgency",
    "read_record",
    "record_file_name",
    "record_json",
    "record_schema",
    "refuse_sample",
    "table_files",
    "tell_sample",
    "translation_schema",
    "urgent_sections",
]
