"""``onrecord freeze`` and ``onrecord hydrate``: replication packages without the articles' words, and the words put back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli import coders
from onrecord.cli.app import NOT_FOUND, USED_WRONGLY, app, notes, say
from onrecord.cli.opening import Database, record
from onrecord.export import freezing

Package = Annotated[Path, typer.Argument(help="The folder of the package.", metavar="DIR")]


@app.command()
def freeze(folder: Package, *, db: Database) -> None:
    """Write a replication package of a record: tables, codebook, manifest, counts by outlet and day; no article's words."""
    with record(db) as of:
        try:
            manifest = freezing.freeze(of, folder)
        except (freezing.PackageError, OSError) as error:
            say(str(error))
            raise typer.Exit(USED_WRONGLY) from error
    rows = {name: f["rows"] for name, f in manifest["files"].items() if "rows" in f}
    notes.print(f"{rows['articles.parquet']} articles, {rows['event_mentions.parquet']} event mentions, {rows['positions.parquet']} positions in {folder}")


@app.command()
def hydrate(
    folder: Package,
    paths: coders.Paths,
    *,
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder to write the tables with their words to.")],
    max_chars: coders.MaxChars = coders.MAX_CHARS,
) -> None:
    """Put the words back into a replication package from the articles that it was made of, told by their hashes."""
    found = coders.articles(coders.documents(paths, max_chars=max_chars, language=["all"]))
    try:
        there, wanted = freezing.hydrate(folder, found, output)
    except (freezing.PackageError, OSError) as error:
        say(str(error))
        raise typer.Exit(USED_WRONGLY) from error
    notes.print(f"{there} of {wanted} articles were there; tables in {output}")
    if not there:
        raise typer.Exit(NOT_FOUND)
