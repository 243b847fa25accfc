"""Where a source or a piece of content begins and ends, once the head has chosen its words."""

from __future__ import annotations

import bisect
from collections.abc import Sequence, Set

from spacy.tokens import Token

from onrecord.attribution.syntax import RELATIVES

Range = tuple[int, int]

JOINING = frozenset({",", ";", "—", "–", "--", "-"})
"""Marks that only join a piece of content to what is around it."""
JOINED = frozenset({"mark", "aux", "auxpass"})
LEADING = frozenset({"det", "predet", "amod", "compound", "nummod", "poss", "quantmod", "neg"}) | JOINED
"""Relations of words that lead to the one they hang on; of those in :data:`JOINED` a content doesn't take it along."""
REACH = 4
"""Words that a content is lengthened by at most."""


def source_words(words: Sequence[Token], found: Range) -> Range:
    """A source without the comma or the relative pronoun behind it."""
    first, last = found
    while last - first > 1 and (words[last - 1].is_punct or words[last - 1].lower_ in RELATIVES):
        last -= 1
    return first, last


def content_words(words: Sequence[Token], found: Range, others: Set[int]) -> Range:
    """A piece of content without the commas and dashes that only join it to the rest.

    It ends with what its last word leads to ("a *loophole*"), or before a word that leads nowhere.

    Args:
        words: the article's words.
        found: the piece, in word numbers; it may come out empty.
        others: the words of the source and the cue, which it may not take.
    """
    first, last = found
    while first < last and words[first].text in JOINING:
        first += 1
    longest = last + REACH
    while last > first:  # it only grows until it first shrinks, so it comes to an end
        token = words[last - 1]
        if token.text not in JOINING and token.dep_ != "cc":
            led = _led_to(token)
            if led is None or led.i <= token.i:
                break
            end = bisect.bisect_left(words, led.i, key=lambda t: t.i) + 1
            if token.dep_ not in JOINED and last < end <= longest and not any(w in others for w in range(last, end)):
                last = end
                continue
        longest = last = last - 1
    return first, last


def _led_to(token: Token) -> Token | None:
    if token.dep_ == "prep":
        return next((c for c in token.rights if c.dep_ == "pobj"), None)
    return token.head if token.dep_ in LEADING else None
