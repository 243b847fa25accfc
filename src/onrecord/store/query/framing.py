"""Outlets and speakers side by side: which loaded terms each uses of an event or an actor, and which it does not."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select

from onrecord.store.query.events import portions
from onrecord.store.query.table import Row
from onrecord.store.query.wanted import ids_of, resolved, standing
from onrecord.store.schema import actors, article_actors, articles, attributions, event_members, event_mentions, events, framing, participants

LATEST = 4_000
"""Articles that name an actor among which those of outlets are looked for, those added last; and mentions of an event."""
READ = {"about": 800, "articles": 250}
"""Articles on an actor whose terms are compared, those added last: by where terms are looked for."""
MOST_TERMS = 60
USES = 4
"""Sentences of a side that are given for a term."""
CHOICES = 40
AROUND = 260
"""Characters before and behind a term within which its sentence is looked for."""
ENDS = re.compile(r"[.!?…][\"'”’)\]]*\s+|\n+")
Within = Literal["about", "articles"]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """An outlet, or a speaker whom articles quote.

    Attributes:
        kind: ``outlet`` or ``speaker``.
        key: by which it is asked for: the outlet's name, the speaker's actor id or name.
        name: as it is shown.
        articles: how many articles it is looked for in: the outlet's, or those that quote the speaker.
        origins: how many independent texts these are.
    """

    kind: str
    key: str
    name: str
    articles: int
    origins: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Terms by sides.

    Attributes:
        subject: the event or actor: ``kind`` (``event`` or ``actor``), ``id``, ``name``.
        articles: how many articles there are on it.
        whole: whether these are all, and not only those added last.
        sides: who is compared.
        outlets: the outlets that can be compared, those with the most articles first: ``key``, ``name``, ``articles``.
        speakers: the speakers who use a term, likewise: ``key``, ``name``, ``terms`` (how often they use one).
        terms: those that most independent texts have first: ``term``, ``category``, and for each side ``times``, ``own`` (in the outlet's voice or
            the speaker's), ``quoted`` (in the words of others), ``articles``, ``origins`` and ``uses``: some sentences, with ``id``, ``article``,
            ``said_by``, ``before``, ``term``, ``after``.
        more: how many terms there are beside these.
        notes: what is worth knowing.
    """

    subject: Row
    articles: int
    whole: bool
    sides: Sequence[Side]
    outlets: Sequence[Row]
    speakers: Sequence[Row]
    terms: Sequence[Row]
    more: int
    notes: Sequence[str]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Subject:
    kind: str
    id: str
    name: str
    keys: tuple[int, ...]
    about: frozenset[str]
    evidence: dict[int, list[tuple[int, int]]]
    whole: bool


def compared(
    connection: Connection,
    *,
    event: str | None = None,
    actor: str | None = None,
    outlets: Sequence[str] = (),
    speakers: Sequence[str] = (),
    within: Within = "about",
    least: float = 0.0,
) -> Compared | None:
    """Loaded terms of an event or an actor, by outlets and speakers; None where the record has no such event or actor.

    Args:
        connection: the record.
        event: the id of an event, or of a mention of it.
        actor: an actor's id or name, where no event is given.
        outlets: the outlets to compare.
        speakers: the speakers to compare, by actor id or name; without outlets and speakers the three outlets with the most articles are compared, or, where
            there is but one, it and the two speakers who use the most terms.
        within: ``about``: terms that are said of it, of who takes part, or in the sentence that reports it; ``articles``: all in articles on it.
        least: the least confidence of a term.
    """
    notes: list[str] = []
    subject = _event(connection, event) if event is not None else _actor(connection, actor or "", outlets, READ[within], notes)
    if subject is None:
        return None
    known = _articles(connection, subject.keys)
    rows = [r for r in _terms(connection, subject, within, least) if r["article"] in known]
    by_outlet = Counter(a["publisher"] for a in known.values() if a["publisher"])
    by_speaker = Counter(_speaker(r) for r in rows if r["attribution"] and _speaker(r))
    names = {_speaker(r): r["speaker_name"] or r["source"] or "somebody" for r in rows if r["attribution"]}
    if not outlets and not speakers:
        outlets = [name for name, _ in by_outlet.most_common(3)]
        speakers = [key for key, _ in by_speaker.most_common(2)] if len(outlets) < 2 else []
    sides = [(Side(kind="outlet", key=o, name=o, **_size(known, _of_outlet(known, o))), frozenset({o})) for o in dict.fromkeys(outlets)]
    for s in dict.fromkeys(speakers):
        ids = frozenset({s, *(resolved(connection, [s]))})
        quoted = _quoting(connection, ids, known)
        sides.append((Side(kind="speaker", key=s, name=names.get(s) or _name(connection, s), **_size(known, quoted)), ids))
    terms, more = _by_term(rows, known, sides)
    _sentences(connection, terms)
    return Compared(
        subject={"kind": subject.kind, "id": subject.id, "name": subject.name},
        articles=len(known),
        whole=subject.whole,
        sides=[side for side, _ in sides],
        outlets=[{"key": name, "name": name, "articles": count} for name, count in by_outlet.most_common(CHOICES)],
        speakers=[{"key": key, "name": names[key], "terms": count} for key, count in by_speaker.most_common(CHOICES)],
        terms=terms,
        more=more,
        notes=notes,
    )


def _event(connection: Connection, id: str) -> _Subject | None:
    row = connection.execute(select(event_members.c.event_id).where(event_members.c.mention_id == id)).scalar() or id
    event = connection.execute(select(events.c.id, events.c.title, events.c.merged_into).where(events.c.id == row)).first()
    if event is not None and event.merged_into:
        event = connection.execute(select(events.c.id, events.c.title, events.c.merged_into).where(events.c.id == event.merged_into)).first()
    of: ColumnElement[bool] = event_mentions.c.id == id
    if event is not None:
        of = event_mentions.c.id.in_(select(event_members.c.mention_id).where(event_members.c.event_id == event.id))
    columns = ("key", "id", "article", "evidence", "evidence_start", "evidence_end")
    mentions = connection.execute(select(*(event_mentions.c[n] for n in columns)).where(of, *standing(event_mentions)).limit(LATEST)).all()
    if not mentions:
        return None
    about = {m.id for m in mentions}
    evidence: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for m in mentions:
        evidence[m.article].append((m.evidence_start, m.evidence_end))
    for some in portions([m.key for m in mentions]):
        about |= set(
            connection.execute(select(participants.c.actor_id).where(participants.c.finding.in_(some), participants.c.actor_id.is_not(None))).scalars()
        )
    name = " ".join((event.title if event is not None and event.title else mentions[0].evidence).split())
    keys = tuple(sorted({m.article for m in mentions}))
    return _Subject(
        kind="event",
        id=event.id if event is not None else id,
        name=name,
        keys=keys,
        about=frozenset(about),
        evidence=evidence,
        whole=len(mentions) < LATEST,
    )


def _actor(connection: Connection, asked: str, outlets: Sequence[str], most: int, notes: list[str]) -> _Subject | None:
    ids = ids_of(connection, [asked], notes)
    if not ids:
        return None
    latest = select(article_actors.c.article).where(article_actors.c.id.in_(ids), *standing(article_actors)).order_by(article_actors.c.key.desc())
    keys = list(dict.fromkeys(connection.execute(latest.limit(LATEST if outlets else most)).scalars()))
    whole = len(keys) < (LATEST if outlets else most)
    if outlets and keys:
        printed = select(articles.c.key, articles.c.publisher).where(articles.c.publisher.in_(outlets), articles.c.key >= min(keys))
        by_outlet: dict[str, set[int]] = defaultdict(set)
        for r in connection.execute(printed):
            by_outlet[r.publisher].add(r.key)
        some = [[k for k in keys if k in by_outlet[o]] for o in outlets]
        share = max(1, most // len(outlets))
        whole = whole and all(len(own) <= share for own in some)
        keys = [k for own in some for k in own[:share]]
    name = _name(connection, ids[0])
    return _Subject(kind="actor", id=ids[0], name=name, keys=tuple(sorted(keys)), about=frozenset(ids), evidence={}, whole=whole)


def _articles(connection: Connection, keys: Sequence[int]) -> dict[int, Row]:
    columns = (articles.c.key, articles.c.id, articles.c.publisher, articles.c.published, func.coalesce(articles.c.origin_id, articles.c.id).label("origin"))
    out: dict[int, Row] = {}
    for some in portions(keys):
        out.update((r["key"], dict(r)) for r in connection.execute(select(*columns).where(articles.c.key.in_(some), articles.c.current)).mappings())
    return out


def _terms(connection: Connection, subject: _Subject, within: Within, least: float) -> list[Row]:
    """The terms in question, with whose words they are in."""
    names = ("key", "id", "article", "about", "term", "term_start", "term_end", "category", "attribution", "confidence")
    voice = and_(attributions.c.id == framing.c.attribution, attributions.c.article == framing.c.article, attributions.c.run == framing.c.run)
    query = select(*(framing.c[n] for n in names), attributions.c.speaker_id, attributions.c.speaker_name, attributions.c.source)
    query = query.outerjoin(attributions, voice).where(*standing(framing), framing.c.confidence >= least)
    if subject.kind == "actor" and within == "about":
        first = subject.keys[0] if subject.keys else 0
        rows = connection.execute(query.where(framing.c.about.in_(sorted(subject.about)), framing.c.article >= first)).mappings()
        return [dict(r) for r in rows]
    out = []
    for some in portions(subject.keys):
        for r in connection.execute(query.where(framing.c.article.in_(some))).mappings():
            in_sentence = any(start <= r["term_start"] and r["term_end"] <= end for start, end in subject.evidence.get(r["article"], ()))
            if within == "articles" or in_sentence or r["about"] in subject.about:
                out.append(dict(r))
    return out


def _speaker(row: Row) -> str:
    return str(row["speaker_id"] or row["speaker_name"] or row["source"] or "")


def _of_outlet(known: dict[int, Row], outlet: str) -> set[int]:
    return {key for key, a in known.items() if a["publisher"] == outlet}


def _quoting(connection: Connection, ids: Iterable[str], known: dict[int, Row]) -> set[int]:
    """The articles that quote a speaker."""
    who = sorted(ids)
    query = select(attributions.c.article).where(or_(attributions.c.speaker_id.in_(who), attributions.c.speaker_name.in_(who)), *standing(attributions))
    return {key for key in connection.execute(query.order_by(attributions.c.key.desc()).limit(LATEST * 5)).scalars() if key in known}


def _size(known: dict[int, Row], keys: set[int]) -> dict[str, int]:
    return {"articles": len(keys), "origins": len({known[k]["origin"] for k in keys})}


def _name(connection: Connection, id: str) -> str:
    return connection.execute(select(actors.c.name).where(actors.c.id == id)).scalar() or id


def _by_term(rows: Sequence[Row], known: dict[int, Row], sides: Sequence[tuple[Side, frozenset[str]]]) -> tuple[list[Row], int]:
    """The terms with what each side makes of them, and how many there are beside them; a term that no side uses is left out."""
    uses: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        uses[" ".join(row["term"].casefold().split())].append(row)
    found: list[tuple[tuple[int, int, str], list[list[Row]]]] = []
    for term, of in uses.items():
        by_side = [_mine(side, ids, of, known) for side, ids in sides]
        texts = sum(len({known[r["article"]]["origin"] for r in mine}) for mine in by_side)
        if texts:
            found.append(((-texts, -sum(map(len, by_side)), term), by_side))
    found.sort(key=lambda f: f[0])
    out = []
    for (_, _, term), by_side in found[:MOST_TERMS]:
        category = Counter(r["category"] for r in uses[term]).most_common(1)[0][0]
        cells = [_cell(side, mine, known) for (side, _), mine in zip(sides, by_side, strict=True)]
        out.append({"term": term, "category": category, "sides": cells})
    return out, max(0, len(found) - MOST_TERMS)


def _mine(side: Side, ids: frozenset[str], found: Sequence[Row], known: dict[int, Row]) -> list[Row]:
    """The uses of a term that are a side's."""
    if side.kind == "outlet":
        return [r for r in found if known[r["article"]]["publisher"] == side.key]
    return [r for r in found if r["attribution"] and not ids.isdisjoint((r["speaker_id"], r["speaker_name"], r["source"]))]


def _cell(side: Side, mine: Sequence[Row], known: dict[int, Row]) -> Row:
    own = [r for r in mine if r["attribution"] is None] if side.kind == "outlet" else mine
    shown = sorted(mine, key=lambda r: (r["attribution"] is not None, -r["confidence"], r["key"]))
    size = _size(known, {r["article"] for r in mine})
    return {"times": len(mine), "own": len(own), "quoted": len(mine) - len(own), **size, "uses": [_use(r, known) for r in _apart(shown, known)[:USES]]}


def _apart(rows: Sequence[Row], known: dict[int, Row]) -> list[Row]:
    """Rows of different texts first."""
    seen: set[str] = set()
    first: list[Row] = []
    again: list[Row] = []
    for r in rows:
        origin = known[r["article"]]["origin"]
        (again if origin in seen else first).append(r)
        seen.add(origin)
    return first + again


def _use(row: Row, known: dict[int, Row]) -> Row:
    article = known[row["article"]]
    said_by = (row["speaker_name"] or row["source"] or "somebody") if row["attribution"] else None
    about = {"article": article["id"], "publisher": article["publisher"], "published": article["published"], "said_by": said_by}
    return {"key": row["key"], "id": row["id"], **about, "before": "", "term": row["term"], "after": ""}


def _sentences(connection: Connection, terms: Sequence[Row]) -> None:
    """Put into the uses of terms the sentences that they stand in."""
    uses = {u["key"]: u for t in terms for side in t["sides"] for u in side["uses"]}
    begin = case((framing.c.term_start > AROUND, framing.c.term_start - AROUND), else_=0)
    length = framing.c.term_end - begin + AROUND
    query = select(framing.c.key, (framing.c.term_start - begin).label("at"), func.substr(articles.c.text, begin + 1, length).label("words"))
    query = query.join(articles, articles.c.key == framing.c.article)
    for some in portions(sorted(uses)):
        for r in connection.execute(query.where(framing.c.key.in_(some))):
            use = uses[r.key]
            before, after = r.words[: r.at], r.words[r.at + len(use["term"]) :]
            starts = [m.end() for m in ENDS.finditer(before)]
            ends = ENDS.search(after)
            use["before"] = before[starts[-1] :] if starts else before
            use["after"] = after[: ends.end()].rstrip() if ends else after
    for t in terms:
        for side in t["sides"]:
            for use in side["uses"]:
                use.pop("key", None)
