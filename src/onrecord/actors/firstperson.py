"""``I`` and ``we``: the speaker of the quotation they stand in, or whoever puts out the statement.

Runs after everybody else is known, because a speaker often comes behind the words.
"""

from __future__ import annotations

import bisect

from onrecord.actors.chunks import Chunk
from onrecord.actors.discourse import Discourse
from onrecord.actors.drafts import FIRST_PERSON, STATE_SECTORS, WE, Draft
from onrecord.actors.resolving import Resolution
from onrecord.actors.wording import Words
from onrecord.parse import Parsed, Quotation

REACH = 12
"""How many tokens from a quotation's mark its speech verb may stand."""


def link(parsed: Parsed, found: list[Chunk], discourse: Discourse, publisher: Resolution | None) -> None:
    """Give the first-person pronouns of an article their speakers, where these can be told.

    Args:
        parsed: the article.
        found: its phrases and pronouns.
        discourse: everybody else.
        publisher: who publishes it, where that is known.
    """
    words = discourse.words
    firsts = [c for c in found if c.pronoun and words.lower[c.start] in FIRST_PERSON]
    if not firsts:
        return
    outer = [q for q in parsed.quotations if q.depth == 0]
    said_by: dict[int, Draft | None] = {}
    house = _house(publisher, discourse)
    for chunk in firsts:
        if chunk.start in discourse.at_token and chunk.start in discourse.quoted:
            continue
        at = words.idx[chunk.start]
        quotation = next((q for q in outer if q.start <= at < q.end), None)
        if quotation is not None:
            if quotation.start not in said_by:
                said_by[quotation.start] = _speaker(quotation, words, discourse) or _same_paragraph(quotation, outer, said_by, parsed)
            speaker, reason = said_by[quotation.start], "actors.coref.first_person|quotation"
        else:
            speaker, reason = _said_above(chunk, words, discourse), "actors.coref.first_person|statement"
            if speaker is None:
                speaker, reason = house, "actors.coref.first_person|publisher"
            if speaker is None and not outer:
                speaker, reason = _voice(firsts, discourse), "actors.coref.first_person|own_voice"
        if speaker is not None:
            discourse.mention(
                meaning(speaker, chunk, discourse), chunk, "pronoun", reason, plural=words.lower[chunk.start] not in ("i", "me", "my", "mine", "myself")
            )


def meaning(speaker: Draft, chunk: Chunk, discourse: Discourse) -> Draft:
    """Whom the first person of a speaker means: *we* in the mouth of a spokesman or office-holder is whom he speaks for."""
    if discourse.words.lower[chunk.start] not in WE or not speaker.person or speaker.affiliation_id is None:
        return speaker
    house = discourse.drafts.get(speaker.affiliation_id)
    return house if house is not None and house.mentions else speaker


def announced(parsed: Parsed, words: Words) -> list[tuple[int, int, int]]:
    """Quotations whose speaker comes behind them (``"…," he said``): first token, the one behind the last, and the token of the speaker."""
    out = []
    for quotation in parsed.quotations:
        if quotation.depth:
            continue
        first, last = bisect.bisect_left(words.idx, quotation.start), bisect.bisect_left(words.idx, quotation.end)
        for i in range(last, min(len(words), last + REACH)):
            if words.text[i] in (".", '"') or abs(words.sent[i] - words.sent[last - 1]) > 1:
                break
            if words.lower[i] in words.vocabulary.speech and words.tag[i].startswith("VB"):
                who = next((j for j in range(last, min(len(words), i + REACH)) if words.head[j] == i and words.dep[j] == "nsubj"), None)
                if who is not None:
                    out.append((first, last, who))
                break
    return out


def _speaker(quotation: Quotation, words: Words, discourse: Discourse) -> Draft | None:
    """The subject of the speech verb nearest to the quotation's marks."""
    first = bisect.bisect_left(words.idx, quotation.start)
    last = bisect.bisect_left(words.idx, quotation.end)
    after = range(last, min(len(words), last + REACH))
    before = range(first - 1, max(-1, first - REACH - 1), -1)
    for reach in (after, before):
        edge = words.sent[last - 1] if reach is after else words.sent[first]
        for i in reach:
            if abs(words.sent[i] - edge) > 1 or (reach is after and words.text[i] == "." and i > last):
                break
            if words.lower[i] in words.vocabulary.speech and words.tag[i].startswith("VB") and (draft := _subject(i, words, discourse)) is not None:
                return draft
    return None


def _subject(verb: int, words: Words, discourse: Discourse) -> Draft | None:
    for j in range(max(0, verb - 30), min(len(words), verb + 12)):
        if words.head[j] == verb and words.dep[j] == "nsubj":
            return discourse.at_token.get(j)
    return None


def _same_paragraph(quotation: Quotation, outer: list[Quotation], said_by: dict[int, Draft | None], parsed: Parsed) -> Draft | None:
    block = parsed.block_at(quotation.start)
    for other in reversed([q for q in outer if q.start < quotation.start]):
        if block is not None and other.start < block.start - 400:
            break
        if said_by.get(other.start) is not None:
            return said_by[other.start]
    return None


def _said_above(chunk: Chunk, words: Words, discourse: Discourse) -> Draft | None:
    """``The minister said:`` and the statement below it."""
    for i in range(chunk.start - 1, 0, -1):
        if words.text[i] == ":" and words.lower[i - 1] in words.vocabulary.speech:
            return _subject(i - 1, words, discourse)
    return None


def _house(publisher: Resolution | None, discourse: Discourse) -> Draft | None:
    """The publisher as an actor, where it is a party and no paper."""
    if publisher is None or publisher.sector == "JRN" or (publisher.country is None and publisher.kind != "body"):
        return None
    state = publisher.sector in STATE_SECTORS and publisher.country is not None
    id = f"{publisher.country}.{publisher.sector}" if state else publisher.actor_id
    return discourse.draft(id, publisher.name, publisher.country, publisher.sector, publisher.kind, publisher.reason)


def _voice(firsts: list[Chunk], discourse: Discourse) -> Draft | None:
    """Without any quotation the whole text is a statement: of him on whose behalf it is, else of its foremost government."""
    if len(firsts) < 2:
        return None
    words = discourse.words
    for i in range(len(words) - 2):
        if words.lower[i] == "behalf" and words.lower[i + 1] == "of":
            draft = next((d for j in range(i + 2, min(i + 8, len(words))) if (d := discourse.at_token.get(j)) is not None and d.country), None)
            if draft is not None:
                return draft
    counts: dict[str, int] = {}
    for seen in discourse.seen:
        if seen.subject and seen.draft.sector == "GOV" and seen.draft.country is not None:
            counts[seen.draft.id] = counts.get(seen.draft.id, 0) + 1
    best = max(counts, key=lambda k: counts[k], default=None)
    return discourse.drafts.get(best) if best is not None else None
