"""What those who may write come for: adding an article and seeing it come, saying that a reading is wrong; by keyboard, and without scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.explore.browser.conftest import TOKEN, WIDE, Watch, served
from tests.store_samples import SampleCoder, an_article

from onrecord.cluster.linker import Linker
from onrecord.explore import Settings, make_app
from onrecord.store import Record, open_record

PATIENCE = 90_000
"""Milliseconds: a process has to start, on a machine that may be busy."""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    with open_record(tmp_path_factory.mktemp("writing") / "r.db") as record:
        record.add([an_article(n) for n in range(3)], SampleCoder(), linker=Linker())
        yield record


@pytest.fixture(scope="module")
def desk(kept: Record) -> Iterator[str]:
    """Where an explorer listens that may write."""
    with served(make_app(kept, Settings(write=True, token=TOKEN, coder=SampleCoder))) as address:
        yield address


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def context(request: pytest.FixtureRequest, browser: Browser, desk: str) -> Iterator[BrowserContext]:
    """A browser that has never been there, with and without scripts; the test fails where it complains of anything."""
    made = browser.new_context(base_url=desk, viewport=WIDE, java_script_enabled=request.param, reduced_motion="reduce")
    made.set_default_timeout(10_000)
    watch = Watch(made)
    yield made
    made.close()
    assert watch.complaints == []


def sign_in(page: Page) -> None:
    page.goto("/sign-in")
    page.get_by_label("The token that the explorer said").fill(TOKEN)
    page.keyboard.press("Enter")
    page.wait_for_url("**/")


def test_a_pasted_text_is_seen_to_come_into_the_record(page: Page, request: pytest.FixtureRequest) -> None:
    sign_in(page)
    page.goto("/add")
    number = 7 if "no scripts" in request.node.name else 6
    page.get_by_label("Text of one article").fill(an_article(number).text)
    page.get_by_label("Headline").fill(f"Strike number {number}")
    page.get_by_role("button", name="Add the text").click()
    page.wait_for_url("**/adding?id=*")
    expect(page.get_by_role("heading", name="In the record")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("link", name=f"Strike number {number}").click()
    page.wait_for_url("**/article?id=*")
    assert f"Strike number {number}" in page.locator("h1").inner_text()


def test_a_reading_is_rejected_by_keyboard_and_shown_again_on_demand(page: Page, kept: Record) -> None:
    sign_in(page)
    page.goto("/positions?point=broad&limit=50")
    rows = page.locator(".row.position")
    before = rows.count()
    review = rows.first.locator("summary", has_text="Review")
    review.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Ana Prieto")
    page.keyboard.press("Tab")
    page.keyboard.type("The text says something else.")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("rejected by review: show")).to_be_visible()
    assert page.locator(".row.position").count() == before - 1
    page.get_by_role("link", name="show", exact=True).click()
    expect(page.locator(".reviewed.rejected").first).to_be_visible()
    assert kept.reviews()[0]["reviewer"] == "Ana Prieto"


def test_a_reading_is_corrected(page: Page, kept: Record) -> None:
    sign_in(page)
    id = kept.positions(article="a1", reviewed="with-rejected")[0]["id"]
    page.goto(f"/review?id={id}&back=/reviews")
    act = page.get_by_label("What the holder does")
    act.select_option("criticise" if act.input_value() == "condemn" else "warn")
    page.get_by_label("Your name").fill("Ben Okri")
    page.get_by_role("button", name="Keep what I corrected").click()
    page.wait_for_url("**/reviews")
    assert "corrected by review by Ben Okri".casefold() in page.locator("main").inner_text().casefold()
