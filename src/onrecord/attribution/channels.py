"""Where somebody said it: on Twitter, to whom, in a statement, through an agency."""

from __future__ import annotations

import re

from spacy.tokens import Token

from onrecord.attribution.draft import Draft
from onrecord.attribution.lexicon import Lexicon
from onrecord.attribution.syntax import phrase, relayer
from onrecord.parse import Parsed

CLAUSE = re.compile(r",\s+(?:which|who|whose|whom|including)\b")
TOLD = ("told", "tells", "tell", "telling")


def channel(parsed: Parsed, draft: Draft, lexicon: Lexicon) -> str | None:
    """The channel a draft's cue names, as the article's words."""
    if not draft.cue:
        return None
    cue = parsed.doc[draft.head]
    lists = lexicon.lists
    if cue.lower_.startswith(("tweet", "retweet")):
        return "Twitter"
    relaying = relayer(cue)
    if relaying is not None:
        return words(parsed, relaying)
    for child in cue.children:
        if cue.lower_ in TOLD and child.dep_ in ("dobj", "dative") and any(g.lower_ in lists["medium"] for g in child.subtree):
            return words(parsed, child)
        if child.dep_ == "prep" and child.lower_ in ("in", "on", "to", "via", "through", "at", "during"):
            media = lists["medium"] | lists["channel"] if child.lower_ in ("to", "on") else lists["channel"]
            inner = next((g for g in child.children if g.dep_ == "pobj" and g.lower_ in media), None)
            if inner is not None:
                return words(parsed, inner)
    return None


def words(parsed: Parsed, head: Token) -> str:
    """The article's words for the noun phrase of a head, without what is loose at its edges."""
    start, end = phrase(head)
    doc = parsed.doc
    if head.pos_ == "PROPN":  # a name's own words, without what it is explained by
        aside = next((c for c in head.children if c.i > head.i and c.dep_ == "appos"), None)
        if aside is not None and doc[aside.left_edge.i - 1].text in (",", "(", "-", "–", "—"):
            end = max(head.i + 1, aside.left_edge.i - 1)
    if end - 1 > head.i and doc[end - 1].tag_ == "POS":
        end -= 1
    last = doc[max(start, end - 1)]
    text = CLAUSE.split(parsed.text[doc[start].idx : last.idx + len(last.text)])[0]
    return text.strip(" ,.;:'’\"“”\n—–―-") or head.text
