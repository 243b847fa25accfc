"""Scare quotes: a word or three in quotation marks in the narrator's own sentence."""

from __future__ import annotations

import bisect
from collections.abc import Iterator

from spacy.tokens import Span, Token

from onrecord.framing.lexicon import Lexicon
from onrecord.parse import Parsed
from onrecord.records import Attribution

MOST_WORDS = 3
MOST_CHARACTERS = 40


def scare_quotes(parsed: Parsed, attributions: tuple[Attribution, ...], lexicon: Lexicon) -> Iterator[Span]:
    """The quoted words that nobody is said to have said and that are no name.

    Args:
        parsed: the article.
        attributions: who says what in it; a quotation that touches a content is a speaker's.
        lexicon: the words that go with names and wordings.
    """
    short = [q for q in parsed.quotations if q.closed and q.depth == 0 and len(q.parts) == 1 and q.parts[0][1] - q.parts[0][0] <= MOST_CHARACTERS]
    if not short:
        return
    contents = sorted((s.start, s.end) for a in attributions for s in a.content)
    starts = [s for s, _ in contents]
    furthest = list(_running_max(e for _, e in contents))
    for quotation in short:
        before = bisect.bisect_left(starts, quotation.end)
        if before and furthest[before - 1] > quotation.start:
            continue
        inner = parsed.doc.char_span(*quotation.parts[0], alignment_mode="contract")
        if inner is not None and 1 <= sum(t.is_alpha for t in inner) <= MOST_WORDS and not is_name(inner) and not is_wording(inner, lexicon):
            yield inner


def _running_max(numbers: Iterator[int]) -> Iterator[int]:
    most = -1
    for number in numbers:
        most = max(most, number)
        yield most


def is_name(inner: Span) -> bool:
    """Whether the quoted words are written as a name or title, or end as a sentence does."""
    words = [t for t in inner if t.is_alpha]
    return words[0].text[0].isupper() or inner[-1].text in {".", ",", "!", "?", "…"}


def is_wording(inner: Span, lexicon: Lexicon) -> bool:
    """Whether somebody is said to call or say it so, near enough to govern the quotation."""
    token: Token = inner.root
    for _ in range(3):
        if token.head.i == token.i:
            break
        token = token.head
        if token.lemma_.lower() in lexicon.groups["naming"] or token.lower_ in lexicon.groups["naming_nouns"]:
            return True
        if token.pos_ == "VERB":
            break
    neighbours = inner.doc[max(0, inner.start - 3) : inner.start]
    return any(t.lower_ in lexicon.groups["naming_nouns"] or t.lemma_.lower() in lexicon.groups["naming"] for t in neighbours)
