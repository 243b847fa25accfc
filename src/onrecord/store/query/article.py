"""One article: what it says and what was read from it, in each of its versions, and what is like it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, func, select

from onrecord.records import Report
from onrecord.records.showing import Shown
from onrecord.store.query.events import portions
from onrecord.store.query.table import Row
from onrecord.store.reading import article_columns, article_of
from onrecord.store.reviewing import retractions, reviewed
from onrecord.store.schema import articles, codings, event_members, origins, reviews, runs, stories
from onrecord.store.unfolding import unpacked

MOST_COPIES = 50
KNOWN = ("key", "added_at", "origin_id", "story_id")
OTHER = ("id", "title", "published", "publisher", "url")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Kept(Shown):
    """An article as it was coded once.

    Attributes:
        report: what was found in it, with its text; of the current coding what its reviews make of that.
        about: what the record knows of it: ``text_sha256``, ``added_at``, ``retrieved_at``, ``coder``, ``coded_at``.
        version: which of its codings it is, counted from 1.
        versions: all codings of all its versions, the oldest first: ``version``, ``coded_at``, ``coder``, ``added_at``, ``text_sha256``, ``current``.
        copies: the other articles of its origin, at most fifty: ``id``, ``title``, ``published``, ``publisher``, ``url``.
        origin: the origin: ``id``, ``articles`` (how many have the text).
        story: the story: ``id``, ``title``, ``articles``; None where it is in none.
        events: of each of its event mentions, the id of the event across articles.
        reviews: what somebody said of its findings, by their ids: ``verdict``, ``reviewer``, ``at``, ``note``, ``fields``.
        retracted: what is noted of the article: ``correction``, ``retraction`` or nothing.
    """

    report: Report
    about: Row
    version: int
    versions: Sequence[Row]
    copies: Sequence[Row]
    origin: Row | None
    story: Row | None
    events: dict[str, str]
    reviews: dict[str, Row]
    retracted: str | None


def kept(connection: Connection, id: str, version: int | None = None, *, rejected: bool = False) -> Kept | None:
    """An article as it was coded last, or as it was once; None where the record has none, or no such version.

    Args:
        connection: the record.
        id: the article's.
        version: which of its codings, counted from 1; by default the current one.
        rejected: whether to keep findings that were rejected.
    """
    versions = _versions(connection, id)
    wanted = next((v for v in versions if (v["current"] if version is None else v["version"] == version)), None)
    if wanted is None:
        return None
    query = select(*article_columns(), *(articles.c[n] for n in KNOWN), codings.c.body)
    query = query.join(codings, codings.c.article == articles.c.key).where(articles.c.key == wanted["article"], codings.c.run == wanted["run"])
    row = connection.execute(query).mappings().one()
    report = unpacked(row["body"], article_of(row))
    if wanted["current"]:
        report = reviewed(connection, [report], rejected=rejected)[0]
    origin, copies = _copies(connection, row["origin_id"], id)
    about = {
        "text_sha256": wanted["text_sha256"],
        "added_at": row["added_at"],
        "retrieved_at": row["retrieved_at"],
        "coder": wanted["coder"],
        "coded_at": wanted["coded_at"],
    }
    return Kept(
        report=report,
        about=about,
        version=wanted["version"],
        versions=[{name: value for name, value in v.items() if name not in ("article", "run")} for v in versions],
        copies=copies,
        origin=origin,
        story=_story(connection, row["story_id"]),
        events=events_of(connection, (e.id for e in report.events)),
        reviews=_reviews(connection, id),
        retracted=retractions(connection, [id]).get(id),
    )


def _versions(connection: Connection, id: str) -> list[Row]:
    columns = (codings.c.article, codings.c.run, codings.c.coded_at, runs.c.coder, articles.c.added_at, articles.c.text_sha256)
    current = (articles.c.current & codings.c.current).label("current")
    query = select(*columns, current).join(codings, codings.c.article == articles.c.key).join(runs, runs.c.key == codings.c.run)
    rows = connection.execute(query.where(articles.c.id == id).order_by(codings.c.coded_at, codings.c.article, codings.c.run)).mappings()
    return [{"version": n, **row, "current": bool(row["current"])} for n, row in enumerate(rows, 1)]


def _reviews(connection: Connection, article: str) -> dict[str, Row]:
    names = ("holds_for", "verdict", "reviewer", "at", "note", "fields")
    query = select(*(reviews.c[n] for n in names)).where(reviews.c.article == article, reviews.c.current, reviews.c.holds_for.is_not(None))
    rows = [dict(r) for r in connection.execute(query.order_by(reviews.c.key)).mappings()]
    return {r.pop("holds_for"): r for r in rows}


def _copies(connection: Connection, origin: str | None, id: str) -> tuple[Row | None, list[Row]]:
    if origin is None:
        return None, []
    same = (articles.c.origin_id == origin, articles.c.current)
    count = connection.execute(select(func.count()).where(*same)).scalar_one()
    query = select(*(articles.c[n] for n in OTHER)).where(*same, articles.c.id != id).order_by(articles.c.published_from, articles.c.id)
    title = connection.execute(select(origins.c.title).where(origins.c.id == origin)).scalar()
    rows = connection.execute(query.limit(MOST_COPIES)).mappings()
    return {"id": origin, "title": title, "articles": count}, [dict(r) for r in rows]


def _story(connection: Connection, story: str | None) -> Row | None:
    if story is None:
        return None
    title = connection.execute(select(stories.c.title).where(stories.c.id == story)).scalar()
    count = connection.execute(select(func.count()).where(articles.c.story_id == story, articles.c.current)).scalar_one()
    return {"id": story, "title": title, "articles": count}


def events_of(connection: Connection, mentions: Iterable[str]) -> dict[str, str]:
    """The events across articles of which mentions are members."""
    out: dict[str, str] = {}
    for some in portions(list(mentions)):
        query = select(event_members.c.mention_id, event_members.c.event_id).where(event_members.c.mention_id.in_(some))
        out.update((r.mention_id, r.event_id) for r in connection.execute(query))
    return out
