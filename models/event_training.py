"""Labelled sentences as windows and losses: the event head's share of a training step."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn

from models.batches import Reader, pooled
from models.event_material import Sentence
from models.network import EventHead
from onrecord.encoder import FEATURES, pairs
from onrecord.events.candidates import ROLES, TYPES, ruled
from onrecord.ontology import PLOVER

LIKELY = 8
"""Triggers of a sentence that a pair's score sums over."""
ROLE_SCALE, MODE_WEIGHT, STANDING_WEIGHT = 3.0, 0.3, 0.3
PAIR_WEIGHT, OWN_PAIR_WEIGHT = 2.0, 0.5
"""Of a pair where only that is labelled, and of one that labelled events make: the conventions of sets differ."""


@dataclasses.dataclass(frozen=True, slots=True)
class Pack:
    """Several sentences read in one window; ``starts`` are their first words in it."""

    sentences: tuple[Sentence, ...]
    starts: tuple[int, ...]
    count: int
    pieces: Tensor
    owners: Tensor
    features: Tensor


def packs(found: Sequence[Sentence], reader: Reader, *, most: int, rng: random.Random | None = None) -> list[Pack]:
    """Sentences in windows: with ``rng`` in random company, up to eight at once, else each alone."""
    order = list(range(len(found)))
    if rng:
        rng.shuffle(order)
    out: list[Pack] = []
    group: list[Sentence] = []
    size, wanted = 0, 1
    for n in order:
        sentence = found[n]
        own = sum(len(p) for p in reader.pieces(sentence.words.texts))
        if group and (len(group) >= wanted or size + own > most):
            out.append(_pack(group, reader))
            group, size = [], 0
        if not group:
            wanted = rng.choice((1, 1, 2, 4, 8)) if rng else 1
        group.append(sentence)
        size += own
    if group:
        out.append(_pack(group, reader))
    return out


def _pack(group: Sequence[Sentence], reader: Reader) -> Pack:
    pieces = [p for s in group for p in reader.pieces(s.words.texts)]
    rows = np.concatenate([s.words.features for s in group])
    starts = tuple(np.cumsum([0, *(len(s.words.texts) for s in group)]).tolist())
    owners = [-1, *(n for n, p in enumerate(pieces) for _ in p), -1]
    features = np.zeros((len(owners), len(FEATURES)), np.int64)
    features[1:-1] = rows[np.array(owners[1:-1])]
    ids = [101, *(i for p in pieces for i in p), 102]
    return Pack(tuple(group), starts[:-1], starts[-1], torch.tensor(ids), torch.tensor(owners), torch.from_numpy(features))


def loss(head: EventHead, states: Tensor, pack: Pack, *, labels: int) -> tuple[Tensor, int]:
    """The summed loss of a window's sentences, and how many labelled events and pairs it has."""
    every = pooled(states, pack.owners, pack.count)
    total, count = torch.zeros(()), 0
    for sentence, start in zip(pack.sentences, pack.starts, strict=True):
        size = len(sentence.words.texts)
        own = every[start : start + size]
        words = head.words(own, torch.from_numpy(sentence.flags))
        types = head.kind(words)
        if sentence.deeds is not None:
            total = total + _deeds_loss(head, words, types, sentence, labels)
            count += max(1, len(sentence.deeds))
        if sentence.pairs:
            scores = pair_scores(head, own, words, types, sentence, labels=labels)
            for pair, score in zip(sentence.pairs, scores, strict=True):
                wanted = torch.logsumexp(score[list(pair.types)], 0)
                total = total + (PAIR_WEIGHT if sentence.deeds is None else OWN_PAIR_WEIGHT) * (torch.logsumexp(score, 0) - wanted)
            count += len(sentence.pairs)
    return total, count


def _deeds_loss(head: EventHead, words: Tensor, types: Tensor, sentence: Sentence, labels: int) -> Tensor:
    deeds = sentence.deeds or ()
    wanted = torch.zeros(len(words), dtype=torch.long)
    for deed in deeds:
        wanted[deed.anchor] = deed.type + 1
    total = nn.functional.cross_entropy(types, wanted, reduction="sum")
    if not deeds:
        return total
    anchors = [d.anchor for d in deeds]
    roles = torch.zeros(len(deeds), len(words), len(ROLES))
    for n, deed in enumerate(deeds):
        for r, some in enumerate((deed.actors, deed.recipients)):
            roles[n, list(some), r] = 1
    logits = head.pairs(words[anchors], words, beside(sentence, anchors, labels))
    total = total + nn.functional.binary_cross_entropy_with_logits(logits, roles, reduction="sum") / ROLE_SCALE
    modes = [(n, d.mode) for n, d in enumerate(deeds) if d.mode >= 0]
    if modes:
        found = head.mode(words[[anchors[n] for n, _ in modes]])
        total = total + MODE_WEIGHT * nn.functional.cross_entropy(found, torch.tensor([m for _, m in modes]), reduction="sum")
    standings = torch.tensor([d.standing for d in deeds])
    return total + STANDING_WEIGHT * nn.functional.cross_entropy(head.standing(words[anchors]), standings, reduction="sum")


def beside(sentence: Sentence, anchors: Sequence[int], labels: int) -> Tensor:
    """The pair features of every word beside each trigger."""
    size = len(sentence.words.texts)
    said = [ruled(sentence.proposed, a, size) for a in anchors]
    return torch.from_numpy(pairs.beside(sentence.words, sentence.heads, said, (0, size), anchors, labels=labels))


def pair_scores(head: EventHead, states: Tensor, words: Tensor, types: Tensor, sentence: Sentence, *, labels: int) -> list[Tensor]:
    """For each labelled pair a score for each type: by the triggers that link the two, and by the two themselves."""
    likely = types.log_softmax(-1)[:, 1:]
    anchors = torch.topk(likely.max(-1).values, min(LIKELY, len(words))).indices.tolist()
    roles = nn.functional.logsigmoid(head.pairs(words[anchors], words, beside(sentence, anchors, labels)))
    out = []
    for pair in sentence.pairs:
        source, target = torch.tensor(pair.source), torch.tensor(pair.target)
        linked = roles[:, source, 0].max(-1).values + roles[:, target, 1].max(-1).values
        by_triggers = torch.logsumexp(likely[anchors] + linked[:, None], 0)
        out.append(by_triggers + head.between(states, torch.from_numpy(sentence.flags), source, target))
    return out


@torch.no_grad()
def figures(head: EventHead, states: Sequence[Tensor], found: Sequence[Pack], *, labels: int, least: float = 0.5) -> dict[str, float]:
    """How well the head does on sentences read alone.

    Accuracy on pairs among PLOVER's types, F1 of triggers with their type and of the words of roles, accuracy of standing and mode.
    """
    plover = torch.tensor([t in PLOVER for t in TYPES])
    right = asked = hit = proposed = gold = role_hit = role_found = role_gold = standing = mode = modes = 0
    for window, read in zip(found, states, strict=True):
        sentence = window.sentences[0]
        own = pooled(read, window.owners, window.count)
        words = head.words(own, torch.from_numpy(sentence.flags))
        types = head.kind(words)
        if sentence.deeds is None:
            for pair, score in zip(sentence.pairs, pair_scores(head, own, words, types, sentence, labels=labels), strict=True):
                asked += 1
                right += int(score.masked_fill(~plover, -1e9).argmax()) in pair.types
            continue
        wanted = {d.anchor: d for d in sentence.deeds}
        chances = types.softmax(-1)
        triggers = {n: int(chances[n, 1:].argmax()) for n in range(len(words)) if float(1 - chances[n, 0]) > least}
        hit += sum(n in wanted and wanted[n].type == t for n, t in triggers.items())
        proposed, gold = proposed + len(triggers), gold + len(wanted)
        if wanted:
            logits = head.pairs(words[list(wanted)], words, beside(sentence, list(wanted), labels))
            for n, deed in enumerate(wanted.values()):
                for r, some in enumerate((deed.actors, deed.recipients)):
                    said = set(torch.nonzero(logits[n, :, r] > 0)[:, 0].tolist())
                    role_hit, role_found, role_gold = role_hit + len(said & set(some)), role_found + len(said), role_gold + len(some)
                standing += int(head.standing(words[deed.anchor]).argmax()) == deed.standing
                if deed.mode >= 0:
                    modes += 1
                    mode += int(head.mode(words[deed.anchor]).argmax()) == deed.mode
    out = {"pairs": right / max(1, asked), "triggers": 2 * hit / max(1, proposed + gold), "roles": 2 * role_hit / max(1, role_found + role_gold)}
    return {k: round(v, 4) for k, v in (out | {"standing": standing / max(1, gold), "modes": mode / max(1, modes)}).items()}
