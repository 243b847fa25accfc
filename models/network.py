"""The network: a public MiniLM that also reads the parse, and the heads on its states."""

from __future__ import annotations

import dataclasses

import torch
from torch import Tensor, nn
from transformers import BertModel

from onrecord.attribution import candidates as attribution
from onrecord.attribution.pairs import ROLES
from onrecord.encoder import FEATURES, SIZES
from onrecord.encoder.pairs import sizes
from onrecord.events import candidates as events
from onrecord.positions.head import SEEN, STANCES

WIDTH = 384


class Encoder(nn.Module):
    """Word pieces and the features of their words → a state for each piece."""

    def __init__(self, bert: BertModel, *, tags: int, deps: int, parse: bool) -> None:
        super().__init__()
        self.bert = bert
        self.parse = parse
        counts = {"tag": tags + 1, "dep": deps + 1, **SIZES}
        self.features = nn.ModuleList(nn.Embedding(counts[name], WIDTH) for name in FEATURES)
        for table in self.features:
            nn.init.zeros_(table.weight)

    def forward(self, pieces: Tensor, features: Tensor, mask: Tensor) -> Tensor:
        """States, (batch, pieces, width), of pieces (batch, pieces), features (batch, pieces, FEATURES) and mask (batch, pieces)."""
        embedded = self.bert.embeddings.word_embeddings(pieces)
        if self.parse:
            for column, table in enumerate(self.features):
                embedded = embedded + table(features[..., column])
        hidden = self.bert.embeddings(inputs_embeds=embedded)
        spread = (1.0 - mask[:, None, None, :].to(hidden.dtype)) * torch.finfo(torch.float32).min
        for layer in self.bert.encoder.layer:
            hidden = attend(layer, hidden, spread)
        return hidden


def attend(layer: nn.Module, hidden: Tensor, spread: Tensor) -> Tensor:
    """One layer of BERT, written out so that it exports to plain operators."""
    me = layer.attention.self
    batch, length, width = hidden.shape
    heads, size = me.num_attention_heads, me.attention_head_size

    def split(x: Tensor) -> Tensor:
        return x.view(batch, length, heads, size).transpose(1, 2)

    # no dropout here: on a CPU it takes the slow path, and the layers' own is enough
    found = nn.functional.scaled_dot_product_attention(
        split(me.query(hidden)), split(me.key(hidden)), split(me.value(hidden)), attn_mask=spread.to(hidden.dtype)
    )
    hidden = layer.attention.output(found.transpose(1, 2).reshape(batch, length, width), hidden)
    return layer.output(layer.intermediate(hidden), hidden)


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


class StanceHead(nn.Module):
    """Whether one of two in a sentence is for or against the other; :mod:`onrecord.positions.head` is what runs it.

    Args:
        deps: how many dependency labels there are.
        words: the width of a word beside the two.
        looks: how many times the words are looked at.
        pair: the width of the two and their sentence.
        dropout: of states and of what is made of them.
    """

    def __init__(self, *, deps: int, words: int = 64, looks: int = 4, pair: int = 64, dropout: float = 0.3) -> None:
        super().__init__()
        self.word = nn.Linear(WIDTH, words)
        self.holder = nn.Linear(WIDTH, words, bias=False)
        self.object = nn.Linear(WIDTH, words, bias=False)
        self.beside = nn.ModuleList(nn.Embedding(sizes(deps + 1)[c], words) for _ in range(2) for c in SEEN)
        self.look = nn.Linear(words, looks)
        self.pair = nn.Linear(3 * WIDTH, pair)
        self.out = nn.Linear(looks * words + pair, len(STANCES))
        self.dropout = nn.Dropout(dropout)
        for table in self.beside:
            nn.init.normal_(table.weight, std=0.1)

    def forward(self, states: Tensor, mask: Tensor, holder: Tensor, target: Tensor, beside: Tensor) -> Tensor:
        """The stance of holders on objects: logits, (batch, stances).

        Args:
            states: of the sentences' words, (batch, words, width).
            mask: which of them are words, (batch, words).
            holder: which of them are the holder, 0 or 1, (batch, words).
            target: which of them are the object, likewise.
            beside: the features of every word from the point of view of holder and object, (batch, 2, words, columns).
        """
        one, other, mean = (mean_of(states, some) for some in (holder, target, mask))
        one, other, mean, read = (self.dropout(x) for x in (one, other, mean, states))
        mixed = self.word(read) + self.holder(one)[:, None] + self.object(other)[:, None]
        for n, table in enumerate(self.beside):
            mixed = mixed + table(beside[:, n // len(SEEN), :, SEEN[n % len(SEEN)]])
        mixed = nn.functional.relu(mixed)
        looked = self.look(mixed).masked_fill(mask[..., None] == 0, -1e4).softmax(1)
        pair = nn.functional.relu(self.pair(torch.cat([one, other, mean], -1)))
        return self.out(self.dropout(torch.cat([torch.einsum("bwl,bwk->blk", looked, mixed).flatten(1), pair], -1)))


def mean_of(states: Tensor, some: Tensor) -> Tensor:
    """The mean state of some words of each sentence: (batch, width)."""
    return torch.einsum("bwk,bw->bk", states, some) / some.sum(1, keepdim=True)
