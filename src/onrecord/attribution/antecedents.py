"""Whom a pronoun means: everybody named or quoted before it, weighed by recency, role in their clause and speech."""

from __future__ import annotations

import bisect
import dataclasses
from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.attribution.agreement import MASSES, THEY, Gender, Traits, fits, genders, is_plural, joined, listed
from onrecord.attribution.draft import Chars, Draft
from onrecord.attribution.lexicon import Lexicon
from onrecord.attribution.quoted import Quotes
from onrecord.attribution.syntax import own_subject
from onrecord.records import Actor, Cast, Mention, Speaker

LOOK_BACK = 12
"""Sentences in which an antecedent is looked for."""
CLIMB = 12
STEP, SUBJECT, SPOKE, LINKED, KNOWN, OUTER = 0.7, 0.8, 1.3, 0.9, 0.5, 3.0
"""What a sentence of distance costs; what it is worth to be a subject, to have spoken last, to be whom the actors' room
links the pronoun to, to have a gender that is known to fit, and to be the speaker inside of whose words it stands."""
QUOTED, REPORTED, SCENE, INDEFINITE, COLLECTIVE = 2.0, 0.8, 1.2, 0.3, 0.6
"""What it costs to be mentioned inside a quotation, or only in what somebody else has just said, to be where something happens, to have no name, and to be a
singular meant by *they*."""
TIE = 0.05
NOBODY = frozenset({"no", "any", "every", "each"})
"""What keeps a noun phrase from being meant later: *no country* is none."""


@dataclasses.dataclass(slots=True)
class Antecedent:
    """Somebody who was mentioned, and may be meant later.

    ``at`` is the offset and ``token`` the index of the mention's head word; ``quoted`` the quotation it stands in;
    ``scene`` tells that it only says where something is. Of somebody who has spoken, ``speaker`` is how they were
    resolved and ``content`` what they said.
    """

    at: int
    sentence: int
    token: int
    traits: Traits
    subject: bool
    scene: bool
    quoted: tuple[int, int] | None
    name: str
    actor: Actor | None = None
    mention: Mention | None = None
    speaker: Speaker | None = None
    content: tuple[Chars, ...] = ()

    @property
    def key(self) -> str:
        """Who it is: two mentions of one actor have one key."""
        return self.actor.id if self.actor is not None else self.name


class Antecedents:
    """Who may be meant at any point of an article: its actors' mentions and, as they are resolved, its speakers."""

    __slots__ = ("all", "cast", "found", "gender", "heads", "lexicon", "quotes", "sentences", "spoke", "spoke_at", "token_of")

    def __init__(self, cast: Cast, lexicon: Lexicon, quotes: Quotes) -> None:
        self.cast = cast
        self.lexicon = lexicon
        self.quotes = quotes
        doc = quotes.doc
        self.sentences = [s.start_char for s in doc.sents] if len(doc) else []
        actors = {a.id: a for a in cast}
        self.token_of = {m.head: i for a in cast for m in a.mentions if (i := quotes.token(m.head)) < len(doc) and doc[i].idx == m.head}
        self.gender: dict[str, Gender] = genders(actors, doc, self.token_of, lexicon)
        self.all = sorted(self._mentioned(), key=lambda c: c.at)
        self.found = [c for c in self.all if c.mention is None or c.mention.form != "demonym"]
        self.heads = [c.at for c in self.found]
        self.spoke: list[Antecedent] = []
        self.spoke_at: list[int] = []

    def sentence(self, offset: int) -> int:
        """The index of the sentence that holds an offset."""
        return bisect.bisect_right(self.sentences, offset) - 1

    def _mentioned(self) -> Iterator[Antecedent]:
        for actor in self.cast:
            for mention in actor.mentions:
                i = self.token_of.get(mention.head)
                if (
                    i is None
                    or mention.form in ("pronoun", "demonym")
                    or any(c.lower_ in NOBODY for c in self.quotes.doc[i].children)
                    or self.cast.at_head(mention.head) != (mention, actor)
                ):
                    continue
                one = self._candidate(self.quotes.doc[i], actor, mention)
                yield one
                both = self._several(one)
                if both is not None:
                    yield both

    def _several(self, first: Antecedent) -> Antecedent | None:
        """*A and B* as the one that *they* may mean, from the mention of *A*."""
        heads = joined(self.quotes.doc[first.token])
        known = [self.cast.at_head(h.idx) for h in heads]
        if len(heads) < 2 or not all(known) or first.actor is None:
            return None
        name = listed([k[1].name for k in known if k is not None])
        traits = Traits(person=None, plural=True)
        return dataclasses.replace(first, traits=traits, name=name, actor=None, mention=None, speaker=Speaker(actor_id=first.actor.id, name=name))

    def _candidate(self, head: Token, actor: Actor, mention: Mention) -> Antecedent:
        person: bool | None = actor.kind == "person"
        if actor.kind == "unresolved" and mention.form == "name":
            person = True if actor.id in self.gender else None
        plural = is_plural(head) and head.pos_ != "PROPN" and not (mention.form == "name" and actor.kind == "person")
        return Antecedent(
            at=mention.head,
            sentence=self.sentence(mention.head),
            token=head.i,
            traits=Traits(person=person, plural=plural, gender=self.gender.get(actor.id)),
            subject=head.dep_ in ("nsubj", "nsubjpass"),
            scene=head.dep_ in ("pobj", "npadvmod") and head.head.lower_ in ("in", "at", "from", "near", "to", "into", "outside", "across", "around"),
            quoted=self.quotes.at(mention.head),
            name=actor.name,
            actor=actor,
            mention=mention,
        )

    def add(self, head: Token, speaker: Speaker, traits: Traits, actor: Actor | None, content: list[Chars]) -> None:
        """Somebody has spoken: *he said* further on may mean them."""
        known = self.gender.get(speaker.actor_id or "")
        candidate = Antecedent(
            at=head.idx,
            sentence=self.sentence(head.idx),
            token=head.i,
            traits=dataclasses.replace(traits, gender=traits.gender or known),
            subject=True,
            scene=False,
            quoted=self.quotes.at(head.idx),
            name=speaker.name or "",
            actor=actor,
            speaker=speaker,
            content=tuple(content),
        )
        at = bisect.bisect_right(self.spoke_at, candidate.at)
        self.spoke.insert(at, candidate)
        self.spoke_at.insert(at, candidate.at)

    def before(self, offset: int, reach: int = LOOK_BACK) -> list[Antecedent]:
        """Everybody mentioned in the last sentences before an offset, speakers included, in text order."""
        first = self.sentences[max(0, self.sentence(offset) - reach)] if self.sentences else 0
        mentions = self.found[bisect.bisect_left(self.heads, first) : bisect.bisect_left(self.heads, offset)]
        return [*mentions, *self.speakers(first, offset)]

    def members(self, offset: int) -> list[Antecedent]:
        """Everybody mentioned before an offset, those included of whom only an adjective speaks (*Sino-Chilean*)."""
        return self.all[: bisect.bisect_left(self.all, offset, key=lambda c: c.at)]

    def speakers(self, start: int, end: int) -> list[Antecedent]:
        """Whoever spoke in ``start:end``, in text order."""
        return self.spoke[bisect.bisect_left(self.spoke_at, start) : bisect.bisect_left(self.spoke_at, end)]

    def of(self, pronoun: Token, draft: Draft) -> tuple[Antecedent | None, bool]:
        """Whom a pronoun means, and whether two fitted it equally well (then nobody is given)."""
        lower = pronoun.lower_
        linked = self.cast.at_head(pronoun.idx)
        outer = _speaking_above(pronoun, draft.head)
        part = self.quotes.at(pronoun.idx)
        here = self.sentence(pronoun.idx)
        last = self._last(pronoun.idx)
        best: dict[str, tuple[float, Antecedent]] = {}
        pool = self.before(pronoun.idx)
        talking = {c.key for c in pool if c.speaker is not None and part is not None and any(s <= pronoun.idx < e for s, e in c.content)}
        if outer is not None and outer.i > pronoun.i:
            pool += self.found[bisect.bisect_left(self.heads, outer.idx) : bisect.bisect_right(self.heads, outer.idx)]
        for candidate in pool:
            if candidate.key in talking or not fits(lower, candidate.traits) or self._own_words(candidate, draft, pronoun):
                continue
            score = -STEP * abs(here - candidate.sentence) - 0.0005 * abs(pronoun.idx - candidate.at)
            score += SUBJECT * candidate.subject - SCENE * candidate.scene
            if candidate.quoted is not None and candidate.quoted != part:
                score -= QUOTED
            if last is not None and part is None and last.key == candidate.key:
                score += SPOKE
            elif last is not None and any(start <= candidate.at < end for start, end in last.content):
                score -= REPORTED
            if linked is not None and candidate.actor is not None and linked[1].id == candidate.actor.id:
                score += LINKED
            score += self._kind(lower, candidate)
            if outer is not None and part is None and candidate.token == outer.i:
                score += OUTER
            if candidate.key not in best or score > best[candidate.key][0]:
                best[candidate.key] = (score, candidate)
        ranked = sorted(best.values(), key=lambda x: -x[0])
        if not ranked:
            return None, False
        if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < TIE:
            return None, True
        return ranked[0][1], False

    def _kind(self, lower: str, candidate: Antecedent) -> float:
        """What the candidate's sort is worth for a pronoun."""
        score = KNOWN if candidate.traits.gender is not None else 0.0
        if lower in THEY and not candidate.traits.plural:
            score -= COLLECTIVE if self.quotes.doc[candidate.token].lower_ not in MASSES else 0.0
        if candidate.traits.person is True and candidate.actor is not None and not candidate.name[:1].isupper():
            score -= INDEFINITE
        return score

    def _last(self, offset: int) -> Antecedent | None:
        """Who spoke last before an offset, outside of other people's words."""
        at = bisect.bisect_left(self.spoke_at, offset)
        return next((c for c in reversed(self.spoke[max(0, at - 4) : at]) if c.quoted is None), None)

    def _own_words(self, candidate: Antecedent, draft: Draft, pronoun: Token) -> bool:
        """Whether a mention stands in the very words that the pronoun's cue reports: *Meyer is wrong, he said*."""
        if draft.source != pronoun.i:
            return False
        return any(start <= candidate.at < end for start, end in draft.content)


def _speaking_above(pronoun: Token, cue: int) -> Token | None:
    """The subject of the verb in whose content a pronoun's clause stands: *the ministry* in *the ministry said it wants*."""
    at = pronoun.doc[cue] if pronoun.head.i != cue else pronoun.head
    for _ in range(CLIMB):
        if at.head is at:
            return None
        if at.dep_ in ("ccomp", "xcomp", "advcl", "conj", "relcl", "acl", "pcomp", "prep", "pobj", "dobj", "parataxis"):
            above = own_subject(at.head) if at.dep_ == "ccomp" and at.head.pos_ in ("VERB", "AUX") else None
            if above is not None and above.i != pronoun.i and above.pos_ in ("NOUN", "PROPN", "PRON"):
                return above
        at = at.head
    return None
