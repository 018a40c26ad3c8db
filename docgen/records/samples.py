"""What is said of sample records, which come with docgen and which nobody has reviewed."""

from typing import Final

from docgen import shipped
from docgen.diagnostics import Findings, Span
from docgen.records.record import ProcedureRecord

RULE: Final = "sample-record"


def is_sample(record: ProcedureRecord) -> bool:
    """Whether a record, or a translation that it was put together with, comes with docgen."""
    return any(map(shipped.is_sample, record.sources))


def tell_sample(record: ProcedureRecord, findings: Findings) -> None:
    """Warns of a sample record that is printed all the same."""
    findings.warning(
        RULE,
        f"the record of {_system_and_code(record)} is a sample that comes with docgen: no "
        "clinician of yours has reviewed it",
        record.span,
        f"give no patient what is made of it; {_remedy(record)}",
    )


def refuse_sample(record: ProcedureRecord, place: Span | None, findings: Findings) -> None:
    """Refuses a packet for a sample record, at the place that asks for it."""
    findings.error(
        RULE,
        f"the record of {_system_and_code(record)} is a sample that comes with docgen, and no "
        "patient gets one",
        place,
        f"{_remedy(record)}; to try docgen out with samples, write 'samples: yes' into docgen.yaml",
    )


def _system_and_code(record: ProcedureRecord) -> str:
    return f"{record.code_system.name} {record.code}"


def _remedy(record: ProcedureRecord) -> str:
    return f"write a record of your own, data/records/{record.code}.yaml, and have it reviewed"
