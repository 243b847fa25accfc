"""The codes that findings carry, as docs/report-format.md explains them."""

from __future__ import annotations

from typing import Literal

Sector = str
"""A PLOVER sector code: ``GOV``, ``MIL``, ``REB``, …"""

ActorKind = Literal["state", "de_facto", "body", "group", "organisation", "person", "unresolved"]
MentionForm = Literal["name", "acronym", "demonym", "seat", "nominal", "pronoun", "possessive"]
PlaceUse = Literal["place", "demonym", "government"]
PlacePrecision = Literal["city", "admin1", "country", "region"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
DatePrecision = Literal["day", "month", "year"]
AttributionKind = Literal["direct", "indirect", "mixed"]
Veridicality = Literal["asserted", "denied", "hypothetical", "planned", "demanded"]
Stance = Literal["oppose", "support", "neutral"]
ObjectKind = Literal["event", "actor", "proposal", "state_of_affairs"]
Status = Literal["taken", "refused", "abstained", "conditional", "expected", "withdrawn"]
Basis = Literal["own_words", "authorised_speaker", "reported_by_outlet", "reported_by_third_party"]


WORDS_OF = 0.6
"""The confidence from which an attribution is of words (said, wrote, told) and not of an attitude only."""
