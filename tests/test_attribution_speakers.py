"""Who a source is: pronouns, descriptions, documents, both sides, and why somebody can't be told."""

from __future__ import annotations

import typing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.attribution import Lexicon, find
from onrecord.attribution.agreement import Traits, fits
from onrecord.attribution.voice import Found, Resolved, Unresolved
from onrecord.parse import Parser
from onrecord.pipeline import Coder
from onrecord.records import Article, Attribution, Cast, Report

WHYS = {*typing.get_args(Resolved), *typing.get_args(Unresolved), *typing.get_args(Found)}
SENTENCES = (
    "Jan Kos said the truce would hold.",
    "He warned that it might not.",
    "“She is wrong,” they said.",
    "Both sides agreed to talk.",
    "The statement said the border was shut.",
    "Peru and Chile met in Lima.",
    "The latter refused to sign.",
    "A spokeswoman, who asked not to be named, denied it.",
    "“It is over.”",
    "Others disagreed, saying we were lost.",
    "It was reported that the bridge had collapsed.",
)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


@pytest.fixture
def coded(coder: Coder):
    """The report on a text, as the whole coder makes it."""

    def code(text: str, **about: str) -> Report:
        return coder.code(text, **about)

    return code


@pytest.fixture
def uncast(parser: Parser, lexicon: Lexicon):
    """The attributions of a text of which no actor is known."""
    return lambda text: find(parser.parse(Article.make(text)), Cast(()), lexicon=lexicon)


def speaker(report: Report, source: str) -> str | None:
    """The name of whoever a source's words mean."""
    return found(report, source).speaker.name


def found(report: Report, source: str) -> Attribution:
    return next(a for a in reversed(report.attributions) if a.source and a.source[0].text == source)


def whys(a: Attribution) -> list[str]:
    return a.reason.split("|")[1:]


@pytest.mark.parametrize(
    ("text", "source", "name"),
    [
        ("Prime Minister Jan Kos met President Maria Silva. She said the talks had failed.", "She", "Maria Silva"),
        ("Maria Silva said the talks had failed. Jan Kos was not there. She blamed Peru.", "She", "Maria Silva"),
        ("Jan Kos said that Daniel Weiss had lied. He demanded an apology.", "He", "Jan Kos"),
        ("“Daniel Weiss has lied,” Jan Kos said. “He must go,” he added.", "he", "Jan Kos"),
        ("Chad's government shut the border. It said the rebels had crossed it.", "It", "Chad"),
        ("The United Nations said it hoped to send more aid.", "it", "United Nations"),
        ("Chile accused Peru of spying. It demanded an apology.", "It", "Chile"),
    ],
)
def test_a_pronoun_means_whoever_agrees_with_it_and_was_last_to_act_or_speak(coded, text: str, source: str, name: str) -> None:
    assert name in (speaker(coded(text), source) or "")


def test_they_are_all_of_a_list(coded) -> None:
    report = coded("Jan Kos and Maria Silva met in Lima on Monday. They said the border was safe.")
    assert speaker(report, "They") == "Jan Kos and Maria Silva"


def test_they_are_several_or_a_body_of_people(coded) -> None:
    report = coded("The rebels met the president on Monday. They said the truce was over.")
    assert found(report, "They").speaker.actor_id == found(coded("The rebels said the truce was over."), "The rebels").speaker.actor_id


@pytest.mark.parametrize(
    ("pronoun", "traits", "fitting"),
    [
        ("he", Traits(person=True, plural=False, gender="male"), True),
        ("he", Traits(person=True, plural=False, gender="female"), False),
        ("she", Traits(person=True, plural=False), True),
        ("she", Traits(person=None, plural=False), True),
        ("he", Traits(person=False, plural=False), False),
        ("it", Traits(person=True, plural=False), False),
        ("it", Traits(person=False, plural=True), False),
        ("they", Traits(person=True, plural=True), True),
        ("they", Traits(person=False, plural=False), True),
        ("they", Traits(person=True, plural=False), False),
    ],
)
def test_pronouns_agree_in_gender_number_and_being_a_person(pronoun: str, traits: Traits, fitting: bool) -> None:
    assert fits(pronoun, traits) is fitting


def test_a_quotation_that_goes_on_keeps_its_speaker(coded) -> None:
    report = coded("“It was dark,” Jan Kos said.\n“Nobody came.”\n“We were alone, and Daniel Weiss knew it.”\n“He never called,” he added.")
    assert {a.speaker.name for a in report.attributions if a.kind == "direct"} == {"Jan Kos"}


@pytest.mark.parametrize(
    ("text", "source", "name"),
    [
        ("A government spokesman said talks would go on. The spokesman, Ali Reza, gave no date.", "A government spokesman", "Ali Reza"),
        ("Foreign Minister Jan Kos arrived in Lima. The minister said the visit was private.", "The minister", "Jan Kos"),
        ("Army spokeswoman Maria Silva came late. The spokeswoman said nobody was hurt.", "The spokeswoman", "Maria Silva"),
        ("The Israeli army left the town. The army said it had found weapons.", "The army", "Israeli army"),
        ("Jan Kos denied the charges. His lawyer said the trial was unfair.", "His lawyer", "Jan Kos’s lawyer"),
    ],
)
def test_a_description_is_named_by_what_the_article_calls_it_elsewhere(coded, text: str, source: str, name: str) -> None:
    assert name in (speaker(coded(text), source) or "")


def test_somebody_introduced_afresh_is_nobody_named_before(coded) -> None:
    report = coded("Army spokesman Jan Kos said the town was safe. Another spokesman said it was not.")
    assert speaker(report, "Another spokesman") != "Jan Kos"


@pytest.mark.parametrize(
    ("text", "source", "name"),
    [
        ("Chile's foreign ministry issued a statement on Monday. The statement said the border was shut.", "The statement", "foreign ministry"),
        ("Jan Kos sent a letter to the court. The letter said the trial was unfair.", "The letter", "Jan Kos"),
        ("A statement from NATO said the bridge had been hit.", "A statement from NATO", "NATO"),
    ],
)
def test_a_document_speaks_for_its_author(coded, text: str, source: str, name: str) -> None:
    assert name.lower() in (speaker(coded(text), source) or "").lower()


def test_a_report_by_nobody_known_is_not_the_last_speakers(coded) -> None:
    report = coded("Ghana denied a report on its army. The report said soldiers had looted shops.")
    assert whys(found(report, "The report"))[-1] == "document_without_author"


@pytest.mark.parametrize(
    ("text", "source", "names"),
    [
        ("Peru and Chile met in Lima. Both countries said the border was safe.", "Both countries", ("Chile", "Peru")),
        ("Peru, Chile and Brazil met in Lima. All three countries agreed that the border was safe.", "All three countries", ("Brazil", "Chile", "Peru")),
        ("Jan Kos met Maria Silva in Lima. The two leaders said the border was safe.", "The two leaders", ("Jan Kos", "Maria Silva")),
        ("Peru and Chile said the border was safe.", "Peru and Chile", ("Chile", "Peru")),
    ],
)
def test_both_sides_are_whoever_was_named(coded, text: str, source: str, names: tuple[str, ...]) -> None:
    name = speaker(coded(text), source) or ""
    assert all(n in name for n in names), name


def test_the_latter_is_the_second_of_two(coded) -> None:
    report = coded("Peru and Chile met in Lima. The latter said the border was safe.")
    assert speaker(report, "The latter") == "Chile"


def test_who_may_stand_for_somebody_at_an_institution(coded) -> None:
    report = coded("Maria Silva, an economist at Andes Bank, who said the peso would fall, left the hall.")
    assert speaker(report, "who") == "Maria Silva"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("It was reported that the bridge had collapsed.", "no_source"),
        ("He said the bridge had collapsed.", "pronoun_without_antecedent"),
        ("A diplomat said the deal was near.", "unnamed"),
        ("Some say the deal is near.", "generic"),
        ("Both sides said the deal was near.", "members_not_named"),
        ("We believe the deal is near.", "unknown_own_voice"),
        ("The letter said the deal was near.", "document_without_author"),
    ],
)
def test_where_it_is_not_known_who_speaks_the_reason_says_why(uncast, text: str, why: str) -> None:
    assert why in whys(uncast(text)[0])


def test_we_outside_a_quotation_are_the_publisher(coded) -> None:
    report = coded("We believe that the vote was fair.", publisher="The Andes Post")
    assert speaker(report, "We") == "The Andes Post"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=7))
def test_every_speaker_is_known_or_the_reason_says_why_not(coder: Coder, sentences: list[str]) -> None:
    for a in coder.code(" ".join(sentences)).attributions:
        assert set(whys(a)) <= WHYS
        if a.speaker.name is None or a.speaker.anonymous:
            assert set(whys(a)) & set(typing.get_args(Unresolved)), a.reason
