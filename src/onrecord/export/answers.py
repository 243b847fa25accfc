"""What a record answers, to a stream in one of the formats, or as a table to read."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from typing import IO, Any, Literal

import polars
from rich.table import Table as Shown

from onrecord.export.write import GEONAMES
from onrecord.store import Table

What = Literal["events", "positions", "quotes", "statements", "actors", "articles"]
Row = dict[str, Any]
COLUMNS: dict[What, tuple[tuple[str, int], ...]] = {
    "events": (("id", 0), ("when", 0), ("where", 3), ("type", 3), ("what", 7), ("reported", 4), ("positions", 3)),
    "positions": (("id", 0), ("said", 0), ("who", 4), ("stand", 3), ("on what", 6), ("in whose words", 3), ("source", 3)),
    "quotes": (("id", 0), ("published", 0), ("who", 4), ("how", 3), ("what", 9), ("source", 3)),
    "statements": (("id", 0), ("date", 0), ("who", 4), ("what", 9), ("reported", 4)),
    "actors": (("id", 4), ("name", 5), ("kind", 2), ("articles", 0), ("events", 0), ("positions", 0), ("quotes", 0)),
    "articles": (("id", 4), ("published", 0), ("title", 8), ("publisher", 3), ("events", 0), ("positions", 0), ("quotes", 0)),
}
"""The columns of each table with their shares of the width; those with none are as wide as what stands in them."""
COUNTS = ("articles", "events", "positions", "quotes")
LONGEST = 160


def write_rows(tables: Iterable[Table], out: IO[str]) -> int:
    """One row a line, as JSON; returns how many."""
    count = 0
    for table in tables:
        for row in table:
            out.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")
            count += 1
        out.flush()
    return count


def write_flat(tables: Iterable[Table], out: IO[str]) -> int:
    """One row a line, as CSV with a header; returns how many."""
    writer: csv.DictWriter[str] | None = None
    count = 0
    for table in tables:
        flat = table.flat()
        if writer is None:
            writer = csv.DictWriter(out, flat.columns, lineterminator="\n")
            writer.writeheader()
        writer.writerows(flat)
        count += len(flat)
    return count


def write_columns(tables: Iterable[Table], out: IO[bytes]) -> int:
    """The rows as Parquet, structures and lists kept; returns how many."""
    frame = polars.concat([table.to_polars() for table in tables])
    frame.write_parquet(out, metadata={"attribution": GEONAMES} if "place" in frame.columns else None)
    return frame.height


def shown(table: Table, what: What) -> Shown:
    """The rows as a table to read in a terminal."""
    out = Shown(box=None, pad_edge=False, padding=(0, 2, 0, 0), expand=True)
    for name, ratio in COLUMNS[what]:
        side: Literal["left", "right"] = "right" if name in COUNTS and not ratio else "left"
        out.add_column(name, ratio=ratio or None, no_wrap=not ratio, overflow="fold", header_style="dim", justify=side)
    for row in table:
        out.add_row(*(_escaped(cell) for cell in _CELLS[what](row)))
    return out


def _escaped(cell: Any) -> str:
    text = "" if cell is None else str(cell)
    return (text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " …").replace("[", r"\[")


def _event(row: Row) -> Iterator[Any]:
    date, place = row["date"] or {}, row["place"] or {}
    yield row["id"]
    yield date.get("value")
    yield place.get("name")
    yield row["type"]
    yield row["title"]
    outlets = sorted({p for o in row["origins"] for p in o["publishers"]})
    yield f"{row['status']}: {', '.join(outlets)}" if outlets else row["status"]
    yield _stances(row["positions"])


def _stances(positions: Iterable[Row]) -> str:
    counts: dict[str, int] = {}
    for p in positions:
        counts[p["stance"]] = counts.get(p["stance"], 0) + 1
    return ", ".join(f"{n} {stance}" for stance, n in sorted(counts.items(), key=lambda x: -x[1]))


def _position(row: Row) -> Iterator[Any]:
    yield row["id"]
    yield row["said"]["value"]
    yield row["holder"]["name"]
    more = [*([] if row["status"] == "taken" else [row["status"]]), *([row["review"]] if row["review"] else [])]
    act = row["act"].replace("_", " ")
    yield f"{act} ({', '.join(more)})" if more else act
    yield row["object"]["text"]
    yield row["said_by"] or "the article"
    yield _source(row)


def _quote(row: Row) -> Iterator[Any]:
    yield row["id"]
    yield row["published"]
    yield row["speaker"]["name"]
    yield row["cue"]
    yield row["content"]["text"]
    yield _source(row)


def _statement(row: Row) -> Iterator[Any]:
    yield row["id"]
    yield row["date"]
    yield "; ".join(s["name"] for s in row["signatories"]) or row["speaker"]
    yield row["text"]
    yield f"{len(row['articles'])} article(s), {row['origins']} origin(s): {', '.join(row['publishers'])}"


def _source(row: Row) -> str:
    source = str(row["publisher"] or row["article"])
    return f"{source} ({row['retracted']})" if row["retracted"] else source


def _actor(row: Row) -> Iterator[Any]:
    return (row[name] for name in ("id", "name", "kind", "articles", "events", "positions", "quotes"))


def _article(row: Row) -> Iterator[Any]:
    return (row[name] for name in ("id", "published", "title", "publisher", "events", "positions", "quotes"))


_CELLS = {"events": _event, "positions": _position, "quotes": _quote, "statements": _statement, "actors": _actor, "articles": _article}
