"""Pages as text, for people and for golden files."""

from docgen.typeset.pages import (
    Box,
    FieldArea,
    LinkArea,
    PageItem,
    Pages,
    PlacedCode,
    PlacedDrawing,
    PlacedImage,
    StraightLine,
    TextPiece,
)


def dump(pages: Pages) -> str:
    """One line a mark: its place in points from the top left, what it is, whose it is."""
    lines: list[str] = []
    for number, page in enumerate(pages.pages, start=1):
        lines.append(f"page {number} of {len(pages.pages)}")
        lines.extend(f"  {_mark_in_words(item)}" for item in page.marks)
    return "\n".join(lines) + "\n"


def _mark_in_words(item: PageItem) -> str:  # noqa: PLR0911 - a case a kind
    match item:
        case TextPiece():
            return (
                f"{item.x:8.2f} {item.baseline:8.2f}  {_owner_in_words(item)}  "
                f"{item.face} {item.size:g} {item.colour}  {item.text!r}"
            )
        case Box():
            paint = f"fill {item.fill} stroke {item.stroke}"
            return f"{_rectangle(item)}  box {paint}"
        case StraightLine():
            return (
                f"{item.x1:8.2f} {item.y1:8.2f}  line to "
                f"{item.x2:.2f} {item.y2:.2f} {item.width:g} {item.colour}"
            )
        case PlacedImage():
            return f"{_rectangle(item)}  image {item.image.width} x {item.image.height} pixels"
        case PlacedDrawing():
            return f"{_rectangle(item)}  drawing of {len(item.drawing.marks)} marks"
        case PlacedCode():
            return f"{_rectangle(item)}  code of {len(item.modules)} x {len(item.modules[0])}"
        case LinkArea():
            return f"{_rectangle(item)}  link {item.link.href}"
        case FieldArea():
            return f"{_rectangle(item)}  field {item.index} of {type(item.node).__name__}"


def _rectangle(
    item: Box | PlacedImage | PlacedDrawing | PlacedCode | LinkArea | FieldArea,
) -> str:
    return f"{item.x:8.2f} {item.y:8.2f}  {item.width:.2f} x {item.height:.2f}"


def _owner_in_words(item: TextPiece) -> str:
    if item.node is None:
        return "artifact"
    name = type(item.node).__name__
    return name if item.part == "content" else f"{name} {item.part}"
