"""Events across articles: which mentions are of one event, ids that persist, and what a record shows of an event."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.cluster.eventcards import card, disagreements
from onrecord.cluster.eventmentions import Figure, Mention, Party, Where, keys, mentions, stems
from onrecord.cluster.eventpairs import barred, days_between, places_agree, score
from onrecord.cluster.events import MentionMemory, clusters, component, connect, settle
from onrecord.cluster.titles import headline, title
from onrecord.cluster.wholes import part_of
from onrecord.pipeline import Coder

GAO = Where(name="Gao", text="Gao", geonameid=1, country="MLI", precision="city", lat=16.27, lon=-0.04)
KIDAL = Where(name="Kidal", text="Kidal", geonameid=2, country="MLI", precision="city", lat=18.44, lon=1.41)
MALI = Where(name="Mali", text="Mali", geonameid=3, country="MLI", precision="country", lat=17.0, lon=-4.0)
REBELS = Party(text="Rebels", actor_id="MLI.REB", country="MLI", sector="REB")


def a_mention(id: str, day: str | None = "2021-03-07", **changes: Any) -> Mention:
    published = date.fromisoformat(day or "2021-03-08").toordinal()
    evidence = changes.pop("evidence", "Rebels attacked a barracks in Gao and killed 12 soldiers")
    found: dict[str, Any] = {
        "id": id,
        "article": f"article-{id}",
        "publisher": None,
        "published": published,
        "type": "ASSAULT",
        "mode": None,
        "trigger": "attacked",
        "evidence": evidence,
        "actors": (REBELS,),
        "recipients": (),
        "date": day,
        "date_reason": "clause",
        "first": published if day else published - 4,
        "last": published,
        "exact": day is not None,
        "where": GAO,
        "figures": (),
        "veridicality": "asserted",
        "claimed": False,
        "countries": frozenset({"MLI"}),
        "names": frozenset({"gao"}),
        "words": stems(evidence),
        "numbers": frozenset({"12"}),
        "around": frozenset({"gao", "mali"}),
        "topic": stems(evidence),
        "lands": frozenset({"MLI"}),
        "confidence": 0.8,
    }
    return Mention(**{**found, **changes})


def grouped(some: Sequence[Mention], batch: int = 1000) -> set[frozenset[str]]:
    index = MentionMemory()
    for at in range(0, len(some), batch):
        connect(some[at : at + batch], index)
    return {frozenset(c) for ids in component([m.id for m in some], index) for c in clusters(ids, index)}


def test_ten_reports_of_one_event_are_one() -> None:
    some = [a_mention(f"m{n}", trigger=("attacked", "raid", "stormed")[n % 3]) for n in range(10)]
    assert grouped(some) == {frozenset(m.id for m in some)}


def test_the_same_event_in_another_year_is_another() -> None:
    assert len(grouped([a_mention("a"), a_mention("b", "2019-03-07")])) == 2


def test_two_attacks_in_two_weeks_are_two_with_all_their_reports() -> None:
    first, second = [a_mention(f"a{n}") for n in range(3)], [a_mention(f"b{n}", "2021-03-18") for n in range(3)]
    assert grouped([*first, *second]) == {frozenset(m.id for m in first), frozenset(m.id for m in second)}


def test_weekly_protests_stay_apart_though_each_is_near_the_next() -> None:
    days = ["2021-03-07", "2021-03-14", "2021-03-21", "2021-03-28"]
    assert len(grouped([a_mention(d, d, type="PROTEST", trigger="marched") for d in days])) == 4


def test_an_undated_report_joins_the_event_before_its_publication() -> None:
    assert len(grouped([a_mention("a"), a_mention("b", None)])) == 1


def test_attacks_on_one_day_in_two_towns_are_two() -> None:
    assert barred(a_mention("a"), a_mention("b", where=KIDAL))
    assert len(grouped([a_mention("a"), a_mention("b", where=KIDAL)])) == 2


def test_an_attack_and_its_condemnation_are_two() -> None:
    assert score(a_mention("a"), a_mention("b", type="ACCUSE", trigger="condemned the attack")) == 0


def test_a_killing_coded_as_a_death_may_be_the_attack() -> None:
    assert score(a_mention("a"), a_mention("b", type="DEATH", trigger="died")) > 0.5


def test_an_attack_and_its_dead_in_one_sentence_are_one_event() -> None:
    attack, dead = a_mention("a", article="x", sentence=0), a_mention("b", article="x", trigger="killed 12 soldiers", sentence=0)
    assert not barred(attack, dead)
    army = Party(text="soldiers", actor_id="MLI.MIL", country="MLI", sector="MIL")
    for changes in ({"sentence": 80}, {"actors": (army,)}, {"where": KIDAL}, {"trigger": "arrested six men"}):
        assert barred(attack, a_mention("b", **{"article": "x", "trigger": "killed 12 soldiers", "sentence": 0, **changes}))


def test_mentions_of_one_story_are_compared_though_they_share_no_key() -> None:
    evidence = "Fighters stormed an army post and killed 12 soldiers"
    one = a_mention("a", where=None, actors=(), countries=frozenset({"MLI"}), names=frozenset(), evidence=evidence)
    two = a_mention("b", where=None, actors=(), countries=frozenset({"NER"}), lands=frozenset({"MLI"}), names=frozenset(), evidence=evidence)
    assert not set(keys(one)) & set(keys(two))
    assert connect([one, two], MentionMemory()) == {}
    alike = {"article-a": {"article-b": 0.9}, "article-b": {"article-a": 0.9}}
    assert set(connect([one, two], MentionMemory(), alike)) == {("a", "b")}


def test_articles_of_one_story_speak_for_one_event() -> None:
    one, two = a_mention("a", topic=frozenset(), around=frozenset()), a_mention("b", None, where=None, names=frozenset(), trigger="shot")
    assert score(one, two, story=1.0) > score(one, two, story=0.4) > score(one, two)


def test_a_month_holds_its_days() -> None:
    first, last = date(2021, 3, 1).toordinal(), date(2021, 3, 31).toordinal()
    month = a_mention("b", first=first, last=last, exact=False, date="2021-03")
    assert days_between(a_mention("a"), month) == 0
    assert set(keys(a_mention("a"))) & set(keys(month))


@pytest.mark.parametrize(("one", "two", "agree"), [(GAO, GAO, 2), (GAO, MALI, 1), (GAO, KIDAL, -1), (GAO, None, 0)])
def test_places_agree(one: Where, two: Where | None, agree: int) -> None:
    assert places_agree(one, two) == agree


MIXED = [a_mention(f"{day}-{n}", f"2021-03-{day}", where=where) for day in ("07", "09", "11", "20") for n, where in enumerate((GAO, MALI, KIDAL, None))]


@given(st.permutations(MIXED), st.integers(1, len(MIXED)))
def test_events_do_not_depend_on_the_order_in_which_articles_come(some: list[Mention], batch: int) -> None:
    assert grouped(some, batch) == grouped(MIXED)


def test_adding_costs_the_same_however_much_there_is() -> None:
    class Counting(MentionMemory):
        looked_at = 0

        def mentions(self, ids: Any) -> Any:
            found = super().mentions(ids)
            self.looked_at += len(found)
            return found

    def looked_at(years: int) -> int:
        index = Counting()
        for year in range(2021 - years, 2021):
            connect([a_mention(f"{year}-{n}", f"{year}-{1 + n % 12:02}-07") for n in range(24)], index)
        index.looked_at = 0
        connect([a_mention("new")], index)
        return index.looked_at

    assert looked_at(2) == looked_at(20)


def test_a_new_event_has_an_id_of_its_content_and_keeps_it_as_it_grows() -> None:
    first = settle([["a", "b"]], {})
    (id,) = first.members
    assert settle([["b", "a"]], {}).members == first.members
    grown = settle([["a", "b", "c"]], {id: {"a", "b"}})
    assert list(grown.members) == [id]
    assert grown.log == []
    assert [e.what for e in first.log] == ["made"]


def test_events_that_merge_keep_the_id_of_the_larger_and_say_so() -> None:
    found = settle([["a", "b", "c"]], {"e1": {"a"}, "e2": {"b", "c"}})
    assert found.members == {"e2": ["a", "b", "c"]}
    assert found.gone == {"e1": "e2"}
    assert [(e.what, e.event_id, e.others) for e in found.log] == [("merged", "e2", ("e1",))]


def test_an_event_that_splits_leaves_its_id_with_the_larger_part() -> None:
    found = settle([["a"], ["b", "c"]], {"e1": {"a", "b", "c"}})
    assert found.members["e1"] == ["b", "c"]
    (entry,) = found.log
    assert (entry.what, entry.others) == ("split", ("e1",))


def test_an_event_whose_mentions_are_gone_is_emptied() -> None:
    found = settle([["a"]], {"e1": {"a"}, "e2": {"z"}})
    assert found.gone == {"e2": None}
    assert [(e.what, e.event_id) for e in found.log] == [("emptied", "e2")]


@given(st.lists(st.integers(0, 3), min_size=1, max_size=12), st.lists(st.integers(0, 3), min_size=12, max_size=12))
def test_ids_are_each_of_one_event_and_every_mention_has_one(now: list[int], then: list[int]) -> None:
    names = [f"m{n}" for n in range(len(now))]
    found = [[m for m, k in zip(names, now, strict=True) if k == group] for group in set(now)]
    before = {f"e{group}": {m for m, k in zip(names, then, strict=False) if k == group} for group in set(then[: len(now)])}
    settled = settle(found, before)
    assert sorted(m for some in settled.members.values() for m in some) == sorted(names)
    assert set(settled.gone) == set(before) - set(settled.members)


def test_a_card_counts_origins_and_denials() -> None:
    some = [a_mention("a"), a_mention("b"), a_mention("c"), a_mention("d", veridicality="denied")]
    made = card("e", some, origins={"article-a": "o1", "article-b": "o1", "article-c": "o2"})
    assert made.status == "reported by 2 origins, denied by 1"
    assert (made.type, made.date, made.where) == ("ASSAULT", "2021-03-07", GAO)
    assert made.title == "Rebels attacked a barracks in Gao and killed 12 soldiers, 7 March 2021"


def test_a_long_sentence_gives_a_short_title_of_its_own_words() -> None:
    evidence = "Rebels" + ", who had come over the hills in the night with forty pick-up trucks and a captured gun," * 2 + " attacked the barracks"
    recipients = (Party(text="the barracks", actor_id=None, country=None, sector=None),)
    assert title(a_mention("a", evidence=evidence, recipients=recipients), GAO, "2021-03") == "Rebels attacked the barracks, Gao, March 2021"


def test_numbers_that_exclude_each_other_stand_side_by_side() -> None:
    def killed(id: str, low: float | None, high: float | None) -> Mention:
        return a_mention(id, figures=(Figure(what="killed", low=low, high=high, text=str(low)),))

    (found,) = disagreements([killed("a", 12, 12), killed("b", 15, 15), killed("c", 12, 12)])
    assert [(v.value, v.articles) for v in found.versions] == [("12..12", ("article-a", "article-c")), ("15..15", ("article-b",))]
    assert list(disagreements([killed("a", 12, 12), killed("b", 10, None)])) == []


def test_two_sides_that_blame_each_other_stand_side_by_side() -> None:
    army = Party(text="Soldiers", actor_id="MLI.MIL", country="MLI", sector="MIL")
    (found,) = disagreements([a_mention("a"), a_mention("b", actors=(army,))])
    assert (found.what, [v.value for v in found.versions]) == ("agency", ["MLI.MIL", "MLI.REB"])


def test_a_shelling_within_a_battle_is_part_of_it_only_in_its_days_place_and_story() -> None:
    battle = card("big", [a_mention("b1", "2021-03-05", trigger="battle", article="x"), a_mention("b2", "2021-03-09", trigger="battle", article="y")])
    inside = card("small", [a_mention("s", article="x", trigger="shelled")])
    assert part_of(inside, [battle, inside]) == ("big", "battle: same story, within its days and place")
    for changes in ({"where": KIDAL}, {"article": "z"}, {"type": "CONSULT"}, {"where": None}):
        assert part_of(card("small", [a_mention("s", **{"article": "x", "trigger": "shelled", **changes})]), [battle]) is None
    assert part_of(card("small", [a_mention("s", "2021-03-12", article="x", trigger="shelled")]), [battle]) is None


def test_mentions_come_from_reports_with_their_days(coder: Coder) -> None:
    report = coder.code("Rebels attacked a barracks in Gao on Sunday. The army may retaliate.", published="2021-03-09", title="Raid in Mali")
    found = [m for m in mentions(report) if m.type == "ASSAULT"]
    assert [(m.first, m.last, m.exact) for m in found] == [(date(2021, 3, 7).toordinal(), date(2021, 3, 7).toordinal(), True)]
    assert "gao" in found[0].names


def who(text: str, id: str | None = None) -> Party:
    return Party(text=text, actor_id=id, country=None, sector=None)


@pytest.mark.parametrize(
    ("mention", "expected"),
    [
        ({"evidence": "to storm the barracks", "trigger": "storm"}, "Rebels stormed the barracks at dawn"),
        ({"evidence": "It was the third attack this year", "trigger": "attack", "actors": ()}, "Rebels stormed the barracks at dawn"),
        ({"evidence": "who had fled the town that they attacked", "trigger": "attacked", "actors": ()}, "Rebels stormed the barracks at dawn"),
    ],
)
def test_a_title_is_taken_from_the_mention_that_stands_alone_best(mention: dict[str, Any], expected: str) -> None:
    plain = a_mention("z", evidence="Rebels stormed the barracks at dawn", trigger="stormed", recipients=(who("the barracks"),))
    assert card("e", [a_mention("a", **mention), plain]).title == f"{expected}, Gao, 7 March 2021"


def test_a_verb_or_a_pronoun_gets_the_name_that_another_source_has() -> None:
    named = a_mention("a", evidence="who were led by Colonel Idris Sow", trigger="led", actors=(who("Colonel Idris Sow", "MLI.MIL.idris-sow"),), type="DEATH")
    he = a_mention("b", evidence="he stormed the barracks", trigger="stormed", actors=(who("he", "MLI.MIL.idris-sow"),))
    bare = a_mention("c", evidence="stormed the barracks", trigger="stormed", actors=(who("he", "MLI.MIL.idris-sow"),))
    for other in (he, bare):
        assert card("e", [named, other, other]).title == "Colonel Idris Sow stormed the barracks, Gao, 7 March 2021"


def test_a_long_passive_keeps_its_sense() -> None:
    evidence = "the governor was kidnapped by armed men" + " in a column of white cars with green flags and loud horns" * 2 + ", witnesses said"
    taken = a_mention("a", evidence=evidence, trigger="kidnapped", actors=(who("armed men"),), recipients=(who("the governor"),))
    assert card("e", [taken]).title.startswith("The governor was kidnapped by armed men in a column")


def test_a_word_alone_is_no_title_where_there_is_anybody_to_name() -> None:
    soldier = Party(text="the soldier", actor_id=None, country=None, sector=None)
    alone = a_mention("a", evidence="died", trigger="died", actors=(), recipients=(soldier,))
    assert title(alone, None, "2021-03") == "The soldier died, March 2021"


@pytest.mark.parametrize(
    ("evidence", "trigger", "actor", "expected"),
    [
        ("to reopen the border", "reopen", ("the ministers", "Norland"), "The ministers to reopen the border"),
        ("to reopen the border", "reopen", ("they", "Norland"), "Norland to reopen the border"),
        ("signing a pact with Sudmark", "signing", ("it", "Norland"), "Norland signing a pact with Sudmark"),
        ("has promised to reopen the border", "promised", ("it", "Norland"), "Norland has promised to reopen the border"),
        ("he complained that tariffs were too high", "complained", ("he", "Idris Sow"), "Idris Sow complained that tariffs were too high"),
        ("his visit to Sudmark", "visit", ("his", "Idris Sow"), "Idris Sow’s visit to Sudmark"),
        ("we are willing to reopen the border", "willing", ("we", "Norland"), "Norland: “we are willing to reopen the border”"),
    ],
)
def test_a_clause_without_its_subject_gets_the_name_that_its_article_has(evidence: str, trigger: str, actor: tuple[str, str], expected: str) -> None:
    party = Party(text=actor[0], actor_id="X", country=None, sector=None, name=actor[1])
    assert title(a_mention("a", evidence=evidence, trigger=trigger, actors=(party,), recipients=()), None, None) == expected


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        (
            "Norland, a member of the council since it was founded, has openly opposed the lake fund taking part in the costly rebuilding of Sudmark's ports",
            "Norland has openly opposed the lake fund taking part in the costly rebuilding of Sudmark's ports",
        ),
        (
            "Norland has openly opposed the lake fund taking a part of any kind in the costly rebuilding by foreign companies of the ports of Sudmark",
            "Norland has openly opposed the lake fund taking a part of any kind in the costly rebuilding",
        ),
    ],
)
def test_a_long_clause_is_cut_where_a_phrase_begins_and_keeps_what_it_is_about(evidence: str, expected: str) -> None:
    made = a_mention("a", evidence=evidence, trigger="opposed", actors=(who("Norland", "NOR"),), recipients=(who("the lake fund", "FUND"),))
    assert title(made, None, None) == expected


def test_a_modal_verb_is_told_with_what_must_be_done() -> None:
    sentence = "The minister warned that Kenya must open the port of Mombasa"
    bare = a_mention("a", evidence="must", told=sentence, trigger="must", actors=(who("The minister", "X"),), recipients=(who("Kenya", "KEN.GOV"),))
    assert title(bare, None, None) == sentence
    quoted = dataclasses.replace(bare, told='Kenya must open the port," the minister said')
    assert title(quoted, None, None) == "Kenya must open the port"


def test_a_mention_has_the_words_before_its_evidence_that_say_who(coder: Coder) -> None:
    report = coder.code("Kenya has sent envoys to Gao to meet Uganda's president.", published="2021-03-09")
    (meeting,) = [m for m in mentions(report) if m.trigger == "meet"]
    assert meeting.evidence.startswith("to meet")
    assert meeting.told.startswith("Kenya has sent envoys to Gao to meet")
    assert headline(meeting).startswith("Kenya")
