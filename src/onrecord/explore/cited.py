"""How to cite what an article says: in whose words, by whom it was published, and on which text that rests."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from onrecord.explore.words import day
from onrecord.records import Article, Attribution, Span


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """What a citation of some characters of an article holds.

    Attributes:
        quotation: the characters.
        start: where they begin in the article.
        end: behind their last.
        put: ``direct``, ``indirect`` or ``mixed`` where they are what somebody is quoted with; None where they are a sentence of the article.
        speaker: who is quoted; None where the article itself speaks.
        role: the speaker's, as the article gives it.
        affiliation: to whom the speaker belongs, as the article gives it.
        on_behalf_of: the actor for whom the speaker speaks.
        via: through whom or what the words came to the article, the nearest first: other speakers, a channel.
        outlet: who published the article.
        headline: of the article.
        date: on which it was published.
        address: where.
        retrieved: when it was retrieved, or, where that is not known, added to the record.
        text_sha256: of the text in which the characters stand.
        article: its id.
        words: all of it as a line of text.
    """

    quotation: str
    start: int
    end: int
    put: str | None
    speaker: str | None
    role: str | None
    affiliation: str | None
    on_behalf_of: str | None
    via: tuple[str, ...]
    outlet: str | None
    headline: str | None
    date: str | None
    address: str | None
    retrieved: str | None
    text_sha256: str
    article: str
    words: str = ""


def cited(article: Article, about: Mapping[str, Any], span: Span, said: Mapping[str, Attribution], by: str | None, *, quoted: bool = False) -> Citation:
    """The citation of some characters.

    Args:
        article: the article.
        about: what the record knows of it: ``retrieved_at``, ``added_at``, ``text_sha256``, ``names`` (of actors, by id).
        span: the characters.
        said: the attributions of the article, by id.
        by: the attribution that says whose words they rest on; None for the article's own.
        quoted: whether the characters are what it attributes, and not a sentence around it.
    """
    own = said.get(by or "")
    speaker = None if own is None else own.speaker
    behalf = speaker.on_behalf_of if speaker else None
    found = Citation(
        quotation=span.text,
        start=span.start,
        end=span.end,
        put=own.kind if quoted and own is not None else None,
        speaker=None if own is None else _name(own),
        role=speaker.role if speaker else None,
        affiliation=speaker.affiliation if speaker else None,
        on_behalf_of=about.get("names", {}).get(behalf, behalf),
        via=tuple(_via(own, said)),
        outlet=article.publisher,
        headline=article.title,
        date=article.published,
        address=article.url,
        retrieved=about.get("retrieved_at") or about.get("added_at"),
        text_sha256=about["text_sha256"],
        article=article.id,
    )
    return dataclasses.replace(found, words=written(found, retrieved=bool(about.get("retrieved_at"))))


def written(c: Citation, *, retrieved: bool) -> str:
    """A citation as a line of text.

    Args:
        c: the citation.
        retrieved: whether ``retrieved`` tells when the article was retrieved, not when it was added.
    """
    quoted = c.quotation if c.quotation[:1] in '“"«„' else f"“{c.quotation}”"
    if c.speaker is None:
        who = f"{c.outlet or 'the article'}, in its own words"
    else:
        who = ", ".join(x for x in (c.speaker, c.role, c.affiliation, f"on behalf of {c.on_behalf_of}" if c.on_behalf_of else None) if x)
        who = f"{c.outlet or 'the article'}, citing {who}" if c.put is None else who if c.put == "direct" else f"{who}, as {c.outlet or 'the article'} words it"
    where = ", ".join(x for x in (c.outlet or "outlet not named", f"“{c.headline}”" if c.headline else None, day(c.date) or "undated", c.address) if x)
    when = f"{'retrieved' if retrieved else 'added to the record'} {c.retrieved[:10]}, " if c.retrieved else ""
    via = f" Via {', '.join(c.via)}." if c.via else ""
    return f"{quoted} — {who}.{via} In: {where}; {when}article {c.article}, characters {c.start}–{c.end}, SHA-256 of the text {c.text_sha256}."


def _via(own: Attribution | None, said: Mapping[str, Attribution]) -> list[str]:
    """Through whom words came: the channel, and those within whose words they lie."""
    out: list[str] = []
    seen: set[str] = set()
    while own is not None and own.id not in seen:
        seen.add(own.id)
        if own.channel:
            out.append(own.channel)
        own = said.get(own.parent or "")
        if own is not None:
            out.append(_name(own))
    return out


def _name(a: Attribution) -> str:
    return a.speaker.name or " ".join(s.text for s in a.source) or "somebody not named"
