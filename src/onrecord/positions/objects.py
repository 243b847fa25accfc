"""What is the position on: the object's span, its kind, and the event or actor of the article it is."""

from __future__ import annotations

from onrecord.parse import Parsed, syntax
from onrecord.positions.lexicon import Lexicon
from onrecord.positions.stand import Stand, Target, Why
from onrecord.positions.targets import extended
from onrecord.records import Cast, Event, ObjectKind, PositionObject, Span

DEFINITE = frozenset({"the", "this", "that", "these", "those", "such", "its", "their", "his", "her"})

POINTING = frozenset({"it", "this", "that"})
SPEAKING = frozenset({"STATEMENT", "CONSULT", "ACCUSE", "REQUEST"})
DANGLING = frozenset(
    {"and", "or", "but", "while", "for", "as", "with", "of", "to", "in", "that", "which", "who", "the", "a", "an", "by", "because", "when", "after"}
)
"""Words no object ends in."""


class Objects:
    """Turns targets into position objects, linked to the article's events and actors.

    Args:
        parsed: the article.
        cast: its actors.
        events: its events.
        lexicon: the room's words.
    """

    def __init__(self, parsed: Parsed, cast: Cast, events: tuple[Event, ...], lexicon: Lexicon) -> None:
        self.parsed, self.cast, self.lexicon = parsed, cast, lexicon
        self.events = sorted(events, key=lambda e: e.trigger.start)

    def span(self, target: Target) -> Span | None:
        """The characters of a target, without quotation marks or punctuation at its edges."""
        doc, text = self.parsed.doc, self.parsed.text
        start, end = target.start, target.end
        while end - 1 > start and (doc[end - 1].lower_ in DANGLING or doc[end - 1].is_punct or doc[end - 1].is_space):
            end -= 1
        while start < end - 1 and (doc[start].is_punct or doc[start].is_space or doc[start].is_quote):
            start += 1
        while end - 1 > start and (doc[end - 1].is_punct or doc[end - 1].is_space or doc[end - 1].is_quote) and doc[end - 1].text not in ")":
            end -= 1
        first, last = doc[start].idx, doc[end - 1].idx + len(doc[end - 1])
        while first < last and text[first].isspace():
            first += 1
        while last > first and text[last - 1].isspace():
            last -= 1
        return self.parsed.article.span(first, last) if first < last else None

    def made(self, stand: Stand) -> PositionObject | None:
        """The object of a stand; None where it has no characters."""
        core, span = self.span(stand.target), self.span(extended(stand.target, stand.trigger, self.lexicon))
        if core is None or span is None:
            return None
        head = stand.target.head
        actor = None if stand.target.clausal else self.cast.at_head(head.idx)
        event = self._pointed_at(stand, core) if actor is None or _is_judged(stand) else None
        if event is not None:
            actor = None
        elif actor is None:
            event = self.event(stand, core)
        doer = self.cast.at_head(stand.addressee.idx) if stand.act == "accuse" and stand.addressee is not None else None
        kind: ObjectKind
        if actor is not None:
            kind = "actor"
        elif stand.proposal or (not stand.target.clausal and head.lemma_.lower() in self.lexicon.proposals and event is None):
            kind = "proposal"
        elif event is not None or stand.target.clausal or head.lemma_.lower() in self.lexicon.event_nouns:
            kind = "event"
        else:
            kind = "state_of_affairs"
        return PositionObject(
            start=span.start,
            end=span.end,
            text=span.text,
            kind=kind,
            event_id=event.id if event is not None else None,
            actor_id=actor[1].id if actor is not None else doer[1].id if doer is not None else None,
        )

    def _pointed_at(self, stand: Stand, span: Span) -> Event | None:
        """What a bare "this" or "it" points at: the last event before it, in its sentence or in the one before."""
        head = stand.target.head
        if stand.target.clausal or head.lower_ not in POINTING or stand.target.end - stand.target.start > 1:
            return None
        start = head.sent.start
        since = head.doc[start - 1].sent.start_char if start else 0
        trigger = stand.trigger
        return next(
            (
                e
                for e in reversed(self.events)
                if since <= e.trigger.start < span.start and not e.trigger.overlaps(trigger.idx, trigger.idx + len(trigger)) and e.type not in SPEAKING
            ),
            None,
        )

    def event(self, stand: Stand, span: Span) -> Event | None:
        """The event an object is: one triggered in its head or inside it, else the nearest earlier one of the kind its noun names."""
        trigger = stand.trigger
        head = stand.target.head
        inside = [e for e in self.events if span.covers(e.trigger.start, e.trigger.end) and not e.trigger.overlaps(trigger.idx, trigger.idx + len(trigger))]
        at_head = [e for e in inside if e.trigger.overlaps(head.idx, head.idx + len(head))]
        if at_head:
            return at_head[0]
        if inside and stand.target.clausal:
            return inside[0]
        types = self.lexicon.event_nouns.get(head.lemma_.lower())
        if types and not stand.target.clausal and self._is_definite(stand.target):
            earlier = [
                e for e in self.events if e.trigger.start < span.start and e.type in types and not e.trigger.overlaps(trigger.idx, trigger.idx + len(trigger))
            ]
            if earlier:
                return earlier[-1]
        return inside[0] if inside else None

    def _is_definite(self, target: Target) -> bool:
        head = target.head
        return any(c.lower_ in DEFINITE or c.dep_ == "poss" for c in head.lefts) or syntax.base_noun_phrase(head)[0] == head.i


def _is_judged(stand: Stand) -> bool:
    """Whether an adjective is said of a bare "it": "called it barbaric" speaks of what was done, "called it a group" of who did it."""
    return Why.NAMED_SO in stand.why and stand.trigger.pos_ == "ADJ" and stand.trigger.dep_ not in ("amod", "compound")


def evidence(parsed: Parsed, stand: Stand, holder: Span | None, span: Span) -> Span:
    """The clause that shows a position: from the first to the last of holder, trigger and object within the sentence."""
    trigger = stand.trigger
    sentence = trigger.sent
    first, last = sentence.start_char, sentence.end_char
    parts = [(trigger.idx, trigger.idx + len(trigger)), (span.start, span.end)]
    if holder is not None and first <= holder.start and holder.end <= last:
        parts.append((holder.start, holder.end))
    start, end = min(p[0] for p in parts), max(p[1] for p in parts)
    return parsed.article.span(start, end)
