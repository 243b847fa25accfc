"""When a page of the explorer shows its first words: ``python -m benchmarks.paint RECORD.db [--rounds 5]``.

Each page is opened in a browser without a window that has never been there, so that nothing is kept from an earlier page, and is asked by the
browser's own account (Paint Timing, W3C: https://www.w3.org/TR/paint-timing/) when it painted its first text, when it was ready, and how
much was sent for it. The server's answer is remembered as in use: the first round, which finds nothing remembered, is told apart.
"""

from __future__ import annotations

import argparse
import shutil
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks.explore import addresses, served

CHROMIUM = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
ASKED = """() => {
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  const page = performance.getEntriesByType("navigation")[0];
  const parts = [page, ...performance.getEntriesByType("resource")];
  return {paint: paint ? paint.startTime : null, answered: page.responseEnd, ready: page.domContentLoadedEventEnd,
          bytes: parts.reduce((sum, part) => sum + part.transferSize, 0)};
}"""
PATIENCE = 20
"""Seconds within which a page is painted at all."""
BOUND = 1_000
"""Milliseconds within which a page should show its first words."""


def painted(browser: Browser, address: str) -> dict[str, float]:
    """How long one visit took, in milliseconds from its start, by a browser that has never been there.

    Args:
        browser: a browser that runs.
        address: of the page.

    Returns:
        ``paint`` (the first text or picture), ``answered`` (the page's last byte), ``ready``, and ``bytes``, all that was sent.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    try:
        page = context.new_page()
        page.goto(address, wait_until="load")
        until = time.monotonic() + PATIENCE
        while True:
            found: dict[str, float] = page.evaluate(ASKED)
            if found["paint"] is not None or time.monotonic() > until:
                return found
            page.wait_for_timeout(20)
    finally:
        context.close()


def main() -> None:
    """Open each page several times and print how long it took."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("record", type=Path)
    asked.add_argument("--rounds", type=int, default=5, help="visits of each page, each of another address where there are several")
    given = asked.parse_args()
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if path is None:
        raise SystemExit("there is no Chromium: apt-get install chromium")
    pages = {name: some for name, some in addresses(given.record).items() if not name.endswith(".json") and some}
    slow = []
    with served(given.record) as at, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"])
        painted(browser, f"{at}/data")
        print(f"{'page':12} {'first visit':>12} {'median':>8} {'slowest':>8}   answered    ready        sent")
        for name, some in pages.items():
            visits = [painted(browser, at + some[n % len(some)]) for n in range(given.rounds)]
            times = sorted(v["paint"] for v in visits)
            middle = sorted(visits, key=lambda v: v["paint"])[len(visits) // 2]
            slow += [name] if times[-1] > BOUND else []
            told = f"{middle['answered']:8.0f} {middle['ready']:8.0f} {middle['bytes'] / 1000:8.0f} kB"
            print(f"{name:12} {visits[0]['paint']:9.0f} ms {middle['paint']:8.0f} {times[-1]:8.0f}   {told}")
        browser.close()
    print(f"above {BOUND} ms: {', '.join(slow) or 'none'}")


if __name__ == "__main__":
    main()
