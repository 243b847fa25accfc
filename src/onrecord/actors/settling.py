"""What only the whole article tells of its actors, and the actors as records."""

from __future__ import annotations

from onrecord.actors.discourse import Discourse
from onrecord.actors.drafts import ONE_COUNTRY
from onrecord.actors.shapes import BODY_COUNTRIES
from onrecord.records import Actor


def settle(discourse: Discourse) -> None:
    """Tell whose attackers they are, and where those are from of whom the article says nothing."""
    _attackers(discourse)
    _locals(discourse)


def _attackers(discourse: Discourse) -> None:
    """``the attackers`` of an article that names one armed group, and where it fights: rebels as those are."""
    drafts = [d for d in discourse.drafts.values() if d.mentions]
    groups = {d.id: d.country for d in drafts if d.kind == "group" and d.sector == "REB" and d.reason.startswith("actors.group")}
    if len(groups) != 1:
        return
    home = next(iter(groups.values()))
    for draft in [d for d in drafts if d.sector == "UAF" and d.country is not None and d.reason.startswith("actors.role")]:
        if draft.country == home or home in BODY_COUNTRIES:
            discourse.recode(draft, draft.country, "REB")
            draft.reason += "|armed_group_of_article"


def _locals(discourse: Discourse) -> None:
    """Persons of whom the article says nothing are most likely of the one country it is about, if it is about one."""
    country, share = max(discourse.context.share.items(), key=lambda x: (x[1], x[0]), default=("", 0.0))
    if share < ONE_COUNTRY or country in BODY_COUNTRIES:
        return
    for draft in [d for d in discourse.drafts.values() if d.kind == "unresolved" and d.person and len(d.mentions) > 1]:
        private = draft.role is None and draft.affiliation is None and not any(s.speaker for s in discourse.seen if s.draft is draft)
        discourse.recode(draft, country, draft.sector or ("CVL" if private else None))
        draft.reason += "|country_from_context"


def actors(discourse: Discourse) -> tuple[Actor, ...]:
    """The actors with at least one mention, in order of their first."""
    out = [
        Actor(
            id=d.id,
            name=d.name,
            country=d.country,
            sector=d.sector,
            kind=d.kind,
            mentions=tuple(sorted(d.mentions.values(), key=lambda m: (m.start, m.end))),
            reason=d.reason,
            role=d.role,
            affiliation=None if d.affiliation_id == d.id else d.affiliation,
            affiliation_id=None if d.affiliation_id == d.id else d.affiliation_id,
        )
        for d in discourse.drafts.values()
        if d.mentions
    ]
    return tuple(sorted(out, key=lambda a: (a.mentions[0].start, a.mentions[0].end, a.id)))
