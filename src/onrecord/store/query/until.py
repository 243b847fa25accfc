"""An event as it was on record on a day: what was published later is left out."""

from __future__ import annotations

import dataclasses
import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from onrecord.store.query.dossier import Dossier
from onrecord.store.query.events import portions
from onrecord.store.query.table import Row, Table
from onrecord.store.schema import articles


def up_to(connection: Connection, found: Dossier, day: datetime.date) -> Dossier | None:
    """What the articles published up to a day have on an event; None where there are none.

    Day and place are those that most mentions of these articles have, and its limits are theirs; the title stays, as the event's name in the record.

    Args:
        connection: the record.
        found: all that is on record.
        day: the last day that counts. An article without a day of publication does not.
    """
    event = found.event
    known = {a for origin in event["origins"] for a in origin["articles"]}
    kept = _published(connection, sorted(known), day)
    if kept.keys() == known:
        return found
    if not kept:
        return None
    mentions = [m for m in found.mentions.rows if m["article"] in kept]
    origins = [o for origin in event["origins"] if (o := _of(origin, kept))]
    days = [d for m in mentions if (d := m["date"])]
    places = [p for m in mentions if (p := m["place"])]
    day_told = _most(days, "value")
    place = _most(places, "name")
    same_place = place is not None and event["place"] is not None and place["name"] == event["place"]["name"]
    of = {m["id"] for m in mentions}
    now = {
        **event,
        "origins": origins,
        "mentions": [m for m in event["mentions"] if m in of],
        "positions": [p for p in event["positions"] if p["article"] in kept],
        "status": f"told by {len(origins)} {'origin' if len(origins) == 1 else 'origins'} up to that day",
        "date": day_told,
        "place": event["place"] if same_place else place and {**place, "geonameid": None, "lat": None, "lon": None},
    }
    return dataclasses.replace(
        found,
        event=now,
        first=min((d["value"] for d in days), default=None),
        last=max((d["end"] or d["value"] for d in days), default=None),
        place_precision=found.place_precision if same_place else None,
        disputed=found.disputed and same_place,
        mentions=Table(mentions, found.mentions.schema),
        terms=Table([t for t in found.terms.rows if t["article"] in kept], found.terms.schema),
        disagreements=tuple(_differing(found.disagreements, kept)),
        log=tuple(c for c in found.log if c.at[:10] <= day.isoformat()),
    )


def _published(connection: Connection, ids: Sequence[str], day: datetime.date) -> dict[str, str | None]:
    """Those of some articles that were published by a day, with their outlets."""
    query = select(articles.c.id, articles.c.publisher).where(articles.c.published_from <= day)
    return {r.id: r.publisher for some in portions(ids) for r in connection.execute(query.where(articles.c.id.in_(some)))}


def _of(origin: Row, kept: Mapping[str, str | None]) -> Row | None:
    some = [a for a in origin["articles"] if a in kept]
    return {**origin, "articles": some, "publishers": sorted({p for a in some if (p := kept[a])})} if some else None


def _most(some: Sequence[Row], name: str) -> Row | None:
    """The value that most have, of equals the one met first."""
    counted = Counter(one[name] for one in some)
    return max(some, key=lambda one: counted[one[name]], default=None)


def _differing(rows: Iterable[Any], kept: Mapping[str, str | None]) -> Iterable[Row]:
    """Disagreements between the articles that are kept; one version alone is none."""
    for row in rows:
        versions = [{**v, "articles": [a for a in v["articles"] if a in kept]} for v in row["versions"]]
        told = [v for v in versions if v["articles"]]
        if len(told) > 1:
            yield {**row, "versions": told}
