"""What an organization puts at the head of a sheet: its logo, or room for pre-printed paper."""

from msgspec.structs import replace

from docgen.diagnostics import Findings
from docgen.document import Figure, PageSetup
from docgen.layouts import Letterhead, LoadedOrganization

_HEIGHT = 0.6 * 72
"""Of a logo whose size nobody says, in points."""
_LEAST_ROOM = 2 * 72.0
"""Height that text needs on a page, in points."""


def logo_of(organization: LoadedOrganization) -> Figure | None:
    """The organization's logo, as large as it may be; None where it has none."""
    logo, image = organization.organization.logo, organization.logo
    if logo is None or image is None:
        return None
    width = logo.width.points if logo.width else None
    height = logo.height.points if logo.height else None
    if width is None and height is None:
        height = _HEIGHT
    return Figure(
        image, logo.alt.value, width, height, origin=logo.span, language=logo.alt.language
    )


def page_under(letterhead: Letterhead | None, page: PageSetup, findings: Findings) -> PageSetup:
    """The page with the room that a letterhead takes; tells where it leaves none for text."""
    if letterhead is None:
        return page
    room = page.height - page.bottom - letterhead.height.points
    if room < _LEAST_ROOM:
        findings.error(
            "bad-page",
            f"this letterhead leaves {max(room, 0) / 72:.2f} in of the paper's height for text",
            letterhead.span,
            "text needs at least 2 in: measure the letterhead again, or take larger paper",
        )
    return replace(page, letterhead=letterhead.height.points)
