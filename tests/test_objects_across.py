"""Positions on what their own article has no event for: put on an event across articles where it is plain, on none elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from tests.test_events_across import a_mention

from onrecord.cluster.eventmentions import Mention
from onrecord.cluster.objects import Object, Told, named, placed

SAID = date(2021, 3, 9).toordinal()


def on(text: str, told: Sequence[Mention], *, article: str = "x", said: int | None = SAID) -> tuple[str, str] | None:
    """The event and the reason for an object of an article; a mention's event is the letter with which its id begins."""
    found = placed([Object(key=1, article=article, text=text, start=500, end=540, said=said)], [Told(event=m.id[0], mention=m, at=0) for m in told])
    return (found[0].event, found[0].reason) if found else None


def vote(id: str, article: str, **changes: object) -> Mention:
    return a_mention(id, type="ELECTION", trigger="voted", article=article, **changes)


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("this charade", "charade"),
        ("the violent crackdown on students", "crackdown"),
        ("Sunday's vote", "vote"),
        ("these attacks, which it called cowardly", "attack"),
        ("the steps", "step"),
        ("a vote", None),
        ("talks", None),
        ("the", None),
    ],
)
def test_words_that_point_at_something_known_have_a_noun(text: str, noun: str | None) -> None:
    found = named(text)
    assert (found.noun if found else None) == noun


def test_the_only_event_of_the_kind_in_the_article_is_meant() -> None:
    assert on("the vote", [vote("e1", "x"), a_mention("f1", article="x")]) == ("e", "own article|vote")


def test_of_two_events_of_a_kind_in_the_article_none_is_plain() -> None:
    assert on("the vote", [vote("e1", "x"), vote("f1", "x", where=None)]) is None


def test_what_most_of_the_story_tells_is_meant_where_the_article_tells_of_none() -> None:
    others = [vote("e1", "y"), vote("e2", "z"), a_mention("f1", article="x"), a_mention("f2", article="y")]
    assert on("this charade", others) == ("e", "story|charade")
    assert on("this charade", [*others, vote("g1", "y"), vote("g2", "w")]) is None


def test_words_without_a_kind_are_about_what_the_story_is_about() -> None:
    sanctions = [a_mention(f"s{n}", type="SANCTION", trigger="banned", article=a) for n, a in enumerate("yzw")]
    assert on("the move", [*sanctions, vote("e1", "x")]) == ("s", "main event|move")
    assert on("the move", [*sanctions, *(vote(f"e{n}", a) for n, a in enumerate("xvutk"))]) is None


def test_what_is_told_from_others_of_its_kind_is_not_known() -> None:
    assert on("the latest vote", [vote("e1", "x")]) is None
    assert on("the flawed vote", [vote("e1", "x")]) is not None


def test_nobody_takes_a_stand_on_the_stand_itself() -> None:
    told = Told(event="e", mention=vote("e1", "x"), at=510)
    assert placed([Object(key=1, article="x", text="the vote", start=500, end=540, said=SAID)], [told]) == []


def test_names_dates_and_standing_must_agree() -> None:
    assert on("the vote in Gao", [vote("e1", "x")]) is not None
    assert on("the Ruritanian vote", [vote("e1", "x")]) is None
    assert on("the vote", [vote("e1", "x")], said=date(2021, 3, 1).toordinal()) is None
    assert on("the vote", [vote("e1", "x")], said=date(2022, 3, 1).toordinal()) is None
    assert on("the vote", [vote("e1", "x", veridicality="planned")]) is None
