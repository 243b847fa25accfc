"""Events across the articles of a record, as the linker keeps them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from onrecord.cluster.linker import Linker
from onrecord.pipeline import Coder
from onrecord.records import Article
from onrecord.store import Record, open_record
from onrecord.store.schema import event_members, events, events_log, link_notes

FIRST = "Rebels attacked the town of Gao in Mali on Sunday and killed 12 soldiers."
AGAIN = "At least a dozen soldiers died when rebels attacked Gao, in northern Mali, on Sunday, the mayor of the town told reporters."
LATER = "Rebels attacked the town of Gao in Mali on Sunday and killed two soldiers."


def an_article(id: str, text: str, published: str = "2021-03-08") -> Article:
    return Article.make(text, id=id, title="Attack on Gao", published=published)


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with open_record(tmp_path / "record.db") as found:
        yield found


def attacks(record: Record) -> dict[str, set[str]]:
    """By event id the articles that report an attack."""
    with record.engine.connect() as connection:
        current = (
            connection.execute(select(events.c.id).where(events.c.current, events.c.type == "ASSAULT", events.c.title.contains("attacked"))).scalars().all()
        )
        rows = connection.execute(select(event_members.c.event_id, link_notes.c.item).join(link_notes, link_notes.c.item == event_members.c.mention_id)).all()
        assert {r.event_id for r in rows} >= set(current)
        where = {e.id: a.id for a in (FIRST_ARTICLE, AGAIN_ARTICLE, LATER_ARTICLE) for e in CODED[a.id]}
    return {id: {where[r.item] for r in rows if r.event_id == id} for id in current}


FIRST_ARTICLE, AGAIN_ARTICLE = an_article("one", FIRST), an_article("two", AGAIN, "2021-03-09")
LATER_ARTICLE = an_article("later", LATER, "2021-03-29")
CODED: dict[str, tuple[object, ...]] = {}


@pytest.fixture(autouse=True)
def _coded(coder: Coder) -> None:
    CODED.update({a.id: coder.code_article(a).events for a in (FIRST_ARTICLE, AGAIN_ARTICLE, LATER_ARTICLE)})


def test_two_reports_are_one_event_and_three_weeks_later_is_another(record: Record, coder: Coder) -> None:
    record.add([FIRST_ARTICLE, AGAIN_ARTICLE, LATER_ARTICLE], coder, linker=Linker())
    assert sorted(map(sorted, attacks(record).values())) == [["later"], ["one", "two"]]


def test_an_event_keeps_its_id_as_reports_come_and_go(record: Record, coder: Coder) -> None:
    record.add([FIRST_ARTICLE], coder, linker=Linker())
    (born,) = attacks(record)
    record.add([AGAIN_ARTICLE], coder, linker=Linker())
    assert attacks(record) == {born: {"one", "two"}}
    record.forget(["one"])
    record.add([LATER_ARTICLE], coder, linker=Linker())
    assert attacks(record)[born] == {"two"}


def test_what_is_made_is_logged_once(record: Record, coder: Coder) -> None:
    record.add([FIRST_ARTICLE], coder, linker=Linker())
    record.add([AGAIN_ARTICLE], coder, linker=Linker())
    with record.engine.connect() as connection:
        born = attacks(record)
        entries = connection.execute(select(events_log.c.what).where(events_log.c.event_id.in_(born))).scalars().all()
    assert entries == ["made"]


def test_an_event_counts_the_origins_that_report_it(record: Record, coder: Coder) -> None:
    record.add([FIRST_ARTICLE, AGAIN_ARTICLE], coder, linker=Linker())
    with record.engine.connect() as connection:
        status = connection.execute(select(events.c.status).where(events.c.id.in_(attacks(record)))).scalars().all()
    assert status == ["reported by 2 origins"]
