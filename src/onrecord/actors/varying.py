"""Somebody again in other words: ``the attackers`` after gunmen, ``the 54-year-old lawyer``, ``the former general``, ``my brother``."""

from __future__ import annotations

from onrecord.actors.chunks import Chunk
from onrecord.actors.discourse import Discourse
from onrecord.actors.drafts import STATE_SECTORS, Draft, Seen, genders_fit
from onrecord.actors.lexicon import slug
from onrecord.actors.reading import Reading
from onrecord.actors.shapes import Role
from onrecord.actors.wording import Words

REACH = 12
"""How many sentences back somebody may stand who is called by a noun of the same kind."""
REACH_ANEW = 2
"""How many, where nothing in the noun tells who it is."""
POINTING = frozenset(("the", "these", "those", "this", "that"))
TIES = frozenset(("of", "for", "to", "at", "who", "that", "whose"))
SIBLINGS = frozenset(("brother", "sister"))


def meant(discourse: Discourse, reading: Reading, role: Role) -> Draft | None:
    """Whom a description means that no earlier phrase has the noun of; None where it is most likely somebody new."""
    words, chunk = discourse.words, reading.chunk
    if words.lower[chunk.start] not in POINTING or chunk.possessor is not None or reading.within is not None or reading.affiliation is not None:
        return None
    if chunk.end < len(words) and words.lower[chunk.end] in TIES:
        return None
    found = _alike(discourse, reading, role)
    if found is None and not reading.plural and role.kind in ("person", "office"):
        found = _anew(discourse, reading, role)
    if found is not None:
        found.nouns.update((role.noun, role.head))
        if found.person:
            found.gender = found.gender or reading.gender
    return found


def relative(discourse: Discourse, reading: Reading, role: Role) -> Draft | None:
    """``his sister``: the one whom the article calls so, or whose brother it calls him, or who shares his surname."""
    possessor = reading.chunk.possessor
    owner = discourse.at_token.get(possessor.head) if possessor is not None else None
    if owner is None or not owner.person or reading.plural or role.noun not in discourse.words.vocabulary.kin:
        return None
    for one, other, _ in discourse.relatives:
        if other is owner and role.noun in one.nouns:
            return one
    if role.noun not in discourse.words.vocabulary.family:
        return None
    back = [other for one, other, family in discourse.relatives if one is owner and family and genders_fit(other.gender, reading.gender)]
    if back:
        return back[0]
    if role.noun not in SIBLINGS:
        return None
    surname = slug(owner.name).rsplit("-", 1)[-1]
    same = {d.id: d for s in discourse.seen if (d := s.draft).person and d is not owner and slug(d.name).endswith(f"-{surname}")}
    fitting = [d for d in same.values() if " " in d.name and genders_fit(d.gender, reading.gender)]
    return fitting[0] if len(fitting) == 1 and " " in owner.name else None


def _alike(discourse: Discourse, reading: Reading, role: Role) -> Draft | None:
    """The nearest who was called by another noun of the same kind."""
    alike, sent = discourse.lexicon.alike, discourse.words.sent[reading.chunk.start]
    own = alike.get(role.noun, frozenset())
    if not own or "other" in discourse.words.lower[reading.chunk.start : reading.chunk.end]:
        return None
    single = role.kind in ("person", "office") and not reading.plural
    plural = reading.plural or discourse.words.tag[reading.chunk.head] in ("NNS", "NNPS")
    for seen in reversed(discourse.seen):
        draft = seen.draft
        if sent - seen.sent > REACH:
            return None
        if single != (draft.person and not seen.plural) or draft.nouns.isdisjoint(discourse.lexicon.same_kind(own)):
            continue
        if not single and not plural and draft.plural:
            continue
        if single and not genders_fit(draft.gender, reading.gender):
            continue
        if not _inside(seen, reading.chunk) and (seen.sent < sent or not single):
            return draft
    return None


def _inside(seen: Seen, chunk: Chunk) -> bool:
    return chunk.start <= seen.chunk.start < chunk.end


def _anew(discourse: Discourse, reading: Reading, role: Role) -> Draft | None:
    """Whom the sentences just before are about, where a phrase says an age, a past office or a profession of somebody known."""
    words, chunk = discourse.words, reading.chunk
    aged = any(word.endswith("year-old") or word == "old" for word in words.lower[chunk.start : chunk.end])
    if not aged and not reading.former and not _profession(words, chunk, role):
        return None
    sent, best, score = words.sent[chunk.start], None, -9.0
    for seen in reversed(discourse.seen):
        distance = sent - seen.sent
        if distance > REACH_ANEW:
            break
        if distance < 1 or not _fits(seen, reading, role):
            continue
        worth = -distance + 0.9 * seen.subject + 0.5 * seen.speaker
        if worth > score and (aged or reading.former or (seen.subject and distance == 1)):
            best, score = seen.draft, worth
    return best


def _fits(seen: Seen, reading: Reading, role: Role) -> bool:
    draft = seen.draft
    if not draft.person or seen.plural or " " not in draft.name or draft.name.islower() or not genders_fit(draft.gender, reading.gender):
        return False
    return not (reading.former and role.kind == "office" and role.noun in draft.nouns and draft.sector in STATE_SECTORS)


def _profession(words: Words, chunk: Chunk, role: Role) -> bool:
    """Whether a sentence begins with ``The rancher``."""
    noun, known = role.head, words.vocabulary
    first = chunk.start == 0 or words.sent[chunk.start - 1] != words.sent[chunk.start] or words.text[chunk.start - 1] == '"'
    if role.kind != "person" or role.weak or role.speaks or role.sector in ("UAF", "CRM", "REB", "UNK"):
        return False
    return first and words.dep[chunk.head] in ("nsubj", "nsubjpass") and noun not in known.kin and noun not in known.bystanders
