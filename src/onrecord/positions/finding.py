"""From the words of an article to its positions: scan, read each word's frame, settle who, what, when and on whose word."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator

from onrecord.parse import Parsed, Quotation, syntax
from onrecord.positions.confidence import confidence, signs
from onrecord.positions.evaluated import evaluated
from onrecord.positions.holders import Holder, Holders, basis_of
from onrecord.positions.lexicon import Entry, Evaluation, Lexicon
from onrecord.positions.objects import POINTING, Objects, evidence
from onrecord.positions.performed import performed, tail_of
from onrecord.positions.stand import Stand, Target, Why
from onrecord.positions.targets import phrase
from onrecord.records import Attribution, Cast, DatePrecision, Event, Participant, Position, PositionObject, Said, Span, Time, finding_id, is_after, voice_at

OPEN_ENDS = frozenset({"others", "else"})
"""Words at the end of a list of holders that leave it open."""
REFLEXIVES = frozenset({"himself", "herself", "itself", "themselves", "ourselves", "myself"})
DATED_WITHIN = 60
"""How many characters behind or before its trigger a date may stand to date a position."""


def find(
    parsed: Parsed, cast: Cast, times: tuple[Time, ...], attributions: tuple[Attribution, ...], events: tuple[Event, ...], *, lexicon: Lexicon
) -> tuple[Position, ...]:
    """The positions of an article, in text order.

    Args:
        parsed: the article.
        cast: its actors.
        times: its time expressions.
        attributions: who says what in it.
        events: what happens in it.
        lexicon: the words that take positions.
    """
    return Finder(parsed, cast, times, attributions, events, lexicon).positions()


class Finder:
    """Finds the positions of one article, given as to :func:`find`."""

    def __init__(
        self, parsed: Parsed, cast: Cast, times: tuple[Time, ...], attributions: tuple[Attribution, ...], events: tuple[Event, ...], lexicon: Lexicon
    ) -> None:
        self.parsed, self.cast, self.times, self.attributions, self.events, self.lexicon = parsed, cast, times, attributions, events, lexicon
        self.holders = Holders(parsed, cast, lexicon)
        self.objects = Objects(parsed, cast, events, lexicon)
        self.names = {a.id: a for a in attributions}

    def positions(self) -> tuple[Position, ...]:
        """The positions, in text order, each once."""
        found: dict[str, tuple[float, Position]] = {}
        for stand in self._stands():
            for prior, position in self._settled(stand):
                found.setdefault(position.id, (prior, position))
        return tuple(sorted(_distinct(found.values()), key=lambda p: (p.evidence.start, p.object.start, p.holder.start)))

    def _stands(self) -> Iterator[Stand]:
        doc, lexicon = self.parsed.doc, self.lexicon
        columns = doc.to_array(["LEMMA", "LOWER"])
        hits = [(i, known) for i, lemma in enumerate(columns[:, 0].tolist()) if (known := lexicon.entries.get(lemma))]
        hits += [(i, known) for i, word in enumerate(columns[:, 1].tolist()) if (known := lexicon.adjectives.get(word))]
        if not hits:
            return
        ranges = [(b.start, b.end) for b in self.parsed.blocks if b.kind in ("body", "headline")]
        for i, known in sorted(hits, key=lambda h: h[0]):
            offset = doc[i].idx
            if any(start <= offset < end for start, end in ranges):
                yield from self._read(known, i)

    def _read(self, known: tuple[Entry, ...], i: int) -> Iterator[Stand]:
        """The stands of a word by each of its rules; of the phrases it begins only the longest that is there."""
        token = self.parsed.doc[i]
        taken: set[str] = set()
        for entry in known:
            if isinstance(entry.rule, Evaluation):
                yield from evaluated(token, entry, self.lexicon)
                continue
            if entry.word_class in taken:
                continue
            made = list(performed(token, entry, self.lexicon))
            if made or (entry.rest and tail_of(token, entry.rest) is not None):
                taken.add(entry.word_class)
            yield from made

    def _settled(self, stand: Stand) -> Iterator[tuple[float, Position]]:
        trigger = stand.trigger
        quotation = self.parsed.quotation_at(trigger.idx)
        voice = voice_at(self.attributions, trigger.idx, trigger.idx + len(trigger)) or self._quoted_voice(quotation)
        if not stand.holders:
            referred = self._spoken_of(stand, voice)
            if referred is not None:
                stand = dataclasses.replace(stand, target=referred)
            elif Why.FRAGMENT in stand.why:
                return
        target = self.objects.made(stand)
        if target is None or any(t.covers(target.start, target.end) for t in self.times):
            return
        if voice is not None and not stand.holders and any(s.overlaps(target.start, target.end) for s in voice.source):
            return  # the speaker, put into the midst of what they say, is not what they speak of
        if stand.material and target.kind not in ("actor", "proposal") and stand.act == "support":
            return  # help takes a side where it goes to somebody or something political
        if not stand.holders:
            holder = self._speaker(stand, voice, quoted=quotation is not None)
            holders = [holder] if holder is not None else []
        else:
            named = [t for t in stand.holders if t.lower_ not in OPEN_ENDS or len(stand.holders) == 1]
            open_ended = (Why.OPEN_LIST,) if len(named) < len(stand.holders) else ()
            holders = [dataclasses.replace(h, why=(*h.why, *open_ended)) for t in named if (h := self.holders.of_word(t, voice)) is not None]
        for holder in holders:
            if stand.needs_agent and Why.UNRESOLVED_HOLDER in holder.why:
                continue
            holder = self.holders.by_name(self._relayed(holder, stand), target, stand.trigger)
            who = holder.participant
            if who.overlaps(target.start, target.end) or target.text.lower() in REFLEXIVES:
                continue
            about = target
            if target.actor_id is not None and target.actor_id == who.actor_id:
                if not stand.holders:
                    continue
                about = dataclasses.replace(target, actor_id=None)  # subject and object of one clause are two: the link is wrong
            prior = stand.prior - (0.1 if Why.UNRESOLVED_HOLDER in holder.why else 0.0)
            yield prior, self._position(stand, holder, about, voice, quoted=quotation is not None)

    def _spoken_of(self, stand: Stand, voice: Attribution | None) -> Target | None:
        """What a speaker is said to speak of, for a judgement whose own words don't name it: "“A triumph,” she said *of the vote*"."""
        head = stand.target.head
        pointing = Why.FRAGMENT in stand.why or head.lower_ in POINTING or any(c.lower_ in ("this", "that", "these", "those") for c in head.lefts)
        if voice is None or not voice.cue or not pointing or stand.target.clausal:
            return None
        cue = self.parsed.doc.char_span(voice.cue[0].start, voice.cue[0].end, alignment_mode="expand")
        if cue is None:
            return None
        link = next((c for t in cue for c in t.children if c.dep_ == "prep" and c.lower_ in ("of", "about", "on", "regarding")), None)
        if link is None:  # "said the minister of the treaty": the preposition on the speaker
            first = syntax.own_subject(cue.root)
            behind = first is not None and first.i > cue.root.i
            link = next((c for c in first.rights if c.dep_ == "prep" and c.lower_ in ("of", "about", "on")), None) if first is not None and behind else None
        inner = syntax.pobj(link) if link is not None else None
        if inner is None or inner.pos_ not in ("NOUN", "PROPN") or self.parsed.quotation_at(inner.idx) is not None:
            return None
        if inner.pos_ == "PROPN" or any(t.type == "DATE" and t.overlaps(inner.idx, inner.idx + len(inner)) for t in self.times):
            return None
        return phrase(inner, self.lexicon)

    def _relayed(self, holder: Holder, stand: Stand) -> Holder:
        """Whom an *it* means that seems to be the agency itself: "the agency quoted the ministry as saying *it* rejects it"."""
        if holder.participant.text.lower() not in ("it", "its") or not self.holders.is_outlet(holder.participant):
            return holder
        cited = self.holders.cited(stand.trigger)
        return (self.holders.of_word(cited, None) if cited is not None else None) or holder

    def _quoted_voice(self, quotation: Quotation | None) -> Attribution | None:
        """Whose words a quotation is where its content was not marked to its end."""
        if quotation is None:
            return None
        return next((a for a in self.attributions if a.kind != "indirect" and any(s.overlaps(quotation.start, quotation.end) for s in a.content)), None)

    def _speaker(self, stand: Stand, voice: Attribution | None, *, quoted: bool) -> Holder | None:
        if not quoted and (Why.MODIFIER in stand.why or stand.needs_quotation):
            return None
        holder = self.holders.of_voice(voice) if voice is not None else self.holders.viewpoint(stand.trigger) or self.holders.publisher(stand.trigger)
        if holder is not None and (self.holders.is_outlet(holder.participant) or self.holders.quotes(holder.participant, stand.trigger)):  # relays
            cited = self.holders.cited(stand.trigger)
            holder = self.holders.of_word(cited, None) if cited is not None else None
            return holder if holder is not None and not self.holders.is_outlet(holder.participant) else None
        if holder is not None and stand.speaker_sectors and holder.participant.sector not in stand.speaker_sectors:
            return None  # a paper that writes of suspects suspects nobody
        if holder is not None and stand.obliged is not None:
            obliged = self.holders.mention(stand.obliged)
            if obliged is not None and obliged[0].form != "nominal" and obliged[1].id == holder.participant.actor_id:
                return None  # what one must do oneself one asks of nobody
        if holder is not None and stand.accused is not None:
            accused = self.holders.mention(stand.accused)
            if accused is None or accused[1].id == holder.participant.actor_id or (voice is not None and accused[1].id == voice.speaker.actor_id):
                return None
        return holder

    def _position(self, stand: Stand, holder: Holder, target: PositionObject, voice: Attribution | None, *, quoted: bool) -> Position:
        who, trigger = holder.participant, stand.trigger
        own = not stand.holders or holder.first_person or (voice is not None and self._is_voice_of(who, voice))
        if voice is not None and stand.holders and not holder.first_person and self.holders.speaks_for(voice, who):
            own, holder = True, dataclasses.replace(holder, authorised=True)
        shown = evidence(self.parsed, stand, who, target)
        act_event = next((e for e in self.events if e.trigger.overlaps(trigger.idx, trigger.idx + len(trigger))), None)
        addressee = self.holders.mention(stand.addressee) if stand.addressee is not None else None
        return Position(
            id=finding_id("po", self.parsed.article.id, stand.act, (shown, target), (who.actor_id or who.text,)),
            holder=who,
            act=stand.act,
            stance=stand.stance,
            object=target,
            evidence=shown,
            said=self._said(stand, target, act_event),
            status=stand.status,
            addressee=self.cast.participant(*addressee) if addressee is not None else None,
            act_event_id=act_event.id if act_event is not None else None,
            basis="own_words" if voice is None and self.holders.is_publisher(who) else basis_of(holder, voice, quoted=quoted, own=own),
            attribution=voice.id if voice is not None else None,
            confidence=round(confidence(signs(stand, holder, target, voice, self.cast.get(who.actor_id), quoted=quoted), self.lexicon.confidence), 3),
            reason="|".join((stand.rule, *dict.fromkeys((*stand.why, *holder.why)))),
        )

    def _is_voice_of(self, who: Participant, voice: Attribution) -> bool:
        speaker = voice.speaker
        if who.actor_id is not None and who.actor_id in (speaker.actor_id, speaker.on_behalf_of):
            return True
        return any(s.overlaps(who.start, who.end) for s in voice.source)

    def _said(self, stand: Stand, target: Span, act_event: Event | None) -> Said:
        """When the position was taken: a date beside its word, the date of its event, else the article's.

        What lies behind the day of publication is the time of something said, not of saying it: "proposed a tax for 2031".
        """
        published = self.parsed.article.published
        expected = stand.status == "expected"
        trigger = stand.trigger
        sentence = trigger.sent
        near = [
            t
            for t in self.times
            if t.type == "DATE"
            and sentence.start_char <= t.start < sentence.end_char
            and not target.overlaps(t.start, t.end)
            and min(abs(t.start - trigger.idx), abs(trigger.idx - t.end)) <= DATED_WITHIN
            and _is_date(t.value)
            and (expected or published is None or not is_after(t.value, published))
        ]
        if near and stand.holders:
            nearest = min(near, key=lambda t: abs(t.start - trigger.idx))
            return Said(value=nearest.value, precision=_precision(nearest.value), reason="date_in_clause")
        if act_event is not None and act_event.date is not None and (expected or published is None or not is_after(act_event.date.value, published)):
            return Said(value=act_event.date.value, precision=act_event.date.precision, reason=act_event.date.reason)
        return Said(value=published[:10], precision=_precision(published[:10]), reason="publication") if published else Said(value=None, reason="no_date")


def _precision(value: str) -> DatePrecision:
    if len(value) >= 10 or value.startswith("--"):
        return "day"
    return "month" if len(value) == 7 else "year"


def _is_date(value: str) -> bool:
    digits = value.replace("-", "")
    return digits.isdigit() and len(digits) >= 4


def _distinct(positions: Iterable[tuple[float, Position]]) -> list[Position]:
    """One position for each holder, stance and object; of two that overlap the surer stays, of repetitions the first."""
    kept: list[Position] = []
    seen: set[tuple[str, str, str]] = set()
    for _, position in sorted(positions, key=lambda p: (p[1].object.text.lower() in POINTING, -p[0], p[1].evidence.start)):
        who = position.holder.actor_id or position.holder.text
        if position.object.text.lower() in POINTING and any(  # "opposed the law, calling it a trap": one stand
            k.stance == position.stance and k.evidence.overlaps(position.evidence.start, position.evidence.end) and (k.holder.actor_id or k.holder.text) == who
            for k in kept
        ):
            continue
        clash = any(
            k.stance == position.stance and k.object.overlaps(position.object.start, position.object.end) and (k.holder.actor_id or k.holder.text) == who
            for k in kept
        )
        if not clash:
            kept.append(position)
    out: list[Position] = []
    for position in sorted(kept, key=lambda p: p.evidence.start):
        about = position.object.event_id or (position.object.actor_id if position.object.kind == "actor" else None)
        key = (position.holder.actor_id or "", position.act, about or "")
        if position.holder.actor_id and about and key in seen:
            continue
        seen.add(key)
        out.append(position)
    return out
