"""An article in a browser: findings by key and click, filters at once, and what an address leads to."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

ARTICLE = "/article?id=expulsion-a&point=broad"


@pytest.fixture
def article(page: Page) -> Page:
    page.goto(ARTICLE)
    expect(page.locator(".keys")).to_be_visible()
    return page


def chosen(page: Page) -> str:
    """The finding that is chosen, by id."""
    return page.locator(".finding.chosen").get_attribute("data-id") or ""


def test_keys_lead_from_finding_to_finding_and_to_reasons(article: Page) -> None:
    ids = article.locator(".finding").evaluate_all("found => found.map(f => f.dataset.id)")
    for key, n in (("n", 0), ("j", 1), ("n", 2), ("p", 1), ("k", 0)):
        article.keyboard.press(key)
        assert chosen(article) == ids[n]
        assert article.evaluate("location.hash") == f"#{ids[n]}"
        assert article.evaluate("document.activeElement.classList.contains('mark')")
    article.keyboard.press("Enter")
    expect(article.locator(".finding.chosen details[open] .reasons")).to_contain_text("made by rule")
    article.keyboard.press("Escape")
    assert article.evaluate("document.activeElement.classList.contains('mark')")


def test_the_keys_can_be_turned_off(article: Page) -> None:
    article.locator(".keys input").uncheck()
    article.keyboard.press("n")
    assert article.locator(".finding.chosen").count() == 0
    article.reload()
    expect(article.locator(".keys input")).not_to_be_checked()


def test_filters_hold_at_once_and_stand_in_the_address(article: Page) -> None:
    for kind in ("event", "quotation"):
        article.locator(f"input[name=kind][value={kind}]").uncheck()
    expect(article.locator(".finding.event")).to_have_count(0)
    expect(article.locator(".finding.quotation")).to_have_count(0)
    assert article.locator(".finding.position").count() > 0
    assert "kind=position" in article.url
    article.reload()
    assert article.locator(".finding.quotation").count() == 0


def test_a_mark_that_is_clicked_chooses_its_card_and_the_card_its_mark(article: Page) -> None:
    mark = article.locator("a.mark").first
    mark.click()
    assert f"card-{chosen(article)}" == (mark.get_attribute("href") or "")[1:]
    article.locator(".finding blockquote a").last.click()
    assert chosen(article) == article.locator(".finding:has(blockquote)").last.get_attribute("data-id")


def test_an_address_leads_to_a_finding_that_the_filters_leave_out(article: Page) -> None:
    position = article.locator(".finding.position").first.get_attribute("data-id")
    article.goto(f"/article?id=expulsion-a&kind=time#{position}")
    expect(article.locator(".finding.chosen")).to_have_attribute("data-id", position or "")


def test_a_citation_is_copied(article: Page) -> None:
    article.context.grant_permissions(["clipboard-read", "clipboard-write"])
    card = article.locator(".finding.quotation").first
    card.locator("details.why summary").click()
    said = card.locator("[data-copy]").inner_text().strip()
    card.get_by_role("button", name="Copy the citation").click()
    expect(card.get_by_role("button", name="Copied")).to_be_visible()
    assert article.evaluate("navigator.clipboard.readText()") == said
    assert re.search(r"SHA-256 of the text [0-9a-f]{64}", said)
