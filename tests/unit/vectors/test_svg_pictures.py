"""Whatever is on the lists of what is drawn looks as another reader of SVG has it."""

import re

import pytest

from docgen.document import PaintedPath
from docgen.vectors.svg.allowed import ELEMENTS, PROPERTIES, SHAPES, SILENT, WITHOUT_EFFECT
from tests.svg_pictures import (
    drawn_by_docgen,
    drawn_by_resvg,
    read,
    share_that_differs,
    told,
    whole,
)

CLIP = '<clipPath id="c"><path clip-rule="{}" d="M5 5h50v50H5M15 15h30v30H15"/></clipPath>'

PICTURES = {
    "path": '<path d="M5 5h20v20H5zm30 0l20 20-10 5z M5 40c10-10 20 10 30 0s10 10 20 0"/>',
    "compact arcs": '<path d="M10 30a15 10 20 0110-15 8 8 0 1110 20Q30 50 40 40T55 40"/>',
    "smooth curves": '<path d="M5 30S10 5 20 20 30 50 40 30s10-10 15 5'
    'M5 50T20 40 40 55q5-10 10 0t5 0" fill="none" stroke="black"/>',
    "parts of a path": '<path d="M10 10h10v10zm20 0h10v10zM10 40 20 50 30 40ZM40 40l5 5 5-5z"/>',
    "an open path": '<path stroke="red" stroke-width="3" d="M5 5h50v50"/>',
    "fill-rule": '<path fill-rule="evenodd" d="M5 5h50v50H5zM15 15h30v30H15z"/>',
    "non-zero": '<path d="M5 5h50v50H5zM15 15h30v30H15z"/>',
    "rect": '<rect x="5" y="8" width="40" height="30" fill="teal"/>',
    "round corners": '<rect x="5" y="8" width="40" height="30" rx="10" ry="4" fill="teal"/>'
    '<rect x="30" y="40" width="20" height="16" rx="50" fill="#c00"/>'
    '<rect x="3" y="40" width="20" height="16" ry="4" stroke="red"/>',
    "circle and ellipse": '<circle cx="20" cy="20" r="15"/><ellipse cx="40" cy="45" rx="18" ry="9" '
    'fill="none" stroke="green" stroke-width="2"/>',
    "line": '<line x1="5" y1="5" x2="50" y2="40" stroke="black" stroke-width="4"/>',
    "polyline": '<polyline points="5,5 50,10 30,50"/><polyline points="5 55,50 55,30 35" '
    'fill="none" stroke="#808" stroke-width="4"/>',
    "polygon": '<polygon points="5 5,50 10,30 50" stroke="#808" stroke-width="4"/>',
    "stroke-linecap": "".join(
        f'<path d="M10 {y}H50" stroke="black" stroke-width="8" stroke-linecap="{cap}"/>'
        for y, cap in ((10, "butt"), (30, "round"), (50, "square"))
    ),
    "stroke-linejoin": "".join(
        f'<path d="M5 {y}H40L20 {y + 12}" fill="none" stroke="black" stroke-width="6" '
        f'stroke-linejoin="{join}"/>'
        for y, join in ((5, "miter"), (25, "round"), (45, "bevel"))
    ),
    "stroke-miterlimit": '<path d="M5 10L50 15 5 20" fill="none" stroke="black" stroke-width="4"/>'
    '<path d="M5 40L40 45 5 50" fill="none" stroke="black" stroke-width="4" '
    'stroke-miterlimit="20"/>',
    "stroke-dasharray": "".join(
        f'<path d="M5 {y}H55" stroke="black" stroke-width="4" stroke-dasharray="{dash}"/>'
        for y, dash in ((10, "6 2 1"), (20, "5"), (30, "0 0"), (40, "2,3"), (50, "none"))
    ),
    "stroke-width": '<g transform="scale(3 1)"><circle cx="10" cy="30" r="8" fill="none" '
    'stroke="black" stroke-width="2"/></g><path d="M0 3H60" stroke="red" stroke-width="0"/>',
    "dots": '<path d="M10 10h0M30 10v0" stroke="black" stroke-width="8" stroke-linecap="round"/>',
    "transform": '<g transform="translate(30 10) rotate(30) scale(1.5 .5)">'
    '<rect width="20" height="20" stroke="red" stroke-width="4"/></g>'
    '<rect width="10" height="10" transform="matrix(1 .5 -.5 1 10 40)"/>'
    '<rect width="10" height="10" transform="rotate(45,20-5)"/>',
    "skewed and mirrored": '<rect x="10" y="5" width="15" height="15" transform="skewX(30)"/>'
    '<rect x="10" y="25" width="15" height="15" transform="skewY(30)"/>'
    '<rect x="5" y="5" width="5" height="5" transform="scale(-1 1) translate(-50)"/>',
    "use": '<defs><g id="a"><rect width="10" height="10"/><circle cx="20" cy="5" r="5" fill="red"/>'
    '</g></defs><use href="#a" x="10" y="10"/>'
    '<use href="#a" x="5" y="3" transform="rotate(45 30 30)" fill="blue"/>',
    "style": "<style>.a{fill:red} rect{fill:green;stroke:black} #z{fill:blue} rect.b{stroke:none}"
    '</style><rect class="a" x="2" y="2" width="20" height="20"/>'
    '<rect id="z" class="a b" x="30" y="2" width="20" height="20"/>'
    '<rect style="fill:#abc" fill="red" x="2" y="30" width="20" height="20"/>'
    '<rect fill="orange" class="b" x="30" y="30" width="20" height="20"/>',
    "color": '<g color="green" fill="currentColor"><rect width="20" height="20"/>'
    '<rect color="red" x="30" width="20" height="20"/></g>'
    '<rect y="30" width="20" height="20" fill="none" stroke="currentColor" color="navy"/>',
    "inherited": '<g fill="red" stroke="blue" stroke-width="4"><g stroke-width="2">'
    '<rect x="5" y="5" width="20" height="20"/>'
    '<rect x="30" y="5" width="20" height="20" fill="inherit"/></g></g>',
    "display": '<style>.h{display:none}</style><g class="h"><rect width="20" height="20"/></g>'
    '<rect x="30" width="20" height="20" display="none"/><rect y="30" width="20" height="20"/>',
    "visibility": '<g visibility="hidden"><rect x="30" y="30" width="10" height="10"/>'
    '<rect x="45" y="30" width="10" height="10" visibility="visible"/></g>',
    "clipPath": '<clipPath id="c"><circle cx="30" cy="30" r="20"/></clipPath>'
    '<g clip-path="url(#c)"><rect width="30" height="30"/>'
    '<rect x="30" y="30" width="30" height="30" fill="red"/></g>',
    "clip-rule": CLIP.format("evenodd") + '<rect width="60" height="60" clip-path="url(#c)"/>',
    "clip by non-zero": CLIP.format("nonzero")
    + '<rect width="60" height="60" clip-path="url(#c)"/>',
    "clip-path": '<defs><clipPath id="c"><rect x="10" y="10" width="20" height="20" '
    'transform="rotate(20)"/></clipPath></defs>'
    '<g transform="translate(10 0) scale(1.2)" clip-path="url(#c)">'
    '<circle cx="20" cy="20" r="15" clip-path="url(#c)"/>'
    '<path clip-path="url(#c)" transform="translate(3 3)" d="M0 0h60v60" fill="red"/></g>',
    "clip by round corners": '<clipPath id="c"><rect x="10" y="10" width="40" height="20" rx="8"/>'
    '</clipPath><ellipse clip-path="url(#c)" cx="30" cy="30" rx="30" ry="20"/>',
    "fill": "".join(
        f'<rect x="{6 * at}" width="6" height="60" fill="{colour}"/>'
        for at, colour in enumerate(
            ("#f00", "rgb(10,200,30)", "rgb(50%,20%,80%)", "hsl(200,60%,40%)", "navy", "#12aBcD")
        )
    ),
    "stroke": '<circle cx="30" cy="30" r="20" fill="none" stroke="DarkOrange" stroke-width="9"/>',
    "units": '<rect x="1mm" y="2mm" width="10mm" height="0.5in"/>'
    '<line x1="3pt" y1="40pt" x2="1.5cm" y2="1cm" stroke="black" stroke-width="1mm"/>',
    "beyond the edges": '<rect x="-20" y="-20" width="50" height="50"/>'
    '<circle cx="60" cy="60" r="20"/>',
    "without effect": '<g opacity="1" style="mix-blend-mode:normal;isolation:auto;filter:none;'
    "mask:none;paint-order:normal;vector-effect:none;color-interpolation:sRGB;marker:none;"
    'marker-start:none;marker-mid:none;marker-end:none;stroke-dashoffset:0">'
    '<rect x="9" width="40" height="40" fill-opacity="100%" stroke-opacity="1.0" stroke="red"/>'
    "</g>",
    "notes": "<title>A</title><desc>B</desc><metadata><a/></metadata>"
    '<rect width="40" height="40" role="img" aria-label="C" data-name="D"/>',
}


@pytest.mark.parametrize("name", PICTURES)
def test_an_svg_looks_as_resvg_has_it(name: str) -> None:
    svg = whole(PICTURES[name])
    assert share_that_differs(drawn_by_docgen(read(svg)), drawn_by_resvg(svg)) < 0.0005


def test_every_entry_of_the_lists_is_in_a_picture() -> None:
    drawn = " ".join(PICTURES.values())
    elements = set(re.findall(r"<([A-Za-z]+)", drawn)) | {"svg"}
    assert elements >= {*SHAPES, *ELEMENTS, *SILENT}
    said = set(re.findall(r"[\s;\"'{]([a-z-]+)\s*[=:]", drawn))
    assert said >= {*PROPERTIES, *WITHOUT_EFFECT}


def test_pictures_that_differ_are_told_apart() -> None:
    thin, thick = (
        whole(f'<circle cx="30" cy="30" r="20" fill="none" stroke="red" stroke-width="{width}"/>')
        for width in (2, 4)
    )
    assert share_that_differs(drawn_by_docgen(read(thin)), drawn_by_resvg(thick)) > 0.005


@pytest.mark.parametrize(
    ("head", "size"),
    [
        ('viewBox="10 20 30 40"', (22.5, 30)),
        ('viewBox="0 0 1 1" width="100" height="100"', (75, 75)),
        ('width="80" height="40" viewBox="0 0 20 20"', (60, 30)),
        ('width="50" height="30"', (37.5, 22.5)),
        ('width="1in" height="20mm" viewBox="-5 -5 30 30"', (72, 56.693)),
        ('width="100%" height="100%" viewBox="0 0 40 40"', (30, 30)),
        ('viewBox="0 0 2000 1000" width="60"', (45, 22.5)),
        ('viewBox="0 0 40 40" preserveAspectRatio="xMidYMid meet" width="9" x="0px"', (6.75, 6.75)),
    ],
)
def test_an_svg_is_as_large_as_it_says(head: str, size: tuple[float, float]) -> None:
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {head}>'
        '<rect x="12" y="22" width="10" height="10" fill="red"/><circle cx=".5" cy=".5" r=".3"/>'
        '<circle cx="15" cy="15" r="8" fill="none" stroke="green"/></svg>'
    )
    picture = read(svg)
    assert (picture.width, picture.height) == size
    assert share_that_differs(drawn_by_docgen(picture), drawn_by_resvg(svg)) < 0.0005


def test_what_drawing_programs_write_for_themselves_is_passed_over() -> None:
    svg = (
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<!-- Made with Inkscape -->\n'
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 60" version="1.1" '
        'xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" '
        'xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" '
        'inkscape:version="1.3" sodipodi:docname="logo.svg" xml:space="preserve">'
        '<sodipodi:namedview id="base" pagecolor="#ffffff"/><defs id="d"/>'
        '<g inkscape:label="Layer 1" inkscape:groupmode="layer" id="layer1">'
        '<path style="color:#000000;font-variant-ligatures:normal;overflow:visible;opacity:1;'
        'fill:#ff0000;stroke-width:2;-inkscape-stroke:none;enable-background:accumulate" '
        'd="M 5,5 H 50 V 50 Z" id="p" sodipodi:nodetypes="cccc"/></g></svg>'
    )
    assert share_that_differs(drawn_by_docgen(read(svg)), drawn_by_resvg(svg)) < 0.0005


def test_an_svg_in_a_byte_order_mark_and_cdata_is_read() -> None:
    svg = whole(
        "<style><![CDATA[\n.a { fill: #0f0 }\n]]></style><rect class='a' width='9' height='9'/>"
    )
    [mark] = read("\ufeff" + svg).marks
    assert isinstance(mark, PaintedPath)
    assert mark.fill == "#00ff00"


def test_the_same_file_gives_the_same_picture() -> None:
    svg = whole(PICTURES["use"])
    assert read(svg) == read(svg)
    assert hash(read(svg)) == hash(read(svg))


@pytest.mark.parametrize(
    ("svg", "says"),
    [
        (whole("<g/>" * 5001), "more than 5,000 elements"),
        (whole(f'<path d="M0 0{"h1" * 50_001}"/>'), "more than 50,000 steps"),
        (whole(f'<path d="M0 0{"h1" * 40_000}"/>' * 3), "more than 100,000 steps"),
        (
            whole(
                '<g id="g0"><rect width="1" height="1"/></g>'
                + "".join(
                    f'<g id="g{n}">{f"""<use href="#g{n - 1}"/>""" * 10}</g>' for n in range(1, 8)
                )
            ),
            "more than 10,000 shapes",
        ),
        (whole('<path d="M0 0h1e300"/>'), "not finite, or farther off than a page can be"),
        (
            whole('<path stroke="red" stroke-miterlimit="2e99" d="M0 0h1"/>'),
            "not finite, or farther off than a page can be",
        ),
    ],
)
def test_what_is_too_much_is_refused(svg: str, says: str) -> None:
    assert says in told(svg)
