"""A theme at one body size, resolved to points and colours."""

from math import ceil

from docgen.document import (
    BoxStyle,
    ListStyle,
    PageSetup,
    StyleSheet,
    TableStyle,
    TextStyle,
)
from docgen.layouts.large_print import (
    large_body,
    large_lists,
    large_page,
    large_tables,
    large_text,
)
from docgen.layouts.leaves import Lines, Multiple
from docgen.layouts.paper import Body, PaperSetup
from docgen.layouts.theme import BoxLook, TextLook, Theme
from docgen.source import TextNode


def resolve_styles(
    theme: Theme, body: Body | None = None, *, large_print: bool = False
) -> StyleSheet:
    """The look of a document: a checked theme at a layout's body size, or at the theme's own."""
    body = body or theme.body
    if large_print:
        body = large_body(body)
    resolver = _Resolver(theme, body)
    text = {name: resolver.text(look) for name, look in theme.text.items()}
    lists, tables = resolver.lists(), resolver.tables()
    return StyleSheet(
        grid=resolver.lines(Lines(0.5)),
        fallback=tuple(family.value for family in theme.fonts.fallback),
        text=large_text(text, body) if large_print else text,
        boxes={name: resolver.box(look) for name, look in theme.boxes.items()},
        lists=large_lists(lists, body) if large_print else lists,
        tables=large_tables(tables, body) if large_print else tables,
        link_colour=resolver.colour(theme.link_colour),
        rule_colour=resolver.colour(theme.rule.colour),
        rule_width=theme.rule.width.points,
        column_gap=resolver.multiple(theme.column_gap),
        writing_line=resolver.lines(theme.writing_line),
        stacked=large_print,
    )


def resolve_page(page: PaperSetup, *, large_print: bool = False) -> PageSetup:
    """Paper and margins in points."""
    setup = PageSetup(
        width=page.size.width,
        height=page.size.height,
        top=page.margins.top.points,
        right=page.margins.right.points,
        bottom=page.margins.bottom.points,
        left=page.margins.left.points,
    )
    return large_page(setup) if large_print else setup


class _Resolver:
    def __init__(self, theme: Theme, body: Body) -> None:
        self._theme = theme
        self._size = body.size.value
        self._leading = body.leading.value
        self._dense = body.dense

    def lines(self, lines: Lines) -> float:
        return lines.count * self._leading

    def space(self, lines: Lines) -> float:
        """Between blocks: half of it in a dense layout, in half lines, rounded up."""
        if not self._dense:
            return self.lines(lines)
        return ceil(lines.count) / 2 * self._leading

    def multiple(self, multiple: Multiple) -> float:
        return multiple.factor * self._size

    def colour(self, name: TextNode) -> str:
        return self._theme.palette[name.value].code

    def optional_colour(self, name: TextNode | None) -> str | None:
        return self.colour(name) if name else None

    def text(self, look: TextLook) -> TextStyle:
        fonts = self._theme.fonts
        family = fonts.headings if look.family == "headings" else fonts.text
        return TextStyle(
            family=family.value,
            size=self.multiple(look.size),
            leading=self.lines(look.lines),
            colour=self.colour(look.colour),
            strong=look.strong,
            emphasis=look.emphasis,
            before=self.space(look.before),
            after=self.space(look.after),
            align=look.align,
        )

    def box(self, look: BoxLook) -> BoxStyle:
        return BoxStyle(
            fill=self.optional_colour(look.fill),
            stroke=self.optional_colour(look.border),
            stroke_width=look.border_width.points if look.border else 0.0,
            bar=look.bar.points,
            bar_colour=self.colour(look.bar_colour or self._theme.rule.colour),
            padding_x=self.multiple(look.padding_x),
            padding_y=self.lines(look.padding_y),
            before=self.space(look.before),
            after=self.space(look.after),
            radius=look.radius.points,
        )

    def lists(self) -> ListStyle:
        look = self._theme.lists
        return ListStyle(
            indent=self.multiple(look.indent),
            label_colour=self.colour(look.label_colour),
            item_gap=self.lines(look.item_gap),
            check_size=self.multiple(look.check_size),
        )

    def tables(self) -> TableStyle:
        look = self._theme.tables
        return TableStyle(
            header_fill=self.optional_colour(look.header_fill),
            rule_colour=self.colour(look.rule_colour),
            rule_width=look.rule_width.points,
            padding_x=self.multiple(look.padding_x),
            padding_y=self.lines(look.padding_y),
            before=self.space(look.before),
            after=self.space(look.after),
        )
