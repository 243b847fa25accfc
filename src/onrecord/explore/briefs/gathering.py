"""What goes into a brief: who reports what, who stands where, who denies it, on what sources differ, what was looked through, and how it was made.

Every statement has its quotation, who says it, on what basis, and the number of its source, at which outlet, headline, date, address and the SHA-256 of
the article's text stand. Nothing is said of which article the record has no sentence.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from typing import Any, Literal

from onrecord.explore import words
from onrecord.explore.briefs.contents import Brief, Difference, Origin, Position, Source, Telling, Version
from onrecord.explore.sides import ACCUSE, DENY, SIDES, accounts
from onrecord.issues import Issue
from onrecord.operating import OPERATING_POINTS, OperatingPoint
from onrecord.store import QueryError, Record
from onrecord.store.stands import Basis, Stands

Point = Literal["strict", "broad"]
Row = dict[str, Any]
MOST = 1_000
"""Positions of articles on one event that a brief has."""
PORTION = 400
STATES = {"correction": "corrected by its publisher", "retraction": "retracted by its publisher"}
HEARSAY = "reported_by_third_party"


class Numbers:
    """The sources of a brief, numbered as they are met."""

    def __init__(self, record: Record, articles: Iterable[str]) -> None:
        ids = list(dict.fromkeys(articles))
        rows = [r for at in range(0, len(ids), PORTION) for r in record.articles(article=ids[at : at + PORTION])]
        rows.sort(key=lambda r: (r["published"] is None, r["published"] or "", r["publisher"] or "", r["id"]))
        self.sources = tuple(_source(n, r) for n, r in enumerate(rows, 1))
        self.of = {s.article: s.number for s in self.sources}


def on_event(record: Record, id: str, *, as_of: datetime.date | None = None, holders: Sequence[str] = (), point: Point = "strict") -> Brief:
    """What goes into a brief on an event.

    Args:
        record: the record.
        id: of an event across articles, of one merged into another, or of a mention.
        as_of: the last day that counts, of publishing an article and of saying what is said in it; None for all.
        holders: ids or names of actors, or codes of countries, of whom a statement is looked for.
        point: positions less sure than this operating point asks for are left out, and counted in the method.

    Raises:
        QueryError: the record has no such event, or no article that was published by that day.
    """
    least = OPERATING_POINTS[point]
    found = record.event(id, least_framing=least.framing, as_of=as_of)
    if found is None:
        by = f" on which an article was published by {as_of}" if as_of else ""
        raise QueryError(f"the record has no event {id!r}{by}: `onrecord events` lists those it has")
    event, mentions = found.event, found.mentions.rows
    every = record.positions_on(event["id"], as_of=as_of, limit=MOST).rows
    kept = [p for p in every if p["confidence"] >= least.positions]
    reported = [a for origin in event["origins"] for a in origin["articles"]]
    differing = [a for d in found.disagreements for v in d["versions"] for a in v["articles"]]
    numbers = Numbers(record, [*reported, *(m["article"] for m in mentions), *(c["article"] for p in kept for c in p["carried"]), *differing])
    tellings = [_telling(m, numbers) for m in mentions]
    positions = [_position(p, numbers) for p in kept]
    told = accounts(mentions, kept)
    stands = record.stands(event["id"], as_of=as_of)
    articles = len(set(reported))
    return Brief(
        kind="event",
        id=event["id"],
        title=event["title"] or words.kind(event["type"]),
        facts=(*_when_known(as_of), *_facts(event, found.first, found.last, tellings, disputed=found.disputed)),
        tellings=tuple(tellings),
        origins=tuple(_origins(event, numbers)),
        positions=tuple(positions),
        accusations=(*(_telling(m, numbers) for m in told.said), *(_position(p, numbers) for p in told.accusing)),
        denials=(*(_telling(m, numbers) for m in told.denied), *(_position(p, numbers) for p in told.denying)),
        nothing=f"none found in these {words.many(articles, 'article')}" if articles != 1 else "none found in this 1 article",
        differences=tuple(_differences(found.disagreements, numbers)),
        without=_without(record, holders, stands),
        searched=searched(stands.searched),
        method=tuple(method(numbers.sources, point, least, left_out=len(every) - len(kept), more=_carried(every) >= MOST, as_of=as_of)),
        sources=numbers.sources,
    )


def on_issue(
    record: Record, issue: Issue, *, as_of: datetime.date | None = None, holders: Sequence[str] = (), point: Point = "strict", most: int | None = None
) -> Brief:
    """What goes into a brief on an issue.

    Args:
        record: the record.
        issue: the question and what belongs to it.
        as_of: the last day that counts.
        holders, point: as for :func:`on_event`; besides those of the issue.
        most: how many positions to look through, the last said first; None for all.
    """
    found = record.stands(issue, as_of=as_of, most=most)
    least = OPERATING_POINTS[point]
    held = [[b for b in (h.latest, *h.earlier) if b.confidence >= least.positions] for h in found.holders]
    kept = [(h.name, b, b is not sure[0]) for h, sure in zip(found.holders, held, strict=True) for b in sure]
    every = sum(1 + len(h.earlier) for h in found.holders)
    numbers = Numbers(record, [b.article for _, b, _ in kept])
    positions = [_stand(name, b, numbers, earlier=earlier) for name, b, earlier in kept]
    looked = found.searched
    return Brief(
        kind="issue",
        id=issue.id,
        title=issue.question,
        facts=tuple(_issue_facts(found, positions)),
        tellings=(),
        origins=(),
        positions=tuple(positions),
        accusations=tuple(p for p in positions if p.act == ACCUSE),
        denials=tuple(p for p in positions if p.act == DENY),
        nothing=f"none found in these {words.many(looked.articles, 'article')}",
        differences=(),
        without=_without(record, [*holders, *issue.holders], found),
        searched=searched(looked),
        method=tuple(method(numbers.sources, point, least, left_out=every - len(kept))),
        sources=numbers.sources,
    )


def _without(record: Record, holders: Sequence[str], found: Stands) -> tuple[str, ...]:
    """Of whom nothing was found among those who were asked for, however unsure."""
    asked = record.named(holders) if holders else []
    return tuple(w.name or words.country(w.asked) for w in asked if not any(w.is_(h.id) for h in found.holders))


def searched(looked: Any) -> str:
    """What was looked through, in a sentence."""
    between = f", published between {words.day(looked.since)} and {words.day(looked.until)}" if looked.since and looked.until else ""
    if looked.until and not looked.since:
        between = f", published up to {words.day(looked.until)}"
    if looked.since and not looked.until:
        between = f", published from {words.day(looked.since)} on"
    counts = f"{words.many(looked.articles, 'article')} ({words.many(looked.origins, 'independent text')}) of {words.many(looked.outlets, 'outlet')}"
    return f"Looked through for who stands where: {counts}{between}. What is in no article of this record can't be found in it; nobody is called silent."


def method(
    sources: Sequence[Source], point: Point, least: OperatingPoint, *, left_out: int, more: bool = False, as_of: datetime.date | None = None
) -> Iterable[str]:
    """How a brief was made, and what it can't say."""
    coders = "; ".join(sorted({s.coder for s in sources if s.coder})) or "no coder"
    articles = words.many(len(sources), "article")
    yield f"This brief was written by software (onrecord {version('onrecord')}) from {articles}; the articles were coded by {coders}."
    if point == "strict":
        surest = f"Operating point strict: only positions with a confidence of {least.positions:g} or more stand in it"
    else:
        surest = f"Operating point {point}: all positions that were found stand in it"
    yield f"{surest}; {words.many(left_out, 'position is', 'positions are')} left out as less sure." if left_out else f"{surest}."
    if as_of:
        until = words.day(as_of)
        yield f"Only articles published up to {until} count, and what was said by then. The title is the event's in the record, of all its articles."
    if more:
        yield f"There are more than {MOST:,} positions; the last said are here."
    yield "Every statement is somebody's: an outlet's in its own words, or of whoever it quotes. The brief says who reports something, never that it is so."
    yield "Software errs: it misses statements, and may take a sentence wrongly. Read the quotation, and the article at its address, before citing it."
    yield "Where a reviewer has checked or corrected how the text is read, that is said; the others nobody has checked. What reviewers rejected is left out."
    yield "Copies of one text count as one origin. A text hash is the SHA-256 of the article's text in UTF-8, as it came into the record."


def _source(number: int, r: Row) -> Source:
    return Source(
        number=number,
        article=r["id"],
        outlet=r["publisher"] or "no outlet named",
        headline=r["title"] or "(no headline)",
        byline=r["byline"] or "",
        published=words.day(r["published"]) or "no day",
        url=r["url"] or "",
        retrieved=(r["retrieved_at"] or "")[:10],
        added=r["added_at"][:10],
        text_sha256=r["text_sha256"],
        origin=r["origin"] or r["id"],
        coder=r["coder"] or "",
        state=STATES.get(r["retracted"], ""),
    )


def _telling(m: Row, numbers: Numbers) -> Telling:
    return Telling(
        id=m["id"],
        quotation=" ".join(m["evidence"]["text"].split()),
        words=" ".join(m["trigger"]["text"].split()),
        put=words.veridicality(m["veridicality"]),
        speaker=m["said_by"] or "",
        role=m["said_by_role"] or "",
        cue=m["cue"] or "",
        by=tuple(dict.fromkeys(w["name"] for w in m["who"] if w["role"] == "actor")),
        to=tuple(dict.fromkeys(w["name"] for w in m["who"] if w["role"] == "recipient")),
        day=words.day(m["date"]) if m["date"] else "",
        place=m["place"]["name"] if m["place"] else "",
        figures=tuple(f"{words.plain(f['what'])}: {f['text']}" for f in m["figures"]),
        confidence=m["confidence"],
        source=numbers.of[m["article"]],
        review=_review(m),
        also=_also(m, numbers),
    )


def _position(p: Row, numbers: Numbers) -> Position:
    return Position(
        id=p["id"],
        holder=p["holder"]["name"],
        does=p["verb"] or words.act(p["act"]),
        own_verb=bool(p["verb"]),
        act=p["act"],
        side=words.stance(p["stance"]),
        on=" ".join(p["object"]["text"].split()),
        quotation=" ".join(p["evidence"]["text"].split()),
        speaker=p["said_by"] or "",
        basis=words.basis(p["basis"]),
        hearsay=p["basis"] == HEARSAY,
        said=_said(p["said"]["value"], p["said"]["reason"], p["published"]),
        status=words.status(p["status"]),
        confidence=p["confidence"],
        source=numbers.of[p["article"]],
        earlier=False,
        review=_review(p),
        also=_also(p, numbers),
    )


def _also(row: Row, numbers: Numbers) -> tuple[int, ...]:
    """The numbers of the other sources for which a row stands."""
    return tuple(sorted({numbers.of[c["article"]] for c in row.get("carried", ())} - {numbers.of[row["article"]]}))


def _carried(rows: Iterable[Row]) -> int:
    return sum(len(r["carried"]) for r in rows)


def _when_known(as_of: datetime.date | None) -> Iterable[tuple[str, str]]:
    return [("As of", words.day(as_of))] if as_of else []


def _stand(name: str, b: Basis, numbers: Numbers, *, earlier: bool) -> Position:
    return Position(
        id=b.position,
        holder=name,
        does=b.verb or words.act(b.act),
        own_verb=bool(b.verb),
        act=b.act,
        side=words.stance(b.stance),
        on=" ".join(b.object.split()),
        quotation=" ".join(b.quotation.split()),
        speaker=b.said_by or "",
        basis=words.basis(b.basis),
        hearsay=b.basis == HEARSAY,
        said=_said(b.day.isoformat() if b.day else None, b.said_reason, b.published),
        status=words.status(b.status),
        confidence=b.confidence,
        source=numbers.of[b.article],
        earlier=earlier,
        review=b.review or "",
    )


def _said(value: str | None, reason: str, published: str | None) -> str:
    """When something was said; where nobody says when, the day of publication, and that it is."""
    if value and reason != "publication":
        return words.day(value)
    day = words.day(value or published)
    return f"{day} (published)" if day else "no day"


def _review(row: Row) -> str:
    found = row.get("review")
    return (found.get("verdict") or "") if isinstance(found, dict) else str(found or "")


def _facts(event: Row, first: str | None, last: str | None, tellings: Sequence[Telling], *, disputed: bool) -> Iterable[tuple[str, str]]:
    date = event["date"]
    published = "; no source says when, this is the day of publication" if date and date["reason"] == "publication" else ""
    between = f"between {words.day(first)} and {words.day(last)}" if first and last else "no source says when"
    yield "What", words.kind(event["type"]) + (f", {words.plain(event['mode'])}" if event["mode"] else "")
    yield "When", f"{words.day(date)}{published}" if date else between
    place = event["place"]
    yield "Where", (place["name"] + (" (disputed between states)" if disputed else "")) if place else "no source says where"
    yield "By whom", _named(n for t in tellings if t.put != "denied" for n in t.by) or "no source says by whom"
    yield "To or with whom", _named(n for t in tellings if t.put != "denied" for n in t.to) or "no source says to whom"
    articles = len({a for origin in event["origins"] for a in origin["articles"]})
    outlets = {p for origin in event["origins"] for p in origin["publishers"]}
    yield (
        "Reported",
        f"{event['status']}; {words.many(articles, 'article')} of {words.many(len(outlets), 'outlet')}: {', '.join(sorted(outlets)) or 'none named'}",
    )


def _named(names: Iterable[str]) -> str:
    """Names, those first that are met most often."""
    counts: dict[str, int] = {}
    for name in names:
        counts[name] = counts.get(name, 0) + 1
    return ", ".join(sorted(counts, key=lambda n: (-counts[n], n)))


def _issue_facts(found: Stands, positions: Sequence[Position]) -> Iterable[tuple[str, str]]:
    if found.as_of:
        yield "As of", words.day(found.as_of)
    for side in map(words.stance, SIDES):
        holders = dict.fromkeys(p.holder for p in positions if p.side == side and not p.earlier)
        if holders:
            yield side.capitalize(), f"{words.many(len(holders), 'holder')}, by what each said last: {', '.join(holders)}"


def _origins(event: Row, numbers: Numbers) -> Iterable[Origin]:
    published = {s.number: s.published for s in numbers.sources}
    found = [tuple(sorted(numbers.of[a] for a in origin["articles"] if a in numbers.of)) for origin in event["origins"]]
    for some in sorted(s for s in found if s):
        yield Origin(first=published[some[0]], sources=some)


def _differences(rows: Sequence[Row], numbers: Numbers) -> Iterable[Difference]:
    for d in rows:
        versions = []
        for v in d["versions"]:
            sources = tuple(sorted(numbers.of[a] for a in v["articles"] if a in numbers.of))
            versions.append(Version(value=words.version(v["value"]) or v["text"], words=v["text"], sources=sources))
        yield Difference(what=words.difference(d["what"]), versions=tuple(v for v in versions if v.sources))
