"""Where an event was: tied to it by a preposition of place, struck or visited; not what it was about."""

from __future__ import annotations

import pytest

from onrecord.pipeline import Coder


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Russia bombed Aleppo on Monday.", "Aleppo"),
        ("Rebels attacked the port city of Hodeidah.", "Hodeidah"),
        ("The shelling of Donetsk killed three people.", "Donetsk"),
        ("An attack on Gaza killed four people.", "Gaza"),
        ("Kyiv was struck by missiles overnight.", "Kyiv"),
        ("The foreign minister visited Nepal.", "Nepal"),
        ("The king's visit to Japan starts on Friday.", "Japan"),
        ("The envoy met with officials from China in Geneva.", "Geneva"),
        ("Troops raided offices in the town of Bria, Haute-Kotto, on Friday.", "Bria"),
        ("Gunmen kidnapped ten pupils in Nigeria's Kaduna state.", "Kaduna"),
        ("Thousands protested on the streets of Quito.", "Quito"),
        ("Ministers met in the Urals city of Yekaterinburg.", "Yekaterinburg"),
        ("The two presidents signed a treaty at a summit in Addis Ababa.", "Addis Ababa"),
        ("Protesters rallied outside the embassy in London.", "London"),
    ],
)
def test_an_event_is_where_it_was_done(coder: Coder, text: str, place: str) -> None:
    assert place in {e.place.text for e in coder.code(text).events if e.place}


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Hackers from China attacked the ministry.", "attacked"),
        ("Peru put pressure on China.", "put pressure"),
        ("The US imposed sanctions on Iran.", "imposed sanctions"),
        ("Chile signed a deal with Ghana for a factory in Togo.", "signed a deal"),
        ("Kenya condemned the attack in Niger.", "condemned"),
        ("France sent 200 troops to Mali.", "sent 200 troops"),
    ],
)
def test_an_event_is_not_where_what_it_is_about_is(coder: Coder, text: str, trigger: str) -> None:
    (event,) = [e for e in coder.code(text).events if e.trigger.text == trigger]
    assert event.place is None
