"""The challenge across articles: its size, and what clustering reaches on it."""

from __future__ import annotations

from benchmarks.challenge import across
from tests.test_events_across import a_mention

from onrecord.cluster import stories
from onrecord.cluster.profiles import profile
from onrecord.pipeline import Coder


def test_the_set_has_enough_pairs_of_both_kinds() -> None:
    rows = across.read()
    same = [a.event == b.event for a, b in across.pairs(rows)]
    assert sum(same) >= 200
    assert len(same) - sum(same) >= 200
    assert len({row.situation for row in rows}) >= 40


def test_every_trigger_stands_in_its_text_and_every_id_is_its_own() -> None:
    rows = across.read()
    assert len({row.id for row in rows}) == len(rows)
    assert [row.id for row in rows if not all(words in row.text for words in row.trigger.split(";"))] == []


def test_a_grouping_is_scored_by_its_pairs() -> None:
    rows = across.read()[:6]
    right = {row.id: {row.event} for row in rows}
    assert across.score(rows, right)["f1"] == 1
    lumped = across.score(rows, dict.fromkeys(right, ("one",)))
    assert lumped["recall"] == 1 > lumped["precision"]


def test_stories_keep_events_of_one_kind_in_one_place_apart(coder: Coder) -> None:
    rows = across.read("held")
    numbers = stories([row.article for row in rows], [report.times for report in coder.pipe(row.article for row in rows)])
    assert across.score(rows, {row.id: [n] for row, n in zip(rows, numbers, strict=True)})["f1"] >= 0.95


def test_stories_keep_them_apart_without_reports_too() -> None:
    rows = across.read("held")
    numbers = stories([row.article for row in rows])
    assert across.score(rows, {row.id: [n] for row, n in zip(rows, numbers, strict=True)})["f1"] >= 0.95


def test_the_second_event_can_be_brought_near_the_first() -> None:
    def told(row: across.Row) -> across.Coded:
        return across.Coded(mentions=[a_mention(row.id, row.published)], marked={row.id}, profile=profile(row.article))

    rows = [row for row in across.read("develop") if row.situation == "election-lesotho"]
    found = {row.id: told(row) for row in rows}
    near = across.nearer(found, rows, days=7)
    ended = max(near[row.id].profile.published or 0 for row in rows if row.event == "a")
    assert min(near[row.id].profile.published or 0 for row in rows if row.event == "b") == ended + 7
    assert [near[row.id].mentions[0].first == found[row.id].mentions[0].first for row in rows] == [row.event == "a" for row in rows]
