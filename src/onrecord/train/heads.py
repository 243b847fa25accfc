"""The heads on the encoder's states, as they are trained; ``onrecord.attribution`` and ``onrecord.events`` run them."""

from __future__ import annotations

import dataclasses

import torch
from torch import Tensor, nn

from onrecord.attribution import candidates as attribution
from onrecord.attribution.pairs import ROLES
from onrecord.encoder.pairs import sizes
from onrecord.events import candidates as events

WIDTH = 384


@dataclasses.dataclass(frozen=True, slots=True)
class HeadSizes:
    """The widths of a head that links words."""

    word: int = 192
    product: int = 64
    mixed: int = 64


class Linker(nn.Module):
    """Which words play which role beside an anchor; :mod:`onrecord.encoder.linker` is what runs it.

    Args:
        flags: how many columns the rules' flags have.
        roles: how many roles there are.
        deps: how many dependency labels there are.
        rules: whether what the rules propose is read.
        dropout: of states and words.
    """

    def __init__(self, *, flags: int, roles: int, deps: int, rules: bool, dropout: float = 0.15, widths: HeadSizes | None = None) -> None:
        super().__init__()
        self.widths = w = widths or HeadSizes()
        self.rules = rules
        self.count = roles
        self.word = nn.Linear(WIDTH + flags, w.word)
        self.cue_side = nn.Linear(w.word, roles * w.product)
        self.word_side = nn.Linear(w.word, roles * w.product)
        self.cue_mix = nn.Linear(w.word, w.mixed)
        self.word_mix = nn.Linear(w.word, w.mixed, bias=False)
        self.pair = nn.ModuleList(nn.Embedding(size, w.mixed) for size in sizes(deps + 1))
        self.out = nn.Linear(w.mixed, roles)
        self.dropout = nn.Dropout(dropout)
        for table in self.pair:
            nn.init.normal_(table.weight, std=0.1)

    def words(self, states: Tensor, flags: Tensor) -> Tensor:
        """Word states with what the rules flag."""
        flags = flags if self.rules else torch.zeros_like(flags)
        return self.dropout(nn.functional.relu(self.word(torch.cat([self.dropout(states), flags], -1))))

    def pairs(self, anchors: Tensor, words: Tensor, features: Tensor) -> Tensor:
        """Roles of words beside anchors: logits, (anchors, words, roles), of features (anchors, words, COLUMNS)."""
        w, roles = self.widths, self.count
        left = self.cue_side(anchors).view(-1, roles, w.product)
        right = self.word_side(words).view(-1, roles, w.product)
        product = torch.einsum("crd,wrd->cwr", left, right) / w.product**0.5
        mixed = self.cue_mix(anchors)[:, None, :] + self.word_mix(words)[None, :, :]
        for column, table in enumerate(self.pair):
            if self.rules or column != len(self.pair) - 1:
                mixed = mixed + table(features[..., column])
        return product + self.out(nn.functional.relu(mixed))


class AttributionHead(Linker):
    """Which words head a cue, and for each such word which words are its source, its cue and its content."""

    def __init__(self, *, deps: int, rules: bool) -> None:
        super().__init__(flags=attribution.FLAGS, roles=len(ROLES), deps=deps, rules=rules)
        self.anchor = nn.Linear(self.widths.word, 1)

    def anchors(self, words: Tensor) -> Tensor:
        """How far each word heads a cue: logits, (words,)."""
        return self.anchor(words)[..., 0]


class EventHead(Linker):
    """Which words trigger an event of which type, mode and standing, who does it and to whom; and the type between two marked participants."""

    def __init__(self, *, deps: int, rules: bool, paired: int = 192) -> None:
        super().__init__(flags=events.FLAGS, roles=len(events.ROLES), deps=deps, rules=rules, dropout=0.25)
        width = self.widths.word
        self.kind = nn.Linear(width, len(events.TYPES) + 1)
        self.mode = nn.Linear(width, len(events.MODES))
        self.standing = nn.Linear(width, len(events.STANDINGS))
        self.pair_in = nn.Linear(3 * WIDTH + events.FLAGS, paired)
        self.pair_out = nn.Linear(paired, len(events.TYPES))

    def between(self, states: Tensor, flags: Tensor, source: Tensor, target: Tensor) -> Tensor:
        """The type between two participants by their states, the sentence's and what the rules flag in it: logits, (types,)."""
        pooled = torch.cat([states[source].mean(0), states[target].mean(0), states.mean(0), flags.max(0).values])
        return self.pair_out(self.dropout(nn.functional.relu(self.pair_in(self.dropout(pooled)))))
