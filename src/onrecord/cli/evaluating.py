"""``onrecord evaluate``: how good findings are on labelled articles of one's own."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import IO, Annotated, Any

import typer
from rich.table import Table

from onrecord.annotate import AnnotationError, brat, label_studio
from onrecord.cli import coders
from onrecord.cli.app import USED_WRONGLY, app, console, notes, opened, say
from onrecord.evaluate import STAGES, Evaluation, EvaluationError, Figure, evaluate, stage_of

Row = dict[str, Any]
NO_SHARE = frozenset({"events_per_sentence", "median_error_km", "mean_error_km"})
"""Figures that are no shares."""


class RowFormat(StrEnum):
    """How figures are written."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"


@app.command(name="evaluate")
def evaluate_command(
    gold: Annotated[Path, typer.Argument(help="JSONL of corrected reports or of a stage's rows, a brat folder, or a Label Studio export.", metavar="GOLD")],
    *,
    predictions: Annotated[Path | None, typer.Option(help="JSONL that answers the gold; without it the gold's texts are coded.")] = None,
    stage: Annotated[str | None, typer.Option(help=f"The shape of the gold where its rows don't tell: {', '.join(STAGES)}.")] = None,
    format: Annotated[RowFormat, typer.Option("--format", "-f", help="How to write the figures.")] = RowFormat.table,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write here instead of standard output.")] = None,
    errors: Annotated[Path | None, typer.Option(help="List what is wrong in this file, CSV or JSONL by its ending.")] = None,
    reliability: Annotated[Path | None, typer.Option(help="Write how often findings of each confidence are right, CSV or JSONL by the ending.")] = None,
    samples: Annotated[int, typer.Option(min=0, help="How often articles are drawn for the intervals; 0 for none.")] = 1000,
    seed: Annotated[int, typer.Option(help="Of the drawing.")] = 1,
    annotator: Annotated[str | None, typer.Option(help="Only this one's gold, where several annotated.")] = None,
    model: coders.Model = "small",
    codebook: coders.Books = None,
    actors: coders.ActorTables = None,
) -> None:
    """Compare findings with labelled articles: precision, recall and F1 with intervals, calibration, and what is wrong."""
    rows = gold_rows(gold, annotator)
    given = None if predictions is None else list(_lines(predictions))
    try:
        if rows:
            stage = stage or stage_of(rows[0])
        coder = coders.made(model, "broad", 0.0, codebook or (), actors or ()) if given is None and rows else None
        found = evaluate(rows, given, coder=coder, stage=stage, samples=samples, seed=seed)
    except EvaluationError as error:
        say(f"{gold}: {error}")
        raise typer.Exit(USED_WRONGLY) from error
    _write(found, format, output)
    _listed(found.error_rows(), errors)
    _listed(found.reliability(), reliability)
    wrong = f", {len(found.errors):,} errors in {errors}" if errors else f"; {len(found.errors):,} errors: --errors FILE lists them"
    notes.print(f"{found.articles:,} rows of {found.stage}{wrong}", markup=False)


def gold_rows(path: Path, annotator: str | None) -> list[Row]:
    """The rows of gold, of one annotator if that is asked for."""
    if path.is_dir() or path.suffix == ".json":
        try:
            found = list(brat.read(path) if path.is_dir() else label_studio.read(path, annotator=annotator))
        except AnnotationError as error:
            raise _unusable(str(error)) from error
        for problem in (p for gold in found for p in gold.problems):
            say(problem)
        return [json.loads(gold.to_json()) for gold in found]
    rows = list(_lines(path))
    return [r for r in rows if r and (r.get("annotation") or {}).get("annotator") == annotator] if annotator else rows


def _lines(path: Path) -> Iterator[Any]:
    """The rows of a JSONL file; what is wrong with one is said with its number."""
    try:
        with path.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    try:
                        row = json.loads(line)
                    except ValueError as error:
                        raise _unusable(f"{path}:{number}: not JSON: {error}") from error
                    if not isinstance(row, dict) and row is not None:
                        raise _unusable(f"{path}:{number}: not an object")
                    yield row
    except (OSError, UnicodeDecodeError) as error:
        raise _unusable(f"can't read {path}: {getattr(error, 'strerror', None) or error}") from error


def _unusable(message: str) -> typer.Exit:
    say(message)
    return typer.Exit(USED_WRONGLY)


def _write(found: Evaluation, format: RowFormat, output: Path | None) -> None:
    out = opened(output) if output else sys.stdout
    if format is RowFormat.table:
        console(out).print(_shown(found.figures))
    else:
        _rows(found.rows(), out, as_csv=format is RowFormat.csv)
    if output:
        out.close()


def _listed(rows: Sequence[Mapping[str, Any]], path: Path | None) -> None:
    if path is not None:
        with opened(path) as out:
            _rows(rows, out, as_csv=path.suffix == ".csv")


def _rows(rows: Sequence[Mapping[str, Any]], out: IO[str], *, as_csv: bool) -> None:
    if not as_csv:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    elif rows:
        writer = csv.DictWriter(out, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _shown(figures: Sequence[Figure]) -> Table:
    table = Table("stage", box=None, pad_edge=False, header_style="dim")
    table.add_column("figure", overflow="fold")
    table.add_column("of", overflow="fold")
    for heading in ("value", "95 % interval", "precision", "recall", "right", "gold", "found"):
        table.add_column(heading, justify="right", no_wrap=True)
    last = ""
    for each in figures:
        between = "" if each.low is None else f"{_number(each, each.low)}–{_number(each, each.high)}"
        shares = (_number(each, x) for x in (each.precision, each.recall))
        counts = ("" if x is None else f"{x:,}" for x in (each.right, each.gold, each.predicted))
        table.add_row(each.stage if each.stage != last else "", each.name, each.part, _number(each, each.value), between, *shares, *counts)
        last = each.stage
    return table


def _number(figure: Figure, value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.2f}" if figure.name in NO_SHARE else f"{value:.3f}"
