"""Gold → weights: heads trained on what people labelled, measured before and after on articles that were held out."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import torch

from onrecord.encoder import Encoder
from onrecord.encoder.encoder import SHIPPED
from onrecord.evaluate import evaluate, stage_of
from onrecord.pipeline import Coder
from onrecord.records import digest
from onrecord.train import labels, writing
from onrecord.train.fitting import Options, fit
from onrecord.train.heads import AttributionHead, EventHead
from onrecord.train.labels import HEADS, LEAST, Head, Parts, TrainError
from onrecord.train.learning import items, read_loss, window_loss

CHECKPOINTS = "checkpoints"
LOSSES: dict[str, Any] = {"attribution": window_loss, "events": read_loss}
MAKE: dict[str, Any] = {"attribution": AttributionHead, "events": EventHead}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A figure on the held-out articles, before and after, each with its interval."""

    stage: str
    name: str
    before: float | None
    before_low: float | None
    before_high: float | None
    after: float | None
    after_low: float | None
    after_high: float | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """What came of training.

    Attributes:
        folder: the weights, for ``Coder(model=folder)``.
        id: of the weights.
        heads: which heads were trained, with the epoch that was best (0: it was best as it came).
        labels: how many labels each head had in each part.
        figures: on the held-out articles.
    """

    folder: Path
    id: str
    heads: Mapping[str, int]
    labels: Mapping[str, Mapping[str, int]]
    figures: tuple[Compared, ...]


def train(
    gold: Sequence[Mapping[str, Any]],
    out: Path,
    *,
    model: str | Path = "small",
    heads: Sequence[Head] = HEADS,
    options: Options | None = None,
    names: Sequence[str] = ("gold",),
    least: Mapping[str, int] = LEAST,
    say: Callable[[str], None] = lambda _: None,
) -> Trained:
    """Train heads further on gold of one's own; the encoder stays as it is.

    Args:
        gold: corrected reports with their texts, or rows of the stages ``attribution`` and ``relation`` (docs/annotation.md).
        out: where the weights go, with checkpoints, log, figures and card; called again with the same gold and options it goes on.
        model: the weights it starts from: ``small``, or a folder.
        heads: which heads; one with too few labels is left as it is.
        options: how they are trained.
        names: what the gold is called on the card.
        least: the fewest labels that a head is trained on.
        say: is told how far it is.

    Raises:
        TrainError: there is too little gold, or ``out`` holds what other options or gold made.
    """
    options = options or Options()
    start = Encoder(SHIPPED if model == "small" else Path(model))
    split = labels.parts(gold, seed=options.seed)
    rules = Coder(model="none")
    told = _told(split, heads, rules, options.seed)
    counts: dict[str, dict[str, int]] = {name: {part: labels.count(name, rows) for part, rows in by_part.items()} for name, by_part in told.items()}
    wanted = [name for name in heads if counts[name]["train"] >= least[name] and counts[name]["dev"]]
    if not wanted:
        there = ", ".join(f"{counts[name]['train']} labels to train {name} on, and {least[name]} are needed" for name in heads)
        raise TrainError(f"too little gold: {there} (a fifth of the articles is held out to measure on, and some to stop by)")
    out.mkdir(parents=True, exist_ok=True)
    _same(out, {"options": dataclasses.asdict(options), "from": start.about.id, "heads": wanted, "gold": digest(json.dumps(list(gold), sort_keys=True))})
    best: dict[str, int] = {}
    made: dict[str, Any] = {}
    for name in wanted:
        say(f"{name}: {counts[name]['train']:,} labels to learn from, {counts[name]['dev']:,} to stop by")
        made[name] = head_of(start, name)
        parts = [items(name, told[name][part], start, rules) for part in ("train", "dev")]
        best[name] = fit(made[name], parts[0], parts[1], LOSSES[name], options, out / CHECKPOINTS, name, say)
    id = writing.write(start, made, out, dataclasses.asdict(options))
    say(f"measuring on {len(split.held_out):,} held-out rows, before and after")
    figures = compared(split.held_out, start.folder, out)
    articles = {part: len({labels.article_of(row) for row in rows}) for part, rows in dataclasses.asdict(split).items()}
    trained = {name: counts[name] for name in wanted}
    said = {"labels": trained, "articles": articles, "gold": list(names)}
    (out / "figures.json").write_text(json.dumps([dataclasses.asdict(f) for f in figures], indent=1) + "\n", encoding="utf-8")
    (out / "CARD.md").write_text(writing.card(id, start, said, table(figures)), encoding="utf-8")
    return Trained(folder=out, id=id, heads=best, labels=counts, figures=figures)


def head_of(start: Encoder, name: str) -> Any:
    """A head with the weights it has, ready to be trained."""
    head = MAKE[name](deps=len(start.about.labels), rules=True)
    head.load_state_dict({key: torch.from_numpy(value.copy()) for key, value in start.head(name).items()})
    return head


def _told(split: Parts, heads: Sequence[Head], rules: Coder, seed: int) -> dict[Head, dict[str, list[labels.Row]]]:
    """What each head would learn from and be stopped by."""
    out: dict[Head, dict[str, list[labels.Row]]] = {}
    for name in heads:
        rows = {"train": split.train, "dev": split.dev}
        out[name] = {p: labels.attributions(r) if name == "attribution" else labels.events(r, rules.parser, seed=seed) for p, r in rows.items()}
    return out


def _same(out: Path, said: Mapping[str, Any]) -> None:
    """See that what is in the folder was made with the same options and gold, and note them."""
    (out / CHECKPOINTS).mkdir(exist_ok=True)
    path = out / CHECKPOINTS / "options.json"
    body = json.dumps(said, indent=1)
    if path.exists() and path.read_text(encoding="utf-8") != body:
        raise TrainError(f"{out} holds what other options, gold or weights made: name another folder, or empty it")
    path.write_text(body, encoding="utf-8")


def compared(held_out: list[labels.Row], before: Path, after: Path) -> tuple[Compared, ...]:
    """The figures of two models on held-out gold, shape by shape."""
    out = []
    coders = [Coder(model=folder) for folder in (before, after)]
    for shape in labels.SHAPES:
        rows = [row for row in held_out if stage_of(row) == shape]
        if rows:
            one, other = (evaluate(rows, coder=coder) for coder in coders)
            for was in one.figures:
                if was.part == "all" and was.value is not None and was.gold != 0:
                    now = other.figure(was.name, stage=was.stage)
                    ends = {
                        "before": was.value,
                        "before_low": was.low,
                        "before_high": was.high,
                        "after": now.value,
                        "after_low": now.low,
                        "after_high": now.high,
                    }
                    out.append(Compared(stage=was.stage, name=was.name, **ends))
    return tuple(out)


def table(figures: Sequence[Compared]) -> list[str]:
    """Figures as a table in Markdown."""

    def told(value: float | None, low: float | None, high: float | None) -> str:
        return "" if value is None else f"{value:.3f}" + (f" ({low:.3f}–{high:.3f})" if low is not None else "")

    rows = [f"| {f.stage} | {f.name} | {told(f.before, f.before_low, f.before_high)} | {told(f.after, f.after_low, f.after_high)} |" for f in figures]
    return ["| stage | figure | before | after |", "|---|---|---|---|", *rows]
