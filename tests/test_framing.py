"""Which words: loaded terms with their conditions, the voice that uses them, and what they are said of."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import framing, lexicons
from onrecord.framing.lexicon import Dispute, Lexicon, Rule
from onrecord.parse import Parser
from onrecord.records import Actor, Article, Attribution, Cast, Event, Framing, Mention, Place, Speaker


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return framing.Lexicon.load()


@pytest.fixture(scope="module")
def read(parser: Parser, lexicon: Lexicon):
    def _read(text: str, *, cast=(), places=(), events=(), attributions=()) -> list[Framing]:
        parsed = parser.parse(Article.make(text, id="a"))
        return list(framing.find(parsed, Cast(cast), tuple(places), tuple(events), tuple(attributions), lexicon=lexicon))

    return _read


def actor(text: str, name: str, id: str) -> Actor:
    start = text.index(name)
    mention = Mention(start=start, end=start + len(name), text=name, head=start, form="name", reason="actors.test")
    return Actor(id=id, name=name, country=None, sector=None, kind="state", mentions=(mention,), reason="actors.test")


def attribution(text: str, content: str) -> Attribution:
    start = text.index(content)
    span = Article.make(text).span(start, start + len(content))
    return Attribution(id="at-1", kind="indirect", source=(), cue=(), content=(span,), speaker=Speaker(name="Chad"), confidence=1, reason="attribution.test")


def event(text: str, trigger: str) -> Event:
    start = text.index(trigger)
    span = Article.make(text).span(start, start + len(trigger))
    return Event(id="ev-1", type="ELECTION", trigger=span, evidence=span, confidence=1, reason="events.test")


@pytest.mark.parametrize(
    ("text", "term", "category"),
    [
        ("Troops loyal to the regime shelled the suburb.", "regime", "delegitimising"),
        ("They denounced the self-proclaimed president.", "self-proclaimed", "delegitimising"),
        ("The army liberated the town on Sunday.", "liberated", "legal_status"),
        ("Shells fell on the occupied territories.", "occupied territories", "legal_status"),
        ("It was a massacre.", "massacre", "violence_label"),
        ("The air force spoke of collateral damage.", "collateral damage", "euphemism"),
        ("The two leaders signed a historic treaty.", "historic", "honorific"),
        ("The opposition slammed the minister.", "slammed", "sensational"),
        ("The far-right party lost.", "far-right", "ideological_label"),
        ('The rebels held "elections" in the towns they hold.', "elections", "scare_quotes"),
    ],
)
def test_a_loaded_term_has_a_category(read, text, term, category):
    assert [(f.term.text, f.category) for f in read(text)] == [(term, category)]


@pytest.mark.parametrize(
    "text",
    [
        "The sanctions regime was renewed.",
        "They agreed on a regime of inspections.",
        "He kept himself occupied with books.",
        "The currency fell to a historic low.",
        "Police found an explosive device.",
        "The car was laden with explosives.",
        "The army launched Operation “Iron Fist” in May.",
        "He is known as “the fox” among friends.",
    ],
)
def test_the_same_word_in_another_sense_is_none(read, text):
    assert read(text) == []


def test_a_term_belongs_to_the_voice_that_uses_it(read):
    text = "Chad said the terrorists had fled. The terrorists had fled."
    found = read(text, attributions=[attribution(text, "the terrorists had fled")])
    assert [(f.attribution, f.reason.split("|")[1]) for f in found] == [("at-1", "attributed"), (None, "own_voice")]


def test_quoted_without_a_speaker_is_said_so(read):
    (found,) = read("“It is a farce and nothing will come of it for anybody,” ran the leaflet.")
    assert "quoted_unattributed" in found.reason


def test_a_modifier_is_said_of_its_noun_and_a_predicate_of_its_subject(read):
    text = "Shells fell in occupied Crimea."
    (found,) = read(text, cast=[actor(text, "Crimea", "XCR")])
    assert (found.about, found.reason.split("|")[2]) == ("XCR", "about_actor")
    (found,) = read("The election is illegitimate.")
    assert found.about == "election"


def test_a_term_on_an_event_is_said_of_the_event(read):
    text = "They denounced the sham election."
    (found,) = read(text, events=[event(text, "election")])
    assert found.about == "ev-1"


def test_a_verb_without_anyone_it_is_done_to_is_none(read):
    assert [f.term.text for f in read("The door slammed.")] == []


def test_the_lexicon_is_large_and_every_category_has_a_rule(lexicon):
    terms = [term for group in lexicon.terms.values() for _, term in group]
    assert len({t.term for t in terms}) >= 4000
    assert {t.category for t in terms} | {"scare_quotes"} == set(lexicon.rules)


def test_every_rule_fires_on_its_examples_and_on_no_counterexample(read):
    for rule in lexicons.rules("framing/rules", Rule):
        for example in rule.examples:
            assert rule.id in {f.reason.partition("|")[0] for f in read(example)}, example
        for example in rule.counterexamples:
            assert rule.id not in {f.reason.partition("|")[0] for f in read(example)}, example


def test_every_dispute_is_covered_from_more_than_one_side_and_evenly():
    sides: dict[str, Counter[str]] = {}
    for row in lexicons.table("framing/disputes", Dispute):
        sides.setdefault(row.dispute, Counter())[row.side] += 1
    for dispute, counts in sides.items():
        assert len(counts) >= 2, dispute
        assert max(counts.values()) <= 1.75 * min(counts.values()), (dispute, counts)


def test_no_term_is_listed_twice_in_a_dispute():
    rows = Counter((row.dispute, row.term.lower()) for row in lexicons.table("framing/disputes", Dispute))
    assert [key for key, n in rows.items() if n > 1] == []


def test_either_side_of_a_dispute_is_found_alike(read):
    for one, other in (("Kiev", "Kyiv"), ("the Malvinas", "the Falklands"), ("the West Philippine Sea", "Nansha Islands"), ("Artsakh", "Khankendi")):
        assert [f.category for f in read(f"The envoy spoke of {one}.")] == [f.category for f in read(f"The envoy spoke of {other}.")] == ["disputed_name"]


def test_a_term_on_a_place_is_said_of_the_place(read):
    text = "Shells fell in occupied Crimea."
    place = Place(id="pl-1", geonameid=None, name="Crimea", country="XCR", use="place", start=24, end=30, text="Crimea", confidence=1, reason="places.test")
    (found,) = read(text, places=[place])
    assert (found.about, found.reason.split("|")[2]) == ("pl-1", "about_place")


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("It was a crushing defeat.", ["crushing"]),
        ("The crushing machine broke down.", []),
        ("They pushed their narrative.", ["pushed", "narrative"]),
        ("They pushed a trolley.", []),
        ("The floods claimed nine lives.", []),
        ("The ministry claimed that nobody had died.", ["claimed"]),
        ("The farm keeps pigs.", []),
        ("They are pigs.", ["pigs"]),
        ("He spoke of those rats.", ["rats"]),
    ],
)
def test_some_words_are_loaded_only_in_company(read, text, terms):
    assert [f.term.text for f in read(text)] == terms


def test_a_word_in_a_name_is_none_but_a_headline_is_no_name(read):
    assert read("He joined the Radical Party last year.") == []
    assert [f.term.text for f in read("Heartless Council Snubs Brave Nurses")] != []


PIECES = ["so-called", "regime", '"', "”", "“", "occupied", "terror", "slammed", "the", "of", ".", "\n", "mix", "'s", "é", "the Assad", "no man's", "land"]


@settings(deadline=None, max_examples=60)
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=20))
def test_whatever_the_words_terms_are_the_text(read, pieces):
    text = " ".join(pieces)
    found = read(text)
    assert all(text[f.term.start : f.term.end] == f.term.text and f.about for f in found)
    assert len({f.id for f in found}) == len(found)
