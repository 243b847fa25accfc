"""Events that are part of others, whichever of the two a record had first."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import pytest
from tests.store_samples import SampleCoder, an_article
from tests.test_events_across import KIDAL, a_mention

from onrecord.cluster.eventcards import Card, card
from onrecord.cluster.partlinks import parts
from onrecord.store import EventRow, Links, Member, Record, open_record
from onrecord.store.opening import writing

BATTLE = card("big", [a_mention(f"b{day}", day, trigger="battle", article="a0") for day in ("2021-03-05", "2021-03-09")])
SHELLING = card("small", [a_mention("s", trigger="shelled", article="a1")])
REASON = "battle: same story, within its days and place"


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with open_record(tmp_path / "r.db") as opened:
        opened.add([an_article(n) for n in range(3)], SampleCoder())
        with writing(opened.engine) as connection:
            links = Links(connection, "2024-01-01T00:00:00Z")
            links.group("story", "s1", ["a0", "a1"])
            links.group("story", "s2", ["a2"])
        yield opened


def found(record: Record, changed: Card, *, older: Collection[Card] = (), gone: Collection[str] = ()) -> Mapping[str, tuple[str, str] | None]:
    """What linking finds when an event changes, and keeps it as linking does."""
    with writing(record.engine) as connection:
        links = Links(connection, "2024-01-01T00:00:00Z")
        made = parts(links, {changed.id: changed}, gone, lambda ids: {each.id: each for each in older if each.id in ids})
        part = made[changed.id]
        day = datetime.date.fromordinal(changed.last) if changed.last else None
        links.save([EventRow(id=changed.id, type=changed.type, date_to=day, part_of=part[0] if part else None)])
        (article,) = changed.articles
        links.assign(changed.id, [Member(mention_id=SampleCoder().report(an_article(int(article[1:]))).events[0].id)])
        return made


def test_an_event_of_a_later_batch_is_part_of_an_earlier_one(record: Record) -> None:
    assert found(record, BATTLE) == {"big": None}
    assert found(record, SHELLING, older=[BATTLE]) == {"small": ("big", REASON)}


def test_an_earlier_event_becomes_part_of_one_of_a_later_batch(record: Record) -> None:
    assert found(record, SHELLING) == {"small": None}
    assert found(record, BATTLE, older=[SHELLING]) == {"big": None, "small": ("big", REASON)}


def test_another_story_or_another_town_is_part_of_nothing(record: Record) -> None:
    found(record, BATTLE)
    assert found(record, card("other", [a_mention("o", trigger="shelled", article="a2")]), older=[BATTLE]) == {"other": None}
    assert found(record, card("other", [a_mention("o", trigger="shelled", article="a1", where=KIDAL)]), older=[BATTLE]) == {"other": None}


def test_what_was_part_of_an_event_that_is_gone_is_part_of_none(record: Record) -> None:
    found(record, BATTLE)
    found(record, SHELLING, older=[BATTLE])
    unrelated = card("else", [a_mention("e", type="CONSULT", trigger="met", article="a2")])
    assert found(record, unrelated, older=[SHELLING], gone=["big"]) == {"else": None, "small": None}
