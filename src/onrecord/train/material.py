"""Labelled articles as a network reads them: words, features, what the rules say, and the answers."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord import actors
from onrecord.attribution import Quotes, is_sure, propose
from onrecord.attribution.candidates import Candidate
from onrecord.attribution.lexicon import Lexicon
from onrecord.attribution.linking import candidate_of
from onrecord.attribution.pairs import ROLES
from onrecord.encoder import Words, anchor_of, heads_of, labels, spans_of, touched, words_of
from onrecord.parse import Parsed
from onrecord.pipeline import Coder
from onrecord.records import Article, Cast

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]


@dataclasses.dataclass(frozen=True, slots=True)
class Relation:
    """A labelled attribution: word numbers of its source, cue and content, and the cue's head."""

    anchor: int
    source: tuple[int, ...]
    cue: tuple[int, ...]
    content: tuple[int, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Material:
    """An article ready for training."""

    id: str
    text: str
    words: Words
    spans: Ints
    heads: Ints
    ruled: tuple[Candidate, ...]
    gold: tuple[Relation, ...]

    def answers(self, start: int, end: int) -> tuple[tuple[int, ...], Floats]:
        """What is labelled in a range of words, numbered from its first: the heads of its cues, and its words' roles beside each, (cues, words, roles)."""
        inside = [r for r in self.gold if start <= r.anchor < end]
        roles = np.zeros((len(inside), end - start, len(ROLES)), np.float32)
        for k, relation in enumerate(inside):
            for r, role in enumerate(ROLES):
                here = [n - start for n in getattr(relation, role) if start <= n < end]
                roles[k, here, r] = 1
        return tuple(r.anchor - start for r in inside), roles


def materials(rows: list[dict[str, Any]], coder: Coder) -> Iterator[Material]:
    """Labelled rows made ready.

    Args:
        rows: ``{id, text, attributions: [{source, cue, content: [[start, end]]}]}`` with character offsets.
        coder: a coder without a model; its findings are the rules' word.
    """
    tags, deps = labels(coder.parser.nlp)
    for row, parsed in zip(rows, coder.parser.pipe(Article.make(r["text"], id=r["id"]) for r in rows), strict=True):
        words = words_of(parsed, tags=tags, deps=deps)
        spans = spans_of(parsed, words)
        heads = heads_of(parsed, words)
        ruled = proposed(parsed, Cast(actors.find(parsed, lexicon=coder.lexicons.actors)), coder.lexicons.attribution, spans, heads)
        gold = []
        for each in row.get("attributions", ()):
            source, cue, content = (touched(spans, each[role]) for role in ("source", "cue", "content"))
            if cue and content:
                gold.append(Relation(anchor_of(cue, heads), source, cue, content))
        yield Material(row["id"], row["text"], words, spans, heads, ruled, tuple(gold))


def proposed(parsed: Parsed, cast: Cast, lexicon: Lexicon, spans: Ints, heads: Ints) -> tuple[Candidate, ...]:
    """What the rules find in an article, in words."""
    quotes = Quotes(parsed)
    return tuple(candidate_of(d, spans, heads, sure=is_sure(d, quotes, lexicon)) for d in propose(parsed, cast, quotes, lexicon=lexicon))
