"""``onrecord import``: what annotators made of exported articles, as gold, and as reviews of a record."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from onrecord.annotate import AnnotationError, Gold, agreement, majority, read_brat, read_label_studio, review
from onrecord.cli.app import NOTHING_CODED, USED_WRONGLY, app, notes, opened, say
from onrecord.cli.opening import record
from onrecord.cluster.linker import Linker


class Tool(StrEnum):
    """What was annotated with."""

    brat = "brat"
    label_studio = "label-studio"


class Several(StrEnum):
    """What becomes of an article that several annotated."""

    each = "each"
    majority = "majority"


@app.command(name="import")
def import_command(
    tool: Annotated[Tool, typer.Argument(help="What was annotated with.", metavar="FORMAT")],
    paths: Annotated[list[Path], typer.Argument(help="Folders of brat, one for each annotator; or JSON exports of Label Studio.", metavar="PATH…")],
    *,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write the gold here instead of standard output.")] = None,
    annotator: Annotated[str | None, typer.Option(help="Of brat: who annotated (else a folder's name); of Label Studio: only this one's annotations.")] = None,
    several: Annotated[Several, typer.Option(help="Of an article that several annotated: a row for each, or what more than half of them have.")] = Several.each,
    db: Annotated[str | None, typer.Option("--db", help="Note what they say as reviews in this record, too.")] = None,
    by: Annotated[str | None, typer.Option(help="Who says so in the reviews; else the annotator.")] = None,
    confirm: Annotated[bool, typer.Option("--confirm/--no-confirm", help="Whether what was left as it was is confirmed in the record.")] = True,
) -> None:
    """Read annotations back as gold: reports with their texts, each with who annotated and what they changed."""
    try:
        every = [gold for path in paths for gold in read(tool, path, annotator if tool is Tool.label_studio else annotator or _named(paths, path))]
    except AnnotationError as error:
        say(str(error))
        raise typer.Exit(USED_WRONGLY) from error
    for problem in (p for gold in every for p in gold.problems):
        say(problem)
    _agreement(every)
    golds = majority(every) if several is Several.majority else every
    _write(golds, output)
    if db is not None:
        _review(db, golds, by, confirm=confirm)
    notes.print(f"{len(golds):,} rows of gold, on {len({g.report.article.id for g in golds}):,} articles{_changes(every)}", markup=False)
    if not golds:
        raise typer.Exit(NOTHING_CODED)


def read(tool: Tool, path: Path, annotator: str | None) -> Iterator[Gold]:
    """The gold in a folder or file."""
    return read_brat(path, annotator=annotator) if tool is Tool.brat else read_label_studio(path, annotator=annotator)


def _named(paths: Sequence[Path], path: Path) -> str | None:
    return path.resolve().name if len(paths) > 1 else None


def _agreement(golds: Sequence[Gold]) -> None:
    rows = agreement(golds)
    if rows and rows[0].pairs:
        shares = ", ".join(f"{row.what} {row.f1:.2f}" for row in rows if row.f1 is not None)
        notes.print(f"agreement (F1, the same label on the same characters) on {rows[0].articles} articles: {shares}", markup=False)


def _changes(golds: Iterable[Gold]) -> str:
    counts: dict[str, int] = {}
    for change in (c for gold in golds for c in gold.changes):
        counts[change.what] = counts.get(change.what, 0) + 1
    return f": {', '.join(f'{n:,} {what}' for what, n in sorted(counts.items()))}" if counts else ""


def _write(golds: Iterable[Gold], output: Path | None) -> None:
    out = opened(output) if output else sys.stdout
    for gold in golds:
        out.write(gold.to_json() + "\n")
    if output:
        out.close()


def _review(db: str, golds: Sequence[Gold], by: str | None, *, confirm: bool) -> None:
    if not by and any(g.annotator is None for g in golds):
        raise typer.BadParameter("say who annotated: it is not in the annotations", param_hint="--by")
    with record(db) as of:
        noted = review(of, golds, by=by, confirm=confirm)
        of.link(Linker())
    for problem in noted.problems:
        say(problem)
    done = ", ".join(f"{n:,} {verdict}" for verdict, n in sorted(noted.verdicts.items())) or "none"
    left = "".join(f"; {n:,} {what}" for what, n in sorted(noted.left_out.items()))
    notes.print(f"reviews: {done}{f' (no review can say: {left[2:]})' if left else ''}", markup=False)
