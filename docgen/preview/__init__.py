"""A page that shows a sheet and renders it anew whenever one of its files is saved."""

from docgen.preview.installation import require_server
from docgen.preview.showing import PreviewedCode, View

__all__ = ["PreviewedCode", "View", "require_server"]
