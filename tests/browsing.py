"""Debian's Chromium, as the tests drive it: without network services, with a profile of its own."""

import contextlib
import tempfile
from collections.abc import Iterator

from playwright.sync_api import BrowserContext, expect, sync_playwright

from tests.programs import program

PATIENCE = 20_000
"""Milliseconds after which what is expected in a page is taken as missing: machines are busy."""
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextlib.contextmanager
def chromium() -> Iterator[BrowserContext]:
    """A browser that ends with the block and leaves nothing behind."""
    expect.set_options(timeout=PATIENCE)
    with (
        # Processes of a browser that was closed may write a moment longer than it takes.
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile,
        sync_playwright() as playwright,
    ):
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=program("chromium"),
            args=list(FLAGS),
            viewport={"width": 1200, "height": 900},
        )
        with contextlib.closing(context):
            yield context
