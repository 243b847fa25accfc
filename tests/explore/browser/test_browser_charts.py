"""Charts and the map in a browser: they say what the table beside them says, and are reached and narrowed as they tell."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect


def test_a_mark_of_a_chart_says_what_it_is_and_leads_there(page: Page) -> None:
    page.goto("/")
    bars = page.locator("[data-chart] a[tabindex]")
    expect(bars.first).to_be_attached()
    rows = page.locator(".chart table tbody tr")
    assert bars.count() == rows.count()
    page.locator('[data-chart] a[tabindex="0"]').focus()
    said = page.locator("[data-chart] .pointed")
    last = said.inner_text()
    page.keyboard.press("Home")
    assert bars.count() == 1 or said.inner_text() != last
    assert re.fullmatch(r"\d+ \w+ \d{4}: \d+ events", said.inner_text())
    page.keyboard.press("Enter")
    page.wait_for_url("**/events?since=*")


def test_the_map_draws_the_places_of_its_table(page: Page) -> None:
    page.goto("/map?point=broad")
    marks = page.locator("[data-map] a[tabindex]")
    expect(marks.first).to_be_attached()
    page.get_by_text("The places as a table").click()
    rows = page.locator("#shown tbody tr")
    assert marks.count() == rows.count()
    assert page.locator("[data-map] .border.disputed").get_attribute("d")
    page.locator('[data-map] a[tabindex="0"]').focus()
    most = page.locator("[data-map] .pointed").inner_text()
    assert most.startswith(rows.first.locator("th").inner_text())
    page.keyboard.press("ArrowRight")
    assert marks.count() == 1 or page.locator("[data-map] .pointed").inner_text() != most


def test_dragging_over_the_timeline_narrows_map_list_form_and_address(page: Page) -> None:
    page.goto("/map?point=broad")
    area = page.locator("[data-brush] .overlay")
    expect(area).to_be_attached()
    area.scroll_into_view_if_needed()
    box = area.bounding_box()
    assert box is not None
    at = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.5, at)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.8, at, steps=4)
    page.mouse.up()
    expect(page.locator("#f-since")).to_have_value(re.compile(r"\d{4}-\d\d-\d\d"))
    page.wait_for_url("**/map?point=broad&since=*&until=*")
    narrowed = page.url
    told = page.locator("#found").inner_text()
    page.goto(narrowed)
    assert page.locator("#found").inner_text() == told
