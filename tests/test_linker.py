"""The linker on a record: copies, statements; the order of arrival, and what happens when articles change or go."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from sqlalchemy import select

from onrecord.cluster.linker import Linker
from onrecord.pipeline import Coder
from onrecord.records import Article
from onrecord.store import Record, open_record
from onrecord.store.schema import articles, signatories, statement_members

WIRE = (
    "TRONDHEIM, March 9 (Wire) - Norwegian Foreign Minister Ola Berg said the vote in Abkhazia “has no legal force and changes nothing for Norway.” "
    "He spoke after a meeting with envoys of six countries in a hotel by the fjord. The envoys had asked for talks in the spring, and most of them left "
    "before noon. Georgia's embassy thanked the minister in a short note. Fishing crews in the harbour said they had not heard of the meeting at all. "
    "The minister is to travel to Tbilisi in April, and a visit to Sukhumi is not planned, his office said."
)
OTHER = "Swedish farmers asked the government in Stockholm for money on Tuesday. They said that “the winter was long and the fields are still under water.”"
LATER = "OSLO - Foreign Minister Ola Berg of Norway said that the vote “has no legal force and changes nothing for Norway”. Opposition parties agreed with him."


def article(id: str, text: str, day: str = "2021-03-09", publisher: str = "Fjord Post") -> Article:
    return Article.make(text, id=id, published=day, publisher=publisher, title=f"Title of {id}")


SOME = (
    article("a", WIRE),
    article("b", "By our staff\n\n" + WIRE.rsplit(". ", 2)[0] + ".", "2021-03-10", "Lake Courier"),
    article("c", OTHER),
    article("d", LATER, "2021-03-11", "Hill Times"),
)


def added(path: Path, coder: Coder, found: Iterable[Article], *, batch: int = 2) -> Record:
    record = open_record(path)
    record.add(found, coder, linker=Linker(), batch=batch)
    return record


def origins(record: Record) -> set[frozenset[str]]:
    with record.engine.connect() as connection:
        rows = connection.execute(select(articles.c.origin_id, articles.c.id).where(articles.c.current)).all()
    return {frozenset(id for origin, id in rows if origin == o) for o, _ in rows}


def statements(record: Record) -> list[list[str]]:
    """The statements, as the first characters of the articles that carry them."""
    with record.engine.connect() as connection:
        rows = connection.execute(select(statement_members)).all()
        carrying = {}
        for id in [r.id for r in connection.execute(select(articles.c.id))]:
            report = record.report(id)
            carrying |= {a.id: id for a in report.attributions} if report else {}
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(row.statement_id, set()).add(carrying[row.attribution_id])
    return sorted(sorted(ids) for ids in found.values())


def test_copies_are_one_origin_and_one_utterance_one_statement(coder: Coder, tmp_path: Path) -> None:
    record = added(tmp_path / "r.db", coder, SOME)
    assert origins(record) == {frozenset("ab"), frozenset("c"), frozenset("d")}
    assert ["a", "b", "d"] in statements(record)
    with record.engine.connect() as connection:
        assert "NOR.GOV.ola-berg" in set(connection.execute(select(signatories.c.actor_id)).scalars())


@pytest.mark.parametrize("order", ["abcd", "dcba", "bdac"])
@pytest.mark.parametrize("batch", [1, 4])
def test_the_order_of_arrival_changes_nothing(coder: Coder, tmp_path: Path, order: str, batch: int) -> None:
    by_id = {a.id: a for a in SOME}
    record = added(tmp_path / "r.db", coder, [by_id[id] for id in order], batch=batch)
    assert origins(record) == {frozenset("ab"), frozenset("c"), frozenset("d")}
    assert ["a", "b", "d"] in statements(record)


def test_an_article_with_another_text_leaves_its_origin(coder: Coder, tmp_path: Path) -> None:
    record = added(tmp_path / "r.db", coder, SOME)
    record.add([article("b", OTHER, "2021-03-10", "Lake Courier")], coder, linker=Linker())
    assert origins(record) == {frozenset("a"), frozenset("bc"), frozenset("d")}
    assert ["a", "d"] in statements(record)


def test_what_is_forgotten_leaves_nothing_behind(coder: Coder, tmp_path: Path) -> None:
    record = added(tmp_path / "r.db", coder, SOME)
    record.forget("abcd")
    assert statements(record) == []
    with record.engine.connect() as connection:
        for table in ("blocking_keys", "link_notes", "origins", "signatories"):
            assert connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one() == 0, table


# Stories

ELSEWHERE = (
    article("e", "Thousands marched in Gjovik against a new tax on fishing boats. Police in Gjovik said 14 marchers were held near the harbour.", "2021-05-03"),
    article("f", "Police held 14 people in Gjovik as a march against the tax on fishing boats reached the harbour, organisers said.", "2021-05-04"),
    article("g", "The football club of Tromso won its third match in a row on a rainy evening, and the coach praised the young goalkeeper.", "2021-05-04"),
)


def stories(record: Record) -> set[frozenset[str]]:
    with record.engine.connect() as connection:
        rows = connection.execute(select(articles.c.story_id, articles.c.id).where(articles.c.current)).all()
    return {frozenset(id for story, id in rows if story == s) for s, _ in rows}


@pytest.mark.parametrize("order", ["efg", "gfe", "feg"])
@pytest.mark.parametrize("batch", [1, 3])
def test_articles_on_one_event_are_one_story(coder: Coder, tmp_path: Path, order: str, batch: int) -> None:
    by_id = {a.id: a for a in ELSEWHERE}
    record = added(tmp_path / "r.db", coder, [by_id[id] for id in order], batch=batch)
    assert stories(record) == {frozenset("ef"), frozenset("g")}


def test_a_story_keeps_its_id_as_it_grows_and_a_changed_article_leaves_it(coder: Coder, tmp_path: Path) -> None:
    more = article("h", "The march against the tax on fishing boats in Gjovik ended with 14 people held by police at the harbour.", "2021-05-05")
    record = added(tmp_path / "r.db", coder, ELSEWHERE)
    with record.engine.connect() as connection:
        before = dict(connection.execute(select(articles.c.id, articles.c.story_id)).all())  # type: ignore[arg-type]
    record.add([more], coder, linker=Linker())
    assert stories(record) == {frozenset("efh"), frozenset("g")}
    with record.engine.connect() as connection:
        after = dict(connection.execute(select(articles.c.id, articles.c.story_id)).all())  # type: ignore[arg-type]
    assert after["h"] == before["e"]
    record.add([article("f", ELSEWHERE[2].text + " Fans sang.", "2021-05-04")], coder, linker=Linker())
    assert stories(record) == {frozenset("eh"), frozenset("fg")}
