"""Link targets: which schemes a sheet may open, and the form of an address (RFC 3986)."""

import re

from docgen.diagnostics import Findings, Span

LINK_SCHEMES = ("https", "http", "mailto", "tel")
WEB_SCHEMES = ("https", "http")
STAND_IN = range(0xF0000, 0x100000)
"""Characters that stand in the place of a layout's expressions."""

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(.*)", re.DOTALL)
_HOST = re.compile(r"//([^/?#]*)")
_SPACE = re.compile(r"\s")
_TO_ESCAPE = re.compile("[^A-Za-z0-9:/?#\\[\\]@!$&'()*+,;=%._~\U000f0000-\U000fffff-]")


def check_link(
    href: str, span: Span, findings: Findings, schemes: tuple[str, ...] = LINK_SCHEMES
) -> str:
    """Tells what keeps a link from being printed; returns it as a URI (RFC 3986) of ASCII."""
    if href and ord(href[0]) in STAND_IN:
        return _TO_ESCAPE.sub(_escaped, href)
    match = _SCHEME.fullmatch(href)
    if match is None or match[1].lower() not in schemes:
        known = ", ".join(schemes)
        what = "has no scheme" if match is None else f"has the scheme '{match[1]}'"
        findings.error(
            "bad-link",
            f"this link {what}, which no sheet may open",
            span,
            f"a link begins with one of {known}, such as https://example.org",
        )
        return href
    host = _HOST.match(match[2])
    if match[1].lower() in WEB_SCHEMES and not (host and host[1]):
        findings.error(
            "bad-link", "this link names no web site", span, "write https://example.org/…"
        )
    elif host and not host[1].isascii() and not holds_stand_in(host[1]):
        findings.error(
            "bad-link",
            "the web site's name in this link has letters outside of ASCII",
            span,
            "write the name's ASCII form, which begins with xn--",
        )
    elif not match[2] or _SPACE.search(href):
        findings.error("bad-link", "this link is empty or holds a space", span, "write %20 for it")
    return _TO_ESCAPE.sub(_escaped, href)


def holds_stand_in(text: str) -> bool:
    """Whether an expression of a layout stands in a text."""
    return any(ord(char) in STAND_IN for char in text)


def _escaped(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode())
