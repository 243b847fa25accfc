"""A stand that the words of a sentence take, before it is known who the words mean."""

from __future__ import annotations

import dataclasses
from enum import StrEnum

from spacy.tokens import Token

from onrecord.records import Stance, Status


class Why(StrEnum):
    """What led to a finding besides its rule; stands behind the rule's id in a reason."""

    VERB = "verb"
    NOUN = "noun"
    ADJECTIVE = "adjective"
    LIGHT_VERB = "light_verb"
    SOURCE_OF_REACTION = "source_of_reaction"
    PASSIVE = "passive"
    NEGATED = "negated"
    REFUSED = "refused"
    SAID_OF_SUBJECT = "said_of_subject"
    SAID_OF_CLAUSE = "said_of_clause"
    MODIFIER = "modifier"
    NAMED_SO = "named_so"
    OBLIGATION = "obligation"
    DEED = "deed"
    OPEN_LIST = "open_list"
    SPEAKER = "speaker"
    WE = "we"
    PUBLISHER = "publisher"
    FRAGMENT = "fragment"
    VIEWPOINT = "viewpoint"
    PURPOSE = "purpose"
    UNRESOLVED_HOLDER = "unresolved_holder"


@dataclasses.dataclass(frozen=True, slots=True)
class Target:
    """What a stand is on: token indices, end exclusive, and the head word. ``clausal`` objects are headed by a verb."""

    start: int
    end: int
    head: Token
    clausal: bool = False


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """A position in the making. ``holders`` are head words; none means whoever is speaking. Of two stands that clash that with the higher ``prior`` stays."""

    rule: str
    act: str
    stance: Stance
    trigger: Token
    holders: tuple[Token, ...]
    target: Target
    addressee: Token | None = None
    status: Status = "taken"
    prior: float
    why: tuple[Why, ...]
    proposal: bool = False
    needs_agent: bool = False
    needs_quotation: bool = False
    speaker_sectors: tuple[str, ...] = ()
    material: bool = False
    accused: Token | None = None
    obliged: Token | None = None
