"""What each text of a layout is: a template of a line, blocks or plain text, or an expression.

Models say it in ``Annotated``, and whoever reads the texts of a layout (``compose.reading``) goes
by it. So the texts of a new kind of block are read and checked without anybody's listing them.
"""

from functools import lru_cache
from typing import Annotated, Literal

from msgspec import Struct

from docgen.source import WORDED, Role, TextNode, fields_of

Reading = Literal["line", "blocks", "plain", "condition", "field", "items", "parts", "verbatim"]
"""``line``, ``blocks``: CommonMark with {{ expressions }}, one line of it or any. ``plain``: text
with {{ expressions }}. ``condition``, ``field``: an expression that is true or not, or gives prose.
``items``: NAME in EXPRESSION. ``parts``: other models. ``verbatim``: nothing is filled in."""


class Use(Role, frozen=True):
    """How a text is read, and which name it knows besides those that stand around it."""

    reading: Reading
    name: Literal["row", "page"] | None = None
    """``row``: the one that the rows of a table are named by, which cells alone know. ``page``: the
    page, in headers and footers."""


LineTemplate = Annotated[TextNode, WORDED, Use("line")]
BlocksTemplate = Annotated[TextNode, WORDED, Use("blocks")]
CellTemplate = Annotated[TextNode, WORDED, Use("blocks", "row")]
PlainTemplate = Annotated[TextNode, WORDED, Use("plain")]
CodedTemplate = Annotated[TextNode, Use("plain")]
"""What machines read is in no language."""
Condition = Annotated[TextNode, Use("condition")]
FieldExpression = Annotated[TextNode, Use("field")]
Items = Annotated[TextNode, Use("items")]
"""All of the block knows the name."""
RowItems = Annotated[TextNode, Use("items", "row")]
Verbatim = Annotated[TextNode, Use("verbatim")]
ON_PAGES = Use("parts", "page")


class UsedField(Struct, frozen=True):
    """A field that holds a text, or models that may hold some; or several of either."""

    attribute: str
    use: Use


_PARTS = Use("parts")


@lru_cache(maxsize=128)
def used_fields(model: type[Struct]) -> tuple[UsedField, ...]:
    """The fields of a model of which something is read, those first that name items for the others.

    Raises TypeError for a text that does not say what it is.
    """
    found = []
    for field in fields_of(model).values():
        inner = field.shape.items or field.shape.values or field.shape
        use = field.shape.role or inner.role
        if TextNode in inner.leaves and not isinstance(use, Use):
            raise TypeError(
                f"{model.__name__}.{field.name} is a text, and does not say how it is read: "
                "annotate it as one of docgen.layouts.uses"
            )
        if isinstance(use, Use) or inner.models:
            found.append(UsedField(field.name, use if isinstance(use, Use) else _PARTS))
    read = (one for one in found if one.use.reading != "verbatim")
    return tuple(sorted(read, key=lambda one: one.use.reading != "items"))
