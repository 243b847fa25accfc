"""Who says what: cues, contents, sources, speakers, channels and nesting."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.attribution import Lexicon, find
from onrecord.parse import Parser
from onrecord.records import Actor, Article, Attribution, Cast, Mention, Report

PIECES = ("“", "”", "''", '"', "said", "the minister", "that", "Ali", ":", "—", ".", ",", "\n", "according to", "he", "warned", "‘", "’", "x")


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


@pytest.fixture
def said(parser: Parser, lexicon: Lexicon):
    """Attributions of a text, checked to be verbatim."""

    def code(text: str, *actors: Actor) -> tuple[Attribution, ...]:
        parsed = parser.parse(Article.make(text))
        found = find(parsed, Cast(actors), lexicon=lexicon)
        Report(article=parsed.article, attributions=found)
        return found

    return code


def plain(found: Attribution) -> tuple[str, str, str]:
    """Source, cue and content as text."""
    return (" … ".join(s.text for s in found.source), " … ".join(s.text for s in found.cue), " … ".join(s.text for s in found.content))


def named(text: str, name: str, id: str, **fields: str) -> Actor:
    start = text.index(name)
    mention = Mention(start=start, end=start + len(name), text=name, head=start + name.rfind(" ") + 1, form="name", reason="test.name")
    return Actor(id=id, name=name, country=None, sector="GOV", kind="person", mentions=(mention,), reason="test.name", **fields)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ministry said that the talks had failed.", ("The ministry", "said", "that the talks had failed")),
        ("The talks had failed, the ministry said.", ("the ministry", "said", "The talks had failed")),
        ("The talks, the ministry said, had failed.", ("the ministry", "said", "The talks … had failed")),
        ("Three people died, according to the army.", ("the army", "according to", "Three people died")),
        ("Ghana called for an inquiry.", ("Ghana", "called for", "an inquiry")),
        ("Chad promised to withdraw its troops.", ("Chad", "promised", "to withdraw its troops")),
        ("The council urged both sides to stop.", ("The council", "urged", "both sides to stop")),
        ("The judges ignored the president's claim that the vote was rigged.", ("the president", "claim", "that the vote was rigged")),
    ],
)
def test_a_cue_gives_source_and_content(said, text: str, expected: tuple[str, str, str]) -> None:
    assert expected in [plain(a) for a in said(text)]


def test_a_quotation_goes_on_behind_its_cue(said) -> None:
    (found,) = said("“We are ready,” Ms. Osei told Radio Accra. “We have always been ready. We wait.”")
    assert found.kind == "direct"
    assert [s.text for s in found.content] == ["“We are ready,”", "“We have always been ready. We wait.”"]
    assert found.channel == "Radio Accra"


def test_a_quotation_of_several_sentences_is_whole(said) -> None:
    (found,) = said("“The bridge is gone. Nobody can cross. We need boats,” the mayor said.")
    assert [s.text for s in found.content] == ["“The bridge is gone. Nobody can cross. We need boats,”"]


def test_a_quotation_may_follow_a_colon(said) -> None:
    (found,) = said("The general told reporters: “The war is over.”")
    assert plain(found) == ("The general", "told", "“The war is over.”")


def test_two_apostrophes_are_quotation_marks(said) -> None:
    (found,) = said("''We will not leave our homes,'' the farmer said.")
    assert found.kind == "direct"


def test_a_name_behind_a_dash_is_a_source(said) -> None:
    (found,) = said("“We will not leave. We have nowhere to go.” ― Sara Lind")
    assert (found.speaker.name, found.cue[0].text) == ("Sara Lind", "―")


def test_a_quotation_of_its_own_paragraph_carries_the_speaker_on(said) -> None:
    first, second = said("“It was dark. We ran,” Omar said.\n“Nobody came to help us.”")
    assert second.speaker == first.speaker
    assert second.cue == ()
    assert second.reason.startswith("attribution.quote_carried")
    assert second.confidence < first.confidence


def test_a_quoted_phrase_is_no_speech(said) -> None:
    assert said("The so-called “peace zone” was quiet.") == ()


def test_a_quoted_phrase_in_reported_speech_makes_it_mixed(said) -> None:
    (found,) = said("The minister said the plan was “a grave mistake” that Peru would regret.")
    assert found.kind == "mixed"


def test_an_attribution_inside_another_names_it_as_parent(said) -> None:
    outer, inner = said("Ali said that Baku had condemned the raid.")
    assert inner.parent == outer.id
    assert outer.parent is None
    assert plain(inner) == ("Baku", "had condemned", "the raid")


def test_a_joined_or_participial_cue_shares_the_source(said) -> None:
    found = said("Kenya warned that the border would close, adding that trade would suffer.")
    assert [(a.source[0].text, a.cue[0].text) for a in found] == [("Kenya", "warned"), ("Kenya", "adding")]


def test_a_relative_pronoun_is_the_source_and_its_noun_the_speaker(said) -> None:
    (found,) = said("Omar Diallo, who said the strike would end, left the hall.")
    assert (found.source[0].text, found.speaker.name) == ("who", "Omar Diallo")
    assert found.reason.endswith("|relative_clause")


def test_a_passive_without_agent_has_no_source(said) -> None:
    (found,) = said("It was reported that the bridge had collapsed.")
    assert found.source == ()
    assert found.speaker.name is None


def test_he_said_goes_on_with_the_last_speaker(said) -> None:
    text = "Daniel Weiss said the talks had failed. He said they would not resume."
    actor = named(text, "Daniel Weiss", "USA.GOV.daniel-weiss")
    assert [a.speaker.actor_id for a in said(text, actor)] == ["USA.GOV.daniel-weiss"] * 2


def test_a_spokesperson_speaks_for_the_institution_and_a_former_one_does_not(said) -> None:
    text = "Daniel Weiss said the talks had failed."
    current = named(text, "Daniel Weiss", "USA.GOV.daniel-weiss", role="spokesman", affiliation_id="USA.GOV.state-department")
    former = named(text, "Daniel Weiss", "USA.GOV.daniel-weiss", role="former spokesman", affiliation_id="USA.GOV.state-department")
    assert said(text, current)[0].speaker.on_behalf_of == "USA.GOV.state-department"
    assert said(text, former)[0].speaker.on_behalf_of is None


@pytest.mark.parametrize(
    ("text", "anonymous"),
    [
        ("A diplomat said the deal was near.", True),
        ("Two sources said the deal was near.", True),
        ("The envoy, who asked not to be named, said the deal was near.", True),
        ("The foreign ministry said the deal was near.", False),
    ],
)
def test_who_is_not_named_is_anonymous(said, text: str, anonymous: bool) -> None:
    assert said(text)[0].speaker.anonymous is anonymous


def test_utterances_are_surer_than_attitudes(said) -> None:
    spoken = said("Peru said the plan was wrong.")[0]
    held = said("Peru opposes the plan.")[0]
    assert spoken.confidence >= 0.6 > held.confidence
    assert (spoken.cue_class, held.cue_class) == ("say", "oppose")


@pytest.mark.parametrize(
    "text",
    [
        "The fall in exports is supporting wheat prices.",
        "The figures underscore the slump in trade.",
        "A group calling itself Free Coast left the hall.",
        "Norway could veto the budget.",
        "Ghana had to seek help in March.",
    ],
)
def test_a_thing_or_a_mere_possibility_attributes_nothing(said, text: str) -> None:
    assert said(text) == ()


def test_a_number_of_people_can_hold_an_attitude(said) -> None:
    (found,) = said("Tens of thousands of Germans opposed the cuts.")
    assert found.source[0].text == "Tens of thousands of Germans"


@pytest.mark.parametrize(
    ("text", "who", "cue", "channel"),
    [
        ("“We will talk,” Omar Diallo was quoted as saying by Radio Accra.", "Omar Diallo", "was quoted as saying", "Radio Accra"),
        ("Ali Moussa was cited by the agency as saying that the border was shut.", "Ali Moussa", "was cited by the agency as saying", "the agency"),
        ("The general is reported to have said that the war was over.", "The general", "is reported to have said", None),
    ],
)
def test_who_is_quoted_as_saying_is_the_source_and_who_quotes_the_channel(said, text: str, who: str, cue: str, channel: str | None) -> None:
    (found,) = said(text)
    assert (found.source[0].text, found.cue[0].text, found.channel) == (who, cue, channel)


def test_a_quotation_isnt_carried_on_where_somebody_else_is_quoted_behind_it(said) -> None:
    found = said("Sales have stopped, the ministry said. “Exports have stopped,” spokesman Ali Reza was quoted as saying by the agency.")
    assert [(a.source[0].text, a.content[0].text) for a in found] == [
        ("the ministry", "Sales have stopped"),
        ("spokesman Ali Reza", "“Exports have stopped,”"),
    ]


def test_whoever_is_told_is_not_the_speaker(said) -> None:
    (found,) = said("“We can announce a deal,” Finance Minister Jan Kos, whose country holds the presidency of the union, told a news conference.")
    assert (found.source[0].text, found.channel) == ("Finance Minister Jan Kos", "a news conference")


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        ("Peru said the ban would stay, and a Chilean envoy said no talks were planned.", ["the ban would stay", "no talks were planned"]),
        ("The minister said that the vote was fair and that the envoys knew it.", ["that the vote was fair and that the envoys knew it"]),
    ],
)
def test_a_content_ends_where_somebody_else_begins_to_speak(said, text: str, contents: list[str]) -> None:
    assert [a.content[0].text for a in said(text) if a.parent is None] == contents


def test_a_transcript_line_is_its_speakers(said) -> None:
    (found,) = said("Chairman Boateng: The meeting is open and the minutes are before you.\nThe hall fell silent.")
    assert (found.speaker.name, found.cue[0].text) == ("Chairman Boateng", ":")


def test_every_cue_has_a_known_class_and_an_inflection(lexicon: Lexicon) -> None:
    cues = list({id(c): c for found in lexicon.cues.values() for c in found}.values())
    assert {use.cue_class for cue in cues for use in cue.frames.values()} <= set(lexicon.classes)
    assert len(cues) > 600


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_whatever_the_text_the_spans_are_verbatim_and_parents_exist(said, words: list[str]) -> None:
    found = said(" ".join(words))
    ids = {a.id for a in found}
    assert len(ids) == len(found)
    assert all(a.parent in ids and a.parent != a.id for a in found if a.parent)
    assert all(a.content for a in found)
