"""Layouts, themes and organizations: their models, their checks, and finding them by name."""

from docgen.layouts.alternatives import GOOD_ALTERNATIVE, check_filled_alternative
from docgen.layouts.blocks import all_blocks, children, furniture_blocks, placed_blocks
from docgen.layouts.catalogs import FOLDER as LOCALE
from docgen.layouts.fixed_words import FixedWords, NoticeWords, SlipWords
from docgen.layouts.heading_order import NO_HEADING, tell_skipped
from docgen.layouts.leaves import NAME as ID_FORM
from docgen.layouts.leaves import ColumnWidth, Length
from docgen.layouts.library import (
    ORGANIZATIONS,
    THEMES,
    LayoutLibrary,
    LoadedLayout,
    is_layouts_folder,
)
from docgen.layouts.model import Layout
from docgen.layouts.organization import Letterhead, Organization, Phone
from docgen.layouts.organization_chain import LoadedOrganization
from docgen.layouts.safety import Need
from docgen.layouts.styles import resolve_styles
from docgen.layouts.theme import Theme
from docgen.layouts.uses import Use, used_fields

__all__ = [
    "GOOD_ALTERNATIVE",
    "ID_FORM",
    "LOCALE",
    "NO_HEADING",
    "ORGANIZATIONS",
    "THEMES",
    "ColumnWidth",
    "FixedWords",
    "Layout",
    "LayoutLibrary",
    "Length",
    "Letterhead",
    "LoadedLayout",
    "LoadedOrganization",
    "Need",
    "NoticeWords",
    "Organization",
    "Phone",
    "SlipWords",
    "Theme",
    "Use",
    "all_blocks",
    "check_filled_alternative",
    "children",
    "furniture_blocks",
    "is_layouts_folder",
    "placed_blocks",
    "resolve_styles",
    "tell_skipped",
    "used_fields",
]
