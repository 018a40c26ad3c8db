"""Records of procedures: their model, and the library that finds them by code."""

from docgen.records.caching import cache_folder, make_cache_folder
from docgen.records.candidates import NAMING, RecordEntry, UnknownCodeError
from docgen.records.code_days import CodeDays, CodeState, check_code_days
from docgen.records.code_tables import FOLDER as TABLES
from docgen.records.code_tables import SUFFIX as TABLE_SUFFIX
from docgen.records.code_tables import CodeTable, codes_of, table_files
from docgen.records.digests import ACCEPTED, MADE_FROM
from docgen.records.files import RECORDS, RecordFiles
from docgen.records.groups import Audience as SectionAudience
from docgen.records.groups import Found as FoundIn
from docgen.records.groups import (
    Policy,
    Provenance,
    SimilarCode,
)
from docgen.records.library import OrganizationRecords, RecordLibrary
from docgen.records.listings import SETTLED
from docgen.records.pairs import PairedTexts, TextPair
from docgen.records.reading import check_policy, record_of, record_schema
from docgen.records.record import (
    RECORD_FIELDS,
    SECTION_TITLES,
    TRANSLATED,
    ProcedureRecord,
)
from docgen.records.record_fields import RecordField
from docgen.records.review import check_review
from docgen.records.samples import is_sample, refuse_sample, tell_sample
from docgen.records.table_heads import MAGIC as TABLE_MAGIC
from docgen.records.translations import translation_schema
from docgen.records.urgency import NO_URGENT_SECTION, check_urgency, lacks_urgency, urgent_sections
from docgen.records.versions import RecordVersions, read_record
from docgen.records.wordings import marked
from docgen.records.writing import record_file_name, record_json

__all__ = [
    "ACCEPTED",
    "MADE_FROM",
    "NAMING",
    "NO_URGENT_SECTION",
    "RECORDS",
    "RECORD_FIELDS",
    "SECTION_TITLES",
    "SETTLED",
    "TABLES",
    "TABLE_MAGIC",
    "TABLE_SUFFIX",
    "TRANSLATED",
    "CodeDays",
    "CodeState",
    "CodeTable",
    "FoundIn",
    "OrganizationRecords",
    "PairedTexts",
    "Policy",
    "ProcedureRecord",
    "Provenance",
    "RecordEntry",
    "RecordField",
    "RecordFiles",
    "RecordLibrary",
    "RecordVersions",
    "SectionAudience",
    "SimilarCode",
    "TextPair",
    "UnknownCodeError",
    "cache_folder",
    "check_code_days",
    "check_policy",
    "check_review",
    "check_urgency",
    "codes_of",
    "is_sample",
    "lacks_urgency",
    "make_cache_folder",
    "marked",
    "read_record",
    "record_file_name",
    "record_json",
    "record_of",
    "record_schema",
    "refuse_sample",
    "table_files",
    "tell_sample",
    "translation_schema",
    "urgent_sections",
]
