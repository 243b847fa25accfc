"""Events: who did what to whom in one sentence, how it is put, when, and how many."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import ontology
from onrecord.events.figures import parse_number
from onrecord.events.lexicon import Lexicon
from onrecord.pipeline import Coder
from onrecord.records import Event


def only(coder: Coder, text: str, type: str) -> Event:
    """The one event of a type in a text."""
    found = [e for e in coder.code(text, published="2021-03-09").events if e.type == type]
    assert len(found) == 1, [(e.type, e.trigger.text) for e in found]
    return found[0]


def who(event: Event) -> tuple[list[str | None], list[str | None]]:
    return [p.country for p in event.actors], [p.country for p in event.recipients]


@pytest.mark.parametrize(
    ("text", "type", "actors", "recipients"),
    [
        ("Chad condemned Libya.", "ACCUSE", ["TCD"], ["LBY"]),
        ("Libya was condemned by Chad.", "ACCUSE", ["TCD"], ["LBY"]),
        ("Chad, which condemned Libya, kept its embassy open.", "ACCUSE", ["TCD"], ["LBY"]),
        ("Chile, Peru and Norway condemned Belarus.", "ACCUSE", ["CHL", "PER", "NOR"], ["BLR"]),
        ("Kenya urged Somalia to free the sailors.", "REQUEST", ["KEN"], ["SOM"]),
        ("The European Union imposed sanctions on Syria.", "SANCTION", ["EUR"], ["SYR"]),
        ("Indian attacks on Pakistan went on.", "ASSAULT", ["IND"], ["PAK"]),
    ],
)
def test_participants_by_construction(coder: Coder, text: str, type: str, actors: list[str], recipients: list[str]) -> None:
    assert who(only(coder, text, type)) == (actors, recipients)


def test_accused_of_doing_gives_the_accusation_and_the_deed_of_the_accused(coder: Coder) -> None:
    text = "Ethiopia accused Eritrea of attacking Sudan."
    assert who(only(coder, text, "ACCUSE")) == (["ETH"], ["ERI"])
    assert who(only(coder, text, "ASSAULT")) == (["ERI"], ["SDN"])


def test_event_knows_quad_cameo_and_rule(coder: Coder) -> None:
    event = only(coder, "Chad condemned Libya.", "ACCUSE")
    assert (event.mode, event.quad, event.cameo, event.reason) == ("disapprove", 3, "111", "events.accuse.condemn")


@pytest.mark.parametrize(
    ("text", "type", "veridicality"),
    [
        ("Egypt attacked Libya.", "ASSAULT", "asserted"),
        ("Egypt did not attack Libya.", "ASSAULT", "denied"),
        ("Egypt could attack Libya.", "ASSAULT", "hypothetical"),
        ("If Egypt attacks Libya, prices will rise.", "ASSAULT", "hypothetical"),
        ("Egypt plans to attack Libya.", "ASSAULT", "planned"),
        ("Sudan urged Egypt to attack Libya.", "ASSAULT", "demanded"),
    ],
)
def test_standing(coder: Coder, text: str, type: str, veridicality: str) -> None:
    assert only(coder, text, type).veridicality == veridicality


def test_a_future_gift_is_a_promise_and_a_refused_one_a_rejection(coder: Coder) -> None:
    assert only(coder, "Germany will help Ukraine.", "AGREE").actors[0].country == "DEU"
    assert only(coder, "Germany will not help Ukraine.", "REJECT").actors[0].country == "DEU"


def test_the_voice_of_an_event_is_the_speaker_in_whose_words_it_stands(coder: Coder) -> None:
    report = coder.code("Chad said that Libya had attacked Niger.", published="2021-03-09")
    attack = next(e for e in report.events if e.type == "ASSAULT")
    assert attack.claimed_by in {a.id for a in report.attributions}


def test_date_of_the_clause_and_of_the_article(coder: Coder) -> None:
    dated = only(coder, "Egypt attacked Libya on Monday.", "ASSAULT").date
    undated = only(coder, "Egypt attacked Libya.", "ASSAULT").date
    assert dated is not None
    assert (dated.value, dated.reason) == ("2021-03-08", "clause")
    assert undated is not None
    assert undated.reason == "publication"


def test_casualties_belong_to_their_attack(coder: Coder) -> None:
    event = only(coder, "Rebels attacked a base in Mali, killing at least twelve soldiers and wounding five.", "ASSAULT")
    assert {(m.what, m.low, m.high) for m in event.magnitudes} == {("killed", 12, None), ("injured", 5, 5)}


@pytest.mark.parametrize(
    ("text", "type", "actors", "recipients"),
    [
        ("The rebels of Mali had been sent with orders to blow up the Danish embassy.", "ASSAULT", ["MLI"], ["DNK"]),
        ("Chad said it would not be the first to use chemical weapons.", "ASSAULT", ["TCD"], []),
        ("Police in Kenya said that two editors had been detained.", "COERCE", ["KEN"], [None]),
        ("The presidents of Chad and Niger met in Abuja on Monday.", "CONSULT", ["TCD", "NER"], []),
        ("Norway criticised the height of the wall of the Danish embassy.", "ACCUSE", ["NOR"], ["DNK"]),
    ],
)
def test_whose_doing_it_is_behind_a_plan_a_passive_or_a_list(
    coder: Coder, text: str, type: str, actors: list[str | None], recipients: list[str | None]
) -> None:
    assert who(only(coder, text, type)) == (actors, recipients)


def test_nobody_named_in_the_passive_is_who_the_article_named_before(coder: Coder) -> None:
    report = coder.code("French officers seized a tanker from Panama in March. The tanker was seized after a long chase.", published="2021-03-29")
    second = [e for e in report.events if e.type == "COERCE"][-1]
    assert ([p.country for p in second.actors], second.reason) == (["FRA"], "events.coerce.seize|implied_actor")
    assert second.date is not None
    assert (second.date.value, second.date.reason) == ("2021-03", "same_event")


def test_who_holds_somebody_is_who_lets_go(coder: Coder) -> None:
    report = coder.code("Boko Haram abducted forty pupils in Niger. The pupils were released on Friday.", published="2021-03-09")
    released = next(e for e in report.events if e.type == "RETREAT")
    assert [p.country for p in released.actors] == ["NGA"]


def test_what_somebody_welcomes_is_no_claim_of_theirs(coder: Coder) -> None:
    events = coder.code("Norway welcomed the release of the pilots by Sudan.", published="2021-03-09").events
    assert next(e for e in events if e.type == "RETREAT").claimed_by is None


def test_a_vote_that_is_held_detains_nobody(coder: Coder) -> None:
    assert only(coder, "The vote was held in Mali on Sunday.", "ELECTION").magnitudes == ()


def test_a_bound_is_no_date(coder: Coder) -> None:
    date = only(coder, "Egypt has attacked Libya since May 2019.", "ASSAULT").date
    assert date is not None
    assert date.reason == "publication"


@pytest.mark.parametrize(("text", "value"), [("twenty-three", 23), ("1,200", 1200), ("3 million", 3_000_000), ("two hundred and five", 205), ("many", None)])
def test_numbers(text: str, value: int | None) -> None:
    assert parse_number(text) == value


def test_a_headline_that_repeats_the_lead_is_one_event(coder: Coder) -> None:
    report = coder.code("Chad condemns Libya\n\nN'DJAMENA (Agency) - Chad condemned Libya on Monday.\n", published="2021-03-09")
    assert len([e for e in report.events if e.type == "ACCUSE"]) == 1


def test_every_type_and_every_rule_of_the_lexicon_is_in_the_ontology() -> None:
    rules = {e.rule for entries in Lexicon.load().entries.values() for e in entries}
    assert {r.type for r in rules} >= ontology.PLOVER
    assert all(r.mode is None or r.mode in ontology.EVENT_TYPES[r.type].modes for r in rules)


WORDS = ["Chad", "attacked", "killed", "by", "three", ",", "“", "which", "not", "the", "EU", "🙂", "\n\n", "said", "to", "Monday", "."]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=25))
def test_any_words_are_coded_without_an_error(coder: Coder, words: list[str]) -> None:
    report = coder.code(" ".join(words), published="2021-03-09")
    assert len({e.id for e in report.events}) == len(report.events)


@pytest.mark.parametrize(
    ("text", "actors", "recipients"),
    [
        ("Serbia is in talks with Kosovo over the border.", ["SRB"], ["XKX"]),
        ("Serbia entered negotiations with Kosovo.", ["SRB"], ["XKX"]),
        ("The Turkish president said in a meeting with the Greek prime minister that the islands would stay open.", ["TUR"], ["GRC"]),
    ],
)
def test_whoever_is_in_talks_consults(coder: Coder, text: str, actors: list[str], recipients: list[str]) -> None:
    assert who(only(coder, text, "CONSULT")) == (actors, recipients)


@pytest.mark.parametrize(
    "text",
    [
        "Russia must withdraw its troops from Georgia.",
        "Analysts discussed how Japan should respond to the crisis in Korea.",
        "The mayor of Lima added that the ballot should not prejudice the settlement.",
    ],
)
def test_only_a_speaker_asks_a_political_actor(coder: Coder, text: str) -> None:
    assert not [e for e in coder.code(text, published="2021-03-09").events if e.type == "REQUEST"]


@pytest.mark.parametrize("text", ["Nobody attacked the embassy of Peru in Lima.", "None of the rebels attacked the army in Mali."])
def test_what_nobody_did_is_denied(coder: Coder, text: str) -> None:
    event = only(coder, text, "ASSAULT")
    assert event.veridicality == "denied"
    assert "Nobody" not in [p.text for p in event.actors]


def test_a_refusal_governs_no_clause_beside_it(coder: Coder) -> None:
    text = "The opposition in Kenya refused to recognise the results and called on the African Union to intervene."
    assert only(coder, text, "REQUEST").veridicality == "asserted"


def test_an_air_strike_does_nothing_itself(coder: Coder) -> None:
    assert who(only(coder, "An Israeli air strike killed three fighters in Gaza.", "ASSAULT"))[0] == ["ISR"]
    assert not only(coder, "The air strike killed a gunman in Gaza.", "ASSAULT").actors


def test_sums_and_papers_receive_nothing(coder: Coder) -> None:
    assert not only(coder, "France rejected part of the report.", "REJECT").recipients
    assert not only(coder, "France criticised the delay.", "ACCUSE").recipients


@pytest.mark.parametrize(
    ("text", "type", "place"),
    [("Talks between Iran and Russia began in Vienna.", "CONSULT", "Vienna"), ("Protests over Tibet broke out in London.", "PROTEST", "London")],
)
def test_a_place_is_where_it_was_not_what_it_was_about(coder: Coder, text: str, type: str, place: str) -> None:
    event = only(coder, text, type)
    assert event.place is not None
    assert event.place.text == place


def test_a_sum_belongs_to_the_event_of_its_own_clause(coder: Coder) -> None:
    assert not only(coder, "Sweden, which has a fund of $4 million, agreed to help Ukraine.", "AGREE").magnitudes


def test_casualties_belong_to_the_attack_that_killed(coder: Coder) -> None:
    (event,) = coder.code("At least 12 people were killed and 30 wounded when gunmen attacked a market in Maiduguri on Friday.", published="2021-03-09").events
    assert event.trigger.text == "attacked"
    assert [p.text for p in event.actors] == ["gunmen"]
    assert {(m.what, m.low) for m in event.magnitudes} == {("killed", 12), ("injured", 30)}
    assert event.place is not None
    assert event.date is not None
    assert (event.place.name, event.date.value) == ("Maiduguri", "2021-03-05")


def test_verbs_of_one_subject_share_their_date(coder: Coder) -> None:
    (event, *_) = coder.code("Gunmen killed a police officer and fled into the hills on Sunday.", published="2021-03-09").events
    assert event.date is not None
    assert (event.date.value, event.date.reason) == ("2021-03-07", "coordinated_clause")


def test_what_somebody_is_told_is_asserted(coder: Coder) -> None:
    told = coder.code("The mayor told reporters that rebels attacked the town.").events
    asked = coder.code("He told the rebels to attack the town.").events
    assert [e.veridicality for e in told if e.type == "ASSAULT"] == ["asserted"]
    assert [e.veridicality for e in asked if e.type == "ASSAULT"] == ["demanded"]


def test_a_warning_asserts_what_it_warns_of(coder: Coder) -> None:
    report = coder.code("Chad warned that Libya was moving tanks towards the border.")
    move = next(e for e in report.events if e.type == "MOBILIZE")
    assert move.veridicality == "asserted"
    assert move.claimed_by == report.attributions[0].id


def test_a_reaction_has_what_it_is_against_where_nobody_is_named(coder: Coder) -> None:
    assert [r.text for r in only(coder, "Baghdad rejected the referendum.", "REJECT").recipients] == ["the referendum"]
    assert [r.text for r in only(coder, "Nigeria vetoed a Chadian resolution.", "REJECT").recipients] == ["Chadian"]


def test_a_participle_names_at_whom_a_measure_is_aimed(coder: Coder) -> None:
    assert [r.text for r in only(coder, "Norway lifted the restrictions imposed on Togo.", "CONCEDE").recipients] == ["Togo"]


def test_a_day_is_no_part_of_a_phrase(coder: Coder) -> None:
    called = coder.code("The French president called Vladimir Putin on Monday to discuss the war.").events
    assert "REQUEST" not in {e.type for e in called}


def test_troops_that_keep_the_peace_are_aid(coder: Coder) -> None:
    assert only(coder, "Ghana sent troops to Liberia on a peacekeeping mission.", "AID").recipients
    assert [e.type for e in coder.code("Ghana sent troops to the border of Togo.").events] == ["MOBILIZE"]
