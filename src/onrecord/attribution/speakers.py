"""Who a source is, for whom they speak and where they said it.

Every source is resolved to a speaker or the reason says why not (:data:`onrecord.attribution.voice.Unresolved`). Pronouns are left to
:mod:`antecedents`, common nouns to :mod:`descriptions` and :mod:`documents`, several speakers at once to
:mod:`collectives`; this module decides which of them a source is for, and remembers who has spoken.
"""

from __future__ import annotations

import dataclasses
import re

from spacy.tokens import Token

from onrecord.attribution import collectives, documents
from onrecord.attribution.agreement import PRONOUNS, THEY, WE, I, Traits, gender_of, is_plural, joined, listed
from onrecord.attribution.antecedents import Antecedent, Antecedents
from onrecord.attribution.channels import channel, words
from onrecord.attribution.descriptions import DETERMINER, is_definite, is_named, named_around
from onrecord.attribution.draft import Draft
from onrecord.attribution.lexicon import Lexicon
from onrecord.attribution.naming import ORDINALS, Naming
from onrecord.attribution.quoted import Quotes
from onrecord.attribution.syntax import RELATIVES, antecedent
from onrecord.attribution.voice import Voice, Why
from onrecord.parse import Parsed
from onrecord.records import Actor, Cast, Mention, Speaker

PERSONAL = ("er", "or", "ist", "ian", "man", "woman", "eer", "ier", "ee", "ant")
"""How nouns for persons end."""
CARRY = 3
"""Sentences after which *the statement* is no longer that of whoever spoke last."""
NOBODY = Speaker()
YOU = frozenset({"you", "your", "yours"})
SOME = ("some", "many", "several", "most", "few")
QUANTIFIED = re.compile(r"^(?:some|many|several|most|a few|few)\s+", re.IGNORECASE)


class Voices:
    """Turns sources into speakers, one article at a time and in text order."""

    __slots__ = ("cast", "known", "lexicon", "naming", "parsed", "spoken", "voices")

    def __init__(self, parsed: Parsed, cast: Cast, lexicon: Lexicon, quotes: Quotes) -> None:
        self.parsed = parsed
        self.cast = cast
        self.lexicon = lexicon
        self.known = Antecedents(cast, lexicon, quotes)
        self.naming = Naming(parsed, lexicon, self.known)
        self.spoken: dict[str, Voice] = {}
        self.voices: dict[int, Voice] = {}

    def of(self, draft: Draft) -> tuple[Speaker, str | None]:
        """The speaker of a draft and the channel they used; how or why not goes into the draft's ``why``.

        Call it in text order: whoever has spoken is whom the next *he said* is likely to mean. A quotation that
        goes on without a cue names its speaker by the source it was carried on from, and has the same speaker.
        """
        said_in = channel(self.parsed, draft, self.lexicon)
        if draft.source is None or draft.source_span is None:
            draft.why.append("no_source")
            return NOBODY, said_in
        head = self.parsed.doc[draft.source]
        voice = self.voices.get(head.i)
        if voice is None:
            voice = self.voices[head.i] = self._resolve(head, draft).explained(head, self.lexicon)
            found = self.cast.at_head(head.idx)
            if found is not None and head.pos_ == "NOUN":
                self.spoken.setdefault(found[1].id, voice)
        draft.why.extend(voice.why)
        aside = self.parsed.doc[draft.head].dep_ == "relcl" and head.lower_ not in RELATIVES
        if voice.speaker.name and not draft.use.weak and not aside:
            self.known.add(head, voice.speaker, voice.traits, voice.actor, draft.content)
        return voice.speaker, said_in

    def _resolve(self, head: Token, draft: Draft) -> Voice:
        """Who a source's head word means."""
        if head.lower_ in RELATIVES:
            noun = antecedent(head)
            if noun is None or noun.lower_ in RELATIVES:
                return Voice(NOBODY, Traits(person=None, plural=False), ("pronoun_without_antecedent",))
            return self._resolve(self._who(noun) if head.lower_ == "who" else noun, draft).found_by("relative_clause")
        if head.lower_ in WE or head.lower_ in I:
            return self._own_voice(head)
        if head.lower_ in YOU:
            return Voice(NOBODY, Traits(person=True, plural=False), ("generic",))
        if head.lower_ in PRONOUNS:
            return self._pronoun(head, draft)
        if head.lower_ in ("former", "latter") and any(c.lower_ == "the" for c in head.children) and not any(c.dep_ == "prep" for c in head.children):
            one = collectives.pick(head, self.known)
            if one is not None:
                return self._candidate(one).found_by("former_latter")
        number = collectives.size(head, self.lexicon)
        if number is not None:
            return self._members(head, number)
        if len(joined(head)) > 1:
            return self._joint(head, draft)
        return self._noun(head, draft)

    def _who(self, noun: Token) -> Token:
        """Whom *who* stands for, where the parser took an institution that the person is of: *an economist at Ubank, who said*."""
        at = noun
        for _ in range(2):
            found = self.cast.at_head(at.idx)
            within = at.head if at.dep_ == "pobj" else None
            if at.pos_ != "PROPN" or within is None or within.dep_ != "prep" or (found is not None and found[1].kind in ("person", "unresolved")):
                break
            at = within.head
            if at.dep_ == "appos":
                at = at.head
        return at if at.pos_ in ("NOUN", "PROPN") else noun

    def _noun(self, head: Token, draft: Draft) -> Voice:
        """Who a name or a common noun means."""
        found = self.cast.at_head(head.idx)
        named = next((c for c in head.children if c.dep_ == "appos" and c.pos_ == "PROPN"), None) if head.pos_ != "PROPN" else None
        if named is not None:
            return Voice(self.naming.beside(head, named, found), self._traits(head, found, person=True), ("apposition",), found[1] if found else None)
        bearer = head.head if head.pos_ != "PROPN" and head.dep_ == "appos" and head.head.pos_ == "PROPN" else None
        if bearer is not None and (found is None or not is_named(found[1])):
            return self._noun(bearer, draft).found_by("apposition")
        if head.pos_ != "PROPN" and head.lower_ in self.lexicon.lists["document"] and (found is None or found[1].id.startswith("_.")):
            document = self._document(head, draft)
            if document is not None:
                return document
        others = self._others(head)
        if others is not None:
            return Voice(
                Speaker(actor_id=found[1].id if found else None, name=others), Traits(person=False, plural=True), ("generic",), found[1] if found else None
            )
        if (found is None or not is_named(found[1])) and (head.pos_ != "PROPN" or (found is None and is_definite(head))):
            if not is_plural(head):
                again = self._again(head, found)
                if again is not None:
                    return again
                one = named_around(head, self.known, found[1] if found else None)
                if one is not None:
                    return self._candidate(one).found_by("named_elsewhere")
            owner = self._owner(head, draft, found)
            if owner is not None:
                return owner
        if found is None:
            text = words(self.parsed, head)
            anonymous = self.naming.anonymous(head)
            speaker = Speaker(name=DETERMINER.sub("", text) if anonymous else text, anonymous=anonymous)
            return Voice(speaker, self._traits(head, None, person=self._person(head, None)))
        return Voice(
            self.naming.acting(found[1], self.naming.name(found, head), head), self._traits(head, found, person=self._person(head, found)), (), found[1]
        )

    def _again(self, head: Token, found: tuple[Mention, Actor] | None) -> Voice | None:
        """*The spokesman*, where one without a name has spoken: the same, under the name he has by now."""
        if found is None or not is_definite(head) or any(c.lower_ in ORDINALS for c in head.children):
            return None
        said = self.spoken.get(found[1].id)
        return None if said is None or said.traits.plural else dataclasses.replace(said, why=("same_description",))

    def _pronoun(self, head: Token, draft: Draft) -> Voice:
        """Whom *he*, *she*, *it* or *they* means."""
        linked = self.cast.at_head(head.idx)
        best, tied = self.known.of(head, draft)
        if best is None and linked is not None:
            best = next((c for c in reversed(self.known.found) if c.actor is not None and c.actor.id == linked[1].id and c.at < head.idx), None)
            if best is not None:
                return self._candidate(best).found_by("linked")
        if best is None:
            return Voice(NOBODY, Traits(person=head.lower_ not in THEY, plural=head.lower_ in THEY), ("ambiguous" if tied else "pronoun_without_antecedent",))
        how: Why = "outer_speaker" if best.at > head.idx else "last_speaker" if best.speaker is not None or self._spoke(best) else "nearest"
        return self._candidate(best).found_by(how)

    def _spoke(self, candidate: Antecedent) -> bool:
        return any(c.key == candidate.key for c in self.known.spoke[-3:])

    def _candidate(self, candidate: Antecedent) -> Voice:
        """The speaker that somebody mentioned before is."""
        if candidate.speaker is not None:
            return Voice(candidate.speaker, candidate.traits, (), candidate.actor)
        head = self.parsed.doc[candidate.token]
        if candidate.actor is None or candidate.mention is None:
            return Voice(Speaker(name=candidate.name or None), candidate.traits)
        name = self.naming.name((candidate.mention, candidate.actor), head)
        return Voice(self.naming.acting(candidate.actor, name, head), candidate.traits, (), candidate.actor)

    def _own_voice(self, head: Token) -> Voice:
        """*We* and *I* outside a quotation are the publisher's and the writer's, unless the cast knows better."""
        found = self.cast.at_head(head.idx)
        traits = Traits(person=head.lower_ in I, plural=head.lower_ in WE)
        speaking = next((c for c in reversed(self.known.spoke[-6:]) if any(start <= head.idx < end for start, end in c.content)), None)
        if speaking is not None:
            return self._candidate(speaking).found_by("outer_speaker")
        if found is not None:
            return Voice(self.naming.acting(found[1], self.naming.name(found, head), head), traits, ("linked",), found[1])
        own = self.parsed.article.byline if head.lower_ in I else self.parsed.article.publisher
        return Voice(Speaker(name=own), traits, ("own_voice",)) if own else Voice(NOBODY, traits, ("unknown_own_voice",))

    def _members(self, head: Token, number: int) -> Voice:
        """Who *both sides* are."""
        found = self.cast.at_head(head.idx)
        traits = Traits(person=False, plural=True)
        behind = collectives.members(head, number, self.known)
        if not behind:
            text = words(self.parsed, head)
            speaker = Speaker(actor_id=found[1].id if found else None, name=text)
            return Voice(speaker, traits, ("members_not_named",), found[1] if found else None)
        names = [c.name if c.actor is not None and is_named(c.actor) else self._candidate(c).speaker.name or c.name for c in behind]
        return Voice(Speaker(actor_id=found[1].id if found else None, name=listed(names)), traits, ("members",), found[1] if found else None)

    def _joint(self, head: Token, draft: Draft) -> Voice:
        """*A and B*: the name lists them all, the actor is the first of them."""
        heads = joined(head)
        until = draft.source_span[1] if draft.source_span else 0
        for other in heads[1:]:  # *commerce and industry minister Jan Kos* is one person
            titled = self.cast.at_head(other.idx)
            if titled is not None and titled[0].start <= head.idx:
                return self._noun(other, draft)
            if other.pos_ == "PROPN" and head.pos_ == "NOUN" and head.tag_ == "NN" and self.cast.at_head(head.idx) is None and other.idx < until:
                return self._noun(other, draft)
        first = self._noun(head, draft)
        within = [h for h in heads[1:] if head.idx < h.idx < until and h.pos_ in ("PROPN", "NOUN")]
        if not within or first.speaker.name is None:
            return first
        if not all(h.pos_ == "PROPN" or self.cast.at_head(h.idx) for h in within):
            return dataclasses.replace(first, traits=dataclasses.replace(first.traits, plural=True))
        start = first.speaker.name if self.cast.at_head(head.idx) and within[0].text not in first.speaker.name else self._until(head, within[0])
        names = [start, *(self._noun(h, draft).speaker.name or h.text for h in within)]
        speaker = dataclasses.replace(first.speaker, name=listed([DETERMINER.sub("", n) for n in names]))
        return Voice(speaker, dataclasses.replace(first.traits, plural=True), (*first.why, "joint"), first.actor)

    def _until(self, head: Token, following: Token) -> str:
        """The words for the first of *A and B*."""
        end = min((c.idx for c in head.children if c.dep_ == "cc" or c.text == ","), default=following.idx)
        return self.parsed.text[head.left_edge.idx : max(end, head.idx + len(head.text))].strip(" ,")

    def _document(self, head: Token, draft: Draft) -> Voice | None:
        """Whose words a document's are; None where nobody is known to have written it."""
        writer = documents.author(head)
        why: Why = "author"
        known = False
        if writer is None and is_definite(head):
            writer, known = documents.introduced(head, self.known)
        if writer is not None and writer.i != head.i and writer.lower_ not in self.lexicon.lists["document"]:
            voice = self.voices.get(writer.i) or self._resolve(writer, draft)
            if voice.speaker.name:
                return voice.found_by(why)
        if not is_definite(head):
            return None
        here = self.known.sentence(head.idx)
        last = next((c for c in reversed(self.known.spoke) if c.at < head.idx), None)
        if last is None or here - last.sentence > CARRY:
            return None
        spoke = self.parsed.doc[last.token].lower_ == head.lower_
        press = last.actor is not None and last.actor.sector == "JRN"
        if spoke or press or (not known and head.lower_ in self.lexicon.lists["utterance"]):
            return self._candidate(last).found_by("document_of_last_speaker")
        return None

    def _owner(self, head: Token, draft: Draft, found: tuple[Mention, Actor] | None) -> Voice | None:
        """*His lawyer* is named with whom *his* means."""
        owner = next((c for c in head.children if c.dep_ == "poss" and c.lower_ in PRONOUNS), None)
        if owner is None:
            return None
        best, _ = self.known.of(owner, draft)
        if best is None:
            return None
        of = self._candidate(best).speaker
        if not of.name:
            return None
        text = words(self.parsed, head)
        name = f"{of.name}’s {text[len(owner.text) :].strip()}" if text.lower().startswith(owner.lower_) else text
        person = head.lower_ in self._people
        if found is None:
            return Voice(Speaker(name=name, affiliation=of.name), self._traits(head, None, person=person), ("owner",))
        speaker = self.naming.acting(found[1], name, head)
        return Voice(dataclasses.replace(speaker, affiliation=speaker.affiliation or of.name), self._traits(head, found, person=person), ("owner",), found[1])

    def _others(self, head: Token) -> str | None:
        """What *others* are, where *some* or *many* of them were spoken of right before."""
        if head.lower_ != "others" or any(True for _ in head.children):
            return None
        here = self.known.sentence(head.idx)
        for candidate in reversed(self.known.before(head.idx, 1)):
            token = self.parsed.doc[candidate.token]
            if candidate.sentence >= here - 1 and candidate.traits.plural and any(c.lower_ in SOME for c in token.children):
                return "other " + QUANTIFIED.sub("", words(self.parsed, token))
        return None

    def _person(self, head: Token, found: tuple[Mention, Actor] | None) -> bool | None:
        """Whether a source is a person; None where it may be one (*a trader*, a name that isn't known)."""
        actor = found[1] if found is not None else None
        if (actor is not None and actor.kind == "person") or (head.lower_ in self._people and not is_plural(head)):
            return True
        if actor is not None and actor.kind not in ("unresolved", "group"):
            return False
        if head.pos_ == "PROPN":
            return True if actor is not None and actor.id in self.known.gender else None if actor is None or actor.kind == "unresolved" else False
        lists = self.lexicon.lists
        if head.lower_ in lists["party"] | lists["institution"] | lists["document"] | lists["evidence"] | lists["medium"]:
            return False
        return None if head.lower_.endswith(PERSONAL) else False

    @property
    def _people(self) -> frozenset[str]:
        """The nouns for a person."""
        lists = self.lexicon.lists
        return lists["indefinite"] | lists["anonymous"] | lists["male"] | lists["female"]

    def _traits(self, head: Token, found: tuple[Mention, Actor] | None, *, person: bool | None) -> Traits:
        gender = gender_of(head, self.lexicon) or (self.known.gender.get(found[1].id) if found else None)
        return Traits(person=person, plural=is_plural(head), gender=gender)
