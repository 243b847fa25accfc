"""The stage of an article's events: its actors and attributions, asked for participants by word."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from spacy.tokens import Token

from onrecord.events.lexicon import Lexicon
from onrecord.events.triggers import NOMINAL
from onrecord.parse import Parsed
from onrecord.parse.syntax import antecedent, base_noun_phrase, by_phrase, members, pobj
from onrecord.records import Actor, Attribution, Cast, Mention, Participant, Place, voice_at

ABOUT = frozenset({"of", "in", "at", "on", "near", "around", "inside", "outside", "for", "between"})
"""Prepositions through which a thing has the country of what follows: "the wall of the Danish embassy"."""

EMPTY_PRONOUNS = frozenset(
    {
        "it",
        "nobody",
        "none",
        "no-one",
        "neither",
        "this",
        "that",
        "these",
        "those",
        "which",
        "what",
        "there",
        "who",
        "whom",
        "all",
        "both",
        "each",
        "such",
        "one",
        "itself",
        "himself",
        "themselves",
        "herself",
    }
)

AIMING = frozenset({"aim", "design", "mean", "intend", "target", "seek", "impose", "punish", "force", "press", "pressure", "discourage", "deter"})

PARTS = (
    "dozen hundred thousand million number group member part scores score majority lot some many most several one two three four five six seven eight nine ten "
    "handful couple wave series crowd bunch lots rest half all each any none least tens team unit contingent range round set"
)
QUANTITIES = frozenset(PARTS.split())
"""Nouns and numbers that stand for what *of* names after them ("dozens of protesters")."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """The participants of one event."""

    actors: tuple[Participant, ...]
    recipients: tuple[Participant, ...]

    @property
    def known_actors(self) -> bool:
        """Whether some actor is told."""
        return any(p.country or p.actor_id for p in self.actors)

    @property
    def known_recipients(self) -> bool:
        """Whether some recipient is told."""
        return any(p.country or p.actor_id for p in self.recipients)


class Stage:
    """The actors and attributions of one article, asked for participants by token."""

    def __init__(
        self,
        parsed: Parsed,
        cast: Cast,
        attributions: tuple[Attribution, ...],
        lexicon: Lexicon,
        *,
        no_participants: Iterable[tuple[int, int]] = (),
        places: Iterable[Place] = (),
    ) -> None:
        self.parsed, self.cast, self.attributions, self.lexicon = parsed, cast, attributions, lexicon
        self.countries = {offset: p.country for p in places if p.country for offset in range(p.start, p.end)}
        self.times = {offset for start, end in no_participants for offset in range(start, end)}

    def of(self, token: Token, *, nested: bool = True, places: bool = False) -> list[Participant]:
        """The participant a noun stands for: itself if it is in the cast, else who it belongs to, else its bare phrase.

        With ``places`` a place by name has its country.
        """
        token = antecedent(token)
        hit = self.cast.at_head(token.idx)
        if hit is not None:
            return [self.cast.participant(self._named(token, *hit), hit[1])]
        if token.idx in self.times or token.pos_ in ("VERB", "AUX", "ADV", "ADP") or token.lower_ in EMPTY_PRONOUNS:
            return []
        if token.lemma_.lower() in QUANTITIES:
            for child in token.rights:
                if child.dep_ == "prep" and child.lower_ == "of" and (inner := pobj(child)) is not None:
                    return self.of(inner, nested=nested, places=places)
        eventive = token.lemma_.lower() in self.lexicon.entries
        if nested:
            owner = self.owner(token)
            if owner is not None:
                return [owner]
        if token.pos_ not in ("NOUN", "PROPN", "NUM", "PRON", "ADJ", "DET"):
            return []
        start, end = base_noun_phrase(token)
        doc = token.doc
        while start < end - 1 and (doc[start].idx in self.times or doc[start].is_punct or doc[start].is_space):
            start += 1
        span = self.parsed.article.span(doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))
        country = None if eventive else self._country(token) or (self.countries.get(token.idx) if places else None)
        return [Participant(start=span.start, end=span.end, text=span.text, country=country)]

    def _named(self, token: Token, mention: Mention, actor: Actor) -> Mention:
        """The mention that names the actor in the sentence, where a pronoun stands for it: "Peru said *it* would"."""
        if mention.form != "pronoun":
            return mention
        start = token.sent.start_char
        named = [m for m in actor.mentions if start <= m.start < mention.start and m.form not in ("pronoun", "possessive")]
        return max(named, key=lambda m: m.start, default=mention)

    def all_of(self, tokens: Iterable[Token], *, nested: bool = True, places: bool = False) -> tuple[Participant, ...]:
        """The participants of several nouns, each once."""
        out: dict[tuple[int, int, str | None] | str, Participant] = {}
        spans: set[tuple[int, int, str | None]] = set()
        for token in tokens:
            for participant in self._several(token) or self.of(token, nested=nested, places=places):
                span = (participant.start, participant.end, participant.actor_id)
                if span not in spans:
                    spans.add(span)
                    out.setdefault(participant.actor_id or span, participant)
        return tuple(out.values())

    def _several(self, noun: Token) -> list[Participant]:
        """The actors of a plural that is more than one: "the two sides", "the presidents of *Chad* and *Niger*", "*Iraqi* and *Turkish* officers"."""
        whole = self.cast.at_head(antecedent(noun).idx)
        if whole is not None:
            parts = [hit for hit in self.cast.within(whole[0].start, whole[0].end) if hit[0].reason.endswith("|coordinated")]
            several = [*self.cast.sharing(self._named(noun, *whole)), *parts]
            if len(several) > 1:
                return [self.cast.participant(*hit) for hit in several]
        if noun.tag_ not in ("NNS", "NNPS"):
            return []
        owners = [m for c in noun.lefts if c.dep_ == "amod" for m in (c, *(g for g in c.rights if g.dep_ == "conj"))]
        owners += [m for c in noun.rights if c.dep_ == "prep" and c.lower_ == "of" and (inner := pobj(c)) is not None for m in members(inner)]
        hits = [hit for m in owners if (hit := self.cast.at_head(m.idx)) is not None and hit[1].country and hit[1].kind in ("state", "de_facto", "body")]
        return [self.cast.participant(*hit) for hit in hits] if len({actor.country for _, actor in hits}) > 1 else []

    def owner(self, noun: Token) -> Participant | None:
        """Whose doing, statement or thing a noun is: a possessor, *by*, a demonym, *of*, in that order."""
        for child in noun.lefts:
            if child.dep_ == "poss" and (hit := self.cast.at_head(child.idx)):
                return self.cast.participant(*hit)
        suffered = self.lexicon.nouns.get(noun.lemma_.lower()) == "ASSAULT"  # "the killing of" is not the victim's doing
        for name in (("by", "from"), ("of",))[: 1 if suffered else 2]:
            for child in noun.rights:
                if child.dep_ in ("prep", "agent") and child.lower_ in name:
                    inner = pobj(child)
                    if inner is not None and (hit := self.cast.at_head(inner.idx)):
                        return self.cast.participant(*hit)
            if name[0] == "by":
                for child in noun.rights:
                    if child.dep_ == "acl" and (agent := by_phrase(child)) is not None and (hit := self.cast.at_head(agent.idx)):
                        return self.cast.participant(*hit)
                for child in noun.lefts:
                    if child.dep_ in ("amod", "compound", "nmod") and noun.lemma_.lower() in self.lexicon.entries and (hit := self.cast.at_head(child.idx)):
                        return self.cast.participant(*hit)
        return None

    def aimed_at(self, noun: Token) -> tuple[Participant, ...]:
        """The first country named in a participle behind a noun: "sanctions *aimed at* curbing Sudan's trade"."""
        for child in noun.rights:
            if child.dep_ == "acl" and child.tag_ in ("VBN", "VBG") and child.lemma_ in AIMING:
                inside = self.cast.within(child.idx, child.right_edge.idx + 1)
                return tuple(self.cast.participant(*hit) for hit in inside if hit[1].country and hit[1].kind == "state")[:1]
        return ()

    def knows(self, token: Token) -> bool:
        """Whether a word is the head of a mention of an actor."""
        return self.cast.at_head(token.idx) is not None

    def _country(self, noun: Token, *, steps: int = 3) -> str | None:
        """The country a thing has from its modifiers ("the *German* consulate", "*Israeli*-held land") or from what it is of or in."""
        for child in noun.lefts:
            if child.dep_ in ("amod", "compound", "nmod", "poss"):
                for _, actor in self.cast.within(child.left_edge.idx, child.idx + len(child)):
                    if actor.country:
                        return actor.country
        for child in noun.rights if steps else ():
            if child.dep_ == "prep" and child.lower_ in ABOUT and (inner := pobj(child)) is not None and inner.pos_ in NOMINAL:
                hit = self.cast.at_head(inner.idx)
                country = hit[1].country if hit else self._country(inner, steps=steps - 1)
                if country:
                    return country
        return None

    def speaker(self, start: int, end: int) -> tuple[Participant, ...]:
        """Who says what stands at these offsets, if it is somebody's word."""
        voice = voice_at(self.attributions, start, end)
        if voice is None:
            return ()
        for source in voice.source:
            inside = self.cast.within(source.start, source.end)
            if inside:
                return (self.cast.participant(*inside[0]),)
        return ()
