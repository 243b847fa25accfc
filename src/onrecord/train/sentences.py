"""Labelled sentences as the event head reads them: words, flags, what the rules propose, and the answers."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord import actors, attribution
from onrecord.encoder import Words, anchor_of, heads_of, labels, spans_of, touched, words_of
from onrecord.events.candidates import MODES, STANDINGS, TYPES, Candidate, candidate_of, flags
from onrecord.events.proposing import proposals
from onrecord.events.stage import Stage
from onrecord.pipeline import Coder
from onrecord.records import Article, Cast

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]

SEVERAL = {"YIELD": ("CONCEDE", "RETREAT")}
"""Labels of a set that stand for either of two types."""


@dataclasses.dataclass(frozen=True, slots=True)
class Deed:
    """A labelled event: the number of its trigger's head, of its type, mode (-1 where none is told) and standing, its participants' words."""

    anchor: int
    type: int
    mode: int
    standing: int
    actors: tuple[int, ...]
    recipients: tuple[int, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Pair:
    """A labelled pair: the words of who does it and of whom it is done to, and the types that would be right."""

    source: tuple[int, ...]
    target: tuple[int, ...]
    types: tuple[int, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence ready for training; ``deeds`` is None where only pairs are labelled."""

    id: str
    words: Words
    heads: Ints
    flags: Floats
    proposed: tuple[Candidate, ...]
    deeds: tuple[Deed, ...] | None
    pairs: tuple[Pair, ...]


def sentences(rows: list[dict[str, Any]], coder: Coder) -> Iterator[Sentence]:
    """Labelled rows made ready.

    Args:
        rows: ``{id, text, events}``, each event with ``type``, ``mode``, ``veridicality``, ``trigger``, ``actors`` and ``recipients``; or
            ``{id, text, source, target, type}`` with marked pairs.
        coder: a coder without a model; its proposals are the rules' word.
    """
    tags, deps = labels(coder.parser.nlp)
    know = coder.lexicons
    for row, parsed in zip(rows, coder.parser.pipe(Article.make(r["text"], id=r["id"]) for r in rows), strict=True):
        words = words_of(parsed, tags=tags, deps=deps)
        spans, heads = spans_of(parsed, words), heads_of(parsed, words)
        cast = Cast(actors.find(parsed, lexicon=know.actors))
        said = attribution.find(parsed, cast, lexicon=know.attribution)
        stage = Stage(parsed, cast, said, know.events)
        number = {int(token): n for n, token in enumerate(words.tokens)}
        proposed = tuple(candidate_of(p, number, spans) for sent, _ in parsed.sentences() for p in proposals(sent, stage))
        deeds = tuple(_deed(e, spans, heads, proposed) for e in row["events"]) if "events" in row else None
        pairs = []
        if "source" in row:
            source, target = touched(spans, row["source"]), touched(spans, row["target"])
            if source and target:
                pairs.append(Pair(source, target, tuple(TYPES.index(t) for t in SEVERAL.get(row["type"], (row["type"],)))))
        pairs += [Pair(d.actors, d.recipients, (d.type,)) for d in deeds or () if d.actors and d.recipients]
        yield Sentence(row["id"], words, heads, flags(proposed, cast, spans), proposed, deeds, tuple(pairs))


def _deed(event: dict[str, Any], spans: Ints, heads: Ints, proposed: tuple[Candidate, ...]) -> Deed:
    trigger = touched(spans, [event["trigger"]])
    anchor = next((c.anchor for c in proposed if c.anchor in trigger), anchor_of(trigger, heads))
    mode = MODES.index((event["type"], event["mode"])) if event["mode"] else -1
    actors, recipients = touched(spans, event["actors"]), touched(spans, event["recipients"])
    return Deed(anchor, TYPES.index(event["type"]), mode, STANDINGS.index(event["veridicality"]), actors, recipients)
