"""What readers come for, from one page to the next."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
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


@needs("/event", "/stands")
def test_who_has_not_been_found_to_react_is_found_from_an_event(page: Page, real: Record) -> None:
    page.goto(address("/event", real))
    page.get_by_role("link", name="Each holder's latest, and of whom nothing is found").click()
    page.wait_for_url("**/stands?event=*")
    expect(page.get_by_role("heading", name="No statement found")).to_have_count(0)
    page.get_by_label("How sure").select_option("broad")
    page.get_by_label("G7", exact=True).check()
    page.get_by_label("An actor, by name or id, or a country's code").fill("Mexico")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**body=G7*")
    missing = page.get_by_role("region", name="No statement found")
    said = missing.inner_text()
    assert re.search(r"in \d+ articles of \d+ outlets from \d+ \w+ \d{4} up to \d+ \w+ \d{4}", said)
    assert "That somebody has said nothing can't be known from here." in said
    silent = {name.split("\n")[0].removesuffix(" not in this record") for name in missing.get_by_role("listitem").all_inner_texts()}
    assert {"France", "Japan", "Canada"} <= silent
    found = page.get_by_role("region", name="Statements found")
    assert "Mexico" not in silent, "somebody who spoke is said to have been silent"
    expect(found.get_by_role("heading", name="Mexico")).to_be_visible()
    page.get_by_text("Others who spoke in those days").click()
    page.get_by_role("checkbox", name="Mexico").first.uncheck()
    page.get_by_role("button", name="Show").click()
    page.wait_for_url(lambda url: "holder=Mexico" not in url)
    with page.expect_download() as taken:
        page.get_by_role("link", name="as a workbook").click()
    assert taken.value.suggested_filename.endswith(".xlsx")
