"""``onrecord train``: heads trained further on labelled articles of one's own."""

from __future__ import annotations

from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli import coders
from onrecord.cli.app import USED_WRONGLY, app, notes, say
from onrecord.cli.evaluating import gold_rows
from onrecord.encoder import ModelError
from onrecord.train import TrainError

MISSING = "training needs torch: pip install 'onrecord[train]'"


class Head(StrEnum):
    """What can be trained."""

    attribution = "attribution"
    events = "events"


@app.command(name="train")
def train_command(
    gold: Annotated[
        list[Path], typer.Argument(help="Gold as for `onrecord evaluate`: corrected reports, or rows of attribution or relation.", metavar="GOLD…")
    ],
    *,
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder for the weights, their card, figures and checkpoints.", show_default=False)],
    head: Annotated[list[Head] | None, typer.Option(help="Only this head; may be repeated. By default all that there is enough gold for.")] = None,
    epochs: Annotated[int, typer.Option(min=1, help="At most so many times through the gold.")] = 12,
    patience: Annotated[int, typer.Option(min=1, help="Stop after so many epochs without a gain on the articles kept apart for that.")] = 3,
    rate: Annotated[float, typer.Option(help="The highest learning rate.")] = 2e-4,
    seed: Annotated[int, typer.Option(help="Of the split and the order.")] = 1,
    annotator: Annotated[str | None, typer.Option(help="Only this one's gold, where several annotated.")] = None,
    model: coders.Model = "small",
) -> None:
    """Train the heads further on labelled articles of one's own, and say what that gains on articles that were held out."""
    try:
        fitting, training = (import_module(f"onrecord.train.{name}") for name in ("fitting", "training"))
    except ModuleNotFoundError as error:
        if error.name != "torch":
            raise
        say(MISSING)
        raise typer.Exit(USED_WRONGLY) from error
    rows = [row for path in gold for row in gold_rows(path, annotator)]
    options = fitting.Options(rate=rate, epochs=epochs, patience=patience, seed=seed)
    wanted = tuple(h.value for h in head) if head else ("attribution", "events")
    try:
        made = training.train(rows, out, model=model, heads=wanted, options=options, names=[p.name for p in gold], say=lambda m: notes.print(m, markup=False))
    except (TrainError, ModelError) as error:
        say(str(error))
        raise typer.Exit(USED_WRONGLY) from error
    typer.echo("\n".join(training.table(made.figures)))
    for name, epoch in made.heads.items():
        if not epoch:
            say(f"{name}: no epoch was better than the weights it started from, so they are kept as they were")
    notes.print(f"{made.folder}: model {made.id}; use it with --model {made.folder}, or Coder(model={str(made.folder)!r})", markup=False)
