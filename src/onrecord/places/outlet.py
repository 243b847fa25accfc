"""Where an outlet is at home: its top-level domain, the table of outlets, or the town in its name."""

from __future__ import annotations

import re

from onrecord.places.gazetteer import fold
from onrecord.places.lexicon import Lexicon
from onrecord.places.namesakes import NOWHERE, Home

HOST = re.compile(r"(?:https?://)?(?:www\d?\.)?([\w.-]+\.[a-z]{2,})(?:[/:?#]|$)")
SECOND_LEVEL = frozenset({"co", "com", "org", "net", "gov", "ac", "edu", "gob", "gouv", "or", "go"})


def home_of(address: str, lexicon: Lexicon) -> Home:
    """The outlet's home.

    Args:
        address: the publisher's name or address as the article gives it; a name without a domain tells nothing.
        lexicon: what the room knows.
    """
    match = HOST.match(address.strip().lower())
    if match is None:
        return NOWHERE
    labels = match.group(1).split(".")
    country = lexicon.country_of_domain.get(labels[-1])
    site = labels[-3] if len(labels) > 2 and labels[-2] in SECOND_LEVEL else labels[-2]
    for size in range(len(labels), 1, -1):
        outlet = lexicon.outlets.get(".".join(labels[-size:]))
        if outlet is not None:
            return Home(country=outlet.country, divisions=dict.fromkeys(lexicon.outlet_divisions.get(outlet.domain, ()), 1.0))
    town = lexicon.town_in_address.fullmatch(site)
    if town is None:
        return Home(country=country)
    name = fold(town["town"])
    (entries,) = lexicon.gazetteer.lookup([name])
    cities = [e for e in entries if e.kind == "city" and (e.country == country if country else e.country in ("USA", "GBR", "CAN", "AUS")) and not e.alternate]
    if not cities:
        return Home(country=country)
    share = min(1.0, 2.0 / len(cities))
    return Home(country=country, divisions={e.admin1: share for e in cities if e.admin1}, town=name)
