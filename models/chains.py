"""Train the scorer of pairs of event mentions: ``python -m models.chains CONFIG.toml --train JSONL --cache FOLDER [--folds]``.

The rows are ECB+'s (docs/measurements.md). Writes ``chains.npz`` into the package; ``--folds`` prints instead the CoNLL F1 of
cross-validation at several thresholds, with the topics that share a chain or their wide topic on one side (needs ``--score score.py``).
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import pickle
import runpy
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from models.settings import options_of, warmed
from onrecord.cluster.chains import MOST, PairScorer, chains
from onrecord.cluster.pairing import candidates, documents_of, features
from onrecord.evaluate.given import Read, read
from onrecord.pipeline import Coder

TARGET = Path(__file__).parents[1] / "src" / "onrecord" / "cluster" / "weights" / "chains.npz"
THRESHOLDS = (0.25, 0.3, 0.35, 0.4, 0.45, 0.5)


@dataclasses.dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of mentions with the answers."""

    columns: tuple[str, ...]
    rows: np.ndarray[Any, Any]
    answers: np.ndarray[Any, Any]


def parts_of(rows: Sequence[dict[str, Any]], found: Sequence[Read], count: int) -> list[list[int]]:
    """The numbers of the documents in each of several parts; documents of one wide topic or with a chain in common lie in one."""
    group = list(range(len(rows)))

    def top(n: int) -> int:
        while group[n] != n:
            n = group[n]
        return n

    first: dict[Any, int] = {}
    topics = documents_of([r.doc for r in found]).topics[0]
    for n, row in enumerate(rows):
        for key in (("topic", int(topics[n])), *(("chain", m["chain"]) for m in row["mentions"])):
            group[top(n)] = top(first.setdefault(key, n))
    members: dict[int, list[int]] = {}
    for n in range(len(rows)):
        members.setdefault(top(n), []).append(n)
    parts: list[list[int]] = [[] for _ in range(count)]
    for some in sorted(members.values(), key=lambda s: (-len(s), s)):
        min(parts, key=len).extend(some)
    return parts


def material(rows: Sequence[dict[str, Any]], found: Sequence[Read]) -> Pairs:
    """The pairs of some documents."""
    known = documents_of([r.doc for r in found])
    mentions = [dataclasses.replace(m, document=n) for n, r in enumerate(found) for m in r.mentions]
    answers = [m["chain"] for row in rows for m in row["mentions"]]
    tables, right = [], []
    columns: tuple[str, ...] = ()
    for one, two in candidates(known, mentions):
        table = features(known, mentions, one, two)
        columns = tuple(table)
        tables.append(np.column_stack(list(table.values())))
        right.extend(answers[a] == answers[b] for a, b in zip(one, two, strict=True))
    return Pairs(columns, np.concatenate(tables), np.array(right, np.float32))


def train(parts: Sequence[Pairs], options: dict[str, Any]) -> PairScorer:
    """Networks on the pairs of several parts."""
    rows, answers = np.concatenate([p.rows for p in parts]), torch.from_numpy(np.concatenate([p.answers for p in parts]))
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-3
    table = torch.from_numpy(np.clip((rows - middle) / spread, -MOST, MOST).astype(np.float32))
    hidden, out = [], []
    for seed in range(options["networks"]):
        torch.manual_seed(seed)
        network = nn.Sequential(nn.Linear(table.shape[1], options["hidden"]), nn.ReLU(), nn.Dropout(options["dropout"]), nn.Linear(options["hidden"], 1))
        steps_by = torch.optim.AdamW(network.parameters(), lr=options["rate"], weight_decay=options["decay"])
        schedule = warmed(steps_by, total=options["epochs"] * (len(table) // options["batch"]), share=0.01)
        for _ in range(options["epochs"]):
            for some in torch.randperm(len(table)).split(options["batch"])[:-1]:
                loss = nn.functional.binary_cross_entropy_with_logits(network(table[some])[:, 0], answers[some])
                steps_by.zero_grad()
                loss.backward()
                steps_by.step()
                schedule.step()
        first, last = network[0], network[3]
        hidden.append(np.vstack([first.weight.detach().numpy().T, first.bias.detach().numpy()]))
        out.append(np.append(last.weight.detach().numpy()[0], last.bias.detach().numpy()))
    return PairScorer(columns=parts[0].columns, middle=middle, spread=spread, hidden=np.array(hidden), out=np.array(out))


def write(scorer: PairScorer, path: Path) -> None:
    """The weights in half precision."""
    arrays = {name: getattr(scorer, name).astype(np.float16 if name in {"hidden", "out"} else np.float32) for name in ("middle", "spread", "hidden", "out")}
    path.parent.mkdir(exist_ok=True)
    np.savez_compressed(path, columns=np.array(scorer.columns), **arrays)


def folds(rows: Sequence[dict[str, Any]], found: Sequence[Read], options: dict[str, Any], score: Path) -> None:
    """The figures of cross-validation."""
    conll = runpy.run_path(str(score))["coref"]
    parts = parts_of(rows, found, options["folds"])
    made = [material([rows[n] for n in part], [found[n] for n in part]) for part in parts]
    for number, part in enumerate(parts):
        scorer = train([m for n, m in enumerate(made) if n != number], options)
        some, docs = [rows[n] for n in part], [found[n].doc for n in part]
        mentions = [dataclasses.replace(m, document=k) for k, n in enumerate(part) for m in found[n].mentions]
        figures = []
        for least in THRESHOLDS:
            names = iter(chains(docs, mentions, scorer=scorer, least=least))
            figures.append(conll(some, [{"id": r["id"], "chains": [str(next(names)) for _ in r["mentions"]]} for r in some])["conll_f1"])
        print(number, dict(zip(THRESHOLDS, figures, strict=True)), flush=True)


def main() -> None:
    """The command line."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("config", type=Path)
    asked.add_argument("--train", type=Path, required=True, metavar="JSONL")
    asked.add_argument("--cache", type=Path, required=True, help="where the read documents are kept")
    asked.add_argument("--folds", action="store_true", help="cross-validate and write nothing")
    asked.add_argument("--score", type=Path, metavar="SCORE.py")
    asked.add_argument("--set", nargs="*", default=[], metavar="NAME=VALUE", help="options of the config to change")
    given = asked.parse_args()
    options = options_of(asked, given.config, given.set)
    rows = [json.loads(line) for line in given.train.open(encoding="utf-8")]
    kept = given.cache / f"chains-{given.train.stem}.pickle"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(pickle.dumps(list(read(Coder(), rows))))
    found: list[Read] = pickle.loads(kept.read_bytes())
    if given.folds:
        folds(rows, found, options, given.score)
    else:
        write(train([material(rows, found)], options), TARGET)
        print(f"{TARGET}: {TARGET.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
