"""An explorer that runs, a record of real-looking and of hostile articles, and a browser without a window."""

from __future__ import annotations

import base64
import contextlib
import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.explore.browser.articles import articles

from onrecord.cluster.linker import Linker
from onrecord.explore import Settings, make_app
from onrecord.pipeline import Coder
from onrecord.store import Record, open_record

CHROMIUM = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
SCREENSHOTS = os.environ.get("ONRECORD_SCREENSHOTS")
"""A folder for a picture of each page: ``ONRECORD_SCREENSHOTS=docs/images/explorer pytest tests/explore/browser``."""
WIDE = {"width": 1280, "height": 900}
TOKEN = "open sesame"


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if path is None:
        pytest.skip("there is no Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"])
        yield started
        started.close()


@pytest.fixture(scope="package")
def real(learned: Coder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """A record that the coder and the linker made, as users have them."""
    with open_record(tmp_path_factory.mktemp("browser") / "r.db") as record:
        record.add(list(articles()), learned, linker=Linker())
        yield record


@pytest.fixture(scope="package")
def site(real: Record) -> Iterator[str]:
    """Where an explorer of that record listens."""
    with served(make_app(real, Settings(write=True, token=TOKEN))) as address:
        yield address


@contextlib.contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """An application behind a real server, by its address."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(40)


class Watch:
    """What a browser complains of: messages in the console, scripts that fail, and whatever it was refused."""

    def __init__(self, context: BrowserContext) -> None:
        self.complaints: list[str] = []
        context.on("console", lambda m: self.complaints.append(f"{m.type}: {m.text}") if m.type in ("error", "warning") else None)
        context.on("weberror", lambda e: self.complaints.append(f"script: {e.error}"))
        context.on("requestfailed", lambda r: self.complaints.append(f"request: {r.url} {r.failure}") if r.failure != "net::ERR_ABORTED" else None)
        context.on("request", lambda r: self.complaints.append(f"elsewhere: {r.url}") if urlsplit(r.url).hostname not in ("127.0.0.1", None) else None)


@pytest.fixture
def context(browser: Browser, site: str) -> Iterator[BrowserContext]:
    """A browser that has never been here; the test fails where it complains of anything."""
    made = browser.new_context(base_url=site, viewport=WIDE, color_scheme="light", reduced_motion="reduce")
    made.set_default_timeout(10_000)
    watch = Watch(made)
    yield made
    made.close()
    assert watch.complaints == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def picture(page: Page, name: str) -> None:
    """Keep a picture of a page (WebP, small) where pictures are asked for."""
    if SCREENSHOTS:
        page.wait_for_timeout(600)  # charts and maps are drawn once the page is painted
        session = page.context.new_cdp_session(page)
        taken = session.send("Page.captureScreenshot", {"format": "webp", "quality": 60})
        session.detach()
        Path(SCREENSHOTS).mkdir(parents=True, exist_ok=True)
        (Path(SCREENSHOTS) / f"{name}.webp").write_bytes(base64.b64decode(taken["data"]))
