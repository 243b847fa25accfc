"""An output read back: its articles, and a coder that repeats what was found in them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from typing import Any

import polars

from onrecord.read import Skip, SkipReason
from onrecord.records import Article, Report
from onrecord.scale.errors import ScaleError
from onrecord.scale.parts import REPORTS, SKIPS, report_of
from onrecord.scale.settings import made, settings
from onrecord.scale.shards import manifests
from onrecord.scale.storage import Folder

AHEAD = 512
"""Reports that are remembered between giving an article and being asked for its report: a record must be added to in smaller batches."""
ROWS = 200


class Saved:
    """What :func:`onrecord.scale.scale` wrote: documents, and a coder that has coded them already.

    ``record.add(saved.documents(), saved)`` adds them as if they were coded then.

    Args:
        output: the folder.

    Raises:
        ScaleError: it is no output, or has no texts.
    """

    def __init__(self, output: str) -> None:
        self._folder = Folder(output)
        by = made(self._folder)
        self._name, self.point = by.coder, by.operating_point
        if not settings(self._folder).with_text:
            raise ScaleError(f"{self._folder.address} was made without the articles' texts, which a record needs: make it anew with them")
        self._shards = manifests(self._folder)
        self._reports: OrderedDict[Article, Report] = OrderedDict()

    @property
    def name(self) -> str:
        """What made the reports."""
        return self._name

    @property
    def articles(self) -> int:
        """How many reports there are."""
        return sum(shard.articles for shard in self._shards)

    def documents(self) -> Iterator[Article | Skip]:
        """The articles, a year after the other, and the skips."""
        names = [name for shard in self._shards for name in shard.outputs]
        for name in sorted(n for n in names if n.startswith(f"{REPORTS}/")):
            for row in self._rows(name, ("report", "text")):
                report = report_of(row["report"], row["text"])
                self._reports[report.article] = report
                while len(self._reports) > AHEAD:
                    self._reports.popitem(last=False)
                yield report.article
        for name in sorted(n for n in names if n.startswith(f"{SKIPS}/")):
            for row in self._rows(name, ("file", "record", "reason", "message", "count")):
                yield Skip(path=row["file"], record=row["record"], reason=SkipReason(row["reason"]), message=row["message"], count=row["count"])

    def pipe(self, articles: Iterable[Article], *, batch_size: int = 16) -> Iterator[Report]:  # noqa: ARG002  # as all coders take it
        """What was found in articles that :meth:`documents` has given last."""
        for article in articles:
            yield self._reports[article]

    def _rows(self, name: str, columns: tuple[str, ...]) -> Iterator[dict[str, Any]]:
        frame = polars.read_parquet(self._folder.read(name), columns=list(columns))
        for part in frame.iter_slices(ROWS):
            yield from part.iter_rows(named=True)
