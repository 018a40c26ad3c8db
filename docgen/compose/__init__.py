"""A record, a layout and an organization made into one document; the only user of Jinja2."""

from docgen.compose.compiling import (
    CompiledLayout,
    check_letters,
    check_texts,
    compile_layout,
    compose,
    refuse_title_only,
)
from docgen.compose.composing import without_sections
from docgen.compose.safety import owes_urgency, with_patient

__all__ = [
    "CompiledLayout",
    "check_letters",
    "check_texts",
    "compile_layout",
    "compose",
    "owes_urgency",
    "refuse_title_only",
    "with_patient",
    "without_sections",
]
