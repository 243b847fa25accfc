"""Articles that mean harm are shown as what they are: text."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from tests.explore.browser.addresses import pages
from tests.explore.browser.articles import HOSTILE, SCRIPT

from onrecord.explore.templating import to
from onrecord.store import Record

ALIEN = "document.querySelectorAll('main img[src=x], main [onerror], main [onload], main script:not([src])').length"


@pytest.mark.parametrize("path", ["/positions?point=broad&limit=200", "/quotes?point=broad&limit=200", "/articles?limit=200", "/events?point=broad&limit=200"])
def test_in_a_list(page: Page, path: str) -> None:
    page.goto(path)
    assert page.title() != "taken"
    assert page.evaluate(ALIEN) == 0


def test_in_a_filter(page: Page) -> None:
    page.goto(to("/positions", actor=SCRIPT, text='"' + SCRIPT))
    assert page.locator("#f-actor").input_value() == SCRIPT
    assert page.evaluate(ALIEN) == 0


@pytest.mark.skipif("/article" not in pages(), reason="articles have no page")
@pytest.mark.parametrize("id", [id for id, *_ in HOSTILE])
def test_as_a_page(page: Page, real: Record, id: str) -> None:
    answer = page.goto(to("/article", id=id))
    assert answer is not None
    assert answer.status == 200
    assert page.title() != "taken"
    assert page.evaluate(ALIEN) == 0
    page.set_viewport_size({"width": 360, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert page.evaluate("getComputedStyle(document.body).direction") == "ltr"
