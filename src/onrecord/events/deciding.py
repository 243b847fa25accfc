"""The rules' proposals, decided by the event head: kept or not, of another type, with other participants, and what no rule saw."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from onrecord.encoder import States, anchor_of, heads_of, spans_of
from onrecord.events.candidates import TYPES, Candidate, candidate_of, flags
from onrecord.events.head import Head
from onrecord.events.lexicon import Entry, TriggerRule
from onrecord.events.proposing import Proposal
from onrecord.events.roles import Roles, Stage
from onrecord.events.triggers import Trigger, is_denied
from onrecord.ontology import PLOVER
from onrecord.records import Participant

Floats = NDArray[np.float32]

RULE = "events.encoder"
"""An event that no rule proposed."""
BELIEVED = 0.35
"""How likely a word that a rule proposes must be a trigger, to be kept."""
REVIVED = 0.7
"""The same where the rules alone would not keep it."""
FOUND = 0.8
"""The same where no rule proposes it."""
RETYPED = 0.8
"""How likely another type must be than the rule's, given that there is an event."""
TAKEN, DROPPED = 1.0, -3.0
"""The logits above which words are a participant that the rules don't name, and below which one of the rules' is none."""


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

    def decided(self, sentence: int) -> list[Proposal]:
        """The proposals of a sentence that the head takes for events, with its own, in text order; the rules' where it was not read.

        What a user's own phrases propose stays as the rules decide: the head was trained on none of them.
        """
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
            if chances[at] >= (BELIEVED if proposal.kept else REVIVED):
                found[at] = self._typed(proposal, likely[at] / max(chances[at], 1e-6))
        taken = {self.number[t.i] - start for p in (*proposed, *own) for part in p.parts for t in part.phrase}
        for at in np.flatnonzero(chances >= FOUND).tolist():
            if at not in found and at not in taken:
                found[at] = self._new(start + at, TYPES[int(likely[at].argmax())], float(likely[at].max()))
        if not found:
            return own
        anchors = sorted(found)
        roles = self.head.who(self.states, self.heads, self.candidates, scored, anchors)
        out = [self._with(found[at], roles[n], start, self.head.mode(scored, at, found[at].type)) for n, at in enumerate(anchors)]
        return sorted([*own, *(p for p in out if _is_told(p))], key=lambda p: p.parts[0].word.i)

    def _typed(self, proposal: Proposal, likely: Floats) -> Proposal:
        best = TYPES[int(likely.argmax())]
        if best == proposal.type or best not in PLOVER or likely.max() < RETYPED or proposal.parts[0].entry.kind == "modal":
            return dataclasses.replace(proposal, kept=True)
        first = proposal.parts[0]
        other = dataclasses.replace(first, entry=_entry(best, first.entry.kind, proposal.parts[0].entry.rule.confidence))
        return dataclasses.replace(proposal, parts=(other, *proposal.parts[1:]), type=best, kept=True)

    def _new(self, word: int, event_type: str, chance: float) -> Proposal:
        token = self.stage.parsed.doc[self.tokens[word]]
        entry = _entry(event_type, "noun" if token.pos_ in ("NOUN", "PROPN") else "verb", round(0.9 * chance, 2))
        trigger = Trigger(word=token, entry=entry, phrase=(token,), negated=is_denied(token))
        return Proposal(parts=(trigger,), type=event_type, who=Roles(actors=(), recipients=()), kept=True)

    def _with(self, proposal: Proposal, roles: Floats, start: int, mode: str | None) -> Proposal:
        """The proposal with the head's participants: those it is sure of where the rules name nobody known, none that it rules out."""
        who = proposal.who
        actors = self._participants(who.actors, who.known_actors, roles[:, 0], start)
        recipients = self._participants(who.recipients, who.known_recipients, roles[:, 1], start)
        ids = {p.actor_id for p in actors if p.actor_id}
        others = tuple(p for p in recipients if p.actor_id not in ids and not any(p.overlaps(a.start, a.end) for a in actors))
        return dataclasses.replace(proposal, who=Roles(actors=actors, recipients=others), mode=mode)

    def _participants(self, ruled: tuple[Participant, ...], known: bool, logits: Floats, start: int) -> tuple[Participant, ...]:
        kept = tuple(p for p in ruled if self._score(p, logits, start) > DROPPED)
        if known and kept:
            return kept
        tokens = [self.stage.parsed.doc[self.tokens[start + anchor]] for anchor in self._runs(logits, start)]
        found = self.stage.all_of(tokens, nested=False) if tokens else ()
        if any(p.actor_id or p.country for p in found) or not kept:
            return found
        return kept

    def _score(self, participant: Participant, logits: Floats, start: int) -> float:
        inside = [n - start for n in range(start, start + len(logits)) if self.spans[n, 0] < participant.end and participant.start < self.spans[n, 1]]
        return float(logits[inside].max()) if inside else 0.0

    def _runs(self, logits: Floats, start: int) -> Iterable[int]:
        """The head word of each run of words that score as a participant."""
        at = np.flatnonzero(logits > TAKEN)
        for run in np.split(at, np.flatnonzero(np.diff(at) > 1) + 1) if len(at) else ():
            words = (run + start).tolist()
            yield anchor_of(words, self.heads) - start


def _entry(event_type: str, kind: str, confidence: float) -> Entry:
    rule = TriggerRule(id=RULE, examples=(), type=event_type, confidence=confidence)
    return Entry(rule=rule, kind=kind, head="")  # type: ignore[arg-type]


def _is_told(proposal: Proposal) -> bool:
    """Whether somebody known takes part, or the rules' own need no one."""
    who = proposal.who
    return who.known_actors or who.known_recipients or proposal.parts[0].entry.rule.needs == "none"
