"""The network: a public MiniLM that also reads the parse, and the stance head on its states; the other heads are ``onrecord.train.heads``."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from transformers import BertModel

from onrecord.encoder import FEATURES, SIZES
from onrecord.encoder.pairs import sizes
from onrecord.positions.head import SEEN, STANCES
from onrecord.train.heads import WIDTH, AttributionHead, EventHead, HeadSizes, Linker

__all__ = ["WIDTH", "AttributionHead", "Encoder", "EventHead", "HeadSizes", "Linker", "StanceHead", "attend", "mean_of"]


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
