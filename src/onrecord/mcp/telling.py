"""Answers as short text: each finding with its quotation, its source and its id, for programs that show no structured output.

Words of articles stand between quotation marks, on one line, and what can't be seen in them is named: an article can't pass off a line of its
own as one of the answer.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from onrecord.mcp import answers
from onrecord.mcp.answers import Quotation, Source
from onrecord.read.characters import UNSEEN

SHOWN = 400
"""Characters of a quotation in the text; the structured answer has more."""
REVIEWED = {"confirmed": "a reviewer confirms the reading", "corrected": "the reading is as a reviewer corrected it"}
NOTED = {
    "correction": "the publisher corrected this article",
    "retraction": "the publisher withdrew this article",
    "some": "some of its articles were corrected",
}


def plain(text: str | None) -> str:
    """Words of an article on one line, with what can't be seen in them named.

    >>> plain("one\\ntwo\\u202e")
    'one two[U+202E]'
    """
    return UNSEEN.sub(_named, " ".join((text or "").split()))


def quoted(parts: Sequence[Quotation]) -> str:
    """A quotation, cut where it is long."""
    words = " […] ".join(plain(p.text) for p in parts)
    return f"“{words}”" if len(words) <= SHOWN else f"“{words[:SHOWN].rsplit(' ', 1)[0]} …”"


def cited(source: Source) -> str:
    """An article as it is cited."""
    title = f"‘{plain(source.title)}’" if source.title else "(no headline)"
    parts = (plain(source.publisher) or "no outlet named", title, source.published or "no date", plain(source.url), f"article {plain(source.article)}")
    return ", ".join(filter(None, parts)) + (f"; {NOTED.get(source.noted, source.noted)}" if source.noted else "")


def event(found: answers.Event) -> Iterator[str]:
    """An event with its reports."""
    what = f"{found.type} {found.mode}" if found.mode else found.type
    yield f"[{found.id}] {what}: {plain(found.title)}"
    yield "  " + "; ".join(filter(None, (found.date or "no date", plain(found.place), found.status, f"confidence {found.confidence:.2f}", _checked(found))))
    for m in found.mentions:
        voice = f"in the words of {plain(m.claimed_by)}" if m.claimed_by else "in the outlet’s own words"
        yield f"  {m.veridicality}, {voice}: {quoted([m.quotation])} ({cited(m.source)}) [{m.id}]"
    if found.more_mentions:
        yield f"  and {found.more_mentions} more mention(s)"


def position(found: answers.Position) -> Iterator[str]:
    """A position with its quotation."""
    yield f"[{found.id}] {plain(found.holder)}: {found.act} ({found.stance}) — {plain(found.on)}"
    by = f"as quoted from {plain(found.claimed_by)}" if found.claimed_by else "in the outlet’s own words"
    said = f"{found.said or 'no date'}" + (" (day of publication)" if found.said_reason == "publication" else "")
    more = f"carried by {found.carried_by} articles" if found.carried_by > 1 else ""
    yield "  " + "; ".join(filter(None, (found.status, found.basis.replace("_", " "), by, said, f"confidence {found.confidence:.2f}", more, _checked(found))))
    yield f"  {quoted([found.quotation])} ({cited(found.source)})"


def quote(found: answers.Quote) -> Iterator[str]:
    """A quotation with who says it."""
    who = "somebody whom the article does not name" if found.anonymous else plain(found.speaker) or "it is not known who"
    office = f", for {plain(found.on_behalf_of)}" if found.on_behalf_of else ""
    yield f"[{found.id}] {who}{office}, {found.kind} speech; confidence {found.confidence:.2f}{_behind(found)}"
    yield f"  {quoted(found.quotation)} ({cited(found.source)})"


def statement(found: answers.Statement) -> Iterator[str]:
    """A statement with who carries it."""
    yield f"[{found.id}] {plain(found.speaker) or 'it is not known who'}, first published {found.first_published or 'on a day that is not known'}"
    yield f"  carried by {found.articles} article(s), {found.origins} independent; confidence {found.confidence:.2f}"
    yield f"  {quoted(found.quotation)} ({cited(found.source)})"


def page(lines: Iterable[str], answer: answers.Page, nothing: str) -> str:
    """A page as text.

    Args:
        lines: what was found.
        answer: says what is worth knowing, and where to go on.
        nothing: said where nothing was found.
    """
    told = list(lines) or [nothing]
    told += [f"Note: {plain(n)}" for n in answer.notes]
    if answer.next:
        told.append(f"More follow: ask again with cursor {answer.next}")
    return "\n".join(told)


def _checked(found: answers.Event | answers.Position) -> str:
    noted = NOTED.get(found.noted or "", "") if isinstance(found, answers.Event) else ""
    return "; ".join(filter(None, (REVIEWED.get(found.review or "", ""), noted)))


def _behind(found: answers.Quote) -> str:
    said = REVIEWED.get(found.review or "")
    return f"; {said}" if said else ""


def _named(found: object) -> str:
    character = found[0]  # type: ignore[index]
    return f"[U+{ord(character):04X}]" if unicodedata.category(character) != "Zs" else " "
