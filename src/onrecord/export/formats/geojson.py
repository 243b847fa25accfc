"""``geojson``: the events that have a place, as points (RFC 7946), for maps and geographic information systems."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import IO, Any

from onrecord.export.event import ExportEvent, Party
from onrecord.export.formats.codes import penta_class, quad_class
from onrecord.export.formats.figures import deaths
from onrecord.export.formats.tables import GEONAMES, Written, joined, listed


def write(events: Iterable[ExportEvent], out: IO[str]) -> Written:
    """Write a collection of features, one a line; what has no point is counted by its type and left out.

    Args:
        events: the events.
        out: a text stream.
    """
    done = Written()
    out.write('{"type": "FeatureCollection",\n "attribution": ' + json.dumps(GEONAMES, ensure_ascii=False) + ',\n "features": [')
    for event in events:
        feature = _feature(event)
        if feature is None:
            done.left_out[event.type] += 1
            continue
        out.write(("," if done.rows else "") + "\n  " + json.dumps(feature, ensure_ascii=False))
        done.rows += 1
    out.write("\n ]}\n")
    return done


def _feature(event: ExportEvent) -> dict[str, Any] | None:
    where = event.where
    if where is None or where.lat is None or where.lon is None:
        return None
    dead = deaths(event)
    properties = {
        "id": event.id,
        "type": event.type,
        "mode": event.mode,
        "quad": event.quad,
        "cameo": event.cameo,
        "quad_class": quad_class(event.cameo) if event.cameo else None,
        "penta_class": penta_class(event.cameo) if event.cameo else None,
        "score": event.score,
        "title": event.title,
        "date": event.date,
        "date_end": event.date_end,
        "date_precision": event.date_precision,
        "actors": _names(event.actors),
        "actor_countries": listed(p.country for p in event.actors),
        "recipients": _names(event.recipients),
        "recipient_countries": listed(p.country for p in event.recipients),
        "place": where.name,
        "admin1": where.admin1,
        "country": where.country,
        "geonameid": where.geonameid,
        "precision": where.precision,
        "killed": dead and dead.best,
        "veridicality": event.veridicality,
        "mentions": len(event.mentions),
        "articles": len(event.stories),
        "origins": event.origins,
        "publishers": joined(event.publishers, "; "),
        "evidence": event.first.evidence.text,
        "url": next(iter(event.urls), None),
        "confidence": event.confidence,
    }
    return {"type": "Feature", "id": event.id, "geometry": {"type": "Point", "coordinates": [where.lon, where.lat]}, "properties": properties}


def _names(parties: Iterable[Party]) -> str:
    return listed(p.name for p in parties)
