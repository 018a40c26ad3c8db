"""What is drawn rather than written: pictures, codes, rules, lines to write and sign on."""

import msgspec

from docgen.codes import UnencodableCode, encode_code
from docgen.document import Align, Code, Figure, RuledLines, Signature, TextRun, VectorSource
from docgen.typeset.beside import beside
from docgen.typeset.lines import SetParagraph
from docgen.typeset.pages import FieldArea, PlacedCode, PlacedDrawing, PlacedImage, StraightLine
from docgen.typeset.prose import paragraph_of, paragraph_strips
from docgen.typeset.setting import Room, Setting
from docgen.typeset.strips import Hold, Strip, holding_on, with_space_around

_MODULE = 1.0
"""Width of the narrowest bar where there is room, in points (ISO/IEC 15417 asks for 0.19 mm)."""
_LEAST_MODULE = 0.54
_TYPED = 1.6
"""How high the place for what is typed is, as a multiple of the body's size: what viewers want that
set letters about as large as the body in it."""
_FEW_LINES = 8
"""More lines to write on than this may go over a page."""


def figure_strips(figure: Figure, room: Room, setting: Setting) -> list[Strip]:
    """A picture scaled down to fit its frame and limits, never up: at most 72 pixels an inch."""
    image = figure.image
    scale = min(
        1.0,
        room.width / image.width,
        (figure.max_width or image.width) / image.width,
        (figure.max_height or image.height) / image.height,
        setting.page_room / image.height,
    )
    width, height = round(image.width * scale, 3), round(image.height * scale, 3)
    left = _left(figure.align, room, width, setting)
    placed = (
        PlacedDrawing(left, 0.0, width, height, image, figure)
        if isinstance(image, VectorSource)
        else PlacedImage(left, 0.0, width, height, image, figure)
    )
    body = setting.style("body")
    band = min(setting.on_grid(height), setting.page_room)
    return [Strip(band, (placed,), before=body.before, after=body.after, origin=figure.origin)]


def code_strips(code: Code, room: Room, setting: Setting) -> list[Strip]:
    """A QR code or bar code with its caption below."""
    try:
        modules = encode_code(code)
    except UnencodableCode as error:
        setting.findings.error("unencodable-code", str(error), code.origin, "shorten the value")
        return []
    width, height = _code_size(code, len(modules[0]), room, setting)
    if not width:
        return []
    placed = PlacedCode(_left(code.align, room, width, setting), 0.0, width, height, modules, code)
    body = setting.style("body")
    picture = Strip(setting.on_grid(height), (placed,), origin=code.origin)
    return with_space_around(
        [*holding_on([picture, *_caption(code, room, setting)], Hold.LINES)], 0.0, body.after
    )


def ruled_lines_strips(lines: RuledLines, room: Room, setting: Setting) -> list[Strip]:
    """Empty lines to write on."""
    body = setting.style("body")
    strips = [_writing_line(lines, index, room, setting) for index in range(lines.count)]
    return with_space_around(
        holding_on(strips, Hold.TOGETHER) if lines.count <= _FEW_LINES else strips, 0.0, body.after
    )


def signature_strips(signature: Signature, room: Room, setting: Setting) -> list[Strip]:
    """Lines to sign on, side by side, each over its label."""
    count = len(signature.labels)
    if setting.sheet.stacked:
        signed = [_signed_by(signature, index, room, setting) for index in range(count)]
        return holding_on([strip for strips in signed for strip in strips], Hold.TOGETHER)
    gap = setting.sheet.column_gap
    width = (room.width - gap * (count - 1)) / count
    flows: list[list[Strip]] = []
    for index in range(count):
        slot = Room(round(room.x + index * (width + gap), 3), round(width, 3))
        flows.append(_signed_by(signature, index, slot, setting))
    body = setting.style("body")
    return with_space_around(beside(flows, setting, signature.origin), body.before, body.after)


def _signed_by(signature: Signature, index: int, room: Room, setting: Setting) -> list[Strip]:
    line = _writing_line(signature, index, room, setting)
    body = setting.style("body")
    label = paragraph_of(signature.labels[index], setting)
    strips = [line, *paragraph_strips(label, room, setting)]
    return with_space_around(holding_on(strips, Hold.LINES), body.before, body.after)


def _writing_line(node: RuledLines | Signature, index: int, room: Room, setting: Setting) -> Strip:
    """A line for a hand, and the place above it for what is typed."""
    height = setting.sheet.writing_line
    rule = _rule(room, height - setting.descent, setting)
    typed = min(round(_TYPED * setting.style("body").size, 3), rule.y1)
    area = FieldArea(rule.x1, round(rule.y1 - typed, 3), room.width, typed, node, index)
    return Strip(height, (rule, area), origin=node.origin)


def rule_strips(room: Room, setting: Setting) -> list[Strip]:
    """A line across the frame, in the middle of one step of the grid."""
    height = setting.sheet.grid
    return [Strip(height, (_rule(room, height / 2, setting),), hold=Hold.LINES)]


def _code_size(code: Code, columns: int, room: Room, setting: Setting) -> tuple[float, float]:
    if code.symbology == "qr":
        side = min(code.size, room.width, setting.page_room)
        return side, side
    module = min(_MODULE, room.width / columns)
    if module >= _LEAST_MODULE:
        return round(columns * module, 3), min(code.size, setting.page_room)
    setting.findings.error(
        "barcode-too-wide",
        f"a bar code of {columns} modules cannot be read in {room.width:.0f} points of width",
        code.origin,
        f"give it at least {columns * _LEAST_MODULE:.0f} points, or a shorter value",
    )
    return 0.0, 0.0


def _caption(code: Code, room: Room, setting: Setting) -> list[Strip]:
    if code.caption is None:
        return []
    style = setting.style("caption")
    if not setting.sheet.stacked:
        style = msgspec.structs.replace(style, align=code.align)
    caption = SetParagraph((TextRun(code.caption),), style, code, origin=code.origin)
    return paragraph_strips(caption, room, setting)


def _left(align: Align, room: Room, width: float, setting: Setting) -> float:
    """Where a picture starts; in large print always where its text does, to be found."""
    spare = 0.0 if setting.sheet.stacked else room.width - width
    offset = {"left": 0.0, "center": spare / 2, "right": spare}[align]
    return round(room.x + offset, 3)


def _rule(room: Room, y: float, setting: Setting) -> StraightLine:
    sheet = setting.sheet
    right = round(room.x + room.width, 3)
    return StraightLine(
        room.x, round(y, 3), right, round(y, 3), sheet.rule_colour, sheet.rule_width
    )
