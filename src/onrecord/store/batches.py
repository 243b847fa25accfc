"""What is to be done with each article of a batch, and doing it in one transaction."""

from __future__ import annotations

import dataclasses
import enum
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, and_, insert, select, update

from onrecord.read import Skip
from onrecord.records import Article, Report
from onrecord.store import reviewing, runs
from onrecord.store.days import bounds
from onrecord.store.naming import Names, names_in, rename
from onrecord.store.schema import FINDINGS, actors, articles, codings, counters, forgotten, metadata, skips
from onrecord.store.schema import runs as runs_table
from onrecord.store.unfolding import Keys, Row, packed, unfolded
from onrecord.store.unlinking import drop_stale
from onrecord.store.upserting import upsert


class Step(enum.Enum):
    """What is to be done with an article."""

    ADD = "added"
    REPLACE = "replaced"
    RECODE = "recoded"
    RESTORE = "restored"
    NOTHING = "unchanged"
    FORGOTTEN = "forgotten"


CODED = {Step.ADD, Step.REPLACE, Step.RECODE}
"""The steps for which a report is needed."""
NOTHING = {Step.NOTHING, Step.FORGOTTEN}
"""The steps that leave the record as it is."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An article, what is to be done with it, and its number where it has one."""

    article: Article
    step: Step
    key: int | None = None


def fingerprint(article: Article) -> str:
    """The SHA-256 of an article with all that is known of it but when it was fetched: the same only for the same article in the same version."""
    known = msgspec.to_builtins(article)
    del known["retrieved_at"]
    return hashlib.sha256(msgspec.json.encode(known)).hexdigest()


def id_hash(article_id: str) -> str:
    """What is kept of the id of an article that was forgotten."""
    return hashlib.sha256(article_id.encode("utf-8")).hexdigest()


def plans(connection: Connection, found: Sequence[Article], run: runs.Run) -> list[Plan]:
    """What is to be done with each of some articles, no two of them with one id.

    A version that a later one has replaced stays replaced, so that reading the same files again changes nothing.
    """
    key = runs.key_of(connection, run)
    ids = [a.id for a in found]
    versions: dict[str, dict[str, Row]] = {}
    for row in connection.execute(select(articles.c.key, articles.c.id, articles.c.fingerprint, articles.c.current).where(articles.c.id.in_(ids))).mappings():
        versions.setdefault(row["id"], {})[row["fingerprint"]] = dict(row)
    keys = [v["key"] for found in versions.values() for v in found.values()]
    coded = {
        r.article: r.current for r in connection.execute(select(codings.c.article, codings.c.current).where(codings.c.article.in_(keys), codings.c.run == key))
    }
    hashes = {id_hash(id): id for id in ids}
    gone = {hashes[h] for (h,) in connection.execute(select(forgotten.c.id_sha256).where(forgotten.c.id_sha256.in_(hashes)))}
    return [_plan(a, versions.get(a.id, {}), coded, gone) for a in found]


def _plan(article: Article, versions: Mapping[str, Row], coded: Mapping[int, bool], gone: set[str]) -> Plan:
    if article.id in gone:
        return Plan(article=article, step=Step.FORGOTTEN)
    if not versions:
        return Plan(article=article, step=Step.ADD)
    same = versions.get(fingerprint(article))
    if same is None:
        return Plan(article=article, step=Step.REPLACE)
    if not same["current"] or coded.get(same["key"]):
        return Plan(article=article, step=Step.NOTHING, key=same["key"])
    return Plan(article=article, step=Step.RESTORE if same["key"] in coded else Step.RECODE, key=same["key"])


class Batch:
    """One transaction's worth of writing.

    Args:
        connection: in a transaction that writes.
        run: what codes.
        at: the time that rows are marked with, ISO 8601 in UTC.
    """

    def __init__(self, connection: Connection, run: runs.Run, at: str) -> None:
        self._connection = connection
        self._at = at
        self._run = run
        self._keys = Keys({row.name: row.last for row in connection.execute(select(counters))})
        self._started = dict(self._keys.last)
        self._rows: dict[str, list[Row]] = {}
        self._actors: dict[str, Row] = {}
        self._names: Names = Counter()
        self._replaced: set[int] = set()
        self._changed: list[int] = []
        self._coded_again: list[str] = []
        self._number: int | None = None

    def _run_key(self) -> int:
        if self._number is None:
            self._number = runs.begin(self._connection, self._run, self._keys, self._at)
        return self._number

    def write(self, plan: Plan, report: Report | None) -> None:
        """Do what is planned for an article."""
        key = plan.key
        if plan.step in NOTHING:
            return
        if plan.step is not Step.ADD:
            self._coded_again.append(plan.article.id)
        if plan.step is Step.RESTORE:
            self._restore(plan)
            return
        if report is None or report.article != plan.article:
            raise ValueError(f"the report is not on article {plan.article.id!r}")
        if plan.step is Step.REPLACE:
            old = self._current(plan.article.id)
            self._supersede(old)
            self._changed += old
            self._connection.execute(update(articles).where(articles.c.id == plan.article.id, articles.c.current).values(current=False, pending=False))
        if key is None:
            key = self._keys.next("articles")
            self._rows.setdefault("articles", []).append(_article(plan.article, key, self._at))
        else:
            self._supersede([key])
            self._again(key)
        self._add(report, key)

    def skip(self, found: Iterable[Skip]) -> None:
        """Note documents that gave no article, once each."""
        for skip in found:
            same = and_(
                skips.c.source == skip.path, skips.c.line.is_not_distinct_from(skip.record), skips.c.reason == skip.reason, skips.c.message == skip.message
            )
            if self._connection.execute(select(skips.c.key).where(same)).first() is None:
                row = {"key": self._keys.next("skips"), "source": skip.path, "line": skip.record, "reason": str(skip.reason), "message": skip.message}
                self._connection.execute(insert(skips).values(**row, skipped_at=self._at))

    def finish(self) -> None:
        """Write the rows that were gathered."""
        for table in metadata.sorted_tables:  # those that others refer to come first
            if rows := self._rows.get(table.name):
                self._connection.execute(insert(table), rows)
        if self._actors:
            upsert(self._connection, actors, [self._actors[id] for id in sorted(self._actors)], key=("id",), keep=("name", "articles"))
        rename(self._connection, self._names)
        changed = [{"name": name, "last": last} for name, last in sorted(self._keys.last.items()) if last != self._started.get(name)]
        if changed:
            upsert(self._connection, counters, changed, key=("name",))
        for article in self._changed:
            drop_stale(self._connection, article, self._at)
        reviewing.settle(self._connection, self._coded_again, self._at)
        self._supersede_runs()

    def _add(self, report: Report, key: int) -> None:
        coding = {
            "article": key,
            "run": self._run_key(),
            "current": True,
            "coded_at": self._at,
            "superseded_at": None,
            "superseded_by": None,
            "warnings": list(report.warnings),
            "body": packed(report),
        }
        self._rows.setdefault("codings", []).append(coding)
        for name, rows in unfolded(report, key, self._run_key(), self._keys).items():
            self._rows.setdefault(name, []).extend(rows)
        for a in report.actors:
            self._actors[a.id] = {"id": a.id, "name": a.name, "country": a.country, "sector": a.sector, "kind": a.kind, "articles": 0}
            self._names[a.id, a.name] += 1

    def _current(self, id: str) -> list[int]:
        return list(self._connection.execute(select(articles.c.key).where(articles.c.id == id, articles.c.current)).scalars())

    def _supersede(self, keys: Iterable[int]) -> None:
        """Mark the current codings of articles, and the rows of their findings, as replaced by this run."""
        keys = list(keys)
        self._names.subtract(names_in(self._connection, keys))
        for key in keys:
            now = and_(codings.c.article == key, codings.c.current)
            self._replaced.update(self._connection.execute(select(codings.c.run).where(now)).scalars())
            self._connection.execute(update(codings).where(now).values(current=False, superseded_at=self._at, superseded_by=self._run_key()))
            for table in FINDINGS.values():
                self._connection.execute(update(table).where(table.c.article == key, table.c.current).values(current=False))

    def _restore(self, plan: Plan) -> None:
        """Make what this run once found in an article current again."""
        key, run = plan.key, self._run_key()
        assert key is not None
        self._supersede([key])
        values = {"current": True, "superseded_at": None, "superseded_by": None}
        self._connection.execute(update(codings).where(codings.c.article == key, codings.c.run == run).values(**values))
        for table in FINDINGS.values():
            self._connection.execute(update(table).where(table.c.article == key, table.c.run == run).values(current=True))
        self._names.update(names_in(self._connection, [key]))
        self._again(key)

    def _again(self, key: int) -> None:
        """Note that an article is to be linked again."""
        self._connection.execute(update(articles).where(articles.c.key == key).values(pending=True))
        self._changed.append(key)

    def _supersede_runs(self) -> None:
        """Mark the runs of which nothing is current any more."""
        for run in self._replaced - {self._number}:
            if self._connection.execute(select(codings.c.article).where(codings.c.run == run, codings.c.current).limit(1)).first() is None:
                self._connection.execute(update(runs_table).where(runs_table.c.key == run).values(superseded_by=self._number))
        if self._number is not None:
            again = and_(runs_table.c.key == self._number, runs_table.c.superseded_by.is_not(None))
            self._connection.execute(update(runs_table).where(again).values(superseded_by=None))


def _article(article: Article, key: int, at: str) -> Row:
    first, last = bounds(article.published)
    plain: dict[str, Any] = msgspec.to_builtins(article)
    return {
        **plain,
        "key": key,
        "current": True,
        "fingerprint": fingerprint(article),
        "text_sha256": article.text_sha256,
        "published_from": first,
        "published_to": last,
        "added_at": at,
        "pending": True,
    }
