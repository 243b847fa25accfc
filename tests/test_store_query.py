"""Asking a record. Every test runs on SQLite and, where there is a server, on PostgreSQL."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path

import polars
import pytest
from tests.store_samples import SampleCoder, an_article

from onrecord.records import Article
from onrecord.store import EventRow, Links, Member, QueryError, Record, open_record
from onrecord.store.opening import writing
from onrecord.store.query import listing


@pytest.fixture(params=["sqlite", "postgresql"], scope="module")
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """Twelve articles: number n is of one of four states, four cities and three years."""
    where = str(tmp_path_factory.mktemp("record") / "r.db") if request.param == "sqlite" else request.getfixturevalue("module_database")()
    with open_record(where) as opened:
        opened.add(twelve(), SampleCoder("0"))
        opened.add(twelve(), SampleCoder())  # what is superseded must never be found
        yield opened


def twelve() -> list[Article]:
    last = [an_article(10, words="A “marathon” emergency. ", publisher="Daily Ledger"), an_article(11, day="2022-05")]
    return [an_article(n) for n in range(10)] + last


def said(value: object) -> str:
    """What a test is called by: a set has no order of its own, and two processes must call it the same."""
    return str(sorted(value)) if isinstance(value, set) else str(value)


def ids(table: object) -> set[str]:
    return {m for row in table for m in [row["article"]]}  # type: ignore[attr-defined]


def articles_of(table: object) -> set[str]:
    return {a for row in table for origin in row["origins"] for a in origin["articles"]}  # type: ignore[attr-defined]


# Events


def test_an_event_has_what_is_known_of_it(record: Record) -> None:
    (row,) = record.events(article="a1")
    assert row["type"] == "ASSAULT"
    assert row["date"] == {"value": "2021-02-11", "end": None, "precision": "day", "reason": "in_sentence"}
    assert row["place"] == {"name": "Lower Vale", "country": "NOR", "geonameid": 7, "lat": 1.25, "lon": -2.5}
    assert row["title"] == "Sudmark struck Ostia near Lower Vale on Monday, killing 3."
    assert [(a["name"], a["id"], a["role"]) for a in row["actors"]] == [("Sudmark", "SUD.GOV", "actor"), ("Ostia", "OST.GOV", "recipient")]
    assert row["magnitudes"] == [{"what": "killed", "low": 3.0, "high": 3.0, "unit": None}]
    assert row["origins"] == [{"id": "a1", "articles": ["a1"], "publishers": ["The Gazette"]}]
    assert [(p["holder"], p["act"], p["stance"]) for p in row["positions"]] == [("Westrum", "condemn", "oppose")]


def test_events_come_latest_first(record: Record) -> None:
    days = [row["date"]["value"] for row in record.events()]
    assert days == sorted(days, reverse=True)
    assert len(days) == 12


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"actor": "NOR.GOV"}, {0, 4, 8, 3, 7, 11}),
        ({"actor": "norland"}, {0, 4, 8, 3, 7, 11}),
        ({"source": "norland"}, {0, 4, 8}),
        ({"target": "NOR.GOV"}, {3, 7, 11}),
        ({"source": "NOR.GOV", "target": "OST.GOV"}, set()),
        ({"source": "NOR.GOV", "target": "SUD.GOV"}, {0, 4, 8}),
        ({"source": "NOR.GOV", "target": "nobody"}, set()),
        ({"story": "none"}, set()),
        ({"country": "NOR", "sector": "GOV"}, {0, 4, 8, 3, 7, 11}),
        ({"country": ["NOR", "OST"], "place": "old mill"}, {2, 6, 10}),
        ({"type": "assault", "place": "Pike Hill"}, {3, 7, 11}),
        ({"type": "ELECTION"}, set()),
        ({"publisher": "daily ledger"}, {10}),
        ({"since": "2022", "until": "2022-05-20"}, {2, 11}),
        ({"since": "2022-05-31", "until": "2022-05-31"}, {11}),
        ({"since": "2020-01-01", "until": "2020-12-31"}, {0, 3, 6, 9}),
        ({"text": "marathon"}, {10}),
        ({"text": '"marathon emergencies"'}, {10}),
        ({"text": "strike -marathon", "place": "Old Mill"}, {2, 6}),
        ({"text": "marathon OR westrum", "place": "Old Mill"}, {2, 6, 10}),
        ({"min_confidence": 0.9}, set()),
        ({"article": ["a1", "a2"], "place": "NOR"}, {1, 2}),
    ],
    ids=said,
)
def test_events_by(record: Record, wanted: dict[str, object], found: set[int]) -> None:
    assert articles_of(record.events(**wanted)) == {f"a{n}" for n in found}


FREQUENT = ({"actor": "NOR.GOV"}, {"actor": ["NOR.GOV", "OST.GOV"]}, {"country": "OST"}, {"text": "strike"}, {"publisher": "The Gazette"})
MORE = {
    "events": ({}, {"min_confidence": 0.5}, {"type": "ASSAULT"}, {"since": "2021", "until": "2021-12-31"}, {"min_confidence": 0.9}),
    "positions": ({}, {"min_confidence": 0.5}, {"act": "condemn"}, {"about": "NOR.GOV"}),
    "quotes": ({}, {"min_confidence": 0.5}),
    "articles": ({}, {"since": "2021", "until": "2021-12-31"}),
}


@pytest.mark.parametrize("wanted", FREQUENT, ids=str)
@pytest.mark.parametrize(("room", "more"), [(room, more) for room, some in MORE.items() for more in some], ids=str)
def test_rows_of_what_is_in_very_many_are_the_same(
    record: Record, monkeypatch: pytest.MonkeyPatch, room: str, wanted: dict[str, object], more: dict[str, object]
) -> None:
    find = getattr(record, room)
    listed = find(**wanted, **more, limit=4)
    monkeypatch.setattr("onrecord.store.query.walking.decisive", lambda *_: 0)
    walked = find(**wanted, **more, limit=4)
    assert (walked.rows, walked.next) == (listed.rows, listed.next)


# Positions, quotations, actors, articles


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"actor": "OST.GOV"}, {0, 4, 8}),
        ({"country": "OST", "stance": "oppose", "act": "condemn"}, {0, 4, 8}),
        ({"stance": "support"}, set()),
        ({"type": "ASSAULT", "place": "Harbin Bay"}, {0, 4, 8}),
        ({"since": "2021", "until": "2021"}, {1, 4, 7, 10}),
        ({"text": "marathon"}, {10}),
    ],
    ids=said,
)
def test_positions_by(record: Record, wanted: dict[str, object], found: set[int]) -> None:
    assert ids(record.positions(**wanted)) == {f"a{n}" for n in found}


def test_a_position_names_its_words(record: Record) -> None:
    (row,) = record.positions(article="a1")
    assert row["holder"] == {"name": "Westrum", "id": "WES.GOV", "country": "WES", "sector": "GOV"}
    assert row["object"]["text"] == "the strike"
    text = an_article(1).text
    assert text[row["evidence"]["start"] : row["evidence"]["end"]] == row["evidence"]["text"] == "Westrum condemned the strike."
    assert row["object"]["event_id"] == record.events(article="a1")[0]["id"]


def test_positions_on_a_mention(record: Record) -> None:
    mention = record.events(article="a4")[0]["id"]
    assert ids(record.positions(event=mention)) == {"a4"}


def test_quotes_by_speaker(record: Record) -> None:
    assert ids(record.quotes(actor="Ostia", type="direct")) == {"a0", "a4", "a8"}
    assert ids(record.quotes(country="OST", type="indirect")) == set()
    (row,) = record.quotes(article="a0")
    assert (row["speaker"]["name"], row["content"]["text"]) == ("Ostia", "“This so-called operation must end,”")


def test_actors_are_counted(record: Record) -> None:
    rows = list(record.actors())
    assert [(r["id"], r["articles"]) for r in rows] == [(f"{s}.GOV", 9) for s in ("NOR", "OST", "SUD", "WES")]
    assert [r["events"] for r in rows] == [6, 6, 6, 6]
    assert [r["positions"] for r in rows] == [3, 3, 3, 3]
    assert [r["id"] for r in record.actors(country="OST")] == ["OST.GOV"]
    assert {r["articles"] for r in record.actors(text="marathon")} == {1}


def test_articles_are_listed_with_what_is_in_them(record: Record) -> None:
    assert {r["id"] for r in record.articles(actor="WES.GOV", place="Lower Vale")} == {"a1", "a5", "a9"}
    (row,) = record.articles(text="marathon")
    assert (row["id"], row["events"], row["positions"], row["quotes"], row["coder"]) == ("a10", 1, 1, 1, SampleCoder().name)


# Pages, formats, mistakes


@pytest.mark.parametrize("what", ["events", "positions", "quotes", "actors", "articles"])
def test_pages_together_are_the_whole(record: Record, what: str) -> None:
    ask: Callable[..., object] = getattr(record, what)
    whole = [row["id"] for row in ask()]  # type: ignore[attr-defined]
    paged: list[str] = []
    after = None
    while True:
        table = ask(limit=5 if what != "actors" else 3, after=after)
        paged += [row["id"] for row in table]  # type: ignore[attr-defined]
        after = table.next  # type: ignore[attr-defined]
        if after is None:
            break
    assert paged == whole


def test_a_table_is_arrow(record: Record) -> None:
    table = record.events()
    frame = polars.DataFrame(table)
    assert frame["date"].struct.field("value").to_list() == [row["date"]["value"] for row in table]
    assert frame.schema == table.to_polars().schema == record.events(type="ELECTION").to_polars().schema


def test_a_flat_table_has_plain_values(record: Record) -> None:
    (row,) = record.events(article="a1").flat()
    assert (row["date"], row["date_precision"], row["place"], row["place_country"]) == ("2021-02-11", "day", "Lower Vale", "NOR")
    assert (row["actors"], row["actors_id"]) == ("Sudmark; Ostia", "SUD.GOV; OST.GOV")
    assert (row["positions"], row["positions_holder"], row["origins"]) == (1, "Westrum", 1)
    (position,) = record.positions(article="a1").flat()
    assert (position["holder"], position["holder_id"], position["object"], position["said"]) == ("Westrum", "WES.GOV", "the strike", "2021-02-11")


@pytest.mark.parametrize(
    ("what", "wanted", "says"),
    [
        ("events", {"stance": "oppose"}, "can't be filtered by stance"),
        ("events", {"since": "last year"}, "no date"),
        ("articles", {"text": "…"}, "no word"),
        ("articles", {"text": "-strike"}, "no word"),
        ("events", {"after": "rubbish!"}, "no cursor"),
        ("actors", {"after": "WyIyMDIwLTAxLTAxIiwgImEiXQ"}, "no cursor"),
        ("events", {"limit": 0}, "positive"),
    ],
)
def test_what_cannot_be_asked_is_said(record: Record, what: str, wanted: dict[str, object], says: str) -> None:
    with pytest.raises(QueryError, match=says):
        getattr(record, what)(**wanted)


def test_an_unknown_actor_is_noted_with_those_alike(record: Record) -> None:
    table = record.positions(actor="orland")
    assert (len(table), table.notes) == (0, ("the record has no actor 'orland': there are Norland (NOR.GOV)",))


@pytest.mark.parametrize("text", ["(strike", "strike*", "a:b", "NEAR(strike", "it's", "strike AND", 'un"balanced', "‘odd’ — marks", "x'y\\"])
def test_no_text_breaks_the_search(record: Record, text: str) -> None:
    assert len(record.articles(text=text)) in range(13)


@pytest.mark.parametrize("text", ['"', "%", "— …", "OR", "()", "_", "'; --"])
def test_a_search_for_no_word_is_refused(record: Record, text: str) -> None:
    with pytest.raises(QueryError, match="no word"):
        record.articles(text=text)


# One finding, and SQL


def test_a_finding_comes_with_its_report(record: Record) -> None:
    id = record.events(article="a3")[0]["id"]
    found = record.finding(id[:9])
    assert found is not None
    body, room, finding = found
    assert (body["article"]["id"], body["article"]["text"], room, finding["id"]) == ("a3", an_article(3).text, "events", id)
    assert finding["reason"] == "sample.strike|v1"  # the current one
    assert record.finding("ev-nowhere") is None
    with pytest.raises(QueryError, match="several"):
        record.finding("ev-")


def test_sql_reads(record: Record) -> None:
    table = record.sql("SELECT type, count(*) AS n, 1 AS n FROM event_mentions WHERE current GROUP BY type")
    assert list(table) == [{"type": "ASSAULT", "n": 12, "n_2": 1}]
    assert table.to_polars().shape == (1, 3)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM articles",
        "SELECT 1; DROP TABLE events",
        "UPDATE articles SET title = ''",
        "CREATE TABLE t (x int)",
        "ATTACH 'other.db' AS other",
        "SELEKT",
        "",
    ],
)
def test_sql_changes_nothing(record: Record, statement: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(QueryError):
        record.sql(statement)
    assert len(record.articles()) == 12
    assert list(tmp_path.iterdir()) == []


def test_the_articles_of_actors_are_counted_ahead_as_they_are(tmp_path: Path) -> None:
    with open_record(tmp_path / "r.db") as record:
        record.add(twelve(), SampleCoder("0"))
        record.add(twelve(), SampleCoder())
        record.forget(["a3", "a4"])
        for wanted in ({}, {"country": "NOR"}, {"type": "state"}):
            ahead, counted = record.actors(**wanted), record.actors(since="1900", **wanted)  # all articles, by looking at each
            assert list(ahead) == list(counted)
            assert len(ahead) > 0
        first = record.actors(limit=2)
        assert [r["id"] for r in first] + [r["id"] for r in record.actors(after=first.next)] == [r["id"] for r in record.actors()]


def test_actors_of_very_many_articles_are_counted_in_those_added_last(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "LOOKED_AT", 4)
    table = record.actors(text="condemned", limit=3)
    assert max(r["articles"] for r in table) <= 4
    assert "4 articles" in table.notes[-1]
    assert record.actors(text="condemned")[0]["articles"] > 4


# Across articles


def test_linked_mentions_are_one_event(tmp_path: Path) -> None:
    with open_record(tmp_path / "r.db") as record:
        record.add(twelve(), SampleCoder())
        mentions = {row["mentions"][0]: articles_of([row]) for row in record.events(place="Old Mill")}
        with writing(record.engine) as connection:
            links = Links(connection, "2024-01-01T00:00:00Z")
            day = datetime.date(2022, 3, 12)
            links.save([EventRow(id="event-1", type="ASSAULT", title="A strike", date="2022-03-12", date_precision="day", date_from=day, date_to=day)])
            links.assign("event-1", [Member(mention_id=m) for m in mentions])
            links.group("origin", "origin-1", ["a2", "a6"])
        assert len(record.events()) == 10
        (row,) = record.events(text="marathon")
        assert (row["id"], row["title"], len(row["mentions"])) == ("event-1", "A strike", 3)
        assert [(o["id"], o["articles"]) for o in row["origins"]] == [("origin-1", ["a2", "a6"]), ("a10", ["a10"])]
        assert len(row["positions"]) == 3
        assert ids(record.positions(event="event-1")) == {"a2", "a6", "a10"}
        record.add(twelve(), SampleCoder("2"))  # coding anew keeps what is found again in its event
        assert ids(record.positions(event="event-1")) == {"a2", "a6", "a10"}
        record.forget(["a2", "a6", "a10"])
        assert len(record.events()) == 9
        assert record.sql("SELECT id FROM events").rows == ()


def test_more_than_is_to_be_counted_is_no_number(record: Record) -> None:
    whole = {row["id"]: row for row in record.actors()}
    bounded = {row["id"]: row for row in record.actors(most=3)}
    for id, row in bounded.items():
        for what in ("events", "positions", "quotes"):
            assert row[what] == (whole[id][what] if whole[id][what] <= 3 else None)
    assert any(row["events"] is None for row in bounded.values())
