"""Every page in a browser: nothing it complains of, nothing that shuts anybody out, in both themes, magnified and by keyboard alone."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from tests.explore.browser.addresses import address, pages
from tests.explore.browser.conftest import WIDE, picture

from onrecord.store import Record

PAGES = pages()
NARROW = {"width": WIDE["width"] // 2, "height": WIDE["height"] // 2}
"""What a window holds at 200 %."""
PHONE = {"width": 320, "height": 640}
WIDTHS = "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
STOP = """() => {
  const it = document.activeElement;
  if (!it || it === document.body) return null;
  const style = getComputedStyle(it);
  const seen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== "none";
  it.dataset.stop ??= String(document.querySelectorAll("[data-stop]").length);
  return {stop: it.dataset.stop, seen, what: it.outerHTML.slice(0, 160)};
}"""
IN_DARK, ON_PHONE = ("article", "event", "map"), ("article", "event")
"""Pages of which the docs show a picture in dark, and one on a phone."""
MOST_STOPS = 40
PARTS = 5
"""Stops within one field, as a day has them: day, month, year and the calendar."""


@pytest.mark.parametrize("path", PAGES)
def test_a_page_shuts_nobody_out(page: Page, real: Record, path: str) -> None:
    answer = page.goto(address(path, real))
    assert answer is not None
    assert answer.status == 200, f"{path} needs an entry in NEEDED of tests/explore/browser/addresses.py"
    name = path.strip("/") or "overview"
    picture(page, name)
    assert barriers(page) == []
    page.emulate_media(color_scheme="dark")
    if name in IN_DARK:
        picture(page, f"{name}-dark")
    assert barriers(page, "color-contrast", "link-in-text-block") == []
    for size in (NARROW, PHONE):
        page.set_viewport_size(size)
        needed, there = page.evaluate(WIDTHS)
        assert needed <= there, f"scrolls sideways where it is {size['width']} wide"
    if name in ON_PHONE:
        picture(page, f"{name}-phone")


def barriers(page: Page, *rules: str) -> list[tuple[str, str, str]]:
    """What axe finds serious or critical: the rule, and the first thing that breaks it with why."""
    options = {"resultTypes": ["violations"], **({"runOnly": list(rules)} if rules else {})}
    found = Axe().run(page, options=options).response["violations"]
    return [(v["id"], v["nodes"][0]["html"], v["nodes"][0]["failureSummary"]) for v in found if v["impact"] in ("serious", "critical")]


def test_what_shuts_somebody_out_is_found(page: Page) -> None:
    page.goto("/events")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=/static/icon.svg><p class=pale>Pale</p>')")
    page.evaluate("document.querySelector('.pale').style.color = '#eee'")
    assert {"image-alt", "color-contrast"} <= {rule for rule, *_ in barriers(page)}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_gone_through_by_keyboard(page: Page, real: Record, path: str) -> None:
    page.goto(address(path, real))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the page"
    assert page.locator(".skip").bounding_box()["x"] >= 0  # type: ignore[index]
    before, again = None, 0
    for _ in range(MOST_STOPS):
        at = page.evaluate(STOP)
        if at is None:
            break
        again = again + 1 if at["stop"] == before else 0
        assert at["seen"] or again, f"nothing shows that this has the focus: {at['what']}"
        assert again < PARTS, f"Tab does not leave this: {at['what']}"
        before = at["stop"]
        page.keyboard.press("Tab")


def test_who_skips_the_navigation_is_on_the_page(page: Page) -> None:
    page.goto("/positions")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_theme_is_changed_and_remembered(page: Page) -> None:
    page.goto("/events")
    colour = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(colour)
    page.get_by_role("button", name="Dark").click()
    dark = page.evaluate(colour)
    assert dark != light
    page.goto("/articles")
    assert page.evaluate(colour) == dark
    assert page.get_by_role("button", name="Dark").get_attribute("aria-pressed") == "true"
