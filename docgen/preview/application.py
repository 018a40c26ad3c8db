"""The pages that the preview serves, and to whom."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files
from ipaddress import ip_address

import anyio
import msgspec
from anyio.to_thread import run_sync
from msgspec import Struct
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from docgen.diagnostics import Diagnostic
from docgen.preview.showing import Preview, PreviewedCode, Shown, View
from docgen.preview.watching import Changes, watch

_FILES = {
    "/": ("page.html", "text/html"),
    "/page.css": ("page.css", "text/css"),
    "/page.js": ("page.js", "text/javascript"),
}
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class _Finding(Struct, frozen=True):
    severity: str
    rule: str
    message: str
    place: str
    hint: str


class _State(Struct, frozen=True):
    """What the page is told after each change."""

    code: str
    organization: str
    layout: str
    large_print: bool
    is_always_large: bool
    layouts: tuple[str, ...]
    page_count: int
    version: str
    is_current: bool
    milliseconds: int
    findings: tuple[_Finding, ...]


def application(subject: PreviewedCode, first: View, host: str, changes: Changes) -> Starlette:
    """The preview of a subject, which opens with a view and is reached under a host's name."""
    preview = Preview(subject)

    async def sheet(request: Request) -> Response:
        shown = await run_sync(preview.show, _view(request, first), changes.count)
        if shown.data is None:
            return PlainTextResponse("There is no sheet yet.\n", 404, headers=_HEADERS)
        name = {"Content-Disposition": f'inline; filename="{shown.file_name}"'}
        return Response(shown.data, media_type="application/pdf", headers=_HEADERS | name)

    async def events(request: Request) -> Response:
        return _EventStream(_states(preview, _view(request, first), changes), headers=_HEADERS)

    @asynccontextmanager
    async def watching(_: Starlette) -> AsyncIterator[None]:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(watch, subject.watched, changes)
            yield
            tasks.cancel_scope.cancel()

    return Starlette(
        routes=[
            *(Route(path, _File(*file)) for path, file in _FILES.items()),
            Route("/sheet.pdf", sheet),
            Route("/events", events),
        ],
        middleware=[Middleware(_Guard, host=host)],
        lifespan=watching,
    )


def _view(request: Request, first: View) -> View:
    """The view that an address asks for; one that asks for nothing gets the first."""
    asked = request.query_params
    if "layout" not in asked:
        return first
    return View(asked["layout"], large_print="large-print" in asked)


async def _states(preview: Preview, view: View, changes: Changes) -> AsyncIterator[bytes]:
    going_on = True
    while going_on:
        change = changes.count
        shown = await run_sync(preview.show, view, change)
        yield (
            b"data: " + msgspec.json.encode(_state_of_view(preview.subject, view, shown)) + b"\n\n"
        )
        going_on = await changes.after(change)


def _state_of_view(subject: PreviewedCode, view: View, shown: Shown) -> _State:
    return _State(
        code=subject.code,
        organization=subject.organization or "",
        layout=shown.layout,
        large_print=view.large_print,
        is_always_large=shown.is_always_large,
        layouts=shown.layouts,
        page_count=shown.page_count,
        version=shown.version,
        is_current=shown.is_current,
        milliseconds=shown.milliseconds,
        findings=tuple(map(_finding, shown.diagnostics)),
    )


def _finding(diagnostic: Diagnostic) -> _Finding:
    return _Finding(
        severity=diagnostic.severity,
        rule=diagnostic.rule,
        message=diagnostic.message,
        place=str(diagnostic.span) if diagnostic.span else "",
        hint=diagnostic.hint or "",
    )


class _EventStream(StreamingResponse):
    """Server-sent events (WHATWG HTML, section 9.2) until the reader has gone."""

    media_type = "text/event-stream"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async with anyio.create_task_group() as tasks:

            async def until_gone() -> None:
                await self.listen_for_disconnect(receive)
                tasks.cancel_scope.cancel()

            tasks.start_soon(until_gone)
            await self.stream_response(send)
            tasks.cancel_scope.cancel()


class _File:
    """A file of the page, which comes with docgen."""

    def __init__(self, name: str, media_type: str) -> None:
        content = (files("docgen.preview") / name).read_bytes()
        headers = _HEADERS | {"Content-Security-Policy": _POLICY}
        self._response = Response(content, media_type=media_type, headers=headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._response(scope, receive, send)


class _Guard:
    """Turns away what other web sites make a browser ask for.

    DNS rebinding needs a name that leads to this computer: addresses and the names that are known
    pass. Pages of other sites may not even embed what is served here.
    """

    def __init__(self, app: ASGIApp, host: str) -> None:
        self._app = app
        self._names = {"localhost", host.lower()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self._is_welcome(Headers(scope=scope)):
            refusal = PlainTextResponse("Not from there.\n", 403, headers=_HEADERS)
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _is_welcome(self, headers: Headers) -> bool:
        if headers.get("sec-fetch-site") in ("cross-site", "same-site"):
            return False
        name = _name_of_host(headers.get("host", ""))
        return name.lower() in self._names or _is_address(name)


def _name_of_host(host: str) -> str:
    """The host of ``host:port``, an IPv6 address without its brackets (RFC 9110, section 7.2)."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
