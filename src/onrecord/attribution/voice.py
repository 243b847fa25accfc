"""Who speaks, once it is known, with how it was found; and why it may not be known."""

from __future__ import annotations

import dataclasses
from typing import Literal

from spacy.tokens import Token

from onrecord.attribution.agreement import Traits
from onrecord.attribution.descriptions import DETERMINER, is_definite
from onrecord.attribution.lexicon import Lexicon
from onrecord.attribution.naming import ORDINALS
from onrecord.attribution.syntax import RELATIVES, antecedent
from onrecord.records import Actor, Speaker

Resolved = Literal[
    "last_speaker",
    "nearest",
    "outer_speaker",
    "linked",
    "apposition",
    "relative_clause",
    "document_of_last_speaker",
    "author",
    "named_elsewhere",
    "same_description",
    "owner",
    "members",
    "former_latter",
    "joint",
    "own_voice",
]
"""How the speaker was found, where the source's own words don't name them."""

Unresolved = Literal[
    "no_source",
    "pronoun_without_antecedent",
    "ambiguous",
    "unnamed",
    "generic",
    "description_without_antecedent",
    "members_not_named",
    "document_without_author",
    "thing",
    "unknown_own_voice",
]
"""Why it isn't known who speaks."""

Found = Literal["dash", "possessor", "by_phrase", "named_before", "light_verb"]
"""How the source was found, where that isn't told by the rule."""

Why = Literal[Resolved, Unresolved, Found]
"""What may stand behind the rule in a reason."""

REFERRED = frozenset({"last_speaker", "nearest", "outer_speaker", "apposition", "author", "document_of_last_speaker"})
UNKNOWN: frozenset[str] = frozenset(Unresolved.__args__)  # type: ignore[attr-defined]


@dataclasses.dataclass(frozen=True, slots=True)
class Voice:
    """A resolved source: the speaker, what a pronoun has to agree with, and why it is them."""

    speaker: Speaker
    traits: Traits
    why: tuple[Why, ...] = ()
    actor: Actor | None = None

    def found_by(self, why: Why) -> Voice:
        """The voice with how it was found in front."""
        return dataclasses.replace(self, why=(why, *self.why))

    def explained(self, head: Token, lexicon: Lexicon) -> Voice:
        """The voice, with the reason why it isn't known who speaks, where that is so.

        Args:
            head: the source's head word.
            lexicon: the lists of nouns.
        """
        why = _lacking(self, head, lexicon)
        return self if why is None or why in self.why else dataclasses.replace(self, why=(*self.why, why))


def _lacking(voice: Voice, head: Token, lexicon: Lexicon) -> Why | None:
    speaker, lists = voice.speaker, lexicon.lists
    if any(w in UNKNOWN for w in voice.why):
        return None
    if speaker.anonymous:
        return "generic" if head.lower_ in lists["generic"] else "unnamed"
    nobody = (speaker.actor_id or "_.").startswith("_.")
    if not nobody or any(w in ("members", "own_voice", "owner", "joint") for w in voice.why):
        return None
    if head.lower_ in RELATIVES:
        head = antecedent(head) or head
    if (
        head.lower_ in lists["generic"]
        or head.lower_ in ORDINALS
        or (head.tag_ == "NNS" and not is_definite(head) and not any(c.pos_ == "PROPN" for c in head.subtree))
    ):
        return "generic"
    if head.pos_ == "PROPN" or DETERMINER.sub("", speaker.name or "")[:1].isupper():
        return None
    if any(w in REFERRED for w in voice.why):
        return "generic" if voice.traits.plural else "description_without_antecedent"
    if head.lower_ in lists["document"]:
        return "document_without_author"
    if speaker.actor_id is None and head.lower_ not in lists["speaker"] | lists["indefinite"]:
        return "thing"
    if not is_definite(head) and any(c.dep_ in ("det", "nummod") for c in head.children):
        return "unnamed"
    described = any(c.dep_ in ("prep", "compound", "poss", "relcl", "acl") for c in head.children)
    return "unnamed" if described and voice.traits.person else "description_without_antecedent"
