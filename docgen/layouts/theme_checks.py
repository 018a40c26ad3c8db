"""What a theme must hold to: known colours and fonts, styles complete, text that can be read."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from docgen.diagnostics import Findings, Span, did_you_mean, some_of
from docgen.fonts import FAMILIES, families, unprintable
from docgen.layouts.contrast import LEAST, LEAST_GRAPHIC, contrast, least_contrast
from docgen.layouts.paper import Body
from docgen.layouts.theme import TextLook, Theme
from docgen.source import TextNode

REQUIRED_TEXT = (
    "body",
    "heading-1",
    "heading-2",
    "heading-3",
    "heading-4",
    "heading-5",
    "heading-6",
    "label",
    "caption",
    "table-head",
    "table-cell",
    "furniture",
    "subtitle",
)
"""Text styles that a document may always name."""
REQUIRED_BOXES = ("note",)
"""Box styles that a document may always name."""
EVERYWHERE = "".join(map(chr, range(0x20, 0x7F))) + "•–"
"""Characters that any sheet may print, whatever its texts: ASCII and the bullets of lists."""

Ground = tuple[str, TextNode]
"""A background in words, and the name of its colour."""
Painted = Mapping[str, Span]
"""Where an organization gives colours of its own, by their names in the palette."""
_NOTHING_PAINTED: Painted = MappingProxyType({})


def check_theme(theme: Theme, findings: Findings, painted: Painted = _NOTHING_PAINTED) -> None:
    """Tells everything in which a theme is unusable, whatever layout uses it.

    Raises DocgenError where a font file of the installation is damaged.
    """
    _check_fonts(theme, findings)
    _check_complete(theme, findings)
    for name in _colour_names(theme):
        _check_colour(name, theme, findings)
    check_legible(theme, theme.body, findings, painted=painted)
    _check_marks(theme, findings, painted)


def check_legible(
    theme: Theme,
    body: Body,
    findings: Findings,
    place: Span | None = None,
    painted: Painted = _NOTHING_PAINTED,
) -> None:
    """Tells which texts would be too pale or run into each other at a body size.

    A layout that gives the size is told at that ``place``: the theme is right at its own. An
    organization is told at the colours that it has ``painted``.
    """
    for name, look in theme.text.items():
        size = look.size.factor * body.size.value
        least = least_contrast(size, look.strong)
        _check_leading(name, look, size, body, findings, place=place)
        grounds = _backgrounds(theme, name)
        _check_contrast(
            name, look.colour, grounds, theme, findings, least=least, place=place, painted=painted
        )


def _check_marks(theme: Theme, findings: Findings, painted: Painted) -> None:
    """Checks what has no size of its own: links and the labels of lists stand in any text."""
    grounds = tuple(_backgrounds(theme))
    everywhere = (*grounds, *_header_row(theme))
    labels = theme.lists.label_colour
    _check_contrast("links", theme.link_colour, everywhere, theme, findings, painted=painted)
    _check_contrast("list labels", labels, grounds, theme, findings, painted=painted)
    for ground, background in grounds:
        ratio = _ratio(theme.rule.colour, background, theme)
        if ratio is not None and ratio < LEAST_GRAPHIC:
            findings.error(
                "low-contrast",
                f"lines to write on in {theme.rule.colour.value!r} have a contrast of "
                f"{_down(ratio)}:1 on {ground}, less than the {LEAST_GRAPHIC:g}:1 that people need "
                "to see where to write (WCAG 2.1, 1.4.11)",
                _painted_at(painted, theme.rule.colour, background) or theme.rule.colour.span,
                f"choose a colour further from {background.value!r}",
            )


def _check_fonts(theme: Theme, findings: Findings) -> None:
    known = families()
    fallback = theme.fonts.fallback
    for family in (theme.fonts.text, theme.fonts.headings, *fallback):
        if family.value not in known:
            findings.error(
                "unknown-font",
                f"there is no font family {family.value!r}",
                family.span,
                did_you_mean(family.value, known) or f"the families are {some_of(known)}",
            )
    for family in (theme.fonts.text, theme.fonts.headings):
        _check_characters([family.value, *(name.value for name in fallback)], family, findings)


def _check_characters(named: Sequence[str], place: TextNode, findings: Findings) -> None:
    """Whether families of one's own have what every sheet may print; docgen's families have it."""
    if any(name in FAMILIES or name not in families() for name in named):
        return
    for _, missing in unprintable(EVERYWHERE, tuple(named))[:1]:
        findings.error(
            "font-characters",
            f"no font of the theme for this text has {missing.describe()}",
            place.span,
            f"write '{FAMILIES[-1]}' among the families of 'fallback'",
        )


def _check_complete(theme: Theme, findings: Findings) -> None:
    required = (("text", REQUIRED_TEXT, theme.text), ("boxes", REQUIRED_BOXES, theme.boxes))
    for key, names, styles in required:
        missing = [name for name in names if name not in styles]
        if missing:
            findings.error(
                "missing-style",
                f"the theme lacks these styles under {key!r}: {', '.join(missing)}",
                theme.span,
                f"add them under {key!r}; every theme has {', '.join(names)}",
            )


def _colour_names(theme: Theme) -> Iterator[TextNode]:
    yield theme.paper
    yield theme.link_colour
    yield theme.rule.colour
    yield theme.lists.label_colour
    yield theme.tables.rule_colour
    yield from (look.colour for look in theme.text.values())
    optional = [theme.tables.header_fill]
    for box in theme.boxes.values():
        optional += [box.fill, box.border, box.bar_colour]
    yield from (name for name in optional if name)


def _check_colour(name: TextNode, theme: Theme, findings: Findings) -> None:
    if name.value not in theme.palette:
        findings.error(
            "unknown-colour",
            f"the palette has no colour {name.value!r}",
            name.span,
            did_you_mean(name.value, theme.palette) or "add it under 'palette'",
        )


def _backgrounds(theme: Theme, style: str | None = None) -> Iterator[Ground]:
    """What text of a style may stand on: the paper or any box; heads of tables on their row."""
    if style == "table-head" and theme.tables.header_fill:
        yield from _header_row(theme)
        return
    yield "the paper", theme.paper
    for name, box in theme.boxes.items():
        if box.fill:
            yield f"the box {name!r}", box.fill


def _header_row(theme: Theme) -> Iterator[Ground]:
    if theme.tables.header_fill:
        yield "the header row", theme.tables.header_fill


def _ratio(colour: TextNode, background: TextNode, theme: Theme) -> float | None:
    """The contrast of two colours by name; None where the palette lacks one of them."""
    one, other = theme.palette.get(colour.value), theme.palette.get(background.value)
    return contrast(one, other) if one and other else None


def _check_contrast(
    style: str,
    colour: TextNode,
    grounds: Iterable[Ground],
    theme: Theme,
    findings: Findings,
    *,
    least: float = LEAST,
    place: Span | None = None,
    painted: Painted = _NOTHING_PAINTED,
) -> None:
    measured = ((_ratio(colour, ground[1], theme), ground) for ground in grounds)
    pale = [(ratio, ground) for ratio, ground in measured if ratio is not None and ratio < least]
    told = False
    for ratio, (ground, background) in sorted(pale, key=lambda one: one[0]):
        own = _painted_at(painted, colour, background)
        if own and told:
            continue
        told = told or own is not None
        text = f"text in {colour.value!r}" if own else f"text of {style!r} in {colour.value!r}"
        findings.error(
            "low-contrast",
            f"{text} has a contrast of {_down(ratio)}:1 on {ground}, less than the {least:g}:1 "
            "that people need to read it (WCAG 2.1, 1.4.3)",
            own or place or colour.span,
            f"choose a colour further from {background.value!r}",
        )


def _painted_at(painted: Painted, colour: TextNode, background: TextNode) -> Span | None:
    return painted.get(colour.value) or painted.get(background.value)


def _down(ratio: float) -> float:
    """Rounded down, so that a contrast just short of the least does not read as the least."""
    return int(ratio * 100) / 100


def _check_leading(
    name: str,
    look: TextLook,
    size: float,
    body: Body,
    findings: Findings,
    *,
    place: Span | None,
) -> None:
    leading = look.lines.count * body.leading.value
    if leading < size:
        findings.error(
            "tight-lines",
            f"lines of {name!r} would overlap: {size:g} pt type on {leading:g} pt leading",
            place or look.span,
            "give the style more 'lines', or the body more leading",
        )
