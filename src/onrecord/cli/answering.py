"""``onrecord mcp``: answers to programs that ask by the Model Context Protocol."""

from __future__ import annotations

from typing import Annotated

import typer

from onrecord.cli.app import app, notes
from onrecord.cli.opening import record
from onrecord.cli.serving import listening_at

HERE = "127.0.0.1"
PORT = 8766


@app.command("mcp")
def answer(
    db: Annotated[str, typer.Argument(help="The record: a file, or postgresql://user@host/database.", metavar="RECORD")],
    *,
    http: Annotated[bool, typer.Option("--http", help="Answer by HTTP, on this machine alone, for several programs at once.")] = False,
    port: Annotated[int, typer.Option(min=0, max=65535, help="With --http: the port; 0 for any that is free.")] = PORT,
) -> None:
    """Answer programs that ask by the Model Context Protocol: what is on record, with quotations and sources; it only reads."""
    with record(db, read_only=True) as asked:
        from onrecord.mcp import make_server  # noqa: PLC0415  # takes a while to load, and no other command needs it

        server = make_server(asked)
        if not http:
            server.run("stdio")
            return
        import uvicorn  # noqa: PLC0415  # likewise

        listening = listening_at(HERE, port)
        notes.print(f"http://{HERE}:{listening.getsockname()[1]}/mcp", markup=False)
        uvicorn.Server(uvicorn.Config(server.streamable_http_app(host=HERE), log_level="warning")).run(sockets=[listening])
