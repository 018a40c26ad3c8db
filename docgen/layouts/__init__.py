"""Layouts, themes and organizations: their models, their checks, and finding them by name."""

from docgen.layouts.blocks import all_blocks, children, furniture_blocks, placed_blocks
from docgen.layouts.fixed_words import FixedWords, NoticeWords
from docgen.layouts.layers import LayoutFile, MergedLayout
from docgen.layouts.library import (
    ORGANIZATIONS,
    THEMES,
    LayoutLibrary,
    LoadedLayout,
    is_layouts_folder,
)
from docgen.layouts.model import Layout
from docgen.layouts.organization import Organization, Phone
from docgen.layouts.organization_chain import LoadedOrganization
from docgen.layouts.styles import resolve_page, resolve_styles
from docgen.layouts.theme import Theme

__all__ = [
    "ORGANIZATIONS",
    "THEMES",
    "FixedWords",
    "Layout",
    "LayoutFile",
    "LayoutLibrary",
    "LoadedLayout",
    "LoadedOrganization",
    "MergedLayout",
    "NoticeWords",
    "Organization",
    "Phone",
    "Theme",
    "all_blocks",
    "children",
    "furniture_blocks",
    "is_layouts_folder",
    "placed_blocks",
    "resolve_page",
    "resolve_styles",
]
