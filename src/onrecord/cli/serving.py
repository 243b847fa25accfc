"""``onrecord serve``: the web explorer on a record."""

from __future__ import annotations

import ipaddress
import secrets
import socket
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli import coders, logs
from onrecord.cli.app import USED_WRONGLY, app, notes, say
from onrecord.cli.opening import record
from onrecord.workers import Coder

PORT = 8765
Given = Annotated[str, typer.Argument(help="The record: a file, or postgresql://user@host/database.", metavar="RECORD")]


@app.command()
def serve(
    db: Given,
    *,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 for any that is free.")] = PORT,
    host: Annotated[str, typer.Option(help="The address to listen at; any but this machine's own needs the token to read, too.")] = "127.0.0.1",
    host_name: Annotated[list[str] | None, typer.Option(help="A name by which the explorer is reached besides its address; may be repeated.")] = None,
    write: Annotated[bool, typer.Option("--write", help="Let visitors who have the token add articles and review findings.")] = False,
    token: Annotated[str | None, typer.Option(envvar="ONRECORD_TOKEN", help="The token; one is made up and said where one is needed.")] = None,
    model: coders.Model = "small",
    codebook: coders.Books = None,
    actors: coders.ActorTables = None,
    log: logs.Log = None,
) -> None:
    """Open a web explorer on a record, to be looked at with a browser; Ctrl-C ends it."""
    import uvicorn  # noqa: PLC0415  # takes a while to load, and no other command needs it

    from onrecord.explore import Settings, make_app  # noqa: PLC0415
    from onrecord.explore.listening import config  # noqa: PLC0415

    logs.set_up(log)

    alone = _loopback(host)
    needed = write or not alone
    given = token or (secrets.token_urlsafe(16) if needed else None)
    make = partial(_made, log, model, codebook or (), actors or ())
    with record(db) as shown:
        listening = listening_at(host, port)
        at = listening.getsockname()[1]
        names = (*(("127.0.0.1", "localhost", "[::1]") if alone else (host,)), *(host_name or ()))
        settings = Settings(token=given, write=write, open_reading=alone, hosts=("*",) if host in ("0.0.0.0", "::") and not host_name else names, coder=make)
        notes.print(f"http://{'127.0.0.1' if alone else host}:{at}/", markup=False)
        if needed and not token:
            notes.print(f"the token to {'write' if alone else 'read and write' if write else 'read'}: {given}", markup=False)
        told = {"log_config": None} if log else {}
        uvicorn.Server(config(make_app(shown, settings), **told)).run(sockets=[listening])


def _made(log: logs.Form | None, model: str, books: Sequence[Path], tables: Sequence[Path]) -> Coder:
    """A coder in the process that adds, which logs as this one does."""
    logs.set_up(log)
    return coders.made(model, "broad", 0.0, books, tables)


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def listening_at(host: str, port: int) -> socket.socket:
    """A socket that listens there."""
    try:
        made = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else each answer may wait 40 ms for the visitor's machine to say that its head came
        return made
    except OSError as error:
        say(f"can't listen at {host}:{port}: {error.strerror}; choose another with --port")
        raise typer.Exit(USED_WRONGLY) from error
