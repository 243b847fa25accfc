"""Train the framing head on the shipped encoder, which stays as it is: ``python -m models.framing models/framing.toml``.

Reads ``models/data``, writes ``framing.npz`` beside the encoder's other heads and prints the figures of a
cross-validation by template. Run it again whenever the encoder has changed.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from models import event_marked, framing_marked, marked
from models.framing_material import Examples, examples, fillers, joined, swapped
from models.settings import options_of
from onrecord.encoder import SIZES, Encoder
from onrecord.encoder.encoder import SHIPPED
from onrecord.framing.head import CATEGORIES, NAME, QUOTE, TAG, UNLIKELY
from onrecord.framing.lexicon import Lexicon
from onrecord.parse import Parser

DATA = Path(__file__).parent / "data"
THRESHOLDS = np.arange(0.2, 0.96, 0.05)

Options = dict[str, Any]


class Network(nn.Module):
    """One hidden layer over a word's state, tag and quotation."""

    def __init__(self, width: int, tags: int, options: Options) -> None:
        super().__init__()
        self.tags = tags
        self.mean = nn.Parameter(torch.zeros(width), requires_grad=False)
        self.scale = nn.Parameter(torch.ones(width), requires_grad=False)
        self.mix = nn.Linear(width + tags + SIZES["quote"], options["hidden"])
        self.out = nn.Linear(options["hidden"], len(CATEGORIES) + 1)
        self.drop_in, self.drop = nn.Dropout(options["drop_in"]), nn.Dropout(options["drop"])

    def forward(self, vectors: Tensor, features: Tensor) -> Tensor:
        """Logits of not loaded and of each category."""
        told = [nn.functional.one_hot(features[:, c].long(), n).float() for c, n in ((TAG, self.tags), (QUOTE, SIZES["quote"]))]
        read = torch.cat([(vectors - self.mean) / self.scale, *told], dim=1)
        found: Tensor = self.out(self.drop(torch.relu(self.mix(self.drop_in(read)))))
        return found

    def arrays(self) -> dict[str, NDArray[np.float16]]:
        """The weights as the package reads them, the scaling folded in."""
        width = len(self.mean)
        state = self.mix.weight[:, :width] / self.scale
        found = {
            "state": state,
            "tag": self.mix.weight[:, width : width + self.tags].T,
            "quote": self.mix.weight[:, width + self.tags :].T,
            "bias": self.mix.bias - state @ self.mean,
            "out.weight": self.out.weight,
            "out.bias": self.out.bias,
        }
        return {name: value.detach().numpy().astype(np.float16) for name, value in found.items()}


def material(encoder: Encoder, options: Options) -> tuple[Examples, list[Examples], Examples]:
    """The sentences written for the head, what is made from them, and the plain ones."""
    parser, lexicon, rng = Parser(), Lexicon.load(), random.Random(options["seed"])
    ours = [row for path in sorted((DATA / "framing").glob("*.txt")) for row in framing_marked.rows(path)]
    others = [row for path in sorted((DATA / "events").glob("*.txt")) for row in event_marked.rows(path)]
    others += [row for path in sorted((DATA / "attribution").glob("*.txt")) for row in marked.rows(path)]
    plain = examples(others, parser, encoder, lexicon)
    own = examples(ours, parser, encoder, lexicon)
    print(f"{len(ours)} sentences, {int((own.answers > 0).sum())} loaded words of {len(own.answers)}; {len(plain.answers)} plain words", flush=True)
    loaded, neutral = fillers(lexicon, plain, {t for t, a in zip(own.texts, own.answers, strict=True) if a})
    tags = [{t.idx: t.tag_ for t in doc} for doc in parser.nlp.pipe(row["text"] for row in ours)]
    shares = (options["as_term"], options["as_plain"], options["from_plain"])
    made = [joined(ours, rng, together=options["together"])]
    for _ in range(options["copies"]):
        made.append(joined([swapped(r, t, loaded, neutral, rng, shares=shares) for r, t in zip(ours, tags, strict=True)], rng, together=options["together"]))
    return own, [examples(rows, parser, encoder, lexicon) for rows in made], plain


def fit(parts: list[tuple[Examples, NDArray[np.bool_], float]], tags: int, options: Options) -> Network:
    """A network for the chosen words of several sets, each with its weight."""
    torch.manual_seed(options["seed"])
    vectors = torch.tensor(np.concatenate([e.vectors[keep] for e, keep, _ in parts]))
    features = torch.tensor(np.concatenate([e.features[keep] for e, keep, _ in parts]))
    answers = torch.tensor(np.concatenate([e.answers[keep] for e, keep, _ in parts]))
    weights = torch.cat([torch.full((int(keep.sum()),), weight) for _, keep, weight in parts])
    network = Network(vectors.shape[1], tags, options)
    network.mean.data, network.scale.data = vectors.mean(dim=0), vectors.std(dim=0) + 1e-3
    adam = torch.optim.AdamW((p for p in network.parameters() if p.requires_grad), lr=options["rate"], weight_decay=options["decay"])
    steps = options["epochs"] * (len(answers) // options["batch"] + 1)
    falling = torch.optim.lr_scheduler.LambdaLR(adam, lambda n: max(0.0, 1 - n / steps))
    for _ in range(options["epochs"]):
        for some in torch.randperm(len(answers)).split(options["batch"]):
            loss = nn.functional.cross_entropy(network(vectors[some], features[some]), answers[some], reduction="none")
            adam.zero_grad()
            (loss * weights[some]).mean().backward()
            adam.step()
            falling.step()
    return network.eval()


@torch.no_grad()
def scored(network: Network, some: Examples) -> NDArray[np.float32]:
    """The likelihoods of not loaded and of each category."""
    found: NDArray[np.float32] = torch.softmax(network(torch.tensor(some.vectors), torch.tensor(some.features)), dim=1).numpy()
    return found


def folds(some: Examples, count: int, seed: int) -> NDArray[np.int64]:
    """The fold of each word, by its template."""
    names = sorted(set(some.templates))
    random.Random(seed).shuffle(names)
    number = {name: n % count for n, name in enumerate(names)}
    return np.array([number[t] for t in some.templates])


def crossed(own: Examples, made: list[Examples], plain: Examples, tags: int, options: Options) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """What networks that did not see its template say of each word, of the own sentences and of the plain ones."""
    count, seed = options["folds"], options["seed"]
    at = {"own": folds(own, count, seed), "plain": folds(plain, count, seed)}
    by_template = dict(zip(own.templates, at["own"], strict=True))
    of_own = np.zeros((len(own.answers), len(CATEGORIES) + 1), np.float32)
    of_plain = np.zeros((len(plain.answers), len(CATEGORIES) + 1), np.float32)
    for fold in range(count):
        away = [np.array([by_template.get(t, -1) != fold for t in m.templates]) for m in made]
        parts = [(own, at["own"] != fold, 1.0), *((m, keep, 1.0) for m, keep in zip(made, away, strict=True))]
        network = fit([*parts, (plain, (at["plain"] != fold) & ~plain.known, options["plain_weight"])], tags, options)
        of_own[at["own"] == fold] = scored(network, own)[at["own"] == fold]
        of_plain[at["plain"] == fold] = scored(network, plain)[at["plain"] == fold]
    return of_own, of_plain


def figures(own: Examples, plain: Examples, of_own: NDArray[np.float32], of_plain: NDArray[np.float32]) -> list[dict[str, float]]:
    """For each threshold: the head alone and with the tables, and what only the head finds, on all words together."""
    wanted = np.concatenate([own.answers > 0, np.zeros(int((~plain.known).sum()), bool)])
    tables = np.concatenate([own.known, np.zeros(int((~plain.known).sum()), bool)])
    likely = np.concatenate([1 - of_own[:, 0], 1 - of_plain[~plain.known, 0]])
    return [{"least": round(float(least), 2), **_row(wanted, likely >= least, tables)} for least in THRESHOLDS]


def _row(wanted: NDArray[np.bool_], head: NDArray[np.bool_], tables: NDArray[np.bool_]) -> dict[str, float]:
    alone = head & ~tables
    out = {"head_only": int(alone.sum()), "head_only_precision": float(wanted[alone].mean()) if alone.any() else 0.0}
    for name, found in (("tables", tables), ("head", head), ("both", head | tables)):
        out[f"{name}_f1"] = 2 * float((found & wanted).sum()) / max(1, int(found.sum()) + int(wanted.sum()))
    return {name: round(value, 3) for name, value in out.items()}


def main() -> None:
    """The command line."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("config", type=Path)
    asked.add_argument("--weights", type=Path, default=SHIPPED, help="the folder of the encoder; the head is written there")
    given = asked.parse_args()
    options = options_of(asked, given.config, ())
    encoder = Encoder(given.weights)
    tags = len(encoder.about.tags) + 1
    own, made, plain = material(encoder, options)
    of_own, of_plain = crossed(own, made, plain, tags, options)
    table = figures(own, plain, of_own, of_plain)
    for row in table:
        print(json.dumps(row))
    right = own.answers > 0
    print("category right, of the loaded words:", round(float((of_own[right, 1:].argmax(axis=1) + 1 == own.answers[right]).mean()), 3))
    doubted = own.known & (1 - of_own[:, 0] < UNLIKELY)
    print(f"of {int(own.known.sum())} words in terms of the tables {int(doubted.sum())} are doubted, {int((doubted & right).sum())} of them loaded")
    least = next((row["least"] for row in table if row["head_only_precision"] >= options["precision"]), float(THRESHOLDS[-1]))
    everything = [(e, np.ones(len(e.answers), bool), 1.0) for e in (own, *made)]
    network = fit([*everything, (plain, ~plain.known, options["plain_weight"])], tags, options)
    np.savez_compressed(given.weights / f"{NAME}.npz", least=np.float16(least), encoder=encoder.mark, **network.arrays())
    print(f"least {least}; {(given.weights / f'{NAME}.npz').stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
