"""What is wrong with the changes that an organization makes of pages and themes, by themselves.

They are bound with the page and the theme that they change. Where the organization is refused it
does not come to that, and its author would hear of these mistakes only in a second round.
"""

from collections.abc import Iterator
from typing import ClassVar, Final

from msgspec import Struct

from docgen.diagnostics import Diagnostic, ErrorRule, Findings
from docgen.layouts.paper import PaperSetup
from docgen.layouts.theme import Theme
from docgen.source import MappingNode, salvage

_MISSING: Final[ErrorRule] = "missing-field"
"""What changes do not say, the page or the theme that they change says."""


class _Changes(Struct, frozen=True, eq=False):
    called: ClassVar[str] = "organization"

    page: PaperSetup | None = None
    theme: Theme | None = None


def wrong_in_changes(organization: MappingNode) -> Iterator[Diagnostic]:
    """What no page or theme could make right, at its place in the organization's file."""
    kept = [entry for entry in organization.entries if entry[0].value in _Changes.__struct_fields__]
    told = Findings()
    salvage(MappingNode(organization.span, tuple(kept)), _Changes, told)
    for diagnostic in told.diagnostics:
        if diagnostic.rule != _MISSING:
            yield diagnostic
