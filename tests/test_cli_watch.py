"""``onrecord watch`` and ``onrecord add`` of addresses, as typed."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from tests.feed_site import Site, site
from tests.store_samples import SampleCoder, an_article
from typer.testing import CliRunner, Result

from onrecord import cli
from onrecord.cli import coders, fetching
from onrecord.cli.app import INTERRUPTED, NOTHING_CODED, USED_WRONGLY
from onrecord.read.fetching import Limits
from onrecord.store import open_record

HERE = ("--allow-private", "127.0.0.0/8")


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(cli.app, [str(w) for w in words])


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coders, "Coder", lambda **_: SampleCoder())
    monkeypatch.setattr(fetching, "Limits", partial(Limits, pause=0, seconds=3))


@pytest.fixture
def web() -> Iterator[Site]:
    with site() as made:
        for n in (1, 2):
            made.page(f"127.0.0.1/{n}", f"Strike {n}", an_article(n).text)
        made.feed("127.0.0.1/feed", *(made.item(f"127.0.0.1/{n}", f"Strike {n}") for n in (1, 2)))
        yield made


def test_feeds_of_a_list_are_watched_once(web: Site, tmp_path: Path) -> None:
    (tmp_path / "feeds.opml").write_text(f'<opml><body><outline xmlUrl="{web.at("127.0.0.1/feed")}"/></body></opml>')
    done = run("watch", tmp_path / "feeds.opml", "--db", tmp_path / "r.db", "--once", *HERE)
    assert done.exit_code == 0, done.stderr
    assert "1 poll, 2 new or changed items; 2 added" in done.stderr
    again = run("watch", web.at("127.0.0.1/feed"), "--db", tmp_path / "r.db", "--once", *HERE)
    assert "0 polls; 0 added" in again.stderr


def test_what_is_private_is_not_asked(web: Site, tmp_path: Path) -> None:
    done = run("watch", web.at("127.0.0.1/feed"), "--db", tmp_path / "r.db", "--once")
    assert done.exit_code == NOTHING_CODED
    assert "not on the public internet" in done.stderr
    assert "not on the public internet" in run("add", web.at("127.0.0.1/1"), "--db", tmp_path / "r.db").stderr
    assert web.asked == []


@pytest.mark.parametrize("words", [["nothing.opml"], ["https://a.example/feed", "--allow-private", "here"], ["https://a.example:x/feed"]])
def test_what_can_not_be_meant_is_said(words: list[str], tmp_path: Path) -> None:
    assert run("watch", *words, "--db", tmp_path / "r.db", "--once").exit_code == USED_WRONGLY


def test_ctrl_c_finishes_what_has_begun(web: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Pressing(SampleCoder):
        def pipe(self, articles: object, *, batch_size: int = 16) -> Iterator[object]:  # type: ignore[override]
            os.kill(os.getpid(), signal.SIGINT)
            yield from super().pipe(articles)  # type: ignore[arg-type]

    monkeypatch.setattr(coders, "Coder", lambda **_: Pressing())
    before = signal.getsignal(signal.SIGINT)
    done = run("watch", web.at("127.0.0.1/feed"), "--db", tmp_path / "r.db", *HERE)
    assert done.exit_code == INTERRUPTED
    assert "2 added" in done.stderr
    assert signal.getsignal(signal.SIGINT) is before


def test_pages_are_added_by_their_addresses(web: Site, tmp_path: Path) -> None:
    done = run("add", web.at("127.0.0.1/1?utm_source=x"), web.at("127.0.0.1/gone"), web.at("127.0.0.1/feed"), "--db", tmp_path / "r.db", *HERE)
    assert "1 added, 2 skipped" in done.stderr
    assert "onrecord watch" in done.stderr
    web.page("127.0.0.1/1", "Strike 1", an_article(1, words="More. ").text)
    assert "1 replaced" in run("add", web.at("127.0.0.1/1"), "--db", tmp_path / "r.db", *HERE).stderr
    assert "1 added; 1 as they were" in run("watch", web.at("127.0.0.1/feed"), "--db", tmp_path / "r.db", "--once", *HERE).stderr
    with open_record(tmp_path / "r.db") as record:
        rows = record.sql("SELECT url, retrieved_at FROM articles WHERE current").rows
    assert sorted(r["url"] for r in rows) == [web.at("127.0.0.1/1"), web.at("127.0.0.1/2")]
    assert all(r["retrieved_at"] for r in rows)
