"""A record: articles, what is on record in them, and what they have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, func, select

from onrecord.read import Skip
from onrecord.records import Article
from onrecord.store import faults, forgetting, reviewing
from onrecord.store.clock import tick
from onrecord.store.errors import DamagedRecordError
from onrecord.store.linking import Linker, Links
from onrecord.store.opening import address, opened, writing
from onrecord.store.readable import ReadableRecord
from onrecord.store.schema import articles
from onrecord.store.watching import Watched
from onrecord.store.writing import BATCH, Tally, add
from onrecord.workers import Coder

LOOKED_THROUGH = 500_000_000
"""Bytes of a file that is looked through for damage before it is added to, which takes about a second for so many; of a larger one `onrecord check` does it."""


class Record(ReadableRecord):
    """An open record. Close it, or use it in a ``with`` statement.

    Args:
        engine: its connections; :func:`open_record` makes them.
    """

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self._looked = False

    def add(
        self,
        documents: Iterable[Article | Skip],
        coder: Coder,
        *,
        linker: Linker | None = None,
        batch: int = BATCH,
        on_skip: Callable[[Skip], None] = lambda _: None,
        on_batch: Callable[[Tally], None] = lambda _: None,
        stop: Callable[[], bool] = lambda: False,
    ) -> Tally:
        """Add articles, coding those that this coder has not coded yet: see :func:`onrecord.store.writing.add`.

        An article is the same if its id and all that is known of it are; then, and with the same coder, nothing changes.

        Raises:
            DamagedRecordError: pages of the record can't be read; nothing is written, so that nothing is made worse.
            FullRecordError, BusyRecordError: a batch could not be written; those before it were.
        """
        self._look()
        return add(self.engine, documents, coder, linker=linker, batch=batch, on_skip=on_skip, on_batch=on_batch, stop=stop)

    def watched(self) -> Watched:
        """The feeds that are watched for the record, and what is known of their items."""
        return Watched(self.engine)

    def link(self, linker: Linker) -> None:
        """Link the articles that wait for it, one portion after the other, until none waits or the linker leaves them waiting."""
        before = None
        while (waiting := self._waiting()) and waiting != before:
            before = waiting
            with writing(self.engine) as connection:
                linker.link(Links(connection, tick(connection)))

    def review(
        self,
        finding: str,
        verdict: str,
        *,
        by: str,
        note: str | None = None,
        fields: Mapping[str, Any] | None = None,
        article: str | None = None,
        linker: Linker | None = None,
    ) -> dict[str, Any]:
        """Confirm, correct or reject a finding; the latest review of it counts, over recoding too: see :func:`onrecord.store.reviewing.review`.

        Args:
            finding: its id.
            verdict: ``confirmed``, ``corrected`` or ``rejected``.
            by: who says so.
            note: why.
            fields: what is corrected (``{"act": "criticise"}``, ``{"holder_id": "CHL.GOV"}``).
            article: the id of its article, where several have a finding of that id.
            linker: puts the article's events together anew; without it that waits until articles are added.
        """
        row = reviewing.review(self.engine, finding, verdict, by=by, at=tick, note=note, fields=fields, article=article)
        if linker is not None:
            self.link(linker)
        return row

    def correct_article(self, article: str, kind: str, *, by: str, note: str | None = None) -> dict[str, Any]:
        """Note that an article was corrected or retracted, which marks every finding in it: see :func:`onrecord.store.reviewing.correct_article`.

        Args:
            article: its id.
            kind: ``correction``, ``retraction``, or ``lifted`` where an earlier note was mistaken.
            by: who notes it.
            note: what the publisher says.
        """
        return reviewing.correct_article(self.engine, article, kind, by=by, at=tick, note=note)

    def forget(self, article_ids: Iterable[str]) -> list[str]:
        """Remove articles with everything derived from them, for good; returns the ids of those that were there."""
        return forgetting.forget(self.engine, article_ids, tick)

    def remember(self, article_ids: Iterable[str]) -> list[str]:
        """Let articles that were forgotten be added again; returns the ids of those that were forgotten."""
        return forgetting.remember(self.engine, article_ids)

    def check(self) -> list[str]:
        """What is wrong with the file: every page, every index against its table, every reference; empty where it is sound, or where a server keeps it."""
        if self.engine.dialect.name != "sqlite":
            return []
        if wrong := faults.look(str(self.engine.url.database), thorough=True):
            return wrong
        with self.engine.connect() as connection:
            lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        return [f"{table}: row {row} refers to a row of {parent} that is not there" for table, row, parent, _ in lost[:20]]

    def _look(self) -> None:
        """Look through a file of moderate size once before it is added to."""
        path = str(self.engine.url.database)
        if self._looked or self.engine.dialect.name != "sqlite" or Path(path).stat().st_size > LOOKED_THROUGH:
            return
        if wrong := faults.look(path, most=1):
            raise DamagedRecordError(f"{path} is damaged ({wrong[0]}): {faults.SAVING}")
        self._looked = True

    def _waiting(self) -> int:
        with self.engine.connect() as connection:
            return connection.execute(select(func.count()).select_from(articles).where(articles.c.pending)).scalar_one()


def open_record(where: str | Path, *, create: bool = True, read_only: bool = False) -> Record:
    """Open a record, made by this version or an earlier one.

    Args:
        where: the path of a SQLite file, or ``postgresql://user@host/database``.
        create: whether to make the record where there is none.
        read_only: whether to have the database refuse whatever would write to it; a record is then neither made nor brought up to date.

    Raises:
        NoRecordError: there is none, and none is to be made.
        NewerRecordError: a newer version of onrecord made it.
        RecordError: it is something else, or can't be reached.
    """
    return Record(opened(address(where), create=create and not read_only, read_only=read_only))
