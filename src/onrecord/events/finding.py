"""Article in, events out: each trigger with its participants, standing, voice, date, place and figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TypeVar

from spacy.tokens import Span as Sentence
from spacy.tokens import Token

from onrecord.encoder import States
from onrecord.events.confidence import confidence, signs
from onrecord.events.dating import dated
from onrecord.events.deciding import Decider
from onrecord.events.figures import magnitudes
from onrecord.events.head import Head
from onrecord.events.implied import with_implied_actors, with_implied_recipients, with_implied_targets
from onrecord.events.lexicon import Lexicon
from onrecord.events.narrative import SPOKEN
from onrecord.events.placing import place_of
from onrecord.events.proposing import Proposal, proposals
from onrecord.events.relevance import told as of_concern
from onrecord.events.selection import without_repeats
from onrecord.events.setting import at_token, contexts_of, date_of
from onrecord.events.stage import Stage
from onrecord.events.standing import is_claimed, standing
from onrecord.events.triggers import Trigger
from onrecord.parse import Parsed
from onrecord.parse.syntax import clause, verb_above
from onrecord.records import Attribution, Cast, Event, Participant, Place, Time, finding_id, voice_at

LEAD = 2
"""Sentences of the body that lead an article."""

Located = TypeVar("Located", Time, Place)


def find(
    parsed: Parsed,
    cast: Cast,
    places: tuple[Place, ...],
    times: tuple[Time, ...],
    attributions: tuple[Attribution, ...],
    *,
    lexicon: Lexicon,
    states: States | None = None,
    head: Head | None = None,
) -> tuple[Event, ...]:
    """The events an article reports, in text order.

    Args:
        parsed: the article and its parse.
        cast: its actors.
        places: its places; those used as places can be where an event was.
        times: its time expressions.
        attributions: who says what in it, for the voice of each event.
        lexicon: the triggers.
        states: the encoder's states of the article; without them the rules decide alone.
        head: the event head that reads them.
    """
    stage = Stage(parsed, cast, attributions, lexicon, no_participants=((t.start, t.end) for t in times if t.type != "SET"), places=places)
    when = _by_sentence(parsed, times)
    where = _by_sentence(parsed, tuple(p for p in places if p.use == "place"))
    out: list[Event] = []
    headline: list[Event] = []
    lead: list[Event] = []
    bodies = 0
    told = list(parsed.sentences())
    proposed = [tuple(proposals(sentence, stage)) for sentence, _ in told]
    decider = Decider(stage, states, head, proposed) if states is not None and head is not None else None
    for number, (sentence, block) in enumerate(told):
        decided = decider.decided(number, leads=bodies < LEAD) if decider else [p for p in proposed[number] if p.kept]
        found = _events_of(sentence, decided, stage, when.get(sentence.start, ()), where.get(sentence.start, ()))
        if block.kind == "headline":
            headline.extend(found)
            continue
        bodies += 1
        if bodies <= LEAD:
            lead.extend(found)
        out.extend(found)
    kept = [e for e in headline if not any(_same(e, other) for other in lead)]
    once = without_repeats(sorted(kept + out, key=lambda e: (e.trigger.start, e.type)), lexicon.nouns)
    complete = with_implied_recipients(with_implied_targets(with_implied_actors(once)), lexicon.nouns)
    return dated(parsed, of_concern(complete, lexicon), attributions, when, lexicon)


def _same(headline: Event, lead: Event) -> bool:
    if headline.type != lead.type:
        return False
    first, second = _who(headline.actors), _who(lead.actors)
    return not first or not second or bool(first & second)


def _who(participants: Sequence[Participant]) -> set[str]:
    return {p.country or p.actor_id or p.text.lower() for p in participants}


def _by_sentence(parsed: Parsed, found: tuple[Located, ...]) -> dict[int, list[tuple[Located, Token]]]:
    out: dict[int, list[tuple[Located, Token]]] = defaultdict(list)
    for finding in found:
        token = at_token(parsed, finding.start, finding.end)
        if token is not None:
            out[token.sent.start].append((finding, token))
    return out


def _events_of(
    sentence: Sentence, decided: Sequence[Proposal], stage: Stage, when: Sequence[tuple[Time, Token]], where: Sequence[tuple[Place, Token]]
) -> list[Event]:
    out: list[Event] = []
    seen: set[tuple[object, ...]] = set()
    contexts: tuple[str, ...] | None = None
    for proposal in decided:
        who = proposal.who
        key = (proposal.type, *sorted(_who(who.actors)), "→", *sorted(_who(who.recipients)))
        if key in seen and (who.actors or who.recipients):
            continue
        seen.add(key)
        if contexts is None:
            contexts = contexts_of(sentence, stage.lexicon)
        out.append(_event(proposal, stage, when, where, contexts))
    return out


def _event(proposal: Proposal, stage: Stage, when: Sequence[tuple[Time, Token]], where: Sequence[tuple[Place, Token]], contexts: tuple[str, ...]) -> Event:
    parts, event_type, who = proposal.parts, proposal.type, proposal.who
    trigger = parts[0]
    parsed, rule = stage.parsed, trigger.entry.rule
    article = parsed.article
    word = trigger.word
    span = article.span(*_trigger_span(trigger))
    voice = voice_at(stage.attributions, span.start, span.end)
    speaking = voice
    while speaking is not None and not is_claimed(word, speaking, stage.lexicon):
        speaking = next((a for a in stage.attributions if a.id == speaking.parent), None)
    claimed_by = speaking.id if speaking is not None else None
    mode = _mode(trigger, event_type, stage.lexicon) or proposal.mode
    first, last = clause(verb_above(word))
    doc = word.doc
    begin, end = min(doc[first].idx, span.start), max(doc[last - 1].idx + len(doc[last - 1]), span.end)
    participants = [p.actor_id or p.text for p in (*who.actors, *who.recipients)]
    told = tuple(m for part in parts for m in magnitudes(part, event_type if part == trigger else "", parsed, claimed_by))
    put = standing(trigger, voice, stage.lexicon)
    seen = signs(proposal, spoken=claimed_by is not None, put=put, figures=bool(told))
    return Event(
        id=finding_id("ev", article.id, event_type, [span], participants),
        type=event_type,
        mode=mode,
        contexts=contexts,
        quad=stage.lexicon.ontology.quad(event_type),
        cameo=stage.lexicon.ontology.cameo(event_type, mode),
        trigger=span,
        evidence=article.span(begin, end),
        actors=who.actors,
        recipients=who.recipients,
        date=date_of(word, when, article.published, spoken=event_type in SPOKEN),
        place=place_of(word, where, (event_type, mode), stage.lexicon),
        magnitudes=told,
        veridicality=put,
        claimed_by=claimed_by,
        confidence=confidence(seen, stage.lexicon.chances),
        reason=rule.id,
    )


def _trigger_span(trigger: Trigger) -> tuple[int, int]:
    """The trigger's characters: the word with the words of its phrase next to it."""
    word = trigger.word
    start, end = word.i, word.i + 1
    for token in trigger.phrase[1:]:
        if token.i > word.i and token.i - word.i <= 4:
            end = max(end, token.i + 1)
    return _offsets(word.doc[start:end])


def _offsets(span: Sentence) -> tuple[int, int]:
    return span.start_char, span.end_char


def _mode(trigger: Trigger, event_type: str, lexicon: Lexicon) -> str | None:
    rule = trigger.entry.rule
    if event_type != rule.type:
        return None
    if event_type != "ASSAULT" or rule.mode not in (None, "heavy-weapons", "explosives", "firearms"):
        return rule.mode
    near = (lexicon.instruments.get(token.lemma_.lower()) for token in (*trigger.word.lefts, *trigger.word.subtree))
    found = list(dict.fromkeys(mode for mode in near if mode is not None))
    for mode in ("suicide-attack", "drone", "unconventional", "aerial"):
        if mode in found:
            return mode
    return rule.mode or next(iter(found), None)
