"""Whose position is it: from a head word or a voice to the actor who holds it, and on what basis we say so.

Only a spokesperson, or an office-holder acting as such, speaks for an institution; then the institution
holds the position. Experts, legislators, former officials, parties and nationals hold theirs themselves.
"""

from __future__ import annotations

import dataclasses
import re

from spacy.tokens import Token

from onrecord.parse import Parsed, syntax
from onrecord.positions.lexicon import Lexicon
from onrecord.positions.stand import Why
from onrecord.records import Actor, Attribution, Basis, Cast, Mention, Participant, Span

FIRST_PERSON = frozenset({"we", "us", "our", "ours", "i", "my", "me", "mine", "ourselves"})
CALENDAR = frozenset(
    {
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    }
)  # fmt: skip
PERSONAL = frozenset({"he", "she", "they", "him", "her", "them", "his", "their"})
SPOKESPERSON = re.compile(r"\b(?:spokes\w+|press secretary|speaks? for)\b", re.IGNORECASE)
OFFICE = re.compile(
    r"\b(?:president|prime minister|premier|chancellor|minister|secretary|ambassador|envoy|commissioner|king|queen|emir|sultan|governor"
    r"|chief of staff|representative|commander|director|undersecretary|attorney general|consul|general)\b",
    re.IGNORECASE,
)
OWN_ACCOUNT = re.compile(
    r"\b(?:former|ex|then|late|retired|outgoing|ousted|deposed|exiled|candidate|nominee|analyst|expert|professor|lawmaker|legislator|senator|opposition|party"
    r"|deputy speaker|member of parliament|mps?|congress(?:man|woman)|backbencher|assembly(?:man|woman)|councill?or|onetime|one-time|previous"
    r"|retd|chair of the opposition|peer|member of (?:the )?(?:european )?parliament)\b|(?<!permanent )(?<!special )(?<!high )\bRepresentative(?= [A-Z])",
    re.IGNORECASE,
)
INSTITUTION = re.compile(
    r"\b(?:government|ministry|department|embassy|office of|presidency|kremlin|white house|armed forces|army|command|centcom|foreign affairs|mission to"
    r"|secretariat|cabinet office|state council)\b"
)
MILITARY = re.compile(r"\b(?:army|armed forces|command|centcom|navy|air force|defen[cs]e)\b", re.IGNORECASE)
OFFICIAL_VOICE = re.compile(r"\b(?:office|service|ministry|department|union|association|federation|committee|commission|foundation)\b", re.IGNORECASE)
NO_LONGER = re.compile(
    r",? (?:until (?:last|recently|this|\d|january|february|march|april|may|june|july|august|september|october|november|december)"
    r"|who (?:served|was then|resigned))",
    re.IGNORECASE,
)
"""What follows the words for somebody who holds their office no more."""
PEOPLE_ENDINGS = ("er", "eer", "or", "ist", "ian", "man", "woman")
"""How plural nouns for people end, but for the things in the table of holders."""
SPEAKING_SECTORS = frozenset({"GOV", "MIL", "COP", "JUD", "SPY", None})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A resolved holder. ``first_person`` says that the words are *we* or *I*."""

    participant: Participant
    authorised: bool = False
    first_person: bool = False
    why: tuple[Why, ...] = ()


class Holders:
    """Resolves the holders of one article.

    Args:
        parsed: the article.
        cast: its actors.
        lexicon: the room's words.
    """

    def __init__(self, parsed: Parsed, cast: Cast, lexicon: Lexicon) -> None:
        self.parsed, self.cast, self.lexicon = parsed, cast, lexicon
        self._publishing_actor = self._find_publisher() if parsed.article.publisher else None

    def of_word(self, token: Token, voice: Attribution | None) -> Holder | None:
        """The holder a word means, or None where it is nobody who can hold a position."""
        lower = token.lower_
        if lower in ("you", "your", "yours"):
            return None
        if lower in FIRST_PERSON:
            known, spoken = self.mention(token), self.of_voice(voice) if voice is not None else None
            if spoken is not None and spoken.authorised:
                known = None
            speaker = self._of_actor(*known) if known is not None else spoken or (self.publisher(token) or self._author(token) if voice is None else None)
            return None if speaker is None else dataclasses.replace(speaker, first_person=True, why=(*speaker.why, Why.WE))
        found = self.mention(token)
        represented = self._represented(token, found[1] if found is not None else None)
        if represented is not None:
            return represented
        if found is not None:
            return self._of_actor(*found)
        kind = self.lexicon.holders.get(token.lemma_.lower()) or self.lexicon.holders.get(lower)
        if kind == "document":
            owner = syntax.owner(token) or next((a for c in token.rights if c.dep_ == "acl" and (a := syntax.by_phrase(c)) is not None), None)
            return self.of_word(owner, voice) if owner is not None and owner != token else None
        if lower in CALENDAR:
            return None
        if kind is None and token.tag_ == "NNS" and token.lemma_.lower().endswith(PEOPLE_ENDINGS):
            kind = "people"
        if kind == "people" or lower in PERSONAL or (token.pos_ == "PROPN" and token.text[:1].isupper()):
            start, end = syntax.base_noun_phrase(token)
            return Holder(participant=self._participant(start, end), why=(Why.UNRESOLVED_HOLDER,))
        return None

    def _author(self, token: Token) -> Holder | None:
        """Whoever writes *we* or *I* in an article's own voice, unknown by name."""
        if self.parsed.quotation_at(token.idx) is not None:
            return None
        start, end = token.idx, token.idx + len(token)
        return Holder(participant=Participant(start=start, end=end, text=self.parsed.text[start:end]), why=(Why.UNRESOLVED_HOLDER,))

    def viewpoint(self, word: Token) -> Holder | None:
        """In whose eyes a sentence judges: "*in the view of Peru* the map is void", "*in Chad's eyes*", "*for Kenya*, ..."."""
        for link in word.sent:
            if link.dep_ != "prep" or link.lower_ not in ("in", "for") or link.i > word.i:
                continue
            inner = syntax.pobj(link)
            if inner is None:
                continue
            if link.lower_ == "for":
                known = self.mention(inner) if link.i == word.sent.start else None
                if known is not None and known[0].form not in ("pronoun", "possessive"):
                    return dataclasses.replace(self._of_actor(*known), why=(Why.VIEWPOINT,))
            elif inner.lemma_.lower() in self.lexicon.words["viewpoints"]:
                of = syntax.preposition(inner, "of")
                owner = next((c for c in inner.lefts if c.dep_ == "poss"), None) or (syntax.pobj(of) if of is not None else None)
                holder = self.of_word(owner, None) if owner is not None else None
                if holder is not None:
                    return dataclasses.replace(holder, why=(*holder.why, Why.VIEWPOINT))
        return None

    def cited(self, word: Token) -> Token | None:
        """Whom the sentence of a word says somebody quotes: "citing *the ministry*", "quoted *the governor* as saying"."""
        citing = self.lexicon.words["citing"]
        verb = next((t for t in word.sent if t.pos_ == "VERB" and t.lemma_ in citing and not syntax.is_passive(t)), None)
        return syntax.undergoer(verb) if verb is not None else None

    def quotes(self, who: Participant, word: Token) -> bool:
        """Whether a sentence has somebody quote another: "the paper *quoted* the governor as saying"."""
        return any(
            t.pos_ == "VERB" and t.lemma_ in self.lexicon.words["citing"] and any(who.overlaps(d.idx, d.idx + len(d)) for d in syntax.doers(t))
            for t in word.sent
        )

    def is_outlet(self, who: Participant) -> bool:
        """Whether a holder is a paper, station or agency, which relays what others say."""
        actor = self.cast.get(who.actor_id)
        return who.sector == "JRN" and actor is not None and actor.kind != "person" and not OFFICIAL_VOICE.search(who.text)

    def speaks_for(self, voice: Attribution, who: Participant) -> bool:
        """Whether whoever speaks in an attribution speaks for a holder whom they name: "Kenya backs it, its spokesman said"."""
        speaker = voice.speaker
        source = voice.source[0].text if voice.source else ""
        if speaker.on_behalf_of is not None and speaker.on_behalf_of == who.actor_id:
            return True
        described = f"{speaker.role or ''} {source}"
        if OWN_ACCOUNT.search(described) and not SPOKESPERSON.search(described):
            return False
        actor = self.cast.get(speaker.actor_id)
        institution = self._speaks_for(actor) if actor is not None else None
        if institution is not None and institution.id == who.actor_id:
            return True
        acting = SPOKESPERSON.search(described) or OFFICE.search(described)
        if acting is None:
            return False
        if source.split(" ", 1)[0].lower() in ("its", "their"):
            return True
        return actor is not None and actor.country is not None and actor.country == who.country and who.sector in (actor.sector, "GOV", None)

    def _represented(self, token: Token, actor: Actor | None) -> Holder | None:
        """Whom a spokesperson without a known institution speaks for, by name: "a spokesman *for the movement*"."""
        if not (token.lower_.startswith("spokes") or token.lower_ == "speaking") or (actor is not None and self._speaks_for(actor) is not None):
            return None
        link = syntax.preposition(token, "for", "of")
        inner = syntax.pobj(link) if link is not None else None
        if inner is None or inner.pos_ not in ("NOUN", "PROPN"):
            return None
        known = self.mention(inner)
        start, end = syntax.base_noun_phrase(inner)
        participant = self.cast.participant(*known) if known is not None else self._participant(start, end)
        return Holder(participant=participant, authorised=True, why=() if known is not None else (Why.UNRESOLVED_HOLDER,))

    def by_name(self, holder: Holder, target: Span, trigger: Token) -> Holder:
        """A holder meant by *its* or *they* on their name earlier in the sentence, where that stands."""
        who = holder.participant
        if who.actor_id is None or who.text.lower() not in PERSONAL | {"it", "its"}:
            return holder
        actor, start = self.cast.get(who.actor_id), trigger.sent.start_char
        if actor is None:
            return holder
        names = [
            m
            for m in actor.mentions
            if start <= m.start and m.end <= who.start and m.form not in ("pronoun", "possessive") and not target.overlaps(m.start, m.end)
        ]
        if not names:
            return holder
        return dataclasses.replace(holder, participant=dataclasses.replace(who, start=names[-1].start, end=names[-1].end, text=names[-1].text))

    def mention(self, token: Token) -> tuple[Mention, Actor] | None:
        """The mention whose head the word is, or that ends a name it is part of."""
        found = self.cast.at_head(token.idx)
        if found is not None:
            return found
        start, end = syntax.base_noun_phrase(token)
        first, last = token.doc[start].idx, token.doc[end - 1].idx + len(token.doc[end - 1])
        over = [(m, a) for m, a in self.cast.within(first, last) if m.start <= token.idx < m.end]
        return over[0] if over else None

    def of_voice(self, voice: Attribution) -> Holder | None:
        """Who speaks in an attribution: the institution where the speaker is authorised."""
        speaker = voice.speaker
        source = voice.source[0] if voice.source else None
        actor = self.cast.get(speaker.actor_id)
        behalf = self.cast.get(speaker.on_behalf_of)
        authorised = behalf is not None or (actor is not None and self._speaks_for(actor) is not None)
        institution = behalf or (self._speaks_for(actor) if actor is not None else None)
        if source is None:
            if actor is None or not actor.mentions:
                return None
            source = actor.mentions[0]
        if institution is not None:
            return Holder(participant=self._at(institution, source), authorised=authorised, why=(Why.SPEAKER,))
        words = self.parsed.doc.char_span(source.start, source.end, alignment_mode="expand")
        represented = next((h for t in words if (h := self._represented(t, actor)) is not None), None) if words is not None else None
        if represented is not None:
            return dataclasses.replace(represented, why=(Why.SPEAKER, *represented.why))
        if actor is None:
            inside = self.cast.within(source.start, source.end)
            widest = max(inside, key=lambda x: x[0].end - x[0].start, default=None)
            if widest is not None and (widest[0].end - widest[0].start) * 2 >= source.end - source.start:
                return dataclasses.replace(self._of_actor(*widest), why=(Why.SPEAKER,))
            return Holder(participant=Participant(start=source.start, end=source.end, text=source.text), why=(Why.SPEAKER, Why.UNRESOLVED_HOLDER))
        return Holder(participant=self._at(actor, source), why=(Why.SPEAKER,))

    def publisher(self, token: Token) -> Holder | None:
        """The actor who publishes the article, where that is one: its *we* is theirs."""
        actor = self._publishing_actor
        if actor is None or (token.lower_ not in FIRST_PERSON and not actor.mentions):
            return None
        sector = "MIL" if MILITARY.search(self.parsed.article.publisher or "") else actor.sector or "GOV"
        span = self._standing_for(actor, token)
        return Holder(
            participant=Participant(start=span.start, end=span.end, text=span.text, actor_id=actor.id, country=actor.country, sector=sector),
            why=(Why.PUBLISHER,),
        )

    def is_publisher(self, who: Participant) -> bool:
        """Whether a holder is the actor who publishes the article, or the state whose organ that is."""
        actor = self._publishing_actor
        return actor is not None and (who.actor_id == actor.id or (who.country == actor.country and who.sector in ("GOV", "MIL", None)))

    def _standing_for(self, actor: Actor, token: Token) -> Span:
        """The words that stand for a publisher: the *we* itself, its last mention before, else its first."""
        if token.lower_ in FIRST_PERSON:
            return self.parsed.article.span(token.idx, token.idx + len(token))
        before = [m for m in actor.mentions if m.end <= token.idx]
        return before[-1] if before else actor.mentions[0]

    def _find_publisher(self) -> Actor | None:
        """The actor of the article whose name or country the publisher's name holds; None for a newspaper."""
        name = _plain(self.parsed.article.publisher or "")
        if not INSTITUTION.search(name):
            return None
        best: tuple[int, Actor] | None = None
        for actor in self.cast:
            if actor.kind == "person" or actor.country is None:
                continue
            for word in {_plain(m.text) for m in actor.mentions if m.form not in ("pronoun", "possessive", "nominal")} | {_plain(actor.name)}:
                if len(word) > 1 and re.search(rf"\b{re.escape(word)}\b", name):
                    rank = len(word) * 2 + (actor.sector == "GOV")
                    if best is None or rank > best[0]:
                        best = rank, actor
        return best[1] if best is not None else None

    def _of_actor(self, mention: Mention, actor: Actor) -> Holder:
        institution = self._speaks_for(actor)
        if institution is not None:
            return Holder(participant=self._at(institution, mention), authorised=True)
        return Holder(participant=self.cast.participant(mention, actor))

    def _speaks_for(self, actor: Actor) -> Actor | None:
        """The institution an actor speaks for, where they are its spokesperson or hold an office in it."""
        institution = self.cast.get(actor.affiliation_id)
        if institution is None or institution is actor or actor.sector not in SPEAKING_SECTORS | {institution.sector}:
            return None
        described = " ".join((actor.role or "", *(m.text for m in actor.mentions[:3])))
        if any(NO_LONGER.match(self.parsed.flat, m.end) for m in actor.mentions[:3] if m.form != "pronoun"):
            return None
        if OWN_ACCOUNT.search(described):
            return institution if SPOKESPERSON.search(described) and not re.search(r"\b(?:former|ex)\b", described, re.IGNORECASE) else None
        return institution if SPOKESPERSON.search(described) or (actor.role and OFFICE.search(actor.role)) else None

    def _at(self, actor: Actor, near: Span) -> Participant:
        """The actor on its mention inside or beside ``near``, else on ``near`` itself."""
        inside = [m for m in actor.mentions if near.start <= m.start and m.end <= near.end]
        at: Span = inside[0] if inside else near
        return Participant(start=at.start, end=at.end, text=at.text, actor_id=actor.id, country=actor.country, sector=actor.sector)

    def _participant(self, start: int, end: int) -> Participant:
        doc = self.parsed.doc
        first, last = doc[start].idx, doc[end - 1].idx + len(doc[end - 1])
        return Participant(start=first, end=last, text=self.parsed.text[first:last])


def _plain(name: str) -> str:
    """A name in lower case, without its article and full stops, so that U.S. meets US."""
    return re.sub(r"^the ", "", name.lower().replace(".", ""))


def basis_of(holder: Holder, voice: Attribution | None, *, quoted: bool, own: bool) -> Basis:
    """On what basis a position is somebody's.

    Args:
        holder: who holds it.
        voice: the attribution it lies in; None is the article's own voice.
        quoted: whether it stands between quotation marks.
        own: whether the voice is the holder's.
    """
    if voice is None:
        return "own_words" if Why.PUBLISHER in holder.why or holder.first_person else "authorised_speaker" if holder.authorised else "reported_by_outlet"
    if not own:
        return "reported_by_third_party"
    if holder.authorised:
        return "authorised_speaker"
    return "own_words" if quoted else "reported_by_outlet"
