"""Adding articles: a batch is read, coded and then written in one transaction, so that a record holds all of an article or nothing."""

from __future__ import annotations

import dataclasses
import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from sqlalchemy import Engine

from onrecord.read import Skip
from onrecord.read.outcomes import SkipReason
from onrecord.records import NO_CHARACTER, Article, Report
from onrecord.store import runs
from onrecord.store.batches import CODED, NOTHING, Batch, Step, plans
from onrecord.store.clock import tick
from onrecord.store.linking import Linker, Links
from onrecord.store.opening import gauge, writing
from onrecord.workers import Coder

LOG = logging.getLogger("onrecord.store")
BATCH = 16


@dataclasses.dataclass(slots=True, kw_only=True)
class Tally:
    """How many articles were added, and what became of the others.

    Attributes:
        added: articles that the record did not have.
        replaced: articles of which the record had another version, which is kept and marked.
        recoded: articles that another coder had coded; its findings are kept and marked.
        unchanged: articles that were there, coded by the same coder.
        forgotten: articles that were to be forgotten, and so were not added again.
        skipped: documents that could not be read or coded.
    """

    added: int = 0
    replaced: int = 0
    recoded: int = 0
    unchanged: int = 0
    forgotten: int = 0
    skipped: int = 0

    def count(self, steps: Counter[Step], *, skipped: int) -> None:
        """Add what became of a batch."""
        for step, number in steps.items():
            name = "recoded" if step is Step.RESTORE else step.value
            setattr(self, name, getattr(self, name) + number)
        self.skipped += skipped

    @property
    def documents(self) -> int:
        """How many documents there were."""
        return sum(dataclasses.astuple(self))


def add(
    engine: Engine,
    documents: Iterable[Article | Skip],
    coder: Coder,
    *,
    linker: Linker | None = None,
    batch: int = BATCH,
    on_skip: Callable[[Skip], None] = lambda _: None,
    on_batch: Callable[[Tally], None] = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
) -> Tally:
    """Add articles to a record, coding those that this coder has not coded yet.

    Args:
        engine: the record.
        documents: what :func:`onrecord.read` gives.
        coder: codes them.
        linker: finds what they have in common with others, after each batch and in its transaction.
        batch: how many documents are read, coded and written together.
        on_skip: called with each document that gave nothing, when it is met.
        on_batch: called after each batch with what has been done so far.
        stop: asked before each batch whether to stop there.
    """
    run = runs.Run.of(coder)
    tally = Tally()
    stopped = False
    for found, skipped in _batches(documents, batch):
        for skip in skipped:
            on_skip(skip)
        with engine.connect() as reading:
            planned = plans(reading, found, run)
        reports, failed = _reports(coder, [p.article for p in planned if p.step in CODED], batch)
        for skip in failed:
            on_skip(skip)
        if skipped or failed or any(p.step not in NOTHING for p in planned):
            steps = _written(engine, run, found, reports, [*skipped, *failed], linker)
        else:
            steps = Counter(p.step for p in planned)
        tally.count(steps, skipped=sum(skip.count for skip in [*skipped, *failed]))
        _log(steps, [*skipped, *failed])
        on_batch(tally)
        if stop():
            stopped = True
            break
    if tally.added or tally.replaced or tally.recoded:
        with writing(engine) as connection:
            runs.end(connection, run, "stopped" if stopped else "finished", tick(connection))
            gauge(connection)
    return tally


def _log(steps: Counter[Step], skipped: list[Skip]) -> None:
    """Tell what became of a batch; a skip's message stays in the record, since it may quote the document."""
    if not LOG.isEnabledFor(logging.INFO):
        return
    for skip in skipped:
        LOG.info("skip", extra={"fields": {"source": skip.path, "record": skip.record, "reason": str(skip.reason), "count": skip.count}})
    LOG.info("batch", extra={"fields": {**{step.value: count for step, count in steps.items()}, "skipped": sum(skip.count for skip in skipped)}})


def _written(engine: Engine, run: runs.Run, found: list[Article], reports: dict[str, Report], skipped: list[Skip], linker: Linker | None) -> Counter[Step]:
    """Write a batch; what another process has written meanwhile is not written again."""
    steps: Counter[Step] = Counter()
    with writing(engine) as connection:
        todo = Batch(connection, run, tick(connection))
        for plan in plans(connection, found, run):
            if plan.step in CODED and plan.article.id not in reports:
                continue
            todo.write(plan, reports.get(plan.article.id))
            steps[plan.step] += 1
        todo.skip(skipped)
        todo.finish()
        if linker is not None:
            linker.link(Links(connection, tick(connection)))
    return steps


def _batches(documents: Iterable[Article | Skip], size: int) -> Iterator[tuple[list[Article], list[Skip]]]:
    """Documents in batches, no two articles of a batch with one id."""
    found: dict[str, Article] = {}
    skipped: list[Skip] = []
    for document in documents:
        skip = document if isinstance(document, Skip) else _unstorable(document)
        if skip is not None:
            skipped.append(skip)
        else:
            assert isinstance(document, Article)
            if document.id in found:
                yield list(found.values()), skipped
                found, skipped = {}, []
            found[document.id] = document
        if len(found) + len(skipped) >= size:
            yield list(found.values()), skipped
            found, skipped = {}, []
    if found or skipped:
        yield list(found.values()), skipped


def _unstorable(document: Article | Skip) -> Skip | None:
    """A skip for an article that no database takes."""
    if isinstance(document, Skip):
        return None
    for field in dataclasses.fields(document):
        value = getattr(document, field.name)
        if isinstance(value, str) and NO_CHARACTER.search(value):
            shown = repr(document.id)
            return Skip(path=shown, reason=SkipReason.UNREADABLE, message=f"article {shown}: its {field.name} holds a NUL or half a character")
    return None


def _reports(coder: Coder, articles: list[Article], batch: int) -> tuple[dict[str, Report], list[Skip]]:
    """Reports by article id, and a skip for each article at which the coder failed."""
    if not articles:
        return {}, []
    try:
        return {r.article.id: r for r in coder.pipe(articles, batch_size=batch)}, []
    except Exception:
        LOG.debug("coding a batch", exc_info=True)
    reports: dict[str, Report] = {}
    failed: list[Skip] = []
    for article in articles:  # one by one, so that the others are coded
        try:
            reports |= {r.article.id: r for r in coder.pipe([article], batch_size=1)}
        except Exception as error:
            LOG.debug("coding %s", article.id, exc_info=True)
            message = f"article {article.id} could not be coded: {type(error).__name__}: {str(error)[:200]}"
            failed.append(Skip(path=article.id, reason=SkipReason.UNREADABLE, message=message))
    return reports, failed
