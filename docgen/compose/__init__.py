"""A record, a layout and an organization made into one document; the only user of Jinja2."""

from docgen.compose.compiling import (
    CompiledLayout,
    check_texts,
    compile_layout,
    compose,
    refuse_title_only,
)

__all__ = ["CompiledLayout", "check_texts", "compile_layout", "compose", "refuse_title_only"]
