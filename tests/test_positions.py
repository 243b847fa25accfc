"""Positions: who stands where on what, on whose word, and how the stand is put."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.ontology import ACTS
from onrecord.parse import Parser
from onrecord.pipeline import Coder
from onrecord.positions import Lexicon, find
from onrecord.records import Actor, Article, Attribution, Cast, Event, Mention, Position, Speaker

PUBLISHED = "2021-03-09"


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


def on_record(coder: Coder, text: str, **fields: str) -> list[Position]:
    return list(coder.code(text, published=PUBLISHED, **fields).positions)


def stands(coder: Coder, text: str) -> set[tuple[str, str, str, str]]:
    """(holder, act, stance, object) of every position in a text."""
    return {(p.holder.text, p.act, p.stance, p.object.text) for p in on_record(coder, text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenya condemned the attack.", ("Kenya", "condemn", "oppose", "the attack")),
        ("The attack was condemned by Kenya.", ("Kenya", "condemn", "oppose", "The attack")),
        ("China does not recognise the verdict.", ("China", "not_recognise", "oppose", "the verdict")),
        ("Brazil refused to recognise the verdict.", ("Brazil", "not_recognise", "oppose", "the verdict")),
        ("Denmark backs the bid, which Hungary opposes.", ("Hungary", "oppose", "oppose", "the bid")),
        ("Bolivia is opposed to the pipeline.", ("Bolivia", "oppose", "oppose", "the pipeline")),
        ("Qatar voiced support for the ceasefire.", ("Qatar", "support", "support", "the ceasefire")),
        ("Spain urged Morocco to hold talks.", ("Spain", "urge", "support", "hold talks")),
        ("Spain urged Morocco to stop the shelling.", ("Spain", "urge", "oppose", "the shelling")),
        ("Ghana called for an end to the siege.", ("Ghana", "urge", "oppose", "the siege")),
        ("Iran denied the accusation.", ("Iran", "deny", "neutral", "the accusation")),
        ("Japan congratulated Peru on the vote.", ("Japan", "congratulate", "support", "the vote")),
        ("Germany vowed to defeat the insurgency.", ("Germany", "oppose", "oppose", "the insurgency")),
        ("Norway called the referendum a sham.", ("Norway", "condemn", "oppose", "the referendum")),
        ("Norway called for the building of the dam to be stopped.", ("Norway", "urge", "oppose", "the building of the dam")),
        ("Kenya urged Uganda to withdraw its troops.", ("Kenya", "urge", "support", "withdraw its troops")),
        ('"We will do everything to support the truce," Poland said.', ("We", "support", "support", "the truce")),
        ("Ghana made great efforts to support the talks.", ("Ghana", "support", "support", "the talks")),
        ("Kenya urged airlines to refuse to carry the weapons.", ("Kenya", "urge", "oppose", "carry the weapons")),
        ("China opposes foreign leaders meeting the separatists.", ("China", "oppose", "oppose", "foreign leaders meeting the separatists")),
        ("Israel rejected accusations the blockade was unfair.", ("Israel", "reject", "oppose", "accusations the blockade was unfair")),
        ("Turkey is trying to stop the inquiry.", ("Turkey", "oppose", "oppose", "the inquiry")),
        ("The rabbis met to express their concern about the law.", ("The rabbis", "concern", "oppose", "the law")),
        ("Peter Novak, a critic of the treaty, left the party.", ("Peter Novak", "oppose", "oppose", "the treaty")),
    ],
)
def test_words_take_a_stand_for_their_grammatical_holder(coder: Coder, text: str, expected: tuple[str, str, str, str]) -> None:
    assert expected in stands(coder, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The fuel decree was signed on Monday amid criticism from Zambia.", ("Zambia", "criticise", "oppose", "The fuel decree")),
        ("The new tariff came under fire from Finland.", ("Finland", "criticise", "oppose", "The new tariff")),
        ("Criticism by Uruguay of the customs plan has not softened.", ("Uruguay", "criticise", "oppose", "the customs plan")),
        ("Tunisia sent its congratulations to Peru on the election.", ("Tunisia", "congratulate", "support", "the election")),
        ("Chad refused to accept the legality of the border.", ("Chad", "not_recognise", "oppose", "the legality of the border")),
        ("In the view of Costa Rica, the new map is void.", ("Costa Rica", "not_recognise", "oppose", "the new map")),
        ("Kenya urged Uganda to stay away from the vote.", ("Kenya", "urge", "oppose", "the vote")),
        ("Chad urged Sudan to hold talks and withdraw its troops.", ("Chad", "urge", "support", "hold talks")),
        ("Belgrade demanded that the barricade be removed.", ("Belgrade", "demand", "oppose", "the barricade")),
        ("Iran swore to retaliate for the raid.", ("Iran", "threaten", "oppose", "retaliate for the raid")),
    ],
)
def test_a_stand_may_be_taken_around_corners(coder: Coder, text: str, expected: tuple[str, str, str, str]) -> None:
    assert expected in stands(coder, text)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("“A historic step,” the president of Peru said of the treaty.", ("welcome", "the treaty")),
        ("“There will be no foreign base here,” the president of Peru said.", ("reject", "foreign base")),
        ("“There is no such plan,” the president of Peru said.", ("deny", "such plan")),
        ("“The law goes too far,” the president of Peru said.", ("criticise", "The law")),
        ("“The tribunal has no jurisdiction,” the president of Peru said.", ("not_recognise", "The tribunal")),
        ("“Such raids will not be tolerated,” the president of Peru said.", ("reject", "Such raids")),
        ("“The reports do not accord with the facts,” the president of Peru said.", ("deny", "The reports")),
        ("“The vote was neither free nor fair,” the president of Peru said.", ("reject", "The vote")),
    ],
)
def test_a_speaker_judges_without_a_word_for_judging(coder: Coder, words: str, expected: tuple[str, str]) -> None:
    assert expected in {(p.act, p.object.text) for p in on_record(coder, words)}


@pytest.mark.parametrize(
    ("text", "status", "stance"),
    [
        ("Dutch farmers are not in favour of the nitrogen cap.", "taken", "oppose"),
        ("At no point has Sweden recognised the council.", "taken", "oppose"),
        ("Uruguay has never ceased to condemn the raids.", "taken", "oppose"),
        ("Togo no longer backs the candidate.", "withdrawn", "support"),
        ("Togo neither supports nor opposes the candidate.", "taken", "neutral"),
        ("Malawi refused to congratulate the general.", "refused", "neutral"),
    ],
)
def test_denying_is_read_where_it_stands(coder: Coder, text: str, status: str, stance: str) -> None:
    assert [(p.status, p.stance) for p in on_record(coder, text)] == [(status, stance)]


@pytest.mark.parametrize(
    "text",
    [
        "Contrary to claims that Chad backs the rebels, Libya closed the border.",
        "There is no evidence for the rumour that Finland opposes the cable.",
        "It is not true that Uruguay has condemned the strike.",
        "The president of Peru never said that Ireland recognises the island.",
        "While bloggers claimed Iceland had accused the firm, nothing happened.",
    ],
)
def test_what_is_held_to_be_untrue_is_nobodys_position(coder: Coder, text: str) -> None:
    assert not on_record(coder, text)


def test_an_agency_relays_the_stand_of_whom_it_quotes(coder: Coder) -> None:
    found = on_record(coder, "TASS quoted the foreign ministry of Georgia as saying it rejects the commission.")
    assert {p.holder.actor_id for p in found} == {"GEO.GOV"}


def test_a_spokesman_who_names_the_institution_speaks_for_it(coder: Coder) -> None:
    (known,) = on_record(coder, "Kenya supports the plan, its spokesman said.")
    (unknown,) = on_record(coder, "A spokesman for the Lowland Front welcomed the truce.")
    assert (known.holder.actor_id, known.basis) == ("KEN.GOV", "authorised_speaker")
    assert (unknown.holder.text, unknown.basis) == ("the Lowland Front", "authorised_speaker")


def test_we_in_a_text_of_an_unknown_author_is_its_own_word(coder: Coder) -> None:
    (position,) = on_record(coder, "We condemn the attack on the consulate.")
    assert (position.holder.text, position.basis) == ("We", "own_words")


def test_a_headline_is_read_by_the_order_of_its_words(coder: Coder) -> None:
    assert ("Bolivia", "criticise", "oppose", "attack on river convoy") in stands(coder, "Bolivia slams attack on river convoy")


def test_a_plain_stand_is_surer_than_an_offence_laid_to_somebody(coder: Coder) -> None:
    (plain,) = on_record(coder, "Kenya condemned the raid.")
    (read,) = on_record(coder, "“Sudan is violating the truce,” the government of Chad said.")
    assert 0 < read.confidence < plain.confidence < 1


def test_a_list_of_condemners_gives_one_position_each_on_the_same_object(coder: Coder) -> None:
    found = on_record(coder, "The ruling has drawn condemnation from Chile and the African Union.")
    assert {(p.holder.actor_id, p.act, p.object.text) for p in found} == {("CHL.GOV", "condemn", "The ruling"), ("IGO.AU", "condemn", "The ruling")}


@pytest.mark.parametrize(
    ("text", "status", "stance"),
    [
        ("Kenya would support the plan if Uganda withdraws.", "conditional", "support"),
        ("Germany is expected to back the sanctions.", "expected", "support"),
        ("France dropped its opposition to the deal.", "withdrawn", "oppose"),
        ("India abstained from the vote.", "abstained", "neutral"),
        ("Russia refused to condemn the attack.", "refused", "neutral"),
    ],
)
def test_status_says_how_the_stand_is_put(coder: Coder, text: str, status: str, stance: str) -> None:
    assert [(p.status, p.stance) for p in on_record(coder, text)] == [(status, stance)]


@pytest.mark.parametrize(
    "text",
    [
        "If Iran supports the plan, Iraq will follow.",
        "Does China support the plan?",
        "Zambia may support the plan.",
        "The European Union urged Serbia to recognise the vote of the parliament.",
        "The minister told a briefing on Monday.",
        "Four managers working for Shell were arrested in Nigeria.",
        "Brazil seeks more clout in Africa.",
        "The president of Peru suggested the strike could damage the economy.",
        "China calls him a traitor for advocating independence.",
        "Turkey said it would take all measures it deems necessary.",
    ],
)
def test_what_nobody_has_taken_is_nobodys_position(coder: Coder, text: str) -> None:
    assert not [p for p in on_record(coder, text) if p.act not in ("urge", "demand")]


@pytest.mark.parametrize(
    "text",
    [
        "Germany and France disagreed over how aid should be provided.",
        "The finance minister of Greece said ministers had to agree the terms.",
        "The government of Spain said it must reform the law.",
    ],
)
def test_what_is_asked_of_nobody_is_urged_by_nobody(coder: Coder, text: str) -> None:
    assert not [p for p in on_record(coder, text) if p.act == "urge"]


@pytest.mark.parametrize(
    ("words", "stance", "thing"),
    [
        ("vital that both armies hold their fire", "support", "both armies hold their fire"),
        ("important not to harm the talks", "oppose", "harm the talks"),
        ("essential to avoid a famine", "oppose", "a famine"),
    ],
)
def test_necessity_urges_what_it_is_said_of(coder: Coder, words: str, stance: str, thing: str) -> None:
    found = on_record(coder, f'"It is {words}," the foreign minister of Norway said.')
    assert [(p.act, p.stance, p.object.text) for p in found] == [("urge", stance, thing)]


def test_what_somebody_is_accused_of_is_their_doing_and_nobody_elses_stand(coder: Coder) -> None:
    (position,) = on_record(coder, "Kosovo accused Serbia of sponsoring the attack.")
    assert (position.act, position.object.text, position.object.actor_id) == ("accuse", "sponsoring the attack", "SRB.GOV")
    assert position.addressee is not None
    assert position.addressee.actor_id == "SRB.GOV"


def test_a_bare_this_points_at_what_happened_before(coder: Coder) -> None:
    report = coder.code("North Korea launched a missile on Sunday. Japan condemned this.", published=PUBLISHED)
    (position,) = report.positions
    assert [e.type for e in report.events if e.id == position.object.event_id] == ["MOBILIZE"]


def test_concern_for_somebodys_safety_opposes_nothing(coder: Coder) -> None:
    assert [p.stance for p in on_record(coder, "Japan voiced concern over the safety of the hostages.")] == ["neutral"]


def test_an_evaluation_without_a_performative_verb_is_the_speakers(coder: Coder) -> None:
    found = on_record(coder, 'Judges in Peru jailed the mayor. "The verdict is a travesty," the government of Chile said.')
    assert ("CHL.GOV", "condemn", "The verdict") in {(p.holder.actor_id, p.act, p.object.text) for p in found}


def test_what_a_third_party_says_of_a_position_stays_hearsay(coder: Coder) -> None:
    (position,) = on_record(coder, "Chad said that Libya had condemned the raid.")
    assert (position.holder.actor_id, position.basis) == ("LBY.GOV", "reported_by_third_party")
    assert position.attribution is not None


def test_a_plain_report_is_the_outlets(coder: Coder) -> None:
    (position,) = on_record(coder, "Libya condemned the raid.")
    assert (position.basis, position.attribution) == ("reported_by_outlet", None)


def test_and_others_leaves_the_list_open(coder: Coder) -> None:
    found = on_record(coder, "The ruling has drawn condemnation from Chile, Peru and others.")
    assert {p.holder.actor_id for p in found} == {"CHL.GOV", "PER.GOV"}
    assert all("open_list" in p.reason for p in found)


def test_a_ministrys_own_statement_is_in_its_own_words(coder: Coder) -> None:
    found = on_record(coder, "The UK supports the accord. We condemn the raid.", publisher="UK Government")
    assert {(p.holder.country, p.act, p.basis) for p in found} == {("GBR", "support", "own_words"), ("GBR", "condemn", "own_words")}


def test_said_is_the_date_beside_the_word_else_of_the_publication(coder: Coder) -> None:
    (dated,) = on_record(coder, "On Sunday Libya condemned the raid.")
    (undated,) = on_record(coder, "Libya condemned the raid.")
    assert (dated.said.value, undated.said.value, undated.said.reason) == ("2021-03-07", PUBLISHED, "publication")


# By hand: the room alone, on records that other rooms would give.


def actor(text: str, words: str, id: str, *, kind: str = "state", role: str | None = None, affiliation_id: str | None = None) -> Actor:
    start = text.index(words)
    head = start + words.rindex(" ") + 1 if " " in words else start
    country, _, sector = id.partition(".")
    mention = Mention(start=start, end=start + len(words), text=words, head=head, form="name", reason="test.actor")
    return Actor(
        id=id,
        name=words,
        country=country,
        sector=sector[:3] or None,
        kind=kind,
        mentions=(mention,),
        reason="test.actor",
        role=role,
        affiliation_id=affiliation_id,
    )  # type: ignore[arg-type]


def positions_of(
    parser: Parser, lexicon: Lexicon, text: str, actors: tuple[Actor, ...], *, attributions: tuple[Attribution, ...] = (), events: tuple[Event, ...] = ()
) -> tuple[Position, ...]:
    parsed = parser.parse(Article.make(text, published=PUBLISHED))
    return find(parsed, Cast(actors), (), attributions, events, lexicon=lexicon)


def event(text: str, word: str, type: str) -> Event:
    span = Article.make(text).span(text.index(word), text.index(word) + len(word))
    return Event(id=f"ev-{word}", type=type, trigger=span, evidence=span, confidence=1.0, reason="test.event")


def test_a_spokesperson_speaks_for_the_institution(parser: Parser, lexicon: Lexicon) -> None:
    text = "Maria Silva condemned the raid. The ministry did not explain."
    found = positions_of(
        parser,
        lexicon,
        text,
        (
            actor(text, "Maria Silva", "BRA.GOV.maria-silva", kind="person", role="spokeswoman", affiliation_id="BRA.GOV"),
            actor(text, "The ministry", "BRA.GOV"),
        ),
    )
    assert [(p.holder.actor_id, p.holder.text, p.basis) for p in found] == [("BRA.GOV", "Maria Silva", "authorised_speaker")]


def test_a_former_official_speaks_for_themselves(parser: Parser, lexicon: Lexicon) -> None:
    text = "Maria Silva condemned the raid. The ministry did not explain."
    found = positions_of(
        parser,
        lexicon,
        text,
        (
            actor(text, "Maria Silva", "BRA.GOV.maria-silva", kind="person", role="former minister", affiliation_id="BRA.GOV"),
            actor(text, "The ministry", "BRA.GOV"),
        ),
    )
    assert [p.holder.actor_id for p in found] == ["BRA.GOV.maria-silva"]


def test_an_object_and_an_act_point_at_their_events(parser: Parser, lexicon: Lexicon) -> None:
    text = "Voters went to the polls in the referendum on Sunday. Libya rejected the vote."
    found = positions_of(
        parser, lexicon, text, (actor(text, "Libya", "LBY.GOV"),), events=(event(text, "referendum", "ELECTION"), event(text, "rejected", "REJECT"))
    )
    assert [(p.object.event_id, p.object.kind, p.act_event_id) for p in found] == [("ev-referendum", "event", "ev-rejected")]


def test_we_in_a_quotation_is_the_speaker(parser: Parser, lexicon: Lexicon) -> None:
    text = '"We welcome the accord," Libya said.'
    article = Article.make(text)
    said = Attribution(
        id="at-1",
        kind="direct",
        source=(article.span(text.index("Libya"), text.index("Libya") + 5),),
        cue=(article.span(text.index("said"), text.index("said") + 4),),
        content=(article.span(0, text.index(" Libya")),),
        speaker=Speaker(actor_id="LBY.GOV", name="Libya"),
        confidence=1.0,
        reason="test.attribution",
    )
    (position,) = positions_of(parser, lexicon, text, (actor(text, "Libya", "LBY.GOV"),), attributions=(said,))
    assert (position.holder.actor_id, position.act, position.basis, position.attribution) == ("LBY.GOV", "welcome", "own_words", "at-1")


def test_every_rule_names_an_act_of_the_ontology(lexicon: Lexicon) -> None:
    rules = {e.rule for known in (*lexicon.entries.values(), *lexicon.adjectives.values()) for e in known}
    assert {r.act for r in rules} | {r.negated for r in rules if r.negated} <= set(ACTS)
    assert all(ACTS[r.act].stance in (r.stance, None) for r in rules)


VOCABULARY = 'Kenya condemned the vote " We will never accept it , said and of by refused to back no not must . ? that is a sham \n 🙂 “ ” urged on for'
WORDS = st.sampled_from(VOCABULARY.split(" "))


@settings(max_examples=40, deadline=None)
@given(st.lists(WORDS, max_size=30))
def test_any_text_gives_valid_spans_and_the_same_positions_twice(coder: Coder, words: list[str]) -> None:
    text = " ".join(words)
    first, again = on_record(coder, text), on_record(coder, text)
    assert first == again
    assert len({p.id for p in first}) == len(first)
    for position in first:
        assert position.evidence.covers(position.object.start, position.object.end)


def test_what_somebody_is_told_is_a_stand(coder: Coder) -> None:
    (position,) = coder.code("“The sanctions are illegal,” Foreign Minister Abdou Sall told reporters.").positions
    assert (position.act, position.stance, position.object.text) == ("reject", "oppose", "The sanctions")


@pytest.mark.parametrize(
    "text",
    [
        "The discovery raises the potential for Chad to lash out at Sudan.",
        "Kenya was forced to accept the ruling.",
        "Peru had no choice but to agree to the cuts.",
        "Norway can send troops to Mali to support the government.",
        "Ghana cut its key rate to support economic growth.",
        "The law prevented the states blocking the treaty.",
        "Chile's demand for copper fell.",
        "Kenya has rarely blocked a merger.",
        "The ministry of Peru blamed the poor harvest on the rains.",
        "Exports from Kenya declined $3 billion in May.",
        "Nepal will require 200 new airliners.",
        "The president of Chad stood behind his desk.",
        "A spokesman for Kenya declined to talk about the raid.",
        "Had Chad agreed to the deal, the border would be open.",
    ],
)
def test_what_nobody_does_and_what_is_no_stand_takes_no_position(coder: Coder, text: str) -> None:
    assert stands(coder, text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peru opposes rules that bar its ships from the port.", ("Peru", "oppose", "oppose", "rules that bar its ships from the port")),
        ("Kenya dismissed talk that the dam was leaking.", ("Kenya", "reject", "oppose", "talk that the dam was leaking")),
        ("Chad condemned the raid, which killed two men.", ("Chad", "condemn", "oppose", "the raid")),
        ("Kenya is concerned about social stability.", ("Kenya", "concern", "neutral", "social stability")),
        ("Iran blamed Israel for the explosion.", ("Iran", "accuse", "oppose", "the explosion")),
        ("Workers in Peru never dropped their opposition to the sale.", ("Workers", "oppose", "oppose", "the sale")),
    ],
)
def test_objects_and_stances_are_read_in_full(coder: Coder, text: str, expected: tuple[str, str, str, str]) -> None:
    found = stands(coder, text)
    assert any(expected[1:] == f[1:] and f[0].startswith(expected[0]) for f in found), found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Chad on 2 March 2030 rejected the treaty.", "2030-03-02"),
        ("Chad rejected the tax planned for 2035.", "2030-03-09"),
        ("Chad rejects the vote on 20 March 2030.", "2030-03-09"),
    ],
)
def test_nobody_has_said_anything_after_the_day_of_publication(coder: Coder, text: str, said: str) -> None:
    report = coder.code(text, published="2030-03-09")
    assert [p.said.value for p in report.positions] == [said]
