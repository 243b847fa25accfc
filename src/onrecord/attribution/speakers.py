"""Who a source is, for whom they speak and where they said it."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.attribution.draft import Draft
from onrecord.attribution.lexicon import Lexicon
from onrecord.attribution.syntax import RELATIVES, antecedent, phrase
from onrecord.parse import Parsed
from onrecord.records import Actor, Cast, Speaker

PRONOUNS = {"he": "person", "she": "person", "they": "any", "it": "thing", "him": "person", "her": "person", "his": "person", "hers": "person", "their": "any", "them": "any", "its": "thing"}


class Voices:
    """Turns sources into speakers, one article at a time."""

    __slots__ = ("cast", "last", "lexicon", "parsed")

    def __init__(self, parsed: Parsed, cast: Cast, lexicon: Lexicon) -> None:
        self.parsed = parsed
        self.cast = cast
        self.lexicon = lexicon
        self.last: Speaker | None = None

    def of(self, draft: Draft) -> tuple[Speaker, str | None]:
        """The speaker of a draft and the channel they used."""
        if draft.source is None or draft.source_span is None:
            return Speaker(), self._channel(draft)
        head = self.parsed.doc[draft.source]
        speaker = self._resolve(head, draft)
        if draft.use.cue_class and speaker.name and not speaker.anonymous:
            self.last = speaker
        return speaker, self._channel(draft)

    def _resolve(self, head: Token, draft: Draft) -> Speaker:
        found = self.cast.at_head(head.idx)
        if head.lower_ in RELATIVES:
            noun = antecedent(head)
            if noun is not None:
                head = noun
                found = self.cast.at_head(head.idx) or found
        if found is None and draft.source_span is not None:
            inside = [x for x in self.cast.within(*draft.source_span) if x[0].head == head.idx]
            found = inside[0] if inside else self._apposed(head)
        if found is not None:
            return self._acting(found[1], head)
        if head.lower_ in PRONOUNS and self.last is not None and head.lower_ not in ("it", "its"):
            draft.why.append("pronoun_to_last_speaker")
            return self.last
        start, end = phrase(head)
        doc = self.parsed.doc
        first, last = doc[start], doc[min(end, len(doc)) - 1]
        name = self.parsed.text[first.idx : last.idx + len(last.text)].strip(" ,.;:'’\"“”")
        return Speaker(name=name or head.text, role=None, anonymous=self._anonymous(head))

    def _apposed(self, head: Token):  # type: ignore[no-untyped-def]
        for child in head.children:
            if child.dep_ == "appos":
                found = self.cast.at_head(child.idx)
                if found is not None:
                    return found
        return None

    def _acting(self, actor: Actor, head: Token) -> Speaker:
        role = (actor.role or "").lower()
        lists = self.lexicon.lists
        on_behalf = None
        if actor.affiliation_id and "former" not in role and "ex-" not in role:
            if any(w in role for w in lists["spokesperson"]) or (actor.sector in ("GOV", "IGO", "MIL") or actor.affiliation_id.startswith("IGO.")) and any(w in role for w in lists["office"]):
                on_behalf = actor.affiliation_id
        return Speaker(
            actor_id=actor.id,
            name=actor.name,
            role=actor.role,
            affiliation=actor.affiliation,
            on_behalf_of=on_behalf,
            anonymous=actor.kind == "unresolved" and self._anonymous(head),
        )

    def _anonymous(self, head: Token) -> bool:
        lists = self.lexicon.lists
        if head.lower_ in lists["anonymous"]:
            return True
        if head.lower_ not in lists["indefinite"] or any(c.dep_ == "appos" for c in head.children):
            return False
        determiners = {c.lower_ for c in head.children if c.dep_ in ("det", "amod", "nummod")}
        return not determiners & {"the", "this", "that", "these", "those"} and not any(c.dep_ == "poss" for c in head.children)

    def _channel(self, draft: Draft) -> str | None:
        if not draft.cue:
            return None
        cue = self.parsed.doc[draft.head]
        lists = self.lexicon.lists
        if cue.lemma_ in ("tweet", "retweet"):
            return "Twitter"
        for child in cue.children:
            if child.dep_ in ("dobj", "dative") and cue.lemma_ == "tell" and (child.lower_ in lists["medium"] or any(g.lower_ in lists["medium"] for g in child.subtree)):
                return self._text(child)
            if child.dep_ == "prep" and child.lower_ in ("in", "on", "to", "via", "through", "at", "during"):
                for inner in child.children:
                    if inner.dep_ == "pobj" and (inner.lower_ in lists["channel"] or (child.lower_ in ("to", "on") and inner.lower_ in lists["medium"])):
                        return self._text(inner)
        return None

    def _text(self, head: Token) -> str:
        start, end = phrase(head)
        doc = self.parsed.doc
        last = doc[end - 1]
        return self.parsed.text[doc[start].idx : last.idx + len(last.text)].strip(" ,.;:")
