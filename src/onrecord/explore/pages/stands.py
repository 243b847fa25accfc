"""Who stands where on an event or a question: each holder's latest, and of whom nothing was found. And the questions that the record suggests."""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Iterator, Sequence
from importlib import resources
from typing import Annotated, Any, Literal

import msgspec
import polars
from fastapi import APIRouter, Query
from pydantic import Field

from onrecord.explore import asked
from onrecord.explore.answer import Answer, serve
from onrecord.explore.depending import Opened
from onrecord.explore.problems import NotThereError
from onrecord.explore.words import country
from onrecord.issues import Issue, IssueError, to_toml
from onrecord.operating import operating_point
from onrecord.store import Basis, Holder, QueryError, Record, Stands, Table, Who
from onrecord.store.days import moved

router = APIRouter(tags=["stands"])
LOOKED_THROUGH = 3_000
"""Positions that are looked through for a question, the last said first."""
LOOKED_AT = 1_500
"""Positions that questions are looked for in."""
LONGEST = 20_000
"""Characters of a question."""
MOST_TERMS, MOST_STARS = 100, 2
AROUND = 31
"""Days behind an event in which others who spoke are looked for."""
ASKED = 24
"""Others who spoke in these days that are offered to be asked for."""
STRING = polars.String
STANDS = {
    **dict.fromkeys(("holder", "holder_id", "country", "sector", "which", "stance", "act", "verb", "status", "object", "quotation"), STRING),
    **dict.fromkeys(("said", "said_reason", "said_by", "cue", "basis", "position", "article", "published", "publisher", "headline", "url"), STRING),
    "articles": polars.Int64,
    "origins": polars.Int64,
    "confidence": polars.Float64,
    "review": STRING,
    "retracted": STRING,
}
"""A row is a position; of a holder who was asked for and of whom there is none, ``which`` is ``none found``."""
ISSUES = {
    **dict.fromkeys(("question", "since", "until", "issue"), STRING),
    "terms": polars.List(STRING),
    "events": polars.List(STRING),
    "holders": polars.Int64,
    "positions": polars.Int64,
}
Row = dict[str, Any]


class Body(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Some who are often asked for together, by the codes of their countries."""

    id: str
    name: str
    members: tuple[str, ...]


BODIES = msgspec.convert(tomllib.loads((resources.files("onrecord.explore") / "bodies.toml").read_text(encoding="utf-8"))["body"], tuple[Body, ...])


class Asked(asked.Paged):
    """On what, as of when, and whose statements are looked for."""

    event: str | None = Field(None, description="The event, by id.")
    issue: str | None = Field(None, description="A question, as TOML: docs/issues.md tells how to write one.", max_length=LONGEST)
    holder: list[str] = Field([], description="Whose statement is looked for: an actor's id or name, or a country's code for its government.", max_length=100)
    body: list[str] = Field([], description="The members of a body, to look for a statement of each.")
    as_of: datetime.date | None = Field(None, description="The last day that counts.")
    point: Literal["strict", "broad"] = Field("strict", description="strict: what is surest; broad: all that is found.")


class Suggested(asked.Paged):
    """Between which days positions were taken, and how many holders a question needs."""

    since: datetime.date | None = Field(None, description="The first day.")
    until: datetime.date | None = Field(None, description="The last day.")
    holders: int = Field(2, ge=2, le=1_000, description="The fewest holders that a question has.")


def stands(record: Opened, query: Annotated[Asked, Query()]) -> Answer:
    """Who stands where."""
    shown: Row = {"asked": query, "bodies": BODIES, "busy": [], "event_id": None}
    if query.event is None and query.issue is None:
        data: Row = {"rows": [], "next": None, "question": None, "searched": None, "without": []}
        return Answer(
            title="Who stands where",
            data=data,
            table=Table([], STANDS),
            shown={**shown, "stands": None, "sure": [], "unsure": [], "issue_toml": ""},
        )
    about = query.event if query.event is not None else written(query.issue or "")
    try:
        found = record.stands(about, as_of=query.as_of, most=LOOKED_THROUGH)
    except QueryError as error:
        raise NotThereError(f"The record has no event {query.event!r}, or no article reports it any more.") from error
    least = operating_point(query.point).positions
    members = [m for b in BODIES if b.id in query.body for m in b.members]
    wanted = record.named([*query.holder, *members, *(about.holders if isinstance(about, Issue) else ())])
    without = [w for w in wanted if not any(w.is_(h.id) for h in found.holders)]
    sure = [h for each in found.holders if (h := above(each, least)) is not None]
    unsure = [h for h in found.holders if all(b.confidence < least for b in (h.latest, *h.earlier))]
    rows = [*rows_of(sure), *(_none(w) for w in without)]
    data = {
        "rows": rows,
        "next": None,
        "question": found.question,
        "as_of": found.as_of,
        "searched": found.searched,
        "without": without,
        "less_sure": [*rows_of(unsure)],
    }
    shown |= {
        "stands": found,
        "sure": sure,
        "unsure": unsure,
        "busy": _busy(record, found, wanted),
        "wanted": wanted,
        "counts": {side: sum(h.latest.stance == side for h in sure) for side in ("support", "oppose", "neutral")},
        "issue_toml": query.issue or "",
        "event_id": query.event,
    }
    return Answer(title=found.question, data=data, table=Table(rows, STANDS), shown=shown)


def written(text: str) -> Issue:
    """The question that an address has.

    Raises:
        QueryError: it can't be read, or would take long to look for.
    """
    try:
        issue = Issue.parse(text)
    except IssueError as error:
        raise QueryError(str(error)) from error
    terms = [*issue.context, *(t for m in issue.matters for t in m.terms)]
    if len(terms) > MOST_TERMS or any(len(re.findall(r"\*+", t)) > MOST_STARS for t in terms):
        raise QueryError(f"an issue can have {MOST_TERMS} terms here, each with {MOST_STARS} stars")
    return issue


def above(holder: Holder, least: float) -> Holder | None:
    """A holder with the positions that are sure enough; None where there are none."""
    kept = [b for b in (holder.latest, *holder.earlier) if b.confidence >= least]
    if not kept:
        return None
    opposite = next((b for b in kept[1:] if {b.stance, kept[0].stance} == {"support", "oppose"}), None)
    return Holder(
        id=holder.id, name=holder.name, country=holder.country, sector=holder.sector, latest=kept[0], earlier=tuple(kept[1:]), opposite=opposite
    )  # fmt: skip


def rows_of(holders: Sequence[Holder]) -> Iterator[Row]:
    """A row for each position of each holder."""
    for h in holders:
        for n, basis in enumerate((h.latest, *h.earlier)):
            which = "latest" if n == 0 else "opposite" if basis is h.opposite else "earlier"
            yield {
                "holder": h.name,
                "holder_id": None if h.id.startswith("_.") else h.id,
                "country": h.country,
                "sector": h.sector,
                "which": which,
                **_row(basis),
            }


def _none(who: Who) -> Row:
    """A row for somebody of whom nothing was found."""
    return {**dict.fromkeys(STANDS), "holder": who.name or country(who.asked), "holder_id": next(iter(who.known), None), "which": "none found"}


def _row(b: Basis) -> Row:
    plain = ("stance", "act", "verb", "status", "object", "quotation", "said_reason", "said_by", "cue", "basis", "position")
    of = ("article", "published", "publisher", "url", "articles", "origins", "confidence", "review", "retracted")
    return {**{name: getattr(b, name) for name in (*plain, *of)}, "headline": b.title, "said": b.day and b.day.isoformat()}


def _busy(record: Record, found: Stands, wanted: Sequence[Who]) -> list[Any]:
    """Others who took positions in those days, to be asked for."""
    since, until = found.searched.since, found.searched.until
    others = record.busiest(since=since, until=until or (since and moved(since, AROUND)), limit=3 * ASKED)
    known = {h.id for h in found.holders} | {i for w in wanted for i in w.ids}
    return [b for b in others if b.id not in known][:ASKED]


def issues(record: Opened, query: Annotated[Suggested, Query()]) -> Answer:
    """Questions that the positions suggest, those with most holders first."""
    limit = query.limit or 50
    found = record.issues(fewest=query.holders, since=query.since, until=query.until, most=LOOKED_AT)[:limit]
    rows = [
        {
            "question": p.issue.question,
            "holders": p.holders,
            "positions": p.positions,
            "terms": list(p.issue.terms),
            "events": list(p.issue.events),
            **{name: day and day.isoformat() for name, day in (("since", p.issue.since), ("until", p.issue.until))},
            "issue": to_toml(p.issue),
        }
        for p in found
    ]
    shown = {"asked": query, "looked_at": LOOKED_AT}
    return Answer(title="Questions", data={"rows": rows, "next": None}, table=Table(rows, ISSUES), shown=shown)


serve(router, "/stands", stands, template="stands.html.jinja", describe="Who stands where on an event or a question", table=STANDS)
serve(router, "/issues", issues, template="issues.html.jinja", describe="Questions that the positions suggest", table=ISSUES)
