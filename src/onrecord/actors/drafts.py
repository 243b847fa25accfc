"""Actors while the article is being read, and the mentions that later words look back at."""

from __future__ import annotations

import dataclasses

from onrecord.actors.chunks import Chunk
from onrecord.records import ActorKind, Mention

STATE_SECTORS = frozenset(("GOV", "MIL", "COP", "JUD", "LEG", "SPY"))
GUESSED = STATE_SECTORS | {"OPP", "PTY", "CVL", "REL", "LAB", "ELI", "PRM"}
HE, SHE, THEY, IT, WE, I_WORDS = (
    frozenset(("he", "him", "his", "himself")),
    frozenset(("she", "her", "hers", "herself")),
    frozenset(("they", "them", "their", "theirs", "themselves")),
    frozenset(("it", "its", "itself")),
    frozenset(("we", "us", "our", "ours", "ourselves")),
    frozenset(("i", "me", "my", "mine", "myself")),
)
FIRST_PERSON = WE | I_WORDS
LOOK_BACK = 4
"""How many sentences a pronoun looks back."""
LOOK_BACK_FAR = 30
"""How many a definite description does."""
ONE_COUNTRY = 0.7
"""The share of an article's country names from which on it is about one country."""
WESTERN = frozenset(("USA", "GBR", "CAN", "AUS", "NZL", "IRL"))
UNGUESSED = frozenset(("JRN", "BUS", "EDU", "SOC"))


@dataclasses.dataclass(slots=True)
class Draft:
    """An actor while the article is being read. ``first`` is the token where a name was first read in full."""

    id: str
    name: str
    country: str | None
    sector: str | None
    kind: ActorKind
    reason: str
    person: bool = False
    plural: bool = False
    first: int = 0
    gender: str = ""
    role: str | None = None
    affiliation: str | None = None
    affiliation_id: str | None = None
    nouns: set[str] = dataclasses.field(default_factory=set)
    mentions: dict[tuple[int, int], Mention] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(slots=True)
class Seen:
    """A mention as later pronouns and descriptions look back at it."""

    draft: Draft
    chunk: Chunk
    sent: int
    subject: bool
    speaker: bool
    plural: bool


def genders_fit(a: str, b: str) -> bool:
    """Whether two genders can be one; an unknown one fits any."""
    return not a or not b or a == b


def sectors_fit(wanted: str | None, got: str | None) -> bool:
    """Whether a description of a sector can mean an actor of another."""
    return (
        wanted is None
        or wanted == "UNK"
        or got is None
        or wanted == got
        or {wanted, got} <= {"REB", "UAF", "PRM", "CRM", "GOV"}
        or {wanted, got} <= {"SOC", "CVL", "UNK"}
    )
