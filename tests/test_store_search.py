"""Search, and how events are spread and texts are copied, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.store_samples import SampleCoder, an_article

from onrecord.cluster.linker import Linker
from onrecord.records import Article
from onrecord.store import QueryError, Record, open_record

COPY = "Dockers in Harbin Bay laid down their tools on Friday after talks on pay broke down once more, and ferries to the islands stayed in port all day. " * 6


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """Nine articles with a strike each, and one text that three outlets print under two headlines."""
    if request.param == "sqlite":
        where: str | Path = tmp_path_factory.mktemp("search") / "r.db"
    else:
        new_database: Callable[[], str] = request.getfixturevalue("module_database")
        where = new_database()
    told = (("w1", "Fjord Wire", "2022-05-06", "Dockers walk out"), ("w2", "Lake Post", "2022-05-07", "Dockers walk out"))
    copies = [
        Article.make(COPY, id=id, title=title, publisher=outlet, published=day) for id, outlet, day, title in (*told, ("w3", None, "2022-05-08", "Dockers out"))
    ]
    with open_record(where) as made:
        made.add([*(an_article(n) for n in range(9)), *copies], SampleCoder(), linker=Linker())
        yield made


def said(parts: list[dict[str, object]]) -> list[object]:
    """What is highlighted."""
    return [p["text"] for p in parts if p["hit"]]


def test_a_search_shows_the_words_it_found(record: Record) -> None:
    found = record.search(text="ferries", limit=2)
    assert (found.counted, found.all) == (3, True)
    assert all(str(w).lower() == "ferries" for row in found.hits for w in said(row["passage"]))
    assert "".join(p["text"] for p in record.search(text="dockers").hits[0]["headline"]).startswith("Dockers")
    assert said(record.search(text="docker walk").hits[0]["headline"]) == ["Dockers", "walk"]


def test_what_hits_have_in_common_is_counted_over_all_of_them(record: Record) -> None:
    facets = record.search(text="strike", limit=1).facets
    assert facets["publisher"] == [{"value": "The Gazette", "name": "The Gazette", "count": 9}]
    assert sum(v["count"] for v in facets["period"]) == 9
    assert {v["name"]: v["count"] for v in facets["type"]}["ASSAULT"] == 9
    some = facets["actor"][0]
    assert record.search(text="strike", actor=some["value"]).counted == some["count"]


def test_pages_of_a_search_hold_each_hit_once(record: Record) -> None:
    seen, after = [], None
    while True:
        hits = record.search(text="strike", limit=4, after=after, order="latest").hits
        seen += [(r["published"], r["id"]) for r in hits]
        after = hits.next
        if after is None:
            break
    assert len(seen) == len(set(seen)) == 9
    assert [day for day, _ in seen] == sorted((day for day, _ in seen), reverse=True)


def test_a_search_without_a_word_is_refused(record: Record) -> None:
    with pytest.raises(QueryError, match="word"):
        record.search(text="-ferries")
    with pytest.raises(QueryError, match="words"):
        record.search(publisher="Lake Post")


def test_filters_of_a_search_hold_together(record: Record) -> None:
    assert [r["id"] for r in record.search(text="dockers", publisher="lake post").hits] == ["w2"]
    assert record.search(text="dockers", since="2022-05-07").counted == 2
    assert record.search(text="dockers", type="assault").counted == 0


def test_days_count_the_events_that_the_list_has(record: Record) -> None:
    days = record.events_by_day()
    listed = [e for e in record.events() if e["date"] and e["date"]["precision"] == "day"]
    assert sum(d["count"] for d in days) == len(listed) > 0
    assert [d["day"] for d in days] == sorted({e["date"]["value"][:10] for e in listed})


def test_places_count_the_events_that_have_one(record: Record) -> None:
    places = record.events_by_place()
    placed = record.placed()
    assert sum(p["count"] for p in places) == len(placed)
    assert all(e["place"]["lat"] is not None for e in placed)
    assert len(record.events_by_place(place="Nowhere")) == 0


def test_an_outlet_is_credited_with_what_it_printed_first(record: Record) -> None:
    rows = {r["publisher"]: r for r in record.outlets()}
    assert rows["Fjord Wire"] == {"publisher": "Fjord Wire", "articles": 1, "origins": 1, "first": 1, "copies": 0}
    assert rows["Lake Post"]["copies"] == rows[None]["copies"] == 1
    assert rows["The Gazette"]["articles"] == 9
    assert record.copied_by("Lake Post").rows == ({"publisher": "Fjord Wire", "copies": 1},)
    assert record.copied_by("Fjord Wire").rows == ()


def test_a_text_has_all_its_copies_the_first_first(record: Record) -> None:
    origin = record.search(text="ferries").hits[0]["origin"]
    found = record.origin(origin)
    assert found is not None
    assert [(r["id"], r["first"]) for r in found[1]] == [("w1", True), ("w2", False), ("w3", False)]
    assert record.origin("or-none") is None


def test_whom_an_outlet_quotes_is_counted(record: Record) -> None:
    quoted = record.quoted_by("The Gazette", limit=2).rows
    assert len(quoted) == 2
    assert quoted[0]["quotes"] >= quoted[1]["quotes"] > 0


def test_what_was_added_last_comes_first(record: Record) -> None:
    assert [r["id"] for r in record.added(limit=2)] == ["w3", "w2"]
    assert str(record.last_day()) == "2022-09-18"
