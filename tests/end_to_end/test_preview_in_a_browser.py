"""The preview's page in a real browser: it follows each save, and shows what is wrong."""

import io
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from tests.browsing import PATIENCE, chromium
from tests.previewing import (
    LAYOUT,
    ORGANIZATION,
    RECORD,
    THEME,
    RunningPreview,
    change,
    make_project,
    preview,
    rendered,
    version,
)
from tests.programs import needs

pytestmark = needs("chromium")

SOON = 3.0
"""Seconds within which a save must show. It takes a fraction of one; test machines are busy."""
BLUE = (11, 74, 111)
"""The colour ``blue`` of the theme, in which headings are printed."""
PLUM = (106, 27, 90)


@pytest.fixture(scope="module")
def browser() -> Iterator[BrowserContext]:
    with chromium() as context:
        yield context


@pytest.fixture
def running(tmp_path: Path) -> Iterator[RunningPreview]:
    with preview(make_project(tmp_path / "clinic")) as started:
        yield started


@pytest.fixture
def page(browser: BrowserContext, running: RunningPreview) -> Iterator[Page]:
    opened = _open(browser, running.address)
    yield opened
    opened.close()


def _open(browser: BrowserContext, address: str) -> Page:
    page = browser.new_page()
    page.goto(address)
    expect(page.locator("#status")).to_contain_text("Up to date, rendered in ")
    expect(page.locator("#sheet iframe:not(.coming)")).to_have_count(1)
    return page


def _shows(page: Page, data: bytes) -> None:
    """Waits until the page shows this PDF and no other."""
    frames = page.locator("#sheet iframe")
    expect(page.locator(f'#sheet iframe[src*="version={version(data)}#"]')).to_be_visible()
    expect(frames).to_have_count(1)


def _until_printed(page: Page, colour: tuple[int, int, int]) -> None:
    """Waits until the browser's view of the PDF has this very colour somewhere."""
    until = monotonic() + PATIENCE / 1000
    while not _has_colour(page, colour):
        assert monotonic() < until, f"nothing was shown in the colour {colour}"


def _has_colour(page: Page, colour: tuple[int, int, int]) -> bool:
    picture = Image.open(io.BytesIO(page.locator("#sheet").screenshot())).convert("RGB")
    colours = picture.getcolors(picture.width * picture.height)
    assert colours is not None
    return any(found == colour and count > 50 for count, found in colours)


def test_the_page_shows_the_sheet(page: Page, running: RunningPreview) -> None:
    data = rendered(running.project)
    assert page.title() == "EXAMPLE-1 patient-handout – docgen preview"
    expect(page.get_by_role("heading", level=1)).to_have_text("EXAMPLE-1 patient-handout")
    expect(page.locator("#about")).to_have_text("my-clinic · 2 pages")
    findings = page.get_by_role("region", name="Findings")
    expect(findings.get_by_role("heading")).to_have_text("1 warning")
    _shows(page, data)
    _until_printed(page, BLUE)
    link = page.get_by_role("link", name="Open the PDF").get_attribute("href")
    assert running.sheet(str(link).removeprefix("/sheet.pdf")) == data


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (RECORD, "title: Example visit", "title: Quite another visit"),
        (ORGANIZATION, "name: ", "name: New "),
        (LAYOUT, "At a glance", "In short"),
        (THEME, 'blue: "#0b4a6f"', 'blue: "#6a1b5a"'),
    ],
    ids=["record", "organization", "layout", "theme"],
)
def test_a_save_of_any_file_shows(
    page: Page, running: RunningPreview, file: Path, old: str, new: str
) -> None:
    before = rendered(running.project)
    _shows(page, before)
    change(running.project / file, old, new)
    saved = monotonic()
    gone = f"""() => !document.querySelector('#sheet iframe[src*="{version(before)}"]')"""
    page.wait_for_function(gone, timeout=SOON * 1000)
    print(f"shown {monotonic() - saved:.2f} s after the save")
    after = rendered(running.project)
    assert after != before
    _shows(page, after)
    _until_printed(page, PLUM if file == THEME else BLUE)


def test_a_mistake_shows_above_the_last_good_sheet(page: Page, running: RunningPreview) -> None:
    good = rendered(running.project)
    _shows(page, good)
    theme = running.project / THEME
    lines = theme.read_text("utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, 1) if "  heading-1:" in text)
    change(theme, "heading-1: {family: headings, colour: blue", "heading-1: {colour: bleu")
    findings = page.get_by_role("region", name="Findings")
    expect(findings.get_by_role("heading")).to_have_text("1 error")
    (item,) = findings.get_by_role("listitem").all()
    place, message, hint = item.locator("p").all_inner_texts()
    assert place.startswith(f"{THEME}:{line}:")
    assert "'bleu'" in message
    assert hint == "Hint: did you mean 'blue'?"
    expect(page.locator("#status")).to_contain_text("Below is the last good sheet.")
    assert page.title().startswith("Error: ")
    _shows(page, good)
    _until_printed(page, BLUE)
    change(theme, "heading-1: {colour: bleu", "heading-1: {family: headings, colour: blue")
    expect(findings.get_by_role("heading")).to_have_text("1 warning")
    expect(page.locator("#status")).to_contain_text("Up to date")
    assert not page.title().startswith("Error: ")
    _shows(page, good)


def test_markup_in_a_message_stays_text(page: Page, running: RunningPreview) -> None:
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    markup = "<img src=x onerror=alert(1)><b>bold</b>"
    change(running.project / RECORD, "title: ", f'"{markup}": 1\ntitle: ')
    item = page.locator("#findings-list .message")
    expect(item).to_contain_text(f"'{markup}' is not a field")
    assert item.locator("img, b").count() == 0
    assert dialogs == []


def test_the_page_that_one_looks_at_stays(page: Page, running: RunningPreview) -> None:
    page.get_by_role("button", name="Page 2").click()
    expect(page.locator('#sheet iframe[src*="#page=2&"]')).to_be_visible()
    change(running.project / RECORD, "title: Example visit", "title: Quite another visit")
    _shows(page, rendered(running.project))
    expect(page.locator('#sheet iframe[src*="#page=2&"]')).to_be_visible()
    expect(page.get_by_role("button", name="Page 2")).to_have_attribute("aria-current", "page")


def test_layout_and_large_print_are_chosen_in_the_page(page: Page, running: RunningPreview) -> None:
    page.get_by_label("Layout").select_option("clinician-summary")
    _shows(page, rendered(running.project, "clinician-summary"))
    page.get_by_label("Large print").check()
    _shows(page, rendered(running.project, "clinician-summary", "--large-print"))
    page.reload()
    expect(page.get_by_label("Layout")).to_have_value("clinician-summary")
    expect(page.get_by_label("Large print")).to_be_checked()
    page.get_by_label("Large print").uncheck()
    _shows(page, rendered(running.project, "clinician-summary"))


def test_large_print_that_is_asked_for_elsewhere_is_not_offered(
    page: Page, running: RunningPreview
) -> None:
    box = page.get_by_label("Large print")
    expect(box).to_be_enabled()
    change(
        running.project / LAYOUT, "id: patient-handout", "id: patient-handout\nlarge_print: true"
    )
    expect(box).to_be_checked()
    expect(box).to_be_disabled()
    page.get_by_label("Layout").select_option("clinician-summary")
    expect(box).not_to_be_checked()
    expect(box).to_be_enabled()


def test_two_tabs_follow_at_once(
    page: Page, browser: BrowserContext, running: RunningPreview
) -> None:
    other = _open(browser, f"{running.address}?layout=clinician-summary")
    change(running.project / RECORD, "title: Example visit", "title: Quite another visit")
    _shows(page, rendered(running.project))
    _shows(other, rendered(running.project, "clinician-summary"))
    other.close()


def test_nothing_is_fetched_from_elsewhere(
    browser: BrowserContext, running: RunningPreview
) -> None:
    asked: list[str] = []
    told: list[str] = []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: told.append(message.text))
    page.goto(running.address)
    _shows(page, rendered(running.project))
    page.close()
    network = {url for url in asked if url.startswith(("http:", "https:", "ws:", "wss:"))}
    assert {url.removeprefix(running.address).partition("?")[0] for url in network} == {
        *("", "page.css", "page.js", "events", "sheet.pdf")
    }
    assert told == []


def test_the_page_says_when_the_preview_has_ended(page: Page, running: RunningPreview) -> None:
    assert running.interrupt() == (0, "")
    expect(page.locator("#status")).to_have_text(
        "The preview has stopped. Start docgen preview again."
    )


def test_the_page_can_be_used_by_keyboard_and_screen_reader(page: Page) -> None:
    assert page.locator("html").get_attribute("lang") == "en"
    for landmark in ("banner", "main", "navigation", "form"):
        expect(page.locator(f"role={landmark}")).to_have_count(1)
    expect(page.locator("#findings")).to_have_attribute("aria-live", "polite")
    expect(page.get_by_role("status")).to_have_count(1)
    assert page.locator("#sheet iframe").get_attribute("title") == "Page 1 of the sheet"
    page.keyboard.press("Tab")
    layout = page.get_by_label("Layout")
    expect(layout).to_be_focused()
    assert layout.evaluate("node => getComputedStyle(node).outlineStyle") == "solid"
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("heading", level=1)).to_have_text("EXAMPLE-1 clinician-summary")
