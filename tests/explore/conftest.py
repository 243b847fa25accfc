"""A record and an explorer on it, that the tests of the pages share; what writes makes its own."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient
from tests.store_samples import SampleCoder, an_article

from onrecord.cluster.linker import Linker
from onrecord.explore import Settings, make_app
from onrecord.store import EventRow, Links, Member, Record, open_record

HTML = {"accept": "text/html"}
HOSTILE = "<script>alert(1)</script> \u202egnihtyna\u202c \u200b“”"


@pytest.fixture(scope="session")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """Twelve articles on strikes, one of them with hostile words."""
    with open_record(tmp_path_factory.mktemp("explore") / "r.db") as record:
        record.add([an_article(n, words=HOSTILE if n == 7 else "") for n in range(12)], SampleCoder(), linker=Linker())
        yield record


@pytest.fixture(scope="session")
def explorer(shown: Record) -> TestClient:
    """An explorer that reads."""
    return TestClient(make_app(shown), base_url="http://localhost", headers=HTML, raise_server_exceptions=False)


@pytest.fixture(scope="session")
def writing(shown: Record) -> TestClient:
    """An explorer that may write for whoever has the token."""
    return TestClient(make_app(shown, Settings(write=True, token="open sesame")), base_url="http://localhost", raise_server_exceptions=False)


class Joining:
    """Joins what the sample coder finds in articles a0, a4 and a1 to one event, and a2 to a wider one; a5 stays alone."""

    def link(self, links: Links) -> None:
        """Make the events."""
        waiting = links.unlinked()
        strikes = {w.article.id: w.report.events[0].id for w in waiting}
        day = datetime.date(2021, 3, 8)
        dated = {"date": "2021-03-08", "date_precision": "day", "date_from": day, "date_to": day + datetime.timedelta(days=1)}
        at = {"place_name": "Harbin Bay", "place_country": "NOR", "place_lat": 1.25, "place_lon": -2.5, "place_precision": "city"}
        versions = [{"value": "2..2", "articles": ["a0"], "text": "2"}, {"value": "6..", "articles": ["a4"], "text": "at least 6"}]
        links.save([
            EventRow(id="event-wide", type="MOBILIZE", title="The war", status="reported by 1 origin"),
            EventRow(
                id="event-a",
                type="ASSAULT",
                title="Strike near Harbin Bay",
                status="reported by 3 origins",
                confidence=0.85,
                **dated,
                **at,
                disagreements=[{"what": "killed", "versions": versions}],
                part_of="event-wide",
            ),
            EventRow(id="event-old", type="ASSAULT", merged_into="event-a"),
        ])  # fmt: skip
        links.assign("event-a", [Member(mention_id=strikes[id]) for id in ("a0", "a4", "a1")])
        links.assign("event-wide", [Member(mention_id=strikes["a2"])])
        links.log("made", "event-a")
        links.log("merged", "event-a", ["event-old"])
        links.done(strikes)


@pytest.fixture(scope="session")
def joined(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """Five articles with two events across them; Ostia (twice) and Westrum condemn one of these."""
    told = {0: ("2021-03-08", "Fjord Wire", ""), 4: ("2021-03-09", "Lake Post", HOSTILE), 1: ("2021-03-10", "Lake Post", "")}
    articles = [an_article(n, day=day, publisher=outlet, words=words) for n, (day, outlet, words) in told.items()]
    with open_record(tmp_path_factory.mktemp("joined") / "r.db") as record:
        record.add([*articles, an_article(2, day="2021-03-12"), an_article(5, day="2021-04-20")], SampleCoder(), linker=Joining())
        yield record


@pytest.fixture(scope="session")
def joint(joined: Record) -> TestClient:
    """An explorer that reads those."""
    return TestClient(make_app(joined), base_url="http://localhost", headers=HTML, raise_server_exceptions=False)
