"""Positions that somebody takes with a verb, a noun or an adjective: "condemned", "drew criticism from", "is opposed to"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.positions.lexicon import Entry, Lexicon, Performative
from onrecord.positions.nouns import by_adjective, by_noun, by_role
from onrecord.positions.stand import Stand
from onrecord.positions.verbs import by_verb, tail_of

__all__ = ["performed", "tail_of"]


def performed(token: Token, entry: Entry, lexicon: Lexicon) -> Iterator[Stand]:
    """The stands that one word of a rule takes where it stands; none where its frame is not filled."""
    rule = entry.rule
    if not isinstance(rule, Performative):
        return
    if entry.word_class == "verb":
        yield from by_verb(token, entry, rule, lexicon)
    elif entry.word_class == "role":
        yield from by_role(token, rule, lexicon)
    elif entry.word_class == "noun":
        yield from by_noun(token, rule, lexicon)
    else:
        yield from by_adjective(token, rule, lexicon)
