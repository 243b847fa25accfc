"""A record as the option of a command names it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from sqlalchemy.exc import DBAPIError

from onrecord.cli.app import USED_WRONGLY, say
from onrecord.store import Record, RecordError, open_record

Database = Annotated[str, typer.Option("--db", help="The record: a file, or postgresql://user@host/database.", show_default=False)]


@contextmanager
def record(db: str, *, create: bool = False, read_only: bool = False) -> Iterator[Record]:
    """An open record; what is wrong with it is said on standard error."""
    try:
        with open_record(db, create=create, read_only=read_only) as opened:
            yield opened
    except RecordError as error:
        say(str(error))
        raise typer.Exit(USED_WRONGLY) from error
    except DBAPIError as error:  # the disk is full, the server gone: what was committed stays
        say(f"{db}: {str(error.orig).strip()}")
        raise typer.Exit(USED_WRONGLY) from error
