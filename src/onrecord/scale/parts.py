"""What a worker makes of a chunk: a part, from which the output is put together once all parts of a shard are there."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping

import msgspec
import polars

from onrecord.records import Article, Report
from onrecord.scale.chunks import Item
from onrecord.scale.storage import Folder

PARTS = "_parts"
REPORTS = "reports"
SKIPS = "skips"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """How findings become tables.

    Attributes:
        frames: the tables of some reports by their names; each has a column ``published``.
        notes: what stands in the metadata of a table's files.
    """

    frames: Callable[[list[Report]], Mapping[str, polars.DataFrame]]
    notes: Mapping[str, Mapping[str, str]] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What came of a chunk.

    Attributes:
        coder: who made the reports.
        articles: how many reports there are.
        skipped: how many documents gave none.
        left_out: how many documents were not asked for.
        characters: of the articles that were coded.
        bodies: the tables by their names, in Arrow's format; those without a row are left out.
    """

    coder: str
    articles: int
    skipped: int
    left_out: int
    characters: int
    bodies: dict[str, bytes]


REPORT_COLUMNS: dict[str, type[polars.DataType]] = {
    "article_id": polars.String,
    "published": polars.String,
    "publisher": polars.String,
    "url": polars.String,
    "title": polars.String,
    "language": polars.String,
    "text_sha256": polars.String,
    "file": polars.String,
    "record": polars.Int64,
    "coder": polars.String,
    "report": polars.String,
    "text": polars.String,
}
SKIP_COLUMNS: dict[str, type[polars.DataType]] = {
    "file": polars.String,
    "record": polars.Int64,
    "reason": polars.String,
    "count": polars.Int64,
    "message": polars.String,
}


def part(coder: str, coded: list[tuple[Item, Report]], failed: list[Item], tables: Tables, *, left_out: int, with_text: bool) -> Part:
    """A part.

    Args:
        coder: who made the reports.
        coded: the articles that were coded, and what is on record in each.
        failed: the documents that gave nothing.
        tables: how findings become tables.
        left_out: how many documents were not asked for.
        with_text: whether to keep the articles' texts.
    """
    reports = [report for _, report in coded]
    frames = {
        **tables.frames(reports),
        REPORTS: polars.DataFrame([_report_row(item, report, with_text=with_text) for item, report in coded], schema=REPORT_COLUMNS),
        SKIPS: polars.DataFrame([_skip_row(item) for item in failed], schema=SKIP_COLUMNS),
    }
    return Part(
        coder=coder,
        articles=len(coded),
        skipped=sum(item.skip.count for item in failed if item.skip),
        left_out=left_out,
        characters=sum(len(r.article.text) for r in reports),
        bodies={name: frame.write_ipc(None, compression="zstd").getvalue() for name, frame in frames.items() if frame.height},
    )


def _report_row(item: Item, report: Report, *, with_text: bool) -> dict[str, object]:
    article = report.article
    known = {name: getattr(article, name) for name in ("published", "publisher", "url", "title", "language", "text_sha256")}
    text = {"text": article.text if with_text else None}
    return {"article_id": article.id, **known, "file": item.file, "record": item.record, "coder": report.coder, "report": _json(report), **text}


def _json(report: Report) -> str:
    """A report as JSON without its article's text: all of it, so that the very same report is had back."""
    body = msgspec.to_builtins(report)
    del body["article"]["text"]
    return msgspec.json.encode(body).decode()


def report_of(body: str, text: str) -> Report:
    """The report that a row of the reports has; every span is checked against the text."""
    read = msgspec.json.decode(body)
    return msgspec.convert({**read, "article": {**read["article"], "text": text}}, Report)


def article_of(body: str, text: str) -> Article:
    """The article of that report."""
    return msgspec.convert({**msgspec.json.decode(body)["article"], "text": text}, Article)


def _skip_row(item: Item) -> dict[str, object]:
    assert item.skip is not None
    return {"file": item.file, "record": item.record, "reason": str(item.skip.reason), "count": item.skip.count, "message": item.skip.message}


def name_of(version: str, number: int) -> str:
    """The name of a shard's part."""
    return f"{PARTS}/{version}/{number:06}"


def written(folder: Folder, version: str) -> list[int]:
    """The numbers of the parts of a shard that are there."""
    return [int(name.rpartition("/")[2]) for name in folder.names(f"{PARTS}/{version}")]


def save(folder: Folder, version: str, number: int, done: Part) -> None:
    """Write a part."""
    folder.write(name_of(version, number), msgspec.msgpack.encode(done))


def load(folder: Folder, version: str, number: int) -> Part:
    """A part that was written."""
    return msgspec.msgpack.decode(folder.read(name_of(version, number)), type=Part)
