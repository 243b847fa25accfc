"""Fetching as the options of a command ask for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated
from urllib.parse import urlsplit

import typer

from onrecord.cli.app import say
from onrecord.read import ReadOptions, Skip, published_date
from onrecord.read.addresses import is_address
from onrecord.read.fetching import Fetcher, Limits, allowing
from onrecord.records import Article
from onrecord.watch import documents

Private = Annotated[
    list[str] | None, typer.Option("--allow-private", help="Also ask addresses of this network (192.168.1.0/24; `any` for all); may be repeated.")
]


def fetcher(private: Sequence[str], named: Iterable[str], *, size: int | None = None) -> Fetcher:
    """What fetches: public addresses alone, and those of networks that are named; at the ports of the web, and those that are written in addresses.

    Args:
        private: networks that may be asked.
        named: addresses that the user wrote.
        size: the most bytes of a document.
    """
    try:
        allowed = allowing(private)
    except ValueError as error:
        raise typer.BadParameter(f"{error}: write a network as 192.168.1.0/24, or any", param_hint="--allow-private") from error
    limits = Limits(size=size) if size else Limits()
    ports: list[int] = []
    for address in named:
        try:
            ports += [port] if (port := urlsplit(address).port) else []
        except ValueError as error:
            raise typer.BadParameter(f"{address}: {error}") from error
    return Fetcher(Limits(size=limits.size, ports=tuple(dict.fromkeys((*limits.ports, *ports)))), allowed=allowed)


def pages(paths: Sequence[str], options: ReadOptions, private: Sequence[str]) -> Iterator[Article | Skip]:
    """The articles at those of some paths that are addresses."""
    given = [path for path in paths if is_address(path)]
    if options.published and published_date(options.published, day_first=options.day_first) is None:
        raise typer.BadParameter(f"published {options.published!r} is not a whole date that reads in one way: write it as YYYY-MM-DD")
    return documents(given, options, fetcher(private, given), on_note=lambda note: say(note.message))
