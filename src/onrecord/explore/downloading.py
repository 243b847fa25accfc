"""Whole lists and exports to take away, made piece by piece so that a large record needs no more memory than a small one."""

from __future__ import annotations

import contextlib
import csv
import io
import itertools
import json
import tempfile
import threading
import weakref
import zipfile
from collections.abc import Callable, Iterator, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import IO, Any

import polars
from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.responses import Response, StreamingResponse

from onrecord.annotate import brat
from onrecord.explore.longer import Longer
from onrecord.export import from_record
from onrecord.export.formats import TABLES, geojson, parquet, webannotation
from onrecord.export.formats import write as write_table
from onrecord.export.selecting import Selection
from onrecord.export.write import GEONAMES
from onrecord.store import Record, Table

ROWS = 500
"""Rows that are asked for at once."""
PIECE = 1 << 18
AT_ONCE = 2
"""Exports that are made at one time: each keeps a processor busy."""
LISTS = ("events", "positions", "quotes", "actors", "articles")
FORMS = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson", "json": "application/json", "parquet": "application/vnd.apache.parquet"}
"""The forms of a list, with their media types."""
EXPORTS = {
    **{name: ("tsv" if table.delimiter == "\t" else "csv", FORMS["csv"]) for name, table in TABLES.items()},
    "geojson": ("geojson", "application/geo+json"),
    "web-annotation": ("jsonld", "application/ld+json"),
    "parquet": ("zip", "application/zip"),
    "brat": ("zip", "application/zip"),
}
"""The formats of others' tools, with the ending of the file and its media type."""
WHOLE = ("web-annotation", "parquet", "brat")
"""Formats of everything that was found, which no filter narrows."""

_making = threading.BoundedSemaphore(AT_ONCE)


def whole_list(request: Request, record: Record, what: str, form: str, wanted: Mapping[str, Any]) -> Response:
    """All rows of a list, as long as it may be.

    Args:
        request: what is answered; to HEAD only what is said of the file is given.
        record: the record.
        what: one of LISTS.
        form: one of FORMS.
        wanted: the filters, as a query of the store takes them.
    """
    pages = _pages(getattr(record, what), wanted)
    first = next(pages)  # what is wrong with what is asked for is told before anything is sent
    pages = itertools.chain([first], pages)
    return _file(request, _FORMS[form](pages), f"{what}.{form}", FORMS[form])


def export(request: Request, record: Record, format: str, wanted: Selection) -> Response:
    """An export of the record in a format of others' tools.

    Raises:
        HTTPException: as many are being made as may.
    """
    ending, media_type = EXPORTS[format]
    return _file(request, _made(record, format, wanted), f"onrecord-{format}.{ending}", media_type, alone=True)


def _file(request: Request, pieces: Iterator[bytes], name: str, media_type: str, *, alone: bool = False) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    if getattr(request.state, "head", False):
        return Response(media_type=media_type, headers=headers)
    if alone and not _making.acquire(blocking=False):
        raise HTTPException(HTTPStatus.SERVICE_UNAVAILABLE, "other exports are being made: ask again in a while", headers={"retry-after": "30"})
    threads: Longer = request.app.state.longer
    return StreamingResponse(threads.pieces(_Alone(pieces) if alone else pieces), media_type=media_type, headers=headers)


class _Alone(Iterator[bytes]):
    """The pieces of an export, whose place among those being made is free again once it is closed or dropped, begun or not.

    A visitor can be gone before the first piece is asked for, and a generator that was never begun runs no ``finally``.
    """

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._release = weakref.finalize(self, _making.release)

    def __next__(self) -> bytes:
        return next(self._pieces)

    def close(self) -> None:
        if (close := getattr(self._pieces, "close", None)) is not None:
            close()
        self._release()


def _pages(ask: Callable[..., Table], wanted: Mapping[str, Any]) -> Iterator[Table]:
    after: str | None = None
    while True:
        table = ask(**{**wanted, "limit": ROWS, "after": after})
        yield table
        after = table.next
        if after is None:
            return


def _csv(pages: Iterator[Table]) -> Iterator[bytes]:
    for n, table in enumerate(pages):
        flat, text = table.flat(), io.StringIO()
        writer = csv.DictWriter(text, flat.columns, lineterminator="\n")
        if n == 0:
            writer.writeheader()
        writer.writerows(flat)
        yield _bytes(text.getvalue())


def _jsonl(pages: Iterator[Table]) -> Iterator[bytes]:
    for table in pages:
        yield b"".join(_bytes(_json(row)) + b"\n" for row in table)


def _array(pages: Iterator[Table]) -> Iterator[bytes]:
    between = b"[\n"
    for table in pages:
        for row in table:
            yield between + _bytes(_json(row))
            between = b",\n"
    yield b"[]\n" if between == b"[\n" else b"\n]\n"


def _parquet(pages: Iterator[Table]) -> Iterator[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        parts = []
        for n, table in enumerate(pages):
            parts.append(Path(folder) / f"{n:06}.parquet")
            table.to_polars().write_parquet(parts[-1])
        frame, out = polars.scan_parquet(parts), Path(folder) / "all"
        frame.sink_parquet(out, metadata={"attribution": GEONAMES} if "place" in frame.collect_schema() else None)
        yield from _read(out)


_FORMS: dict[str, Callable[[Iterator[Table]], Iterator[bytes]]] = {"csv": _csv, "jsonl": _jsonl, "json": _array, "parquet": _parquet}


def _made(record: Record, format: str, wanted: Selection) -> Iterator[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        if format in ("brat", "parquet"):
            inside = Path(folder) / format
            if format == "brat":
                brat.write(from_record.reports_of(record), inside)
            else:
                parquet.write(from_record.reports_of(record), inside, linked=from_record.from_record(record))
            _zip(inside, out)
        else:
            with out.open("w", encoding="utf-8", errors="replace", newline="") as file:
                _write(record, format, wanted, file)
        yield from _read(out)


def _write(record: Record, format: str, wanted: Selection, file: IO[str]) -> None:
    if format == "web-annotation":
        webannotation.write(from_record.reports_of(record), file)
        return
    events = wanted.of(from_record.from_record(record))
    if format == "geojson":
        geojson.write(events, file)
    else:
        write_table(TABLES[format], events, file)


def _zip(inside: Path, out: Path) -> None:
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(p for p in inside.rglob("*") if p.is_file()):
            archive.write(path, Path(inside.name) / path.relative_to(inside))


def _read(path: Path) -> Iterator[bytes]:
    with contextlib.closing(path.open("rb")) as file:
        while piece := file.read(PIECE):
            yield piece


def _json(row: Mapping[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False, default=str)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")
