"""Stories and chains across articles."""

from __future__ import annotations

import itertools
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from onrecord.cluster import chains, stories
from onrecord.cluster.likeness import evidence, features
from onrecord.cluster.profiles import overlap, profile, stem, stems, weight
from onrecord.cluster.similarity import average_link, vectors
from onrecord.cluster.stories import Recent, compared, group, links
from onrecord.cluster.surroundings import Surroundings, surroundings
from onrecord.evaluate.given import Read, read
from onrecord.pipeline import Coder
from onrecord.records import Article, Time
from onrecord.times import Lexicon, resolve

VOTE = "Voters in the breakaway region chose a new parliament. The ministry in the capital condemned the ballot as illegal."
QUAKE = "An earthquake shook the island at dawn. Rescuers dug for survivors under collapsed houses near the harbour."


def an_article(text: str, published: str) -> Article:
    return Article.make(text, id=f"{published}-{text[:9]}", published=published)


def test_two_reports_of_one_event_are_one_story() -> None:
    found = stories([an_article(VOTE, "2021-03-07"), an_article(QUAKE, "2021-03-07"), an_article(VOTE + " Turnout was low.", "2021-03-08")])
    assert found[0] == found[2] != found[1]


def test_the_same_words_years_apart_are_two_stories() -> None:
    first, second = stories([an_article(VOTE, "2015-05-03"), an_article(VOTE, "2020-03-31")])
    assert first != second


def a_day(value: str) -> Time:
    return Time(id="t", start=3, end=9, text="Sunday", type="DATE", value=value, confidence=1.0, reason="")


MARCH_1 = "Miners marched to the parliament in Okar on Sunday and asked for a wage of two hundred crowns. Police closed the bridge."
MARCH_2 = "Sunday's march of miners in Okar ended before the parliament. The police had closed a bridge; wages were the marchers' only demand."
MARCH_3 = (
    "Okar saw its largest march in years on Sunday: eight hundred people asked for safer mines after a roof had fallen on three men. "
    "The widow of Pavel Drozd led them to the cathedral, where a bell was rung for each of the dead."
)


def test_a_march_weeks_later_is_another_story_where_the_days_are_named() -> None:
    articles = [an_article(MARCH_1, "2021-03-08"), an_article(MARCH_2, "2021-03-09"), an_article(MARCH_3, "2021-04-12")]
    first, second, third = stories(articles, [[a_day("2021-03-07")], [a_day("2021-03-07")], [a_day("2021-04-11")]])
    assert first == second != third


def test_named_days_speak_for_and_against() -> None:
    def likeness(day: str) -> float:
        return evidence(profile(an_article(MARCH_1, "2021-03-08"), [a_day("2021-03-07")]), profile(an_article(MARCH_3, "2021-03-12"), [a_day(day)]))

    assert likeness("2021-03-07") > likeness("2021-03-11")
    assert likeness("not a day") > likeness("2021-03-11")


def test_stories_do_not_depend_on_the_order_of_arrival() -> None:
    told = ((VOTE, "2021-03-07"), (QUAKE, "2021-03-07"), (VOTE + " Turnout was low.", "2021-03-08"), (MARCH_1, "2021-03-08"))
    articles = [an_article(text, day) for text, day in told]
    profiles = [profile(a) for a in articles]
    made = []
    for order in ((0, 1, 2, 3), (3, 2, 1, 0), (2, 0, 3, 1)):
        index, likeness = Recent(), {}
        for n in order:
            likeness.update(links([profiles[n]], index))
            index.add(profiles[n])
        made.append(group([p.article_id for p in profiles], likeness))
    assert made[0] == made[1] == made[2]
    assert sorted(map(len, made[0])) == [1, 1, 2]


def test_a_profile_added_again_stands_once() -> None:
    index, one = Recent(), profile(an_article(QUAKE, "2021-03-07"))
    index.add(one)
    index.add(one)
    assert links([one], index) == {}
    assert list(index.near([stem("earthquake")], None, most=9)) == [one.article_id]


def test_features_are_the_same_in_either_order_and_undated_articles_have_some() -> None:
    a, b = profile(an_article(VOTE, "2021-03-07")), profile(Article.make(QUAKE, id="q"))
    assert features(a, b) == features(b, a)
    assert b.published is None


def test_an_outlets_stub_under_two_titles_tells_nothing() -> None:
    stub = "Talk to our presenters. All day, every day, wherever the day takes you."
    a, b = (profile(Article.make(stub, id=t, title=t, published="2021-03-07")) for t in ("Floods in the delta", "Senate votes on tolls"))
    assert evidence(a, b) == -4


def test_rare_words_weigh_more() -> None:
    assert weight("the") < weight("parliament") < weight("zzyzx")
    assert stems("Miners' marches: well-known") == ["miner", "march", "well", "known"]


SHAFTS = "The miners of Okar and the owners of its shafts quarrelled over timber and lamps again, their union said."
"""The subject of an archive: what its articles on miners share from week to week."""


def an_archive(weeks: int) -> list[Article]:
    days = (f"2021-{1 + n // 4:02}-{1 + 7 * (n % 4):02}" for n in range(weeks))
    return [an_article(f"{SHAFTS} {told}", day) for day, told in zip(days, itertools.cycle(("A lift stood still.", "Rope was dear.")), strict=False)]


def test_what_is_there_every_week_is_stale_and_what_comes_and_goes_is_not() -> None:
    every = [profile(a) for a in an_archive(12)]
    fresh = profile(an_article("Miners in Okar carried a drowned canary to the bishop on Sunday.", "2021-02-10"))
    twice = [profile(an_article(f"A drowned canary lay before the bishop of Okar{end}", "2021-02-11")) for end in (".", ", it was said.")]
    stale = surroundings(fresh, [(p, overlap(fresh, p)) for p in (*every, *twice)]).stale
    assert {"miner", "okar"} <= stale.keys()
    assert not {"drown", "canary", "bishop"} & stale.keys()
    assert all(0 < lost < 1 for lost in stale.values())


def test_stale_words_and_busy_weeks_between_speak_against_one_story() -> None:
    a, b = (profile(an_article(SHAFTS + end, day)) for end, day in ((" It was quiet.", "2021-01-04"), (" Snow fell.", "2021-03-15")))
    busy = Surroundings(busy=[(a.published or 0) // 10 + n for n in range(8)])
    assert busy.between(a.published, b.published) == busy.between(b.published, a.published) == 6
    assert busy.between(a.published, None) == busy.between(a.published, a.published) == 0
    assert busy.crowd(a.published, b.published) == 4
    assert busy.crowd(a.published, None) == Surroundings().crowd(a.published, b.published) == 0
    stale = Surroundings(stale={"miner": 0.8, "okar": 0.8})
    assert features(a, b, busy).rush > features(a, b).rush == features(a, a, busy).rush == 0
    assert evidence(a, b) > evidence(a, b, busy)
    assert features(a, b, stale).lead < features(a, b).lead
    assert features(a, b, stale).mass < features(a, b).mass
    assert features(a, b, stale) == features(b, a, stale)


def test_an_archive_of_one_subject_is_not_one_story() -> None:
    march = [an_article(MARCH_1, "2021-02-08"), an_article(MARCH_2, "2021-02-09")]
    found = stories([*an_archive(12), *march])
    assert found[-1] == found[-2]
    sizes = Counter(found)
    assert sizes[found[-1]] == 2
    assert max(sizes.values()) <= 3


def test_an_undated_article_has_surroundings_and_makes_none() -> None:
    index = Recent()
    for each in (dated := profile(an_article(SHAFTS, "2021-01-04")), bare := profile(Article.make(SHAFTS, id="bare"))):
        index.add(each)
    assert not compared(dated, index)[1].busy
    assert len(compared(bare, index)[1].busy) == 1
    assert stories([Article.make(SHAFTS, id="one"), Article.make(SHAFTS + " So it goes.", id="two")]) == [0, 0]


def test_days_are_read_where_no_times_are_given() -> None:
    articles = [an_article(MARCH_1, "2021-03-08"), an_article(MARCH_2, "2021-03-09"), an_article(MARCH_3, "2021-04-12")]
    read = [profile(a, resolve(a.text, date=a.published, lexicon=Lexicon.load())).days for a in articles]
    assert read[0] == read[1] != read[2]
    assert stories(articles) == stories(articles, [[a_day("2021-03-07")], [a_day("2021-03-07")], [a_day("2021-04-11")]])


def test_larger_clusters_need_more_than_a_newcomer() -> None:
    close = {(i, j): 0.9 for i in range(6) for j in range(i + 1, 6) if (i < 3) == (j < 3)}
    across = {(i, j): 0.5 for i in range(3) for j in range(3, 6)}
    newcomer = {(i, 6): 0.5 for i in range(6)}
    labels = average_link(7, {**close, **across, **newcomer}, least=0.35, settled=0.75, many=3)
    assert labels[0] == labels[1] == labels[2] != labels[3] == labels[4] == labels[5]
    assert set(labels) == {0, 1}
    midway = average_link(7, {**close, **across, **newcomer}, least=0.35, settled=0.75, many=9)
    assert set(midway) == {0}


def documents(coder: Coder, *texts: str) -> list[Read]:
    """Texts of a sentence a line, words parted by spaces, with mentions in brackets."""
    rows = []
    for number, text in enumerate(texts):
        words = [(n, w) for n, line in enumerate(text.splitlines()) for w in line.split()]
        marked = [{"tokens": [k]} for k, (_, w) in enumerate(words) if w.startswith("[")]
        rows.append({"id": str(number), "tokens": [[n, w.strip("[]")] for n, w in words], "mentions": marked})
    return list(read(coder, rows))


def test_mentions_chain_within_a_topic_across_its_documents(coder: Coder) -> None:
    vote = "Voters in the breakaway region [elected] a parliament on Sunday .\nThe ministry in the capital condemned the parliament ."
    quake = "An earthquake [struck] the island at dawn .\nRescuers dug under collapsed houses near the harbour ."
    again = "Voters in the breakaway region [elected] their parliament on Sunday .\nThe ministry called the parliament illegal ."
    found = documents(coder, vote, quake, again)
    a, b, c = chains([r.doc for r in found], [m for r in found for m in r.mentions])
    assert a == c != b


def test_chains_take_documents_without_mentions_and_no_documents_at_all(coder: Coder) -> None:
    found = documents(coder, "Nothing happened .", "Voters [elected] nobody .")
    assert chains([r.doc for r in found], [m for r in found for m in r.mentions]) == [0]
    assert chains([], []) == []


def test_participants_of_a_mention_are_told_apart(coder: Coder) -> None:
    (only,) = documents(coder, "Masked rebels [attacked] the old barracks in Gao .")
    (mention,) = only.mentions
    assert (mention.bags["doers"], mention.bags["undergoers"], mention.bags["others"]) == ({"rebel"}, {"barrack"}, {"gao"})


def test_average_link_keeps_forbidden_items_apart() -> None:
    alike = {(0, 1): 0.9, (1, 2): 0.9}
    assert len(set(average_link(3, alike, least=0.1, allowed=lambda i, j: {i, j} != {0, 2}))) == 2


@given(st.lists(st.lists(st.sampled_from("abcdef"), min_size=1), min_size=1, max_size=8))
def test_vectors_have_unit_length_or_none(documents: list[list[str]]) -> None:
    for vector in vectors(documents):
        assert not vector or abs(sum(x * x for x in vector.values()) - 1) < 1e-9
