"""The application that the commands register with, its exit statuses, and where it says things.

Exit status: 0 all went well (documents may have been skipped, each with a line on standard error);
1 a rule does not do what its examples say; 2 the command was used wrongly; 3 there was nothing to code; 4 what was asked for is not there;
130 it was interrupted.
"""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import Annotated, TextIO

import typer
from rich.console import Console

from onrecord.cli.loading import Later

RULE_FAILS = 1
USED_WRONGLY = 2
NOTHING_CODED = 3
NOT_FOUND = 4
INTERRUPTED = 130
NARROWEST = 100

app = typer.Typer(
    name="onrecord", cls=Later, help="News text in, what is on record out.", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)
notes = Console(stderr=True, highlight=False, soft_wrap=True)


@app.callback(invoke_without_command=True)
def about(*, show_version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False) -> None:
    """News text in, what is on record out: events, attributions and positions with their evidence."""
    if show_version:
        typer.echo(f"onrecord {version('onrecord')}")
        raise typer.Exit


def say(message: str) -> None:
    """Say something on standard error."""
    notes.print(message, style="yellow", markup=False)


def console(out: TextIO) -> Console:
    """A console on a stream, wide enough for the tables where the stream is no terminal."""
    made = Console(file=out, highlight=False)
    return made if made.width >= NARROWEST or made.is_terminal else Console(file=out, highlight=False, width=NARROWEST)


def opened(path: Path) -> TextIO:
    """A file to write to; what keeps it from being written is said of ``--output``."""
    try:
        return path.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise typer.BadParameter(f"can't write {path}: {error.strerror}", param_hint="--output") from error
