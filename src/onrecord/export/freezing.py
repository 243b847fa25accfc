"""Replication packages: what a record holds as tables without the articles' words, and the words put back from the articles.

A package has a Parquet file for each table, counts of articles by outlet and day, a codebook and a manifest with hashes and
versions. Every finding keeps its offsets and its article's address and SHA-256, so that who has the articles can put the words
back (:func:`hydrate`) and check them.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import polars
from sqlalchemy import Boolean, Connection, Date, Float, Integer, LargeBinary, Table, func, select

from onrecord.ontology import ACTS, CONTEXTS, EVENT_TYPES, SECTORS
from onrecord.records import Article
from onrecord.store import Record
from onrecord.store.query.wanted import standing
from onrecord.store.schema import articles, metadata

MANIFEST = "manifest.json"
CODEBOOK = "codebook.md"
OUTLET_DAYS = "outlet_days.csv"
GEONAMES = "Contains GeoNames data (geonames.org), CC BY 4.0, modified."
OWN = frozenset(("counters", "skips", "forgotten", "blocking_keys", "link_notes"))
"""Tables that a record needs for itself."""
WORDS = frozenset({
    "articles.text", "articles.title", "articles.byline", "events.title", "events.disagreements", "origins.title", "stories.title", "codings.body",
    "reviews.says", "reviews.note",
    "attributions.source", "attributions.cue", "attributions.content", "positions.addressee", "article_actors.affiliation", "places.as_written",
})  # fmt: skip
"""Columns that hold an article's words, beside those with offsets of their own."""
PORTION = 50_000


class PackageError(ValueError):
    """A package can't be written or read; the message says why."""


def freeze(record: Record, folder: Path) -> dict[str, Any]:
    """Write a replication package of what is current in a record.

    Args:
        record: the record.
        folder: where to write; made if there is none.

    Returns:
        The manifest.

    Raises:
        PackageError: the folder holds something already.
    """
    if folder.exists() and any(folder.iterdir()):
        raise PackageError(f"{folder} is not empty: give a new folder")
    folder.mkdir(parents=True, exist_ok=True)
    rows: dict[str, int] = {}
    with record.engine.connect() as connection, connection.begin():
        ids: dict[int, str] = {r.key: r.id for r in connection.execute(select(articles.c.key, articles.c.id))}
        for table in metadata.sorted_tables:
            if table.name not in OWN:
                frame = _frame(connection, table, ids)
                frame.write_parquet(folder / f"{table.name}.parquet")
                rows[f"{table.name}.parquet"] = frame.height
        days = _outlet_days(connection)
        days.write_csv(folder / OUTLET_DAYS)
        rows[OUTLET_DAYS] = days.height
        runs = [dict(r) for r in connection.execute(select(metadata.tables["runs"])).mappings()]
    (folder / CODEBOOK).write_text(_codebook(), encoding="utf-8")
    manifest = {
        "made_by": f"onrecord {version('onrecord')}",
        "made_at": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "runs": [{k: r[k] for k in ("id", "coder", "version", "model", "codebooks", "operating_point")} for r in runs],
        "notice": GEONAMES,
        "files": {path.name: {"sha256": _hash(path), **({"rows": rows[path.name]} if path.name in rows else {})} for path in sorted(folder.iterdir())},
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return manifest


def check(folder: Path) -> dict[str, Any]:
    """The manifest of a package, whose files are what it says they are.

    Raises:
        PackageError: it is no package, or a file of it is missing or another.
    """
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        files: Mapping[str, Mapping[str, Any]] = manifest["files"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PackageError(f"{folder} is no replication package: {MANIFEST} can't be read ({error})") from error
    for name, known in files.items():
        path = folder / name
        if not path.is_file():
            raise PackageError(f"{path} is missing")
        if _hash(path) != known["sha256"]:
            raise PackageError(f"{path} is not what it was when the package was made (SHA-256 differs)")
    return manifest


def hydrate(folder: Path, found: Iterable[Article], out: Path) -> tuple[int, int]:
    """Put the words back: the tables of a package with the text of every span in the articles given.

    Args:
        folder: the package.
        found: articles; one counts where its text is, by its hash, the one that was coded.
        out: where to write the tables.

    Returns:
        How many of the package's articles were there, and how many it has.

    Raises:
        PackageError: it is no package, or was changed.
    """
    files = check(folder)["files"]
    known = polars.read_parquet(folder / "articles.parquet")
    wanted = dict(zip(known["text_sha256"], known["id"], strict=True))
    texts = {wanted[a.text_sha256]: a.text for a in found if a.text_sha256 in wanted}
    out.mkdir(parents=True, exist_ok=True)
    frames = {name: polars.read_parquet(folder / name) for name in files if name.endswith(".parquet")}
    owners = {name: dict(zip(f["key"], f["article"], strict=True)) for name, f in frames.items() if {"key", "article"} <= set(f.columns)}
    for name, frame in frames.items():
        _with_words(frame, name, owners, texts).write_parquet(out / name)
    return len(set(texts)), known.height


def _with_words(frame: polars.DataFrame, name: str, owners: Mapping[str, Mapping[int, str]], texts: Mapping[str, str]) -> polars.DataFrame:
    """A table with the words of each of its spans."""
    spans = [c.removesuffix("_start") for c in frame.columns if c.endswith("_start") and f"{c.removesuffix('_start')}_end" in frame.columns]
    if not spans:
        return frame
    of = frame["article"].to_list() if "article" in frame.columns else [_owner(owners, name, key) for key in frame["finding"]]
    words = {}
    for span in spans:
        starts, ends = frame[f"{span}_start"], frame[f"{span}_end"]
        words[span] = [texts[a][s:e] if a in texts and s is not None and e is not None else None for a, s, e in zip(of, starts, ends, strict=True)]
    return frame.with_columns(polars.Series(span, values, dtype=polars.String) for span, values in words.items())


OWNERS = {
    "actor_mentions.parquet": "article_actors.parquet",
    "attribution_spans.parquet": "attributions.parquet",
    "participants.parquet": "event_mentions.parquet",
    "magnitudes.parquet": "event_mentions.parquet",
}


def _owner(owners: Mapping[str, Mapping[int, str]], name: str, finding: int) -> str | None:
    return owners[OWNERS[name]].get(finding)


def _frame(connection: Connection, table: Table, ids: Mapping[int, str]) -> polars.DataFrame:
    """A table's current rows without words; articles by their ids."""
    kept = [c for c in table.columns if not _is_words(table, c.name) and not (c.name == "key" and table is articles)]
    query = select(*kept, *([articles.c.key] if table is articles else []))
    if "current" in table.c:
        query = query.where(*(standing(table) if "review" in table.c else [table.c.current]))
    schema = {c.name: polars.String if c.name == "article" else _type(c.type) for c in kept}
    frames = []
    for rows in connection.execute(query).mappings().partitions(PORTION):
        made = [{name: _cell(row[name], name, ids) for name in schema} for row in rows]
        frames.append(polars.DataFrame(made, schema=schema, orient="row"))
    frame = polars.concat(frames) if frames else polars.DataFrame(schema=schema)
    return frame.sort([c.name for c in table.primary_key.columns if c.name in frame.columns] or ["id"])


def _is_words(table: Table, column: str) -> bool:
    return f"{table.name}.{column}" in WORDS or f"{column}_start" in table.c


def _type(kind: Any) -> Any:
    for known, made in ((Boolean, polars.Boolean), (Integer, polars.Int64), (Float, polars.Float64), (Date, polars.Date), (LargeBinary, polars.Binary)):
        if isinstance(kind, known):
            return made
    return polars.String


def _cell(value: Any, column: str, ids: Mapping[int, str]) -> Any:
    if column == "article" and isinstance(value, int):
        return ids[value]
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


def _outlet_days(connection: Connection) -> polars.DataFrame:
    """How many articles and independent texts each outlet has of each day: the denominators."""
    columns = (articles.c.publisher, articles.c.published_from)
    origins = func.count(func.distinct(func.coalesce(articles.c.origin_id, articles.c.id)))
    query = select(*columns, func.count(), origins).where(articles.c.current).group_by(*columns).order_by(*columns)
    schema = {"publisher": polars.String, "day": polars.Date, "articles": polars.Int64, "origins": polars.Int64}
    return polars.DataFrame([tuple(r) for r in connection.execute(query)], schema=schema, orient="row")


def _codebook() -> str:
    """What the codes and columns mean."""
    lines = ["# Codebook", "", f"Made by onrecord {version('onrecord')}. {GEONAMES}", ""]
    lines += ["Offsets (`…_start`, `…_end`) are 0-based code points into the text of the article, end exclusive.", "", "## Event types", ""]
    lines += ["| type | modes | quad | score | what it is |", "|---|---|---|---|---|"]
    lines += [f"| {t.name} | {', '.join(t.modes)} | {t.quad or ''} | {'' if t.score is None else t.score} | {t.definition} |" for t in EVENT_TYPES.values()]
    lines += ["", "## Position acts", "", "| act | stance |", "|---|---|", *(f"| {a.name} | {a.stance or 'by what is asked'} |" for a in ACTS.values())]
    lines += ["", "## Sectors", "", "| code | who |", "|---|---|", *(f"| {code} | {what} |" for code, what in SECTORS.items())]
    lines += ["", "## Contexts", "", "| context | what |", "|---|---|", *(f"| {name} | {what} |" for name, what in CONTEXTS.items())]
    lines += ["", "## Tables", ""]
    for table in metadata.sorted_tables:
        if table.name not in OWN:
            lines.append(f"- `{table.name}.parquet`: {', '.join(f'`{c.name}`' for c in table.columns if not _is_words(table, c.name))}")
    return "\n".join(lines) + "\n"


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
