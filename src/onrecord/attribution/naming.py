"""What a speaker is called, for whom they speak, and whether the article names them at all."""

from __future__ import annotations

import re

from spacy.tokens import Token

from onrecord.attribution.antecedents import Antecedents
from onrecord.attribution.channels import words
from onrecord.attribution.descriptions import DETERMINER, fullest, is_definite, is_named
from onrecord.attribution.lexicon import Lexicon
from onrecord.parse import Parsed
from onrecord.records import Actor, Mention, Speaker

UNNAMED = re.compile(
    r"\b(?:condition of anonymity|anonymously|declin\w+ to be (?:named|identified)|asked not to be (?:named|identified)|refus\w+ to be (?:named|identified)"
    r"|not (?:being )?authori[sz]ed to (?:speak|comment|talk|discuss)|did not want to be (?:named|identified)|requested anonymity)",
    re.IGNORECASE,
)
ORDINALS = frozenset({"first", "second", "third", "fourth", "fifth", "other", "another", "last", "new"})
"""What tells one *source* or *official* from another, so that they share no name."""


class Naming:
    """Names speakers, one article at a time: ``names`` are those an apposition has given to an actor by id."""

    __slots__ = ("known", "lexicon", "names", "parsed")

    def __init__(self, parsed: Parsed, lexicon: Lexicon, known: Antecedents) -> None:
        self.parsed = parsed
        self.lexicon = lexicon
        self.known = known
        self.names: dict[str, str] = {}

    def beside(self, head: Token, named: Token, found: tuple[Mention, Actor] | None) -> Speaker:
        """The speaker of *the minister, Jan Kos*."""
        inner = self.known.cast.at_head(named.idx)
        name = words(self.parsed, named)
        if inner is not None and inner[1].kind == "person" and named.text in inner[1].name:
            name = inner[1].name
        actor = inner[1] if inner is not None else found[1] if found is not None else None
        if actor is None:
            return Speaker(name=name, role=self._text_of_head(head))
        for each in (inner, found):
            if each is not None:
                self.names.setdefault(each[1].id, name)
        return self.acting(actor, name, head)

    def name(self, found: tuple[Mention, Actor], head: Token) -> str:
        """The fullest name the article has for a speaker: the actor's, or what a common noun stands for."""
        mention, actor = found
        text = words(self.parsed, head)
        proper = is_named(actor)
        if actor.id in self.names and actor.kind in ("person", "unresolved"):
            return self.names[actor.id]
        if mention.form in ("name", "acronym", "seat", "demonym") and (head.pos_ == "PROPN" or actor.kind == "person"):
            return actor.name
        if head.lower_ in self.lexicon.lists["anonymous"] or any(c.lower_ in ORDINALS for c in head.children):
            return DETERMINER.sub("", text)
        if mention.form == "pronoun" or (actor.kind == "person" and proper):
            return actor.name
        described = is_definite(head) and DETERMINER.sub("", text).islower() and not any(c.dep_ == "poss" for c in head.children)
        if described and proper and actor.kind not in ("state", "de_facto", "person"):
            return actor.name
        if described or (actor.kind == "person" and is_definite(head)):
            fuller = fullest(head, found, self.known)
            if fuller is not None:
                return fuller
        short = DETERMINER.sub("", text)
        if described and actor.kind in ("state", "de_facto") and head.lower_ in self.lexicon.lists["institution"]:
            return f"{short} of {actor.name}" if proper else short
        return short

    def acting(self, actor: Actor, name: str, head: Token) -> Speaker:
        """An actor as the speaker, with their role and whom it lets them speak for."""
        role = (actor.role or "").lower()
        behalf = actor.affiliation_id if "former" not in role and not role.startswith("ex-") and self._authorised(actor, role) else None
        return Speaker(
            actor_id=actor.id,
            name=name,
            role=actor.role,
            affiliation=actor.affiliation,
            on_behalf_of=behalf,
            anonymous=actor.kind not in ("state", "de_facto", "body")
            and not (is_named(actor) and name in (actor.name, self.names.get(actor.id)))
            and self.anonymous(head),
        )

    def _authorised(self, actor: Actor, role: str) -> bool:
        """Whether somebody's office lets them speak for their institution."""
        lists = self.lexicon.lists
        if any(w in role for w in lists["spokesperson"]):
            return True
        institution = actor.sector in ("GOV", "MIL", "JUD", "COP", "IGO") or (actor.affiliation_id or "").startswith("IGO.")
        return institution and any(w in role for w in lists["office"])

    def anonymous(self, head: Token) -> bool:
        """Whether a noun phrase means somebody who isn't named."""
        lists = self.lexicon.lists
        if head.lower_ in lists["anonymous"]:
            return True
        if head.pos_ == "NOUN" and UNNAMED.search(head.sent.text):
            return True
        if head.lower_ not in lists["indefinite"] or (head.pos_ == "PROPN" and any(c.dep_ == "compound" and c.pos_ == "PROPN" for c in head.children)):
            return False
        if any(c.dep_ in ("appos", "poss") for c in head.children):
            return False
        return not any(c.lower_ in ("the", "this", "that", "these", "those") for c in head.children if c.dep_ in ("det", "amod"))

    def _text_of_head(self, head: Token) -> str:
        start = head.left_edge.i
        return DETERMINER.sub("", self.parsed.text[self.parsed.doc[start].idx : head.idx + len(head.text)])
