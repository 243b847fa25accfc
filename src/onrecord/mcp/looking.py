"""The tools that look at one thing: an event, an article, an actor, who stands where, a brief, why a finding was made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any

from mcp.server.mcpserver.exceptions import ToolError
from pydantic import Field

from onrecord.issues import Issue as Asked
from onrecord.mcp import cited, telling
from onrecord.mcp.answers import Actor, Article, Brief, BriefLine, BriefSource, Difference, Dossier, Issue, Issues, Stand, Stands, Why
from onrecord.mcp.asked import Id, Limit, Names, Point, day
from onrecord.mcp.cited import Row, Sources
from onrecord.operating import OPERATING_POINTS
from onrecord.store import Record
from onrecord.store.stands import Basis

EARLIER = 3
"""Earlier positions of a holder that are told."""
LOOKED_THROUGH = 20_000
"""Positions that are looked through for a question told by words, the last said first."""
MONTHS = 36
LISTED = 10

AsOf = Annotated[str | None, Field(description="Only what was published and said by this day (2021-03-09).")]


def get_event(record: Record, *, id: Id, as_of: AsOf = None, limit: Limit = 20, start: Annotated[int, Field(ge=0)] = 0) -> Dossier:
    """All that is on record on one event: who reports it in which words, who stands where on it, on what its sources differ.

    `id` is of an event or of one mention of it. `limit` and `start` go through its mentions and through its positions.
    """
    until = day(as_of)
    found = record.event(id, as_of=until)
    if found is None:
        by = f", or no article on it that was published by {until}" if until else ""
        raise ToolError(f"the record has no event {id!r}{by}: search_events lists those it has")
    mentions = found.mentions.rows[start : start + limit]
    every = record.positions_on(found.event["id"], as_of=until).rows
    positions = every[start : start + limit]
    of = Sources(record, (r["article"] for r in (*mentions, *positions)))
    further = max(len(found.mentions.rows), len(every)) > start + limit
    notes = [] if id in (found.event["id"], *found.event["mentions"]) else [f"{id} was merged into {found.event['id']}"]
    if found.disputed:
        notes.append("several states claim the place")
    return Dossier(
        event=cited.event(found.event, mentions, of, further=max(0, len(found.event["mentions"]) - len(mentions))),
        positions=[cited.position(p, of) for p in positions],
        differences=list(differences(found.disagreements)),
        part_of=found.part_of.id if found.part_of else None,
        parts=[p.id for p in found.parts],
        next=str(start + limit) if further else None,
        notes=[*notes, *([f"more follow: ask again with start {start + limit}"] if further else [])],
    )


def differences(rows: Sequence[Row]) -> Iterable[Difference]:
    """What the sources of an event differ on."""
    for row in rows:
        versions = [f"{telling.plain(v['text'] or str(v['value']))} (articles {', '.join(v['articles'])})" for v in row["versions"]]
        yield Difference(what=row["what"], versions=versions)


def get_article(
    record: Record,
    *,
    id: Id,
    start: Annotated[int, Field(ge=0, description="The character to begin at.")] = 0,
    length: Annotated[int, Field(ge=100, le=20_000, description="How many characters of the text.")] = 6_000,
) -> Article:
    """An article's own text, from `start` on, with what is known of it. search_positions and search_events have what was found in it."""
    found = record.article(id)
    if found is None:
        raise ToolError(f"the record has no article {id!r}: search_articles finds those it has")
    report = found.report
    of = Sources(record, [id, *(c["id"] for c in found.copies[:LISTED])])
    text = report.article.text
    more = [f"the text goes on: ask again with start {start + length}"] if len(text) > start + length else []
    return Article(
        source=of[id],
        byline=report.article.byline,
        language=report.article.language,
        retrieved_at=found.about["retrieved_at"],
        added_at=found.about["added_at"],
        coder=found.about["coder"],
        text=text[start : start + length],
        start=start,
        characters=len(text),
        events=len(report.events),
        positions=len(report.positions),
        quotes=len(report.attributions),
        copies=[of[c["id"]] for c in found.copies[:LISTED]],
        next=str(start + length) if more else None,
        notes=more,
    )


def get_actor(record: Record, *, id: Annotated[str, Field(max_length=200, description="An id (CHL.GOV) or a name.")], point: Point = "strict") -> Actor:
    """What a record has of an actor: on whom it acts, who acts on it, which roles articles give it, its months and latest events."""
    meant = [i for who in record.named([id]) for i in who.known]
    known = [r["id"] for r in record.actors(actor=meant, most=0)] if meant else []  # those in most articles first
    found = record.actor(id if id in known else known[0], point=point) if known else None
    if found is None:
        raise ToolError(f"the record has no actor {id!r}: find_actors lists those it has, with their ids")
    others = [i for i in known if i != found.actor["id"]]
    notes = [f"{id!r} may also mean {', '.join(others)}"] if others else []
    return Actor(
        **{name: found.actor[name] for name in ("id", "name", "country", "sector", "kind")},
        articles=found.articles,
        names=[n["name"] for n in found.names[:LISTED]],
        roles=[f"{' of '.join(filter(None, (r['role'], r['affiliation'])))} ({r['articles']} articles)" for r in found.roles[:LISTED]],
        acts_on=[_counterpart(c) for c in found.acts_on[:LISTED]],
        acted_on_by=[_counterpart(c) for c in found.acted_on_by[:LISTED]],
        months=[dict(m) for m in found.months[-MONTHS:]],
        latest_events=[f"{e['id']}: {telling.plain(e['title'])}" for e in found.events],
        complete=found.whole,
        notes=notes,
    )


def _counterpart(row: Row) -> str:
    types = ", ".join(f"{type} {n}" for type, n in list(row["types"].items())[:LISTED])
    return f"{row['id']} ({row['name'] or row['id']}): {row['events']} events: {types}"


def who_stands_where(
    record: Record,
    *,
    event: Annotated[str | None, Field(description="The id of an event; or give a question with terms.")] = None,
    question: Annotated[str | None, Field(max_length=300, description="What is asked, as a question. It is only repeated: terms decide what belongs.")] = None,
    terms: Annotated[
        list[str] | None, Field(max_length=30, description="Words or phrases, any of which what the position is on must have; * is any ending.")
    ] = None,
    context: Annotated[list[str] | None, Field(max_length=30, description="Words of which an article must have one for its positions to count.")] = None,
    holders: Names = None,
    since: AsOf = None,
    as_of: AsOf = None,
    point: Point = "strict",
    limit: Limit = 20,
    start: Annotated[int, Field(ge=0, description="How many holders to pass over.")] = 0,
) -> Stands:
    """Say who stands where on an event, or on a question told by words: each holder's latest position, with its quotation, and earlier ones.

    Give `event`, or `question` with `terms`. `holders` are those of whom a statement is looked for, by id, country code or name; of whom nothing is
    found is said, and nobody is called silent.
    """
    asked: str | Asked
    if event and not terms:
        asked = event
    elif terms:
        asked = Asked(question=question or ", ".join(terms), id="asked", terms=tuple(terms), context=tuple(context or ()), since=day(since))
    else:
        raise ToolError("give an event's id, or terms that tell what the question is about")
    named = record.named(holders) if holders else []
    ids = tuple(i for who in named for i in (who.known or who.ids or (who.asked,)))
    most = None if isinstance(asked, str) else LOOKED_THROUGH
    found = record.stands(asked, as_of=day(as_of), holders=ids, most=most)
    least = OPERATING_POINTS[point].positions
    sure = [(h, kept) for h in found.holders if (kept := [b for b in (h.latest, *h.earlier) if b.confidence >= least])]
    if named:
        sure = [(h, kept) for h, kept in sure if any(w.is_(h.id) or h.country == w.asked.upper() for w in named)]
    shown = sure[start : start + limit]
    told = [b for _, kept in shown for b in kept[: 1 + EARLIER]]
    of = Sources(record, (b.article for b in told))
    rows = {r["id"]: r for r in record.positions(article=sorted({b.article for b in told}))} if told else {}
    stands = [_stand(h.id, h.name, [b for b in kept[: 1 + EARLIER] if b.position in rows], rows, of) for h, kept in shown]
    left_out = sum(1 + len(h.earlier) for h in found.holders) - sum(len(kept) for _, kept in sure)
    missing = [w.asked for w in named if not any(w.is_(h.id) or h.country == w.asked.upper() for h, _ in sure)]
    return Stands(
        question=found.question,
        as_of=found.as_of.isoformat() if found.as_of else None,
        stands=[s for s in stands if s is not None],
        nothing_found_of=missing,
        searched=str(found.searched).replace("no statement found in", "looked through:"),
        next=str(start + limit) if len(sure) > start + limit else None,
        notes=[
            *([f"{left_out} position(s) are left out as less sure or of others: point 'broad' has those that are less sure"] if left_out else []),
            *([f"more holders follow: ask again with start {start + limit}"] if len(sure) > start + limit else []),
        ],
    )


def _stand(id: str, name: str, kept: Sequence[Basis], rows: Mapping[str, Row], of: Sources) -> Stand | None:
    if not kept:
        return None
    latest = kept[0]
    opposite = next((b.position for b in kept[1:] if {b.stance, latest.stance} == {"support", "oppose"}), None)
    made = [cited.stood(b, rows[b.position], of) for b in kept]
    return Stand(holder=name, holder_id=id, stance=latest.stance, latest=made[0], earlier=made[1:], opposite=opposite)


def suggest_questions(
    record: Record,
    *,
    holders: Annotated[int, Field(ge=2, le=50, description="How many holders a question needs.")] = 2,
    since: AsOf = None,
    until: AsOf = None,
    limit: Limit = 10,
) -> Issues:
    """Questions on which several holders in this record take a stand, those with most holders first; who_stands_where takes their terms."""
    found = record.issues(fewest=holders, since=day(since), until=day(until), most=LOOKED_THROUGH)
    made = [
        Issue(
            question=telling.plain(p.issue.question),
            terms=list(p.issue.terms),
            events=list(p.issue.events),
            holders=p.holders,
            positions=p.positions,
            since=p.issue.since.isoformat() if p.issue.since else None,
            until=p.issue.until.isoformat() if p.issue.until else None,
        )
        for p in found[:limit]
    ]
    return Issues(issues=made)


def brief(record: Record, *, event: Id, point: Point = "strict", as_of: AsOf = None) -> Brief:
    """A brief on an event: who reports what, who stands where, who denies it, on what sources differ, with numbered sources to cite from."""
    from onrecord.explore import briefs  # noqa: PLC0415  # takes a while to load, and no other tool needs it

    made = briefs.on_event(record, event, as_of=day(as_of), point=point)
    numbered = {s.article: s for s in made.sources}
    of = Sources(record, numbered)
    reports = [
        BriefLine(
            id=t.id,
            says=", ".join(filter(None, (t.put or "said", f"by {t.speaker}" if t.speaker else "in the outlet's own words"))),
            **_line(t),
        )
        for t in made.tellings[: 2 * LISTED]
    ]
    positions = [BriefLine(id=p.id, says=f"{p.holder} {p.does} ({p.side}): {p.on}", **_line(p)) for p in made.positions[: 4 * LISTED]]
    left = [f"{len(made.tellings) + len(made.positions) - len(reports) - len(positions)} further statements: get_event has them all"]
    return Brief(
        id=made.id,
        title=made.title,
        facts=dict(made.facts),
        reports=reports,
        positions=positions,
        denials=[d.id for d in made.denials],
        differences=[Difference(what=d.what, versions=[f"{v.value} (sources {', '.join(map(str, v.sources))})" for v in d.versions]) for d in made.differences],
        searched=made.searched,
        method=list(made.method),
        sources=[BriefSource(**of[s.article].model_dump(), number=s.number, text_sha256=s.text_sha256, retrieved=s.retrieved or None) for s in made.sources],
        notes=left if len(made.tellings) + len(made.positions) > len(reports) + len(positions) else [],
    )


def _line(of: Any) -> dict[str, Any]:
    return {"quotation": of.quotation[: cited.LONGEST], "source": of.source, "also": list(of.also), "confidence": of.confidence, "review": of.review or None}


def why(record: Record, *, id: Id) -> Why:
    """Why the software made a finding: its rule or model, the words and reasons it rests on, and what reviewers say of it."""
    from onrecord.export.why import explanation  # noqa: PLC0415  # loads the lexicons

    hit = record.finding(id)
    if hit is None:
        raise ToolError(f"the record has no finding {id!r}: findings' ids stand in square brackets in the answers of other tools")
    report, room, finding = hit
    said = [f"{r['verdict']} by {r['reviewer']}, {r['at'][:10]}" + (f": {r['note']}" if r["note"] else "") for r in record.reviews(finding=finding["id"])]
    return Why(
        id=finding["id"],
        room=room,
        explanation=[telling.plain(line) for line in explanation(report, room, finding) if line.strip()],
        reviews=said,
        source=Sources(record, [report["article"]["id"]])[report["article"]["id"]],
    )


def tell_event(answer: Dossier) -> str:
    """An event with all that is told of it, as text."""
    lines = [*telling.event(answer.event), *(line for p in answer.positions for line in telling.position(p))]
    lines += [f"Sources differ on {d.what}: {telling.plain('; '.join(d.versions))}" for d in answer.differences]
    if answer.part_of:
        lines.append(f"Part of {answer.part_of}")
    return telling.page(lines, answer.model_copy(update={"next": None}), "")


def tell_article(answer: Article) -> str:
    """An article as text: its own words stand last, and what is said before them is that nothing else follows."""
    known = f"{telling.cited(answer.source)}. {answer.events} events, {answer.positions} positions, {answer.quotes} quotations; coded by {answer.coder}."
    words = f"Characters {answer.start} to {answer.start + len(answer.text)} of {answer.characters}, all that follows is the article’s own:\n{answer.text}"
    return "\n".join([known, *(f"Note: {n}" for n in answer.notes), words])


def tell_actor(answer: Actor) -> str:
    """An actor as text."""
    lines = [f"[{telling.plain(answer.id)}] {telling.plain(answer.name)} ({answer.kind}), in {answer.articles} articles"]
    told = {"Called": answer.names, "Is said to be": answer.roles, "Acts on": answer.acts_on, "Acted on by": answer.acted_on_by, "Events": answer.latest_events}
    lines += [f"{what}: {'; '.join(map(telling.plain, some))}" for what, some in told.items() if some]
    return telling.page(lines, answer, "")


def tell_stands(answer: Stands) -> str:
    """Who stands where, as text."""
    lines = [telling.plain(answer.question) + (f" (as of {answer.as_of})" if answer.as_of else "")]
    for s in answer.stands:
        lines.append(f"{telling.plain(s.holder)}: {s.stance}" + (f"; {len(s.earlier)} earlier" if s.earlier else ""))
        lines += [f"  {line}" for p in (s.latest, *(e for e in s.earlier if e.id == s.opposite)) for line in telling.position(p)]
    lines += [f"Nothing was found of {telling.plain(n)}; that does not mean silence." for n in answer.nothing_found_of]
    lines.append(f"{'' if answer.stands else 'No position was found. '}{answer.searched}")
    return telling.page(lines, answer.model_copy(update={"next": None}), "")


def tell_issues(answer: Issues) -> str:
    """Questions as text."""
    lines = [f"{telling.plain(i.question)} {i.holders} holders, {i.positions} positions; terms {i.terms}, events {i.events}" for i in answer.issues]
    return telling.page(lines, answer, "No question on which several holders take a stand.")


def tell_brief(answer: Brief) -> str:
    """A brief as text."""
    lines = [f"[{answer.id}] {telling.plain(answer.title)}", *(f"{name}: {telling.plain(value)}" for name, value in answer.facts.items())]
    for heading, some in (("Who reports it", answer.reports), ("Who stands where", answer.positions)):
        lines += [f"{heading}:", *(f"  {telling.plain(s.says)}: “{telling.plain(s.quotation)}” ({s.source}) [{s.id}]" for s in some)]
    lines += [f"Denied in {', '.join(answer.denials)}"] if answer.denials else []
    lines += [f"Sources differ on {d.what}: {telling.plain('; '.join(d.versions))}" for d in answer.differences]
    lines += [answer.searched, *answer.method, "Sources:", *(f"  ({s.number}) {telling.cited(s)}" for s in answer.sources)]
    return telling.page(lines, answer, "")


def tell_why(answer: Why) -> str:
    """Why a finding was made, as text."""
    return "\n".join([*answer.explanation, *answer.reviews, telling.cited(answer.source)])


LOOKING: dict[str, tuple[Any, Any]] = {
    "who_stands_where": (who_stands_where, tell_stands),
    "get_event": (get_event, tell_event),
    "get_article": (get_article, tell_article),
    "get_actor": (get_actor, tell_actor),
    "suggest_questions": (suggest_questions, tell_issues),
    "brief": (brief, tell_brief),
    "why": (why, tell_why),
}
"""The tools with what tells their answers."""
