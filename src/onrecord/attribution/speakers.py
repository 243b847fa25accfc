"""Who a source is, for whom they speak and where they said it."""

from __future__ import annotations

import bisect
import re
from typing import Literal

from spacy.tokens import Token

from onrecord.attribution.draft import Draft
from onrecord.attribution.lexicon import Lexicon
from onrecord.attribution.quoted import Quotes
from onrecord.attribution.syntax import RELATIVES, antecedent, phrase, relayer
from onrecord.parse import Parsed
from onrecord.records import Actor, Cast, Mention, Speaker

Why = Literal[
    "last_speaker", "apposition", "relative_clause", "document_of_last_speaker", "own_voice", "dash", "possessor", "by_phrase", "named_before", "light_verb"
]
"""What may stand behind the rule in a reason."""

PERSONAL = frozenset({"he", "she", "him", "her", "his", "hers"})
PLURAL = frozenset({"they", "them", "their", "theirs"})
OWN = frozenset({"we", "our", "us"})
UNNAMED = re.compile(
    r"\b(?:condition of anonymity|anonymously|declin\w+ to be (?:named|identified)|asked not to be (?:named|identified)|refus\w+ to be (?:named|identified)"
    r"|not (?:being )?authori[sz]ed to (?:speak|comment|talk|discuss)|did not want to be (?:named|identified)|requested anonymity)",
    re.IGNORECASE,
)
DETERMINER = re.compile(r"^(?:the|a|an|another|some|this|that)\s+", re.IGNORECASE)
MALE = frozenset(
    {
        "he",
        "him",
        "his",
        "mr.",
        "mr",
        "spokesman",
        "man",
        "king",
        "prince",
        "sir",
        "father",
        "husband",
        "brother",
        "son",
        "chairman",
        "congressman",
        "businessman",
    }
)
FEMALE = frozenset(
    {
        "she",
        "her",
        "hers",
        "mrs.",
        "mrs",
        "ms.",
        "ms",
        "spokeswoman",
        "woman",
        "queen",
        "princess",
        "mother",
        "wife",
        "sister",
        "daughter",
        "chairwoman",
        "congresswoman",
    }
)
RECENT = 2
"""Paragraphs over which *he said* goes on with the last speaker."""


class Voices:
    """Turns sources into speakers, one article at a time and in text order."""

    __slots__ = ("blocks", "cast", "gender", "heads", "last", "last_at", "lexicon", "names", "others", "parsed", "person", "person_at")

    def __init__(self, parsed: Parsed, cast: Cast, lexicon: Lexicon, quotes: Quotes) -> None:
        self.parsed = parsed
        self.cast = cast
        self.lexicon = lexicon
        self.blocks = [b.start for b in parsed.blocks]
        self.others = _named_subjects(parsed, cast, quotes)
        self.heads = [at for at, _ in self.others]
        self.names: dict[str, str] = {}
        self.last: Speaker | None = None
        self.last_at = 0
        self.person: Speaker | None = None
        self.person_at = 0
        self.gender: Literal["male", "female"] | None = None

    def of(self, draft: Draft) -> tuple[Speaker, str | None]:
        """The speaker of a draft and the channel they used."""
        if draft.source is None or draft.source_span is None:
            return Speaker(), self._channel(draft)
        head = self.parsed.doc[draft.source]
        speaker, human = self._resolve(head, draft)
        aside = self.parsed.doc[draft.head].dep_ == "relcl" and head.lower_ not in RELATIVES
        if speaker.name and not draft.use.weak and not aside:
            self.last, self.last_at = speaker, head.idx
            if human:
                same = self.person is not None and self.person.name == speaker.name
                self.person, self.person_at = speaker, head.idx
                self.gender = _gender(head) or (self.gender if same else None)
        return speaker, self._channel(draft)

    def _resolve(self, head: Token, draft: Draft) -> tuple[Speaker, bool]:
        """The speaker, and whether it is a person."""
        if head.lower_ in RELATIVES:
            noun = antecedent(head)
            if noun is not None:
                draft.why.append("relative_clause")
                head = noun
        if head.lower_ in PERSONAL and self.person is not None and _gender(head) in (self.gender or _gender(head), None) and self._recent(head, self.person_at):
            draft.why.append("last_speaker")
            return self.person, True
        found = self.cast.at_head(head.idx)
        if head.lower_ in OWN and found is None and self.parsed.article.publisher:
            draft.why.append("own_voice")
            return Speaker(name=self.parsed.article.publisher), False
        if found is None and (head.lower_ in PERSONAL or head.lower_ in PLURAL):
            known = self.person if head.lower_ in PERSONAL else self.last
            if known is not None:
                draft.why.append("last_speaker")
                return known, head.lower_ in PERSONAL
        named = next((c for c in head.children if c.dep_ == "appos" and c.pos_ == "PROPN"), None) if head.pos_ != "PROPN" else None
        if named is not None:
            draft.why.append("apposition")
            return self._named(head, named, found), True
        if (
            found is None
            and self.last is not None
            and head.lower_ in self.lexicon.lists["document"]
            and any(c.lower_ in ("the", "this") for c in head.children)
        ):
            draft.why.append("document_of_last_speaker")
            return self.last, False
        text = self._text(head)
        if found is None:
            return Speaker(
                name=DETERMINER.sub("", text) if self._anonymous(head) else text, anonymous=self._anonymous(head)
            ), head.pos_ == "PROPN" or head.lower_ in self.lexicon.lists["indefinite"]
        return self._acting(found[1], self._name(found, head, text), head), found[1].kind == "person" or head.lower_ in self.lexicon.lists["indefinite"]

    def _recent(self, head: Token, since: int) -> bool:
        """Whether the last person to speak is near enough for *he*, with nobody else named in between."""
        breaks = bisect.bisect_right(self.blocks, head.idx) - bisect.bisect_right(self.blocks, since)
        return breaks <= RECENT and not self._other_person(since, head.idx)

    def _other_person(self, since: int, until: int) -> bool:
        between = self.others[bisect.bisect_left(self.heads, since) : bisect.bisect_left(self.heads, until)]
        person = self.person
        return person is not None and any(a.id != person.actor_id and a.name != person.name for _, a in between)

    def _named(self, head: Token, named: Token, found: tuple[Mention, Actor] | None) -> Speaker:
        inner = self.cast.at_head(named.idx)
        name = self._text(named)
        if inner is not None and inner[1].kind == "person" and named.text in inner[1].name:
            name = inner[1].name
        actor = inner[1] if inner is not None else found[1] if found is not None else None
        if actor is None:
            return Speaker(name=name, role=self._text_of_head(head))
        for each in (inner, found):
            if each is not None:
                self.names.setdefault(each[1].id, name)
        return self._acting(actor, name, head)

    def _name(self, found: tuple[Mention, Actor], head: Token, text: str) -> str:
        mention, actor = found
        if actor.id in self.names and actor.kind in ("person", "unresolved"):
            return self.names[actor.id]
        if mention.form in ("name", "acronym", "seat", "demonym") and head.pos_ == "PROPN":
            return actor.name
        if mention.form == "pronoun" or (actor.kind == "person" and actor.name[:1].isupper()):
            return actor.name
        if actor.kind != "state" and actor.name[:1].isupper() and text.lower() in (f"the {head.lower_}", f"this {head.lower_}"):
            return actor.name
        return DETERMINER.sub("", text)

    def _acting(self, actor: Actor, name: str, head: Token) -> Speaker:
        role = (actor.role or "").lower()
        behalf = actor.affiliation_id if "former" not in role and not role.startswith("ex-") and self._authorised(actor, role) else None
        return Speaker(
            actor_id=actor.id,
            name=name,
            role=actor.role,
            affiliation=actor.affiliation,
            on_behalf_of=behalf,
            anonymous=actor.kind not in ("state", "de_facto", "body") and self._anonymous(head) and actor.id not in self.names,
        )

    def _authorised(self, actor: Actor, role: str) -> bool:
        """Whether somebody's office lets them speak for their institution."""
        lists = self.lexicon.lists
        if any(w in role for w in lists["spokesperson"]):
            return True
        institution = actor.sector in ("GOV", "MIL", "JUD", "COP", "IGO") or (actor.affiliation_id or "").startswith("IGO.")
        return institution and any(w in role for w in lists["office"])

    def _anonymous(self, head: Token) -> bool:
        lists = self.lexicon.lists
        if head.lower_ in lists["anonymous"]:
            return True
        if head.pos_ == "NOUN" and UNNAMED.search(head.sent.text):
            return True
        if head.lower_ not in lists["indefinite"]:
            return False
        if any(c.dep_ in ("appos", "poss") for c in head.children):
            return False
        return not any(c.lower_ in ("the", "this", "that", "these", "those") for c in head.children if c.dep_ in ("det", "amod"))

    def _channel(self, draft: Draft) -> str | None:
        if not draft.cue:
            return None
        cue = self.parsed.doc[draft.head]
        lists = self.lexicon.lists
        if cue.lower_.startswith(("tweet", "retweet")):
            return "Twitter"
        told = cue.lower_ in ("told", "tells", "tell", "telling")
        relaying = relayer(cue)
        if relaying is not None:
            return self._text(relaying)
        for child in cue.children:
            if told and child.dep_ in ("dobj", "dative") and any(g.lower_ in lists["medium"] for g in child.subtree):
                return self._text(child)
            if child.dep_ == "prep" and child.lower_ in ("in", "on", "to", "via", "through", "at", "during"):
                media = lists["medium"] | lists["channel"] if child.lower_ in ("to", "on") else lists["channel"]
                inner = next((g for g in child.children if g.dep_ == "pobj" and g.lower_ in media), None)
                if inner is not None:
                    return self._text(inner)
        return None

    def _text(self, head: Token) -> str:
        start, end = phrase(head)
        doc = self.parsed.doc
        if end - 1 > head.i and doc[end - 1].tag_ == "POS":
            end -= 1
        last = doc[max(start, end - 1)]
        return self.parsed.text[doc[start].idx : last.idx + len(last.text)].strip(" ,.;:'’\"“”\n—–―-") or head.text

    def _text_of_head(self, head: Token) -> str:
        start = head.left_edge.i
        return DETERMINER.sub("", self.parsed.text[self.parsed.doc[start].idx : head.idx + len(head.text)])


def _named_subjects(parsed: Parsed, cast: Cast, quotes: Quotes) -> list[tuple[int, Actor]]:
    """Where a person is named as the subject of a clause, in text order."""
    out = []
    for actor in cast:
        for mention in actor.mentions if actor.kind == "person" else ():
            at = quotes.token(mention.head)
            if mention.form == "name" and at < len(parsed.doc) and parsed.doc[at].dep_ in ("nsubj", "nsubjpass"):
                out.append((mention.head, actor))
    return sorted(out, key=lambda x: (x[0], x[1].id))


def _gender(head: Token) -> Literal["male", "female"] | None:
    words = {head.lower_, *(c.lower_ for c in head.children if c.dep_ in ("compound", "det", "nmod"))}
    return "male" if words & MALE else "female" if words & FEMALE else None
