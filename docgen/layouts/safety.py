"""What of a sheet keeps a patient safe, and how a layout says that its sheets do without."""

from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from docgen.layouts.uses import Verbatim
from docgen.source import Positioned

Need = Literal["urgent", "phones", "patient"]
"""When to call for help; numbers to call, or lines to write them on; whom a sheet is for."""


class Waiver(Positioned, frozen=True, kw_only=True, eq=False):
    """What sheets of a layout do without although it keeps patients safe, each with the reason.

    No sheet prints the reasons; ``docgen explain`` and the checks tell them.
    """

    called: ClassVar[str] = "the reasons under 'without'"

    urgent: Annotated[
        Verbatim | None, Meta(description="Why they do not say when to call for help.")
    ] = None
    phones: Annotated[
        Verbatim | None,
        Meta(description="Why they have neither numbers to call nor lines for them."),
    ] = None
    patient: Annotated[
        Verbatim | None, Meta(description="Why those of packets do not say whom they are for.")
    ] = None
