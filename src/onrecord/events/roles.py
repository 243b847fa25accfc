"""Who did it and to whom: the participants of a trigger from the slots its rule names."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from onrecord.events.doers import whose_doing
from onrecord.events.lexicon import Lexicon
from onrecord.events.triggers import NOMINAL, VERBAL, Trigger, doers_with_agent
from onrecord.parse import Parsed
from onrecord.parse.syntax import antecedent, base_noun_phrase, by_phrase, clausal_complement, is_passive, members, own_subject, pobj, undergoer
from onrecord.records import Actor, Attribution, Cast, Mention, Participant, Place, voice_at

DEEDS = frozenset({"ASSAULT", "COERCE", "SANCTION", "RETREAT", "MOBILIZE"})
"""Types of which the subject can be the deed's own noun."""

OWNING = frozenset({"by", "of", "at", "in", "on", "against", "from"})

PLACED = frozenset({"in", "near", "at", "outside", "along"})
"""Slots in which only a known actor is a participant; anything else there is a place or a manner."""

ENFORCERS = frozenset({"COP", "JUD", "MIL", "SPY"})
"""Sectors that report arrests of their own: "police said two men had been arrested"."""

AIMED = frozenset({"on", "against", "upon"})
"""Prepositions of those at whom something is aimed."""

OWN = frozenset({"its", "their", "his", "her", "our", "my"})

ABOUT = frozenset({"of", "in", "at", "on", "near", "around", "inside", "outside", "for", "between"})
"""Prepositions through which a thing has the country of what follows: "the wall of the Danish embassy"."""

LED = frozenset({"lead", "led", "sponsor", "sponsored", "organise", "organize", "organised", "organized", "back", "backed", "call", "called"})
CARRYING = frozenset(
    {"announcement", "imposition", "adoption", "launch", "launching", "start", "resumption", "declaration", "renewal", "extension", "wave", "series", "round"}
)
"""Nouns that only carry the one after *of*: whose they are does it."""

ANSWERS = frozenset({"REJECT", "ACCUSE", "CONCEDE", "SUPPORT"})
"""Types of which the object that the phrase asks for is somebody's: "vetoed a *Chadian* resolution"."""

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
PARTS = (
    "dozen hundred thousand million number group member part scores score majority lot some many most several one two three four five six seven eight nine ten "
    "handful couple wave series crowd bunch lots rest half all each any none least tens team unit contingent range round set"
)
AIMING = frozenset({"aim", "design", "mean", "intend", "target", "seek", "impose", "punish", "force", "press", "pressure", "discourage", "deter"})
OCCASIONS = frozenset({"in", "into", "during", "at", "after", "before", "following"})
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


def roles(trigger: Trigger, stage: Stage) -> Roles:
    """The participants of a trigger."""
    found = _noun_roles(trigger, stage) if trigger.entry.kind == "noun" else _verb_roles(trigger, stage)
    actors = tuple(found.actors)
    seen = {(p.start, p.end) for p in actors}
    ids = {p.actor_id for p in actors if p.actor_id}
    done_to = found.recipients
    if done_to and not any(p.actor_id for p in done_to):
        done_to = tuple(p for p in _owners(done_to, trigger.entry.rule.type, stage) if not any(p.overlaps(a.start, a.end) for a in actors)) or done_to
    recipients = tuple(p for p in done_to if (p.start, p.end) not in seen and not (p.actor_id and p.actor_id in ids))
    return Roles(actors=actors, recipients=recipients)


def _owners(things: tuple[Participant, ...], event_type: str, stage: Stage) -> tuple[Participant, ...]:
    """Whose the things are that a verbal act is about: "rejected the delay *in Peru*". Blame is not for those an attack is *on*."""
    if event_type in ("ASSAULT", "COERCE", "AID", "CONSULT", "RETREAT"):
        return ()
    out: list[Participant] = []
    for thing in things:
        span = stage.parsed.doc.char_span(thing.start, thing.end, alignment_mode="expand")
        head = span.root if span is not None and len(span) else None
        if head is None or (event_type == "ACCUSE" and head.lemma_.lower() in stage.lexicon.nouns):
            continue
        hits = [hit for c in head.lefts if c.dep_ in ("poss", "amod", "compound", "nmod") and (hit := stage.cast.at_head(c.idx))]
        for child in head.rights:
            if child.lower_ in ("in", "at") and head.lemma_.lower() in stage.lexicon.nouns:  # where it is
                continue
            if child.dep_ == "prep" and child.lower_ in OWNING and (inner := pobj(child)) is not None:
                around = (inner, *(c for c in inner.lefts if c.dep_ in ("poss", "amod", "compound", "nmod")))
                hits.extend(hit for t in around if (hit := stage.cast.at_head(t.idx)))
        out.extend(stage.cast.participant(*hit) for hit in hits[:1])
    return tuple(out)


# -- verbs and adjectives -------------------------------------------------------------------------


def _verb_roles(trigger: Trigger, stage: Stage) -> Roles:
    word, rule = trigger.word, trigger.entry.rule
    if trigger.entry.kind == "modal":
        idx = word.idx
        return Roles(actors=stage.speaker(idx, idx + len(word)), recipients=stage.all_of(doers_with_agent(word.head)))
    if rule.subject_is_recipient:
        done_to = undergoer(word) if is_passive(word) else None
        return Roles(actors=(), recipients=stage.all_of([done_to] if done_to is not None else doers_with_agent(word)))
    if rule.experiencer and word.pos_ == "VERB" and is_passive(word):
        subject = undergoer(word)
        return Roles(actors=stage.all_of(members(subject)) if subject is not None else (), recipients=_slots(trigger, stage, ("by", *rule.recipient)))
    doing = stage.all_of(whose_doing(word, stage.lexicon, stage.knows))
    actors = tuple(p for p in doing if p.actor_id or p.country or rule.type not in DEEDS or not _is_happening(p, stage.lexicon))
    if not actors and rule.type == "COERCE" and is_passive(word):
        actors = tuple(p for p in stage.speaker(word.idx, word.idx + len(word)) if p.sector in ENFORCERS)
    if not actors and rule.type in ("ASSAULT", "RETREAT") and is_passive(word):
        actors = _behind(word, stage)
    recipients = _slots(trigger, stage, rule.recipient)
    if not any(p.actor_id or p.country for p in recipients):
        recipients = _named_in_phrase(trigger, stage) or recipients
    return Roles(actors=actors, recipients=recipients)


def _is_happening(participant: Participant, lexicon: Lexicon) -> bool:
    """Whether a bare noun phrase is an attack, a weapon or the like, which does nothing itself ("*the air strike* killed")."""
    head = participant.text.lower().split()[-1]
    return head in lexicon.nouns or head.removesuffix("s") in lexicon.nouns or head in lexicon.happenings or head.removesuffix("s") in lexicon.happenings


def _behind(word: Token, stage: Stage) -> tuple[Participant, ...]:
    """Who is behind what somebody suffers: whose the attack is they "were killed *in*", who took those that are released."""
    for child in word.children:
        if child.dep_ == "prep" and child.lower_ in ("in", "during") and (inner := pobj(child)) is not None:
            inner = antecedent(inner)
            if stage.lexicon.nouns.get(inner.lemma_.lower()) == "ASSAULT" and (owner := stage.owner(inner)) is not None:
                return (owner,)
    sufferer = undergoer(word)
    for noun in _and_parts(sufferer) if sufferer is not None else ():
        for child in noun.rights:
            if child.dep_ in ("acl", "relcl") and child.lemma_.lower() in stage.lexicon.captures and (agent := by_phrase(child)) is not None:
                return stage.all_of(members(agent))
    return ()


def _and_parts(noun: Token) -> Iterator[Token]:
    """A noun and what it is some of: "21 *of the girls*"."""
    yield noun
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ == "of" and (inner := pobj(child)) is not None:
            yield inner


def _named_in_phrase(trigger: Trigger, stage: Stage) -> tuple[Participant, ...]:
    """The objects that the phrase itself asks for, where they are somebody ("seized the *tanker*")."""
    done_to = undergoer(trigger.word)
    if done_to is None or done_to not in trigger.phrase:
        return ()
    found = [*members(done_to), *(c for c in done_to.lefts if c.dep_ == "poss")]
    if trigger.entry.rule.type in ANSWERS:
        found.extend(c for c in done_to.lefts if c.dep_ in ("amod", "compound", "nmod"))
    known = tuple(stage.cast.participant(*hit) for t in found if (hit := stage.cast.at_head(t.idx)))
    if known or trigger.entry.rule.type not in ANSWERS or done_to.lemma_.lower() not in stage.lexicon.dealings:
        return known
    return tuple(stage.of(done_to, nested=False))


def _slots(trigger: Trigger, stage: Stage, slots: tuple[str, ...]) -> tuple[Participant, ...]:
    """The participants of the first slot that has any known one, or of the first that has any."""
    fallback: tuple[Participant, ...] = ()
    things = stage.lexicon.ontology.types[trigger.entry.rule.type].things
    for slot in slots:
        found = stage.all_of(_slot(trigger, slot), places=not things and slot not in PLACED)
        known = tuple(p for p in found if p.actor_id or p.country)
        if known:
            return known if slot == "inner" else found
        if slot == "inner":
            found = found[:1]
        if slot not in PLACED:
            fallback = fallback or found
    return fallback


def _slot(trigger: Trigger, slot: str) -> list[Token]:
    word, phrase = trigger.word, trigger.phrase
    if slot == "obj":
        done_to = undergoer(word) or _shared_object(word)
        if done_to is None or done_to in phrase:
            return []
        return members(done_to)
    if slot == "dative":
        return [m for c in word.rights if c.dep_ == "dative" and c.pos_ in NOMINAL | {"PRON"} for m in members(c)]
    if slot == "comp":
        return _complement_subject(word)
    if slot == "inner":
        inner = clausal_complement(word)
        return [] if inner is None else _inner(inner)
    return _prepositional((*phrase, *_extra(trigger)), slot)


def _shared_object(word: Token) -> Token | None:
    """The object of a verb that the next one in the list carries: "seized and inspected *the ship*"."""
    for child in word.rights:
        if child.dep_ == "conj" and child.pos_ in VERBAL and child.i - word.i <= 2:
            return undergoer(child)
    return None


def _extra(trigger: Trigger) -> Iterator[Token]:
    done_to = undergoer(trigger.word)
    if done_to is not None and done_to not in trigger.phrase:
        yield done_to
    yield from (c for c in trigger.word.rights if c.dep_ in ("prt", "acomp", "oprd", "attr", "advmod"))


def _prepositional(anchors: Iterable[Token], name: str) -> list[Token]:
    out: list[Token] = []
    for anchor in anchors:
        if anchor.lower_ == name and anchor.dep_ in ("prep", "prt", "dative", "agent"):
            inner = pobj(anchor)
            out.extend(members(inner) if inner is not None else ())
        for child in (*anchor.rights, *_of_participle(anchor, name)):
            if child.dep_ in ("prep", "dative", "agent", "prt") and child.lower_ == name:
                inner = pobj(child)
                if inner is not None and inner.dep_ == "pobj":
                    out.extend(t for t in members(inner) if t not in out)
    return out


def _of_participle(noun: Token, name: str) -> Iterator[Token]:
    """What follows a participle that says at whom something is aimed: "the ban *imposed on* Chad"."""
    if name in AIMED and noun.pos_ in NOMINAL:
        for child in noun.rights:
            if child.dep_ == "acl" and child.tag_ in ("VBN", "VBD"):
                yield from child.rights


def _complement_subject(word: Token) -> list[Token]:
    for child in word.rights:
        if child.dep_ in ("ccomp", "xcomp") and child.pos_ in VERBAL | {"ADJ", "NOUN"}:
            subject = own_subject(child)
            if subject is not None and is_passive(child):
                agent = by_phrase(child)
                return members(agent) if agent is not None else members(subject)
            if subject is not None:
                return members(subject)
    return []


def _inner(verb: Token) -> list[Token]:
    done_to = undergoer(verb)
    out = members(done_to) if done_to is not None else []
    anchors = [verb, *out]
    for name in ("with", "to", "on", "against", "from", "for", "into"):
        found = _prepositional(anchors, name)
        if found:
            return [*found, *(t for t in out if not any(c.dep_ == "poss" and c.lower_ in OWN for c in t.lefts))]
    return out


# -- nouns ----------------------------------------------------------------------------------------


def _noun_roles(trigger: Trigger, stage: Stage) -> Roles:
    noun, rule = trigger.word, trigger.entry.rule
    heads: dict[str, list[Token]] = {"actor": [], "recipient": [], "none": []}
    both = rule.poss == rule.of == "recipient" and any(c.dep_ == "prep" and c.lower_ == "of" for c in noun.rights)  # "*Kenya's* release of the pilots"
    for child in noun.lefts:
        if child.dep_ == "poss":
            heads["actor" if both else rule.poss].extend(members(child))
        elif child.dep_ in ("compound", "amod", "nmod") and stage.cast.at_head(child.idx) and not (rule.type == "CONSULT" and _is_venue(child, stage)):
            heads[rule.modifier].append(child)
    direction, verb = _light(noun, stage.lexicon)
    recipients: list[Token] = []
    for name in rule.recipient:
        if name not in ("obj", "of"):
            recipients = recipients or _prepositional((noun,) if verb is None else (noun, verb), name)
    for name in rule.actor:
        if name not in ("of", "subj"):
            heads["actor"].extend(_prepositional((noun,), name) or (_prepositional(_prepositional((noun,), "of"), name) if name == "by" else ()))
    heads[rule.of].extend(_prepositional((noun,), "of"))
    for child in noun.rights:
        if child.dep_ == "acl" and child.tag_ in ("VBN", "VBD") and (agent := by_phrase(child)) is not None:
            heads["actor"].extend(members(agent))
    if verb is not None and direction == "active":
        heads["actor"].extend(t for t in doers_with_agent(verb) if t != noun)
    elif verb is not None and direction == "inverse":
        recipients = recipients or [t for t in doers_with_agent(verb) if t != noun]
        heads["actor"].extend(_prepositional((verb,), "from"))
    elif verb is None and rule.type == "CONSULT" and not heads["actor"] and recipients and _is_occasion(noun):
        deed = noun.head if noun.dep_ == "dobj" else noun.head.head
        seen = undergoer(deed) if is_passive(deed) else None
        heads["actor"].extend(doers_with_agent(deed) if seen is None else members(seen))
    elif noun.dep_ == "nsubj" and noun.head.lemma_ == "come":
        heads["actor"].extend(_prepositional((noun.head,), "from"))
    found = stage.all_of(heads["actor"]) or _sponsors(noun, stage)
    target = stage.all_of([*recipients, *heads["recipient"]], places=not stage.lexicon.ontology.types[rule.type].things)
    if rule.type == "SANCTION" and not target:
        target = tuple(p for p in stage.aimed_at(noun) if p.actor_id not in {a.actor_id for a in found})
    if rule.of == "recipient" and rule.poss == "actor" and not target and len(found) == 0:
        target = stage.all_of(_prepositional((noun,), "of"))
    return Roles(actors=found, recipients=target)


def _is_venue(modifier: Token, stage: Stage) -> bool:
    """Whether a town before a noun says where it is: "the *Geneva* talks"."""
    hit = stage.cast.at_head(modifier.idx)
    if hit is None or modifier.dep_ != "compound" or modifier.ent_type_ != "GPE" or not modifier.text.istitle() or "." in modifier.text:
        return False
    return hit[1].kind == "state" and hit[1].name != modifier.text


def _is_occasion(noun: Token) -> bool:
    """Whether somebody is or does something *in a meeting* or *during talks*, or enters them."""
    if noun.dep_ == "dobj" and noun.head.lemma_ in ("enter", "join"):
        return True
    return noun.dep_ == "pobj" and noun.head.lower_ in OCCASIONS and noun.head.head.pos_ in VERBAL


def _sponsors(noun: Token, stage: Stage) -> tuple[Participant, ...]:
    """Who leads or announces it: "the *union*-led protest", "the *ministry* announcement of sanctions"."""
    for child in noun.lefts:
        if child.dep_ in ("amod", "compound") and child.lemma_.lower() in LED:
            inside = stage.cast.within(child.left_edge.idx, child.idx)
            if inside:
                return (stage.cast.participant(*inside[-1]),)
    governor = noun.head.head
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and governor.lemma_.lower() in CARRYING:
        owner = stage.owner(governor)
        if owner is not None:
            return (owner,)
        inside = stage.cast.within(governor.left_edge.idx, governor.idx)
        if inside:
            return (stage.cast.participant(*inside[-1]),)
    return ()


def _light(noun: Token, lexicon: Lexicon) -> tuple[str | None, Token | None]:
    """The verb that only carries a noun, and which way: ``active`` where its subject does it."""
    for verb, path in _carriers(noun):
        key = verb.lemma_.lower()
        particle = next((c.lower_ for c in verb.rights if c.dep_ == "prt"), None)
        for name in (f"{key} {path}" if path else None, f"{key} {particle}" if particle else None, key if not path else None):
            if name is not None and name in lexicon.light:
                return lexicon.light[name], verb
    return None, None


def _carriers(noun: Token) -> Iterator[tuple[Token, str]]:
    while noun.dep_ == "conj" and noun.head.pos_ in NOMINAL:
        noun = noun.head
    head = noun.head
    if noun.dep_ in ("dobj", "nsubjpass", "attr") and head.pos_ in VERBAL:
        yield head, ""
    elif noun.dep_ == "pobj" and head.dep_ in ("prep", "agent") and head.head.pos_ in VERBAL:
        yield head.head, head.lower_
    for child in noun.rights:
        if child.dep_ in ("acl", "relcl") and child.pos_ in VERBAL and undergoer(child) == noun:
            yield child, ""
