"""``onrecord backup`` and ``onrecord check``: a copy of a record while it is in use, and whether its file is sound."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from onrecord.cli.app import RULE_FAILS, USED_WRONGLY, app, notes, say
from onrecord.cli.opening import record
from onrecord.cluster.linker import Linker
from onrecord.store import RecordError, back_up
from onrecord.store.saving import save

Given = Annotated[str, typer.Argument(help="The record: a file, or postgresql://user@host/database.", metavar="RECORD")]
MB = 1_000_000


@app.command()
def backup(db: Given, out: Annotated[Path, typer.Argument(help="The file to make; it must not be there.", metavar="OUT")]) -> None:
    """Copy a record into a file, also while it is written to, and look through the copy before it takes its name."""
    try:
        made = back_up(db, out)
    except RecordError as error:
        say(str(error))
        raise typer.Exit(USED_WRONGLY) from error
    notes.print(f"{made.path}: {made.articles:,} article(s), {made.size / MB:,.1f} MB, as of {made.last or 'the beginning'}; sound", markup=False)


@app.command()
def check(db: Given) -> None:
    """Look through a record's file for damage: every page, every index against its table, every reference."""
    with record(db) as looked_at:
        wrong = looked_at.check()
    for line in wrong:
        say(line)
    if wrong:
        say(f"{db} is damaged: restore a back-up, or save what can be read; docs/faults.md says how")
        raise typer.Exit(RULE_FAILS)
    notes.print(f"{db}: sound", markup=False)


@app.command()
def recover(db: Given, out: Annotated[Path, typer.Argument(help="The record to make; it must not be there.", metavar="OUT")]) -> None:
    """Save what can still be read of a damaged record into a new one, each article checked; the damaged file stays as it is."""
    if out.exists():
        say(f"{out} is there already: give the name of a new record")
        raise typer.Exit(USED_WRONGLY)
    with record(db) as damaged, record(str(out), create=True) as to:
        done = save(damaged, to, linker=Linker())
    notes.print(f"{out}: {done.saved:,} article(s) with what was found in them, {done.notes:,} review(s) and note(s)", markup=False)
    if done.lost:
        say(f"{len(done.lost):,} row(s) of articles can't be read: add the same paths again to have them back")
    if done.uncoded:
        texts = out.with_name(f"{out.name}.uncoded.jsonl")
        texts.write_bytes(b"".join(msgspec.json.encode(a) + b"\n" for a in done.uncoded))
        say(f"of {len(done.uncoded):,} article(s) only the text can be read; it is in {texts}: onrecord add {texts} --db {out}")
