"""Whether a record is fit to be printed for a patient."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from docgen import shipped

if TYPE_CHECKING:
    from pathlib import Path

    from docgen.diagnostics import Findings
    from docgen.layouts import Organization
    from docgen.records import ProcedureRecord
    from docgen.sheets.options import RenderOptions


class Fitness:
    """What stands against printing a record, or is to be looked at before.

    The clock decides nothing: without a date of making, no record is overdue and no code has ended.
    """

    def __init__(self, folder: Path, organization: Organization | None) -> None:
        self._folder = folder
        """The project's own."""
        self._defaults = organization.defaults if organization else None

    @property
    def refuses_ended_codes(self) -> bool:
        """Whether a code is refused on a day on which it may not be used, or only warned of."""
        return self._defaults is not None and self._defaults.ended_codes == "refuse"

    def check_review(
        self, record: ProcedureRecord, options: RenderOptions, findings: Findings
    ) -> None:
        """Tells of a record that was never reviewed, or is overdue on the date of making.

        Of a sample, its sheets' other warning says that nobody has reviewed it.
        """
        from docgen.records import check_review

        refused = self._defaults is not None and self._defaults.overdue_records == "refuse"
        day = options.created.date() if options.created else None
        if refused or not self.is_sample(record):
            check_review(record, day, findings, refused=refused)

    def check_code(
        self, record: ProcedureRecord, options: RenderOptions, findings: Findings
    ) -> None:
        """Tells of a record whose code had ended on the date of making, or begins after it."""
        from docgen.records import check_code_days

        day = options.created.date() if options.created else None
        code = f"{record.code_system.name} {record.code}"
        refused = self.refuses_ended_codes
        check_code_days(code, record.code_days, day, findings, refused=refused)

    def is_sample(self, record: ProcedureRecord) -> bool:
        """Whether a record is a sample that comes with docgen, as no patient should get it.

        In docgen's own checkout, the samples are the project's own records.
        """
        from docgen.records import is_sample

        return not self._holds_samples and is_sample(record)

    def check_sample(self, record: ProcedureRecord, findings: Findings) -> None:
        """Warns of a sample record."""
        if self.is_sample(record):
            from docgen.records import tell_sample

            tell_sample(record, findings)

    @cached_property
    def _holds_samples(self) -> bool:
        return shipped.is_data_folder(self._folder / "data")
