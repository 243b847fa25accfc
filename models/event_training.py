"""Labelled sentences as windows and losses: the event head's share of a training step."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from models.batches import Reader, pooled
from models.event_material import Sentence
from models.network import EventHead
from onrecord.encoder import FEATURES
from onrecord.events.candidates import TYPES
from onrecord.ontology import PLOVER
from onrecord.train.losses import beside, pair_scores, sentence_loss


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
        own, of = sentence_loss(head, every[start : start + len(sentence.words.texts)], sentence, labels=labels)
        total, count = total + own, count + of
    return total, count


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
