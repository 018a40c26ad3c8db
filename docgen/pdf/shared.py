"""What the pages of one file have in common."""

from msgspec import Struct

from docgen.document import PageSetup
from docgen.pdf.canvas import PageCanvas
from docgen.pdf.forms import Form
from docgen.pdf.outline import Outline
from docgen.pdf.packing import PackedFile
from docgen.pdf.page_tree import PageTree
from docgen.pdf.resources import Resources
from docgen.pdf.structure import ParentTree
from docgen.pdf.tagging import Tags


class Shared(Struct, frozen=True, eq=False):
    """The parts of a file that every page adds to."""

    file: PackedFile
    tree: PageTree
    paper: PageSetup
    canvas: PageCanvas
    resources: Resources
    outline: Outline
    tags: Tags
    parents: ParentTree
    form: Form | None
    """The form of a file that can be filled in."""
