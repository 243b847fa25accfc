"""What readers come for, from one page to the next."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from tests.explore.browser.addresses import address, pages

from onrecord.store import Record


def needs(*paths: str) -> pytest.MarkDecorator:
    missing = set(paths) - set(pages())
    return pytest.mark.skipif(bool(missing), reason=f"there is no page {', '.join(sorted(missing))}")


@needs("/positions", "/article")
def test_from_a_position_to_the_sentence_that_says_it(page: Page) -> None:
    page.goto("/positions")
    page.get_by_label("Holder").fill("Mexico")
    page.get_by_label("Act").select_option("reject")
    page.get_by_role("button", name="Show").click()
    page.locator(".row.position blockquote a").first.click()
    page.wait_for_url("**/article?*")
    marked = page.locator(":target")
    assert marked.count() == 1
    assert "Mexico rejected the expulsion" in page.locator("main").inner_text()
    box = marked.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 900, "the sentence is not in view"


@needs("/event")
def test_two_outlets_are_compared_on_one_event(page: Page, real: Record) -> None:
    page.goto(address("/event", real))
    said = page.locator("main").inner_text()
    assert "Harbour Wire" in said
    assert "Andean Post" in said
    assert "so-called" in said


@needs("/event")
def test_an_event_has_both_sides(page: Page, real: Record) -> None:
    page.goto(address("/event", real))
    said = page.locator("main").inner_text()
    assert "Bolivia" in said
    assert "Mexico" in said
