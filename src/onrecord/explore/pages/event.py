"""One event: what happened by whom to whom, who reports it and when, who stands where on it, what its sources differ on, in which words."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field, field_validator

from onrecord.explore.answer import Answer, serve
from onrecord.explore.depending import Opened
from onrecord.explore.problems import MovedError, NotThereError
from onrecord.explore.sides import accounts, sides
from onrecord.operating import operating_point
from onrecord.store import Dossier
from onrecord.store.query import SCHEMAS

router = APIRouter(tags=["event"])
MOST = 200
"""Positions of articles that are gone through, the last said first; those that are one are shown as one."""
NAMED = 8
"""Participants of each role that are named at once."""
Row = dict[str, Any]


class Asked(BaseModel):
    """Which event, and how sure findings on it must be."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field(description="The event's id, or that of a mention of it.", min_length=1)
    point: Literal["strict", "broad"] = Field("strict", description="strict: the positions and terms that are surest; broad: all that are found.")
    as_of: datetime.date | None = Field(None, description="The last day that counts: of publishing an article, and of saying what is said in it.")

    @field_validator("as_of", mode="before")
    @classmethod
    def _blank(cls, given: Any) -> Any:
        """A field that a form leaves empty asks for nothing."""
        return given or None


def event(record: Opened, query: Annotated[Asked, Query()]) -> Answer:
    """One event."""
    point = operating_point(query.point)
    found = record.event(query.id, least_framing=point.framing, as_of=query.as_of)
    if found is None:
        by = f" or reports it by {query.as_of}" if query.as_of else ""
        raise NotThereError(f"The record has no event {query.id!r}, or no article reports it any more{by}.")
    id = found.event["id"]
    if id != query.id:
        raise MovedError(id=id, at=query.id if query.id in found.event["mentions"] else "")
    every = record.positions_on(id, as_of=query.as_of, limit=MOST).rows
    stands = [p for p in every if p["confidence"] >= point.positions]
    unsure = [p for p in every if p["confidence"] < point.positions]
    mentions = found.mentions.rows
    data: Row = {
        "rows": mentions,
        "next": None,
        **{
            name: getattr(found, name)
            for name in ("event", "across", "first", "last", "place_precision", "disputed", "disagreements", "part_of", "parts", "log")
        },
        "terms": found.terms.rows,
        "positions": stands,
        "positions_left_out": len(unsure),
        "timeline": timeline(mentions),
    }
    shown = {
        "asked": query,
        "parts_within": found.parts,
        "who": {role: participants(mentions, role) for role in ("actor", "recipient")},
        "named": NAMED,
        "sides": sides(stands),
        "unsure": sides(unsure),
        "accounts": accounts(mentions, stands),
        "words": by_outlet(found),
        "called": called(mentions),
        "articles": len({a for origin in found.event["origins"] for a in origin["articles"]}),
        "gone_through": sum(len(p["carried"]) for p in every),
        "outlets": len({p for origin in found.event["origins"] for p in origin["publishers"]}),
        "by_article": grouped(mentions),
        "of": {m["article"]: m for m in mentions},
    }
    return Answer(title=found.event["title"] or "An event", data=data, table=found.mentions, shown=shown)


def grouped(mentions: Iterable[Row]) -> dict[str, list[Row]]:
    """Mentions by their articles."""
    out: dict[str, list[Row]] = defaultdict(list)
    for m in mentions:
        out[m["article"]].append(m)
    return out


def timeline(mentions: Iterable[Row]) -> list[Row]:
    """The origins that report an event, those that were published first first, each with its articles and their mentions."""
    origins: dict[str, dict[str, Row]] = defaultdict(dict)
    for m in mentions:
        article = {"id": m["article"], **{name: m[name] for name in ("headline", "published", "publisher", "url")}, "mentions": []}
        origins[m["origin"]].setdefault(m["article"], article)["mentions"].append(m["id"])
    return [{"origin": id, "published": next(iter(by.values()))["published"], "articles": list(by.values())} for id, by in origins.items()]


def participants(mentions: Iterable[Row], role: str) -> list[Row]:
    """Who takes part in a role, those first whom most articles have."""
    ids: dict[str, str | None] = {}
    articles: dict[str, set[str]] = defaultdict(set)
    for m in mentions:
        for w in m["who"]:
            if w["role"] == role:
                ids[w["name"]] = ids.get(w["name"]) or w["id"]
                articles[w["name"]].add(m["article"])
    return [{"id": ids[name], "name": name, "articles": len(articles[name])} for name in sorted(ids, key=lambda n: (-len(articles[n]), n))]


def by_outlet(found: Dossier) -> list[Row]:
    """The words that each outlet has for an event, in its own voice and in the mouths of others."""
    outlets: dict[str, dict[str, Counter[tuple[str, str]]]] = defaultdict(lambda: defaultdict(Counter))
    first: dict[tuple[str, str, tuple[str, str]], str] = {}

    def note(outlet: str | None, kind: str, word: str, said_by: str | None, where: str) -> None:
        entry = (" ".join(word.split()), said_by or "")
        outlets[outlet or ""][kind][entry] += 1
        first.setdefault((outlet or "", kind, entry), where)

    for m in found.mentions:
        note(m["publisher"], "trigger", m["trigger"]["text"], m["said_by"], f"{m['article']}\n{m['id']}")
    for t in found.terms:
        note(t["publisher"], "quoted" if t["said_by"] else "own", t["term"]["text"], t["said_by"], f"{t['article']}\n{t['id']}")
    return [
        {
            "outlet": outlet,
            **{
                kind: [
                    {"text": text, "said_by": said, "times": n, **dict(zip(("article", "id"), first[outlet, kind, (text, said)].split("\n"), strict=True))}
                    for (text, said), n in kinds[kind].most_common()
                ]
                for kind in ("trigger", "own", "quoted")
            },
        }
        for outlet, kinds in sorted(outlets.items())
    ]


def called(mentions: Sequence[Row]) -> list[Row]:
    """Those who take part whom outlets call by several names, with the outlets that use each."""
    forms: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    names: dict[str, str] = {}
    for m in mentions:
        for w in m["who"]:
            if w["id"] and w["text"][:1].isupper():
                forms[w["id"]][w["text"].removeprefix("The ")].add(m["publisher"] or "no outlet named")
                names[w["id"]] = w["name"]
    return [
        {"id": id, "name": names[id], "forms": [{"text": text, "outlets": sorted(by)} for text, by in sorted(texts.items(), key=lambda x: (-len(x[1]), x[0]))]}
        for id, texts in forms.items()
        if len(texts) > 1 and len(set.union(*texts.values())) > 1
    ]


serve(router, "/event", event, template="event.html.jinja", describe="One event, with its mentions", table=SCHEMAS["mentions"])
