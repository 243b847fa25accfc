"""The parts of a shard into its output: a table's rows of one year are one file, or few, as Parquet."""

from __future__ import annotations

import io
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

import polars

from onrecord.scale import parts
from onrecord.scale.settings import Partition
from onrecord.scale.shards import Manifest, Shard, manifest, manifest_name
from onrecord.scale.storage import Folder

UNKNOWN = "__HIVE_DEFAULT_PARTITION__"
"""The folder of rows whose article has no year, as DuckDB, Polars and Spark write and read it: null."""
AT_ONCE = 128 * 2**20
"""Bytes that are held before they are written."""

Held = dict[tuple[str, str], list[polars.DataFrame]]


def finish(folder: Folder, shard: Shard, total: int, partition: Partition, notes: Mapping[str, Mapping[str, str]]) -> Manifest:
    """Write the output of a shard from its parts, then its manifest, then remove the parts; doing it twice changes nothing.

    Args:
        folder: the output.
        shard: the shard.
        total: how many parts it has.
        partition: what the folders are.
        notes: what stands in the metadata of a table's files.
    """
    if folder.has(noted := manifest_name(shard.id)):  # done by a process that was killed before it could say so
        return manifest(folder, noted)
    outputs: list[str] = []
    rows: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    coder = parts.load(folder, shard.version, 0).coder if total else ""
    for bunch, held in enumerate(_held(folder, shard, total, partition, counts)):
        for (table, place), frames in sorted(held.items()):
            name = f"{table}/{place}{shard.id}{f'-{bunch}' if bunch else ''}.parquet"
            frame = polars.concat(frames)
            out = io.BytesIO()
            frame.write_parquet(out, compression="zstd", metadata=dict(notes[table]) if table in notes else None)
            folder.write(name, out.getvalue())
            outputs.append(name)
            rows[table] += frame.height
    made = Manifest(
        shard=shard.id,
        files=shard.files,
        outputs=tuple(outputs),
        coder=coder,
        articles=counts["articles"],
        skipped=counts["skipped"],
        left_out=counts["left_out"],
        rows={table: rows[table] for table in sorted(rows)},
    )
    made.write(folder)
    folder.clear(f"{parts.PARTS}/{shard.version}")
    return made


def _held(folder: Folder, shard: Shard, total: int, partition: Partition, counts: Counter[str]) -> Iterator[Held]:
    """The rows of the parts by table and place, as many at a time as fit into memory."""
    held: Held = defaultdict(list)
    size = 0
    for number in range(total):
        part = parts.load(folder, shard.version, number)
        counts.update(articles=part.articles, skipped=part.skipped, left_out=part.left_out)
        for table, body in part.bodies.items():
            frame = polars.read_ipc(body)
            size += int(frame.estimated_size())
            for place, rows in _placed(frame, table, partition):
                held[table, place].append(rows)
        if size >= AT_ONCE:
            yield held
            held, size = defaultdict(list), 0
    if held:
        yield held


def _placed(frame: polars.DataFrame, table: str, partition: Partition) -> Iterator[tuple[str, polars.DataFrame]]:
    """Rows by the folder below their table's that they belong to."""
    if partition == "shard" or table == parts.SKIPS:
        yield "", frame
        return
    year = polars.col("published").str.extract(r"^(\d{4})", 1).fill_null(UNKNOWN)
    for (name,), rows in frame.group_by(year.alias("year"), maintain_order=True):
        yield f"year={name}/", rows.drop("year", strict=False)
