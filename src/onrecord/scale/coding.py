"""A worker: codes chunks, and sets aside a document that would keep it from going on."""

from __future__ import annotations

import dataclasses
import logging
import time
from collections.abc import Callable

from onrecord.read import Skip, SkipReason
from onrecord.records import Article, Report
from onrecord.scale import parts
from onrecord.scale.chunks import Attempts, Chunk, Item
from onrecord.scale.patience import PATIENCE, LateError, stopped_after
from onrecord.scale.settings import agrees
from onrecord.scale.storage import Folder
from onrecord.workers import Coder, loading

LOG = logging.getLogger("onrecord.scale")
DEATHS = 2
"""How often a chunk must have ended its worker for its articles to be coded one by one, and how often an article then, to be set aside."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What a worker is to do.

    Attributes:
        make: makes its coder.
        tables: how findings become tables.
        folder: the output.
        attempts: knows what has ended a worker before.
        with_text: whether to keep the articles' texts.
        patience: seconds after which a chunk is coded article by article, and an article is set aside.
    """

    make: Callable[[], Coder]
    tables: parts.Tables
    folder: Folder
    attempts: Attempts
    with_text: bool
    patience: float = PATIENCE


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a worker tells of a chunk.

    Attributes:
        articles: how many were coded.
        skipped: how many documents gave nothing.
        left_out: how many documents were not asked for.
        characters: of the articles.
        seconds: that it took.
        told: what was set aside, in words.
        refused: why nothing may be written to the output, or None.
    """

    articles: int = 0
    skipped: int = 0
    left_out: int = 0
    characters: int = 0
    seconds: float = 0.0
    told: tuple[str, ...] = ()
    refused: str | None = None


class Worker:
    """Codes chunks and writes their parts.

    Args:
        work: what to do.
    """

    def __init__(self, work: Work) -> None:
        self._work = work
        with loading():
            self._coder = work.make()
        self._refused = agrees(work.folder, self._coder)

    def do(self, version: str, number: int, chunk: Chunk) -> Done:
        """Code a chunk of a shard; the part of one that was coded before is left as it is."""
        work, what = self._work, f"code {version} {number}"
        if self._refused:
            return Done(refused=self._refused)
        if work.folder.has(parts.name_of(version, number)):
            return self._done(parts.load(work.folder, version, number))
        items = chunk.items
        began = time.monotonic()
        singly = work.attempts.begun(what) >= DEATHS
        reports = None if singly else self._together([item.article for item in items if item.article])
        if reports is None:
            reports = [self._alone(f"{what} {at}", item, watched=singly) for at, item in enumerate(items) if item.article]
        answers = iter(reports)
        coded: list[tuple[Item, Report]] = []
        failed: list[Item] = []
        told: list[str] = []
        for item in items:
            answer = next(answers) if item.article else item.skip
            if isinstance(answer, Report):
                coded.append((item, answer))
                continue
            failed.append(dataclasses.replace(item, article=None, skip=answer))
            if item.article and answer:
                told.append(answer.message)
        part = parts.part(self._coder.name, coded, failed, work.tables, left_out=chunk.left_out, with_text=work.with_text)
        parts.save(work.folder, version, number, part)
        work.attempts.ended(what)
        return dataclasses.replace(self._done(part), seconds=time.monotonic() - began, told=tuple(told))

    def _done(self, part: parts.Part) -> Done:
        return Done(articles=part.articles, skipped=part.skipped, left_out=part.left_out, characters=part.characters)

    def _together(self, articles: list[Article]) -> list[Report | Skip] | None:
        """Reports on articles; None where the coder fails at one of them, or takes too long."""
        try:
            with stopped_after(self._work.patience):
                return list(self._coder.pipe(articles))
        except Exception:
            LOG.debug("coding a chunk", exc_info=True)
            return None

    def _alone(self, what: str, item: Item, *, watched: bool) -> Report | Skip:
        """The report on one article, or why there is none."""
        article = item.article
        assert article is not None
        if watched and self._work.attempts.begun(what) >= DEATHS:
            return _skip(item, f"coding it ended the process that did it, {DEATHS} times")
        try:
            with stopped_after(self._work.patience):
                [report] = self._coder.pipe([article], batch_size=1)
        except LateError:
            return _skip(item, f"coding it took longer than {self._work.patience:g} s")
        except Exception as error:
            LOG.debug("coding %s", article.id, exc_info=True)
            return _skip(item, f"could not be coded: {type(error).__name__}: {str(error)[:200]}")
        if watched:
            self._work.attempts.ended(what)
        return report


def _skip(item: Item, why: str) -> Skip:
    assert item.article is not None
    place = item.file if item.record is None else f"{item.file}, {item.record}"
    return Skip(path=item.file, record=item.record, reason=SkipReason.UNREADABLE, message=f"{place}: article {item.article.id}: {why}")
