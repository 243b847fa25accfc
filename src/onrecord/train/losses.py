"""What training makes smaller: the loss of a window's attributions, and of a sentence's events and pairs."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from onrecord.encoder import pairs
from onrecord.events.candidates import ROLES, ruled
from onrecord.train.heads import AttributionHead, EventHead
from onrecord.train.sentences import Sentence

LIKELY = 8
"""Triggers of a sentence that a pair's score sums over."""
ROLE_SCALE, MODE_WEIGHT, STANDING_WEIGHT = 3.0, 0.3, 0.3
PAIR_WEIGHT, OWN_PAIR_WEIGHT = 2.0, 0.5
"""Of a pair where only that is labelled, and of one that labelled events make: the conventions of sets differ."""


def window_losses(head: AttributionHead, vectors: Tensor, flags: Tensor, anchors: Sequence[int], beside: Tensor, roles: Tensor) -> tuple[Tensor, Tensor]:
    """The summed losses of a window: of which words head a cue, and of the roles of its words beside each.

    Args:
        head: the head.
        vectors: a state for each word of the window.
        flags: what the rules flag of each.
        anchors: the words that head a cue.
        beside: the pair features of every word beside each of them, (cues, words, columns).
        roles: the labelled roles, (cues, words, roles).
    """
    words = head.words(vectors, flags)
    wanted = torch.zeros(len(words))
    wanted[list(anchors)] = 1
    cues = nn.functional.binary_cross_entropy_with_logits(head.anchors(words), wanted, reduction="sum")
    if not len(anchors):
        return cues, torch.zeros(())
    logits = head.pairs(words[list(anchors)], words, beside)
    return cues, nn.functional.binary_cross_entropy_with_logits(logits, roles, reduction="sum")


def sentence_loss(head: EventHead, own: Tensor, sentence: Sentence, *, labels: int) -> tuple[Tensor, int]:
    """The summed loss of a sentence's labelled events and pairs, given the states of its words, and how many there are."""
    total, count = torch.zeros(()), 0
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
