"""Stories and chains across articles."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.cluster import EventMention, chains, stories
from onrecord.cluster.similarity import average_link, vectors
from onrecord.records import Article

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


def test_mentions_chain_by_lemma_within_a_topic() -> None:
    vote, quake = ["voter", "region", "parliament", "ballot"], ["earthquake", "island", "rescuer", "harbour"]
    mentions = [EventMention(document=d, lemma="hit") for d in (0, 1, 2)]
    a, b, c = chains([vote, quake, vote], mentions)
    assert a == c != b


def test_average_link_keeps_forbidden_items_apart() -> None:
    alike = {(0, 1): 0.9, (1, 2): 0.9}
    assert len(set(average_link(3, alike, least=0.1, allowed=lambda i, j: {i, j} != {0, 2}))) == 2


@given(st.lists(st.lists(st.sampled_from("abcdef"), min_size=1), min_size=1, max_size=8))
def test_vectors_have_unit_length_or_none(documents: list[list[str]]) -> None:
    for vector in vectors(documents):
        assert not vector or abs(sum(x * x for x in vector.values()) - 1) < 1e-9
