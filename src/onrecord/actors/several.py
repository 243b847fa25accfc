"""Phrases that mean several actors at once: ``the two sides``, ``both countries``, ``the three leaders``, and ``they`` for ``Chad and Niger``."""

from __future__ import annotations

from onrecord.actors.chunks import Chunk
from onrecord.actors.discourse import Discourse
from onrecord.actors.drafts import STATE_SECTORS, Draft, Seen
from onrecord.actors.reading import Reading
from onrecord.actors.wording import Words

HOW_MANY = {"two": 2, "both": 2, "2": 2, "three": 3, "3": 3}
REACH_JOINED = 12
"""How many back, where they were named together."""
COUNTERPART = "counterpart"
MEN = frozenset(("men", "women"))
REACH = 3
"""How many sentences back the parties may be named."""
STEPS = 8


def meant(discourse: Discourse, reading: Reading) -> list[Draft]:
    """The parties that ``the two sides`` are; nothing where the text just before does not name exactly so many."""
    words, role, chunk = discourse.words, reading.role, reading.chunk
    if role is None or reading.country is not None or reading.person is not None or reading.label is not None:
        return []
    if words.tag[chunk.end - 1] not in ("NNS", "NNPS"):
        return []
    many = next((HOW_MANY[words.lower[i]] for i in range(chunk.start, chunk.end) if words.lower[i] in HOW_MANY), 0)
    noun = role.head
    if not many or not (words.lower[chunk.start] == "both" or reading.definite) or noun not in words.vocabulary.parties:
        return []
    persons = role.kind in ("person", "office") or noun in MEN
    states = noun in words.vocabulary.country_nouns or noun in words.vocabulary.governments or role.sector == "GOV"
    if pair := _joined(discourse, chunk, many, persons=persons, states=states):
        return pair
    found: dict[str, Draft] = {}
    sent = words.sent[chunk.start]
    for back in range(REACH + 1):
        for seen in discourse.seen:
            if sent - seen.sent == back and seen.chunk.start < chunk.start and (one := _party(discourse, seen, persons=persons)) is not None:
                if states and not persons and one.kind not in ("state", "de_facto"):
                    continue
                found.setdefault(one.country if persons and one.country else one.id, one)
        if len(found) >= many:
            break
    if len(found) == many:
        return list(found.values())
    return _all_so_far(discourse, many, noun, persons=persons) if states or persons else []


def _all_so_far(discourse: Discourse, many: int, noun: str, *, persons: bool) -> list[Draft]:
    """The only states, or the only bearers of an office, that the article has had act so far, if they are so many."""
    found: dict[str, Draft] = {}
    for seen in discourse.seen:
        draft = seen.draft
        if persons:
            if draft.person and not seen.plural and not draft.nouns.isdisjoint((noun.removesuffix("s"), COUNTERPART)):
                found.setdefault(draft.id, draft)
        elif draft.kind in ("state", "de_facto") and draft.sector == "GOV" and draft.country is not None and seen.subject:
            found.setdefault(draft.id, draft)
    return list(found.values()) if len(found) == many else []


def _joined(discourse: Discourse, chunk: Chunk, many: int, *, persons: bool, states: bool) -> list[Draft]:
    """The parties that the text names with *and* between them, last before a phrase, so many as it says."""
    words, sent = discourse.words, discourse.words.sent[chunk.start]
    for seen in reversed(discourse.seen):
        if sent - seen.sent > REACH_JOINED:
            return []
        group = _coordination(words, seen.chunk)
        if len(group) != many or seen.chunk.pronoun:
            continue
        found: dict[str, Draft] = {}
        third = False
        for other in discourse.seen:
            if other.sent == seen.sent and not other.chunk.pronoun and (one := _named_party(discourse, other, persons=persons, states=states)) is not None:
                if other.chunk.head in group:
                    found.setdefault(one.id, one)
                third = third or (other.chunk.head not in group and other.subject and not other.speaker)
        if len(found) == many and not third:
            return list(found.values())
    return []


def _named_party(discourse: Discourse, seen: Seen, *, persons: bool, states: bool) -> Draft | None:
    draft = seen.draft
    if persons:
        return draft if draft.person and not seen.plural else None
    if draft.kind in ("state", "de_facto") and draft.country is not None:
        return _government(discourse, draft) if draft.sector in (None, "GOV") else None
    return draft if not states and not draft.person and draft.kind in ("body", "group", "organisation") and not draft.name.islower() else None


def _government(discourse: Discourse, draft: Draft) -> Draft:
    name = discourse.lexicon.country_names.get(draft.country or "", draft.country or "")
    return discourse.draft(f"{draft.country}.GOV", name, draft.country, "GOV", draft.kind, "actors.country")


def _party(discourse: Discourse, seen: Seen, *, persons: bool) -> Draft | None:
    """Who an earlier mention can be among several parties: an office-holder, or a state, body or group."""
    draft = seen.draft
    if persons:
        able = draft.person and not seen.plural and not seen.chunk.pronoun and draft.country is not None and draft.sector in STATE_SECTORS
        return draft if able else None
    if draft.kind in ("state", "de_facto") and draft.sector in (None, "GOV") and draft.country is not None and discourse.words.dep[seen.chunk.head] != "pobj":
        return _government(discourse, draft)
    if draft.kind == "body" or (draft.kind == "group" and draft.sector in ("REB", "UAF") and not draft.name.islower()):
        return draft
    return None


def beside(discourse: Discourse, seen: Seen) -> list[Draft]:
    """The others of a coordination that a mention is part of, or of a phrase that means several: ``they`` are all of them."""
    own = seen.chunk
    group = _coordination(discourse.words, own)
    out: dict[str, Draft] = {}
    for other in discourse.seen:
        if other.sent == seen.sent and other.draft is not seen.draft and (other.chunk is own or other.chunk.head in group) and not other.chunk.pronoun:
            out.setdefault(other.draft.id, other.draft)
    return list(out.values())


def coordinated(words: Words, chunk: Chunk) -> bool:
    """Whether a phrase is one of several joined by *and*."""
    return len(_coordination(words, chunk)) > 1


def _coordination(words: Words, chunk: Chunk) -> set[int]:
    """The heads of the phrases that *and* joins to one, itself with them; only itself where *or* does."""
    first, steps = chunk.head, 0
    while words.dep[first] == "conj" and steps < STEPS and words.tag[words.head[first]] in ("NN", "NNS", "NNP", "NNPS"):
        first = words.head[first]
        steps += 1
    out, at = {first}, first
    for i in range(first + 1, min(first + 40, len(words))):
        if words.sent[i] != words.sent[first]:
            break
        if words.dep[i] == "conj" and words.head[i] in out and words.tag[i] in ("NN", "NNS", "NNP", "NNPS"):
            out.add(i)
            at = i
    if any(words.dep[i] == "cc" and words.head[i] in out and words.lower[i] != "and" for i in range(first, at)):
        return {chunk.head}
    return out
