"""``onrecord why`` and ``onrecord lexicon check``: how a finding came about, and whether rules do what they say."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, Any

import typer

from onrecord.cli import coders
from onrecord.cli.app import NOT_FOUND, RULE_FAILS, USED_WRONGLY, app, console, notes
from onrecord.cli.opening import record
from onrecord.export.check import packaged_rules, summary, table_of, tried
from onrecord.export.why import explanation, find_finding

Hit = tuple[dict[str, Any], str, dict[str, Any]]
"""A report as JSON, the room and the finding."""

lexicon = typer.Typer(name="lexicon", help="The rules that findings name, and codebooks of your own.", no_args_is_help=True)
app.add_typer(lexicon)


@app.command()
def why(
    id: Annotated[str, typer.Argument(help="The id of a finding, or its first characters.")],
    report: Annotated[Path, typer.Argument(help="Reports saved with `onrecord code … --format jsonl`; - for standard input.", allow_dash=True)] = Path("-"),
    *,
    db: Annotated[str | None, typer.Option("--db", help="Look in this record instead of in saved reports.")] = None,
    codebook: Annotated[list[Path] | None, typer.Option(help="A codebook that the report was made with; may be repeated.")] = None,
) -> None:
    """Say which rule, words and reasons made a finding."""
    books = coders.codebooks(codebook or ())
    hit = _saved(report, id) if db is None else _kept(db, id)
    if hit is None:
        notes.print(f"no finding {id!r} in {db or report}", markup=False)
        raise typer.Exit(NOT_FOUND)
    for line in explanation(*hit, codebooks=books):
        typer.echo(line)
    for line in [] if db is None else _said_of(db, hit[2]["id"]):
        typer.echo(line)


def _saved(report: Path, id: str) -> Hit | None:
    """The finding in saved reports."""
    try:
        with nullcontext(sys.stdin) if str(report) == "-" else report.open(encoding="utf-8") as lines:
            return find_finding(lines, id)
    except (OSError, ValueError) as error:
        notes.print(f"{report}: {error}", markup=False)
        raise typer.Exit(USED_WRONGLY) from error


def _kept(db: str, id: str) -> Hit | None:
    """The finding in a record."""
    with record(db) as kept:
        return kept.finding(id)


def _said_of(db: str, id: str) -> list[str]:
    """What reviews say of a finding, the last first."""
    with record(db) as kept:
        return [f"{r['verdict']} by {r['reviewer']}, {r['at'][:10]}" + (f": {r['note']}" if r["note"] else "") for r in kept.reviews(finding=id, earlier=True)]


@lexicon.command()
def check(
    files: Annotated[list[Path] | None, typer.Argument(help="Codebooks; without one, the packaged rules.", metavar="[FILE…]")] = None,
    *,
    failing: Annotated[bool, typer.Option("--failing", help="Show only what fails.")] = False,
) -> None:
    """Try every rule on its own examples and counterexamples."""
    books = coders.codebooks(files or ())
    rules = [t.value for b in books for t in b.rules] if books else packaged_rules()
    results = list(tried(coders.coder("none", books=books), rules))
    shown = [r for r in results if not (failing and r.passed)]
    out = console(sys.stdout)
    if shown:
        out.print(table_of(shown))
    out.print(summary(results), markup=False, soft_wrap=True)
    if not all(r.passed for r in results):
        raise typer.Exit(RULE_FAILS)
