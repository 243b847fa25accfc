"""Who leans which way on whom: every two actors of a sentence, as the stance head reads them and the article bears it out.

The head sees one sentence. What the article says besides is weighed with it: that the rules read the same there, that the
same leaning is found in other sentences, and how much the article is about the two.
"""

from __future__ import annotations

import dataclasses
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from onrecord.encoder import States, heads_of, spans_of, touched
from onrecord.parse import Parsed
from onrecord.positions.head import STANCES, Head, Mentioned, Sentence
from onrecord.positions.lexicon import Lexicon
from onrecord.records import Actor, Cast, Event, Mention, Participant, Position, Span, Stance

Floats = NDArray[np.float32]

CROWD = 12
"""Mentions of a sentence from which it is a list of names, which leans nowhere."""
OFTEN = 5
"""Mentions from which an article is about an actor."""
FAINT = -2.8
"""The odds, in logarithms, from which the same leaning in another sentence bears one out."""
SURE = 1e-4
"""No chance of the head's is nearer to 0 or 1."""
UNREAD = 1.5
"""The odds, in logarithms, of what only the rules read, where there is no head."""
SIDES: tuple[Literal["left", "right"], ...] = ("left", "right")
NO_STAND = frozenset({"CONSULT", "REQUEST"})
"""Types of events that are cooperative or not without taking a side."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Leaning:
    """One actor for or against another, as a sentence has it.

    Attributes:
        holder: who, on a mention in the sentence.
        object: for or against whom, likewise.
        holder_name: the holder as the article's actor is named.
        object_name: the object likewise.
        stance: ``support`` or ``oppose``.
        chance: how likely, between 0 and 1.
        evidence: the sentence.
    """

    holder: Participant
    object: Participant
    holder_name: str
    object_name: str
    stance: Stance
    chance: float
    evidence: Span


@dataclasses.dataclass(frozen=True, slots=True)
class _Pair:
    """Two who are mentioned in a sentence, and the odds, in logarithms, that the head gives the one being for or against the other."""

    sentence: int
    evidence: Span
    holder: tuple[Mention, Actor]
    object: tuple[Mention, Actor]
    stance: Stance
    odds: float = UNREAD

    @property
    def key(self) -> tuple[str, Stance, str]:
        return self.holder[1].id, self.stance, self.object[1].id


def leanings(
    parsed: Parsed,
    cast: Cast,
    positions: Sequence[Position],
    events: Sequence[Event],
    *,
    lexicon: Lexicon,
    least: float,
    states: States | None = None,
    head: Head | None = None,
) -> tuple[Leaning, ...]:
    """The likelier stance of each actor of a sentence on each other one, in text order.

    Args:
        parsed: the article.
        cast: its actors.
        positions: what was found of positions.
        events: and of events.
        lexicon: the room's, with the weights of what is plain to see of a leaning (lexicons/en/positions/leaning.csv).
        least: the least chance.
        states: the encoder's states; sentences that it did not read are left out.
        head: reads them; without it only what positions and events say of two actors is a leaning.
    """
    reader = _Reader(parsed, states, head) if states is not None and head is not None else None
    found = list(_pairs(parsed, cast, reader))
    ruled = [_by_rules(pair, positions, events) for pair in found]
    if reader is None:
        found, ruled = [p for p, r in zip(found, ruled, strict=True) if r], [True for r in ruled if r]
    weights = lexicon.leaning
    odds = [sum(weights.get(sign, 0.0) * value for sign, value in _signs(p, r)) for p, r in zip(found, ruled, strict=True)]
    elsewhere = defaultdict(list)
    for pair, own in zip(found, odds, strict=True):
        elsewhere[pair.key].append((own, pair.sentence))
    best: dict[tuple[int, str, str], Leaning] = {}
    for pair, own in zip(found, odds, strict=True):
        borne = max((o for o, n in elsewhere[pair.key] if n != pair.sentence), default=FAINT)
        chance = 1 / (1 + math.exp(-own - weights.get("elsewhere", 0.0) * max(0.0, borne - FAINT)))
        at = pair.sentence, pair.holder[1].id, pair.object[1].id
        if chance >= least and (at not in best or chance > best[at].chance):
            best[at] = _leaning(cast, pair, chance)
    return tuple(sorted(best.values(), key=lambda f: (f.evidence.start, f.holder.start, f.object.start)))


def _leaning(cast: Cast, pair: _Pair, chance: float) -> Leaning:
    return Leaning(
        holder=cast.participant(*pair.holder),
        object=cast.participant(*pair.object),
        holder_name=pair.holder[1].name,
        object_name=pair.object[1].name,
        stance=pair.stance,
        chance=round(chance, 3),
        evidence=pair.evidence,
    )


def _signs(pair: _Pair, ruled: bool) -> Iterator[tuple[str, float]]:
    """What is plain to see of a leaning: names and how much of each."""
    yield "always", 1.0
    yield "head", pair.odds
    for name, (mention, actor) in (("holder", pair.holder), ("object", pair.object)):
        yield f"{name}.often", math.log(len(actor.mentions) / OFTEN)
        if mention.form == "nominal":
            yield f"{name}.nominal", 1.0
        if actor.kind in ("state", "group"):
            yield f"{name}.public", 1.0
    if ruled:
        yield "rules", 1.0


def _by_rules(pair: _Pair, positions: Sequence[Position], events: Sequence[Event]) -> bool:
    """Whether a rule's position or event in the sentence has the same one for or against the same other."""
    start, end = pair.evidence.start, pair.evidence.end
    for position in positions:
        if position.stance == pair.stance and position.evidence.overlaps(start, end) and _is(position.holder, pair.holder):
            to = position.addressee
            if _is(position.object, pair.object) or position.object.actor_id == pair.object[1].id or (to is not None and _is(to, pair.object)):
                return True
    return any(
        e.veridicality == "asserted"
        and e.trigger.overlaps(start, end)
        and _side(e) == pair.stance
        and any(_is(p, pair.holder) for p in e.actors)
        and any(_is(p, pair.object) for p in e.recipients)
        for e in events
    )


def _side(event: Event) -> Stance:
    """The side that an event of its type takes for or against whom it is done to."""
    if event.quad is None or event.type in NO_STAND:
        return "neutral"
    return "support" if event.quad <= 2 else "oppose"


def _is(span: Span, who: tuple[Mention, Actor]) -> bool:
    """Whether words are, or hold, one who is mentioned."""
    mention, actor = who
    return span.overlaps(mention.start, mention.end) or (isinstance(span, Participant) and span.actor_id == actor.id)


def _pairs(parsed: Parsed, cast: Cast, reader: _Reader | None) -> Iterator[_Pair]:
    """Every two actors of every sentence both ways, by stance; with a reader, of those that it reads and on the mentions where it finds them likeliest."""
    for number, (sent, _) in enumerate(parsed.sentences()):
        who = _mentions(cast, sent.start_char, sent.end_char)
        if len({actor.id for _, actor in who}) < 2 or len(who) > CROWD:
            continue
        evidence = parsed.article.span(sent.start_char, sent.start_char + len(sent.text.rstrip()))
        two = [(one, other) for one in who for other in who if one[1].id != other[1].id]
        blank = (_Pair(number, evidence, one, other, stance) for one, other in two for stance in STANCES[1:])
        best: dict[tuple[str, Stance, str], _Pair] = {}
        for pair in blank if reader is None else reader.read(number, blank):
            if pair.key not in best or pair.odds > best[pair.key].odds:
                best[pair.key] = pair
        yield from best.values()


def _mentions(cast: Cast, start: int, end: int) -> list[tuple[Mention, Actor]]:
    """The mentions of a sentence that lie in no other."""
    out: list[tuple[Mention, Actor]] = []
    for mention, actor in cast.within(start, end):
        if not out or mention.start >= out[-1][0].end:
            out.append((mention, actor))
    return out


class _Reader:
    """Gives pairs the head's odds."""

    def __init__(self, parsed: Parsed, states: States, head: Head) -> None:
        self.states, self.head = states, head
        self.spans, self.heads = spans_of(parsed, states.words), heads_of(parsed, states.words)

    def read(self, number: int, pairs: Iterable[_Pair]) -> Iterator[_Pair]:
        """The pairs of a sentence with their odds; none where the encoder did not read it."""
        start, end = (int(np.searchsorted(self.states.words.sentences, number, side=side)) for side in SIDES)
        if not any(a <= start and end <= b for a, b in self.states.windows):
            return
        sentence = self.head.sentence(self.states, (start, end))
        seen: dict[tuple[int, int], Mentioned | None] = {}
        chances: dict[tuple[int, int, int, int], Floats] = {}
        for pair in pairs:
            one, other = (self._mentioned(sentence, who[0], seen) for who in (pair.holder, pair.object))
            if one is None or other is None:
                continue
            at = pair.holder[0].start, pair.holder[0].end, pair.object[0].start, pair.object[0].end
            if at not in chances:
                chances[at] = np.clip(self.head.chances(sentence, one, other), SURE, 1 - SURE)
            chance = float(chances[at][STANCES.index(pair.stance)])
            yield dataclasses.replace(pair, odds=math.log(chance / (1 - chance)))

    def _mentioned(self, sentence: Sentence, mention: Mention, seen: dict[tuple[int, int], Mentioned | None]) -> Mentioned | None:
        at = mention.start, mention.end
        if at not in seen:
            words = [n for n in touched(self.spans, [at]) if sentence.range[0] <= n < sentence.range[1]]
            seen[at] = self.head.mentioned(self.states, self.heads, sentence, words) if words else None
        return seen[at]
