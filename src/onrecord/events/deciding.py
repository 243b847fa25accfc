"""What the event head makes of the rules' proposals: those it revives and, in a lead, participants that no rule named and events that no rule saw.

It drops none that the rules keep: on development articles that loses as many right ones as wrong ones, and its types
are no better than theirs there.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Token

from onrecord.encoder import States, anchor_of, heads_of, spans_of
from onrecord.events.candidates import TYPES, Candidate, candidate_of, flags
from onrecord.events.head import Head
from onrecord.events.lexicon import Entry, TriggerRule
from onrecord.events.proposing import Proposal
from onrecord.events.stage import Roles, Stage
from onrecord.events.triggers import Trigger, is_denied
from onrecord.records import Participant

Bools = NDArray[np.bool_]

RULE = "events.encoder"
"""An event that no rule proposed."""
REVIVED = 0.95
"""How likely a word must be a trigger whose proposal the rules alone would not keep."""
REVIVED_LEADING, ADDED_LEADING = 0.6, 0.9
"""The same where an article leads, and what a word must come to there that no rule proposes: a lead tells what the article is
about, while in its background much that reads like an event is none to speak of."""
NAMED_LEADING = -0.5
"""The logit above which words are a participant in a lead where the rules name nobody known."""

MODIFYING = frozenset({"det", "predet", "amod", "compound", "nummod", "poss", "case"})


class Decider:
    """An article's proposals as the head reads them.

    Args:
        stage: the article's actors and attributions.
        states: the encoder's states of it.
        head: the event head.
        proposed: the proposals of each sentence, in the order of :meth:`~onrecord.parse.Parsed.sentences`.
    """

    def __init__(self, stage: Stage, states: States, head: Head, proposed: Sequence[Sequence[Proposal]]) -> None:
        self.stage, self.states, self.head, self.proposed = stage, states, head, proposed
        self.tokens: list[int] = states.words.tokens.tolist()
        self.number = {token: n for n, token in enumerate(self.tokens)}
        self.spans = spans_of(stage.parsed, states.words)
        self.heads = heads_of(stage.parsed, states.words)
        self.candidates: list[Candidate] = [candidate_of(p, self.number, self.spans) for some in proposed for p in some if p.type in TYPES]
        self.flags = flags(self.candidates, stage.cast, self.spans)

    def decided(self, sentence: int, *, leads: bool) -> list[Proposal]:
        """The proposals of a sentence that the head takes for events, with its own, in text order; the rules' where it was not read.

        Where an article leads it reports what it is about, so there the head needs to be less sure than in its background.
        What a user's own phrases propose stays as the rules decide: the head was trained on none of them.
        """
        if not leads and not self.proposed[sentence]:
            return []
        start, end = np.searchsorted(self.states.words.sentences, [sentence, sentence + 1]).tolist()
        scored = self.head.sentence(self.states, self.flags, (start, end)) if start < end else None
        if scored is None or not scored.read:
            return [p for p in self.proposed[sentence] if p.kept]
        own = [p for p in self.proposed[sentence] if p.kept and p.parts[0].entry.own]
        proposed = [p for p in self.proposed[sentence] if not p.parts[0].entry.own]
        chances, likely = scored.events, np.exp(scored.types[:, 1:])
        found: dict[int, Proposal] = {}
        for proposal in proposed:
            at = self.number[proposal.parts[0].word.i] - start
            if proposal.kept or chances[at] >= (REVIVED_LEADING if leads else REVIVED):
                found[at] = dataclasses.replace(proposal, kept=True, chance=float(likely[at, TYPES.index(proposal.type)]))
        taken = {self.number[t.i] - start for p in (*proposed, *own) for part in p.parts for t in part.phrase}
        for at in np.flatnonzero(chances >= ADDED_LEADING).tolist() if leads else ():
            if at not in found and at not in taken:
                found[at] = self._new(start + at, TYPES[int(likely[at].argmax())], float(likely[at].max()))
        if not found:
            return own
        anchors = sorted(found)
        out = [dataclasses.replace(found[at], mode=self.head.mode(scored, at, found[at].type)) for at in anchors]
        if leads:
            chosen = self.head.who(self.states, self.heads, self.candidates, scored, anchors) > NAMED_LEADING
            out = [self._named(p, chosen[n], start) for n, p in enumerate(out)]
        return sorted([*own, *(p for p in out if _is_told(p))], key=lambda p: p.parts[0].word.i)

    def _new(self, word: int, event_type: str, chance: float) -> Proposal:
        token = self.stage.parsed.doc[self.tokens[word]]
        entry = _entry(event_type, "noun" if token.pos_ in ("NOUN", "PROPN") else "verb", round(0.9 * chance, 2))
        trigger = Trigger(word=token, entry=entry, phrase=(token,), negated=is_denied(token))
        return Proposal(parts=(trigger,), type=event_type, who=Roles(actors=(), recipients=()), kept=True, chance=chance)

    def _named(self, proposal: Proposal, chosen: Bools, start: int) -> Proposal:
        """The proposal with the participants, (words, roles), that the head chooses where the rules name nobody known."""
        who = proposal.who
        actors = who.actors if who.known_actors else self._participants(who.actors, chosen[:, 0], start)
        suffering = {p.actor_id for p in who.recipients if p.actor_id}
        actors = tuple(p for p in actors if p.actor_id not in suffering)
        recipients = who.recipients if who.known_recipients else self._participants(who.recipients, chosen[:, 1], start)
        ids = {p.actor_id for p in actors if p.actor_id}
        others = tuple(p for p in recipients if p.actor_id not in ids and not any(p.overlaps(a.start, a.end) for a in actors))
        return dataclasses.replace(proposal, who=Roles(actors=actors, recipients=others))

    def _participants(self, ruled: tuple[Participant, ...], chosen: Bools, start: int) -> tuple[Participant, ...]:
        tokens = [self._noun(self.stage.parsed.doc[self.tokens[word]]) for word in self._heads_of_runs(chosen, start)]
        found = self.stage.all_of(tokens, nested=False) if tokens else ()
        return found if not ruled or any(p.actor_id or p.country for p in found) else ruled

    def _noun(self, token: Token) -> Token:
        """The noun that an article, a number or an adjective belongs to, unless it names somebody itself ("*Syrian* children")."""
        while token.dep_ in MODIFYING and token.head != token and not self.stage.knows(token):
            token = token.head
        return token

    def _heads_of_runs(self, chosen: Bools, start: int) -> Iterator[int]:
        """The head word of each run of chosen words."""
        at = np.flatnonzero(chosen) + start
        for run in np.split(at, np.flatnonzero(np.diff(at) > 1) + 1) if len(at) else ():
            yield anchor_of(run.tolist(), self.heads)


def _entry(event_type: str, kind: str, confidence: float) -> Entry:
    rule = TriggerRule(id=RULE, examples=(), type=event_type, confidence=confidence)
    return Entry(rule=rule, kind=kind, head="")  # type: ignore[arg-type]


def _is_told(proposal: Proposal) -> bool:
    """Whether somebody known takes part, or the rules' own need no one; what no rule proposes needs both somebody who does it and somebody it is done to."""
    who = proposal.who
    if proposal.parts[0].entry.rule.id == RULE:
        return who.known_actors and who.known_recipients
    return who.known_actors or who.known_recipients or proposal.parts[0].entry.rule.needs == "none"
