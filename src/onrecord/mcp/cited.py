"""Rows of a record as shapes, each with its source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from onrecord.mcp.answers import Event, Mention, Position, Quotation, Quote, Source, Statement, Who
from onrecord.store import Record
from onrecord.store.stands import Basis

Row = Mapping[str, Any]
LONGEST = 1_500
"""Characters of a quotation; what is cut says so."""
PORTION = 400


class Sources:
    """The articles that some rows stand in, looked up together.

    Args:
        record: the record.
        ids: of the articles.
    """

    def __init__(self, record: Record, ids: Iterable[str]) -> None:
        every = list(dict.fromkeys(ids))
        rows = [r for at in range(0, len(every), PORTION) for r in record.articles(article=every[at : at + PORTION])]
        self._known = {r["id"]: source(r) for r in rows}

    def __getitem__(self, id: str) -> Source:
        return self._known[id]


def source(row: Row) -> Source:
    """A row of the list of articles as a source."""
    return Source(article=row["id"], title=row["title"], publisher=row["publisher"], published=row["published"], url=row["url"], noted=row.get("retracted"))


def quotation(span: Row) -> Quotation:
    """A span with its words, of which at most :data:`LONGEST` characters are given."""
    text = span["text"]
    return Quotation(text=text[:LONGEST], start=span["start"], end=min(span["end"], span["start"] + LONGEST), cut=len(text) > LONGEST)


def mention(row: Row, of: Sources) -> Mention:
    """A row of the mentions of an event."""
    return Mention(
        id=row["id"],
        quotation=quotation(row["evidence"]),
        trigger=row["trigger"]["text"],
        veridicality=row["veridicality"],
        claimed_by=row["said_by"],
        source=of[row["article"]],
        confidence=row["confidence"],
        review=row["review"],
    )


def event(row: Row, mentions: Sequence[Row], of: Sources, *, further: int) -> Event:
    """A row of the list of events, with mentions of it.

    Args:
        row: the event.
        mentions: those that are told.
        of: their articles.
        further: how many mentions there are besides.
    """
    date, place = row["date"], row["place"]
    return Event(
        id=row["id"],
        type=row["type"],
        mode=row["mode"],
        title=row["title"],
        date=None if date is None else f"{date['value']}/{date['end']}" if date["end"] else date["value"],
        place=None if place is None else ", ".join(filter(None, (place["name"], place["country"]))),
        who=[Who(**{name: w[name] for name in ("name", "id", "country", "sector", "role")}) for w in row["actors"]],
        figures=[figure(f) for f in row["magnitudes"]],
        status=row["status"],
        articles=len({a for o in row["origins"] for a in o["articles"]}),
        origins=len(row["origins"]),
        publishers=sorted({p for o in row["origins"] for p in o["publishers"]}),
        confidence=row["confidence"],
        review=row["review"],
        noted=row["retracted"],
        mentions=[mention(m, of) for m in mentions],
        more_mentions=further,
    )


def figure(row: Row) -> str:
    """A number as it is read: ``killed 3–5``.

    >>> figure({"what": "killed", "low": 3.0, "high": None, "unit": None})
    'killed 3 or more'
    """
    low, high = (None if v is None else f"{v:g}" for v in (row["low"], row["high"]))
    if low == high:
        number = low or "a number that is not said"
    elif low and high:
        number = f"{low}–{high}"
    else:
        number = f"{low} or more" if low else f"up to {high}"
    return " ".join(filter(None, (row["what"], number, row["unit"])))


def position(row: Row, of: Sources) -> Position:
    """A row of the list of positions."""
    return Position(
        id=row["id"],
        holder=row["holder"]["name"],
        holder_id=row["holder"]["id"],
        act=row["act"],
        verb=row["verb"],
        stance=row["stance"],
        on=row["object"]["text"],
        on_event=row["event"] or row["object"]["event_id"],
        said=row["said"]["value"],
        said_reason=row["said"]["reason"],
        status=row["status"],
        basis=row["basis"],
        claimed_by=row["said_by"],
        quotation=quotation(row["evidence"]),
        source=of[row["article"]],
        carried_by=max(1, len(row.get("carried") or ())),
        confidence=row["confidence"],
        review=row["review"],
    )


def stood(basis: Basis, row: Row, of: Sources) -> Position:
    """A position of somebody who stands somewhere on a question.

    Args:
        basis: the position, with when it was said and how many articles carry it.
        row: the same as a row of the list of positions.
        of: the articles.
    """
    day = basis.day.isoformat() if basis.day else None
    return position(row, of).model_copy(update={"said": day, "said_reason": basis.said_reason, "carried_by": basis.articles})


def quote(row: Row, parts: Sequence[Row], of: Sources) -> Quote:
    """A row of the list of quotations.

    Args:
        row: the quotation.
        parts: the pieces of what is said, in order.
        of: the articles.
    """
    who = row["speaker"]
    return Quote(
        id=row["id"],
        kind=row["kind"],
        speaker=who["name"],
        speaker_id=who["id"],
        role=who["role"],
        on_behalf_of=who["on_behalf_of"],
        anonymous=bool(who["anonymous"]),
        cue=row["cue"],
        quotation=[quotation(p) for p in parts],
        source=of[row["article"]],
        confidence=row["confidence"],
        review=row["review"],
    )


def statement(row: Row, best: Row, article: str, of: Sources) -> Statement:
    """A row of the list of statements.

    Args:
        row: the statement.
        best: the attribution that is quoted, as a report has it.
        article: the one that it stands in.
        of: the articles.
    """
    return Statement(
        id=row["id"],
        first_published=row["date"],
        speaker=row["speaker"],
        kind=row["kind"],
        quotation=[quotation(p) for p in best["content"]],
        signatories=[s["name"] for s in row["signatories"]],
        publishers=row["publishers"],
        articles=len(row["articles"]),
        origins=row["origins"],
        attribution=row["attribution"],
        source=of[article],
        confidence=best["confidence"],
    )
